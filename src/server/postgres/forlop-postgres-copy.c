/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-postgres-copy.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-error.h"
#include "forlop-postgres-private.h"

#define BUFFER_BYTES (256 * 1024)

struct _ForlopPostgresCopy
{
  char *conninfo;
  char *name;
  char *tenant_id; /* NULL until there is one */
  PGconn *handle;
  GString *buffer;
  gboolean in_row;
};

static void
set_failed (ForlopPostgresCopy  *self,
            GError             **error)
{
  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
               /* Translators: what the database says, in its own language. */
               _("The municipality could not be copied to the database, and is where it was. The database says: %s"),
               PQerrorMessage (self->handle));
}

/* @value (nullable): the statement's one parameter. */
static PGresult *
ask (ForlopPostgresCopy  *self,
     const char          *sql,
     const char          *value,
     GError             **error)
{
  const char *values[] = { value };
  g_autoptr (PGresult) result =
    PQexecParams (self->handle, sql, value != NULL ? 1 : 0, NULL, values, NULL, NULL, 0);

  if (PQresultStatus (result) == PGRES_COMMAND_OK || PQresultStatus (result) == PGRES_TUPLES_OK)
    return g_steal_pointer (&result);
  set_failed (self, error);

  return NULL;
}

static gboolean
run (ForlopPostgresCopy  *self,
     const char          *sql,
     const char          *value,
     GError             **error)
{
  g_autoptr (PGresult) result = ask (self, sql, value, error);

  return result != NULL;
}

/* The id of what an earlier move has left. One at a time moves a municipality of this name. */
static gboolean
find_tenant (ForlopPostgresCopy  *self,
             GError             **error)
{
  g_autoptr (PGresult) lock =
    ask (self, "SELECT pg_try_advisory_lock (hashtextextended ('forlop move ' || $1, 0))", self->name, error);
  g_autoptr (PGresult) found =
    lock != NULL ? ask (self, "SELECT id, is_served FROM tenant WHERE name = $1", self->name, error) : NULL;

  if (found == NULL)
    return FALSE;
  if (!forlop_postgres_get_boolean (lock, 0, 0))
    {
      g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_ALREADY,
                           _("The municipality is being moved already. Wait until that is done."));
      return FALSE;
    }
  if (PQntuples (found) == 0)
    return TRUE;
  if (forlop_postgres_get_boolean (found, 0, 1))
    {
      g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_ALREADY,
                           _("There is a municipality with that name in the database already. Nothing was "
                             "changed."));
      return FALSE;
    }
  self->tenant_id = forlop_postgres_dup_text (found, 0, 0);

  return run (self, "SELECT set_config ('forlop.tenant', $1, false)", self->tenant_id, error);
}

