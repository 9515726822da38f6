/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-item-store.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "forlop-error.h"
#include "forlop-record-store.h"

void
forlop_stock_row_free (ForlopStockRow *self)
{
  if (self == NULL)
    return;

  g_free (self->product_id);
  g_free (self->name);
  g_free (self);
}

/**
 * forlop_item_store_open_loan:
 * @loan: (out) (transfer full) (nullable): the loan that has not ended, or %NULL.
 *
 * Returns: %FALSE only when the file cannot be read.
 */
gboolean
forlop_item_store_open_loan (ForlopConnection  *connection,
                             const char        *item_id,
                             ForlopRecord     **loan,
                             GError           **error)
{
  g_autoptr (GPtrArray) loans = NULL;

  g_return_val_if_fail (item_id != NULL, FALSE);
  g_return_val_if_fail (loan != NULL, FALSE);

  *loan = NULL;
  loans = forlop_record_store_list (connection, "loan", "item_id", item_id, error);
  if (loans == NULL)
    return FALSE;
  for (unsigned int i = 0; i < loans->len && *loan == NULL; i++)
    if (!forlop_record_has (g_ptr_array_index (loans, i), "returned_on"))
      *loan = g_object_ref (g_ptr_array_index (loans, i));

  return TRUE;
}

gboolean
forlop_item_store_has_open_fault (ForlopConnection  *connection,
                                  const char        *item_id,
                                  gboolean          *has_fault,
                                  GError           **error)
{
  static const char sql[] = "SELECT 1 FROM fault WHERE item_id = ?1 AND deleted = 0 "
                            "AND status IN ('reported', 'at_supplier')";
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (has_fault != NULL, FALSE);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, item_id);

  return forlop_statement_step (statement, has_fault, error);
}

/**
 * forlop_item_store_count_ready:
 * @location_id: (nullable): %NULL counts them everywhere.
 */
gboolean
forlop_item_store_count_ready (ForlopConnection  *connection,
                               const char        *product_id,
                               const char        *location_id,
                               unsigned int      *n_ready,
                               GError           **error)
{
  static const char sql[] = "SELECT count (*) FROM item WHERE product_id = ?1 AND deleted = 0 "
                            "AND state = 'ready' AND (?2 IS NULL OR location_id = ?2)";
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (n_ready != NULL, FALSE);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, product_id);
  forlop_statement_bind_id (statement, 2, location_id);
  if (!forlop_statement_step (statement, &has_row, error))
    return FALSE;
  *n_ready = has_row ? (unsigned int) forlop_statement_get_integer (statement, 0) : 0;

  return TRUE;
}

/**
 * forlop_item_store_find_scanned:
 * @text: what was scanned or typed: an asset tag or a serial number.
 * @gtin: (nullable): 14 digits, from application identifier 01.
 * @serial: (nullable): from application identifier 21.
 * @item: (out) (transfer full) (nullable): the item, or %NULL when the register has none.
 *
 * Returns: %FALSE when the file cannot be read, or with a sentence when several items answer.
 */
gboolean
forlop_item_store_find_scanned (ForlopConnection  *connection,
                                const char        *text,
                                const char        *gtin,
                                const char        *serial,
                                ForlopRecord     **item,
                                GError           **error)
{
  static const char gs1_sql[] =
    "SELECT item.id FROM item JOIN product ON product.id = item.product_id AND product.deleted = 0 "
    "WHERE item.deleted = 0 AND item.serial_number = ?2 AND product.gtin IS NOT NULL AND substr "
    "('00000000000000' || product.gtin, -14) = substr ('00000000000000' || ?1, -14) LIMIT 2";
  static const char text_sql[] =
    "SELECT id FROM item WHERE deleted = 0 AND (asset_tag = ?1 OR serial_number = ?2) "
    "ORDER BY asset_tag IS ?1 DESC LIMIT 2";
  gboolean is_gs1 = gtin != NULL && serial != NULL;
  g_autoptr (ForlopStatement) statement = NULL;
  g_autofree char *id = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (item != NULL, FALSE);

  *item = NULL;
  statement = forlop_connection_prepare (connection, is_gs1 ? gs1_sql : text_sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, is_gs1 ? gtin : text);
  forlop_statement_bind_text (statement, 2, serial != NULL ? serial : text);
  if (!forlop_statement_step (statement, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;

  id = forlop_statement_dup_id (statement, 0);
  if (!forlop_statement_step (statement, &has_row, error))
    return FALSE;
  *item = forlop_record_store_load (connection, "item", id, error);
  if (*item == NULL)
    return FALSE;
  /* An asset tag is one item's alone; a serial number may be used by several makers. */
  if (!has_row || (!is_gs1 && forlop_record_text_is (*item, "asset_tag", text)))
    return TRUE;

  g_clear_object (item);
  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_CONFLICT,
               _("Several items have the number %s. Scan the asset tag, or choose the item in the "
                 "list."),
               text);

  return FALSE;
}

static gboolean
count (ForlopConnection  *connection,
       const char        *sql,
       const char        *product_id,
       ForlopDate         since,
       int               *value,
       GError           **error)
{
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, product_id);
  if (since != FORLOP_DATE_NONE)
    forlop_statement_bind_date (statement, 2, since);
  if (!forlop_statement_step (statement, &has_row, error))
    return FALSE;
  *value = has_row ? (int) forlop_statement_get_integer (statement, 0) : 0;

  return TRUE;
}

