/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-tenant-import.h"

#include <glib/gi18n-lib.h>

#include "forlop-blob-store.h"
#include "forlop-error.h"
#include "forlop-json.h"
#include "forlop-store-create.h"
#include "forlop-sync-request.h"
#include "forlop-sync-server.h"
#include "forlop-upload-store.h"

/* A little room for what stands around the changesets. */
#define BATCH_BYTES (FORLOP_SYNC_PUSH_BYTES - 16 * 1024)

typedef struct {
  ForlopTenant *tenant;
  ForlopConnection *source;
  ForlopImportReport *report;
  ForlopSyncCaller caller;
  ForlopServerHead head;
  gint64 next_op_no;
} Import;

void
forlop_import_report_free (ForlopImportReport *self)
{
  if (self == NULL)
    return;

  g_free (self->first_refused);
  g_free (self);
}

/* The same file gives the same device, so that a second import goes on where the first ended. */
static char *
derive_device_id (ForlopConnection  *source,
                  GError           **error)
{
  static const char sql[] = "SELECT op_id, user_id FROM changeset ORDER BY op_no LIMIT 1";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (source, sql, error);
  g_autofree char *op_id = NULL;
  gboolean has_row;

  if (statement == NULL || !forlop_statement_step (statement, &has_row, error))
    return NULL;
  if (has_row)
    op_id = forlop_statement_dup_id (statement, 0);
  if (op_id != NULL)
    return forlop_id_derive (op_id, "import");
  g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND,
                       _("The file has no history. Nothing was taken in."));

  return NULL;
}

static gboolean
begin_import (Import  *self,
              GError **error)
{
  ForlopServerStorage *storage = self->tenant->storage;
  g_autoptr (ForlopServerDevice) device = NULL;
  gboolean is_done = FALSE;

  if (!storage->funcs->begin (storage, TRUE, error))
    return FALSE;
  if (storage->funcs->get_head (storage, &self->head, error) &&
      storage->funcs->get_device (storage, self->caller.device_id, &device, error))
    {
      self->next_op_no = device != NULL ? device->last_op_no + 1 : 1;
      if (device == NULL)
        {
          device = g_new0 (ForlopServerDevice, 1);
          device->id = g_strdup (self->caller.device_id);
          device->user_id = g_strdup (self->caller.user_id);
          device->state = g_strdup ("active");
        }
      g_set_str (&device->state, "active");
      is_done = storage->funcs->put_device (storage, device, forlop_clock_now (self->tenant->clock), error) &&
                storage->funcs->commit (storage, error);
    }
  if (!is_done)
    storage->funcs->rollback (storage);

  return is_done;
}

static void
note_results (Import     *self,
              yyjson_val *results)
{
  yyjson_val *value;
  size_t i, n;

  yyjson_arr_foreach (results, i, n, value)
    {
      const char *status = yyjson_get_str (yyjson_obj_get (value, "status"));

      if (g_str_equal (status, "applied") || g_str_equal (status, "merged"))
        {
          self->report->n_taken++;
          continue;
        }
      self->report->n_refused++;
      if (self->report->first_refused == NULL)
        self->report->first_refused = yyjson_val_write (value, 0, NULL);
    }
}

static gboolean
push_batch (Import      *self,
            GString     *batch,
            unsigned int n,
            GError     **error)
{
  g_autofree char *text =
    g_strdup_printf ("{\"epoch\":\"%s\",\"schema\":%d,\"changesets\":[%s]}", self->head.epoch,
                     FORLOP_SYNC_SCHEMA_NEWEST, batch->str);
  g_autoptr (ForlopSyncReply) reply =
    forlop_sync_server_push (self->tenant->storage, &self->caller, self->tenant->ids,
                             forlop_clock_now (self->tenant->clock), text, strlen (text), error);
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *results;

  if (reply == NULL)
    return FALSE;
  doc = forlop_json_parse (reply->body, -1, error);
  if (doc == NULL)
    return FALSE;
  results = yyjson_obj_get (yyjson_doc_get_root (doc), "results");
  if (reply->status != 200 || yyjson_arr_size (results) != n)
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                   _("The import stopped at change number %u; what came before is kept: %s"),
                   (unsigned int) self->next_op_no, reply->body);
      return FALSE;
    }
  note_results (self, results);
  self->next_op_no += n;
  g_string_truncate (batch, 0);

  return TRUE;
}

/* The body is a JSON object; the number goes in front. */
static void
append_changeset (GString    *batch,
                  gint64      op_no,
                  const char *body)
{
  g_string_append_printf (batch, "%s{\"op_no\":%" G_GINT64_FORMAT ",%s", batch->len > 0 ? "," : "", op_no,
                          body + 1);
}

