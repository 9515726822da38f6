/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-access-store.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "forlop-person-store.h"
#include "forlop-store-error.h"

#define HASH_LENGTH 32

/* Where the newest hash is kept a second time, so that rows cut off at the end are missed. */
#define HEAD_KEY "access-log-head"

void
forlop_access_free (ForlopAccess *self)
{
  if (self == NULL)
    return;

  g_free (self->user_id);
  g_free (self->user_name);
  g_free (self->unit_id);
  g_free (self->citizen_id);
  g_free (self->kinds);
  g_free (self->reason);
  g_free (self);
}

/* Each part goes in with its length, so that no two different rows make the same bytes. */
static void
add_text (GChecksum  *sum,
          const char *text)
{
  guint32 length = text != NULL ? GUINT32_TO_LE ((guint32) strlen (text)) : G_MAXUINT32;

  g_checksum_update (sum, (const guchar *) &length, sizeof length);
  if (text != NULL)
    g_checksum_update (sum, (const guchar *) text, (gssize) strlen (text));
}

static void
hash_row (const ForlopAccess *row,
          const guint8        previous[HASH_LENGTH],
          guint8              hash[HASH_LENGTH])
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gint64 at = GINT64_TO_LE (row->at);
  gsize length = HASH_LENGTH;

  g_checksum_update (sum, previous, HASH_LENGTH);
  g_checksum_update (sum, (const guchar *) &at, sizeof at);
  add_text (sum, row->user_id);
  add_text (sum, row->role);
  add_text (sum, row->unit_id);
  add_text (sum, row->citizen_id);
  add_text (sum, row->action);
  add_text (sum, row->kinds);
  add_text (sum, row->reason);
  g_checksum_get_digest (sum, hash, &length);
}

/* The newest hash; zeros before the first row. */
static gboolean
read_last_hash (ForlopConnection  *connection,
                guint8             hash[HASH_LENGTH],
                GError           **error)
{
  static const char sql[] = "SELECT hash FROM access_log ORDER BY n DESC LIMIT 1";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  memset (hash, 0, HASH_LENGTH);
  if (statement == NULL || !forlop_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    {
      gsize length;
      const guint8 *last = forlop_statement_get_blob (statement, 0, &length);

      if (length == HASH_LENGTH)
        memcpy (hash, last, HASH_LENGTH);
    }

  return TRUE;
}

static gboolean
save_head (ForlopConnection  *connection,
           const guint8       hash[HASH_LENGTH],
           GError           **error)
{
  static const char sql[] = "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, hex (?2))";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, HEAD_KEY);
  forlop_statement_bind_blob (statement, 2, hash, HASH_LENGTH);

  return forlop_statement_execute (statement, error);
}

/**
 * forlop_access_store_append:
 * @actor: (nullable): who did it, in which function.
 * @citizen_id: (nullable): whose record; %NULL for many at once.
 * @action: a code, such as %FORLOP_ACCESS_OPENED.
 * @kinds: (nullable): what kinds of information.
 * @reason: (nullable): why.
 * @at: when, in milliseconds UTC.
 *
 * Logs that somebody sees or takes out what is recorded of citizens. On the writer, inside its
 * transaction, and before it is seen.
 */
