/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-accounts-private.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "forlop-json.h"
#include "forlop-token.h"

const char *
forlop_accounts_read_text (yyjson_doc *doc,
                           const char *key,
                           gsize       max)
{
  const char *text = NULL;

  if (!forlop_json_get_text (yyjson_doc_get_root (doc), key, &text, NULL) || text == NULL ||
      *text == '\0' || strlen (text) > max)
    return NULL;

  return text;
}

ForlopSyncReply *
forlop_accounts_malformed (void)
{
  return forlop_sync_reply_problem (400, "malformed",
                                    _("The request lacks something or has it in a wrong form. Nothing was "
                                      "stored."));
}

ForlopSyncReply *
forlop_accounts_not_signed_in (void)
{
  return forlop_sync_reply_problem (401, "not_signed_in",
                                    _("You are not signed in to the server, or no longer. What is on this "
                                      "machine is kept; sign in."));
}

ForlopSyncReply *
forlop_accounts_not_allowed (void)
{
  return forlop_sync_reply_problem (403, "not_allowed",
                                    _("Only an administrator may do this. Nothing was changed."));
}

/* Of what a leader may look at. */
ForlopSyncReply *
forlop_accounts_not_leader (void)
{
  return forlop_sync_reply_problem (403, "not_allowed",
                                    _("Only a manager or an administrator may do this. Nothing was read."));
}

ForlopSyncReply *
forlop_accounts_too_many (ForlopServerCall *call,
                          gint64            wait_ms)
{
  call->retry_ms = wait_ms;

  return forlop_sync_reply_problem (429, "too_many_attempts",
                                    _("There were too many attempts. Nothing was changed; wait a while and "
                                      "try again."));
}

void
forlop_session_renew (ForlopSession *session,
                      const char    *tenant,
                      gint64         now,
                      char         **access,
                      char         **refresh)
{
  *access = forlop_token_new (tenant);
  *refresh = forlop_token_new (tenant);
  forlop_token_hash (*access, session->access_hash);
  forlop_token_hash (*refresh, session->refresh_hash);
  session->access_until = MIN (now + FORLOP_ACCESS_MS, session->ends_at);
  session->is_confirmed = FALSE;
}

ForlopSyncReply *
forlop_session_reply (const ForlopSession *session,
                      gint64               now,
                      char                *access,
                      char                *refresh)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  g_autofree char *ends_at = forlop_instant_to_iso (session->ends_at);

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_strcpy (doc, root, "access_token", access);
  yyjson_mut_obj_add_sint (doc, root, "access_seconds", (session->access_until - now) / 1000);
  yyjson_mut_obj_add_strcpy (doc, root, "refresh_token", refresh);
  yyjson_mut_obj_add_strcpy (doc, root, "session_until", ends_at);
  yyjson_mut_obj_add_strcpy (doc, root, "user_id", session->user_id);
  yyjson_mut_obj_add_strcpy (doc, root, "device_id", session->device_id);
  yyjson_mut_obj_add_bool (doc, root, "must_change_password", session->is_limited);
  sodium_memzero (access, strlen (access));
  sodium_memzero (refresh, strlen (refresh));
  g_free (access);
  g_free (refresh);

  return forlop_sync_reply_new (200, forlop_json_write (doc, FALSE));
}

gboolean
forlop_accounts_load_device (ForlopTenant        *tenant,
                             const char          *device_id,
                             ForlopServerDevice **device,
                             GError             **error)
{
  const ForlopServerStorageFuncs *funcs = tenant->storage->funcs;
  gboolean is_read;

  if (!funcs->begin (tenant->storage, FALSE, error))
    return FALSE;
  is_read = funcs->get_device (tenant->storage, device_id, device, error);
  funcs->rollback (tenant->storage);

  return is_read;
}

gboolean
forlop_accounts_save_device (ForlopTenant              *tenant,
                             const ForlopServerDevice  *device,
                             GError                   **error)
{
  const ForlopServerStorageFuncs *funcs = tenant->storage->funcs;

  if (!funcs->begin (tenant->storage, TRUE, error))
    return FALSE;
  if (funcs->put_device (tenant->storage, device, forlop_clock_now (tenant->clock), error) &&
      funcs->commit (tenant->storage, error))
    return TRUE;
  funcs->rollback (tenant->storage);

  return FALSE;
}

