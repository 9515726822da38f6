/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-postgres-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-error.h"

GPtrArray *
forlop_postgres_list (ForlopServerStorage  *self,
                      ForlopPostgresCall   *call,
                      ForlopPostgresRead    read,
                      GDestroyNotify        free_func,
                      GError              **error)
{
  g_autoptr (PGresult) result = forlop_postgres_ask (FORLOP_POSTGRES (self), call, error);
  g_autoptr (GPtrArray) list = NULL;

  if (result == NULL)
    return NULL;

  list = g_ptr_array_new_with_free_func (free_func);
  for (int i = 0; i < PQntuples (result); i++)
    {
      gpointer row = read (result, i);

      if (row == NULL)
        {
          forlop_tenant_set_not_known (error);
          return NULL;
        }
      g_ptr_array_add (list, row);
    }

  return g_steal_pointer (&list);
}

gboolean
forlop_postgres_first (ForlopServerStorage  *self,
                       ForlopPostgresCall   *call,
                       ForlopPostgresRead    read,
                       gpointer             *result,
                       GError              **error)
{
  g_autoptr (PGresult) answer = forlop_postgres_ask (FORLOP_POSTGRES (self), call, error);

  *result = NULL;
  if (answer == NULL)
    return FALSE;
  if (PQntuples (answer) == 0)
    return TRUE;
  *result = read (answer, 0);
  if (*result == NULL)
    forlop_tenant_set_not_known (error);

  return *result != NULL;
}

static gboolean
queue_plain (ForlopPostgres  *postgres,
             const char      *sql,
             GError         **error)
{
  g_auto (ForlopPostgresCall) call = { .sql = sql };

  return forlop_postgres_send (postgres, &call, error);
}

static gboolean
queue_tenant (ForlopPostgres  *postgres,
              GError         **error)
{
  g_auto (ForlopPostgresCall) call = { .sql = "SELECT set_config ('forlop.tenant', $1, true)" };

  forlop_postgres_call_text (&call, postgres->tenant_id);

  return forlop_postgres_send (postgres, &call, error);
}

static void
read_state (PGresult          *result,
            ForlopTenantState *state)
{
  guint8 epoch[16];

  forlop_postgres_get_blob (result, 0, 0, epoch, sizeof epoch);
  forlop_tenant_epoch_from_bytes (epoch, state->head.epoch);
  state->head.seq = forlop_postgres_get_integer (result, 0, 1);
  forlop_postgres_get_blob (result, 0, 2, state->head.log_hash, FORLOP_SYNC_HASH_BYTES);
  state->head.safe_seq = forlop_postgres_get_integer (result, 0, 3);
  state->access_n = forlop_postgres_get_integer (result, 0, 4);
  forlop_postgres_get_blob (result, 0, 5, state->access_hash, FORLOP_SYNC_HASH_BYTES);
}

#define HEAD "SELECT epoch, head, log_hash, safe_seq, access_n, access_hash FROM tenant_head"

static gboolean
load_state (ForlopServerStorage  *self,
            ForlopTenantState    *state,
            GError              **error)
{
  ForlopPostgresStorage *storage = (ForlopPostgresStorage *) self;
  g_auto (ForlopPostgresCall) call = { .sql = storage->is_writing ? HEAD " FOR UPDATE" : HEAD };
  g_autoptr (PGresult) result = forlop_postgres_ask (&storage->postgres, &call, error);

  if (result == NULL)
    return FALSE;
  if (PQntuples (result) == 0)
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND,
                   _("The municipality is not in the database. Nothing was changed. Add it, or "
                     "correct the settings of the server."));
      return FALSE;
    }
  read_state (result, state);

  return TRUE;
}

static void
postgres_rollback (ForlopServerStorage *self)
{
  ForlopPostgresStorage *storage = (ForlopPostgresStorage *) self;

  forlop_tenant_state_reset (&storage->tenant.state);
  if (!storage->in_transaction)
    return;

  storage->in_transaction = FALSE;
  if (forlop_postgres_is_open (&storage->postgres))
    forlop_postgres_drain (&storage->postgres, NULL);
  if (!forlop_postgres_is_open (&storage->postgres) ||
      !queue_plain (&storage->postgres, "ROLLBACK", NULL) || !forlop_postgres_drain (&storage->postgres, NULL))
    forlop_postgres_close (&storage->postgres);
}

