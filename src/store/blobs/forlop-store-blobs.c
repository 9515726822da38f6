/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-store"

#include "forlop-outbox-store.h"
#include "forlop-store-error.h"
#include "forlop-store-private.h"

#define BLOB_SUFFIX ".blobs"

typedef struct {
  ForlopBlobStore *blobs;
  GBytes *contents;
  char *hash;
} BlobJob;

static void
blob_job_free (gpointer data)
{
  BlobJob *job = data;

  g_object_unref (job->blobs);
  g_clear_pointer (&job->contents, g_bytes_unref);
  g_free (job->hash);
  g_free (job);
}

static gpointer
put_func (ForlopConnection  *connection G_GNUC_UNUSED,
          gpointer           user_data,
          GCancellable      *cancellable G_GNUC_UNUSED,
          GError           **error)
{
  BlobJob *job = user_data;

  return forlop_blob_store_put (job->blobs, job->contents, error);
}

/**
 * forlop_store_blobs_get:
 *
 * As forlop_blob_store_get(), on the thread of @connection: in the mirror of a server an attachment that
 * is not here has not come yet.
 */
GBytes *
forlop_store_blobs_get (ForlopConnection  *connection,
                        ForlopBlobStore   *blobs,
                        const char        *hash,
                        GError           **error)
{
  GBytes *contents;
  g_autoptr (GError) problem = NULL;
  gboolean is_paired = FALSE;

  g_return_val_if_fail (FORLOP_IS_CONNECTION (connection), NULL);
  g_return_val_if_fail (FORLOP_IS_BLOB_STORE (blobs), NULL);

  contents = forlop_blob_store_get (blobs, hash, &problem);
  if (contents != NULL)
    return contents;
  if (g_error_matches (problem, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_BLOB_MISSING) &&
      forlop_outbox_store_is_paired (connection, &is_paired, NULL) && is_paired)
    forlop_store_error_set (error, FORLOP_STORE_ERROR_BLOB_NOT_COME, NULL, NULL);
  else
    g_propagate_error (error, g_steal_pointer (&problem));

  return NULL;
}

static gpointer
get_func (ForlopConnection  *connection,
          gpointer           user_data,
          GCancellable      *cancellable G_GNUC_UNUSED,
          GError           **error)
{
  BlobJob *job = user_data;

  return forlop_store_blobs_get (connection, job->blobs, job->hash, error);
}

char *
forlop_store_dup_blob_folder (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  return g_strconcat (path, BLOB_SUFFIX, NULL);
}

/* On a reader's thread: an attachment must not make a keystroke's write wait. */
DexFuture *
forlop_store_put_blob (ForlopStore *self,
                       GBytes      *contents)
{
  g_return_val_if_fail (FORLOP_IS_STORE (self) && contents != NULL, NULL);

  BlobJob *job = g_new0 (BlobJob, 1);
  job->blobs = g_object_ref (forlop_store_get_blobs (self));
  job->contents = g_bytes_ref (contents);
  return forlop_store_read (self, put_func, job, blob_job_free, g_free);
}

DexFuture *
forlop_store_get_blob (ForlopStore *self,
                       const char  *hash)
{
  g_return_val_if_fail (FORLOP_IS_STORE (self) && forlop_blob_hash_is_valid (hash), NULL);

  BlobJob *job = g_new0 (BlobJob, 1);
  job->blobs = g_object_ref (forlop_store_get_blobs (self));
  job->hash = g_strdup (hash);
  return forlop_store_read (self, get_func, job, blob_job_free, (GDestroyNotify) g_bytes_unref);
}