ForlopSyncReply *
forlop_accounts_device_reply (const char *state)
{
  if (g_strcmp0 (state, "active") == 0)
    return NULL;
  if (g_strcmp0 (state, "wiped") == 0)
    return forlop_sync_reply_problem (403, "device_wiped",
                                      _("The administrator has asked for what is on this machine to be "
                                        "deleted."));

  return forlop_sync_reply_problem (403, "device_blocked",
                                    _("The administrator has blocked this machine. What is on it is kept; "
                                      "ask the administrator."));
}

/* @is_active: the account of the session's user. */
static gboolean
check_owner (ForlopServerCall  *call,
             ForlopSession     *session,
             gboolean           is_active,
             ForlopSyncReply  **reply,
             GError           **error)
{
  g_autoptr (ForlopServerDevice) device = NULL;

  if (!forlop_accounts_load_device (call->tenant, session->device_id, &device, error))
    return FALSE;
  if (!is_active)
    *reply = forlop_accounts_not_signed_in ();
  else
    *reply = forlop_accounts_device_reply (device != NULL ? device->state : NULL);

  return TRUE;
}

/* The first use shows that the tokens arrived: from now on the refresh token before them is a theft. */
static gboolean
confirm (ForlopServerCall  *call,
         ForlopSession     *session,
         GError           **error)
{
  if (session->is_confirmed)
    return TRUE;
  session->is_confirmed = TRUE;

  return forlop_account_store_confirm (call->tenant->accounts, session, error);
}

gboolean
forlop_accounts_authenticate (ForlopServerCall  *call,
                              gboolean           allow_limited,
                              ForlopSyncReply  **reply,
                              GError           **error)
{
  guint8 hash[FORLOP_TOKEN_HASH_BYTES];
  g_autoptr (ForlopSession) session = NULL;
  gboolean is_active;
  gint64 now;

  g_return_val_if_fail (call != NULL && reply != NULL, FALSE);

  *reply = NULL;
  if (call->tenant == NULL || call->token == NULL)
    {
      *reply = forlop_accounts_not_signed_in ();
      return TRUE;
    }
  now = forlop_clock_now (call->tenant->clock);
  forlop_token_hash (call->token, hash);
  if (!forlop_account_store_find_caller (call->tenant->accounts, hash, &session, &is_active, error))
    return FALSE;
  if (session == NULL || session->access_until <= now || session->ends_at <= now)
    {
      *reply = forlop_accounts_not_signed_in ();
      return TRUE;
    }
  if (!check_owner (call, session, is_active, reply, error) || !confirm (call, session, error))
    return FALSE;
  if (*reply == NULL && session->is_limited && !allow_limited)
    *reply = forlop_sync_reply_problem (403, "password_change_required",
                                        _("The password is for one time only. Choose your own first."));
  if (*reply == NULL)
    call->session = g_steal_pointer (&session);

  return TRUE;
}

static gboolean
end_stolen (ForlopServerCall  *call,
            const char        *session_id,
            GError           **error)
{
  g_message ("A refresh token of %s was shown twice; its session %s was ended.", call->tenant->name,
             session_id);

  return forlop_account_store_end_session (call->tenant->accounts, session_id, error);
}

/* The session to renew; none when the token is worth nothing, or was used before. */
static gboolean
find_renewable (ForlopServerCall  *call,
                const guint8       hash[FORLOP_TOKEN_HASH_BYTES],
                ForlopSession    **session,
                GError           **error)
{
  ForlopAccountStore *accounts = call->tenant->accounts;
  g_autoptr (ForlopSession) found = NULL;
  g_autofree char *used = NULL;

  *session = NULL;
  if (!forlop_account_store_find_refresh (accounts, hash, &found, error) ||
      (found == NULL && !forlop_account_store_find_used (accounts, hash, &used, error)))
    return FALSE;
  if (used != NULL)
    return end_stolen (call, used, error);
  if (found == NULL || found->ends_at <= forlop_clock_now (call->tenant->clock))
    return TRUE;
  if (found->is_confirmed && memcmp (found->refresh_hash, hash, FORLOP_TOKEN_HASH_BYTES) != 0)
    return end_stolen (call, found->id, error);
  *session = g_steal_pointer (&found);

  return TRUE;
}

