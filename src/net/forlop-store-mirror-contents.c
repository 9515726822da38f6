/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-store-mirror-private.h"

#include "forlop-purge-store.h"
#include "forlop-store-error.h"
#include "forlop-sync-limits.h"
#include "forlop-upload-store.h"

G_STATIC_ASSERT (FORLOP_SYNC_CONTENTS_BYTES == FORLOP_BLOB_MAX_LENGTH);

typedef struct {
  unsigned int limit;
  const ForlopSyncContents *contents;
  GPtrArray *list;
  gboolean is_named;
} Call;

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_sync_contents_free);
}

static gboolean
list_uploads_call (ForlopConnection  *connection,
                   gpointer           data,
                   GError           **error)
{
  Call *call = data;

  call->list = forlop_upload_store_list (connection, call->limit, error);

  return call->list != NULL;
}

GPtrArray *
forlop_store_mirror_list_uploads (ForlopSyncMirror  *mirror,
                                  unsigned int       limit,
                                  GError           **error)
{
  ForlopStoreMirror *self = (ForlopStoreMirror *) mirror;
  Call call = { .limit = limit };

  if (self->blobs == NULL)
    return new_list ();
  if (!forlop_store_mirror_run (self, FALSE, list_uploads_call, &call, error))
    g_clear_pointer (&call.list, g_ptr_array_unref);

  return call.list;
}

static gboolean
drop_upload_call (ForlopConnection  *connection,
                  gpointer           data,
                  GError           **error)
{
  Call *call = data;

  return forlop_upload_store_drop (connection, call->contents, error);
}

gboolean
forlop_store_mirror_drop_upload (ForlopSyncMirror          *mirror,
                                 const ForlopSyncContents  *contents,
                                 GError                   **error)
{
  ForlopStoreMirror *self = (ForlopStoreMirror *) mirror;
  Call call = { .contents = contents };

  g_clear_pointer (&self->open_hash, g_free);
  g_clear_pointer (&self->open, g_bytes_unref);

  /* Of what was taken back meanwhile, the file was only here to be sent. */
  return forlop_store_mirror_run (self, TRUE, drop_upload_call, &call, error) &&
         forlop_store_mirror_remove_contents (self, error);
}

static gboolean
list_named_call (ForlopConnection  *connection,
                 gpointer           data,
                 GError           **error)
{
  Call *call = data;

  call->list = forlop_upload_store_list_named (connection, error);

  return call->list != NULL;
}

GPtrArray *
forlop_store_mirror_list_missing (ForlopSyncMirror  *mirror,
                                  GError           **error)
{
  ForlopStoreMirror *self = (ForlopStoreMirror *) mirror;
  g_autoptr (GPtrArray) missing = new_list ();
  Call call = { 0 };

  if (self->blobs == NULL)
    return g_steal_pointer (&missing);
  if (!forlop_store_mirror_run (self, FALSE, list_named_call, &call, error))
    {
      g_clear_pointer (&call.list, g_ptr_array_unref);
      return NULL;
    }
  for (unsigned int i = 0; i < call.list->len; i++)
    {
      const ForlopSyncContents *contents = g_ptr_array_index (call.list, i);

      if (!forlop_blob_store_has (self->blobs, contents->hash))
        g_ptr_array_add (missing, forlop_sync_contents_copy (contents));
    }
  g_ptr_array_unref (call.list);

  return g_steal_pointer (&missing);
}

