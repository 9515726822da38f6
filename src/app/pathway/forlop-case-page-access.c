/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-case-page-private.h"

#include "forlop-access-store.h"

typedef struct {
  ForlopActor *actor;
  char *citizen_id;
  const char *action;
  gint64 at;
} Access;

static void
access_free (gpointer data)
{
  Access *access = data;

  forlop_actor_free (access->actor);
  g_free (access->citizen_id);
  g_free (access);
}

static gpointer
access_on_worker (ForlopConnection  *connection,
                  gpointer           user_data,
                  GCancellable      *cancellable G_GNUC_UNUSED,
                  GError           **error)
{
  Access *access = user_data;

  forlop_access_store_append (connection, access->actor, access->citizen_id, access->action, NULL,
                              access->at, error);

  return NULL;
}

void
forlop_case_page_log (ForlopCasePage *self,
                      const char     *action)
{
  ForlopSession *session = forlop_view_get_session (FORLOP_VIEW (self));
  ForlopActor *actor = forlop_session_dup_actor (session);
  Access *access;

  if (actor == NULL)
    return;

  access = g_new0 (Access, 1);
  access->actor = actor;
  access->citizen_id = g_strdup (forlop_case_page_private (self)->data->citizen_id);
  access->action = action;
  access->at = forlop_session_now (session);
  dex_future_disown (forlop_store_write (forlop_session_get_store (session), access_on_worker, access,
                                         access_free, NULL));
}
