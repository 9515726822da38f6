/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-epj-store.h"

#include "forlop-epj-text.h"
#include "forlop-error.h"
#include "forlop-person-store.h"
#include "forlop-record-store.h"

/* An id as its text; a mark names what it is on by text, because it can be of several kinds. */
#define ID_TEXT(id) \
  "lower (substr (hex (" id "), 1, 8) || '-' || substr (hex (" id "), 9, 4) || '-' || " \
  "substr (hex (" id "), 13, 4) || '-' || substr (hex (" id "), 17, 4) || '-' || " \
  "substr (hex (" id "), 21))"

#define NOT_MARKED \
  "NOT EXISTS (SELECT 1 FROM carry_over m WHERE m.target = 'epj' AND m.deleted = 0 " \
  "AND m.subject_id = " ID_TEXT ("e.id") ")"

/* A day is its midnight in UTC here: it only orders the list. */
#define DAY_MS(day) "CAST (unixepoch (" day ") AS INTEGER) * 1000"

#define ENTRIES \
  "SELECT 'contact_log' AS type, e.id, e.citizen_id, e.case_id, e.at AS at, e.user_id AS user_id " \
  "FROM contact_log e WHERE e.deleted = 0 AND " NOT_MARKED \
  " UNION ALL SELECT 'note', e.id, e.citizen_id, e.case_id, e.written_at, e.user_id " \
  "FROM note e WHERE e.deleted = 0 AND " NOT_MARKED \
  " UNION ALL SELECT 'evaluation', e.id, e.citizen_id, e.case_id, " DAY_MS ("e.held_on") ", e.held_by " \
  "FROM evaluation e WHERE e.deleted = 0 AND " NOT_MARKED \
  " UNION ALL SELECT 'decision', e.id, e.citizen_id, e.case_id, " DAY_MS ("e.decided_on") ", " \
  "e.decided_by FROM decision e WHERE e.deleted = 0 AND " NOT_MARKED

void
forlop_epj_entry_free (ForlopEpjEntry *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->citizen_id);
  g_free (self->case_id);
  g_free (self->name);
  g_free (self->written_by);
  g_free (self);
}

static ForlopEpjEntry *
read_entry (ForlopStatement *statement)
{
  ForlopEpjEntry *entry = g_new0 (ForlopEpjEntry, 1);

  entry->type = g_intern_string (forlop_statement_get_text (statement, 0));
  entry->id = forlop_statement_dup_id (statement, 1);
  entry->citizen_id = forlop_statement_dup_id (statement, 2);
  entry->case_id = forlop_statement_dup_id (statement, 3);
  entry->name = forlop_statement_dup_text (statement, 4);
  entry->at = forlop_statement_get_instant (statement, 5);
  entry->written_by = forlop_statement_dup_text (statement, 6);

  return entry;
}

/**
 * forlop_epj_store_list:
 * @limit: at most so many; 0 for all of them.
 *
 * Returns: (transfer full): a #GPtrArray of #ForlopEpjEntry.
 */
GPtrArray *
forlop_epj_store_list (ForlopConnection  *connection,
                       const char        *citizen_id,
                       const char        *user_id,
                       unsigned int       limit,
                       GError           **error)
{
  static const char sql[] =
    "SELECT x.type, x.id, x.citizen_id, x.case_id, r.name, x.at, u.name FROM (" ENTRIES ") x "
    "LEFT JOIN citizen_row r ON r.id = x.citizen_id LEFT JOIN \"user\" u ON u.id = x.user_id "
    "WHERE (?1 IS NULL OR x.citizen_id IN " FORLOP_SAME_PERSON ("?1") ") AND (?2 IS NULL OR x.user_id = ?2) "
    "ORDER BY x.at, x.id LIMIT ?3";
  g_autoptr (GPtrArray) entries =
    g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_epj_entry_free);
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, NULL);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;
  forlop_statement_bind_id (statement, 1, citizen_id);
  forlop_statement_bind_id (statement, 2, user_id);
  forlop_statement_bind_integer (statement, 3, limit > 0 ? (gint64) limit : -1);

  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (entries, read_entry (statement));
    }
  while (has_row);

  return g_steal_pointer (&entries);
}

/**
 * forlop_epj_store_count:
 *
 * How many entries are not marked; -1 on an error.
 */
gint64
forlop_epj_store_count (ForlopConnection  *connection,
                        GError           **error)
{
  static const char sql[] = "SELECT count (*) FROM (" ENTRIES ")";
  gint64 n = 0;

  g_return_val_if_fail (connection != NULL, -1);

  return forlop_connection_query_integer (connection, sql, &n, error) ? n : -1;
}

static ForlopRecord *
load_referred (ForlopConnection *connection,
               ForlopRecord     *record,
               const char       *field,
               const char       *type)
{
  const char *id = NULL;

  if (forlop_record_type_field (forlop_record_get_rtype (record), field) != NULL)
    id = forlop_record_get_text (record, field);

  return id != NULL ? forlop_record_store_load (connection, type, id, NULL) : NULL;
}

char *
forlop_epj_store_text (ForlopConnection  *connection,
                       const char        *type,
                       const char        *id,
                       GError           **error)
{
  g_autoptr (ForlopRecord) record = NULL;
  g_autoptr (ForlopRecord) alert = NULL;
  g_autoptr (ForlopRecord) user = NULL;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (forlop_epj_text_knows (type), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  record = forlop_record_store_load (connection, type, id, error);
  if (record == NULL)
    return NULL;
  alert = load_referred (connection, record, "alert_id", "alert");
  user = load_referred (connection, record, forlop_epj_text_author (type), "user");

  return forlop_epj_text (record, alert, user);
}
