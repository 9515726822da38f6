/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-record-store.h"

#include <glib/gi18n-lib.h>

#include "forlop-error.h"
#include "forlop-person-store.h"

/* Columns before the declared fields in every SELECT. */
enum { COLUMN_ID, COLUMN_VTAG, COLUMN_FIELD_VTAGS, N_FIXED_COLUMNS };

static void
append_columns (GString                *sql,
                const ForlopRecordType *type)
{
  g_string_append (sql, "id, vtag, field_vtags");
  for (const ForlopField *field = type->fields; field->name != NULL; field++)
    g_string_append_printf (sql, ", \"%s\"", field->name);
}

/* Statements are kept by their text. */
static const char *
intern (GString *sql)
{
  const char *text = g_intern_string (sql->str);

  g_string_free (sql, TRUE);

  return text;
}

/* What is asked for besides the type: a column, a claim, or nothing. It lives as long as the program. */
typedef const char *(*MakeSql) (const ForlopRecordType *type,
                                gconstpointer           part);

typedef struct {
  MakeSql make;
  const ForlopRecordType *type;
  gconstpointer part;
  const char *sql;
} Made;

static unsigned int
made_hash (gconstpointer data)
{
  const Made *self = data;

  return g_direct_hash (self->type) * 31 + g_direct_hash (self->part);
}

static gboolean
made_equal (gconstpointer a,
            gconstpointer b)
{
  const Made *left = a, *right = b;

  return left->type == right->type && left->part == right->part && left->make == right->make;
}

/* Every act reads some thirty lists and a first turn writes thousands of records, so the texts are made
 * once. */
static const char *
made_sql (MakeSql                 make,
          const ForlopRecordType *type,
          gconstpointer           part)
{
  static GMutex mutex;
  static GHashTable *all;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  Made wanted = { make, type, part, NULL };
  Made *made;

  if (all == NULL)
    all = g_hash_table_new (made_hash, made_equal);
  made = g_hash_table_lookup (all, &wanted);
  if (made == NULL)
    {
      made = g_memdup2 (&wanted, sizeof wanted);
      made->sql = make (type, part);
      g_hash_table_add (all, made);
    }

  return made->sql;
}

static const char *
make_select_sql (const ForlopRecordType *type,
                 gconstpointer           part)
{
  const char *column = part;
  GString *sql = g_string_new ("SELECT ");

  append_columns (sql, type);
  g_string_append_printf (sql, " FROM \"%s\" WHERE deleted = 0", type->name);
  if (g_strcmp0 (column, "citizen_id") == 0)
    g_string_append (sql, " AND citizen_id IN " FORLOP_SAME_PERSON ("?1"));
  else if (column != NULL)
    g_string_append_printf (sql, " AND \"%s\" = ?1", column);
  g_string_append (sql, " ORDER BY id");

  return intern (sql);
}

static void
read_field (ForlopRecord      *record,
            const ForlopField *field,
            ForlopStatement   *statement,
            int                column)
{
  if (forlop_statement_is_null (statement, column))
    return;

  if (field->kind == FORLOP_KIND_REF)
    {
      g_autofree char *id = forlop_statement_dup_id (statement, column);

      forlop_record_set_text (record, field->name, id);
    }
  else if (field->kind <= FORLOP_KIND_BLOB)
    forlop_record_set_text (record, field->name, forlop_statement_get_text (statement, column));
  else if (field->kind == FORLOP_KIND_REAL)
    forlop_record_set_real (record, field->name, forlop_statement_get_real (statement, column));
  else
    forlop_record_set_integer (record, field->name, forlop_statement_get_integer (statement, column));
}

static ForlopRecord *
read_record (const ForlopRecordType *type,
             ForlopStatement        *statement)
{
  g_autofree char *id = forlop_statement_dup_id (statement, COLUMN_ID);
  g_autofree char *vtag = forlop_statement_dup_id (statement, COLUMN_VTAG);
  ForlopRecord *record = forlop_record_new (type, id);

  forlop_record_set_vtag (record, vtag);
  forlop_record_fill_field_vtags (record,
                                  forlop_statement_get_text (statement, COLUMN_FIELD_VTAGS));
  for (int i = 0; type->fields[i].name != NULL; i++)
    read_field (record, &type->fields[i], statement, N_FIXED_COLUMNS + i);

  return record;
}

