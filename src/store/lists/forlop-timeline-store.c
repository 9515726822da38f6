/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-timeline-store.h"

#include <string.h>

#include "forlop-person-store.h"

/* Later than everything. */
#define NO_KEY "ffffffff-ffff-ffff-ffff-ffffffffffff"

typedef struct {
  char *by;
  gint64 at;
} TakenBack;

void
forlop_timeline_entry_free (ForlopTimelineEntry *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->act);
  g_free (self->op_id);
  g_free (self->subject_type);
  g_free (self->subject_id);
  g_free (self->arguments);
  g_free (self->by);
  g_free (self->taken_back_by);
  g_free (self->reason);
  g_free (self);
}

static void
taken_back_free (gpointer data)
{
  TakenBack *taken_back = data;

  g_free (taken_back->by);
  g_free (taken_back);
}

/* Which acts on the citizen were taken back, by whom and when. */
static GHashTable *
list_taken_back (ForlopConnection  *connection,
                 const char        *citizen_id,
                 GError           **error)
{
  static const char sql[] =
    "SELECT e.undoes, u.name, e.at FROM event e LEFT JOIN user u ON u.id = e.user_id "
    "WHERE e.citizen_id IN " FORLOP_SAME_PERSON ("?1") " AND e.undoes IS NOT NULL AND e.deleted = 0";
  g_autoptr (GHashTable) acts =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, taken_back_free);
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  forlop_statement_bind_id (statement, 1, citizen_id);

  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (has_row)
        {
          TakenBack *taken_back = g_new0 (TakenBack, 1);

          taken_back->by = forlop_statement_dup_text (statement, 1);
          taken_back->at = forlop_statement_get_instant (statement, 2);
          g_hash_table_replace (acts, forlop_statement_dup_text (statement, 0), taken_back);
        }
    }
  while (has_row);

  return g_steal_pointer (&acts);
}

static gint64
before_at (const ForlopTimelineQuery *query)
{
  return query->before_at != FORLOP_INSTANT_NONE ? query->before_at : G_MAXINT64;
}

static const char *
before_id (const ForlopTimelineQuery *query)
{
  return query->before_id != NULL ? query->before_id : NO_KEY;
}

static gboolean
wants (const ForlopTimelineQuery *query,
       ForlopEventKind            kind)
{
  return query->kind == NULL || g_str_equal (query->kind, forlop_event_kind_code (kind));
}

/* Measurements are many: those that were red or yellow stand on the time line themselves, and the
 * others in their own list. One that was written in by mistake and taken back is told. */
static gboolean
is_told (const ForlopTimelineEntry *entry)
{
  return g_strcmp0 (entry->subject_type, "measurement") != 0 ||
         entry->taken_back_at != FORLOP_INSTANT_NONE;
}

static ForlopTimelineEntry *
read_event (ForlopStatement *statement,
            GHashTable      *taken_back)
{
  ForlopTimelineEntry *entry = g_new0 (ForlopTimelineEntry, 1);
  const TakenBack *by;

  entry->id = forlop_statement_dup_id (statement, 0);
  entry->at = forlop_statement_get_instant (statement, 1);
  entry->act = forlop_statement_dup_text (statement, 2);
  entry->op_id = forlop_statement_dup_id (statement, 3);
  entry->subject_type = forlop_statement_dup_text (statement, 4);
  entry->subject_id = forlop_statement_dup_text (statement, 5);
  entry->arguments = forlop_statement_dup_text (statement, 6);
  entry->by = forlop_statement_dup_text (statement, 7);
  entry->kind = forlop_event_kind_of (entry->act, entry->subject_type);
  entry->taken_back_at = FORLOP_INSTANT_NONE;

  by = entry->op_id != NULL ? g_hash_table_lookup (taken_back, entry->op_id) : NULL;
  if (by != NULL)
    {
      entry->taken_back_by = g_strdup (by->by);
      entry->taken_back_at = by->at;
    }

  return entry;
}

/* The event of an act that took something back is not shown: what it took back says so itself. */
static gboolean
list_events (ForlopConnection           *connection,
             const ForlopTimelineQuery  *query,
             const char                 *citizen_id,
             GHashTable                 *taken_back,
             GPtrArray                  *entries,
             GError                    **error)
{
  static const char sql[] =
    "SELECT e.id, e.at, e.act, e.vtag, e.subject_type, e.subject_id, e.arguments, u.name "
    "FROM event e LEFT JOIN user u ON u.id = e.user_id "
    "WHERE e.citizen_id = ?1 AND (?2 IS NULL OR e.case_id = ?2 OR e.case_id IS NULL) "
    "AND (e.at, e.id) < (?3, ?4) AND e.undoes IS NULL AND e.deleted = 0 "
    "AND (?5 OR e.subject_type IS NOT 'measurement') "
    "ORDER BY e.at DESC, e.id DESC";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  unsigned int n = 0;
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, citizen_id);
  forlop_statement_bind_id (statement, 2, query->case_id);
  forlop_statement_bind_integer (statement, 3, before_at (query));
  forlop_statement_bind_id (statement, 4, before_id (query));
  /* Thousands of measurements are passed over quicker in the file than here. */
  forlop_statement_bind_boolean (statement, 5, g_hash_table_size (taken_back) > 0);

  do
    {
      g_autoptr (ForlopTimelineEntry) entry = NULL;

      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      entry = read_event (statement, taken_back);
      if (is_told (entry) && wants (query, entry->kind))
        {
          g_ptr_array_add (entries, g_steal_pointer (&entry));
          n++;
        }
    }
  while (n < query->limit);

  return TRUE;
}

