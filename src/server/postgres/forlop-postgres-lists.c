/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-postgres-private.h"

#include <math.h>
#include <string.h>

#include "forlop-id.h"
#include "forlop-json.h"
#include "forlop-measurement.h"

/* What is asked for of the rows that are there now: the tombstones are left out. */

#define RECORD FORLOP_TENANT_RECORD

static const ForlopRecordType *
measurement_type (void)
{
  return forlop_record_type_find ("measurement");
}

static GDestroyNotify free_row = (GDestroyNotify) forlop_sync_row_free;

static GPtrArray *
postgres_list_scope (ForlopServerStorage     *self,
                     const char              *scope,
                     const ForlopRecordType  *type,
                     GError                 **error)
{
  gboolean measured = type != NULL && type == measurement_type ();
  g_auto (ForlopPostgresCall) call = {
    .sql = measured ? forlop_tenant_measurement_sql ("WHERE scope = $1 AND NOT deleted ORDER BY id")
                    : type == NULL ? RECORD "WHERE scope = $1 AND NOT deleted ORDER BY id, type"
                                   : RECORD "WHERE scope = $1 AND type = $2 AND NOT deleted ORDER BY id",
  };

  forlop_postgres_call_text (&call, scope);
  if (!measured && type != NULL)
    forlop_postgres_call_text (&call, type->name);

  return forlop_postgres_list (self, &call, measured ? forlop_postgres_read_measurement : forlop_postgres_read_record, free_row, error);
}

static GPtrArray *
postgres_list_kinds (ForlopServerStorage  *self,
                     const char           *scope,
                     const char           *kinds,
                     GError              **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = RECORD "WHERE scope = $1 AND type = ANY (string_to_array ($2, ' ')) AND NOT deleted ORDER BY id, type",
  };

  forlop_postgres_call_text (&call, scope);
  forlop_postgres_call_text (&call, kinds);

  return forlop_postgres_list (self, &call, forlop_postgres_read_record, free_row, error);
}

static GPtrArray *
postgres_list_waiting (ForlopServerStorage  *self,
                       GError              **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = RECORD "WHERE type IN ('alert', 'task', 'case') AND NOT deleted "
                  "AND body ~ '\"status\":\"(new|taken|snoozed|open|running|ended)\"' ORDER BY id",
  };

  return forlop_postgres_list (self, &call, forlop_postgres_read_record, free_row, error);
}

static GPtrArray *
postgres_list_raised (ForlopServerStorage  *self,
                      gint64                since,
                      GError              **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = RECORD "WHERE type = 'alert' AND NOT deleted "
                  "AND substring (body from '\"raised_at\":\"([^\"]*)\"') COLLATE \"C\" >= $1",
  };
  g_autofree char *from = forlop_instant_to_iso (since);

  forlop_postgres_call_text (&call, from);

  return forlop_postgres_list (self, &call, forlop_postgres_read_record, free_row, error);
}

static gpointer
read_text (PGresult *result,
           int       n)
{
  return forlop_postgres_dup_text (result, n, 0);
}

#define FOLLOWED(column, parameter) \
  "(SELECT DISTINCT citizen_id FROM record WHERE " column " = " parameter " AND citizen_id >= $3 ORDER BY citizen_id LIMIT $4) "

/* A platform's name stands in its column as JSON writes it, without the quotation marks. */
static GPtrArray *
postgres_list_followed (ForlopServerStorage  *self,
                        const char           *platform,
                        const char           *unit_id,
                        const char           *from,
                        unsigned int          limit,
                        GError              **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = FOLLOWED ("platform", "$1") "UNION " FOLLOWED ("follow_up_unit_id", "$2") "ORDER BY 1 LIMIT $4",
  };
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  g_autofree char *quoted = NULL;
  g_autofree char *name = NULL;

  yyjson_mut_doc_set_root (doc, yyjson_mut_str (doc, platform));
  quoted = forlop_json_write (doc, FALSE);
  name = g_strndup (quoted + 1, strlen (quoted) - 2);
  forlop_postgres_call_text (&call, name);
  forlop_postgres_call_text (&call, unit_id);
  forlop_postgres_call_text (&call, from);
  forlop_postgres_call_integer (&call, limit);

  return forlop_postgres_list (self, &call, read_text, g_free, error);
}

