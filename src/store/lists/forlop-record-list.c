/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-record-list.h"

#include "forlop-error.h"
#include "forlop-field-value.h"
#include "forlop-record-label-store.h"
#include "forlop-record-store.h"

ForlopRecordQuery *
forlop_record_query_new (const ForlopRecordType *type,
                         const char             *field,
                         const char             *value)
{
  ForlopRecordQuery *self = g_new0 (ForlopRecordQuery, 1);

  self->type = type;
  self->field = g_intern_string (field);
  self->value = g_strdup (value);

  return self;
}

void
forlop_record_query_free (ForlopRecordQuery *self)
{
  if (self == NULL)
    return;

  g_free (self->value);
  g_free (self);
}

void
forlop_record_fields_free (ForlopRecordFields *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  for (unsigned int i = 0; i < FORLOP_RECORD_LIST_MAX_COLUMNS; i++)
    g_free (self->cells[i]);
  g_free (self);
}

/* Whether a field says if the record is in use, which the row shows in its own way. */
static gboolean
is_active_field (const ForlopField *field)
{
  return field->kind == FORLOP_KIND_BOOLEAN && g_str_equal (field->name, "active");
}

const ForlopField *const *
forlop_record_list_columns (const ForlopRecordType *type,
                            const ForlopField      *columns[FORLOP_RECORD_LIST_MAX_COLUMNS + 1])
{
  unsigned int n = 0;

  g_return_val_if_fail (type != NULL, NULL);

  for (const ForlopField *field = type->fields;
       field->name != NULL && n < FORLOP_RECORD_LIST_MAX_COLUMNS; field++)
    if (field->kind != FORLOP_KIND_NOTE && field->kind != FORLOP_KIND_BLOB &&
        !is_active_field (field))
      columns[n++] = field;
  columns[n] = NULL;

  return (const ForlopField *const *) columns;
}

/* By what the record is called, or in the order they were made. Statements are static: each type
 * makes one text for each field it is chosen by. */
static const char *
order_sql (const ForlopRecordQuery *query)
{
  const ForlopField *label = forlop_record_label_field (query->type);
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_printf (sql, "SELECT n FROM \"%s\" WHERE deleted = 0", query->type->name);
  if (query->field != NULL)
    g_string_append_printf (sql, " AND \"%s\" = ?1", query->field);
  if (label != NULL)
    g_string_append_printf (sql, " ORDER BY \"%s\" COLLATE NOCASE, n", label->name);
  else
    g_string_append (sql, " ORDER BY n");

  return g_intern_string (sql->str);
}

static GArray *
load_order (ForlopConnection  *connection,
            gconstpointer      data,
            GError           **error)
{
  const ForlopRecordQuery *query = data;
  g_autoptr (ForlopStatement) statement =
    forlop_connection_prepare (connection, order_sql (query), error);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (statement == NULL)
    return NULL;
  if (query->field != NULL)
    {
      const ForlopField *field = forlop_record_type_field (query->type, query->field);

      if (field != NULL && field->kind == FORLOP_KIND_REF)
        forlop_statement_bind_id (statement, 1, query->value);
      else
        forlop_statement_bind_text (statement, 1, query->value);
    }

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

static gboolean
fill_cells (ForlopConnection    *connection,
            ForlopRecord        *record,
            ForlopRecordFields  *fields,
            GError             **error)
{
  const ForlopRecordType *type = forlop_record_get_rtype (record);
  const ForlopField *columns[FORLOP_RECORD_LIST_MAX_COLUMNS + 1];

  forlop_record_list_columns (type, columns);
  for (unsigned int i = 0; columns[i] != NULL; i++)
    {
      g_autoptr (GError) local_error = NULL;

      if (!forlop_record_has (record, columns[i]->name))
        continue;
      if (columns[i]->kind == FORLOP_KIND_REF)
        fields->cells[i] =
          forlop_record_label_dup (connection, columns[i]->target,
                                   forlop_record_get_text (record, columns[i]->name), &local_error);
      else
        fields->cells[i] = forlop_record_dup_shown (record, columns[i]->name);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }

  fields->active = forlop_record_type_field (type, "active") == NULL ||
                   !forlop_record_has (record, "active") ||
                   forlop_record_get_boolean (record, "active");

  return TRUE;
}

static GPtrArray *
load_fields (ForlopConnection  *connection,
             gconstpointer      data,
             const gint64      *rows,
             unsigned int       n_rows,
             GError           **error)
{
  const ForlopRecordQuery *query = data;
  g_autofree char *text =
    g_strdup_printf ("SELECT id FROM \"%s\" WHERE n = ?1 AND deleted = 0", query->type->name);
  g_autoptr (ForlopStatement) statement =
    forlop_connection_prepare (connection, g_intern_string (text), error);
  g_autoptr (GPtrArray) all =
    g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_record_fields_free);

  if (statement == NULL)
    return NULL;

  for (unsigned int i = 0; i < n_rows; i++)
    {
      g_autoptr (ForlopRecord) record = NULL;
      g_autofree char *id = NULL;
      ForlopRecordFields *fields;
      gboolean has_row;

      forlop_statement_reset (statement);
      forlop_statement_bind_integer (statement, 1, rows[i]);
      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        continue;
      id = forlop_statement_dup_id (statement, 0);
      record = forlop_record_store_load (connection, query->type->name, id, error);
      if (record == NULL)
        return NULL;

      fields = g_new0 (ForlopRecordFields, 1);
      fields->n = rows[i];
      fields->id = g_steal_pointer (&id);
      g_ptr_array_add (all, fields);
      if (!fill_cells (connection, record, fields, error))
        return NULL;
    }

  return g_steal_pointer (&all);
}

/* Names of units, users and profiles stand in the rows of others. */
static const char *const record_tables[] = {
  "unit", "user", "membership", "profile", "responsibility", "template", "legal_reference", "form",
  "form_question", "indicator", "supplier", "agreement", "product", "location", "stock_level", "kit",
  "equipment_order", "service_plan", "meeting", NULL,
};

const ForlopPagedSource forlop_record_list_source = {
  .load_order = load_order,
  .load_fields = load_fields,
  .fields_free = (GDestroyNotify) forlop_record_fields_free,
  .query_free = (GDestroyNotify) forlop_record_query_free,
  .tables = record_tables,
};

/**
 * forlop_record_list_new:
 * @type: name of a declared type.
 * @field: (nullable): only records where this field has @value.
 */
ForlopPagedList *
forlop_record_list_new (ForlopStore *store,
                        const char  *type,
                        const char  *field,
                        const char  *value)
{
  const ForlopRecordType *rtype;

  g_return_val_if_fail (FORLOP_IS_STORE (store), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  rtype = forlop_record_type_find (type);
  g_return_val_if_fail (rtype != NULL, NULL);

  return forlop_paged_list_new (store, &forlop_record_list_source,
                                forlop_record_query_new (rtype, field, value));
}
