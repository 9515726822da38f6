/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-http-run.h"

#include <glib/gi18n-lib.h>

#include "forlop-accounts.h"
#include "forlop-http-load.h"

#define MAX_TRIES 5

ForlopSyncReply *
forlop_http_run_unavailable (ForlopServerCall *call)
{
  g_return_val_if_fail (call != NULL, NULL);

  call->retry_ms = FORLOP_HTTP_BUSY_RETRY_MS;

  return forlop_sync_reply_problem (503, "busy", forlop_http_load_busy_words ());
}

/* What went wrong is for those who run the server; the caller is told that nothing was stored. */
static ForlopSyncReply *
failed (ForlopServerCall *call,
        const GError     *error)
{
  if (g_error_matches (error, FORLOP_SERVER_STORAGE_ERROR, FORLOP_SERVER_STORAGE_ERROR_RETRY) ||
      g_error_matches (error, FORLOP_SERVER_STORAGE_ERROR, FORLOP_SERVER_STORAGE_ERROR_UNAVAILABLE))
    {
      g_message ("Request %s must be tried again: %s", call->request_id, error->message);
      return forlop_http_run_unavailable (call);
    }
  g_critical ("Request %s failed: %s", call->request_id, error->message);

  return forlop_sync_reply_problem (500, "failed",
                                    _("Something went wrong on the server. Nothing was stored; tell those "
                                      "who run it."));
}

typedef struct {
  const ForlopHttpRoute *route;
  ForlopServerCall *call;
} Run;

static gpointer
authenticate_on_worker (gpointer       user_data,
                        GCancellable  *cancellable G_GNUC_UNUSED,
                        GError       **error)
{
  Run *self = user_data;
  ForlopSyncReply *reply = NULL;

  if (self->route->access == FORLOP_HTTP_SYSTEM)
    return forlop_accounts_authenticate_system (self->call, &reply, error) ? reply : NULL;

  return forlop_accounts_authenticate (self->call, self->route->access == FORLOP_HTTP_LIMITED, &reply, error)
           ? reply
           : NULL;
}

/* Both the answer and the error are missing when the caller is who he says he is. */
static ForlopSyncReply *
authenticate (Run     *self,
              GError **error)
{
  if (self->route->access == FORLOP_HTTP_OPEN ||
      (self->route->access == FORLOP_HTTP_KNOWN && self->call->token == NULL))
    return NULL;

  return forlop_worker_run_sync (self->call->tenant->worker, authenticate_on_worker, self, NULL, error);
}

static ForlopSyncReply *
run_once (Run     *self,
          GError **error)
{
  g_autoptr (GError) problem = NULL;
  ForlopSyncReply *reply;

  g_clear_pointer (&self->call->session, forlop_session_free);
  g_clear_pointer (&self->call->system, forlop_system_free);
  reply = authenticate (self, &problem);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (reply == NULL)
    reply = self->route->handler (self->call, error);

  return reply;
}

ForlopSyncReply *
forlop_http_run (const ForlopHttpRoute *route,
                 ForlopServerCall      *call)
{
  Run self = { route, call };
  g_autoptr (GError) problem = NULL;

  g_return_val_if_fail (route != NULL && call != NULL, NULL);

  for (int i = 0; i < MAX_TRIES; i++)
    {
      ForlopSyncReply *reply;

      g_clear_error (&problem);
      reply = run_once (&self, &problem);
      if (reply != NULL)
        return reply;
      if (!g_error_matches (problem, FORLOP_SERVER_STORAGE_ERROR, FORLOP_SERVER_STORAGE_ERROR_RETRY))
        break;
    }

  return failed (call, problem);
}
