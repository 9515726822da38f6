/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-store-mirror-private.h"

#include <glib/gstdio.h>

#include "forlop-ack-store.h"
#include "forlop-checkpoint.h"
#include "forlop-mirror-store.h"
#include "forlop-mirror-turn.h"
#include "forlop-outbox-store.h"
#include "forlop-stage-store.h"
#include "forlop-store-check.h"
#include "forlop-transaction.h"

/* Every call in one place: what it asks and where the answer goes. */
typedef struct {
  gint64 now;
  ForlopSyncState *state;
  unsigned int max_changesets;
  gsize max_bytes;
  GPtrArray *unsent;
  ForlopSyncFill *fill;
  const ForlopSyncHello *hello;
  const char *epoch;
  GPtrArray *results;
  ForlopBlobStore *blobs;
  gint64 expected;
  gboolean found;
  const ForlopSyncPage *page;
  const ForlopSyncScopePage *scope_page;
  gboolean has_purged;
  ForlopSyncAck *ack;
  const ForlopSyncAck *told;
  const ForlopSyncProof *proof;
} Call;

typedef gboolean (*CallFunc) (ForlopConnection  *connection,
                              Call              *call,
                              GError           **error);

typedef struct {
  CallFunc func;
  Call *call;
} Run;

typedef struct {
  ForlopStoreMirrorFunc func;
  gpointer data;
} Work;

static gpointer
run_on_worker (ForlopConnection  *connection,
               gpointer           user_data,
               GCancellable      *cancellable G_GNUC_UNUSED,
               GError           **error)
{
  Work *work = user_data;

  return work->func (connection, work->data, error) ? work : NULL;
}

static gboolean
run_on_connection (ForlopConnection       *connection,
                   ForlopStoreMirrorFunc   func,
                   gpointer                data,
                   GError                **error)
{
  g_autoptr (ForlopTransaction) transaction = forlop_transaction_begin (connection, error);

  return transaction != NULL && func (connection, data, error) &&
         forlop_transaction_commit (transaction, error);
}

gboolean
forlop_store_mirror_run (ForlopStoreMirror      *self,
                         gboolean                for_writing,
                         ForlopStoreMirrorFunc   func,
                         gpointer                data,
                         GError                **error)
{
  Work work = { func, data };

  g_return_val_if_fail (self != NULL && func != NULL, FALSE);

  if (self->connection != NULL)
    return run_on_connection (self->connection, func, data, error);

  return (for_writing
            ? forlop_store_write_sync (self->store, run_on_worker, &work, NULL, NULL, error)
            : forlop_store_read_sync (self->store, run_on_worker, &work, NULL, NULL, error)) != NULL;
}

static gboolean
run_call (ForlopConnection  *connection,
          gpointer           data,
          GError           **error)
{
  Run *run = data;

  return run->func (connection, run->call, error);
}

static gboolean
run (ForlopSyncMirror  *mirror,
     gboolean           for_writing,
     CallFunc           func,
     Call              *call,
     GError           **error)
{
  Run each = { func, call };

  return forlop_store_mirror_run ((ForlopStoreMirror *) mirror, for_writing, run_call, &each, error);
}

static gboolean
load_state_call (ForlopConnection  *connection,
                 Call              *call,
                 GError           **error)
{
  return forlop_mirror_store_load_state (connection, call->state, error);
}

static gboolean
load_state (ForlopSyncMirror  *self,
            ForlopSyncState   *state,
            GError           **error)
{
  Call call = { .state = state };

  return run (self, FALSE, load_state_call, &call, error);
}

static gboolean
list_unsent_call (ForlopConnection  *connection,
                  Call              *call,
                  GError           **error)
{
  call->unsent = forlop_outbox_store_list_unsent (connection, call->max_changesets, call->max_bytes,
                                                  error);

  return call->unsent != NULL;
}

static GPtrArray *
list_unsent (ForlopSyncMirror  *self,
             unsigned int       max_changesets,
             gsize              max_bytes,
             GError           **error)
{
  Call call = { .max_changesets = max_changesets, .max_bytes = max_bytes };

  if (!run (self, FALSE, list_unsent_call, &call, error))
    g_clear_pointer (&call.unsent, g_ptr_array_unref);

  return call.unsent;
}

static gboolean
next_fill_call (ForlopConnection  *connection,
                Call              *call,
                GError           **error)
{
  return forlop_mirror_store_next_fill (connection, &call->fill, error);
}

static gboolean
next_fill (ForlopSyncMirror  *self,
           ForlopSyncFill   **fill,
           GError           **error)
{
  Call call = { 0 };
  gboolean ok = run (self, FALSE, next_fill_call, &call, error);

  if (!ok)
    g_clear_pointer (&call.fill, forlop_sync_fill_free);
  *fill = call.fill;

  return ok;
}

