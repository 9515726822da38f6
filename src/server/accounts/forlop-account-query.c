/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-account-query.h"

#include <string.h>

struct _ForlopAccountQuery
{
  ForlopAccountStore *store;
  ForlopStatement *statement;
  int n;

  ForlopPostgresCall call;
  PGresult *result;
  int row;
};

/* Every statement that follows is the municipality's. */
static gboolean
set_tenant (ForlopPostgres  *postgres,
            GError         **error)
{
  g_auto (ForlopPostgresCall) call = { .sql = "SELECT set_config ('forlop.tenant', $1, false)" };
  g_autoptr (PGresult) result = NULL;

  forlop_postgres_call_text (&call, postgres->tenant_id);
  result = forlop_postgres_ask (postgres, &call, error);

  return result != NULL;
}

/* A connection that was lost is made again, but not in the middle of a change. */
static gboolean
ensure_connection (ForlopAccountStore  *store,
                   GError             **error)
{
  ForlopPostgres *postgres = &store->postgres;

  if (store->in_change || forlop_postgres_is_open (postgres))
    return TRUE;
  forlop_postgres_close (postgres);

  return forlop_postgres_connect (postgres, error) && set_tenant (postgres, error);
}

ForlopAccountQuery *
forlop_account_query_new (ForlopAccountStore  *store,
                          const char          *sql,
                          GError             **error)
{
  g_autoptr (ForlopAccountQuery) self = NULL;

  g_return_val_if_fail (store != NULL && sql != NULL, NULL);

  self = g_new0 (ForlopAccountQuery, 1);
  self->store = store;
  self->row = -1;
  self->call.sql = sql;
  if (store->file != NULL)
    self->statement = forlop_connection_prepare (store->file, sql, error);
  if (store->file != NULL ? self->statement == NULL : !ensure_connection (store, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
forlop_account_query_free (ForlopAccountQuery *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->statement, forlop_statement_release);
  g_clear_pointer (&self->result, PQclear);
  forlop_postgres_call_clear (&self->call);
  g_free (self);
}

void
forlop_account_query_bind_text (ForlopAccountQuery *self,
                                const char         *text)
{
  g_return_if_fail (self != NULL);

  if (self->statement != NULL)
    forlop_statement_bind_text (self->statement, ++self->n, text);
  else
    forlop_postgres_call_text (&self->call, text);
}

void
forlop_account_query_bind_id (ForlopAccountQuery *self,
                              const char         *id)
{
  g_return_if_fail (self != NULL);

  if (self->statement != NULL)
    forlop_statement_bind_id (self->statement, ++self->n, id);
  else
    forlop_postgres_call_id (&self->call, id);
}

void
forlop_account_query_bind_integer (ForlopAccountQuery *self,
                                   gint64              value)
{
  g_return_if_fail (self != NULL);

  if (self->statement != NULL)
    forlop_statement_bind_integer (self->statement, ++self->n, value);
  else
    forlop_postgres_call_integer (&self->call, value);
}

void
forlop_account_query_bind_instant (ForlopAccountQuery *self,
                                   gint64              at)
{
  g_return_if_fail (self != NULL);

  if (self->statement != NULL)
    forlop_statement_bind_instant (self->statement, ++self->n, at);
  else
    forlop_postgres_call_instant (&self->call, at);
}

void
forlop_account_query_bind_hash (ForlopAccountQuery *self,
                                const guint8       *hash)
{
  g_return_if_fail (self != NULL);

  if (self->statement != NULL)
    forlop_statement_bind_blob (self->statement, ++self->n, hash, hash != NULL ? FORLOP_TOKEN_HASH_BYTES : 0);
  else if (hash != NULL)
    forlop_postgres_call_blob (&self->call, hash, FORLOP_TOKEN_HASH_BYTES);
  else
    forlop_postgres_call_text (&self->call, NULL);
}

gboolean
forlop_account_query_step (ForlopAccountQuery  *self,
                           gboolean            *has_row,
                           GError             **error)
{
  g_return_val_if_fail (self != NULL && has_row != NULL, FALSE);

  if (self->statement != NULL)
    return forlop_statement_step (self->statement, has_row, error);
  if (self->result == NULL)
    self->result = forlop_postgres_ask (&self->store->postgres, &self->call, error);
  if (self->result == NULL)
    return FALSE;
  self->row++;
  *has_row = self->row < PQntuples (self->result);

  return TRUE;
}

gboolean
forlop_account_query_first (ForlopAccountQuery    *self,
                            ForlopAccountRowFunc   read,
                            gpointer              *row,
                            GError               **error)
{
  gboolean has_row;

  g_return_val_if_fail (read != NULL && row != NULL, FALSE);

  *row = NULL;
  if (!forlop_account_query_step (self, &has_row, error))
    return FALSE;
  if (has_row)
    *row = read (self);

  return TRUE;
}

GPtrArray *
forlop_account_query_list (ForlopAccountQuery    *self,
                           ForlopAccountRowFunc   read,
                           GDestroyNotify         destroy,
                           GError               **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (destroy);
  gboolean has_row;

  g_return_val_if_fail (read != NULL, NULL);

  do
    {
      if (!forlop_account_query_step (self, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (rows, read (self));
    }
  while (has_row);

  return g_steal_pointer (&rows);
}

gboolean
forlop_account_query_execute (ForlopAccountQuery  *self,
                              GError             **error)
{
  gboolean has_row;

  g_return_val_if_fail (self != NULL, FALSE);

  return self->statement != NULL ? forlop_statement_execute (self->statement, error)
                                 : forlop_account_query_step (self, &has_row, error);
}

char *
forlop_account_query_dup_text (ForlopAccountQuery *self,
                               int                 column)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->statement != NULL ? forlop_statement_dup_text (self->statement, column)
                                 : forlop_postgres_dup_text (self->result, self->row, column);
}

char *
forlop_account_query_dup_id (ForlopAccountQuery *self,
                             int                 column)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->statement != NULL ? forlop_statement_dup_id (self->statement, column)
                                 : forlop_postgres_dup_text (self->result, self->row, column);
}

gint64
forlop_account_query_get_integer (ForlopAccountQuery *self,
                                  int                 column)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->statement != NULL ? forlop_statement_get_integer (self->statement, column)
                                 : forlop_postgres_get_integer (self->result, self->row, column);
}

gint64
forlop_account_query_get_instant (ForlopAccountQuery *self,
                                  int                 column)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->statement != NULL ? forlop_statement_get_instant (self->statement, column)
                                 : forlop_postgres_get_instant (self->result, self->row, column);
}

