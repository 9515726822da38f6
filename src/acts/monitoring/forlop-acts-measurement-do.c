/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-acts-follow-up-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "forlop-act-alerts-private.h"
#include "forlop-decimal.h"
#include "forlop-device.h"
#include "forlop-error.h"
#include "forlop-item-service.h"
#include "forlop-measurement-store.h"

static gboolean
check_who_and_when (ForlopActContext  *self,
                    GError           **error)
{
  const char *citizen_id = forlop_act_text (self, "citizen_id");

  if (self->citizen_id == NULL)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("It is not said whose measurement it is. Choose a citizen."));
  if (citizen_id != NULL && !g_str_equal (citizen_id, self->citizen_id))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("The case belongs to another citizen. Nothing was registered."));
  if (forlop_record_get_instant (self->arguments, "measured_at") > self->now)
    {
      g_autofree char *now = forlop_instant_format (self->now);

      return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                                _("Measured: the time is in the future; it is %s now. Write when it "
                                  "was measured."), now);
    }

  return TRUE;
}

/* The device it was measured with, and whether that was calibrated. Staff bring their own; an item
 * that is not on this machine says nothing. */
static gboolean
set_device (ForlopActContext  *self,
            ForlopRecord      *record,
            GError           **error)
{
  ForlopDate on = forlop_instant_to_date (forlop_record_get_instant (record, "measured_at"));
  const char *item_id = forlop_record_get_text (record, "item_id");
  g_autoptr (ForlopRecord) given = NULL;
  g_autoptr (GError) local_error = NULL;
  ForlopRecord *item = NULL;

  if (item_id != NULL)
    {
      item = given = forlop_record_store_load (self->connection, "item", item_id, &local_error);
      if (item == NULL && !g_error_matches (local_error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  else if (!forlop_record_text_is (record, "source", "staff") && self->snapshot != NULL)
    item = forlop_device_find (self->snapshot, forlop_record_get_text (record, "code"), on);
  if (item == NULL)
    return TRUE;

  if (item_id == NULL)
    forlop_record_set_text (record, "item_id", forlop_record_get_id (item));
  if (!forlop_record_has (record, "quality"))
    forlop_record_set_text (record, "quality", forlop_item_quality (item, on));

  return TRUE;
}

static gboolean
fill_measurement (ForlopActContext  *self,
                  ForlopRecord      *record,
                  ForlopMeasure      measure,
                  gboolean           has_value,
                  double             value,
                  GError           **error)
{
  static const char *const copied[] = { "quality", "item_id", "note" };
  const char *source = forlop_act_text (self, "source");

  forlop_record_set_text (record, "code", forlop_measure_code (measure));
  if (has_value)
    forlop_record_set_real (record, "value", value);
  forlop_record_set_instant (record, "measured_at",
                             forlop_record_get_instant (self->arguments, "measured_at"));
  forlop_record_set_instant (record, "received_at", self->now);
  forlop_record_set_text (record, "source", source != NULL ? source : "staff");
  for (unsigned int i = 0; i < G_N_ELEMENTS (copied); i++)
    forlop_record_set_text (record, copied[i], forlop_act_text (self, copied[i]));
  if (source == NULL || g_str_equal (source, "staff") || g_str_equal (source, "citizen"))
    forlop_record_set_text (record, "entered_by", self->actor->user_id);

  return set_device (self, record, error);
}

static gboolean
add_reading (ForlopActContext  *self,
             ForlopMeasure      measure,
             const char        *argument,
             GError           **error)
{
  gboolean has_value = forlop_record_has (self->arguments, argument);
  double value = forlop_record_get_real (self->arguments, argument);
  const char *unit = forlop_act_text (self, "unit");
  gint64 measured_at = forlop_record_get_instant (self->arguments, "measured_at");
  g_autofree char *id = NULL;
  gboolean exists;

  if (has_value && !forlop_decimal_is_number (value))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("The value for %s is not a number that can be kept. Write it again."),
                              forlop_measure_noun (measure));
  if (has_value && unit != NULL && !forlop_measure_convert (measure, value, unit, &value, error))
    return FALSE;

  id = forlop_measurement_dup_id (self->citizen_id, measure, measured_at, has_value ? value : NAN);
  if (!forlop_measurement_store_exists (self->connection, self->citizen_id, measured_at, id, &exists,
                                        error))
    return FALSE;
  if (exists)
    return TRUE;

  return fill_measurement (self, forlop_act_make_with_id (self, "measurement", id), measure, has_value,
                           value, error);
}

/**
 * forlop_do_record_measurement:
 *
 * Keeps one reading, or the two of a blood pressure, judges it with the limits in force when it was
 * measured, and raises the alert. A reading that is registered already changes nothing.
 */
gboolean
forlop_do_record_measurement (ForlopActContext  *self,
                              GError           **error)
{
  const char *code = forlop_act_text (self, "code");
  gint64 measured_at = forlop_record_get_instant (self->arguments, "measured_at");
  gboolean added;

  if (!check_who_and_when (self, error) || !forlop_act_use_running_case (self, error))
    return FALSE;

  if (g_str_equal (code, "blood_pressure"))
    added = add_reading (self, FORLOP_MEASURE_SYSTOLIC, "value", error) &&
            add_reading (self, FORLOP_MEASURE_DIASTOLIC, "value2", error);
  else if (forlop_record_has (self->arguments, "value2"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Only a blood pressure has two values. Leave the second one empty."));
  else
    added = add_reading (self, forlop_measure_find ("forlop", code), "value", error);

  if (!added)
    return FALSE;
  if (forlop_changeset_get_operations (self->changeset)->len == 0)
    return TRUE;

  return forlop_act_refresh_alerts (self, measured_at, measured_at, error);
}

static void
add_word (ForlopActContext *self,
          const char       *measurement_id,
          gboolean          invalid,
          const char       *reason)
{
  ForlopRecord *word = forlop_act_make (self, "invalidation");

  forlop_record_set_text (word, "measurement_id", measurement_id);
  forlop_record_set_boolean (word, "invalid", invalid);
  forlop_record_set_text (word, "reason", reason);
  forlop_record_set_instant (word, "at", self->now);
  forlop_record_set_text (word, "user_id", self->actor->user_id);
}

static gboolean
say_invalid (ForlopActContext  *self,
             gboolean           invalid,
             GError           **error)
{
  const char *id = forlop_act_text (self, "measurement_id");
  g_autoptr (ForlopStoredMeasurement) measurement = NULL;

  if (!forlop_act_use_running_case (self, error))
    return FALSE;
  measurement = forlop_measurement_store_find (self->connection, self->citizen_id, id, error);
  if (measurement == NULL)
    return FALSE;
  if (measurement->invalid == invalid)
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                              invalid ? _("The measurement is already marked as invalid.")
                                      : _("The measurement is not marked as invalid."));

  add_word (self, id, invalid, forlop_act_text (self, "reason"));

  return forlop_act_refresh_alerts (self, measurement->measured_at, measurement->measured_at, error);
}

/* The measurement itself is kept as it is: what it was judged by, and its alert, follow. */
gboolean
forlop_do_invalidate_measurement (ForlopActContext  *self,
                                  GError           **error)
{
  return say_invalid (self, TRUE, error);
}

gboolean
forlop_do_restore_measurement (ForlopActContext  *self,
                               GError           **error)
{
  return say_invalid (self, FALSE, error);
}

gboolean
forlop_act_undo_measurement (ForlopActContext  *self,
                             yyjson_val        *operations,
                             GError           **error)
{
  gint64 at = FORLOP_INSTANT_NONE;
  yyjson_val *operation;
  size_t i, n;

  if (!forlop_act_use_running_case (self, error))
    return FALSE;

  yyjson_arr_foreach (operations, i, n, operation)
    {
      const char *type = yyjson_get_str (yyjson_obj_get (operation, "type"));
      const char *id = yyjson_get_str (yyjson_obj_get (operation, "id"));
      g_autoptr (ForlopStoredMeasurement) measurement = NULL;

      if (!g_str_equal (type, "measurement"))
        continue;
      measurement = forlop_measurement_store_find (self->connection, self->citizen_id, id, error);
      if (measurement == NULL)
        return FALSE;
      at = measurement->measured_at;
      if (!measurement->invalid)
        add_word (self, id, TRUE, _("Registered by mistake"));
    }

  return at == FORLOP_INSTANT_NONE || forlop_act_refresh_alerts (self, at, at, error);
}