/* What is damaged here cannot be sent, and counts as not here. */
static gboolean
open_contents (ForlopStoreMirror         *self,
               const ForlopSyncContents  *contents,
               GError                   **error)
{
  g_autoptr (GError) problem = NULL;

  if (self->open != NULL && g_str_equal (self->open_hash, contents->hash))
    return TRUE;
  g_clear_pointer (&self->open, g_bytes_unref);
  g_set_str (&self->open_hash, contents->hash);
  self->open = forlop_blob_store_get (self->blobs, contents->hash, &problem);
  if (self->open != NULL || g_error_matches (problem, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_BLOB_MISSING) ||
      g_error_matches (problem, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_BLOB_DAMAGED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}

gboolean
forlop_store_mirror_read_contents (ForlopSyncMirror    *mirror,
                                   ForlopSyncContents  *contents,
                                   gint64               offset,
                                   gsize                max_bytes,
                                   GBytes             **part,
                                   GError             **error)
{
  ForlopStoreMirror *self = (ForlopStoreMirror *) mirror;

  *part = NULL;
  if (!open_contents (self, contents, error))
    return FALSE;
  if (self->open == NULL)
    return TRUE;
  contents->length = (gint64) g_bytes_get_size (self->open);
  offset = MIN (offset, contents->length);
  *part = g_bytes_new_from_bytes (self->open, (gsize) offset, MIN ((gsize) (contents->length - offset), max_bytes));

  return TRUE;
}

static gboolean
is_named_call (ForlopConnection  *connection,
               gpointer           data,
               GError           **error)
{
  Call *call = data;

  return forlop_upload_store_is_named (connection, call->contents, &call->is_named, error);
}

/* The record may have gone while its file was on the way: then the file is nobody's. */
gboolean
forlop_store_mirror_keep_contents (ForlopSyncMirror          *mirror,
                                   const ForlopSyncContents  *contents,
                                   GBytes                    *whole,
                                   gboolean                  *is_right,
                                   GError                   **error)
{
  ForlopStoreMirror *self = (ForlopStoreMirror *) mirror;
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, whole);
  g_autofree char *kept = NULL;
  Call call = { .contents = contents };

  *is_right = self->blobs != NULL && g_str_equal (hash, contents->hash);
  if (!*is_right)
    return TRUE;
  if (!forlop_store_mirror_run (self, FALSE, is_named_call, &call, error))
    return FALSE;
  if (!call.is_named)
    return TRUE;
  kept = forlop_blob_store_put (self->blobs, whole, error);

  return kept != NULL;
}

gboolean
forlop_store_mirror_send_again (ForlopConnection  *connection,
                                ForlopBlobStore   *blobs,
                                GError           **error)
{
  g_autoptr (GPtrArray) named = NULL;

  if (blobs == NULL)
    return TRUE;
  named = forlop_upload_store_list_named (connection, error);
  if (named == NULL)
    return FALSE;
  for (unsigned int i = 0; i < named->len; i++)
    {
      const ForlopSyncContents *contents = g_ptr_array_index (named, i);

      if (forlop_blob_store_has (blobs, contents->hash) &&
          !forlop_upload_store_add_again (connection, contents, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
list_purged_call (ForlopConnection  *connection,
                  gpointer           data,
                  GError           **error)
{
  Call *call = data;

  call->list = forlop_purge_store_list_blobs (connection, error);

  return call->list != NULL;
}

static gboolean
forget_purged_call (ForlopConnection  *connection,
                    gpointer           data,
                    GError           **error)
{
  Call *call = data;

  return forlop_purge_store_forget_blobs (connection, call->list, error);
}

gboolean
forlop_store_mirror_remove_contents (ForlopStoreMirror  *self,
                                     GError            **error)
{
  Call call = { 0 };
  gboolean ok;

  if (self->blobs == NULL)
    return TRUE;
  ok = forlop_store_mirror_run (self, FALSE, list_purged_call, &call, error);
  for (unsigned int i = 0; ok && i < call.list->len; i++)
    ok = forlop_blob_store_remove (self->blobs, g_ptr_array_index (call.list, i), error);
  g_clear_pointer (&self->open_hash, g_free);
  g_clear_pointer (&self->open, g_bytes_unref);
  if (ok && call.list->len > 0)
    ok = forlop_store_mirror_run (self, TRUE, forget_purged_call, &call, error);
  g_clear_pointer (&call.list, g_ptr_array_unref);

  return ok;
}
