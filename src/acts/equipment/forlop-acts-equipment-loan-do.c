/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-act-citizen-private.h"
#include "forlop-act-item-private.h"
#include "forlop-acts-loan-private.h"
#include "forlop-delivery.h"
#include "forlop-error.h"
#include "forlop-item-store.h"

/* What passes between the stock and a citizen: wish, delivery, loan and return. */

static ForlopRecord *
find_open_delivery (ForlopActContext *self)
{
  ForlopRecord *delivery = forlop_snapshot_latest (self->snapshot, "delivery");

  if (delivery != NULL && (forlop_record_text_is (delivery, "status", "requested") ||
                           forlop_record_text_is (delivery, "status", "ready")))
    return delivery;

  return NULL;
}

/* Whoever has the delivery side alone knows the receiver from the delivery before. */
static void
copy_receiver (ForlopRecord *from,
               ForlopRecord *to)
{
  static const char *const fields[] = { "name", "address", "phone" };

  for (unsigned int i = 0; i < G_N_ELEMENTS (fields); i++)
    forlop_record_set_text (to, fields[i], forlop_record_get_text (from, fields[i]));
}

static gboolean
request_equipment (ForlopActContext  *self,
                   GError           **error)
{
  ForlopRecord *delivery, *before;

  if (find_open_delivery (self) != NULL)
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                              _("Equipment is requested already and not handed out. Nothing was "
                                "changed. Cancel that delivery to request something else."));

  before = forlop_snapshot_latest (self->snapshot, "delivery");
  if (forlop_snapshot_is_delivery (self->snapshot) && before == NULL)
    return forlop_act_refuse (error, FORLOP_ERROR_NOT_FOUND,
                              _("Where the equipment is to go is not on this machine. Nothing was changed. Ask the "
                                "unit that has the citizen to request it."));
  delivery = forlop_act_make (self, "delivery");
  forlop_act_copy_arguments (self, delivery);
  if (forlop_snapshot_is_delivery (self->snapshot))
    copy_receiver (before, delivery);
  else
    forlop_act_fill_delivery (self->citizen, forlop_snapshot_list (self->snapshot, "contested_value"),
                              delivery);
  forlop_record_set_text (delivery, "status", "requested");
  if (!forlop_record_has (delivery, "unit_id"))
    forlop_record_set_text (delivery, "unit_id",
                            forlop_record_has (self->the_case, "unit_id")
                              ? forlop_record_get_text (self->the_case, "unit_id")
                              : self->actor->unit_id);

  return TRUE;
}

/* The items that wait for the case. */
static GPtrArray *
list_reserved (ForlopActContext  *self,
               GError           **error)
{
  return forlop_record_store_list (self->connection, "item", "reserved_case_id", self->case_id,
                                   error);
}

static ForlopRecord *
load_open_delivery (ForlopActContext  *self,
                    GError           **error)
{
  ForlopRecord *delivery = forlop_act_load (self, "delivery", "delivery_id", error);

  if (delivery == NULL)
    return NULL;
  if (forlop_record_text_is (delivery, "status", "requested") ||
      forlop_record_text_is (delivery, "status", "ready"))
    return delivery;

  forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                     /* Translators: the state of a delivery, such as Handed out. */
                     _("The delivery has the state “%s” already. Nothing was changed."),
                     forlop_field_choice_label (
                       forlop_record_type_field (forlop_record_get_rtype (delivery), "status"),
                       forlop_record_get_text (delivery, "status")));

  return NULL;
}

/* Delivering is a change of place: what is reserved for the case goes to the unit that hands it
 * out. */
