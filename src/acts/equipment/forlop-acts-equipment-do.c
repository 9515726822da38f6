/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-act-item-private.h"
#include "forlop-error.h"

/* The steps in the life of one item while it is in the house. */

static gboolean
step (ForlopActContext  *self,
      ForlopItemState    state,
      GError           **error)
{
  ForlopRecord *item = forlop_act_load_item (self, error);

  return item != NULL &&
         forlop_act_set_item_state (self, item, state, forlop_act_maybe_text (self, "reason"),
                                    error);
}

/* The resource person prepares where the municipality has settled it so. */
static gboolean
check_preparer (ForlopActContext  *self,
                GError           **error)
{
  g_autoptr (GPtrArray) profiles = NULL;

  if (!g_str_equal (self->actor->role, "resource_person"))
    return TRUE;

  profiles = forlop_record_store_list (self->connection, "profile", "prepared_by", "zone", error);
  if (profiles == NULL)
    return FALSE;
  if (profiles->len == 0)
    return forlop_act_refuse (error, FORLOP_ERROR_NOT_ALLOWED,
                              _("Equipment is prepared in the store here. Nothing was changed. Ask "
                                "the coordinator, or ask the administrator to change the "
                                "organisation profile."));

  return TRUE;
}

static gboolean
prepare_item (ForlopActContext  *self,
              GError           **error)
{
  return check_preparer (self, error) && step (self, FORLOP_ITEM_PREPARING, error);
}

/* Preparing is one way to ready, releasing and checking are others with acts of their own. */
static gboolean
make_item_ready (ForlopActContext  *self,
                 GError           **error)
{
  ForlopRecord *item = forlop_act_load_item (self, error);
  ForlopItemState state;

  if (item == NULL || !check_preparer (self, error))
    return FALSE;
  if (forlop_item_state_from_code (forlop_record_get_text (item, "state"), &state) &&
      (state == FORLOP_ITEM_RESERVED || state == FORLOP_ITEM_CHECKING))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              state == FORLOP_ITEM_RESERVED
                                ? _("The item is reserved. Release the reservation instead.")
                                : _("The item is being checked. Finish the check instead."));

  return forlop_act_set_item_state (self, item, FORLOP_ITEM_READY, NULL, error);
}

static gboolean
move_item (ForlopActContext  *self,
           GError           **error)
{
  ForlopRecord *item = forlop_act_load_item (self, error);
  ForlopRecord *place = forlop_act_load (self, "location", "location_id", error);

  if (item == NULL || place == NULL)
    return FALSE;
  if (forlop_record_text_is (item, "state", "on_loan") ||
      forlop_record_text_is (item, "state", "lost") ||
      forlop_record_text_is (item, "state", "discarded"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              /* Translators: the state of an item. */
                              _("The item is not in the house: its state is “%s”. Nothing was "
                                "changed. Register its return or that it is found first."),
                              forlop_field_choice_label (
                                forlop_record_type_field (forlop_record_get_rtype (item), "state"),
                                forlop_record_get_text (item, "state")));
  if (forlop_record_text_is (item, "location_id", forlop_record_get_id (place)))
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY, _("The item is at %s already."),
                              forlop_record_get_text (place, "name"));

  forlop_record_set_text (forlop_act_change (self, item), "location_id",
                          forlop_record_get_id (place));
  forlop_act_log_item (self, item, forlop_act_text (self, "reason"));

  return TRUE;
}

static gboolean
reserve_item (ForlopActContext  *self,
              GError           **error)
{
  ForlopRecord *item = forlop_act_load_item (self, error);

  if (item == NULL)
    return FALSE;
  if (forlop_record_text_is (item, "state", "reserved"))
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                              forlop_record_text_is (item, "reserved_case_id", self->case_id)
                                ? _("The item is reserved for this case already.")
                                : _("The item is reserved for another case. Reserve another one, "
                                    "or release that reservation first."));
  if (!forlop_act_set_item_state (self, item, FORLOP_ITEM_RESERVED, NULL, error))
    return FALSE;
  forlop_record_set_text (forlop_act_change (self, item), "reserved_case_id", self->case_id);

  return TRUE;
}

static gboolean
release_item (ForlopActContext  *self,
              GError           **error)
{
  ForlopRecord *item = forlop_act_load_item (self, error);

  if (item == NULL)
    return FALSE;
  if (!forlop_record_text_is (item, "state", "reserved"))
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                              _("The item is not reserved. Nothing was changed."));

  return forlop_act_concern_case (self, forlop_record_get_text (item, "reserved_case_id"), error) &&
         forlop_act_set_item_state (self, item, FORLOP_ITEM_READY, NULL, error);
}

static gboolean
start_cleaning (ForlopActContext  *self,
                GError           **error)
{
  ForlopRecord *item = forlop_act_load_item (self, error);

  if (item == NULL)
    return FALSE;
  if (forlop_record_text_is (item, "state", "repair"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("The item is in repair. Nothing was changed. Receive it from "
                                "repair; then it is cleaned and checked."));

  return forlop_act_set_item_state (self, item, FORLOP_ITEM_CLEANING, NULL, error);
}

static gboolean
start_check (ForlopActContext  *self,
             GError           **error)
{
  ForlopRecord *item = forlop_act_load_item (self, error);

  if (item == NULL)
    return FALSE;
  if (forlop_record_text_is (item, "state", "cleaning"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("The item is being cleaned. Finish the cleaning instead; the check "
                                "follows it."));

  return forlop_act_set_item_state (self, item, FORLOP_ITEM_CHECKING, NULL, error);
}

static gboolean
send_to_repair (ForlopActContext  *self,
                GError           **error)
{
  return step (self, FORLOP_ITEM_REPAIR, error);
}

static gboolean
quarantine_item (ForlopActContext  *self,
                 GError           **error)
{
  return step (self, FORLOP_ITEM_QUARANTINE, error);
}

/* What is discarded is not waited for any more. */
static gboolean
discard_item (ForlopActContext  *self,
              GError           **error)
{
  g_autoptr (GPtrArray) faults = NULL;

  if (!step (self, FORLOP_ITEM_DISCARDED, error))
    return FALSE;

  faults = forlop_record_store_list (self->connection, "fault", "item_id",
                                     forlop_act_text (self, "item_id"), error);
  if (faults == NULL)
    return FALSE;
  for (unsigned int i = 0; i < faults->len; i++)
    {
      ForlopRecord *fault = g_ptr_array_index (faults, i);

      if (!forlop_record_text_is (fault, "status", "reported") &&
          !forlop_record_text_is (fault, "status", "at_supplier"))
        continue;
      fault = forlop_act_change (self, fault);
      forlop_record_set_text (fault, "status", "discarded");
      forlop_record_set_date (fault, "down_to", self->today);
    }

  return TRUE;
}

const ForlopActFunction forlop_act_functions_equipment[] = {
  { "prepare-item", prepare_item },
  { "make-item-ready", make_item_ready },
  { "move-item", move_item },
  { "reserve-item", reserve_item },
  { "release-item", release_item },
  { "start-cleaning", start_cleaning },
  { "start-check", start_check },
  { "send-to-repair", send_to_repair },
  { "quarantine-item", quarantine_item },
  { "discard-item", discard_item },
  { NULL, NULL },
};