static gboolean
push_all (Import  *self,
          GError **error)
{
  static const char sql[] =
    "SELECT body FROM changeset ORDER BY op_no LIMIT -1 OFFSET ?1";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (self->source, sql, error);
  g_autoptr (GString) batch = g_string_new (NULL);
  unsigned int n = 0;
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_integer (statement, 1, self->next_op_no - 1);
  self->report->n_changesets = (unsigned int) (self->next_op_no - 1);
  while (TRUE)
    {
      const char *body;

      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      body = has_row ? forlop_statement_get_text (statement, 0) : "";
      if (n > 0 && (!has_row || n == FORLOP_SYNC_PUSH_CHANGESETS || batch->len + strlen (body) > BATCH_BYTES))
        {
          if (!push_batch (self, batch, n, error))
            return FALSE;
          n = 0;
        }
      if (!has_row)
        return TRUE;
      append_changeset (batch, self->next_op_no + n, body);
      n++;
      self->report->n_changesets++;
    }
}

/* In the parts that a client would send them in; what is there already is not sent again. */
static gboolean
put_contents (Import              *self,
              ForlopSyncContents  *contents,
              GBytes              *file,
              GError             **error)
{
  const ForlopSyncState state = { .epoch = self->head.epoch };

  contents->length = (gint64) g_bytes_get_size (file);
  for (gint64 offset = 0; offset == 0 || offset < contents->length; offset += FORLOP_SYNC_PART_BYTES)
    {
      gsize length = (gsize) MIN (contents->length - offset, FORLOP_SYNC_PART_BYTES);
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (file, (gsize) offset, length);
      g_autoptr (ForlopSyncRequest) request = forlop_sync_request_put (&state, contents, offset, part);
      g_autoptr (ForlopSyncReply) reply =
        forlop_sync_server_contents_put (self->tenant->storage, &self->caller,
                                         forlop_clock_now (self->tenant->clock), request->body,
                                         strlen (request->body), error);

      if (reply == NULL)
        return FALSE;
      /* The record was refused: then its file is nobody's. */
      if (reply->status == 404)
        return TRUE;
    }

  return TRUE;
}

/* One that is missing or damaged in the file is so there too, and is left out. */
static gboolean
put_all_contents (Import           *self,
                  ForlopBlobStore  *blobs,
                  GError          **error)
{
  g_autoptr (GPtrArray) named = forlop_upload_store_list_named (self->source, error);

  if (named == NULL)
    return FALSE;
  for (unsigned int i = 0; i < named->len; i++)
    {
      ForlopSyncContents *contents = g_ptr_array_index (named, i);
      g_autoptr (GBytes) file = forlop_blob_store_get (blobs, contents->hash, NULL);

      if (file != NULL && !put_contents (self, contents, file, error))
        return FALSE;
    }

  return TRUE;
}

typedef struct {
  ForlopTenant *tenant;
  const char *store_path;
  ForlopKey *key;
} ImportJob;

static gpointer
import_on_worker (gpointer       user_data,
                  GCancellable  *cancellable G_GNUC_UNUSED,
                  GError       **error)
{
  ImportJob *job = user_data;
  g_autoptr (ForlopConnection) source =
    forlop_connection_open (job->store_path, job->key, FORLOP_CONNECTION_WRITER, error);
  g_autoptr (ForlopImportReport) report = g_new0 (ForlopImportReport, 1);
  g_autofree char *folder = forlop_store_dup_blob_folder (job->store_path);
  g_autoptr (ForlopBlobStore) blobs = forlop_blob_store_new (folder, job->key);
  g_autofree char *device_id = NULL;
  Import self = { .tenant = job->tenant, .source = source, .report = report };
  gboolean is_done;

  if (source == NULL)
    return NULL;
  device_id = derive_device_id (source, error);
  self.caller = (ForlopSyncCaller) {
    .user_id = device_id, .device_id = device_id, .request_id = "import", .trusted = TRUE
  };
  is_done = device_id != NULL && begin_import (&self, error) && push_all (&self, error) &&
            put_all_contents (&self, blobs, error);
  forlop_connection_close (source);

  return is_done ? g_steal_pointer (&report) : NULL;
}

ForlopImportReport *
forlop_tenant_import (ForlopTenant  *tenant,
                      const char    *store_path,
                      ForlopKey     *key,
                      GError       **error)
{
  ImportJob job = { .tenant = tenant, .store_path = store_path, .key = key };
  ForlopImportReport *report;
  int lock_fd;

  g_return_val_if_fail (tenant != NULL && store_path != NULL && key != NULL, NULL);

  lock_fd = forlop_store_lock (store_path, error);
  if (lock_fd < 0)
    return NULL;
  report = forlop_worker_run_sync (tenant->worker, import_on_worker, &job, NULL, error);
  forlop_store_unlock (store_path, lock_fd);

  return report;
}
