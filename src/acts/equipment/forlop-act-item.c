/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-act-item-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-error.h"
#include "forlop-item-service.h"
#include "forlop-item-store.h"
#include "forlop-snapshot-store.h"

ForlopRecord *
forlop_act_load_item (ForlopActContext  *self,
                      GError           **error)
{
  return forlop_act_load (self, "item", "item_id", error);
}

const char *
forlop_act_maybe_text (ForlopActContext *self,
                       const char       *argument)
{
  if (forlop_record_type_field (forlop_record_get_rtype (self->arguments), argument) == NULL)
    return NULL;

  return forlop_act_text (self, argument);
}

gboolean
forlop_act_past_date (ForlopActContext  *self,
                      const char        *argument,
                      ForlopDate        *date,
                      GError           **error)
{
  const ForlopRecordType *type = forlop_record_get_rtype (self->arguments);

  *date = forlop_record_get_date (self->arguments, argument);
  if (*date == FORLOP_DATE_NONE)
    *date = self->today;
  if (*date <= self->today)
    return TRUE;

  return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                            /* Translators: the label of a date. */
                            _("%s: the date is in the future. Write the day it happened."),
                            _(forlop_record_type_field (type, argument)->label));
}

void
forlop_act_log_item (ForlopActContext *self,
                     ForlopRecord     *item,
                     const char       *reason)
{
  const char *id = forlop_record_get_id (item);
  ForlopRecord *after = forlop_changeset_find (self->changeset, "item", id);
  ForlopRecord *move = forlop_act_make (self, "stock_move");
  gboolean is_new = after == item;

  g_assert (after != NULL);

  forlop_record_set_text (move, "item_id", id);
  forlop_record_set_instant (move, "at", self->now);
  if (!is_new)
    {
      forlop_record_set_text (move, "from_state", forlop_record_get_text (item, "state"));
      forlop_record_set_text (move, "from_location_id",
                              forlop_record_get_text (item, "location_id"));
    }
  forlop_record_set_text (move, "to_state", forlop_record_get_text (after, "state"));
  forlop_record_set_text (move, "to_location_id", forlop_record_get_text (after, "location_id"));
  forlop_record_set_text (move, "user_id", self->actor->user_id);
  forlop_record_set_text (move, "reason", reason);
}

static gboolean
check_no_open_fault (ForlopActContext  *self,
                     ForlopRecord      *item,
                     GError           **error)
{
  gboolean has_fault;

  if (!forlop_item_store_has_open_fault (self->connection, forlop_record_get_id (item), &has_fault,
                                         error))
    return FALSE;
  if (!has_fault)
    return TRUE;

  return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                            _("The item has a reported fault that is not resolved. Nothing was "
                              "changed. Resolve the fault first, or use another item."));
}

/**
 * forlop_act_set_item_state:
 * @item: as it was read.
 * @reason: (nullable): why, for the life line.
 *
 * The only way an act gives an item another state: it asks the item's life, keeps an item with an
 * open fault from citizens, and writes the life line.
 */
gboolean
forlop_act_set_item_state (ForlopActContext  *self,
                           ForlopRecord      *item,
                           ForlopItemState    state,
                           const char        *reason,
                           GError           **error)
{
  gboolean own_device = forlop_record_text_is (item, "ownership", "citizen");
  ForlopItemState from;
  ForlopRecord *after;

  if (!forlop_item_state_from_code (forlop_record_get_text (item, "state"), &from))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("A newer program gave the item a state that this one does not "
                                "know. Nothing was changed. Update the program."));
  if (!forlop_item_life_check (from, state, own_device, error))
    return FALSE;
  if ((state == FORLOP_ITEM_READY || state == FORLOP_ITEM_ON_LOAN) &&
      !check_no_open_fault (self, item, error))
    return FALSE;

  after = forlop_act_change (self, item);
  forlop_record_set_text (after, "state", forlop_item_state_code (state));
  if (state != FORLOP_ITEM_RESERVED)
    forlop_record_clear (after, "reserved_case_id");
  forlop_act_log_item (self, item, reason);

  return TRUE;
}

