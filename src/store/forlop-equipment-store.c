/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-equipment-store.h"

#include "forlop-duty-equipment.h"
#include "forlop-duty-store.h"
#include "forlop-duty-task.h"
#include "forlop-error.h"
#include "forlop-item-store.h"
#include "forlop-record-pick.h"
#include "forlop-record-store.h"

static gboolean
replace (ForlopConnection  *connection,
         const char        *source_id,
         GPtrArray         *duties,
         GError           **error)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  return forlop_duty_store_replace (connection, source_id, duties != NULL ? duties : none, error);
}

/* Since when the item has had its state. */
static gboolean
read_since (ForlopConnection  *connection,
            const char        *item_id,
            gint64            *since,
            GError           **error)
{
  static const char sql[] =
    "SELECT max (at) FROM stock_move WHERE item_id = ?1 AND deleted = 0 "
    "AND (from_state IS NULL OR from_state <> to_state)";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, item_id);
  if (!forlop_statement_step (statement, &has_row, error))
    return FALSE;
  *since = has_row ? forlop_statement_get_instant (statement, 0) : FORLOP_INSTANT_NONE;

  return TRUE;
}

/**
 * forlop_equipment_store_list_plans:
 *
 * The service plans of the item and of its product, also those that do not run.
 */
GPtrArray *
forlop_equipment_store_list_plans (ForlopConnection  *connection,
                                   ForlopRecord      *item,
                                   GError           **error)
{
  g_autoptr (GPtrArray) plans =
    forlop_record_store_list (connection, "service_plan", "product_id",
                              forlop_record_get_text (item, "product_id"), error);
  g_autoptr (GPtrArray) own = NULL;

  if (plans == NULL)
    return NULL;
  own = forlop_record_store_list (connection, "service_plan", "item_id",
                                  forlop_record_get_id (item), error);
  if (own == NULL)
    return NULL;
  for (unsigned int i = 0; i < own->len; i++)
    g_ptr_array_add (plans, g_object_ref (g_ptr_array_index (own, i)));

  return g_steal_pointer (&plans);
}

gboolean
forlop_equipment_store_refresh_item (ForlopConnection  *connection,
                                     const char        *item_id,
                                     GError           **error)
{
  g_autoptr (ForlopRecord) item = NULL;
  g_autoptr (ForlopRecord) product = NULL;
  g_autoptr (ForlopRecord) location = NULL;
  g_autoptr (GPtrArray) plans = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (GPtrArray) duties = NULL;
  ForlopItemFacts facts;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (item_id != NULL, FALSE);

  if (!forlop_record_pick_named (connection, "item", item_id, &item, error))
    return FALSE;
  if (item == NULL)
    return replace (connection, item_id, NULL, error);

  if (!forlop_record_pick_named (connection, "product", forlop_record_get_text (item, "product_id"), &product,
                                 error) ||
      !forlop_record_pick_named (connection, "location", forlop_record_get_text (item, "location_id"),
                                 &location, error))
    return FALSE;
  if (product == NULL)
    return replace (connection, item_id, NULL, error);

  plans = forlop_equipment_store_list_plans (connection, item, error);
  if (plans == NULL)
    return FALSE;
  records = forlop_record_store_list (connection, "service_record", "item_id", item_id, error);
  if (records == NULL)
    return FALSE;
  faults = forlop_record_store_list (connection, "fault", "item_id", item_id, error);
  if (faults == NULL)
    return FALSE;

  facts = (ForlopItemFacts) { item, product, location, plans, records, faults,
                              FORLOP_INSTANT_NONE };
  if (!read_since (connection, item_id, &facts.since, error))
    return FALSE;
  duties = forlop_duties_of_item (&facts);

  return replace (connection, item_id, duties, error);
}

