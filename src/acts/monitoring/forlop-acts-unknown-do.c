/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-acts-follow-up-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-error.h"
#include "forlop-incoming.h"
#include "forlop-unknown-store.h"

/* Measurements from outside that nobody could use as they came. */

/**
 * forlop_do_keep_unknown_measurement:
 *
 * Keeps a row of a file that cannot be used as it is, until somebody says whose it is and what it says. The same row is
 * kept once in each unit.
 */
gboolean
forlop_do_keep_unknown_measurement (ForlopActContext  *self,
                                    GError           **error)
{
  static const char *const texts[] = { "sender", "reason", "detail", "person", "code", "codings", "unit", "body" };
  static const char *const values[] = { "value", "value2" };
  ForlopIncoming row = { .body = (char *) forlop_act_text (self, "body") };
  g_autofree char *id = forlop_incoming_dup_kept_id (&row, self->actor->unit_id, "");
  g_autofree char *status = forlop_unknown_store_dup_status (self->connection, id, error);
  ForlopRecord *record;

  if (status == NULL)
    return FALSE;
  if (*status != '\0')
    return TRUE;

  record = forlop_act_make_with_id (self, "unknown_measurement", id);
  forlop_record_set_text (record, "unit_id", self->actor->unit_id);
  for (unsigned int i = 0; i < G_N_ELEMENTS (texts); i++)
    forlop_record_set_text (record, texts[i], forlop_act_text (self, texts[i]));
  for (unsigned int i = 0; i < G_N_ELEMENTS (values); i++)
    if (forlop_record_has (self->arguments, values[i]))
      forlop_record_set_real (record, values[i], forlop_record_get_real (self->arguments, values[i]));
  if (forlop_record_has (self->arguments, "measured_at"))
    forlop_record_set_instant (record, "measured_at", forlop_record_get_instant (self->arguments, "measured_at"));
  forlop_record_set_instant (record, "received_at", self->now);
  forlop_record_set_text (record, "status", "new");

  return TRUE;
}

static ForlopRecord *
load_unknown (ForlopActContext  *self,
              GError           **error)
{
  ForlopRecord *unknown = forlop_act_load (self, "unknown_measurement", "unknown_measurement_id", error);

  if (unknown == NULL || forlop_record_text_is (unknown, "status", "new"))
    return unknown;

  {
    g_autofree char *who = forlop_act_who_and_when (self, forlop_record_get_text (unknown, "handled_by"),
                                                    forlop_record_get_instant (unknown, "handled_at"));

    forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                       forlop_record_text_is (unknown, "status", "placed")
                         ? _("The measurement is placed already: %s.")
                         : _("The measurement is set aside already: %s."),
                       who);
  }

  return NULL;
}

static void
finish (ForlopActContext *self,
        ForlopRecord     *unknown,
        const char       *status)
{
  forlop_record_set_text (unknown, "status", status);
  forlop_record_set_text (unknown, "handled_by", self->actor->user_id);
  forlop_record_set_instant (unknown, "handled_at", self->now);
}

/* What stands in the act, else what came. */
static void
fill_text (ForlopRecord *arguments,
           ForlopRecord *given,
           ForlopRecord *unknown,
           const char   *name)
{
  forlop_record_set_text (arguments, name, forlop_record_get_text (forlop_record_has (given, name) ? given : unknown,
                                                                   name));
}

static void
fill_real (ForlopRecord *arguments,
           ForlopRecord *given,
           ForlopRecord *unknown,
           const char   *name)
{
  ForlopRecord *from = forlop_record_has (given, name) ? given : unknown;

  if (forlop_record_has (from, name))
    forlop_record_set_real (arguments, name, forlop_record_get_real (from, name));
}

/* NULL when what came leaves something out that the act does not say either. */
static ForlopRecord *
dup_arguments (ForlopActContext  *self,
               ForlopRecord      *unknown,
               GError           **error)
{
  g_autoptr (ForlopRecord) arguments =
    forlop_acts_new_arguments (forlop_act_find ("record-measurement"), NULL);
  ForlopRecord *given = self->arguments;
  ForlopRecord *timed = forlop_record_has (given, "measured_at") ? given : unknown;

  fill_text (arguments, given, unknown, "code");
  fill_text (arguments, given, unknown, "unit");
  fill_real (arguments, given, unknown, "value");
  fill_real (arguments, given, unknown, "value2");
  if (!forlop_record_has (arguments, "code"))
    {
      forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                         _("Measure: choose what was measured; it is not known from what came."));
      return NULL;
    }
  if (!forlop_record_has (timed, "measured_at"))
    {
      forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                         _("Measured: write when it was measured; it is not known from what came."));
      return NULL;
    }
  forlop_record_set_instant (arguments, "measured_at", forlop_record_get_instant (timed, "measured_at"));
  forlop_record_set_text (arguments, "citizen_id", forlop_act_text (self, "citizen_id"));
  forlop_record_set_text (arguments, "source", "platform");

  return g_steal_pointer (&arguments);
}

/* What is made says where it came from, as if it had been understood at once. */
static void
say_sender (ForlopActContext *self,
            ForlopRecord     *unknown)
{
  GPtrArray *operations = forlop_changeset_get_operations (self->changeset);

  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);

      if (!g_str_equal (operation->type->name, "measurement"))
        continue;
      forlop_record_set_text (operation->after, "sender", forlop_record_get_text (unknown, "sender"));
      forlop_record_set_text (operation->after, "codings", forlop_record_get_text (unknown, "codings"));
    }
}

/**
 * forlop_do_place_measurement:
 *
 * Registers what came with the citizen whose it is, judged as if it had come so. A reading that the
 * citizen has already is not registered again; the unknown one is placed all the same.
 */
gboolean
forlop_do_place_measurement (ForlopActContext  *self,
                             GError           **error)
{
  ForlopRecord *found = load_unknown (self, error);
  g_autoptr (ForlopRecord) unknown = NULL;
  g_autoptr (ForlopRecord) arguments = NULL;
  ForlopRecord *given = self->arguments;
  gboolean is_recorded;

  if (found == NULL)
    return FALSE;
  /* The snapshot that has it is exchanged for that of the citizen's case. */
  unknown = g_object_ref (found);
  arguments = dup_arguments (self, unknown, error);
  if (arguments == NULL)
    return FALSE;
  self->arguments = arguments;
  is_recorded = forlop_do_record_measurement (self, error);
  self->arguments = given;
  if (!is_recorded)
    return FALSE;

  say_sender (self, unknown);
  found = forlop_act_change (self, unknown);
  finish (self, found, "placed");
  forlop_record_set_text (found, "placed_citizen_id", self->citizen_id);

  return TRUE;
}

gboolean
forlop_do_set_aside_measurement (ForlopActContext  *self,
                                 GError           **error)
{
  ForlopRecord *unknown = load_unknown (self, error);

  if (unknown == NULL)
    return FALSE;
  unknown = forlop_act_change (self, unknown);
  finish (self, unknown, "set_aside");
  forlop_record_set_text (unknown, "aside_reason", forlop_act_text (self, "aside_reason"));

  return TRUE;
}
