/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-client-private.h"

#include "forlop-json.h"

static void
note_detail (ForlopSyncClient *self,
             yyjson_val       *root)
{
  g_set_str (&self->detail, yyjson_get_str (yyjson_obj_get (root, "detail")));
}

/* Whether the request was made in what is still the present: otherwise its refusal is of the past. */
static gboolean
is_present (const ForlopSyncRequest  *request,
            const ForlopSyncState    *state)
{
  return g_strcmp0 (request->epoch, state->epoch) == 0 &&
         (request->kind != FORLOP_SYNC_REQUEST_PULL || request->from == state->pos);
}

static gboolean
take_wrong_number (ForlopSyncClient       *self,
                   yyjson_val             *root,
                   const ForlopSyncAnswer  *answer,
                   gint64                  now,
                   GError                **local_fault)
{
  gint64 expected = 0;
  gboolean found;

  if (!forlop_json_get_integer (root, "expected", &expected, NULL) || expected < 1)
    {
      forlop_sync_client_wait (self, FORLOP_SYNC_SERVER_FAULT, answer, now);
      return TRUE;
    }
  if (!self->mirror->funcs->take_expected (self->mirror, expected, &found, local_fault))
    return FALSE;
  if (!found)
    self->standing = FORLOP_SYNC_STUCK;

  return TRUE;
}

static void
take_too_large (ForlopSyncClient         *self,
                const ForlopSyncRequest  *request,
                const ForlopSyncAnswer    *answer,
                gint64                    now)
{
  if (request->kind != FORLOP_SYNC_REQUEST_PUSH)
    forlop_sync_client_wait (self, FORLOP_SYNC_SERVER_FAULT, answer, now);
  else if (request->n_changesets == 1)
    self->standing = FORLOP_SYNC_STUCK;
  else
    {
      self->max_changesets = MAX (MIN (self->max_changesets, request->n_changesets) / 2, 1);
      self->max_bytes = MAX (self->max_bytes / 2, 2 * FORLOP_SYNC_ENVELOPE_BYTES);
    }
}

static void
take_forbidden (ForlopSyncClient       *self,
                yyjson_val             *root,
                const ForlopSyncAnswer  *answer,
                gint64                  now)
{
  const char *code = yyjson_get_str (yyjson_obj_get (root, "code"));

  if (g_strcmp0 (code, "device_blocked") == 0)
    self->standing = FORLOP_SYNC_BLOCKED;
  else if (g_strcmp0 (code, "device_wiped") == 0)
    self->standing = FORLOP_SYNC_WIPED;
  else
    {
      /* The scope was taken away between two replies: the next turn says so. */
      forlop_sync_client_wait (self, FORLOP_SYNC_BUSY, answer, now);
      self->wants_turn = TRUE;
    }
}

gboolean
forlop_sync_client_take_refusal (ForlopSyncClient         *self,
                                 const ForlopSyncRequest  *request,
                                 const ForlopSyncAnswer   *answer,
                                 yyjson_val               *root,
                                 gint64                    now,
                                 GError                  **local_fault)
{
  g_auto (ForlopSyncState) state = { 0 };

  if (!self->mirror->funcs->load_state (self->mirror, &state, local_fault))
    return FALSE;
  if (answer->status != 0 && !is_present (request, &state))
    return TRUE;
  /* A file that is refused, or comes too fast, holds up nothing but files. */
  if (request->kind >= FORLOP_SYNC_REQUEST_ASK && forlop_sync_transfer_is_own (answer->status))
    return forlop_sync_transfer_take (self->transfer, request, answer, root, now, local_fault);

  note_detail (self, root);
  switch (answer->status)
    {
    case 0:
      forlop_sync_client_wait (self, FORLOP_SYNC_OFFLINE, answer, now);
      return TRUE;
    case 401:
      self->standing = FORLOP_SYNC_SIGNED_OUT;
      return TRUE;
    case 403:
      take_forbidden (self, root, answer, now);
      return TRUE;
    case 409:
      return take_wrong_number (self, root, answer, now, local_fault);
    case 410:
      self->has_greeted = FALSE;
      self->wants_turn = TRUE;
      return self->mirror->funcs->forget (self->mirror, local_fault);
    case 413:
      take_too_large (self, request, answer, now);
      return TRUE;
    case 426:
      self->is_too_old = TRUE;
      forlop_sync_client_wait (self, FORLOP_SYNC_TOO_OLD, answer, now);
      return TRUE;
    case 429:
    case 503:
      forlop_sync_client_wait (self, FORLOP_SYNC_BUSY, answer, now);
      return TRUE;
    default:
      forlop_sync_client_wait (self, FORLOP_SYNC_SERVER_FAULT, answer, now);
      return TRUE;
    }
}
