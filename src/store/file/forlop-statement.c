/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-store"

#include "forlop-statement-private.h"

#include "forlop-connection-private.h"
#include "forlop-id.h"
#include "forlop-store-error.h"

#define ID_BYTES 16

ForlopStatement *
forlop_statement_new (ForlopConnection  *connection,
                      const char        *sql,
                      GError           **error)
{
  g_assert (FORLOP_IS_CONNECTION (connection));

  sqlite3 *handle = forlop_connection_get_handle (connection);
  sqlite3_stmt *prepared = NULL;
  int code = sqlite3_prepare_v3 (handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &prepared, NULL);
  if (code != SQLITE_OK)
    {
      /* The text is our own, so the message holds no value. */
      g_autofree char *what = g_strdup_printf ("%s; %s", sqlite3_errmsg (handle), sql);
      forlop_connection_set_error (connection, code, what, error);
      return NULL;
    }

  g_assert (prepared != NULL);
  ForlopStatement *self = g_new0 (ForlopStatement, 1);
  self->connection = connection;
  self->handle = prepared;
  self->sql = g_strdup (sql);
  self->link.data = self;
  return self;
}

void
forlop_statement_free (ForlopStatement *self)
{
  g_assert (self != NULL && !self->borrowed);

  sqlite3_finalize (self->handle);
  g_clear_error (&self->bind_error);
  g_free (self->sql);
  g_free (self);
}

void
forlop_statement_release (ForlopStatement *self)
{
  g_return_if_fail (self != NULL && self->borrowed);

  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  g_clear_error (&self->bind_error);
  forlop_connection_give_back (self->connection, self);
}

void
forlop_statement_reset (ForlopStatement *self)
{
  g_return_if_fail (self != NULL && self->borrowed);

  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  g_clear_error (&self->bind_error);
}

/* Only the first problem is kept; a parameter that the SQL does not have is a programming error. */
static void
note_bind (ForlopStatement *self,
           int              code)
{
  g_assert (code != SQLITE_RANGE && code != SQLITE_MISUSE);

  if (code != SQLITE_OK && self->bind_error == NULL)
    forlop_connection_set_error (self->connection, code, self->sql, &self->bind_error);
}

void
forlop_statement_bind_null (ForlopStatement *self,
                            int              parameter)
{
  g_return_if_fail (self != NULL && self->borrowed);

  note_bind (self, sqlite3_bind_null (self->handle, parameter));
}

void
forlop_statement_bind_text (ForlopStatement *self,
                            int              parameter,
                            const char      *text)
{
  g_return_if_fail (self != NULL && self->borrowed);

  note_bind (self, sqlite3_bind_text (self->handle, parameter, text, -1, SQLITE_TRANSIENT));
}

void
forlop_statement_bind_id (ForlopStatement *self,
                          int              parameter,
                          const char      *id)
{
  g_return_if_fail (self != NULL && self->borrowed);

  guint8 bytes[ID_BYTES];
  if (id == NULL)
    {
      forlop_statement_bind_null (self, parameter);
    }
  else if (forlop_id_to_bytes (id, bytes))
    {
      forlop_statement_bind_blob (self, parameter, bytes, sizeof bytes);
    }
  else
    {
      forlop_statement_bind_null (self, parameter);
      if (self->bind_error == NULL)
        {
          g_autofree char *detail = g_strdup_printf ("parameter %d is no id [%s]", parameter,
                                                     self->sql);
          forlop_store_error_set (&self->bind_error, FORLOP_STORE_ERROR_FAILED, NULL, detail);
        }
    }
}

void
forlop_statement_bind_integer (ForlopStatement *self,
                               int              parameter,
                               gint64           value)
{
  g_return_if_fail (self != NULL && self->borrowed);

  note_bind (self, sqlite3_bind_int64 (self->handle, parameter, value));
}

void
forlop_statement_bind_boolean (ForlopStatement *self,
                               int              parameter,
                               gboolean         value)
{
  forlop_statement_bind_integer (self, parameter, value ? 1 : 0);
}

void
forlop_statement_bind_real (ForlopStatement *self,
                            int              parameter,
                            double           value)
{
  g_return_if_fail (self != NULL && self->borrowed);

  note_bind (self, sqlite3_bind_double (self->handle, parameter, value));
}

void
forlop_statement_bind_blob (ForlopStatement *self,
                            int              parameter,
                            gconstpointer    data,
                            gsize            length)
{
  g_return_if_fail (self != NULL && self->borrowed);
  g_return_if_fail (data != NULL || length == 0);

  note_bind (self, sqlite3_bind_blob64 (self->handle, parameter, data, length, SQLITE_TRANSIENT));
}