static gboolean
list_alarming (ForlopConnection           *connection,
               const ForlopTimelineQuery  *query,
               const char                 *citizen_id,
               GPtrArray                  *entries,
               GError                    **error)
{
  static const char sql[] =
    "SELECT id, measured_at, code, value, severity, reason FROM measurement "
    "WHERE citizen_id = ?1 AND (measured_at, id) < (?2, ?3) AND invalid = 0 "
    "AND severity IN ('red', 'yellow') ORDER BY measured_at DESC, id DESC LIMIT ?4";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, citizen_id);
  forlop_statement_bind_integer (statement, 2, before_at (query));
  forlop_statement_bind_id (statement, 3, before_id (query));
  forlop_statement_bind_integer (statement, 4, query->limit);

  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (has_row)
        {
          ForlopTimelineEntry *entry = g_new0 (ForlopTimelineEntry, 1);

          entry->id = forlop_statement_dup_id (statement, 0);
          entry->at = forlop_statement_get_instant (statement, 1);
          entry->kind = FORLOP_EVENT_KIND_MEASUREMENT;
          entry->code = g_intern_string (forlop_statement_get_text (statement, 2));
          entry->value = forlop_statement_get_real (statement, 3);
          entry->severity = g_intern_string (forlop_statement_get_text (statement, 4));
          entry->reason = forlop_statement_dup_text (statement, 5);
          entry->taken_back_at = FORLOP_INSTANT_NONE;
          g_ptr_array_add (entries, entry);
        }
    }
  while (has_row);

  return TRUE;
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  const ForlopTimelineEntry *one = *(const ForlopTimelineEntry *const *) a;
  const ForlopTimelineEntry *other = *(const ForlopTimelineEntry *const *) b;

  if (one->at != other->at)
    return one->at > other->at ? -1 : 1;

  return -strcmp (one->id, other->id);
}

/**
 * forlop_timeline_store_list:
 *
 * One page of the time line. Give the time and id of its last entry to get the next.
 */
GPtrArray *
forlop_timeline_store_list (ForlopConnection           *connection,
                            const ForlopTimelineQuery  *query,
                            GError                    **error)
{
  g_autoptr (GPtrArray) entries =
    g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_timeline_entry_free);
  g_autoptr (GHashTable) taken_back = NULL;
  g_autoptr (GPtrArray) ids = NULL;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (query != NULL && query->citizen_id != NULL, NULL);
  g_return_val_if_fail (query->limit > 0, NULL);

  taken_back = list_taken_back (connection, query->citizen_id, error);
  ids = taken_back != NULL ? forlop_person_store_list_ids (connection, query->citizen_id, error) : NULL;
  if (ids == NULL)
    return NULL;
  for (unsigned int i = 0; i < ids->len; i++)
    if (!list_events (connection, query, g_ptr_array_index (ids, i), taken_back, entries, error) ||
        (wants (query, FORLOP_EVENT_KIND_MEASUREMENT) &&
         !list_alarming (connection, query, g_ptr_array_index (ids, i), entries, error)))
      return NULL;

  g_ptr_array_sort (entries, compare_newest_first);
  if (entries->len > query->limit)
    g_ptr_array_set_size (entries, query->limit);

  return g_steal_pointer (&entries);
}

gboolean
forlop_timeline_store_count_blocked_notes (ForlopConnection  *connection,
                                           const char        *citizen_id,
                                           unsigned int      *n,
                                           GError           **error)
{
  static const char sql[] =
    "SELECT vtag, act = 'block-note' FROM event WHERE citizen_id IN " FORLOP_SAME_PERSON ("?1")
    " AND act IN ('block-note', 'lift-note-block') AND deleted = 0";
  g_autoptr (ForlopStatement) statement = NULL;
  g_autoptr (GHashTable) taken_back = NULL;
  gboolean has_row;
  int balance = 0;

  g_return_val_if_fail (citizen_id != NULL && n != NULL, FALSE);

  statement = forlop_connection_prepare (connection, sql, error);
  taken_back = statement != NULL ? list_taken_back (connection, citizen_id, error) : NULL;
  if (taken_back == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, citizen_id);
  do
    {
      g_autofree char *op_id = NULL;

      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      op_id = has_row ? forlop_statement_dup_id (statement, 0) : NULL;
      if (op_id != NULL && !g_hash_table_contains (taken_back, op_id))
        balance += forlop_statement_get_integer (statement, 1) ? 1 : -1;
    }
  while (has_row);
  *n = (unsigned int) MAX (balance, 0);

  return TRUE;
}