static GPtrArray *
run_select (ForlopConnection       *connection,
            const ForlopRecordType *type,
            const char             *column,
            const char             *value,
            gboolean                is_id,
            GError                **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (ForlopStatement) statement =
    forlop_connection_prepare (connection, made_sql (make_select_sql, type, column), error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;

  if (column != NULL && is_id)
    forlop_statement_bind_id (statement, 1, value);
  else if (column != NULL)
    forlop_statement_bind_text (statement, 1, value);

  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (records, read_record (type, statement));
    }
  while (has_row);

  return g_steal_pointer (&records);
}

static ForlopRecord *
first_of (GPtrArray  *records,
          const char *type,
          GError    **error)
{
  ForlopRecord *record;

  if (records == NULL)
    return NULL;

  if (records->len == 0)
    {
      g_ptr_array_unref (records);
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND,
                   /* Translators: a kind of record, such as Case. */
                   _("%s: it is not on this machine. It may have been taken back or moved."),
                   _(forlop_record_type_find (type)->label));
      return NULL;
    }

  record = g_object_ref (g_ptr_array_index (records, 0));
  g_ptr_array_unref (records);

  return record;
}

/**
 * forlop_record_store_load:
 *
 * Returns: (transfer full): the record, or %NULL with %FORLOP_ERROR_NOT_FOUND when there is none
 *   with that id (a deleted one counts as none).
 */
ForlopRecord *
forlop_record_store_load (ForlopConnection *connection,
                          const char       *type,
                          const char       *id,
                          GError          **error)
{
  const ForlopRecordType *found;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  found = forlop_record_type_find (type);
  g_return_val_if_fail (found != NULL, NULL);

  return first_of (run_select (connection, found, "id", id, TRUE, error), type, error);
}

/**
 * forlop_record_store_peek:
 *
 * Returns: (transfer full) (nullable): the record; %NULL without an error when there is none.
 */
ForlopRecord *
forlop_record_store_peek (ForlopConnection        *connection,
                          const ForlopRecordType  *type,
                          const char              *id,
                          GError                 **error)
{
  g_autoptr (GPtrArray) records = NULL;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (type != NULL && id != NULL, NULL);

  records = run_select (connection, type, "id", id, TRUE, error);
  if (records == NULL || records->len == 0)
    return NULL;

  return g_object_ref (g_ptr_array_index (records, 0));
}

/**
 * forlop_record_store_list:
 * @field: (nullable): a text or reference field; %NULL for every record of the type.
 * @value: its value.
 *
 * What belongs to a citizen is asked of the person: of every record that was merged with this one.
 *
 * Returns: (transfer full): a #GPtrArray of #ForlopRecord in the order they were made.
 */
GPtrArray *
forlop_record_store_list (ForlopConnection *connection,
                          const char       *type,
                          const char       *field,
                          const char       *value,
                          GError          **error)
{
  const ForlopRecordType *found;
  const ForlopField *declared = NULL;

  g_return_val_if_fail (connection != NULL, NULL);

  found = forlop_record_type_find (type);
  g_return_val_if_fail (found != NULL, NULL);
  if (field != NULL)
    {
      declared = forlop_record_type_field (found, field);
      g_return_val_if_fail (declared != NULL && declared->kind <= FORLOP_KIND_BLOB, NULL);
    }

  return run_select (connection, found, declared != NULL ? declared->name : NULL, value,
                     declared != NULL && declared->kind == FORLOP_KIND_REF, error);
}

/**
 * forlop_record_store_find:
 *
 * Returns: (transfer full) (nullable): the oldest record whose @field is @value; %NULL without an
 *   error when there is none.
 */
ForlopRecord *
forlop_record_store_find (ForlopConnection *connection,
                          const char       *type,
                          const char       *field,
                          const char       *value,
                          GError          **error)
{
  g_autoptr (GPtrArray) records = forlop_record_store_list (connection, type, field, value, error);

  if (records == NULL || records->len == 0)
    return NULL;

  return g_object_ref (g_ptr_array_index (records, 0));
}

