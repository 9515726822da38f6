/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-act-draft.h"

#include "forlop-draft-store.h"

typedef struct {
  char *key;
  char *user_id;
  char *body; /* NULL throws the draft away */
  gint64 now;
} KeepDraft;

static void
keep_draft_free (gpointer data)
{
  KeepDraft *keep = data;

  g_free (keep->key);
  g_free (keep->user_id);
  g_free (keep->body);
  g_free (keep);
}

static gpointer
keep_draft_on_worker (ForlopConnection  *connection,
                      gpointer           user_data,
                      GCancellable      *cancellable G_GNUC_UNUSED,
                      GError           **error)
{
  KeepDraft *keep = user_data;

  if (keep->body == NULL)
    forlop_draft_store_remove (connection, keep->key, keep->user_id, error);
  else
    forlop_draft_store_put (connection, keep->key, keep->user_id, keep->now, keep->body, error);

  return NULL;
}

void
forlop_draft_keep_of (ForlopSession *session,
                      const char    *user_id,
                      const char    *key,
                      char          *body)
{
  ForlopStore *store;
  KeepDraft *keep;

  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (key != NULL);

  store = forlop_session_get_store (session);
  if (store == NULL)
    {
      g_free (body);
      return;
    }

  keep = g_new0 (KeepDraft, 1);
  keep->key = g_strdup (key);
  keep->user_id = g_strdup (user_id);
  keep->body = body;
  keep->now = forlop_session_now (session);
  dex_future_disown (forlop_store_write (store, keep_draft_on_worker, keep, keep_draft_free, NULL));
}

void
forlop_draft_keep (ForlopSession *session,
                   const char    *key,
                   char          *body)
{
  g_autoptr (ForlopActor) actor = NULL;

  g_return_if_fail (FORLOP_IS_SESSION (session));

  actor = forlop_session_dup_actor (session);
  forlop_draft_keep_of (session, actor != NULL ? actor->user_id : NULL, key, body);
}

void
forlop_act_draft_keep (ForlopSession          *session,
                       const ForlopActRequest *request,
                       char                   *body)
{
  g_autofree char *key = NULL;

  g_return_if_fail (request != NULL);

  key = forlop_act_request_dup_key (request);
  forlop_draft_keep (session, key, body);
}