static gboolean
deliver_equipment (ForlopActContext  *self,
                   GError           **error)
{
  ForlopRecord *delivery = load_open_delivery (self, error);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (ForlopRecord) place = NULL;

  if (delivery == NULL)
    return FALSE;
  if (forlop_record_text_is (delivery, "status", "ready"))
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                              _("The equipment is delivered already. Nothing was changed."));

  items = list_reserved (self, error);
  if (items == NULL ||
      !forlop_act_find_place (self, forlop_record_get_text (delivery, "unit_id"), &place, error))
    return FALSE;
  if (items->len == 0)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("No item is reserved for the case, so there is nothing to deliver. "
                                "Reserve the items first."));
  if (place == NULL)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("The unit that is to have the equipment has no place in the "
                                "register. Save a location with that unit as its owner first."));

  forlop_record_set_text (forlop_act_change (self, delivery), "status", "ready");
  for (unsigned int i = 0; i < items->len; i++)
    {
      ForlopRecord *item = g_ptr_array_index (items, i);

      if (forlop_record_text_is (item, "location_id", forlop_record_get_id (place)))
        continue;
      forlop_record_set_text (forlop_act_change (self, item), "location_id",
                              forlop_record_get_id (place));
      forlop_act_log_item (self, item, NULL);
    }

  return TRUE;
}

static gboolean
cancel_delivery (ForlopActContext  *self,
                 GError           **error)
{
  ForlopRecord *delivery = load_open_delivery (self, error);
  g_autoptr (GPtrArray) items = delivery != NULL ? list_reserved (self, error) : NULL;

  if (items == NULL)
    return FALSE;

  forlop_record_set_text (forlop_act_change (self, delivery), "status", "cancelled");
  for (unsigned int i = 0; i < items->len; i++)
    if (!forlop_act_set_item_state (self, g_ptr_array_index (items, i), FORLOP_ITEM_READY, NULL,
                                    error))
      return FALSE;

  return TRUE;
}

/* The citizen's own device is nobody else's. */
static gboolean
check_own_device (ForlopActContext  *self,
                  ForlopRecord      *item,
                  GError           **error)
{
  g_autoptr (GPtrArray) loans = NULL;

  if (!forlop_record_text_is (item, "ownership", "citizen"))
    return TRUE;

  loans = forlop_record_store_list (self->connection, "loan", "item_id",
                                    forlop_record_get_id (item), error);
  if (loans == NULL)
    return FALSE;
  for (unsigned int i = 0; i < loans->len; i++)
    {
      ForlopRecord *loan = g_ptr_array_index (loans, i);

      if (!forlop_record_get_boolean (loan, "voided") &&
          !forlop_record_text_is (loan, "citizen_id", self->citizen_id))
        return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                                  _("The device is registered as another citizen's own. Nothing "
                                    "was changed. See that it is the right device."));
    }

  return TRUE;
}

gboolean
forlop_act_check_can_be_lent (ForlopActContext  *self,
                              ForlopRecord      *item,
                              GError           **error)
{
  ForlopDate expires = forlop_record_get_date (item, "expires_on");
  g_autoptr (ForlopRecord) open = NULL;

  if (!forlop_item_store_open_loan (self->connection, forlop_record_get_id (item), &open, error))
    return FALSE;
  if (open != NULL)
    {
      g_autofree char *since = forlop_date_format (forlop_record_get_date (open, "handed_out_on"));

      return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                                _("The item is out on loan since %s. Nothing was changed. Register "
                                  "its return first, or hand out another one."),
                                since);
    }
  if (forlop_record_text_is (item, "state", "reserved") &&
      !forlop_record_text_is (item, "reserved_case_id", self->case_id))
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                              _("The item is reserved for another case. Nothing was changed. Hand "
                                "out another one, or ask the coordinator to release it."));
  if (expires != FORLOP_DATE_NONE && expires < self->today)
    {
      g_autofree char *when = forlop_date_format (expires);

      return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                                _("The item expired on %s. Nothing was changed. Hand out another "
                                  "one."),
                                when);
    }

  return check_own_device (self, item, error);
}