gboolean
forlop_act_find_place (ForlopActContext  *self,
                       const char        *unit_id,
                       ForlopRecord     **location,
                       GError           **error)
{
  g_autoptr (GPtrArray) places = NULL;

  *location = NULL;
  if (unit_id == NULL)
    return TRUE;

  places = forlop_record_store_list (self->connection, "location", "unit_id", unit_id, error);
  if (places == NULL)
    return FALSE;
  for (unsigned int i = 0; i < places->len && *location == NULL; i++)
    if (forlop_record_get_boolean (g_ptr_array_index (places, i), "active"))
      *location = g_object_ref (g_ptr_array_index (places, i));

  return TRUE;
}

gboolean
forlop_act_place_here (ForlopActContext  *self,
                       ForlopRecord      *item,
                       GError           **error)
{
  const char *given = forlop_act_maybe_text (self, "location_id");
  g_autoptr (ForlopRecord) here = NULL;

  if (given == NULL && !forlop_act_find_place (self, self->actor->unit_id, &here, error))
    return FALSE;
  if (given != NULL)
    forlop_record_set_text (item, "location_id", given);
  else if (here != NULL)
    forlop_record_set_text (item, "location_id", forlop_record_get_id (here));

  return TRUE;
}

gboolean
forlop_act_concern_case (ForlopActContext  *self,
                         const char        *case_id,
                         GError           **error)
{
  g_autoptr (ForlopSnapshot) snapshot = NULL;

  if (case_id == NULL)
    return TRUE;

  snapshot = forlop_snapshot_store_load_either (self->connection, case_id, self->now, error);
  if (snapshot == NULL)
    return FALSE;
  g_set_str (&self->case_id, case_id);
  g_set_str (&self->citizen_id, forlop_record_get_id (forlop_snapshot_get_citizen (snapshot)));

  return TRUE;
}

/* Adds the records of @type with @field; @newer takes the place of its own older self. */
static gboolean
add_records (ForlopActContext  *self,
             GPtrArray         *records,
             const char        *type,
             const char        *field,
             const char        *value,
             ForlopRecord      *newer,
             GError           **error)
{
  g_autoptr (GPtrArray) found =
    forlop_record_store_list (self->connection, type, field, value, error);

  if (found == NULL)
    return FALSE;
  for (unsigned int i = 0; i < found->len; i++)
    {
      ForlopRecord *record = g_ptr_array_index (found, i);

      if (newer == NULL ||
          !g_str_equal (forlop_record_get_id (record), forlop_record_get_id (newer)))
        g_ptr_array_add (records, g_object_ref (record));
    }

  return TRUE;
}

/**
 * forlop_act_update_calibration:
 * @new_plan: (nullable): a service plan this act writes.
 * @new_record: (nullable): a service record this act writes.
 *
 * Works out again when @item is to be calibrated.
 */
gboolean
forlop_act_update_calibration (ForlopActContext  *self,
                               ForlopRecord      *item,
                               ForlopRecord      *new_plan,
                               ForlopRecord      *new_record,
                               GError           **error)
{
  const char *id = forlop_record_get_id (item);
  const char *product_id = forlop_record_get_text (item, "product_id");
  g_autoptr (GPtrArray) plans = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  ForlopRecord *after;
  ForlopDate next;

  if (!add_records (self, plans, "service_plan", "product_id", product_id, new_plan, error) ||
      !add_records (self, plans, "service_plan", "item_id", id, new_plan, error) ||
      !add_records (self, records, "service_record", "item_id", id, new_record, error))
    return FALSE;
  if (new_plan != NULL)
    g_ptr_array_add (plans, g_object_ref (new_plan));
  if (new_record != NULL)
    g_ptr_array_add (records, g_object_ref (new_record));

  next = forlop_item_next_calibration (item, plans, records);
  /* What is measured from now on is uncertain. */
  if (new_record != NULL && forlop_record_text_is (new_record, "kind", "calibration") &&
      forlop_record_text_is (new_record, "result", "failed"))
    next = forlop_record_get_date (new_record, "done_on") - 1;

  after = forlop_changeset_find (self->changeset, "item", id);
  if (after == NULL)
    after = forlop_act_change (self, item);
  forlop_record_set_date (after, "next_calibration_on", next);

  return TRUE;
}
