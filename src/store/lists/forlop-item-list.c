/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-item-list.h"

#include <glib/gi18n-lib.h>

#include "forlop-error.h"

/* What every query here reads of an item. An item that was lost or wrongly handed out is with
 * nobody. */
#define ITEM_FIELDS \
  "SELECT i.n, i.id, i.state, p.kind, p.id, p.name, i.serial_number, i.asset_tag, l.name, o.id, " \
  "coalesce (o.case_id, i.reserved_case_id), coalesce (o.citizen_id, r.citizen_id), " \
  "coalesce (c.name, (SELECT d.name FROM delivery d WHERE d.case_id = coalesce (o.case_id, i.reserved_case_id) " \
  "AND d.deleted = 0 ORDER BY d.id DESC LIMIT 1)), " \
  "i.next_calibration_on, " \
  "(SELECT max (m.at) FROM stock_move m WHERE m.item_id = i.id AND m.deleted = 0), " \
  "(SELECT count (*) FROM fault f WHERE f.item_id = i.id AND f.deleted = 0 " \
  "AND f.status IN ('reported', 'at_supplier')), " \
  "EXISTS (SELECT 1 FROM pending_row w WHERE w.id = i.id AND w.type = 'item' AND w.made = 1) " \
  "OR EXISTS (SELECT 1 FROM loan u JOIN pending_row w ON w.id = u.id AND w.type = 'loan' " \
  "WHERE u.item_id = i.id) " \
  "FROM item i JOIN product p ON p.id = i.product_id " \
  "LEFT JOIN location l ON l.id = i.location_id " \
  "LEFT JOIN loan o ON o.item_id = i.id AND o.deleted = 0 AND o.returned_on IS NULL " \
  "AND o.voided IS NOT 1 AND o.lost IS NOT 1 " \
  "LEFT JOIN \"case\" r ON r.id = i.reserved_case_id " \
  "LEFT JOIN citizen_row c ON c.id = coalesce (o.citizen_id, r.citizen_id) "

#define MATCHES_TEXT \
  "(?3 IS NULL OR i.serial_number LIKE ?3 ESCAPE '\\' OR i.asset_tag LIKE ?3 ESCAPE '\\' " \
  "OR p.name LIKE ?3 ESCAPE '\\')"

#define MAX_FOUND 20

ForlopItemQuery *
forlop_item_query_new (const char *state,
                       const char *location_id,
                       const char *text,
                       gboolean    with_holder)
{
  ForlopItemQuery *self = g_new0 (ForlopItemQuery, 1);

  self->state = g_strdup (state);
  self->location_id = g_strdup (location_id);
  self->text = text != NULL && text[0] != '\0' ? g_strdup (text) : NULL;
  self->with_holder = with_holder;

  return self;
}

void
forlop_item_query_free (ForlopItemQuery *self)
{
  if (self == NULL)
    return;

  g_free (self->state);
  g_free (self->location_id);
  g_free (self->text);
  g_free (self);
}

void
forlop_item_fields_free (ForlopItemFields *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->product_id);
  g_free (self->product_name);
  g_free (self->serial_number);
  g_free (self->asset_tag);
  g_free (self->location_name);
  g_free (self->loan_id);
  g_free (self->case_id);
  g_free (self->citizen_id);
  g_free (self->holder_name);
  g_free (self);
}

/* "a%b" finds the per cent sign and not everything between. */
static char *
dup_pattern (const char *text)
{
  GString *pattern = g_string_new ("%");

  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '%' || *c == '_' || *c == '\\')
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *c);
    }
  g_string_append_c (pattern, '%');

  return g_string_free (pattern, FALSE);
}

static void
bind_pattern (ForlopStatement *statement,
              int              parameter,
              const char      *text)
{
  g_autofree char *pattern = text != NULL ? dup_pattern (text) : NULL;

  forlop_statement_bind_text (statement, parameter, pattern);
}

static ForlopItemFields *
read_fields (ForlopStatement *statement,
             gboolean         with_holder)
{
  ForlopItemFields *fields = g_new0 (ForlopItemFields, 1);

  fields->n = forlop_statement_get_integer (statement, 0);
  fields->id = forlop_statement_dup_id (statement, 1);
  fields->state = g_intern_string (forlop_statement_get_text (statement, 2));
  fields->kind = g_intern_string (forlop_statement_get_text (statement, 3));
  fields->product_id = forlop_statement_dup_id (statement, 4);
  fields->product_name = forlop_statement_dup_text (statement, 5);
  fields->serial_number = forlop_statement_dup_text (statement, 6);
  fields->asset_tag = forlop_statement_dup_text (statement, 7);
  fields->location_name = forlop_statement_dup_text (statement, 8);
  fields->loan_id = forlop_statement_dup_id (statement, 9);
  if (with_holder)
    {
      fields->case_id = forlop_statement_dup_id (statement, 10);
      fields->citizen_id = forlop_statement_dup_id (statement, 11);
      fields->holder_name = forlop_statement_dup_text (statement, 12);
    }
  fields->next_calibration_on = forlop_statement_get_date (statement, 13);
  fields->since = forlop_statement_get_instant (statement, 14);
  fields->n_faults = (unsigned int) forlop_statement_get_integer (statement, 15);
  fields->waits = forlop_statement_get_boolean (statement, 16);

  return fields;
}

