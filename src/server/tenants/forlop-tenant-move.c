/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-tenant-move.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "forlop-error.h"
#include "forlop-keyring.h"
#include "forlop-postgres-copy.h"
#include "forlop-sqlite-private.h"
#include "forlop-store-error.h"
#include "forlop-tenant.h"

#define SUFFIX ".moved"

typedef struct {
  const ForlopTenantMove *move;
  ForlopTenant *tenant;
  ForlopPostgresCopy *copy;
  gint64 n_rows;
} Moving;

static gboolean
has_table (ForlopConnection  *connection,
           const char        *table,
           gboolean          *has,
           GError           **error)
{
  static const char sql[] = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, table);

  return forlop_statement_step (statement, has, error);
}

/* A column of the file in the words of PostgreSQL's. An id in a column of text is written as text. */
static void
append_column (GString                    *sql,
               const ForlopPostgresColumn *column)
{
  const char *name = column->name;

  if (sql->len > strlen ("SELECT "))
    g_string_append (sql, ", ");
  if (g_str_equal (column->type, "uuid"))
    g_string_append_printf (sql, "nullif (lower (hex (%s)), '')", name);
  else if (g_str_equal (column->type, "bytea"))
    g_string_append_printf (sql, "CASE WHEN %s IS NOT NULL THEN '\\x' || hex (%s) END", name, name);
  else if (g_str_equal (column->type, "text"))
    g_string_append_printf (sql,
                            "CASE typeof (%s) WHEN 'blob' THEN CASE length (%s) WHEN 16 THEN "
                            "lower (substr (hex (%s), 1, 8) || '-' || substr (hex (%s), 9, 4) || '-' || "
                            "substr (hex (%s), 13, 4) || '-' || substr (hex (%s), 17, 4) || '-' || "
                            "substr (hex (%s), 21)) ELSE '' END ELSE %s END",
                            name, name, name, name, name, name, name, name);
  else
    g_string_append (sql, name);
}

static gboolean
copy_rows (Moving                     *self,
           const ForlopPostgresTable  *table,
           ForlopStatement            *statement,
           GError                    **error)
{
  gboolean has_row;

  while (TRUE)
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      for (unsigned int i = 0; i < table->columns->len; i++)
        {
          const ForlopPostgresColumn *column = g_ptr_array_index (table->columns, i);
          char number[G_ASCII_DTOSTR_BUF_SIZE];
          const char *text = forlop_statement_get_text (statement, (int) i);

          if (text != NULL && g_str_equal (column->type, "double precision"))
            text = g_ascii_dtostr (number, sizeof number, forlop_statement_get_real (statement, (int) i));
          forlop_postgres_copy_value (self->copy, text);
        }
      if (!forlop_postgres_copy_end_row (self->copy, error))
        return FALSE;
      self->n_rows++;
    }
}

static gboolean
copy_table (Moving                     *self,
            const ForlopPostgresTable  *table,
            GError                    **error)
{
  ForlopConnection *connection = FORLOP_SQLITE (self->tenant->storage)->connection;
  g_autoptr (GString) sql = g_string_new ("SELECT ");
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean is_there;

  if (!has_table (connection, table->name, &is_there, error))
    return FALSE;
  if (!is_there)
    connection = forlop_account_store_get_file (self->tenant->accounts);
  for (unsigned int i = 0; i < table->columns->len; i++)
    append_column (sql, g_ptr_array_index (table->columns, i));
  g_string_append_printf (sql, " FROM %s", table->name);
  statement = forlop_connection_prepare (connection, sql->str, error);

  return statement != NULL && forlop_postgres_copy_begin_table (self->copy, table, error) &&
         copy_rows (self, table, statement, error) && forlop_postgres_copy_end_table (self->copy, table, error);
}

/* Every table of the files is one of the database. */
static gboolean
check_tables (ForlopConnection  *connection,
              GPtrArray         *tables,
              GError           **error)
{
  static const char sql[] = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  while (TRUE)
    {
      gboolean is_known = FALSE;

      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      for (unsigned int i = 0; i < tables->len && !is_known; i++)
        is_known = g_str_equal (((ForlopPostgresTable *) g_ptr_array_index (tables, i))->name,
                                forlop_statement_get_text (statement, 0));
      if (!is_known)
        {
          g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                       _("The database has no place for “%s” of the files. Nothing was moved. Update the server."),
                       forlop_statement_get_text (statement, 0));
          return FALSE;
        }
    }
}

