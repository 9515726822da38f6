/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-client-private.h"

#include "forlop-date.h"
#include "forlop-json.h"
#include "forlop-sync-limits.h"

void
forlop_sync_mirror_free (ForlopSyncMirror *self)
{
  if (self != NULL)
    self->funcs->free (self);
}

/**
 * forlop_sync_client_new:
 * @mirror: (transfer none): must outlive the client.
 */
ForlopSyncClient *
forlop_sync_client_new (ForlopSyncMirror *mirror)
{
  ForlopSyncClient *self;

  g_return_val_if_fail (mirror != NULL, NULL);

  self = g_new0 (ForlopSyncClient, 1);
  self->mirror = mirror;
  self->transfer = forlop_sync_transfer_new (mirror);
  self->wants_turn = TRUE;
  self->asked_at = G_MININT64;
  self->not_before = G_MININT64;
  self->poll_at = G_MAXINT64;
  self->max_changesets = FORLOP_SYNC_PUSH_CHANGESETS;
  self->max_bytes = FORLOP_SYNC_PUSH_BYTES;

  return self;
}

void
forlop_sync_client_free (ForlopSyncClient *self)
{
  if (self == NULL)
    return;

  forlop_sync_transfer_free (self->transfer);
  g_free (self->detail);
  g_free (self);
}

static gboolean
is_stopped (ForlopSyncClient *self)
{
  return self->standing == FORLOP_SYNC_SIGNED_OUT || self->standing == FORLOP_SYNC_BLOCKED ||
         self->standing == FORLOP_SYNC_WIPED || self->standing == FORLOP_SYNC_STUCK;
}

/* What was answered at or before the cursor either waits for a scope that is not filled yet, or its
 * answer was late; then a turn settles it. */
static gboolean
has_unsettled (const ForlopSyncState *state)
{
  return state->n_ahead > 0 || (state->n_answered > 0 && state->n_waiting_scopes == 0);
}

static gboolean
needs_turn (ForlopSyncClient       *self,
            const ForlopSyncState  *state,
            gint64                  now)
{
  return self->wants_turn || state->pos != state->cursor || has_unsettled (state) ||
         state->has_filled || self->poked_head > state->cursor || now >= self->poll_at;
}

static ForlopSyncRequest *
make_push (ForlopSyncClient       *self,
           const ForlopSyncState  *state,
           GError                **error)
{
  g_autoptr (GPtrArray) unsent = self->mirror->funcs->list_unsent (
    self->mirror, self->max_changesets, self->max_bytes - FORLOP_SYNC_ENVELOPE_BYTES, error);

  return unsent != NULL ? forlop_sync_request_push (state, unsent) : NULL;
}

static ForlopSyncRequest *
choose (ForlopSyncClient       *self,
        const ForlopSyncState  *state,
        gint64                  now,
        GError                **error)
{
  ForlopSyncFill *fill = NULL;
  ForlopSyncAck *ack = NULL;

  if (!self->has_greeted || state->epoch == NULL)
    return forlop_sync_request_hello (state);
  if (state->n_unsent > 0)
    return make_push (self, state, error);
  if (state->has_held_upload && !self->is_too_old)
    return forlop_sync_transfer_next (self->transfer, state, now, error);
  if (self->is_too_old)
    return NULL;
  if (needs_turn (self, state, now))
    return forlop_sync_request_pull (state);
  if (state->wants_proof)
    return forlop_sync_request_proof (state);
  if (state->n_unacked > 0 && !self->mirror->funcs->next_ack (self->mirror, &ack, error))
    return NULL;
  if (ack != NULL)
    return forlop_sync_request_ack (state, ack);
  if (state->n_waiting_scopes > 0 && !self->mirror->funcs->next_fill (self->mirror, &fill, error))
    return NULL;

  return fill != NULL ? forlop_sync_request_scope (state, fill)
                      : forlop_sync_transfer_next (self->transfer, state, now, error);
}

