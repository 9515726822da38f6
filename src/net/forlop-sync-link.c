/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-link.h"

struct _ForlopSyncLink
{
  ForlopServerAccount *account;
  char *address;
  char *ca_file;
  char *proxy;
  unsigned int timeout_seconds;
  ForlopHttpTransport *transport; /* of the thread that sends */
};

ForlopSyncLink *
forlop_sync_link_new (ForlopServerAccount      *account,
                      const ForlopHttpSettings *settings)
{
  ForlopSyncLink *self;

  g_return_val_if_fail (account != NULL && settings != NULL, NULL);

  self = g_new0 (ForlopSyncLink, 1);
  self->account = forlop_server_account_ref (account);
  self->address = g_strdup (settings->address);
  self->ca_file = g_strdup (settings->ca_file);
  self->proxy = g_strdup (settings->proxy);
  self->timeout_seconds = settings->timeout_seconds;

  return self;
}

void
forlop_sync_link_free (gpointer link)
{
  ForlopSyncLink *self = link;

  if (self == NULL)
    return;

  forlop_http_transport_free (self->transport);
  forlop_server_account_unref (self->account);
  g_free (self->address);
  g_free (self->ca_file);
  g_free (self->proxy);
  g_free (self);
}

unsigned int
forlop_sync_link_send (const ForlopSyncRequest  *request,
                       char                    **text,
                       gint64                   *retry_after,
                       gint64                   *server_time,
                       gpointer                  link,
                       GCancellable             *cancellable,
                       GError                  **error)
{
  ForlopSyncLink *self = link;
  ForlopHttpAnswer answer = { 0 };

  g_return_val_if_fail (self != NULL && request != NULL && text != NULL, 0);
  g_return_val_if_fail (retry_after != NULL && server_time != NULL, 0);

  *text = NULL;
  *retry_after = 0;
  *server_time = 0;
  if (self->transport == NULL)
    {
      ForlopHttpSettings settings = {
        .address = self->address, .ca_file = self->ca_file, .proxy = self->proxy,
        .timeout_seconds = self->timeout_seconds,
      };

      self->transport = forlop_http_transport_new (&settings, error);
      if (self->transport == NULL)
        return 0;
    }
  if (!forlop_server_account_send (self->account, self->transport, request->method, request->path,
                                   request->body, &answer, cancellable, error))
    return 0;
  *text = answer.text;
  *retry_after = answer.retry_after;
  *server_time = answer.server_time;

  return answer.status;
}
