/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sqlite-private.h"

static ForlopStatement *
prepare (ForlopServerStorage       *self,
         const char                *sql,
         const ForlopSyncContents  *contents,
         GError                   **error)
{
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);

  if (statement == NULL)
    return NULL;
  forlop_statement_bind_text (statement, 1, contents->type->name);
  forlop_statement_bind_id (statement, 2, contents->id);
  forlop_statement_bind_text (statement, 3, contents->field);
  forlop_statement_bind_text (statement, 4, contents->hash);

  return g_steal_pointer (&statement);
}

static gboolean
sqlite_get_contents (ForlopServerStorage       *self,
                     const ForlopSyncContents  *contents,
                     gint64                    *length,
                     gint64                    *have,
                     GError                   **error)
{
  static const char sql[] =
    "SELECT total, part_offset + length (part) FROM contents "
    "WHERE type = ?1 AND id = ?2 AND field = ?3 AND hash = ?4 ORDER BY part_offset DESC LIMIT 1";
  g_autoptr (ForlopStatement) statement = prepare (self, sql, contents, error);
  gboolean has_row;

  if (statement == NULL || !forlop_sqlite_step (statement, &has_row, error))
    return FALSE;
  *length = has_row ? forlop_statement_get_integer (statement, 0) : -1;
  *have = has_row ? forlop_statement_get_integer (statement, 1) : 0;

  return TRUE;
}

static gboolean
sqlite_add_contents (ForlopServerStorage       *self,
                     const ForlopSyncContents  *contents,
                     gint64                     offset,
                     GBytes                    *part,
                     GError                   **error)
{
  static const char sql[] =
    "INSERT INTO contents (type, id, field, hash, part_offset, total, part) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
  g_autoptr (ForlopStatement) statement = prepare (self, sql, contents, error);
  gconstpointer bytes;
  gsize length;

  if (statement == NULL)
    return FALSE;
  bytes = g_bytes_get_data (part, &length);
  forlop_statement_bind_integer (statement, 5, offset);
  forlop_statement_bind_integer (statement, 6, contents->length);
  forlop_statement_bind_blob (statement, 7, bytes != NULL ? bytes : "", length);

  return forlop_sqlite_execute (statement, error);
}

static gpointer
read_part (ForlopStatement *statement)
{
  gsize length;
  gconstpointer bytes = forlop_statement_get_blob (statement, 0, &length);

  return g_bytes_new (bytes, length);
}

static gboolean
sqlite_read_contents (ForlopServerStorage       *self,
                      const ForlopSyncContents  *contents,
                      gint64                     offset,
                      GBytes                   **part,
                      GError                   **error)
{
  static const char sql[] =
    "SELECT part FROM contents "
    "WHERE type = ?1 AND id = ?2 AND field = ?3 AND hash = ?4 AND part_offset = ?5";
  g_autoptr (ForlopStatement) statement = prepare (self, sql, contents, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_integer (statement, 5, offset);

  return forlop_sqlite_first (statement, read_part, (gpointer *) part, error);
}

static gboolean
sqlite_drop_contents (ForlopServerStorage  *self,
                      const char           *type,
                      const char           *id,
                      const char           *hash,
                      GError              **error)
{
  static const char sql[] =
    "DELETE FROM contents WHERE type = ?1 AND id = ?2 AND (?3 IS NULL OR hash = ?3)";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, type);
  forlop_statement_bind_id (statement, 2, id);
  forlop_statement_bind_text (statement, 3, hash);

  return forlop_sqlite_execute (statement, error);
}

void
forlop_sqlite_fill_contents (ForlopServerStorageFuncs *funcs)
{
  funcs->get_contents = sqlite_get_contents;
  funcs->add_contents = sqlite_add_contents;
  funcs->read_contents = sqlite_read_contents;
  funcs->drop_contents = sqlite_drop_contents;
}
