/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-act-item-private.h"
#include "forlop-error.h"

/* Orders, goods receipt and what the register says of an item. */

static gboolean
order_equipment (ForlopActContext  *self,
                 GError           **error)
{
  ForlopRecord *product = forlop_act_load (self, "product", "product_id", error);
  ForlopRecord *order;
  ForlopDate ordered;

  if (product == NULL || !forlop_act_past_date (self, "ordered_on", &ordered, error))
    return FALSE;

  order = forlop_act_make (self, "equipment_order");
  forlop_act_copy_arguments (self, order);
  forlop_record_set_date (order, "ordered_on", ordered);
  forlop_record_set_integer (order, "received_quantity", 0);
  forlop_record_set_text (order, "status", "ordered");
  if (!forlop_record_has (order, "supplier_id"))
    forlop_record_set_text (order, "supplier_id", forlop_record_get_text (product, "supplier_id"));
  if (!forlop_record_has (order, "expected_on") && forlop_record_has (product, "lead_days"))
    forlop_record_set_date (order, "expected_on",
                            ordered +
                            (ForlopDate) forlop_record_get_integer (product, "lead_days"));
  if (forlop_record_has (order, "expected_on") &&
      forlop_record_get_date (order, "expected_on") < ordered)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Expected: the day is before the order. Write a later day."));

  return TRUE;
}

static gboolean
count_received (ForlopActContext  *self,
                ForlopRecord      *order,
                gint64             quantity,
                GError           **error)
{
  gint64 ordered = forlop_record_get_integer (order, "quantity");
  gint64 received = forlop_record_get_integer (order, "received_quantity") + quantity;

  if (forlop_record_text_is (order, "status", "cancelled"))
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                              _("The order is cancelled. Nothing was changed. Make a new order for "
                                "what has come."));
  if (received > ordered)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              /* Translators: how many are missing, how many were ordered. */
                              _("Of the order %d of %d have not been received. Nothing was "
                                "changed. Make a new order for what came beyond it."),
                              (int) (ordered - received + quantity), (int) ordered);

  order = forlop_act_change (self, order);
  forlop_record_set_integer (order, "received_quantity", received);
  forlop_record_set_text (order, "status", received == ordered ? "received" : "partly_received");

  return TRUE;
}

static gboolean
receive_order (ForlopActContext  *self,
               GError           **error)
{
  ForlopRecord *order = forlop_act_load (self, "equipment_order", "order_id", error);

  return order != NULL &&
         count_received (self, order, forlop_record_get_integer (self->arguments, "quantity"),
                         error);
}

static gboolean
cancel_order (ForlopActContext  *self,
              GError           **error)
{
  ForlopRecord *order = forlop_act_load (self, "equipment_order", "order_id", error);

  if (order == NULL)
    return FALSE;
  if (forlop_record_text_is (order, "status", "cancelled"))
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY, _("The order is cancelled already."));
  if (forlop_record_text_is (order, "status", "received"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("The whole order is received, so it cannot be cancelled."));
  forlop_record_set_text (forlop_act_change (self, order), "status", "cancelled");

  return TRUE;
}

/* A resource person registers what the citizen or the hospital owns; stock is the coordinator's. */
static gboolean
check_receiver (ForlopActContext  *self,
                ForlopRecord      *item,
                GError           **error)
{
  if (!g_str_equal (self->actor->role, "resource_person") ||
      forlop_record_text_is (item, "ownership", "citizen") ||
      forlop_record_text_is (item, "ownership", "hospital"))
    return TRUE;

  return forlop_act_refuse (error, FORLOP_ERROR_NOT_ALLOWED,
                            _("The municipality's own equipment is received by the coordinator. "
                              "Nothing was changed. Ask the coordinator, or register it as the "
                              "citizen's own or the hospital's."));
}

static gboolean
check_not_known (ForlopActContext  *self,
                 ForlopRecord      *item,
                 GError           **error)
{
  const char *serial = forlop_record_get_text (item, "serial_number");
  g_autoptr (GPtrArray) same =
    forlop_record_store_list (self->connection, "item", "serial_number", serial, error);
  const ForlopField *state = forlop_record_type_field (forlop_record_get_rtype (item), "state");

  if (same == NULL)
    return FALSE;
  for (unsigned int i = 0; i < same->len; i++)
    {
      ForlopRecord *known = g_ptr_array_index (same, i);
      const char *known_state = forlop_record_get_text (known, "state");

      if (forlop_record_text_is (known, "product_id", forlop_record_get_text (item, "product_id")))
        return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                                  /* Translators: a serial number, the state of an item. */
                                  _("Serial number %s is in the register already, with the state "
                                    "“%s”. Nothing was changed. Find that item instead."),
                                  serial, forlop_field_choice_label (state, known_state));
    }

  return TRUE;
}