static gboolean
refresh_stock_level (ForlopConnection  *connection,
                     const char        *level_id,
                     GError           **error)
{
  g_autoptr (ForlopRecord) level = NULL;
  g_autoptr (ForlopRecord) product = NULL;
  g_autoptr (ForlopRecord) location = NULL;
  g_autoptr (GPtrArray) duties = NULL;
  const char *product_id, *location_id;
  unsigned int n_ready;

  if (!forlop_record_pick_named (connection, "stock_level", level_id, &level, error))
    return FALSE;
  if (level == NULL)
    return replace (connection, level_id, NULL, error);

  product_id = forlop_record_get_text (level, "product_id");
  location_id = forlop_record_get_text (level, "location_id");
  if (!forlop_record_pick_named (connection, "product", product_id, &product, error) ||
      !forlop_record_pick_named (connection, "location", location_id, &location, error))
    return FALSE;
  if (product == NULL || location == NULL)
    return replace (connection, level_id, NULL, error);

  if (!forlop_item_store_count_ready (connection, product_id, location_id, &n_ready, error))
    return FALSE;
  duties = forlop_duties_of_stock_level (level, product, location, n_ready);

  return replace (connection, level_id, duties, error);
}

static gboolean
refresh_agreement (ForlopConnection  *connection,
                   const char        *agreement_id,
                   GError           **error)
{
  g_autoptr (ForlopRecord) agreement = NULL;
  g_autoptr (GPtrArray) duties = NULL;

  if (!forlop_record_pick_named (connection, "agreement", agreement_id, &agreement, error))
    return FALSE;
  if (agreement != NULL)
    duties = forlop_duties_of_agreement (agreement);

  return replace (connection, agreement_id, duties, error);
}

static gboolean
refresh_order (ForlopConnection  *connection,
               const char        *order_id,
               GError           **error)
{
  g_autoptr (ForlopRecord) order = NULL;
  g_autoptr (ForlopRecord) product = NULL;
  g_autoptr (GPtrArray) duties = NULL;

  if (!forlop_record_pick_named (connection, "equipment_order", order_id, &order, error))
    return FALSE;
  if (order != NULL &&
      !forlop_record_pick_named (connection, "product", forlop_record_get_text (order, "product_id"), &product, error))
    return FALSE;
  if (product != NULL)
    duties = forlop_duties_of_order (order, product);

  return replace (connection, order_id, duties, error);
}

static GPtrArray *
duties_of_record (ForlopRecord *record)
{
  return g_str_equal (forlop_record_get_rtype (record)->name, "task") ? forlop_duties_of_task (record)
                                                                      : forlop_duties_of_shift (record);
}

/* The duty of a task or of a shift follows from it alone, so nothing has to be read again, and nothing has followed
 * from one that was not there: a first turn brings thousands. */
static gboolean
refresh_task (ForlopConnection       *connection,
              const ForlopOperation  *operation,
              GError                **error)
{
  g_autoptr (GPtrArray) duties =
    operation->after != NULL ? duties_of_record (operation->after) : NULL;

  if (operation->before == NULL && duties != NULL)
    return forlop_duty_store_add (connection, operation->id, duties, error);

  return replace (connection, operation->id, duties, error);
}

typedef gboolean (*RefreshFunc) (ForlopConnection  *connection,
                                 const char        *source_id,
                                 GError           **error);

/* What a changeset touches, each once however many records of it were written. */
typedef enum {
  SOURCE_ITEM,
  SOURCE_STOCK_LEVEL,
  SOURCE_AGREEMENT,
  SOURCE_ORDER,
  N_SOURCES,
} Source;

static const RefreshFunc refreshers[N_SOURCES] = {
  forlop_equipment_store_refresh_item, refresh_stock_level, refresh_agreement, refresh_order,
};

typedef struct {
  ForlopConnection *connection;
  GHashTable *ids[N_SOURCES];
} Touched;

static void
touch (Touched    *touched,
       Source      source,
       const char *id)
{
  if (id != NULL)
    g_hash_table_add (touched->ids[source], g_strdup (id));
}