/* Months of hand-outs that the average is taken of. */
#define USE_MONTHS 6

static ForlopStockRow *
read_stock (ForlopConnection  *connection,
            ForlopRecord      *product,
            ForlopDate         today,
            double             review_months,
            GError           **error)
{
  static const char used_sql[] =
    "SELECT count (*) FROM loan JOIN item ON item.id = loan.item_id WHERE item.product_id = ?1 "
    "AND item.ownership <> 'citizen' AND loan.deleted = 0 AND coalesce (loan.voided, 0) = 0 "
    "AND loan.handed_out_on > ?2";
  static const char minimum_sql[] =
    "SELECT coalesce (sum (minimum), 0) FROM stock_level WHERE product_id = ?1 AND deleted = 0";
  static const char on_order_sql[] =
    "SELECT coalesce (sum (quantity - coalesce (received_quantity, 0)), 0) FROM equipment_order "
    "WHERE product_id = ?1 AND deleted = 0 AND status IN ('ordered', 'partly_received')";
  g_autoptr (ForlopStockRow) row = g_new0 (ForlopStockRow, 1);
  const char *id = forlop_record_get_id (product);
  unsigned int n_ready;
  int used;

  if (!count (connection, used_sql, id, forlop_date_add_months (today, -USE_MONTHS), &used,
              error) ||
      !count (connection, minimum_sql, id, FORLOP_DATE_NONE, &row->need.minimum, error) ||
      !count (connection, on_order_sql, id, FORLOP_DATE_NONE, &row->need.on_order, error) ||
      !forlop_item_store_count_ready (connection, id, NULL, &n_ready, error))
    return NULL;

  row->product_id = g_strdup (id);
  row->name = g_strdup (forlop_record_get_text (product, "name"));
  row->need.use_per_month = (double) used / USE_MONTHS;
  row->need.lead_days = (int) forlop_record_get_integer (product, "lead_days");
  row->need.review_months = review_months;
  row->need.ready = (int) n_ready;
  row->proposal = forlop_order_proposal (&row->need);

  return g_steal_pointer (&row);
}

/**
 * forlop_item_store_list_stock:
 * @review_months: how long until the stock is looked at again.
 *
 * Returns: (transfer full): a #GPtrArray of #ForlopStockRow, one for each product in use.
 */
GPtrArray *
forlop_item_store_list_stock (ForlopConnection  *connection,
                              ForlopDate         today,
                              double             review_months,
                              GError           **error)
{
  g_autoptr (GPtrArray) rows =
    g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_stock_row_free);
  g_autoptr (GPtrArray) products = NULL;

  g_return_val_if_fail (connection != NULL, NULL);

  products = forlop_record_store_list (connection, "product", NULL, NULL, error);
  if (products == NULL)
    return NULL;

  for (unsigned int i = 0; i < products->len; i++)
    {
      ForlopRecord *product = g_ptr_array_index (products, i);
      ForlopStockRow *row;

      if (!forlop_record_get_boolean (product, "active"))
        continue;
      row = read_stock (connection, product, today, review_months, error);
      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
    }

  return g_steal_pointer (&rows);
}
