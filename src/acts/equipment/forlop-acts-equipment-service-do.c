/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-act-item-private.h"
#include "forlop-error.h"
#include "forlop-item-store.h"

/* Cleaning, check, service and faults: what the maintenance record of an item is made of. */

static ForlopRecord *
make_service_record (ForlopActContext  *self,
                     const char        *item_id,
                     const char        *kind,
                     const char        *result,
                     GError           **error)
{
  ForlopDate done = self->today;
  ForlopRecord *record;

  if (forlop_record_type_field (forlop_record_get_rtype (self->arguments), "done_on") != NULL &&
      !forlop_act_past_date (self, "done_on", &done, error))
    return NULL;

  record = forlop_act_make (self, "service_record");
  forlop_act_copy_arguments (self, record);
  forlop_record_set_text (record, "item_id", item_id);
  forlop_record_set_text (record, "kind", kind);
  forlop_record_set_text (record, "result", result);
  forlop_record_set_date (record, "done_on", done);
  forlop_record_set_text (record, "done_by", self->actor->user_id);

  return record;
}

static gboolean
finish_cleaning (ForlopActContext  *self,
                 GError           **error)
{
  ForlopRecord *item = forlop_act_load_item (self, error);

  if (item == NULL)
    return FALSE;
  if (forlop_record_text_is (item, "state", "ready"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("The item is ready and is not being cleaned. Nothing was "
                                "changed."));

  return forlop_act_set_item_state (self, item, FORLOP_ITEM_CHECKING, NULL, error) &&
         make_service_record (self, forlop_record_get_id (item), "cleaning", "ok", error) != NULL;
}

/* What measures is calibrated; a tablet is only looked over. */
static const char *
check_kind (ForlopActContext  *self,
            ForlopRecord      *item,
            GError           **error)
{
  g_autoptr (ForlopRecord) product =
    forlop_record_store_load (self->connection, "product",
                              forlop_record_get_text (item, "product_id"), error);

  if (product == NULL)
    return NULL;

  return forlop_record_has (product, "measures") || forlop_record_has (item, "next_calibration_on")
           ? "calibration" : "maintenance";
}

static gboolean
finish_check (ForlopActContext  *self,
              GError           **error)
{
  ForlopRecord *item = forlop_act_load_item (self, error);
  const char *result = forlop_act_text (self, "result");
  gboolean failed = g_str_equal (result, "failed");
  const char *kind;
  ForlopRecord *record;

  if (item == NULL)
    return FALSE;
  if (!forlop_record_text_is (item, "state", "checking"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              /* Translators: the state of an item. */
                              _("The item is not being checked: its state is “%s”. Nothing was "
                                "changed. An item is cleaned before it is checked."),
                              forlop_field_choice_label (
                                forlop_record_type_field (forlop_record_get_rtype (item), "state"),
                                forlop_record_get_text (item, "state")));
  kind = check_kind (self, item, error);
  if (kind == NULL ||
      !forlop_act_set_item_state (self, item, failed ? FORLOP_ITEM_QUARANTINE : FORLOP_ITEM_READY,
                                  forlop_act_text (self, "note"), error))
    return FALSE;

  record = make_service_record (self, forlop_record_get_id (item), kind, result, error);

  return record != NULL && forlop_act_update_calibration (self, item, NULL, record, error);
}

static gboolean
return_from_repair (ForlopActContext  *self,
                    GError           **error)
{
  ForlopRecord *item = forlop_act_load_item (self, error);
  const char *result = forlop_act_text (self, "result");
  gboolean failed = g_str_equal (result, "failed");

  if (item == NULL)
    return FALSE;
  if (!forlop_record_text_is (item, "state", "repair"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("The item is not in repair. Nothing was changed. See that it is "
                                "the right item."));

  return forlop_act_place_here (self, forlop_act_change (self, item), error) &&
         forlop_act_set_item_state (self, item,
                                    failed ? FORLOP_ITEM_QUARANTINE : FORLOP_ITEM_CLEANING,
                                    forlop_act_text (self, "note"), error) &&
         make_service_record (self, forlop_record_get_id (item), "repair", result, error) != NULL;
}

static gboolean
record_service (ForlopActContext  *self,
                GError           **error)
{
  ForlopRecord *item = forlop_act_load_item (self, error);
  const char *kind = forlop_act_text (self, "kind");
  ForlopRecord *record;

  if (item == NULL)
    return FALSE;
  if (forlop_record_has (self->arguments, "service_plan_id"))
    {
      ForlopRecord *plan = forlop_act_load (self, "service_plan", "service_plan_id", error);

      if (plan == NULL)
        return FALSE;
      if (!forlop_record_text_is (plan, "item_id", forlop_record_get_id (item)) &&
          !forlop_record_text_is (plan, "product_id", forlop_record_get_text (item, "product_id")))
        return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                                  _("The service plan is for other equipment. Choose the right plan, or none."));
      if (!forlop_record_text_is (plan, "kind", kind))
        return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                                  _("The service plan is for another kind of service. Choose the "
                                    "right plan, or none."));
    }

  record = make_service_record (self, forlop_record_get_id (item), kind,
                                forlop_act_text (self, "result"), error);
  if (record == NULL)
    return FALSE;

  return !g_str_equal (kind, "calibration") ||
         forlop_act_update_calibration (self, item, NULL, record, error);
}

/* What is faulty must not be handed out. An item a citizen has stays there until it is fetched. */
static gboolean
put_aside (ForlopActContext  *self,
           ForlopRecord      *item,
           GError           **error)
{
  static const char *const usable[] = { "received", "preparing", "ready", "reserved", "checking",
                                        NULL };

  if (!g_strv_contains (usable, forlop_record_get_text (item, "state")))
    return TRUE;

  return forlop_act_set_item_state (self, item, FORLOP_ITEM_QUARANTINE,
                                    forlop_act_text (self, "description"), error);
}

static gboolean
report_fault (ForlopActContext  *self,
              GError           **error)
{
  ForlopRecord *item = forlop_act_load_item (self, error);
  g_autoptr (ForlopRecord) loan = NULL;
  ForlopRecord *fault;

  if (item == NULL ||
      !forlop_item_store_open_loan (self->connection, forlop_record_get_id (item), &loan, error))
    return FALSE;
  if (loan != NULL && !forlop_act_concern_case (self, forlop_record_get_text (loan, "case_id"),
                                                error))
    return FALSE;

  fault = forlop_act_make (self, "fault");
  forlop_act_copy_arguments (self, fault);
  forlop_record_set_instant (fault, "reported_at", self->now);
  forlop_record_set_text (fault, "reported_by", self->actor->user_id);
  forlop_record_set_text (fault, "status", "reported");
  if (!forlop_record_has (fault, "down_from"))
    forlop_record_set_date (fault, "down_from", self->today);

  return put_aside (self, item, error);
}

static ForlopRecord *
load_open_fault (ForlopActContext  *self,
                 GError           **error)
{
  ForlopRecord *fault = forlop_act_load (self, "fault", "fault_id", error);

  if (fault == NULL)
    return NULL;
  if (forlop_record_text_is (fault, "status", "reported") ||
      forlop_record_text_is (fault, "status", "at_supplier"))
    return fault;

  forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                     _("The fault is resolved already. Nothing was changed. Report a new fault if "
                       "it has come back."));

  return NULL;
}