gboolean
forlop_access_store_append (ForlopConnection   *connection,
                            const ForlopActor  *actor,
                            const char         *citizen_id,
                            const char         *action,
                            const char         *kinds,
                            const char         *reason,
                            gint64              at,
                            GError            **error)
{
  static const char sql[] =
    "INSERT INTO access_log (at, user_id, role, unit_id, citizen_id, action, kinds, reason, previous, "
    "hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
  g_autoptr (ForlopStatement) statement = NULL;
  ForlopAccess row = { .at = at, .action = action };
  guint8 previous[HASH_LENGTH];
  guint8 hash[HASH_LENGTH];

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (action != NULL, FALSE);

  row.user_id = actor != NULL ? actor->user_id : NULL;
  row.role = actor != NULL ? actor->role : NULL;
  row.unit_id = actor != NULL ? actor->unit_id : NULL;
  row.citizen_id = (char *) citizen_id;
  row.kinds = (char *) kinds;
  row.reason = (char *) reason;
  if (!read_last_hash (connection, previous, error))
    return FALSE;
  hash_row (&row, previous, hash);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_integer (statement, 1, at);
  forlop_statement_bind_id (statement, 2, row.user_id);
  forlop_statement_bind_text (statement, 3, row.role);
  forlop_statement_bind_id (statement, 4, row.unit_id);
  forlop_statement_bind_id (statement, 5, citizen_id);
  forlop_statement_bind_text (statement, 6, action);
  forlop_statement_bind_text (statement, 7, kinds);
  forlop_statement_bind_text (statement, 8, reason);
  forlop_statement_bind_blob (statement, 9, previous, HASH_LENGTH);
  forlop_statement_bind_blob (statement, 10, hash, HASH_LENGTH);
  if (!forlop_statement_execute (statement, error))
    return FALSE;
  forlop_connection_touch (connection, "access_log");

  return save_head (connection, hash, error);
}

static gboolean
is_found_today (ForlopConnection   *connection,
                const ForlopActor  *actor,
                const char         *citizen_id,
                gint64              day,
                gboolean           *found,
                GError            **error)
{
  static const char sql[] =
    "SELECT EXISTS (SELECT 1 FROM access_log WHERE citizen_id = ?1 AND action = ?2 AND user_id IS ?3 "
    "AND at >= ?4)";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, citizen_id);
  forlop_statement_bind_text (statement, 2, FORLOP_ACCESS_FOUND);
  forlop_statement_bind_id (statement, 3, actor != NULL ? actor->user_id : NULL);
  forlop_statement_bind_integer (statement, 4, day);
  if (!forlop_statement_step (statement, &has_row, error))
    return FALSE;
  *found = forlop_statement_get_boolean (statement, 0);

  return TRUE;
}

/**
 * forlop_access_store_found:
 * @citizen_ids: those a search showed.
 * @at: when, in milliseconds UTC.
 *
 * Logs that a search showed who these citizens are: for each of them once a day and user, so that
 * the log still tells something. On the writer, inside its transaction.
 */
gboolean
forlop_access_store_found (ForlopConnection   *connection,
                           const ForlopActor  *actor,
                           const char *const  *citizen_ids,
                           gint64              at,
                           GError            **error)
{
  gint64 day;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (citizen_ids != NULL, FALSE);

  day = forlop_instant_from_wall (forlop_instant_to_date (at), 0);
  for (unsigned int i = 0; citizen_ids[i] != NULL; i++)
    {
      gboolean found;

      if (!is_found_today (connection, actor, citizen_ids[i], day, &found, error) ||
          (!found && !forlop_access_store_append (connection, actor, citizen_ids[i],
                                                  FORLOP_ACCESS_FOUND, "citizen", NULL, at, error)))
        return FALSE;
    }

  return TRUE;
}

/* Columns: n, at, user, role, unit, citizen, action, kinds, reason, name of the user. */
static ForlopAccess *
read_access (ForlopStatement *statement)
{
  ForlopAccess *row = g_new0 (ForlopAccess, 1);

  row->n = forlop_statement_get_integer (statement, 0);
  row->at = forlop_statement_get_integer (statement, 1);
  row->user_id = forlop_statement_dup_id (statement, 2);
  row->role = g_intern_string (forlop_statement_get_text (statement, 3));
  row->unit_id = forlop_statement_dup_id (statement, 4);
  row->citizen_id = forlop_statement_dup_id (statement, 5);
  row->action = g_intern_string (forlop_statement_get_text (statement, 6));
  row->kinds = forlop_statement_dup_text (statement, 7);
  row->reason = forlop_statement_dup_text (statement, 8);
  row->user_name = forlop_statement_dup_text (statement, 9);

  return row;
}