static gboolean
copy_all (Moving  *self,
          GError **error)
{
  g_autoptr (GPtrArray) tables = forlop_postgres_copy_list_tables (self->copy, error);

  if (tables == NULL ||
      !check_tables (FORLOP_SQLITE (self->tenant->storage)->connection, tables, error) ||
      !check_tables (forlop_account_store_get_file (self->tenant->accounts), tables, error))
    return FALSE;
  for (unsigned int i = 0; i < tables->len; i++)
    if (!copy_table (self, g_ptr_array_index (tables, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
read_head (ForlopServerStorage  *storage,
           ForlopServerHead     *head,
           GError              **error)
{
  gboolean is_read;

  if (!storage->funcs->begin (storage, FALSE, error))
    return FALSE;
  is_read = storage->funcs->get_head (storage, head, error);
  storage->funcs->rollback (storage);

  return is_read;
}

/* Works out both chains in the copy again, and looks that they end where those of the file do. */
static gboolean
verify (Moving  *self,
        GError **error)
{
  g_autoptr (ForlopServerStorage) storage = forlop_postgres_copy_open_storage (self->copy, error);
  gint64 n_access[2], n_marks[2];
  ForlopServerHead from = { 0 }, to = { 0 };
  gboolean is_same;

  if (storage == NULL || !forlop_tenant_storage_verify (self->tenant->storage, &n_access[0], &n_marks[0], error) ||
      !forlop_tenant_storage_verify (storage, &n_access[1], &n_marks[1], error) ||
      !read_head (self->tenant->storage, &from, error) || !read_head (storage, &to, error))
    return FALSE;
  is_same = n_access[0] == n_access[1] && n_marks[0] == n_marks[1] && from.seq == to.seq &&
            from.safe_seq == to.safe_seq && g_str_equal (from.epoch, to.epoch) &&
            memcmp (from.log_hash, to.log_hash, sizeof from.log_hash) == 0;
  if (!is_same)
    g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_CONFLICT,
                         _("The copy in the database is not what is in the files. The municipality was not "
                           "moved and is in the files as before."));

  return is_same;
}

/* While the file is still locked, and with nothing left in the log beside it. */
static gboolean
put_aside (Moving  *self,
           GError **error)
{
  g_autofree char *log_path = forlop_tenant_dup_log_path (self->move->folder, self->move->name);
  g_autofree char *aside = g_strconcat (log_path, SUFFIX, NULL);

  if (!forlop_sqlite_storage_checkpoint (self->tenant->storage, error))
    return FALSE;
  if (g_rename (log_path, aside) == 0)
    return TRUE;
  forlop_store_error_set_errno (error, log_path, errno, "rename");

  return FALSE;
}

/* What the log beside the file is when nothing is in it. */
static void
remove_empty_log (const char *log_path)
{
  g_autofree char *wal = g_strconcat (log_path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (log_path, "-shm", NULL);
  GStatBuf found;

  if (g_stat (wal, &found) == 0 && found.st_size == 0)
    {
      g_unlink (wal);
      g_unlink (shm);
    }
}

static gpointer
move_on_worker (gpointer       user_data,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error)
{
  Moving *self = user_data;

  if (forlop_postgres_copy_begin (self->copy, error) && copy_all (self, error) &&
      forlop_postgres_copy_commit (self->copy, error) && verify (self, error) && put_aside (self, error))
    return self;

  return NULL;
}

/* Nobody serves it from the files any more. */
static gboolean
move_files (Moving       *self,
            ForlopClock  *clock,
            GError      **error)
{
  const ForlopTenantMove *move = self->move;
  gboolean is_moved;

  self->tenant = forlop_tenant_open (move->folder, move->name, move->server_key, clock, error);
  if (self->tenant == NULL)
    return FALSE;
  is_moved = forlop_worker_run_sync (self->tenant->worker, move_on_worker, self, NULL, error) != NULL;
  g_clear_pointer (&self->tenant, forlop_tenant_free);

  return is_moved;
}

/* The municipality keeps its own key, and with it the one its access log is signed with. */
static char *
read_wrapping (const char  *log_path,
               GError     **error)
{
  g_autofree char *key_path = forlop_keyring_dup_path (log_path);
  g_autoptr (ForlopKeyring) keyring = forlop_keyring_load (key_path, error);

  return keyring != NULL ? forlop_keyring_to_text (keyring) : NULL;
}

gboolean
forlop_tenant_move (const ForlopTenantMove  *move,
                    ForlopClock             *clock,
                    gint64                  *n_rows,
                    GError                 **error)
{
  g_autofree char *log_path = NULL;
  g_autofree char *aside = NULL;
  g_autofree char *wrapping = NULL;
  g_autoptr (ForlopPostgresCopy) copy = NULL;
  Moving self = { .move = move };

  g_return_val_if_fail (move != NULL && clock != NULL && n_rows != NULL, FALSE);

  if (!forlop_tenant_check_name (move->name, error) ||
      !forlop_postgres_storage_install (move->owner, move->role, error))
    return FALSE;
  log_path = forlop_tenant_dup_log_path (move->folder, move->name);
  aside = g_strconcat (log_path, SUFFIX, NULL);
  wrapping = read_wrapping (log_path, error);
  copy = wrapping != NULL ? forlop_postgres_copy_new (move->owner, move->name, error) : NULL;
  self.copy = copy;
  if (copy == NULL ||
      ((g_file_test (log_path, G_FILE_TEST_EXISTS) || !g_file_test (aside, G_FILE_TEST_EXISTS)) &&
       !move_files (&self, clock, error)) ||
      !forlop_postgres_copy_serve (copy, wrapping, error))
    return FALSE;
  remove_empty_log (log_path);
  *n_rows = self.n_rows;

  return TRUE;
}