static gboolean
send_fault_to_supplier (ForlopActContext  *self,
                        GError           **error)
{
  ForlopRecord *fault = load_open_fault (self, error);

  if (fault == NULL)
    return FALSE;
  fault = forlop_act_change (self, fault);
  forlop_act_copy_arguments (self, fault);
  forlop_record_set_text (fault, "status", "at_supplier");

  return TRUE;
}

static gboolean
resolve_fault (ForlopActContext  *self,
               GError           **error)
{
  ForlopRecord *fault = load_open_fault (self, error);
  ForlopDate down_to;

  if (fault == NULL || !forlop_act_past_date (self, "down_to", &down_to, error))
    return FALSE;
  fault = forlop_act_change (self, fault);
  forlop_act_copy_arguments (self, fault);
  forlop_record_set_text (fault, "status", "repaired");
  forlop_record_set_date (fault, "down_to", down_to);

  return TRUE;
}

const ForlopActFunction forlop_act_functions_service_of_items[] = {
  { "finish-cleaning", finish_cleaning },
  { "finish-check", finish_check },
  { "return-from-repair", return_from_repair },
  { "record-service", record_service },
  { "report-fault", report_fault },
  { "send-fault-to-supplier", send_fault_to_supplier },
  { "resolve-fault", resolve_fault },
  { NULL, NULL },
};