/* A writer holds the head's row, so that writers come one after the other and each sees everything the
 * one before has written. A reader sees one moment. */
static gboolean
postgres_begin (ForlopServerStorage  *self,
                gboolean              for_writing,
                GError              **error)
{
  ForlopPostgresStorage *storage = (ForlopPostgresStorage *) self;
  ForlopPostgres *postgres = &storage->postgres;

  g_return_val_if_fail (!storage->in_transaction, FALSE);

  forlop_tenant_state_reset (&storage->tenant.state);
  if (!forlop_postgres_is_open (postgres))
    {
      forlop_postgres_close (postgres);
      if (!forlop_postgres_connect (postgres, error))
        return FALSE;
    }

  storage->in_transaction = TRUE;
  storage->is_writing = for_writing;
  if (queue_plain (postgres, for_writing ? "BEGIN ISOLATION LEVEL READ COMMITTED"
                                         : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", error) &&
      queue_tenant (postgres, error) && forlop_tenant_storage_know_head (&storage->tenant, error))
    return TRUE;
  postgres_rollback (self);

  return FALSE;
}

static gboolean
save_state (ForlopPostgresStorage  *self,
            GError                **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "UPDATE tenant_head SET epoch = $1, head = $2, log_hash = $3, safe_seq = $4, access_n = $5, "
           "access_hash = $6",
  };
  const ForlopTenantState *state = &self->tenant.state;
  guint8 epoch[16];

  if (!state->is_moved)
    return TRUE;

  forlop_tenant_epoch_to_bytes (state->head.epoch, epoch);
  forlop_postgres_call_blob (&call, epoch, sizeof epoch);
  forlop_postgres_call_integer (&call, state->head.seq);
  forlop_postgres_call_blob (&call, state->head.log_hash, FORLOP_SYNC_HASH_BYTES);
  forlop_postgres_call_integer (&call, state->head.safe_seq);
  forlop_postgres_call_integer (&call, state->access_n);
  forlop_postgres_call_blob (&call, state->access_hash, FORLOP_SYNC_HASH_BYTES);

  return forlop_postgres_send (&self->postgres, &call, error);
}

/* Says to every process that listens which municipality has moved, and how far: nothing else. */
static gboolean
tell (ForlopPostgresStorage  *self,
      GError                **error)
{
  g_auto (ForlopPostgresCall) call = { .sql = "SELECT pg_notify ('forlop', $1)" };
  g_autofree char *text = NULL;

  if (!self->tenant.state.is_moved)
    return TRUE;

  text = g_strdup_printf ("%s %" G_GINT64_FORMAT, self->postgres.tenant_id, self->tenant.state.head.seq);
  forlop_postgres_call_text (&call, text);

  return forlop_postgres_send (&self->postgres, &call, error);
}

/* After a fault of anything before it the answer to COMMIT is that all was rolled back. */
static gboolean
commit (ForlopPostgres  *postgres,
        GError         **error)
{
  g_auto (ForlopPostgresCall) call = { .sql = "COMMIT" };
  g_autoptr (PGresult) result = forlop_postgres_ask (postgres, &call, error);

  if (result == NULL)
    return FALSE;
  if (g_str_equal (PQcmdStatus (result), "COMMIT"))
    return TRUE;
  g_set_error (error, FORLOP_SERVER_STORAGE_ERROR, FORLOP_SERVER_STORAGE_ERROR_RETRY,
               _("The database is busy with another change. Nothing was stored. Try again."));

  return FALSE;
}

static gboolean
postgres_commit (ForlopServerStorage  *self,
                 GError              **error)
{
  ForlopPostgresStorage *storage = (ForlopPostgresStorage *) self;

  g_return_val_if_fail (storage->in_transaction, FALSE);

  /* The answers of the rows say by how much the sums change. */
  if (storage->is_writing &&
      (!forlop_postgres_drain (&storage->postgres, error) || !forlop_postgres_flush_sums (self, error) ||
       !save_state (storage, error) || !tell (storage, error)))
    return FALSE;
  if (!commit (&storage->postgres, error))
    return FALSE;
  storage->in_transaction = FALSE;
  forlop_tenant_state_reset (&storage->tenant.state);

  return TRUE;
}