void
forlop_statement_bind_date (ForlopStatement *self,
                            int              parameter,
                            ForlopDate       date)
{
  g_return_if_fail (self != NULL && self->borrowed);

  g_autofree char *text = date != FORLOP_DATE_NONE ? forlop_date_to_iso (date) : NULL;
  forlop_statement_bind_text (self, parameter, text);
}

void
forlop_statement_bind_instant (ForlopStatement *self,
                               int              parameter,
                               gint64           at_ms)
{
  if (at_ms == FORLOP_INSTANT_NONE)
    forlop_statement_bind_null (self, parameter);
  else
    forlop_statement_bind_integer (self, parameter, at_ms);
}

gboolean
forlop_statement_step (ForlopStatement  *self,
                       gboolean         *has_row,
                       GError          **error)
{
  g_return_val_if_fail (self != NULL && self->borrowed && has_row != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  *has_row = FALSE;
  if (self->bind_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->bind_error));
      return FALSE;
    }

  /* Asking for the handle asserts that the owning thread is the one that asks. */
  g_assert (forlop_connection_get_handle (self->connection) != NULL);
  int code = sqlite3_step (self->handle);
  if (code == SQLITE_ROW)
    {
      *has_row = TRUE;
      return TRUE;
    }

  if (code == SQLITE_DONE)
    return TRUE;

  forlop_connection_set_error (self->connection, code, self->sql, error);
  sqlite3_reset (self->handle);
  return FALSE;
}

gboolean
forlop_statement_execute (ForlopStatement  *self,
                          GError          **error)
{
  g_return_val_if_fail (self != NULL && self->borrowed, FALSE);

  gboolean has_row;
  do
    {
      if (!forlop_statement_step (self, &has_row, error))
        return FALSE;
    } while (has_row);

  sqlite3_reset (self->handle);
  return TRUE;
}

int
forlop_statement_get_n_columns (ForlopStatement *self)
{
  g_return_val_if_fail (self != NULL && self->borrowed, 0);

  return sqlite3_column_count (self->handle);
}

const char *
forlop_statement_get_column_name (ForlopStatement *self,
                                  int              column)
{
  g_return_val_if_fail (self != NULL && self->borrowed, NULL);

  return sqlite3_column_name (self->handle, column);
}

int
forlop_statement_get_n_parameters (ForlopStatement *self)
{
  g_return_val_if_fail (self != NULL && self->borrowed, 0);

  return sqlite3_bind_parameter_count (self->handle);
}

gboolean
forlop_statement_is_null (ForlopStatement *self,
                          int              column)
{
  g_return_val_if_fail (self != NULL && self->borrowed, TRUE);

  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

const char *
forlop_statement_get_text (ForlopStatement *self,
                           int              column)
{
  g_return_val_if_fail (self != NULL && self->borrowed, NULL);

  return (const char *) sqlite3_column_text (self->handle, column);
}

char *
forlop_statement_dup_text (ForlopStatement *self,
                           int              column)
{
  return g_strdup (forlop_statement_get_text (self, column));
}

char *
forlop_statement_dup_id (ForlopStatement *self,
                         int              column)
{
  gsize length;
  const guint8 *bytes = forlop_statement_get_blob (self, column, &length);

  return bytes != NULL && length == ID_BYTES ? forlop_id_from_bytes (bytes) : NULL;
}

gint64
forlop_statement_get_integer (ForlopStatement *self,
                              int              column)
{
  g_return_val_if_fail (self != NULL && self->borrowed, 0);

  return sqlite3_column_int64 (self->handle, column);
}

gboolean
forlop_statement_get_boolean (ForlopStatement *self,
                              int              column)
{
  return forlop_statement_get_integer (self, column) != 0;
}

double
forlop_statement_get_real (ForlopStatement *self,
                           int              column)
{
  g_return_val_if_fail (self != NULL && self->borrowed, 0);

  return sqlite3_column_double (self->handle, column);
}

gconstpointer
forlop_statement_get_blob (ForlopStatement *self,
                           int              column,
                           gsize           *length)
{
  g_return_val_if_fail (self != NULL && self->borrowed && length != NULL, NULL);

  const void *bytes = sqlite3_column_blob (self->handle, column);
  *length = (gsize) sqlite3_column_bytes (self->handle, column);
  return bytes;
}

ForlopDate
forlop_statement_get_date (ForlopStatement *self,
                           int              column)
{
  const char *text = forlop_statement_get_text (self, column);
  ForlopDate date;

  return text != NULL && forlop_date_from_iso (text, &date) ? date : FORLOP_DATE_NONE;
}

gint64
forlop_statement_get_instant (ForlopStatement *self,
                              int              column)
{
  if (forlop_statement_is_null (self, column))
    return FORLOP_INSTANT_NONE;

  return forlop_statement_get_integer (self, column);
}
