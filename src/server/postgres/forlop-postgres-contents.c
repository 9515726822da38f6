/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-postgres-private.h"

static void
call_contents (ForlopPostgresCall       *call,
               const ForlopSyncContents *contents)
{
  forlop_postgres_call_text (call, contents->type->name);
  forlop_postgres_call_id (call, contents->id);
  forlop_postgres_call_text (call, contents->field);
  forlop_postgres_call_text (call, contents->hash);
}

static gboolean
postgres_get_contents (ForlopServerStorage       *self,
                       const ForlopSyncContents  *contents,
                       gint64                    *length,
                       gint64                    *have,
                       GError                   **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "SELECT total, part_offset + length (part) FROM contents "
           "WHERE type = $1 AND id = $2 AND field = $3 AND hash = $4 ORDER BY part_offset DESC LIMIT 1",
  };
  g_autoptr (PGresult) result = NULL;
  gboolean has_row;

  call_contents (&call, contents);
  result = forlop_postgres_ask (FORLOP_POSTGRES (self), &call, error);
  if (result == NULL)
    return FALSE;
  has_row = PQntuples (result) > 0;
  *length = has_row ? forlop_postgres_get_integer (result, 0, 0) : -1;
  *have = has_row ? forlop_postgres_get_integer (result, 0, 1) : 0;

  return TRUE;
}

static gboolean
postgres_add_contents (ForlopServerStorage       *self,
                       const ForlopSyncContents  *contents,
                       gint64                     offset,
                       GBytes                    *part,
                       GError                   **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "INSERT INTO contents (type, id, field, hash, part_offset, total, part) "
           "VALUES ($1, $2, $3, $4, $5, $6, $7)",
  };
  gsize length;
  const guint8 *bytes = g_bytes_get_data (part, &length);

  call_contents (&call, contents);
  forlop_postgres_call_integer (&call, offset);
  forlop_postgres_call_integer (&call, contents->length);
  forlop_postgres_call_blob (&call, bytes, length);

  return forlop_postgres_send (FORLOP_POSTGRES (self), &call, error);
}

static gpointer
read_part (PGresult *result,
           int       row)
{
  gsize length;
  guint8 *bytes = PQunescapeBytea ((const guint8 *) PQgetvalue (result, row, 0), &length);

  return g_bytes_new_with_free_func (bytes, length, PQfreemem, bytes);
}

static gboolean
postgres_read_contents (ForlopServerStorage       *self,
                        const ForlopSyncContents  *contents,
                        gint64                     offset,
                        GBytes                   **part,
                        GError                   **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "SELECT part FROM contents "
           "WHERE type = $1 AND id = $2 AND field = $3 AND hash = $4 AND part_offset = $5",
  };

  call_contents (&call, contents);
  forlop_postgres_call_integer (&call, offset);

  return forlop_postgres_first (self, &call, read_part, (gpointer *) part, error);
}

static gboolean
postgres_drop_contents (ForlopServerStorage  *self,
                        const char           *type,
                        const char           *id,
                        const char           *hash,
                        GError              **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "DELETE FROM contents WHERE type = $1 AND id = $2 AND ($3::text IS NULL OR hash = $3)",
  };

  forlop_postgres_call_text (&call, type);
  forlop_postgres_call_id (&call, id);
  forlop_postgres_call_text (&call, hash);

  return forlop_postgres_send (FORLOP_POSTGRES (self), &call, error);
}

void
forlop_postgres_fill_contents (ForlopServerStorageFuncs *funcs)
{
  funcs->get_contents = postgres_get_contents;
  funcs->add_contents = postgres_add_contents;
  funcs->read_contents = postgres_read_contents;
  funcs->drop_contents = postgres_drop_contents;
}