static void
postgres_free (ForlopServerStorage *self)
{
  ForlopPostgresStorage *storage = (ForlopPostgresStorage *) self;

  forlop_postgres_close (&storage->postgres);
  forlop_tenant_state_clear (&storage->tenant.state);
  g_free (storage->postgres.conninfo);
  g_free (storage->postgres.tenant_id);
  g_free (storage);
}

static const ForlopServerStorageFuncs *
get_funcs (void)
{
  static ForlopServerStorageFuncs funcs;
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      funcs.begin = postgres_begin;
      funcs.commit = postgres_commit;
      funcs.rollback = postgres_rollback;
      funcs.free = postgres_free;
      forlop_tenant_storage_fill (&funcs);
      forlop_postgres_fill_rows (&funcs);
      forlop_postgres_fill_lists (&funcs);
      forlop_postgres_fill_log (&funcs);
      forlop_postgres_fill_contents (&funcs);
      forlop_postgres_fill_access (&funcs);
      g_once_init_leave (&once, 1);
    }

  return &funcs;
}

static const ForlopTenantStorageFuncs tenant_funcs = {
  .load_state = load_state,
  .list_access = forlop_postgres_list_access,
  .list_marks = forlop_postgres_list_marks,
  .put_checkpoint = forlop_postgres_put_checkpoint,
  .list_checkpoints = forlop_postgres_list_checkpoints,
  .last_checkpoint = forlop_postgres_last_checkpoint,
};

/* Row security does not bind a superuser, a role with BYPASSRLS, or who may become the owner and take
 * it away. */
static gboolean
check_role (ForlopPostgres  *postgres,
            GError         **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "SELECT r.rolsuper OR r.rolbypassrls OR pg_has_role (current_user, c.relowner, 'MEMBER') "
           "OR NOT c.relforcerowsecurity FROM pg_roles r, pg_class c "
           "WHERE r.rolname = current_user AND c.oid = 'record'::regclass",
  };
  g_autoptr (PGresult) result = forlop_postgres_ask (postgres, &call, error);

  if (result == NULL)
    return FALSE;
  if (PQntuples (result) == 1 && !forlop_postgres_get_boolean (result, 0, 0))
    return TRUE;
  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_ALLOWED,
               _("The server's role in the database could read every municipality. The server does "
                 "not start. Give it a role that owns nothing and is bound by row security."));

  return FALSE;
}

static ForlopServerStorage *
open_storage (const char  *conninfo,
              const char  *tenant_id,
              gboolean     as_owner,
              GError     **error)
{
  ForlopPostgresStorage *self = g_new0 (ForlopPostgresStorage, 1);
  g_autoptr (ForlopServerStorage) storage = &self->tenant.parent;

  storage->funcs = get_funcs ();
  self->tenant.funcs = &tenant_funcs;
  forlop_tenant_state_init (&self->tenant.state);
  self->postgres.conninfo = g_strdup (conninfo);
  self->postgres.tenant_id = g_strdup (tenant_id);
  if (!forlop_postgres_connect (&self->postgres, error) ||
      (!as_owner && !check_role (&self->postgres, error)) || !postgres_begin (storage, FALSE, error))
    return NULL;
  postgres_rollback (storage);

  return g_steal_pointer (&storage);
}

ForlopServerStorage *
forlop_postgres_storage_open (const char  *conninfo,
                              const char  *tenant_id,
                              GError     **error)
{
  g_return_val_if_fail (conninfo != NULL && tenant_id != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return open_storage (conninfo, tenant_id, FALSE, error);
}

ForlopServerStorage *
forlop_postgres_storage_open_as_owner (const char  *conninfo,
                                       const char  *tenant_id,
                                       GError     **error)
{
  g_return_val_if_fail (conninfo != NULL && tenant_id != NULL, NULL);

  return open_storage (conninfo, tenant_id, TRUE, error);
}