/* The token in force becomes the one before. When the answer with it was lost, the one before stays
 * and the one that never arrived must not come back. */
static gboolean
rotate (ForlopServerCall  *call,
        ForlopSession     *session,
        const guint8       hash[FORLOP_TOKEN_HASH_BYTES],
        char             **access,
        char             **refresh,
        GError           **error)
{
  if (!forlop_account_store_add_used (call->tenant->accounts, session->refresh_hash, session->id, error))
    return FALSE;
  memcpy (session->previous_hash, hash, FORLOP_TOKEN_HASH_BYTES);
  session->has_previous = TRUE;
  forlop_session_renew (session, call->tenant->name, forlop_clock_now (call->tenant->clock), access,
                        refresh);

  return forlop_account_store_put_session (call->tenant->accounts, session, error);
}

/**
 * forlop_accounts_refresh:
 *
 * The call's token is the refresh token. Each works once; the one before it works as long as nothing
 * has shown that the new ones arrived. One that was used before ends the session, for the thief and the
 * owner alike.
 */
ForlopSyncReply *
forlop_accounts_refresh (ForlopServerCall  *call,
                         GError           **error)
{
  ForlopSyncReply *reply = NULL;
  g_autoptr (ForlopAccountChange) change = NULL;
  g_autoptr (ForlopSession) session = NULL;
  g_autoptr (ForlopAccount) account = NULL;
  guint8 hash[FORLOP_TOKEN_HASH_BYTES];
  char *access = NULL, *refresh = NULL;

  g_return_val_if_fail (call != NULL, NULL);

  if (call->tenant == NULL || call->token == NULL)
    return forlop_accounts_not_signed_in ();

  forlop_token_hash (call->token, hash);
  change = forlop_account_change_begin (call->tenant->accounts, error);
  if (change == NULL || !find_renewable (call, hash, &session, error))
    return NULL;
  if (session == NULL)
    return forlop_account_change_commit (change, error) ? forlop_accounts_not_signed_in () : NULL;
  if (!forlop_account_store_find_user (call->tenant->accounts, session->user_id, &account, error) ||
      !check_owner (call, session, account != NULL && g_str_equal (account->state, "active"), &reply, error))
    return NULL;
  if (reply != NULL)
    return reply;
  if (!rotate (call, session, hash, &access, &refresh, error) ||
      !forlop_account_change_commit (change, error))
    {
      g_free (access);
      g_free (refresh);
      return NULL;
    }

  return forlop_session_reply (session, forlop_clock_now (call->tenant->clock), access, refresh);
}

ForlopSyncReply *
forlop_accounts_sign_out (ForlopServerCall  *call,
                          GError           **error)
{
  g_return_val_if_fail (call != NULL && call->session != NULL, NULL);

  if (!forlop_account_store_end_session (call->tenant->accounts, call->session->id, error))
    return NULL;

  return forlop_sync_reply_new (200, g_strdup ("{}"));
}

gboolean
forlop_accounts_session_lives (ForlopTenant  *tenant,
                               const char    *session_id,
                               gboolean      *lives,
                               GError       **error)
{
  g_autoptr (ForlopSession) session = NULL;
  g_autoptr (ForlopServerDevice) device = NULL;

  g_return_val_if_fail (tenant != NULL && session_id != NULL && lives != NULL, FALSE);

  *lives = FALSE;
  if (!forlop_account_store_find_session (tenant->accounts, session_id, &session, error))
    return FALSE;
  if (session == NULL || session->ends_at <= forlop_clock_now (tenant->clock))
    return TRUE;
  if (!forlop_accounts_load_device (tenant, session->device_id, &device, error))
    return FALSE;
  *lives = device != NULL && g_strcmp0 (device->state, "active") == 0;

  return TRUE;
}
