/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-postgres-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-error.h"
#include "forlop-server-resources.h"

#define SCHEMA "/no/forlop/Forlop/server-postgres/postgres.sql"
#define VERSION 1

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGconn, PQfinish)

/* What the server may do with each table: history is added to and never changed. */
static const char *const grants[] = {
  "USAGE ON SCHEMA forlop",
  "SELECT ON forlop.schema_version",
  "SELECT, UPDATE ON forlop.tenant_head",
  "SELECT, INSERT ON forlop.commit_mark, forlop.receipt, forlop.changeset, forlop.alias, "
  "forlop.access_log, forlop.access_checkpoint, forlop.tray",
  "SELECT, INSERT, UPDATE ON forlop.record, forlop.measurement, forlop.scope_sum, forlop.device, "
  "forlop.access_grant",
  "SELECT, INSERT, DELETE ON forlop.claim",
  "SELECT, INSERT, UPDATE, DELETE ON forlop.access_rule, forlop.person",
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
make_tables (PGconn  *owner,
             GError **error)
{
  g_autoptr (GBytes) script =
    g_resource_lookup_data (forlop_server_get_resource (), SCHEMA, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (script, NULL), g_bytes_get_size (script));

  return run (owner, "CREATE SCHEMA IF NOT EXISTS forlop; SET LOCAL search_path = forlop", error) &&
         run (owner, text, error);
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

  return (version == VERSION || make_tables (connection, error)) && give_role (connection, role, error) &&
         run (connection, "COMMIT", error);
}

gboolean
forlop_postgres_storage_add_tenant (const char      *owner,
                                    const char      *tenant_id,
                                    ForlopIdSource  *ids,
                                    GError         **error)
{
  g_autoptr (PGconn) connection = NULL;
  g_autoptr (PGresult) set = NULL;
  g_autoptr (PGresult) added = NULL;
  char epoch[33];
  const char *values[] = { tenant_id, epoch };

  g_return_val_if_fail (owner != NULL && tenant_id != NULL && ids != NULL, FALSE);

  connection = connect_owner (owner, error);
  if (connection == NULL || !run (connection, "BEGIN", error))
    return FALSE;

  forlop_tenant_make_epoch (ids, epoch);
  set = PQexecParams (connection, "SELECT set_config ('forlop.tenant', $1, true)", 1, NULL, values, NULL, NULL, 0);
  added = PQexecParams (connection,
                        "INSERT INTO forlop.tenant_head (tenant_id, epoch, head, log_hash, safe_seq, access_n, "
                        "access_hash) VALUES ($1::uuid, decode ($2, 'hex'), 0, decode (repeat ('00', 32), 'hex'), "
                        "0, 0, decode (repeat ('00', 32), 'hex'))", 2, NULL, values, NULL, NULL, 0);
  if (PQresultStatus (set) != PGRES_TUPLES_OK || PQresultStatus (added) != PGRES_COMMAND_OK)
    {
      set_failed (connection, error);
      return FALSE;
    }

  return run (connection, "COMMIT", error);
}