static gboolean
take_hello_call (ForlopConnection  *connection,
                 Call              *call,
                 GError           **error)
{
  g_auto (ForlopSyncState) state = { 0 };
  gboolean found;

  if (!forlop_mirror_store_load_state (connection, &state, error))
    return FALSE;
  if (g_strcmp0 (state.epoch, call->hello->epoch) == 0)
    return forlop_mirror_store_take_hello (connection, call->hello, error) &&
           forlop_checkpoint_store_see (connection, &call->hello->checkpoint, error);

  /* Another log: it may have lost what was confirmed, attachments, and the end of its access log. */
  return forlop_mirror_store_forget (connection, error) &&
         forlop_store_mirror_send_again (connection, call->blobs, error) &&
         forlop_outbox_store_send_again (connection, call->hello->last_op_no + 1, &found, error) &&
         forlop_ack_store_rewind (connection, call->hello->last_access_n, error) &&
         forlop_mirror_store_take_hello (connection, call->hello, error) &&
         forlop_checkpoint_store_forget (connection, error) &&
         forlop_checkpoint_store_see (connection, &call->hello->checkpoint, error);
}

static gboolean
take_hello (ForlopSyncMirror       *self,
            const ForlopSyncHello  *hello,
            gint64                  now,
            GError                **error)
{
  Call call = { .hello = hello, .now = now, .blobs = ((ForlopStoreMirror *) self)->blobs };

  return run (self, TRUE, take_hello_call, &call, error);
}

