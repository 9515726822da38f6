/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sqlite-private.h"

#include <math.h>
#include <string.h>

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
sqlite_list_scope (ForlopServerStorage     *self,
                   const char              *scope,
                   const ForlopRecordType  *type,
                   GError                 **error)
{
  gboolean measured = type != NULL && type == measurement_type ();
  g_autoptr (ForlopStatement) statement =
    forlop_sqlite_prepare (self, measured ? forlop_tenant_measurement_sql ("WHERE scope = ?1 AND deleted = 0 ORDER BY id")
                                          : RECORD "WHERE scope = ?1 AND (?2 IS NULL OR type = ?2) "
                                                   "AND deleted = 0 ORDER BY id, type", error);

  if (statement == NULL)
    return NULL;
  forlop_statement_bind_text (statement, 1, scope);
  if (!measured)
    forlop_statement_bind_text (statement, 2, type != NULL ? type->name : NULL);

  return forlop_sqlite_list (statement, measured ? forlop_sqlite_read_measurement : forlop_sqlite_read_record, free_row, error);
}

/* The index has the type, so that what is not asked for is not read. */
static GPtrArray *
sqlite_list_kinds (ForlopServerStorage  *self,
                   const char           *scope,
                   const char           *kinds,
                   GError              **error)
{
  static const char sql[] = RECORD "WHERE scope = ?1 AND instr (' ' || ?2 || ' ', ' ' || type || ' ') > 0 "
                                   "AND deleted = 0 ORDER BY id, type";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);

  if (statement == NULL)
    return NULL;
  forlop_statement_bind_text (statement, 1, scope);
  forlop_statement_bind_text (statement, 2, kinds);

  return forlop_sqlite_list (statement, forlop_sqlite_read_record, free_row, error);
}

static GPtrArray *
sqlite_list_type (ForlopServerStorage     *self,
                  const ForlopRecordType  *type,
                  GError                 **error)
{
  gboolean measured = type == measurement_type ();
  g_autoptr (ForlopStatement) statement =
    forlop_sqlite_prepare (self, measured ? forlop_tenant_measurement_sql ("WHERE deleted = 0 ORDER BY id")
                                          : RECORD "WHERE type = ?1 AND deleted = 0 ORDER BY id", error);

  if (statement == NULL)
    return NULL;
  if (!measured)
    forlop_statement_bind_text (statement, 1, type->name);

  return forlop_sqlite_list (statement, measured ? forlop_sqlite_read_measurement : forlop_sqlite_read_record, free_row, error);
}

static GPtrArray *
sqlite_list_functions (ForlopServerStorage  *self,
                       const char           *user_id,
                       GError              **error)
{
  static const char sql[] = RECORD "INDEXED BY record_function WHERE type = 'membership' AND deleted = 0 "
                                   "AND body ->> '$.user_id' = ?1 ORDER BY id";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);

  if (statement == NULL)
    return NULL;
  forlop_statement_bind_text (statement, 1, user_id);

  return forlop_sqlite_list (statement, forlop_sqlite_read_record, free_row, error);
}

static GPtrArray *
sqlite_list_untaken (ForlopServerStorage  *self,
                     GError              **error)
{
  static const char sql[] = RECORD "INDEXED BY record_untaken WHERE type = 'alert' AND deleted = 0 "
                                   "AND body ->> '$.severity' = 'red' "
                                   "AND body ->> '$.status' IN ('new', 'snoozed') ORDER BY id";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);

  return statement != NULL ? forlop_sqlite_list (statement, forlop_sqlite_read_record, free_row, error) : NULL;
}

static GPtrArray *
sqlite_list_waiting (ForlopServerStorage  *self,
                     GError              **error)
{
  static const char sql[] = RECORD "INDEXED BY record_waiting "
    "WHERE (type = 'alert' OR type = 'task' OR type = 'case') AND deleted = 0 "
    "AND CASE body ->> '$.status' WHEN 'new' THEN 1 WHEN 'taken' THEN 1 WHEN 'snoozed' THEN 1 WHEN 'open' THEN 1 "
    "WHEN 'running' THEN 1 WHEN 'ended' THEN 1 END ORDER BY id";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);

  return statement != NULL ? forlop_sqlite_list (statement, forlop_sqlite_read_record, free_row, error) : NULL;
}