gboolean
forlop_account_query_get_hash (ForlopAccountQuery *self,
                               int                 column,
                               guint8             *hash)
{
  gconstpointer blob;
  gsize length;

  g_return_val_if_fail (self != NULL && hash != NULL, FALSE);

  if (self->statement == NULL)
    {
      if (PQgetisnull (self->result, self->row, column))
        return FALSE;
      forlop_postgres_get_blob (self->result, self->row, column, hash, FORLOP_TOKEN_HASH_BYTES);
      return TRUE;
    }
  if (forlop_statement_is_null (self->statement, column))
    return FALSE;
  blob = forlop_statement_get_blob (self->statement, column, &length);
  g_assert (length == FORLOP_TOKEN_HASH_BYTES);
  memcpy (hash, blob, length);

  return TRUE;
}

struct _ForlopAccountChange
{
  ForlopAccountStore *store;
  ForlopTransaction *transaction;
};

/* @sql: BEGIN, COMMIT or the like. */
static gboolean
run_plain (ForlopAccountStore  *store,
           const char          *sql,
           GError             **error)
{
  g_autoptr (ForlopAccountQuery) query = forlop_account_query_new (store, sql, error);

  return query != NULL && forlop_account_query_execute (query, error);
}

/* Changes of one municipality come one after the other, whichever process makes them. */
ForlopAccountChange *
forlop_account_change_begin (ForlopAccountStore  *store,
                             GError             **error)
{
  g_autoptr (ForlopAccountChange) self = NULL;

  g_return_val_if_fail (store != NULL && !store->in_change, NULL);

  self = g_new0 (ForlopAccountChange, 1);
  if (store->file != NULL)
    {
      self->transaction = forlop_transaction_begin (store->file, error);
      return self->transaction != NULL ? g_steal_pointer (&self) : NULL;
    }

  if (!run_plain (store, "BEGIN", error))
    return NULL;
  self->store = store;
  store->in_change = TRUE;
  if (!run_plain (store,
                  "SELECT pg_advisory_xact_lock (hashtextextended (current_setting ('forlop.tenant'), 41))",
                  error))
    return NULL;

  return g_steal_pointer (&self);
}

/* After a fault of anything before it the answer to COMMIT is that all was rolled back. */
gboolean
forlop_account_change_commit (ForlopAccountChange  *self,
                              GError              **error)
{
  g_auto (ForlopPostgresCall) call = { .sql = "COMMIT" };
  g_autoptr (PGresult) result = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->transaction != NULL)
    return forlop_transaction_commit (self->transaction, error);

  result = forlop_postgres_ask (&self->store->postgres, &call, error);
  if (result == NULL)
    return FALSE;
  self->store->in_change = FALSE;
  self->store = NULL;

  return TRUE;
}

void
forlop_account_change_free (ForlopAccountChange *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->transaction, forlop_transaction_free);
  if (self->store != NULL)
    {
      if (!forlop_postgres_is_open (&self->store->postgres) || !run_plain (self->store, "ROLLBACK", NULL))
        forlop_postgres_close (&self->store->postgres);
      self->store->in_change = FALSE;
    }
  g_free (self);
}
