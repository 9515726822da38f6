/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-postgres-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-error.h"
#include "forlop-server-resources.h"

#define SCHEMA "/no/forlop/Forlop/server-postgres/"

/* One after the other; a database that has the first few gets the rest. */
static const char *const scripts[] = { SCHEMA "postgres.sql", SCHEMA "postgres-2.sql" };
#define VERSION ((int) G_N_ELEMENTS (scripts))

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGconn, PQfinish)

/* What the server may do with each table: history is added to and never changed. */
static const char *const grants[] = {
  "USAGE ON SCHEMA forlop",
  "SELECT ON forlop.schema_version, forlop.tenant",
  "SELECT, UPDATE ON forlop.tenant_head",
  "SELECT, INSERT ON forlop.commit_mark, forlop.receipt, forlop.changeset, forlop.alias, "
  "forlop.access_log, forlop.access_checkpoint, forlop.tray",
  "SELECT, INSERT, UPDATE ON forlop.record, forlop.measurement, forlop.scope_sum, forlop.device, "
  "forlop.access_grant, forlop.account, forlop.device_name, forlop.gateway_message, forlop.gateway_attempt, "
  "forlop.escalation",
  "SELECT, INSERT, DELETE ON forlop.claim, forlop.used_token, forlop.browser_sign_in, forlop.contents, "
  "forlop.system_key",
  "SELECT, INSERT, UPDATE, DELETE ON forlop.access_rule, forlop.person, forlop.session, forlop.identity, "
  "forlop.sign_in_count",
};

static void
set_failed (PGconn  *owner,
            GError **error)
{
  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
               /* Translators: what the database says, in its own language. */
               _("The database could not be set up. It was left as it was. It says: %s"),
               PQerrorMessage (owner));
}

static gboolean
run (PGconn      *owner,
     const char  *sql,
     GError     **error)
{
  g_autoptr (PGresult) result = PQexec (owner, sql);

  if (PQresultStatus (result) == PGRES_COMMAND_OK || PQresultStatus (result) == PGRES_TUPLES_OK)
    return TRUE;
  set_failed (owner, error);

  return FALSE;
}

static PGconn *
connect_owner (const char  *conninfo,
               GError     **error)
{
  g_autoptr (PGconn) owner = PQconnectdb (conninfo);

  if (PQstatus (owner) != CONNECTION_OK)
    {
      set_failed (owner, error);
      return NULL;
    }
  if (!run (owner, "SET client_min_messages = warning", error))
    return NULL;

  return g_steal_pointer (&owner);
}

/* 0 when there are no tables yet. */
static gboolean
read_version (PGconn  *owner,
              int     *version,
              GError **error)
{
  g_autoptr (PGresult) found = PQexec (owner, "SELECT to_regclass ('forlop.schema_version') IS NOT NULL");
  g_autoptr (PGresult) result = NULL;

  *version = 0;
  if (PQresultStatus (found) != PGRES_TUPLES_OK)
    {
      set_failed (owner, error);
      return FALSE;
    }
  if (!forlop_postgres_get_boolean (found, 0, 0))
    return TRUE;

  result = PQexec (owner, "SELECT max (version) FROM forlop.schema_version");
  if (PQresultStatus (result) != PGRES_TUPLES_OK)
    {
      set_failed (owner, error);
      return FALSE;
    }
  *version = (int) forlop_postgres_get_integer (result, 0, 0);

  return TRUE;
}