static GPtrArray *
postgres_list_changed (ForlopServerStorage  *self,
                       gint64                after,
                       unsigned int          limit,
                       GError              **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "(SELECT scope FROM record WHERE seq > $1 ORDER BY seq LIMIT $2) UNION ALL "
           "(SELECT scope FROM measurement WHERE seq > $1 ORDER BY seq LIMIT $2)",
  };

  forlop_postgres_call_integer (&call, after);
  forlop_postgres_call_integer (&call, limit);

  return forlop_postgres_list (self, &call, read_text, g_free, error);
}

static gboolean
postgres_list_measured (ForlopServerStorage  *self,
                        const char           *scope,
                        gint64                from,
                        gint64                to,
                        GArray               *measured,
                        GError              **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "SELECT id, code, value, quality, measured_at, received_at, source FROM measurement "
           "WHERE scope = $1 AND measured_at BETWEEN $2 AND $3 AND NOT deleted ORDER BY measured_at, id",
  };
  PGresult *result;

  forlop_postgres_call_text (&call, scope);
  forlop_postgres_call_integer (&call, from);
  forlop_postgres_call_integer (&call, to);
  result = forlop_postgres_ask (FORLOP_POSTGRES (self), &call, error);
  if (result == NULL)
    return FALSE;
  for (int n = 0; n < PQntuples (result); n++)
    {
      const char *value = forlop_postgres_get_text (result, n, 2);
      ForlopMeasurement row = {
        .value = value != NULL ? g_ascii_strtod (value, NULL) : NAN,
        .measured_at = forlop_postgres_get_instant (result, n, 4),
        .received_at = forlop_postgres_get_instant (result, n, 5),
      };

      forlop_id_to_bytes (forlop_postgres_get_text (result, n, 0), row.id);
      forlop_measurement_set_codes (&row, forlop_postgres_get_text (result, n, 1),
                                    forlop_postgres_get_text (result, n, 3), forlop_postgres_get_text (result, n, 6));
      g_array_append_val (measured, row);
    }
  PQclear (result);

  return TRUE;
}

static GPtrArray *
postgres_list_type (ForlopServerStorage     *self,
                    const ForlopRecordType  *type,
                    GError                 **error)
{
  gboolean measured = type == measurement_type ();
  g_auto (ForlopPostgresCall) call = {
    .sql = measured ? forlop_tenant_measurement_sql ("WHERE NOT deleted ORDER BY id")
                    : RECORD "WHERE type = $1 AND NOT deleted ORDER BY id",
  };

  if (!measured)
    forlop_postgres_call_text (&call, type->name);

  return forlop_postgres_list (self, &call, measured ? forlop_postgres_read_measurement : forlop_postgres_read_record, free_row, error);
}

static GPtrArray *
postgres_list_functions (ForlopServerStorage  *self,
                         const char           *user_id,
                         GError              **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = RECORD "WHERE type = 'membership' AND NOT deleted AND body::json ->> 'user_id' = $1 ORDER BY id",
  };

  forlop_postgres_call_text (&call, user_id);

  return forlop_postgres_list (self, &call, forlop_postgres_read_record, free_row, error);
}

static GPtrArray *
postgres_list_untaken (ForlopServerStorage  *self,
                       GError              **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = RECORD "WHERE type = 'alert' AND NOT deleted AND body::json ->> 'severity' = 'red' "
                  "AND body::json ->> 'status' IN ('new', 'snoozed') ORDER BY id",
  };

  return forlop_postgres_list (self, &call, forlop_postgres_read_record, free_row, error);
}

void
forlop_postgres_fill_lists (ForlopServerStorageFuncs *funcs)
{
  funcs->list_scope = postgres_list_scope;
  funcs->list_kinds = postgres_list_kinds;
  funcs->list_type = postgres_list_type;
  funcs->list_functions = postgres_list_functions;
  funcs->list_untaken = postgres_list_untaken;
  funcs->list_waiting = postgres_list_waiting;
  funcs->list_raised = postgres_list_raised;
  funcs->list_followed = postgres_list_followed;
  funcs->list_changed = postgres_list_changed;
  funcs->list_measured = postgres_list_measured;
}