static void
bind_field (ForlopStatement   *statement,
            int                parameter,
            ForlopRecord      *record,
            const ForlopField *field)
{
  if (!forlop_record_has (record, field->name))
    forlop_statement_bind_null (statement, parameter);
  else if (field->kind == FORLOP_KIND_REF)
    forlop_statement_bind_id (statement, parameter, forlop_record_get_text (record, field->name));
  else if (field->kind <= FORLOP_KIND_BLOB)
    forlop_statement_bind_text (statement, parameter, forlop_record_get_text (record, field->name));
  else if (field->kind == FORLOP_KIND_REAL)
    forlop_statement_bind_real (statement, parameter, forlop_record_get_real (record, field->name));
  else
    forlop_statement_bind_integer (statement, parameter,
                                   forlop_record_get_integer (record, field->name));
}

static GString *
begin_insert_sql (const ForlopRecordType *type)
{
  GString *sql = g_string_new (NULL);
  const unsigned int n = forlop_record_type_n_fields (type);

  g_string_append_printf (sql, "INSERT INTO \"%s\" (", type->name);
  append_columns (sql, type);
  g_string_append (sql, ") VALUES (?1, ?2, ?3");
  for (unsigned int i = 0; i < n; i++)
    g_string_append_printf (sql, ", ?%u", 4 + i);
  g_string_append_c (sql, ')');

  return sql;
}

static const char *
make_insert_sql (const ForlopRecordType *type,
                 gconstpointer           part G_GNUC_UNUSED)
{
  GString *sql = begin_insert_sql (type);

  g_string_append (sql, " ON CONFLICT (id) DO NOTHING");

  return intern (sql);
}

static const char *
make_upsert_sql (const ForlopRecordType *type,
                 gconstpointer           part G_GNUC_UNUSED)
{
  GString *sql = begin_insert_sql (type);
  const unsigned int n = forlop_record_type_n_fields (type);

  g_string_append (sql, " ON CONFLICT (id) DO UPDATE SET deleted = 0, vtag = ?2, field_vtags = ?3");
  for (unsigned int i = 0; i < n; i++)
    g_string_append_printf (sql, ", \"%s\" = ?%u", type->fields[i].name, 4 + i);

  return intern (sql);
}

static const char *
make_delete_sql (const ForlopRecordType *type,
                 gconstpointer           part G_GNUC_UNUSED)
{
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "UPDATE \"%s\" SET deleted = 1, vtag = ?2, field_vtags = NULL "
                          "WHERE id = ?1", type->name);

  return intern (sql);
}

static const char *
make_erase_sql (const ForlopRecordType *type,
                gconstpointer           part G_GNUC_UNUSED)
{
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "DELETE FROM \"%s\" WHERE id = ?1", type->name);

  return intern (sql);
}

static gboolean
run_with_record (ForlopConnection  *connection,
                 MakeSql            make,
                 ForlopRecord      *record,
                 GError           **error)
{
  const ForlopRecordType *type = forlop_record_get_rtype (record);
  g_autoptr (ForlopStatement) statement =
    forlop_connection_prepare (connection, made_sql (make, type, NULL), error);
  g_autofree char *field_vtags = NULL;

  if (statement == NULL)
    return FALSE;
  field_vtags = forlop_record_dup_field_vtags (record);
  forlop_statement_bind_id (statement, 1, forlop_record_get_id (record));
  forlop_statement_bind_id (statement, 2, forlop_record_get_vtag (record));
  forlop_statement_bind_text (statement, 3, field_vtags);
  for (int i = 0; type->fields[i].name != NULL; i++)
    bind_field (statement, 4 + i, record, &type->fields[i]);

  return forlop_statement_execute (statement, error);
}

/**
 * forlop_record_store_insert:
 * @is_new: (out): %FALSE when there is a record with that id, also a deleted one; nothing was written then.
 */
gboolean
forlop_record_store_insert (ForlopConnection  *connection,
                            ForlopRecord      *record,
                            gboolean          *is_new,
                            GError           **error)
{
  g_return_val_if_fail (connection != NULL && is_new != NULL, FALSE);
  g_return_val_if_fail (FORLOP_IS_RECORD (record), FALSE);

  if (!run_with_record (connection, make_insert_sql, record, error))
    return FALSE;
  *is_new = forlop_connection_get_changes (connection) > 0;
  if (*is_new)
    forlop_connection_touch (connection, forlop_record_get_rtype (record)->name);

  return TRUE;
}