/* One of what was ordered has come. */
static gboolean
count_in_order (ForlopActContext  *self,
                ForlopRecord      *item,
                GError           **error)
{
  ForlopRecord *order;

  if (!forlop_record_has (self->arguments, "order_id"))
    return TRUE;

  order = forlop_act_load (self, "equipment_order", "order_id", error);
  if (order == NULL)
    return FALSE;
  if (!forlop_record_text_is (order, "product_id", forlop_record_get_text (item, "product_id")))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("The order is for another product. Nothing was changed. Choose the "
                                "right order, or none."));

  return count_received (self, order, 1, error);
}

static gboolean
receive_item (ForlopActContext  *self,
              GError           **error)
{
  ForlopRecord *product = forlop_act_load (self, "product", "product_id", error);
  ForlopRecord *item;
  ForlopDate received;

  if (product == NULL || !forlop_act_past_date (self, "received_on", &received, error))
    return FALSE;

  item = forlop_act_make (self, "item");
  forlop_act_copy_arguments (self, item);
  forlop_record_set_text (item, "state", "received");
  forlop_record_set_date (item, "received_on", received);
  if (!forlop_record_has (item, "ownership"))
    forlop_record_set_text (item, "ownership", "own");
  if (!check_receiver (self, item, error) || !check_not_known (self, item, error) ||
      !count_in_order (self, item, error) || !forlop_act_place_here (self, item, error) ||
      !forlop_act_update_calibration (self, item, NULL, NULL, error))
    return FALSE;
  forlop_act_log_item (self, item, NULL);

  return TRUE;
}

static gboolean
change_item (ForlopActContext  *self,
             GError           **error)
{
  ForlopRecord *item = forlop_act_load_item (self, error);

  if (item == NULL)
    return FALSE;
  forlop_act_copy_arguments (self, forlop_act_change (self, item));

  return TRUE;
}

/* The items a service plan runs on. */
static GPtrArray *
items_of_plan (ForlopActContext  *self,
               ForlopRecord      *plan,
               GError           **error)
{
  g_autoptr (GPtrArray) items = NULL;
  ForlopRecord *item;

  if (!forlop_record_has (plan, "item_id"))
    return forlop_record_store_list (self->connection, "item", "product_id",
                                     forlop_record_get_text (plan, "product_id"), error);

  item = forlop_record_store_load (self->connection, "item",
                                   forlop_record_get_text (plan, "item_id"), error);
  if (item == NULL)
    return NULL;
  items = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (items, item);

  return g_steal_pointer (&items);
}

static gboolean
save_service_plan (ForlopActContext  *self,
                   GError           **error)
{
  const ForlopOperation *operation;
  g_autoptr (GPtrArray) items = NULL;
  ForlopRecord *plan;

  if (!forlop_act_save (self, error))
    return FALSE;

  operation = g_ptr_array_index (forlop_changeset_get_operations (self->changeset), 0);
  plan = operation->after;
  if (forlop_record_has (plan, "item_id") == forlop_record_has (plan, "product_id"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("A service plan is for a product or for one item. Choose one of "
                                "the two."));
  if (!forlop_record_text_is (plan, "kind", "calibration"))
    return TRUE;

  items = items_of_plan (self, plan, error);
  if (items == NULL)
    return FALSE;
  for (unsigned int i = 0; i < items->len; i++)
    if (!forlop_act_update_calibration (self, g_ptr_array_index (items, i), plan, NULL, error))
      return FALSE;

  return TRUE;
}

const ForlopActFunction forlop_act_functions_stock[] = {
  { "order-equipment", order_equipment },
  { "receive-order", receive_order },
  { "cancel-order", cancel_order },
  { "receive-item", receive_item },
  { "change-item", change_item },
  { "save-service-plan", save_service_plan },
  { NULL, NULL },
};