/* Every record of @type with @field, for a change that concerns them all. */
static gboolean
touch_all (Touched     *touched,
           Source       source,
           const char  *type,
           const char  *field,
           const char  *value,
           GError     **error)
{
  g_autoptr (GPtrArray) records = NULL;

  if (value == NULL)
    return TRUE;

  records = forlop_record_store_list (touched->connection, type, field, value, error);
  if (records == NULL)
    return FALSE;
  for (unsigned int i = 0; i < records->len; i++)
    touch (touched, source, forlop_record_get_id (g_ptr_array_index (records, i)));

  return TRUE;
}

static gboolean
touch_operation (Touched                *touched,
                 const ForlopOperation  *operation,
                 GError                **error)
{
  ForlopRecord *record = operation->after != NULL ? operation->after : operation->before;
  const char *type = operation->type->name;

  if (g_str_equal (type, "task") || g_str_equal (type, "shift_handover"))
    return refresh_task (touched->connection, operation, error);
  else if (g_str_equal (type, "agreement"))
    touch (touched, SOURCE_AGREEMENT, operation->id);
  else if (g_str_equal (type, "equipment_order"))
    touch (touched, SOURCE_ORDER, operation->id);
  else if (g_str_equal (type, "stock_level"))
    touch (touched, SOURCE_STOCK_LEVEL, operation->id);
  else if (g_str_equal (type, "service_record") || g_str_equal (type, "fault"))
    touch (touched, SOURCE_ITEM, forlop_record_get_text (record, "item_id"));
  else if (g_str_equal (type, "item"))
    {
      touch (touched, SOURCE_ITEM, operation->id);
      return touch_all (touched, SOURCE_STOCK_LEVEL, "stock_level", "product_id",
                        forlop_record_get_text (record, "product_id"), error);
    }
  else if (g_str_equal (type, "service_plan"))
    {
      touch (touched, SOURCE_ITEM, forlop_record_get_text (record, "item_id"));
      return touch_all (touched, SOURCE_ITEM, "item", "product_id",
                        forlop_record_get_text (record, "product_id"), error);
    }
  else if (g_str_equal (type, "product") && operation->before != NULL)
    return touch_all (touched, SOURCE_ITEM, "item", "product_id", operation->id, error) &&
           touch_all (touched, SOURCE_STOCK_LEVEL, "stock_level", "product_id", operation->id,
                      error) &&
           touch_all (touched, SOURCE_ORDER, "equipment_order", "product_id", operation->id, error);
  else if (g_str_equal (type, "location") && operation->before != NULL)
    return touch_all (touched, SOURCE_ITEM, "item", "location_id", operation->id, error) &&
           touch_all (touched, SOURCE_STOCK_LEVEL, "stock_level", "location_id", operation->id,
                      error);

  return TRUE;
}

static gboolean
refresh_touched (Touched  *touched,
                 GError  **error)
{
  for (unsigned int source = 0; source < N_SOURCES; source++)
    {
      GHashTableIter iter;
      gpointer id;

      g_hash_table_iter_init (&iter, touched->ids[source]);
      while (g_hash_table_iter_next (&iter, &id, NULL))
        if (!refreshers[source] (touched->connection, id, error))
          return FALSE;
    }

  return TRUE;
}

/**
 * forlop_equipment_store_refresh_after:
 *
 * Works out again the duties that follow from the equipment and the tasks that @changeset wrote.
 */
gboolean
forlop_equipment_store_refresh_after (ForlopConnection  *connection,
                                      ForlopChangeset   *changeset,
                                      GError           **error)
{
  Touched touched = { .connection = connection };
  GPtrArray *operations;
  gboolean ok = TRUE;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (changeset != NULL, FALSE);

  operations = forlop_changeset_get_operations (changeset);
  for (unsigned int source = 0; source < N_SOURCES; source++)
    touched.ids[source] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (unsigned int i = 0; ok && i < operations->len; i++)
    ok = touch_operation (&touched, g_ptr_array_index (operations, i), error);
  ok = ok && refresh_touched (&touched, error);
  for (unsigned int source = 0; source < N_SOURCES; source++)
    g_hash_table_unref (touched.ids[source]);

  return ok;
}
