/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-people-search.h"
#include "forlop-postgres-private.h"

gboolean
forlop_postgres_put_person (ForlopServerStorage  *self,
                            const ForlopSyncRow  *row,
                            GError              **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "INSERT INTO person (id, words) VALUES ($1, $2) "
           "ON CONFLICT (tenant_id, id) DO UPDATE SET words = $2",
  };
  g_autoptr (ForlopRecord) citizen = NULL;
  g_autofree char *words = NULL;

  if (!row->deleted)
    {
      citizen = forlop_sync_row_to_record (row, error);
      if (citizen == NULL)
        return FALSE;
      words = forlop_people_words (citizen);
    }

  forlop_postgres_call_id (&call, row->id);
  if (words == NULL)
    call.sql = "DELETE FROM person WHERE id = $1";
  else
    forlop_postgres_call_text (&call, words);

  return forlop_postgres_send (FORLOP_POSTGRES (self), &call, error);
}

static gpointer
read_id (PGresult *result,
         int       row)
{
  return forlop_postgres_dup_text (result, row, 0);
}

GPtrArray *
forlop_postgres_search_people (ForlopServerStorage  *self,
                               GPtrArray            *needles,
                               unsigned int          limit,
                               GError              **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "SELECT id FROM person WHERE strpos (words, $2) > 0 AND strpos (words, $3) > 0 "
           "AND strpos (words, $4) > 0 AND strpos (words, $5) > 0 AND strpos (words, $6) > 0 "
           "AND strpos (words, $7) > 0 ORDER BY words, id LIMIT $1",
  };

  g_assert (needles->len > 0 && needles->len <= FORLOP_PEOPLE_SEARCH_WORDS);

  forlop_postgres_call_integer (&call, limit);
  for (unsigned int i = 0; i < FORLOP_PEOPLE_SEARCH_WORDS; i++)
    forlop_postgres_call_text (&call, i < needles->len ? g_ptr_array_index (needles, i) : "");

  return forlop_postgres_list (self, &call, read_id, g_free, error);
}
