/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-blob-sweep.h"

#include "forlop-upload-store.h"

/* What a record names; most often that is all there is. */
static GHashTable *
list_named (ForlopConnection  *connection,
            GError           **error)
{
  g_autoptr (GHashTable) hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) named = forlop_upload_store_list_named (connection, error);

  if (named == NULL)
    return NULL;
  for (unsigned int i = 0; i < named->len; i++)
    g_hash_table_add (hashes, g_strdup (((const ForlopSyncContents *) g_ptr_array_index (named, i))->hash));

  return g_steal_pointer (&hashes);
}

/* An act in the history or one that was refused, a form that is being written, a row of the server's: whoever
 * may still show it. */
static gboolean
is_mentioned (ForlopConnection  *connection,
              const char        *hash,
              gboolean          *mentioned,
              GError           **error)
{
  static const char sql[] =
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM upload WHERE hash = ?1) "
    "OR EXISTS (SELECT 1 FROM purged_blob WHERE hash = ?1) "
    "OR EXISTS (SELECT 1 FROM changeset WHERE instr (body, ?1) > 0) "
    "OR EXISTS (SELECT 1 FROM draft WHERE instr (body, ?1) > 0) "
    "OR EXISTS (SELECT 1 FROM server_row WHERE instr (body, ?1) > 0)";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, hash);

  return forlop_statement_step (statement, mentioned, error);
}

gboolean
forlop_blob_sweep (ForlopConnection  *connection,
                   ForlopBlobStore   *blobs,
                   GError           **error)
{
  g_autoptr (GHashTable) named = NULL;
  g_autoptr (GPtrArray) others = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (FORLOP_IS_BLOB_STORE (blobs), FALSE);

  if (!g_file_test (forlop_blob_store_get_folder (blobs), G_FILE_TEST_IS_DIR))
    return TRUE;
  named = list_named (connection, error);
  others = named != NULL ? forlop_blob_store_list_others (blobs, named, error) : NULL;
  if (others == NULL)
    return FALSE;
  for (unsigned int i = 0; i < others->len; i++)
    {
      gboolean mentioned;

      if (!is_mentioned (connection, g_ptr_array_index (others, i), &mentioned, error) ||
          (!mentioned && !forlop_blob_store_remove (blobs, g_ptr_array_index (others, i), error)))
        return FALSE;
    }

  return TRUE;
}