static GPtrArray *
sqlite_list_raised (ForlopServerStorage  *self,
                    gint64                since,
                    GError              **error)
{
  static const char sql[] = RECORD "WHERE type = 'alert' AND deleted = 0 AND body ->> '$.raised_at' >= ?1";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);
  g_autofree char *from = forlop_instant_to_iso (since);

  if (statement == NULL)
    return NULL;
  forlop_statement_bind_text (statement, 1, from);

  return forlop_sqlite_list (statement, forlop_sqlite_read_record, free_row, error);
}

static gpointer
read_text (ForlopStatement *statement)
{
  return forlop_statement_dup_text (statement, 0);
}

#define FOLLOWED(index, field, parameter) \
  "SELECT citizen_id FROM (SELECT DISTINCT body ->> '$.citizen_id' AS citizen_id FROM record INDEXED BY " index " " \
  "WHERE type = 'case' AND deleted = 0 AND " field " = " parameter " AND body ->> '$.citizen_id' >= ?3 " \
  "ORDER BY body ->> '$.citizen_id' LIMIT ?4) "

static GPtrArray *
sqlite_list_followed (ForlopServerStorage  *self,
                      const char           *platform,
                      const char           *unit_id,
                      const char           *from,
                      unsigned int          limit,
                      GError              **error)
{
  static const char sql[] = FOLLOWED ("record_platform", "body ->> '$.platform'", "?1") "UNION "
                            FOLLOWED ("record_follow_up", "body ->> '$.follow_up_unit_id'", "?2") "ORDER BY 1 LIMIT ?4";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);

  if (statement == NULL)
    return NULL;
  forlop_statement_bind_text (statement, 1, platform);
  forlop_statement_bind_text (statement, 2, unit_id);
  forlop_statement_bind_text (statement, 3, from);
  forlop_statement_bind_integer (statement, 4, limit);

  return forlop_sqlite_list (statement, read_text, g_free, error);
}

static GPtrArray *
sqlite_list_changed (ForlopServerStorage  *self,
                     gint64                after,
                     unsigned int          limit,
                     GError              **error)
{
  static const char sql[] =
    "SELECT scope FROM (SELECT scope FROM record INDEXED BY record_seq WHERE seq > ?1 ORDER BY seq LIMIT ?2) UNION ALL "
    "SELECT scope FROM (SELECT scope FROM measurement INDEXED BY measurement_seq WHERE seq > ?1 ORDER BY seq LIMIT ?2)";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);

  if (statement == NULL)
    return NULL;
  forlop_statement_bind_integer (statement, 1, after);
  forlop_statement_bind_integer (statement, 2, limit);

  return forlop_sqlite_list (statement, read_text, g_free, error);
}

static gboolean
sqlite_list_measured (ForlopServerStorage  *self,
                      const char           *scope,
                      gint64                from,
                      gint64                to,
                      GArray               *measured,
                      GError              **error)
{
  static const char sql[] =
    "SELECT id, code, value, quality, measured_at, received_at, source FROM measurement "
    "WHERE scope = ?1 AND measured_at BETWEEN ?2 AND ?3 AND deleted = 0 ORDER BY measured_at, id";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, scope);
  forlop_statement_bind_integer (statement, 2, from);
  forlop_statement_bind_integer (statement, 3, to);
  while (forlop_sqlite_step (statement, &has_row, error))
    {
      ForlopMeasurement row;
      gsize length;

      if (!has_row)
        return TRUE;
      row = (ForlopMeasurement) {
        .value = forlop_statement_is_null (statement, 2) ? NAN : forlop_statement_get_real (statement, 2),
        .measured_at = forlop_statement_get_instant (statement, 4),
        .received_at = forlop_statement_get_instant (statement, 5),
      };
      memcpy (row.id, forlop_statement_get_blob (statement, 0, &length), sizeof row.id);
      forlop_measurement_set_codes (&row, forlop_statement_get_text (statement, 1),
                                    forlop_statement_get_text (statement, 3),
                                    forlop_statement_get_text (statement, 6));
      g_array_append_val (measured, row);
    }

  return FALSE;
}

void
forlop_sqlite_fill_lists (ForlopServerStorageFuncs *funcs)
{
  funcs->list_scope = sqlite_list_scope;
  funcs->list_kinds = sqlite_list_kinds;
  funcs->list_type = sqlite_list_type;
  funcs->list_functions = sqlite_list_functions;
  funcs->list_untaken = sqlite_list_untaken;
  funcs->list_waiting = sqlite_list_waiting;
  funcs->list_raised = sqlite_list_raised;
  funcs->list_followed = sqlite_list_followed;
  funcs->list_changed = sqlite_list_changed;
  funcs->list_measured = sqlite_list_measured;
}