/**
 * forlop_record_store_write:
 *
 * Makes, changes or deletes one record. A deleted record stays as a tombstone.
 */
gboolean
forlop_record_store_write (ForlopConnection       *connection,
                           const ForlopOperation  *operation,
                           GError                **error)
{
  const ForlopRecordType *type;
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (operation != NULL, FALSE);

  type = operation->type;
  forlop_connection_touch (connection, type->name);

  if (operation->after == NULL)
    {
      statement = forlop_connection_prepare (connection, made_sql (make_delete_sql, type, NULL), error);
      if (statement == NULL)
        return FALSE;
      forlop_statement_bind_id (statement, 1, operation->id);
      forlop_statement_bind_id (statement, 2, operation->vtag);
      return forlop_statement_execute (statement, error);
    }

  return run_with_record (connection, make_upsert_sql, operation->after, error);
}

/**
 * forlop_record_store_erase:
 *
 * Takes the record out of its table, without a trace: for a mirror, where the server keeps the
 * tombstones.
 */
gboolean
forlop_record_store_erase (ForlopConnection        *connection,
                           const ForlopRecordType  *type,
                           const char              *id,
                           GError                 **error)
{
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (type != NULL && id != NULL, FALSE);

  statement = forlop_connection_prepare (connection, made_sql (make_erase_sql, type, NULL), error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, id);
  forlop_connection_touch (connection, type->name);

  return forlop_statement_execute (statement, error);
}

static const char *
make_claim_sql (const ForlopRecordType *type,
                gconstpointer           part)
{
  const ForlopClaim *claim = part;
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "SELECT 1 FROM \"%s\" WHERE deleted = 0 AND id <> ?1", type->name);
  for (unsigned int i = 0; i < G_N_ELEMENTS (claim->fields) && claim->fields[i] != NULL; i++)
    g_string_append_printf (sql, " AND \"%s\" = ?%u", claim->fields[i], 2 + i);
  if (claim->when_null != NULL)
    g_string_append_printf (sql, " AND \"%s\" IS NULL", claim->when_null);

  return intern (sql);
}

static gboolean
claim_is_free (ForlopConnection       *connection,
               const ForlopOperation  *operation,
               const ForlopClaim      *claim,
               gboolean               *is_free,
               GError                **error)
{
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row = FALSE;

  *is_free = TRUE;
  if (claim->when_null != NULL && forlop_record_has (operation->after, claim->when_null))
    return TRUE;
  for (unsigned int i = 0; i < G_N_ELEMENTS (claim->fields) && claim->fields[i] != NULL; i++)
    if (!forlop_record_has (operation->after, claim->fields[i]))
      return TRUE;

  statement = forlop_connection_prepare (connection, made_sql (make_claim_sql, operation->type, claim), error);
  if (statement == NULL)
    return FALSE;

  forlop_statement_bind_id (statement, 1, operation->id);
  for (unsigned int i = 0; i < G_N_ELEMENTS (claim->fields) && claim->fields[i] != NULL; i++)
    bind_field (statement, (int) (2 + i), operation->after,
                forlop_record_type_field (operation->type, claim->fields[i]));
  if (!forlop_statement_step (statement, &has_row, error))
    return FALSE;

  *is_free = !has_row;
  return TRUE;
}

/**
 * forlop_record_store_claims:
 *
 * Checks the unique claims that the record's type declares against what is on this machine. The
 * server has the last word.
 */
gboolean
forlop_record_store_claims (ForlopConnection       *connection,
                            const ForlopOperation  *operation,
                            GError                **error)
{
  const ForlopRecordType *type;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (operation != NULL, FALSE);

  type = operation->type;
  if (operation->after == NULL)
    return TRUE;

  for (const ForlopClaim *claim = type->claims; claim != NULL && claim->name != NULL; claim++)
    {
      gboolean is_free;

      if (!claim_is_free (connection, operation, claim, &is_free, error))
        return FALSE;
      if (!is_free)
        {
          g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_ALREADY,
                       /* Translators: a kind of record, then the label of a field. */
                       _("%s: there is already one with the same %s. Find it and use it instead."),
                       _(type->label), _(forlop_record_type_field (type, claim->fields[0])->label));
          return FALSE;
        }
    }

  return TRUE;
}