GPtrArray *
forlop_access_store_list (ForlopConnection  *connection,
                          const char        *citizen_id,
                          unsigned int       limit,
                          GError           **error)
{
  static const char everybody_sql[] =
    "SELECT a.n, a.at, a.user_id, a.role, a.unit_id, a.citizen_id, a.action, a.kinds, a.reason, "
    "u.name FROM access_log a LEFT JOIN \"user\" u ON u.id = a.user_id ORDER BY a.n DESC LIMIT ?1";
  static const char citizen_sql[] =
    "SELECT a.n, a.at, a.user_id, a.role, a.unit_id, a.citizen_id, a.action, a.kinds, a.reason, "
    "u.name FROM access_log a LEFT JOIN \"user\" u ON u.id = a.user_id "
    "WHERE a.citizen_id IN " FORLOP_SAME_PERSON ("?2") " ORDER BY a.n DESC LIMIT ?1";
  g_autoptr (ForlopStatement) statement = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, NULL);

  statement = forlop_connection_prepare (connection,
                                         citizen_id != NULL ? citizen_sql : everybody_sql, error);
  if (statement == NULL)
    return NULL;
  forlop_statement_bind_integer (statement, 1, limit > 0 ? (gint64) limit : -1);
  if (citizen_id != NULL)
    forlop_statement_bind_id (statement, 2, citizen_id);

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_access_free);
  while (TRUE)
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&rows);
      g_ptr_array_add (rows, read_access (statement));
    }
}

static gboolean
is_head (ForlopConnection  *connection,
         const guint8       hash[HASH_LENGTH],
         gboolean          *matches,
         GError           **error)
{
  static const char sql[] = "SELECT value = hex (?2) FROM meta WHERE key = ?1";
  static const guint8 zeros[HASH_LENGTH];
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, HEAD_KEY);
  forlop_statement_bind_blob (statement, 2, hash, HASH_LENGTH);
  if (!forlop_statement_step (statement, &has_row, error))
    return FALSE;
  *matches = has_row ? forlop_statement_get_boolean (statement, 0)
                     : memcmp (hash, zeros, HASH_LENGTH) == 0;

  return TRUE;
}

static gboolean
is_hash (ForlopStatement *statement,
         int              column,
         const guint8     hash[HASH_LENGTH])
{
  gsize length;
  const guint8 *stored = forlop_statement_get_blob (statement, column, &length);

  return length == HASH_LENGTH && memcmp (stored, hash, HASH_LENGTH) == 0;
}

static void
set_broken (GError **error,
            gint64   n)
{
  g_autofree char *row = g_strdup_printf ("%" G_GINT64_FORMAT, n);

  g_set_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_DAMAGED,
               _("The access log does not hang together at row %s. Somebody or something has "
                 "changed it outside the program. Everything in it is kept; tell the "
                 "administrator, and compare with a backup."), row);
}

/**
 * forlop_access_store_verify:
 * @n_rows: (out) (optional): how many rows there are.
 *
 * Works out every hash again, from the first row to the last. DAMAGED names the first row that does
 * not fit.
 */
gboolean
forlop_access_store_verify (ForlopConnection  *connection,
                            gint64            *n_rows,
                            GError           **error)
{
  static const char sql[] =
    "SELECT n, at, user_id, role, unit_id, citizen_id, action, kinds, reason, NULL, previous, hash "
    "FROM access_log ORDER BY n";
  g_autoptr (ForlopStatement) statement = NULL;
  guint8 hash[HASH_LENGTH] = { 0 };
  gint64 n = 0;
  gboolean has_row = TRUE;
  gboolean matches;

  g_return_val_if_fail (connection != NULL, FALSE);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;

  while (TRUE)
    {
      g_autoptr (ForlopAccess) row = NULL;

      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      row = read_access (statement);
      matches = is_hash (statement, 10, hash);
      hash_row (row, hash, hash);
      if (!matches || !is_hash (statement, 11, hash))
        {
          set_broken (error, row->n);
          return FALSE;
        }
      n++;
    }

  if (!is_head (connection, hash, &matches, error))
    return FALSE;
  if (!matches)
    {
      set_broken (error, n + 1);
      return FALSE;
    }
  if (n_rows != NULL)
    *n_rows = n;

  return TRUE;
}