static void
rest (ForlopSyncClient       *self,
      const ForlopSyncState  *state)
{
  self->rests = TRUE;
  /* There is nothing to send, and nothing may be asked for. */
  if (self->is_too_old)
    {
      self->standing = FORLOP_SYNC_TOO_OLD;
      self->rest_until = G_MAXINT64;
      return;
    }
  self->standing = state->n_uploads > 0 ? FORLOP_SYNC_BUSY : FORLOP_SYNC_IDLE;
  self->rest_until = forlop_sync_transfer_get_next_at (self->transfer);
  if (!state->has_held_upload)
    self->rest_until = MIN (self->rest_until, self->poll_at);
}

/**
 * forlop_sync_client_next:
 * @now: the clock's time.
 *
 * Hello when the server's epoch is not known, then what is unsent, then what is new, then what the
 * server's access log has to know, then the scopes that are to be filled, then attachments: a part of a
 * file never comes before a change. Only where a scope is being taken away does the turn wait for what
 * was attached there.
 *
 * Returns: (transfer full) (nullable): what to send; %NULL without an error when there is nothing to
 *   do before forlop_sync_client_get_next_at().
 */
ForlopSyncRequest *
forlop_sync_client_next (ForlopSyncClient  *self,
                         gint64             now,
                         GError           **error)
{
  g_auto (ForlopSyncState) state = { 0 };
  g_autoptr (GError) local_error = NULL;
  ForlopSyncRequest *request;

  g_return_val_if_fail (self != NULL, NULL);

  if (is_stopped (self))
    return NULL;
  /* The clock was set back: what was to wait until then has no end in sight. */
  if (now < self->asked_at)
    forlop_sync_client_wake (self);
  self->asked_at = now;
  if (now < self->not_before)
    return NULL;
  self->rests = FALSE;
  request = self->mirror->funcs->load_state (self->mirror, &state, &local_error)
              ? choose (self, &state, now, &local_error) : NULL;
  if (local_error != NULL)
    {
      self->standing = FORLOP_SYNC_LOCAL_FAULT;
      self->not_before = now + FORLOP_SYNC_RETRY_LAST_MS;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  if (request == NULL)
    rest (self, &state);
  else
    self->standing = self->is_too_old ? FORLOP_SYNC_TOO_OLD : FORLOP_SYNC_WORKING;

  return request;
}

void
forlop_sync_client_wait (ForlopSyncClient        *self,
                         ForlopSyncStanding       standing,
                         const ForlopSyncAnswer  *answer,
                         gint64                   now)
{
  self->standing = standing;
  self->rests = FALSE;
  self->not_before = now + forlop_sync_answer_retry_ms (answer, self->n_failures);
  self->n_failures++;
}

static gboolean
take_hello (ForlopSyncClient  *self,
            yyjson_val        *root,
            gint64             now,
            GError           **local_fault,
            GError           **error)
{
  ForlopSyncHello hello;

  if (!forlop_sync_answer_read_hello (root, &hello, error))
    return FALSE;
  if (!self->mirror->funcs->take_hello (self->mirror, &hello, now, local_fault))
    return FALSE;

  self->has_greeted = TRUE;
  self->skew_ms = now - hello.server_time;

  return TRUE;
}

static gboolean
take_results (ForlopSyncClient        *self,
              const ForlopSyncAnswer  *answer,
              yyjson_val              *root,
              gint64                   now,
              GError                 **local_fault,
              GError                 **error)
{
  g_autoptr (GPtrArray) results = forlop_sync_answer_read_results (root, error);

  if (results == NULL)
    return FALSE;
  if (!self->mirror->funcs->take_results (self->mirror, yyjson_get_str (yyjson_obj_get (root, "epoch")),
                                          results, local_fault))
    return FALSE;

  self->max_changesets = MIN (self->max_changesets * 2, FORLOP_SYNC_PUSH_CHANGESETS);
  self->max_bytes = MIN (self->max_bytes * 2, FORLOP_SYNC_PUSH_BYTES);
  if (results->len == 0)
    forlop_sync_client_wait (self, FORLOP_SYNC_SERVER_FAULT, answer, now);

  return TRUE;
}

/* A turn that confirms nothing although something is answered must not be repeated at once. */
static gboolean
check_progress (ForlopSyncClient        *self,
                const ForlopSyncPage    *page,
                const ForlopSyncAnswer  *answer,
                gint64                   now,
                GError                 **local_fault)
{
  g_auto (ForlopSyncState) state = { 0 };

  if (page->pos != page->from)
    return TRUE;
  if (!self->mirror->funcs->load_state (self->mirror, &state, local_fault))
    return FALSE;
  if (has_unsettled (&state) && state.n_unsent == 0)
    forlop_sync_client_wait (self, FORLOP_SYNC_BUSY, answer, now);

  return TRUE;
}

static gboolean
take_page (ForlopSyncClient         *self,
           const ForlopSyncRequest  *request,
           const ForlopSyncAnswer   *answer,
           yyjson_val               *root,
           gint64                    now,
           GError                  **local_fault,
           GError                  **error)
{
  g_autoptr (ForlopSyncPage) page = forlop_sync_answer_read_page (root, request->from, error);

  if (page == NULL)
    return FALSE;
  page->skew_ms = self->skew_ms;
  if (!self->mirror->funcs->take_page (self->mirror, page, now, local_fault))
    return FALSE;
  if (!page->is_complete || forlop_sync_page_is_first (page))
    return TRUE;

  forlop_sync_transfer_look (self->transfer);
  self->wants_turn = FALSE;
  self->poked_head = MIN (self->poked_head, page->head);
  self->poll_at = now + FORLOP_SYNC_POLL_MS;

  return check_progress (self, page, answer, now, local_fault);
}

static gboolean
take_scope_page (ForlopSyncClient         *self,
                 const ForlopSyncRequest  *request,
                 yyjson_val               *root,
                 GError                  **local_fault,
                 GError                  **error)
{
  g_autoptr (ForlopSyncScopePage) page =
    forlop_sync_answer_read_scope (root, request->fill->scope, &request->fill->after, error);

  if (page == NULL || !self->mirror->funcs->take_scope_page (self->mirror, page, local_fault))
    return FALSE;

  /* A page of another grant, or one that is older than what is here: the next turn tells. */
  if (page->gen != request->fill->gen)
    self->wants_turn = TRUE;

  return TRUE;
}

static gboolean
take_proof (ForlopSyncClient  *self,
            yyjson_val        *root,
            GError           **local_fault,
            GError           **error)
{
  ForlopSyncProof proof;

  return forlop_sync_answer_read_proof (root, &proof, error) &&
         self->mirror->funcs->take_proof (self->mirror, &proof, local_fault);
}

/* Whether @request was made in the log that is asked now. One that was late may be of the log before the
 * server was restored, where there was more. */
static gboolean
is_of_this_log (ForlopSyncClient         *self,
                const ForlopSyncRequest  *request,
                gboolean                 *is_of_it,
                GError                  **local_fault)
{
  g_auto (ForlopSyncState) state = { 0 };

  if (!self->mirror->funcs->load_state (self->mirror, &state, local_fault))
    return FALSE;
  *is_of_it = g_strcmp0 (request->epoch, state.epoch) == 0;

  return TRUE;
}

/* @local_fault: what failed here; @error: what is wrong with the reply. */
static gboolean
take_success (ForlopSyncClient         *self,
              const ForlopSyncRequest  *request,
              const ForlopSyncAnswer   *answer,
              yyjson_val               *root,
              gint64                    now,
              GError                  **local_fault,
              GError                  **error)
{
  gboolean is_of_it = TRUE;

  /* Pages and results say themselves of which log they are. */
  if (request->kind >= FORLOP_SYNC_REQUEST_ACK && !is_of_this_log (self, request, &is_of_it, local_fault))
    return FALSE;
  if (!is_of_it)
    return TRUE;

  switch (request->kind)
    {
    case FORLOP_SYNC_REQUEST_HELLO:
      return take_hello (self, root, now, local_fault, error);
    case FORLOP_SYNC_REQUEST_PUSH:
      return take_results (self, answer, root, now, local_fault, error);
    case FORLOP_SYNC_REQUEST_PULL:
      return take_page (self, request, answer, root, now, local_fault, error);
    case FORLOP_SYNC_REQUEST_SCOPE:
      return take_scope_page (self, request, root, local_fault, error);
    case FORLOP_SYNC_REQUEST_ACK:
      return self->mirror->funcs->take_ack (self->mirror, request->ack, local_fault);
    case FORLOP_SYNC_REQUEST_PROOF:
      return take_proof (self, root, local_fault, error);
    case FORLOP_SYNC_REQUEST_ASK:
    case FORLOP_SYNC_REQUEST_PUT:
    case FORLOP_SYNC_REQUEST_GET:
      return forlop_sync_transfer_take (self->transfer, request, answer, root, now, local_fault);
    default:
      g_return_val_if_reached (FALSE);
    }
}

/* A second greeting would begin again in an epoch that may be over. */
static gboolean
is_late_hello (ForlopSyncClient         *self,
               const ForlopSyncRequest  *request)
{
  return request->kind == FORLOP_SYNC_REQUEST_HELLO && self->has_greeted;
}

/**
 * forlop_sync_client_take:
 * @request: as forlop_sync_client_next() gave it; also one of long ago, whose reply was late or comes
 *   a second time.
 *
 * Keeps what the reply brought. Fails when it could not be kept here; then nothing of it is, and it
 * is asked for again.
 */
gboolean
forlop_sync_client_take (ForlopSyncClient         *self,
                         const ForlopSyncRequest  *request,
                         const ForlopSyncAnswer    *answer,
                         gint64                    now,
                         GError                  **error)
{
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (GError) local_fault = NULL;
  g_autoptr (GError) misread = NULL;
  yyjson_val *root;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (request != NULL && answer != NULL, FALSE);

  /* Whoever sets the clock is told so by the next reply, and so is whoever sets it wrong. */
  if (answer->server_time != 0)
    self->skew_ms = now - answer->server_time;
  if (is_late_hello (self, request))
    return TRUE;

  doc = answer->text != NULL ? forlop_json_parse (answer->text, -1, &misread) : NULL;
  root = yyjson_doc_get_root (doc);
  if (answer->status != 200)
    forlop_sync_client_take_refusal (self, request, answer, root, now, &local_fault);
  else if (root != NULL && take_success (self, request, answer, root, now, &local_fault, &misread))
    {
      g_clear_pointer (&self->detail, g_free);
      if (self->not_before <= now)
        self->n_failures = 0;
    }
  else if (local_fault == NULL)
    {
      g_set_str (&self->detail, misread != NULL ? misread->message : NULL);
      forlop_sync_client_wait (self, FORLOP_SYNC_SERVER_FAULT, answer, now);
    }

  if (local_fault == NULL)
    return TRUE;

  forlop_sync_client_wait (self, FORLOP_SYNC_LOCAL_FAULT, answer, now);
  g_propagate_error (error, g_steal_pointer (&local_fault));

  return FALSE;
}

void
forlop_sync_client_poke (ForlopSyncClient *self,
                         gint64            head)
{
  g_return_if_fail (self != NULL);

  if (head == 0)
    self->wants_turn = TRUE;
  /* Also where the log has not moved: then an attachment has come. */
  forlop_sync_transfer_look (self->transfer);
  self->poked_head = MAX (self->poked_head, head);
}

void
forlop_sync_client_wake (ForlopSyncClient *self)
{
  g_return_if_fail (self != NULL);

  self->standing = FORLOP_SYNC_WORKING;
  self->wants_turn = TRUE;
  self->n_failures = 0;
  self->rests = FALSE;
  self->not_before = G_MININT64;
  forlop_sync_transfer_wake (self->transfer);
}

/**
 * forlop_sync_client_get_next_at:
 *
 * Returns: an instant; %G_MAXINT64 when something must happen first.
 */
gint64
forlop_sync_client_get_next_at (ForlopSyncClient *self)
{
  g_return_val_if_fail (self != NULL, G_MAXINT64);

  if (is_stopped (self))
    return G_MAXINT64;

  return self->rests ? self->rest_until : self->not_before;
}

ForlopSyncStanding
forlop_sync_client_get_standing (ForlopSyncClient *self)
{
  g_return_val_if_fail (self != NULL, FORLOP_SYNC_IDLE);

  return self->standing;
}

const char *
forlop_sync_client_get_detail (ForlopSyncClient *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->detail;
}

gint64
forlop_sync_client_get_skew (ForlopSyncClient *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->skew_ms;
}