/* The kinds of product the citizen has after this act. */
static GPtrArray *
list_kinds_out (ForlopActContext  *self,
                ForlopRecord      *handed_out,
                GError           **error)
{
  GPtrArray *loans = forlop_snapshot_list (self->snapshot, "loan");
  g_autoptr (GPtrArray) kinds = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ForlopRecord) product =
    forlop_record_store_load (self->connection, "product",
                              forlop_record_get_text (handed_out, "product_id"), error);

  if (product == NULL)
    return NULL;
  g_ptr_array_add (kinds, g_strdup (forlop_record_get_text (product, "kind")));

  for (unsigned int i = 0; i < loans->len; i++)
    {
      ForlopRecord *loan = g_ptr_array_index (loans, i);
      ForlopRecord *item =
        forlop_snapshot_get (self->snapshot, "item", forlop_record_get_text (loan, "item_id"));
      ForlopRecord *kind = item != NULL
                             ? forlop_snapshot_get (self->snapshot, "product",
                                                    forlop_record_get_text (item, "product_id"))
                             : NULL;

      if (kind != NULL && !forlop_record_has (loan, "returned_on"))
        g_ptr_array_add (kinds, g_strdup (forlop_record_get_text (kind, "kind")));
    }

  return g_steal_pointer (&kinds);
}

/* The delivery is handed out when everything that was wanted is. */
gboolean
forlop_act_finish_delivery (ForlopActContext  *self,
                            ForlopRecord      *item,
                            GError           **error)
{
  ForlopRecord *delivery = find_open_delivery (self);
  g_autoptr (GPtrArray) kinds = NULL;
  g_autoptr (GPtrArray) reserved = NULL;
  unsigned int n_reserved;

  if (delivery == NULL)
    return TRUE;

  kinds = list_kinds_out (self, item, error);
  reserved = list_reserved (self, error);
  if (kinds == NULL || reserved == NULL)
    return FALSE;

  n_reserved = reserved->len;
  if (forlop_record_text_is (item, "reserved_case_id", self->case_id))
    n_reserved--;
  if (forlop_delivery_is_complete (delivery, kinds, n_reserved))
    forlop_record_set_text (forlop_act_change (self, delivery), "status", "handed_out");

  return TRUE;
}

/* Makes the loan; a kit is handed out by one act for each of its items. */
static gboolean
hand_out_item (ForlopActContext  *self,
               GError           **error)
{
  ForlopRecord *item = forlop_act_load_item (self, error);
  ForlopRecord *loan;
  ForlopDate handed_out;

  if (item == NULL || !forlop_act_check_can_be_lent (self, item, error) ||
      !forlop_act_past_date (self, "handed_out_on", &handed_out, error))
    return FALSE;

  loan = forlop_act_make (self, "loan");
  forlop_act_copy_arguments (self, loan);
  forlop_record_set_date (loan, "handed_out_on", handed_out);
  forlop_record_set_text (loan, "handed_out_by", self->actor->user_id);

  forlop_record_clear (forlop_act_change (self, item), "location_id");

  return forlop_act_set_item_state (self, item, FORLOP_ITEM_ON_LOAN, NULL, error) &&
         forlop_act_finish_delivery (self, item, error);
}

ForlopRecord *
forlop_act_load_open_loan (ForlopActContext  *self,
                           GError           **error)
{
  ForlopRecord *loan = forlop_act_load (self, "loan", "loan_id", error);
  g_autofree char *when = NULL;

  if (loan == NULL)
    return NULL;
  if (!forlop_record_has (loan, "returned_on"))
    return loan;

  when = forlop_date_format (forlop_record_get_date (loan, "returned_on"));
  forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                     _("The loan ended on %s already. Nothing was changed."), when);

  return NULL;
}

ForlopRecord *
forlop_act_load_lent_item (ForlopActContext  *self,
                           ForlopRecord      *loan,
                           GError           **error)
{
  const char *id = forlop_record_get_text (loan, "item_id");
  ForlopRecord *item = forlop_snapshot_get (self->snapshot, "item", id);
  g_autoptr (ForlopRecord) loaded = NULL;

  if (item != NULL)
    return item;

  loaded = forlop_record_store_load (self->connection, "item", id, error);
  if (loaded == NULL)
    return NULL;
  forlop_snapshot_put (self->snapshot, loaded);

  return forlop_snapshot_get (self->snapshot, "item", id);
}

