/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-store"

#include "forlop-connection-private.h"

#include <string.h>

#include "forlop-connection-open-private.h"
#include "forlop-statement-private.h"
#include "forlop-store-error.h"

/* More than the program has distinct statements in daily use; about 5 KiB each. */
#define MAX_IDLE_STATEMENTS 256

/* Steps of SQLite's machine between two looks at the cancellable: well under a millisecond. */
#define STEPS_PER_CANCEL_CHECK 2000

struct _ForlopConnection
{
  GObject parent_instance;

  sqlite3 *handle;
  char *path;
  GThread *thread;
  ForlopConnectionFlags flags;

  /* Statements that are kept, by SQL text; those that nobody has borrowed, most recently used first. */
  GHashTable *kept;
  GQueue idle;
  unsigned int n_borrowed;

  /* Sets of interned table names. */
  GHashTable *touched;
  GHashTable *committed;

  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (ForlopConnection, forlop_connection, G_TYPE_OBJECT)

/* Two statements seldom have the same length and the same end; the longest have ten thousand
 * characters, and each use of one looks it up once. */
#define HASHED_CHARACTERS 48

static unsigned int
hash_sql (gconstpointer data)
{
  const char *sql = data;
  gsize length = strlen (sql);
  unsigned int hash = 5381 + (unsigned int) length;

  for (gsize i = length - MIN (length, HASHED_CHARACTERS); i < length; i++)
    hash = hash * 33 + (unsigned char) sql[i];
  return hash;
}

#define ASSERT_OWNED(self) g_assert ((self)->thread == g_thread_self ())

/* A constraint's message names columns and never values; every other message of SQLite's may hold
 * what somebody typed, except when it is about text of our own that does not parse. */
static char *
describe (ForlopConnection *self,
          int               code,
          const char       *sql)
{
  g_autoptr(GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s (%d)", sqlite3_errstr (code), code);
  if ((code & 0xff) == SQLITE_CONSTRAINT)
    g_string_append_printf (text, ": %s", sqlite3_errmsg (self->handle));
  if (sql != NULL)
    g_string_append_printf (text, " [%s]", sql);
  g_strdelimit (text->str, "\n", ' ');
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static ForlopStoreError
code_from_sqlite (ForlopConnection *self,
                  int               code)
{
  switch (code & 0xff)
    {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return FORLOP_STORE_ERROR_DAMAGED;
    case SQLITE_FULL:
      return FORLOP_STORE_ERROR_DISK_FULL;
    case SQLITE_READONLY:
      return FORLOP_STORE_ERROR_READ_ONLY;
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return FORLOP_STORE_ERROR_NO_ACCESS;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return FORLOP_STORE_ERROR_BUSY;
    case SQLITE_CONSTRAINT:
      return FORLOP_STORE_ERROR_CONSTRAINT;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
      return forlop_store_error_code_from_errno (sqlite3_system_errno (self->handle));
    default:
      return FORLOP_STORE_ERROR_FAILED;
    }
}

void
forlop_connection_set_error (ForlopConnection  *self,
                             int                code,
                             const char        *sql,
                             GError           **error)
{
  g_assert (FORLOP_IS_CONNECTION (self));

  if (code == SQLITE_INTERRUPT && self->cancellable != NULL
      && g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return;

  g_autofree char *detail = describe (self, code, sql);
  forlop_store_error_set (error, code_from_sqlite (self, code), self->path, detail);
}

sqlite3 *
forlop_connection_get_handle (ForlopConnection *self)
{
  g_assert (FORLOP_IS_CONNECTION (self));
  ASSERT_OWNED (self);

  return self->handle;
}

static void
forlop_connection_finalize (GObject *object)
{
  ForlopConnection *self = FORLOP_CONNECTION (object);

  forlop_connection_close (self);
  g_clear_pointer (&self->kept, g_hash_table_unref);
  g_clear_pointer (&self->touched, g_hash_table_unref);
  g_clear_pointer (&self->committed, g_hash_table_unref);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (forlop_connection_parent_class)->finalize (object);
}

static void
forlop_connection_class_init (ForlopConnectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = forlop_connection_finalize;
}

static void
forlop_connection_init (ForlopConnection *self)
{
  self->thread = g_thread_self ();
  self->kept = g_hash_table_new (hash_sql, g_str_equal);
  self->touched = g_hash_table_new (NULL, NULL);
  self->committed = g_hash_table_new (NULL, NULL);
  g_queue_init (&self->idle);
}

/**
 * forlop_connection_open:
 * @path: The database file.
 * @key: The data key; a raw key costs nothing to set, so every connection gets it.
 *
 * Opens the file and reads its first page, so that a wrong key or a file of another kind is known
 * at once. A first page that does not answer to the key is reported as WRONG_KEY: who knows
 * otherwise that the key is right may tell the user that the file is damaged.
 *
 * Returns: (transfer full) (nullable): the connection, owned by the calling thread.
 */
ForlopConnection *
forlop_connection_open (const char             *path,
                        ForlopKey              *key,
                        ForlopConnectionFlags   flags,
                        GError                **error)
{
  g_return_val_if_fail (path != NULL && key != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (flags & FORLOP_CONNECTION_CREATE)
    flags |= FORLOP_CONNECTION_WRITER;

  g_autoptr(ForlopConnection) self = g_object_new (FORLOP_TYPE_CONNECTION, NULL);
  self->path = g_strdup (path);
  self->flags = flags;
  if (!forlop_connection_open_handle (self, path, key, flags, &self->handle, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
forlop_connection_close (ForlopConnection *self)
{
  g_return_if_fail (FORLOP_IS_CONNECTION (self));
  ASSERT_OWNED (self);

  if (self->handle == NULL)
    return;

  g_assert (self->n_borrowed == 0);
  forlop_connection_rollback (self);
  g_hash_table_remove_all (self->kept);
  for (GList *link = g_queue_pop_head_link (&self->idle); link != NULL;
       link = g_queue_pop_head_link (&self->idle))
    forlop_statement_free (link->data);

  int code = sqlite3_close (self->handle);
  g_assert (code == SQLITE_OK);
  self->handle = NULL;
}

const char *
forlop_connection_get_path (ForlopConnection *self)
{
  g_return_val_if_fail (FORLOP_IS_CONNECTION (self), NULL);

  return self->path;
}

gboolean
forlop_connection_is_writer (ForlopConnection *self)
{
  g_return_val_if_fail (FORLOP_IS_CONNECTION (self), FALSE);

  return (self->flags & FORLOP_CONNECTION_WRITER) != 0;
}

ForlopStatement *
forlop_connection_prepare (ForlopConnection  *self,
                           const char        *sql,
                           GError           **error)
{
  g_return_val_if_fail (FORLOP_IS_CONNECTION (self) && sql != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);
  ASSERT_OWNED (self);

  ForlopStatement *kept = g_hash_table_lookup (self->kept, sql);
  ForlopStatement *statement = kept;
  if (kept == NULL || kept->borrowed)
    {
      statement = forlop_statement_new (self, sql, error);
      if (statement == NULL)
        return NULL;
      statement->is_kept = kept == NULL && g_hash_table_insert (self->kept, statement->sql, statement);
    }
  else
    {
      g_queue_unlink (&self->idle, &statement->link);
    }

  statement->borrowed = TRUE;
  self->n_borrowed++;
  return statement;
}

/* Two borrowers of the same SQL text get a statement each; only one of them is kept. */
void
forlop_connection_give_back (ForlopConnection *self,
                             ForlopStatement  *statement)
{
  g_assert (FORLOP_IS_CONNECTION (self));
  g_assert (statement->borrowed && statement->connection == self);
  ASSERT_OWNED (self);

  statement->borrowed = FALSE;
  self->n_borrowed--;
  if (!statement->is_kept)
    {
      forlop_statement_free (statement);
      return;
    }

  g_queue_push_head_link (&self->idle, &statement->link);
  if (self->idle.length > MAX_IDLE_STATEMENTS)
    {
      ForlopStatement *oldest = g_queue_pop_tail_link (&self->idle)->data;
      g_hash_table_remove (self->kept, oldest->sql);
      forlop_statement_free (oldest);
    }
}

gboolean
forlop_connection_execute (ForlopConnection  *self,
                           const char        *sql,
                           GError           **error)
{
  g_return_val_if_fail (FORLOP_IS_CONNECTION (self) && sql != NULL, FALSE);

  g_autoptr(ForlopStatement) statement = forlop_connection_prepare (self, sql, error);
  return statement != NULL && forlop_statement_execute (statement, error);
}

gboolean
forlop_connection_execute_script (ForlopConnection  *self,
                                  const char        *script,
                                  GError           **error)
{
  g_return_val_if_fail (FORLOP_IS_CONNECTION (self) && script != NULL, FALSE);
  ASSERT_OWNED (self);

  int code = sqlite3_exec (self->handle, script, NULL, NULL, NULL);
  if (code != SQLITE_OK)
    {
      forlop_connection_set_error (self, code, sqlite3_errmsg (self->handle), error);
      return FALSE;
    }

  return TRUE;
}

gboolean
forlop_connection_query_integer (ForlopConnection  *self,
                                 const char        *sql,
                                 gint64            *value,
                                 GError           **error)
{
  g_return_val_if_fail (FORLOP_IS_CONNECTION (self) && sql != NULL && value != NULL, FALSE);

  g_autoptr(ForlopStatement) statement = forlop_connection_prepare (self, sql, error);
  gboolean has_row;
  if (statement == NULL || !forlop_statement_step (statement, &has_row, error))
    return FALSE;

  if (!has_row)
    {
      forlop_connection_set_error (self, SQLITE_EMPTY, sql, error);
      return FALSE;
    }

  *value = forlop_statement_get_integer (statement, 0);
  return TRUE;
}

gint64
forlop_connection_get_changes (ForlopConnection *self)
{
  g_return_val_if_fail (FORLOP_IS_CONNECTION (self), 0);
  ASSERT_OWNED (self);

  return sqlite3_changes64 (self->handle);
}

gint64
forlop_connection_get_total_changes (ForlopConnection *self)
{
  g_return_val_if_fail (FORLOP_IS_CONNECTION (self), 0);
  ASSERT_OWNED (self);

  return sqlite3_total_changes64 (self->handle);
}

gint64
forlop_connection_get_last_row_id (ForlopConnection *self)
{
  g_return_val_if_fail (FORLOP_IS_CONNECTION (self), 0);
  ASSERT_OWNED (self);

  return sqlite3_last_insert_rowid (self->handle);
}

gboolean
forlop_connection_begin (ForlopConnection  *self,
                         GError           **error)
{
  g_return_val_if_fail (FORLOP_IS_CONNECTION (self), FALSE);

  return forlop_connection_execute (self,
                                    forlop_connection_is_writer (self) ? "BEGIN IMMEDIATE"
                                                                       : "BEGIN",
                                    error);
}

gboolean
forlop_connection_commit (ForlopConnection  *self,
                          GError           **error)
{
  g_return_val_if_fail (FORLOP_IS_CONNECTION (self), FALSE);

  if (!forlop_connection_execute (self, "COMMIT", error))
    return FALSE;

  GHashTableIter iter;
  gpointer table;
  g_hash_table_iter_init (&iter, self->touched);
  while (g_hash_table_iter_next (&iter, &table, NULL))
    g_hash_table_add (self->committed, table);
  g_hash_table_remove_all (self->touched);
  return TRUE;
}

/* SQLite itself rolls back after some failures (a full disk, a cancelled change); after the others
 * ROLLBACK always takes effect, even when it reports the cause once more. */
void
forlop_connection_rollback (ForlopConnection *self)
{
  g_return_if_fail (FORLOP_IS_CONNECTION (self));
  ASSERT_OWNED (self);

  g_hash_table_remove_all (self->touched);
  if (sqlite3_get_autocommit (self->handle))
    return;

  sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
  g_assert (sqlite3_get_autocommit (self->handle));
}

gboolean
forlop_connection_in_transaction (ForlopConnection *self)
{
  g_return_val_if_fail (FORLOP_IS_CONNECTION (self), FALSE);
  ASSERT_OWNED (self);

  return !sqlite3_get_autocommit (self->handle);
}

static char *
savepoint_sql (const char *verb,
               const char *name)
{
  g_assert (name[0] != '\0');
  g_assert (strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen (name));

  return g_strdup_printf ("%s %s", verb, name);
}

gboolean
forlop_connection_savepoint (ForlopConnection  *self,
                             const char        *name,
                             GError           **error)
{
  g_return_val_if_fail (FORLOP_IS_CONNECTION (self) && name != NULL, FALSE);

  g_autofree char *sql = savepoint_sql ("SAVEPOINT", name);
  return forlop_connection_execute (self, sql, error);
}

gboolean
forlop_connection_release (ForlopConnection  *self,
                           const char        *name,
                           GError           **error)
{
  g_return_val_if_fail (FORLOP_IS_CONNECTION (self) && name != NULL, FALSE);

  g_autofree char *sql = savepoint_sql ("RELEASE", name);
  return forlop_connection_execute (self, sql, error);
}

/* Where the whole transaction is gone already, so is the savepoint. */
void
forlop_connection_rollback_to (ForlopConnection *self,
                               const char       *name)
{
  g_return_if_fail (FORLOP_IS_CONNECTION (self) && name != NULL);
  ASSERT_OWNED (self);

  if (sqlite3_get_autocommit (self->handle))
    return;

  g_autofree char *rollback = savepoint_sql ("ROLLBACK TO", name);
  g_autofree char *release = savepoint_sql ("RELEASE", name);
  if (sqlite3_exec (self->handle, rollback, NULL, NULL, NULL) != SQLITE_OK
      || sqlite3_exec (self->handle, release, NULL, NULL, NULL) != SQLITE_OK)
    forlop_connection_rollback (self);
}

void
forlop_connection_touch (ForlopConnection *self,
                         const char       *table)
{
  g_return_if_fail (FORLOP_IS_CONNECTION (self) && table != NULL);
  ASSERT_OWNED (self);

  g_hash_table_add (forlop_connection_in_transaction (self) ? self->touched : self->committed,
                    (gpointer) g_intern_string (table));
}

static int
compare_names (const void *a,
               const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
forlop_connection_steal_touched (ForlopConnection *self)
{
  g_return_val_if_fail (FORLOP_IS_CONNECTION (self), NULL);
  ASSERT_OWNED (self);

  unsigned int n = g_hash_table_size (self->committed);
  if (n == 0)
    return NULL;

  char **names = g_new0 (char *, n + 1);
  GHashTableIter iter;
  gpointer table;
  unsigned int i = 0;
  g_hash_table_iter_init (&iter, self->committed);
  while (g_hash_table_iter_next (&iter, &table, NULL))
    names[i++] = g_strdup (table);
  g_hash_table_remove_all (self->committed);
  qsort (names, n, sizeof *names, compare_names);
  return names;
}

static int
check_cancelled_cb (gpointer user_data)
{
  return g_cancellable_is_cancelled (user_data);
}

void
forlop_connection_set_cancellable (ForlopConnection *self,
                                   GCancellable     *cancellable)
{
  g_return_if_fail (FORLOP_IS_CONNECTION (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));
  ASSERT_OWNED (self);

  g_set_object (&self->cancellable, cancellable);
  sqlite3_progress_handler (self->handle, cancellable != NULL ? STEPS_PER_CANCEL_CHECK : 0,
                            cancellable != NULL ? check_cancelled_cb : NULL, cancellable);
}

/* Readers with an old snapshot can keep part of the log in use; the rest then waits for the next
 * checkpoint, which is no error. */
gboolean
forlop_connection_checkpoint (ForlopConnection  *self,
                              GError           **error)
{
  g_return_val_if_fail (FORLOP_IS_CONNECTION (self), FALSE);
  g_return_val_if_fail (forlop_connection_is_writer (self), FALSE);
  ASSERT_OWNED (self);

  sqlite3_busy_timeout (self->handle, 0);
  int code = sqlite3_wal_checkpoint_v2 (self->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  sqlite3_busy_timeout (self->handle, FORLOP_CONNECTION_BUSY_TIMEOUT_MS);
  if (code != SQLITE_OK && code != SQLITE_BUSY)
    {
      forlop_connection_set_error (self, code, "checkpoint", error);
      return FALSE;
    }

  return TRUE;
}