static gboolean
take_results_call (ForlopConnection  *connection,
                   Call              *call,
                   GError           **error)
{
  g_auto (ForlopSyncState) state = { 0 };

  if (!forlop_mirror_store_load_state (connection, &state, error))
    return FALSE;
  /* Positions of a log that is over mean nothing. */
  if (g_strcmp0 (state.epoch, call->epoch) != 0)
    return TRUE;

  for (unsigned int i = 0; i < call->results->len; i++)
    if (!forlop_outbox_store_take_result (connection, g_ptr_array_index (call->results, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
take_results (ForlopSyncMirror  *self,
              const char        *epoch,
              GPtrArray         *results,
              GError           **error)
{
  Call call = { .epoch = epoch, .results = results };

  return run (self, TRUE, take_results_call, &call, error);
}

static gboolean
take_expected_call (ForlopConnection  *connection,
                    Call              *call,
                    GError           **error)
{
  return forlop_outbox_store_take_expected (connection, call->expected, &call->found, error);
}

static gboolean
take_expected (ForlopSyncMirror  *self,
               gint64             expected,
               gboolean          *found,
               GError           **error)
{
  Call call = { .expected = expected };

  if (!run (self, TRUE, take_expected_call, &call, error))
    return FALSE;
  *found = call.found;

  return TRUE;
}

static gboolean
take_page_call (ForlopConnection  *connection,
                Call              *call,
                GError           **error)
{
  g_auto (ForlopSyncState) state = { 0 };
  gboolean must_wait;

  if (!forlop_mirror_store_load_state (connection, &state, error))
    return FALSE;
  /* A reply that was late: the mirror has gone on, or begun again. */
  if (g_strcmp0 (state.epoch, call->page->epoch) != 0 || state.pos != call->page->from)
    return TRUE;
  /* The same twice: what it shows may be built on already. */
  if (forlop_sync_page_is_first (call->page) && state.has_scopes)
    return TRUE;

  if (!forlop_stage_store_take_page (connection, call->page, error))
    return FALSE;
  if (!call->page->is_complete)
    return TRUE;
  if (!forlop_mirror_turn_must_wait (connection, &must_wait, error))
    return FALSE;
  /* What must be sent is sent, and then the turn goes on to where that is. */
  if (must_wait)
    return forlop_stage_store_drop_sums (connection, error);

  return forlop_mirror_turn_show (connection, call->now, call->page->skew_ms, &call->has_purged, error);
}

/* What was deleted is overwritten in the file; the log before it still has it. */
static gboolean
finish_purge (ForlopStoreMirror  *self,
              GError            **error)
{
  if (self->connection != NULL)
    return forlop_connection_checkpoint (self->connection, error);

  return forlop_store_empty_log_sync (self->store, error);
}

static gboolean
has_log (ForlopStoreMirror *self)
{
  g_autofree char *path = g_strconcat (self->connection != NULL
                                         ? forlop_connection_get_path (self->connection)
                                         : forlop_store_get_path (self->store), "-wal", NULL);
  GStatBuf info;

  return g_stat (path, &info) == 0 && info.st_size > 0;
}

static gboolean
take_page (ForlopSyncMirror      *mirror,
           const ForlopSyncPage  *page,
           gint64                 now,
           GError               **error)
{
  ForlopStoreMirror *self = (ForlopStoreMirror *) mirror;
  Call call = { .page = page, .now = now };

  if (!run (mirror, TRUE, take_page_call, &call, error))
    return FALSE;
  self->must_finish_purge = self->must_finish_purge || call.has_purged;
  if (page->is_complete && !forlop_store_mirror_remove_contents (self, error))
    return FALSE;
  if (!self->must_finish_purge)
    return TRUE;
  if (!finish_purge (self, error))
    return FALSE;
  /* A reader may have held the log; then it is emptied after the next page. */
  self->must_finish_purge = has_log (self);

  return TRUE;
}

static gboolean
take_scope_page_call (ForlopConnection  *connection,
                      Call              *call,
                      GError           **error)
{
  return forlop_stage_store_take_scope_page (connection, call->scope_page, error);
}

static gboolean
take_scope_page (ForlopSyncMirror           *self,
                 const ForlopSyncScopePage  *page,
                 GError                    **error)
{
  Call call = { .scope_page = page };

  return run (self, TRUE, take_scope_page_call, &call, error);
}

static gboolean
next_ack_call (ForlopConnection  *connection,
               Call              *call,
               GError           **error)
{
  return forlop_ack_store_next (connection, !call->has_purged, &call->ack, error);
}

/* What was deleted is told when the file no longer has it either. */
static gboolean
next_ack (ForlopSyncMirror  *mirror,
          ForlopSyncAck    **ack,
          GError           **error)
{
  Call call = { .has_purged = ((ForlopStoreMirror *) mirror)->must_finish_purge };
  gboolean ok = run (mirror, FALSE, next_ack_call, &call, error);

  if (!ok)
    g_clear_pointer (&call.ack, forlop_sync_ack_free);
  *ack = call.ack;

  return ok;
}

static gboolean
take_ack_call (ForlopConnection  *connection,
               Call              *call,
               GError           **error)
{
  return forlop_ack_store_take (connection, call->told, error);
}

static gboolean
take_ack (ForlopSyncMirror     *self,
          const ForlopSyncAck  *ack,
          GError              **error)
{
  Call call = { .told = ack };

  return run (self, TRUE, take_ack_call, &call, error);
}

static gboolean
take_proof_call (ForlopConnection  *connection,
                 Call              *call,
                 GError           **error)
{
  return forlop_checkpoint_store_prove (connection, call->proof, error);
}

static gboolean
take_proof (ForlopSyncMirror       *self,
            const ForlopSyncProof  *proof,
            GError                **error)
{
  Call call = { .proof = proof };

  return run (self, TRUE, take_proof_call, &call, error);
}

static gboolean
forget_call (ForlopConnection  *connection,
             Call              *call G_GNUC_UNUSED,
             GError           **error)
{
  return forlop_mirror_store_forget (connection, error);
}

static gboolean
forget (ForlopSyncMirror  *self,
        GError           **error)
{
  Call call = { 0 };

  return run (self, TRUE, forget_call, &call, error);
}

static void
free_mirror (ForlopSyncMirror *mirror)
{
  ForlopStoreMirror *self = (ForlopStoreMirror *) mirror;

  g_clear_pointer (&self->open, g_bytes_unref);
  g_free (self->open_hash);
  g_clear_object (&self->blobs);
  g_clear_object (&self->store);
  g_clear_object (&self->connection);
  g_free (self);
}

static const ForlopSyncMirrorFuncs funcs = {
  .load_state = load_state,
  .list_unsent = list_unsent,
  .next_ack = next_ack,
  .next_fill = next_fill,
  .take_hello = take_hello,
  .take_results = take_results,
  .take_expected = take_expected,
  .take_page = take_page,
  .take_scope_page = take_scope_page,
  .take_ack = take_ack,
  .take_proof = take_proof,
  .forget = forget,
  .list_uploads = forlop_store_mirror_list_uploads,
  .drop_upload = forlop_store_mirror_drop_upload,
  .list_missing = forlop_store_mirror_list_missing,
  .read_contents = forlop_store_mirror_read_contents,
  .keep_contents = forlop_store_mirror_keep_contents,
  .free = free_mirror,
};

ForlopSyncMirror *
forlop_store_mirror_new (ForlopStore *store)
{
  ForlopStoreMirror *self;

  g_return_val_if_fail (FORLOP_IS_STORE (store), NULL);

  self = g_new0 (ForlopStoreMirror, 1);
  self->parent.funcs = &funcs;
  self->must_finish_purge = TRUE;
  self->store = g_object_ref (store);
  self->blobs = g_object_ref (forlop_store_get_blobs (store));

  return &self->parent;
}

ForlopSyncMirror *
forlop_store_mirror_new_for_connection (ForlopConnection *connection,
                                        ForlopBlobStore  *blobs)
{
  ForlopStoreMirror *self;

  g_return_val_if_fail (FORLOP_IS_CONNECTION (connection), NULL);

  self = g_new0 (ForlopStoreMirror, 1);
  self->parent.funcs = &funcs;
  self->must_finish_purge = TRUE;
  self->connection = g_object_ref (connection);
  g_set_object (&self->blobs, blobs);

  return &self->parent;
}