/* What is answered with no at the return needs a word about why. */
static gboolean
check_return (ForlopActContext  *self,
              ForlopRecord      *item,
              GError           **error)
{
  static const char *const answers[] = {
    "parts_complete", "factory_reset", "unpaired", "sim_stopped",
  };
  const ForlopRecordType *type = forlop_record_get_rtype (self->arguments);

  if (forlop_record_has (item, "sim_number") && !forlop_record_has (self->arguments, "sim_stopped"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("SIM stopped: the item has a SIM card. Say whether it is "
                                "stopped."));

  for (unsigned int i = 0; i < G_N_ELEMENTS (answers); i++)
    if (forlop_record_has (self->arguments, answers[i]) &&
        !forlop_record_get_boolean (self->arguments, answers[i]) &&
        !forlop_record_has (self->arguments, "return_note"))
      return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                                /* Translators: a point of the checklist. */
                                _("“%s” is not in order. Write in the note at return what is "
                                  "missing and who follows it up."),
                                _(forlop_record_type_field (type, answers[i])->label));

  return TRUE;
}

static gboolean
return_item (ForlopActContext  *self,
             GError           **error)
{
  ForlopRecord *loan = forlop_act_load_open_loan (self, error);
  ForlopRecord *item = loan != NULL ? forlop_act_load_lent_item (self, loan, error) : NULL;
  ForlopDate returned;

  if (item == NULL || !check_return (self, item, error) ||
      !forlop_act_past_date (self, "returned_on", &returned, error))
    return FALSE;
  if (returned < forlop_record_get_date (loan, "handed_out_on"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Returned: the date is before the item was handed out."));

  loan = forlop_act_change (self, loan);
  forlop_act_copy_arguments (self, loan);
  forlop_record_set_date (loan, "returned_on", returned);
  forlop_record_set_text (loan, "returned_by", self->actor->user_id);

  return forlop_act_place_here (self, forlop_act_change (self, item), error) &&
         forlop_act_set_item_state (self, item, FORLOP_ITEM_RETURNED,
                                    forlop_act_text (self, "return_note"), error);
}

/* A lost item is not with the citizen any more: the loan ends, and the case can be closed. */
static gboolean
mark_item_lost (ForlopActContext  *self,
                GError           **error)
{
  ForlopRecord *item = forlop_act_load_item (self, error);
  g_autoptr (ForlopRecord) loan = NULL;
  ForlopRecord *ended;

  if (item == NULL ||
      !forlop_item_store_open_loan (self->connection, forlop_record_get_id (item), &loan, error))
    return FALSE;
  if (loan != NULL &&
      !forlop_act_concern_case (self, forlop_record_get_text (loan, "case_id"), error))
    return FALSE;

  forlop_record_clear (forlop_act_change (self, item), "location_id");
  if (!forlop_act_set_item_state (self, item, FORLOP_ITEM_LOST, forlop_act_text (self, "reason"),
                                  error))
    return FALSE;
  if (loan == NULL)
    return TRUE;

  ended = forlop_act_change (self, loan);
  forlop_record_set_boolean (ended, "lost", TRUE);
  forlop_record_set_date (ended, "returned_on", self->today);
  forlop_record_set_text (ended, "returned_by", self->actor->user_id);

  return TRUE;
}

static gboolean
mark_item_found (ForlopActContext  *self,
                 GError           **error)
{
  ForlopRecord *item = forlop_act_load_item (self, error);

  if (item == NULL)
    return FALSE;
  if (!forlop_record_text_is (item, "state", "lost"))
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                              _("The item is not lost. Nothing was changed."));

  return forlop_act_place_here (self, forlop_act_change (self, item), error) &&
         forlop_act_set_item_state (self, item, FORLOP_ITEM_RETURNED,
                                    forlop_act_text (self, "reason"), error);
}

const ForlopActFunction forlop_act_functions_loan[] = {
  { "request-equipment", request_equipment },
  { "deliver-equipment", deliver_equipment },
  { "cancel-delivery", cancel_delivery },
  { "hand-out-item", hand_out_item },
  { "return-item", return_item },
  { "mark-item-lost", mark_item_lost },
  { "mark-item-found", mark_item_found },
  { NULL, NULL },
};