static gboolean
run_scripts (PGconn  *owner,
             int      version,
             GError **error)
{
  if (!run (owner, "CREATE SCHEMA IF NOT EXISTS forlop; SET LOCAL search_path = forlop", error))
    return FALSE;
  for (int i = version; i < VERSION; i++)
    {
      g_autoptr (GBytes) script =
        g_resource_lookup_data (forlop_server_get_resource (), scripts[i], G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      g_autofree char *text = g_strndup (g_bytes_get_data (script, NULL), g_bytes_get_size (script));

      if (!run (owner, text, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
give_role (PGconn      *owner,
           const char  *role,
           GError     **error)
{
  g_autofree char *quoted = NULL;
  char *name = PQescapeIdentifier (owner, role, strlen (role));

  quoted = g_strdup (name);
  PQfreemem (name);
  for (unsigned int i = 0; i < G_N_ELEMENTS (grants); i++)
    {
      g_autofree char *sql = g_strdup_printf ("GRANT %s TO %s", grants[i], quoted);

      if (!run (owner, sql, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
forlop_postgres_storage_install (const char  *owner,
                                 const char  *role,
                                 GError     **error)
{
  g_autoptr (PGconn) connection = NULL;
  int version;

  g_return_val_if_fail (owner != NULL && role != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  connection = connect_owner (owner, error);
  if (connection == NULL || !run (connection, "BEGIN", error) ||
      !run (connection, "SELECT pg_advisory_xact_lock (1181904240)", error) ||
      !read_version (connection, &version, error))
    return FALSE;

  if (version > VERSION)
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                   _("The database was set up by a newer version of the server. It was left as it is. "
                     "Update the server."));
      return FALSE;
    }

  return run_scripts (connection, version, error) && give_role (connection, role, error) &&
         run (connection, "COMMIT", error);
}

/* A statement that must do what it says. */
static gboolean
run_with (PGconn            *owner,
          const char        *sql,
          int                n,
          const char *const *values,
          GError           **error)
{
  g_autoptr (PGresult) result = PQexecParams (owner, sql, n, NULL, values, NULL, NULL, 0);

  if (PQresultStatus (result) == PGRES_COMMAND_OK || PQresultStatus (result) == PGRES_TUPLES_OK)
    return TRUE;
  if (g_strcmp0 (PQresultErrorField (result, PG_DIAG_SQLSTATE), "23505") == 0)
    g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_ALREADY,
                         _("There is a municipality with that name in the database already. Nothing was "
                           "changed."));
  else
    set_failed (owner, error);

  return FALSE;
}

gboolean
forlop_postgres_storage_add_tenant (const char                  *owner,
                                    const ForlopPostgresTenant  *tenant,
                                    ForlopIdSource              *ids,
                                    GError                     **error)
{
  static const char insert_head[] =
    "INSERT INTO forlop.tenant_head (tenant_id, epoch, head, log_hash, safe_seq, access_n, access_hash) "
    "VALUES ($1::uuid, decode ($2, 'hex'), 0, decode (repeat ('00', 32), 'hex'), 0, 0, "
    "decode (repeat ('00', 32), 'hex'))";
  g_autoptr (PGconn) connection = NULL;
  char epoch[33];
  const char *values[] = { tenant->id, epoch };
  const char *names[] = { tenant->id, tenant->name, tenant->wrapping };

  g_return_val_if_fail (owner != NULL && tenant != NULL && ids != NULL, FALSE);

  connection = connect_owner (owner, error);
  if (connection == NULL || !run (connection, "BEGIN", error))
    return FALSE;

  forlop_tenant_make_epoch (ids, epoch);

  return run_with (connection, "SELECT set_config ('forlop.tenant', $1, true)", 1, values, error) &&
         run_with (connection, "INSERT INTO forlop.tenant VALUES ($1::uuid, $2, true, $3)", 3, names, error) &&
         run_with (connection, insert_head, 2, values, error) && run (connection, "COMMIT", error);
}

void
forlop_postgres_tenant_free (ForlopPostgresTenant *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->wrapping);
  g_free (self);
}

/* Whether the tables are those that this server asks. */
static gboolean
check_version (ForlopPostgres  *postgres,
               GError         **error)
{
  g_auto (ForlopPostgresCall) call = { .sql = "SELECT max (version) FROM schema_version" };
  g_autoptr (PGresult) result = forlop_postgres_ask (postgres, &call, error);

  if (result == NULL)
    return FALSE;
  if (forlop_postgres_get_integer (result, 0, 0) == VERSION)
    return TRUE;
  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
               _("The database was set up by another version of the server. Nothing was changed. Bring it up to "
                 "date with the newest one, as the database's owner: forlop-server tenant upgrade."));

  return FALSE;
}

GPtrArray *
forlop_postgres_storage_list_tenants (const char  *conninfo,
                                      GError     **error)
{
  g_auto (ForlopPostgresCall) call = { .sql = "SELECT id, name, wrapping FROM tenant WHERE is_served ORDER BY name" };
  ForlopPostgres postgres = { .conninfo = (char *) conninfo };
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_postgres_tenant_free);
  g_autoptr (PGresult) result = NULL;

  g_return_val_if_fail (conninfo != NULL, NULL);

  if (forlop_postgres_connect (&postgres, error) && check_version (&postgres, error))
    result = forlop_postgres_ask (&postgres, &call, error);
  forlop_postgres_close (&postgres);
  if (result == NULL)
    return NULL;
  for (int i = 0; i < PQntuples (result); i++)
    {
      ForlopPostgresTenant *tenant = g_new0 (ForlopPostgresTenant, 1);

      tenant->id = forlop_postgres_dup_text (result, i, 0);
      tenant->name = forlop_postgres_dup_text (result, i, 1);
      tenant->wrapping = forlop_postgres_dup_text (result, i, 2);
      g_ptr_array_add (list, tenant);
    }

  return g_steal_pointer (&list);
}

ForlopPostgresTenant *
forlop_postgres_storage_find_tenant (const char  *conninfo,
                                     const char  *name,
                                     GError     **error)
{
  g_autoptr (GPtrArray) found = NULL;

  g_return_val_if_fail (conninfo != NULL && name != NULL, NULL);

  found = forlop_postgres_storage_list_tenants (conninfo, error);
  for (unsigned int i = 0; found != NULL && i < found->len; i++)
    if (g_str_equal (((ForlopPostgresTenant *) g_ptr_array_index (found, i))->name, name))
      return g_ptr_array_steal_index (found, i);
  if (found != NULL)
    g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND,
                 _("The municipality %s is not in the database. Nothing was changed."), name);

  return NULL;
}