ForlopPostgresCopy *
forlop_postgres_copy_new (const char  *owner,
                          const char  *name,
                          GError     **error)
{
  g_autoptr (ForlopPostgresCopy) self = NULL;

  g_return_val_if_fail (owner != NULL && name != NULL, NULL);

  self = g_new0 (ForlopPostgresCopy, 1);
  self->conninfo = g_strdup (owner);
  self->name = g_strdup (name);
  self->buffer = g_string_new (NULL);
  self->handle = PQconnectdb (owner);
  if (PQstatus (self->handle) != CONNECTION_OK)
    {
      set_failed (self, error);
      return NULL;
    }
  if (!run (self, "SET search_path = forlop, pg_temp", NULL, error) ||
      !run (self, "SET client_min_messages = warning", NULL, error) || !find_tenant (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
forlop_postgres_copy_free (ForlopPostgresCopy *self)
{
  if (self == NULL)
    return;

  PQfinish (self->handle);
  g_string_free (self->buffer, TRUE);
  g_free (self->conninfo);
  g_free (self->name);
  g_free (self->tenant_id);
  g_free (self);
}

static void
table_free (gpointer data)
{
  ForlopPostgresTable *self = data;

  g_free (self->name);
  g_ptr_array_unref (self->columns);
  g_free (self);
}

static void
column_free (gpointer data)
{
  ForlopPostgresColumn *self = data;

  g_free (self->name);
  g_free (self->type);
  g_free (self);
}

GPtrArray *
forlop_postgres_copy_list_tables (ForlopPostgresCopy  *self,
                                  GError             **error)
{
  static const char sql[] =
    "SELECT c.relname, a.attname, format_type (a.atttypid, NULL) FROM pg_class c "
    "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' "
    "WHERE c.relnamespace = 'forlop'::regnamespace AND c.relkind = 'r' AND a.attname <> 'tenant_id' "
    "AND EXISTS (SELECT FROM pg_attribute t WHERE t.attrelid = c.oid AND t.attname = 'tenant_id') "
    "ORDER BY c.oid, a.attnum";
  g_autoptr (PGresult) result = NULL;
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (table_free);
  ForlopPostgresTable *table = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  result = ask (self, sql, NULL, error);
  if (result == NULL)
    return NULL;
  for (int i = 0; i < PQntuples (result); i++)
    {
      ForlopPostgresColumn *column = g_new0 (ForlopPostgresColumn, 1);

      if (table == NULL || strcmp (table->name, PQgetvalue (result, i, 0)) != 0)
        {
          table = g_new0 (ForlopPostgresTable, 1);
          table->name = forlop_postgres_dup_text (result, i, 0);
          table->columns = g_ptr_array_new_with_free_func (column_free);
          g_ptr_array_add (tables, table);
        }
      column->name = forlop_postgres_dup_text (result, i, 1);
      column->type = forlop_postgres_dup_text (result, i, 2);
      g_ptr_array_add (table->columns, column);
    }

  return g_steal_pointer (&tables);
}

/* What an earlier move has left, those that refer to others first. */
static gboolean
remove_rest (ForlopPostgresCopy  *self,
             GError             **error)
{
  g_autoptr (GPtrArray) tables = forlop_postgres_copy_list_tables (self, error);

  if (tables == NULL)
    return FALSE;
  for (unsigned int i = tables->len; i > 0; i--)
    {
      const ForlopPostgresTable *table = g_ptr_array_index (tables, i - 1);
      g_autofree char *sql = g_strdup_printf ("DELETE FROM %s", table->name);

      if (!run (self, sql, NULL, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
forlop_postgres_copy_begin (ForlopPostgresCopy  *self,
                            GError             **error)
{
  g_autoptr (PGresult) made = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!run (self, "BEGIN", NULL, error))
    return FALSE;
  if (self->tenant_id != NULL)
    return remove_rest (self, error);

  made = ask (self, "INSERT INTO tenant VALUES (gen_random_uuid (), $1, false, '') RETURNING id", self->name, error);
  if (made == NULL)
    return FALSE;
  self->tenant_id = forlop_postgres_dup_text (made, 0, 0);

  return run (self, "SELECT set_config ('forlop.tenant', $1, false)", self->tenant_id, error);
}

static gboolean
send_buffer (ForlopPostgresCopy  *self,
             GError             **error)
{
  if (self->buffer->len == 0)
    return TRUE;
  if (PQputCopyData (self->handle, self->buffer->str, (int) self->buffer->len) == 1)
    {
      g_string_truncate (self->buffer, 0);
      return TRUE;
    }
  set_failed (self, error);

  return FALSE;
}

static char *
join_columns (const ForlopPostgresTable *table)
{
  GString *names = g_string_new (NULL);

  for (unsigned int i = 0; i < table->columns->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            ((ForlopPostgresColumn *) g_ptr_array_index (table->columns, i))->name);

  return g_string_free_and_steal (names);
}

/* COPY does not fill a table with row security, so there is one without in between. */
gboolean
forlop_postgres_copy_begin_table (ForlopPostgresCopy         *self,
                                  const ForlopPostgresTable  *table,
                                  GError                    **error)
{
  g_autofree char *columns = NULL;
  g_autofree char *sql = NULL;
  g_autoptr (PGresult) result = NULL;

  g_return_val_if_fail (self != NULL && table != NULL, FALSE);

  columns = join_columns (table);
  sql = g_strdup_printf ("CREATE TEMPORARY TABLE incoming AS SELECT %s FROM %s WITH NO DATA", columns, table->name);
  if (!run (self, sql, NULL, error))
    return FALSE;
  result = PQexec (self->handle, "COPY incoming FROM STDIN");
  if (PQresultStatus (result) == PGRES_COPY_IN)
    return TRUE;
  set_failed (self, error);

  return FALSE;
}

void
forlop_postgres_copy_value (ForlopPostgresCopy *self,
                            const char         *text)
{
  g_return_if_fail (self != NULL);

  if (self->in_row)
    g_string_append_c (self->buffer, '\t');
  self->in_row = TRUE;
  if (text == NULL)
    {
      g_string_append (self->buffer, "\\N");
      return;
    }
  for (; *text != '\0'; text++)
    if (*text == '\\')
      g_string_append (self->buffer, "\\\\");
    else if (*text == '\t')
      g_string_append (self->buffer, "\\t");
    else if (*text == '\n')
      g_string_append (self->buffer, "\\n");
    else if (*text == '\r')
      g_string_append (self->buffer, "\\r");
    else
      g_string_append_c (self->buffer, *text);
}

gboolean
forlop_postgres_copy_end_row (ForlopPostgresCopy  *self,
                              GError             **error)
{
  g_return_val_if_fail (self != NULL && self->in_row, FALSE);

  self->in_row = FALSE;
  g_string_append_c (self->buffer, '\n');

  return self->buffer->len < BUFFER_BYTES || send_buffer (self, error);
}

static gboolean
end_copy (ForlopPostgresCopy  *self,
          GError             **error)
{
  PGresult *result;
  gboolean is_done;

  is_done = send_buffer (self, error) && PQputCopyEnd (self->handle, NULL) == 1;
  while (is_done && (result = PQgetResult (self->handle)) != NULL)
    {
      is_done = PQresultStatus (result) == PGRES_COMMAND_OK;
      PQclear (result);
    }
  if (!is_done && error != NULL && *error == NULL)
    set_failed (self, error);

  return is_done;
}

gboolean
forlop_postgres_copy_end_table (ForlopPostgresCopy         *self,
                                const ForlopPostgresTable  *table,
                                GError                    **error)
{
  g_autofree char *columns = NULL;
  g_autofree char *sql = NULL;
  g_autofree char *analyze = g_strdup_printf ("ANALYZE %s", table->name);

  g_return_val_if_fail (self != NULL && table != NULL, FALSE);

  columns = join_columns (table);
  sql = g_strdup_printf ("INSERT INTO %s (%s) SELECT %s FROM incoming", table->name, columns, columns);

  return end_copy (self, error) && run (self, sql, NULL, error) && run (self, "DROP TABLE incoming", NULL, error) &&
         run (self, analyze, NULL, error);
}

gboolean
forlop_postgres_copy_commit (ForlopPostgresCopy  *self,
                             GError             **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return run (self, "COMMIT", NULL, error);
}

ForlopServerStorage *
forlop_postgres_copy_open_storage (ForlopPostgresCopy  *self,
                                   GError             **error)
{
  g_return_val_if_fail (self != NULL && self->tenant_id != NULL, NULL);

  return forlop_postgres_storage_open_as_owner (self->conninfo, self->tenant_id, error);
}

gboolean
forlop_postgres_copy_serve (ForlopPostgresCopy  *self,
                            const char          *wrapping,
                            GError             **error)
{
  g_return_val_if_fail (self != NULL && wrapping != NULL, FALSE);

  if (self->tenant_id != NULL)
    return run (self, "UPDATE tenant SET is_served = true, wrapping = $1 "
                      "WHERE id = current_setting ('forlop.tenant')::uuid", wrapping, error);
  g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND,
                       _("The files of the municipality were moved, but not to this database. Nothing was "
                         "changed. Say the right database."));

  return FALSE;
}