static GArray *
load_order (ForlopConnection  *connection,
            gconstpointer      data,
            GError           **error)
{
  static const char all_sql[] =
    "SELECT i.n FROM item i JOIN product p ON p.id = i.product_id WHERE i.deleted = 0 "
    "AND (?2 IS NULL OR i.location_id = ?2) AND " MATCHES_TEXT " ORDER BY p.name, i.serial_number";
  static const char state_sql[] =
    "SELECT i.n FROM item i JOIN product p ON p.id = i.product_id WHERE i.deleted = 0 "
    "AND i.state = ?1 AND (?2 IS NULL OR i.location_id = ?2) AND " MATCHES_TEXT
    " ORDER BY p.name, i.serial_number";
  const ForlopItemQuery *query = data;
  g_autoptr (ForlopStatement) statement =
    forlop_connection_prepare (connection, query->state != NULL ? state_sql : all_sql, error);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (statement == NULL)
    return NULL;
  if (query->state != NULL)
    forlop_statement_bind_text (statement, 1, query->state);
  forlop_statement_bind_id (statement, 2, query->location_id);
  bind_pattern (statement, 3, query->text);

  while (TRUE)
    {
      gboolean has_row;
      gint64 n;

      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&rows);
      n = forlop_statement_get_integer (statement, 0);
      g_array_append_val (rows, n);
    }
}

static GPtrArray *
load_fields (ForlopConnection  *connection,
             gconstpointer      data,
             const gint64      *rows,
             unsigned int       n_rows,
             GError           **error)
{
  static const char sql[] = ITEM_FIELDS "WHERE i.n = ?1";
  const ForlopItemQuery *query = data;
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  g_autoptr (GPtrArray) all =
    g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_item_fields_free);

  if (statement == NULL)
    return NULL;

  for (unsigned int i = 0; i < n_rows; i++)
    {
      gboolean has_row;

      forlop_statement_reset (statement);
      forlop_statement_bind_integer (statement, 1, rows[i]);
      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (all, read_fields (statement, query->with_holder));
    }

  return g_steal_pointer (&all);
}

static const char *const item_tables[] = { "item", "product", "location", "loan", "fault", "pending_row", NULL };

const ForlopPagedSource forlop_item_list_source = {
  .load_order = load_order,
  .load_fields = load_fields,
  .fields_free = (GDestroyNotify) forlop_item_fields_free,
  .query_free = (GDestroyNotify) forlop_item_query_free,
  .tables = item_tables,
};

GHashTable *
forlop_item_list_counts (ForlopConnection  *connection,
                         const char        *location_id,
                         const char        *text,
                         GError           **error)
{
  static const char sql[] =
    "SELECT i.state, count (*) FROM item i JOIN product p ON p.id = i.product_id "
    "WHERE i.deleted = 0 AND (?2 IS NULL OR i.location_id = ?2) AND " MATCHES_TEXT
    " AND ?1 IS NULL GROUP BY i.state";
  g_autoptr (ForlopStatement) statement = NULL;
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_return_val_if_fail (connection != NULL, NULL);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;
  forlop_statement_bind_id (statement, 2, location_id);
  bind_pattern (statement, 3, text != NULL && text[0] != '\0' ? text : NULL);

  while (TRUE)
    {
      gboolean has_row;

      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&counts);
      g_hash_table_insert (counts, forlop_statement_dup_text (statement, 0),
                           GUINT_TO_POINTER (forlop_statement_get_integer (statement, 1)));
    }
}

static gboolean
collect (ForlopStatement  *statement,
         gboolean          with_holder,
         GPtrArray        *found,
         GError          **error)
{
  gboolean has_row = TRUE;

  while (has_row && found->len < MAX_FOUND)
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (has_row)
        g_ptr_array_add (found, read_fields (statement, with_holder));
    }

  return TRUE;
}

GPtrArray *
forlop_item_list_find (ForlopConnection  *connection,
                       const char        *code,
                       const char        *gtin,
                       const char        *serial,
                       gboolean           with_holder,
                       GError           **error)
{
  static const char gs1_sql[] =
    ITEM_FIELDS "WHERE i.deleted = 0 AND i.serial_number = ?2 "
    "AND (?1 IS NULL OR ltrim (p.gtin, '0') = ltrim (?1, '0')) ORDER BY i.id";
  static const char code_sql[] =
    ITEM_FIELDS "WHERE i.deleted = 0 AND (i.asset_tag = ?1 COLLATE NOCASE "
    "OR i.serial_number = ?1 COLLATE NOCASE) ORDER BY i.id";
  g_autoptr (ForlopStatement) statement = NULL;
  g_autoptr (GPtrArray) found =
    g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_item_fields_free);

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (code != NULL, NULL);

  statement = forlop_connection_prepare (connection, serial != NULL ? gs1_sql : code_sql, error);
  if (statement == NULL)
    return NULL;
  forlop_statement_bind_text (statement, 1, serial != NULL ? gtin : code);
  if (serial != NULL)
    forlop_statement_bind_text (statement, 2, serial);

  return collect (statement, with_holder, found, error) ? g_steal_pointer (&found) : NULL;
}

ForlopItemFields *
forlop_item_list_load (ForlopConnection  *connection,
                       const char        *item_id,
                       gboolean           with_holder,
                       GError           **error)
{
  static const char sql[] = ITEM_FIELDS "WHERE i.id = ?1 AND i.deleted = 0";
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (item_id != NULL, NULL);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;
  forlop_statement_bind_id (statement, 1, item_id);
  if (!forlop_statement_step (statement, &has_row, error))
    return NULL;
  if (has_row)
    return read_fields (statement, with_holder);

  g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND,
                       _("The item is not in the register any more. Go back and choose another."));

  return NULL;
}
