/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-people-search.h"
#include "forlop-sqlite-private.h"

static gboolean
drop_person (ForlopServerStorage  *self,
             const char           *id,
             GError              **error)
{
  g_autoptr (ForlopStatement) statement =
    forlop_sqlite_prepare (self, "DELETE FROM person WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, id);

  return forlop_sqlite_execute (statement, error);
}

gboolean
forlop_sqlite_put_person (ForlopServerStorage  *self,
                          const ForlopSyncRow  *row,
                          GError              **error)
{
  static const char sql[] = "INSERT OR REPLACE INTO person (id, words) VALUES (?1, ?2)";
  g_autoptr (ForlopStatement) statement = NULL;
  g_autoptr (ForlopRecord) citizen = NULL;
  g_autofree char *words = NULL;

  if (!row->deleted)
    {
      citizen = forlop_sync_row_to_record (row, error);
      if (citizen == NULL)
        return FALSE;
      words = forlop_people_words (citizen);
    }
  if (words == NULL)
    return drop_person (self, row->id, error);

  statement = forlop_sqlite_prepare (self, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, row->id);
  forlop_statement_bind_text (statement, 2, words);

  return forlop_sqlite_execute (statement, error);
}

static gpointer
read_id (ForlopStatement *statement)
{
  return forlop_statement_dup_id (statement, 0);
}

GPtrArray *
forlop_sqlite_search_people (ForlopServerStorage  *self,
                             GPtrArray            *needles,
                             unsigned int          limit,
                             GError              **error)
{
  static const char sql[] =
    "SELECT id FROM person WHERE instr (words, ?2) > 0 AND instr (words, ?3) > 0 "
    "AND instr (words, ?4) > 0 AND instr (words, ?5) > 0 AND instr (words, ?6) > 0 "
    "AND instr (words, ?7) > 0 ORDER BY words, id LIMIT ?1";
  g_autoptr (ForlopStatement) statement = NULL;

  g_assert (needles->len > 0 && needles->len <= FORLOP_PEOPLE_SEARCH_WORDS);

  statement = forlop_sqlite_prepare (self, sql, error);
  if (statement == NULL)
    return NULL;
  forlop_statement_bind_integer (statement, 1, limit);
  for (unsigned int i = 0; i < FORLOP_PEOPLE_SEARCH_WORDS; i++)
    forlop_statement_bind_text (statement, (int) i + 2,
                                i < needles->len ? g_ptr_array_index (needles, i) : "");

  return forlop_sqlite_list (statement, read_id, g_free, error);
}
