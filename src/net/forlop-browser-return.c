/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-browser-return.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "forlop-server-account.h"

#define MAX_PARAMETER 2000
/* The page must be out before the port closes. */
#define FLUSH_MS 2000

struct _ForlopBrowserReturn
{
  GMainContext *context;
  SoupServer *soup;
  char *address;
  char *host;

  const char *state; /* while it waits */
  gboolean has_come;
  gboolean is_answered;
  gboolean is_over;
  char *code;
  char *issuer;
};

static const char page[] =
  "<!DOCTYPE html><html lang=\"nb\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
  "<title>Forløp</title><style>body{font:18px sans-serif;max-width:32em;margin:4em auto;padding:0 1em;"
  "color-scheme:light dark}</style><h1>Forløp</h1><p>%s</p></html>";

static void
show (SoupServerMessage *message,
      unsigned int       status,
      const char        *sentence)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);
  g_autoptr (GString) text = g_string_new (page);

  g_string_replace (text, "%s", escaped, 1);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "Connection", "close");
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_COPY, text->str, text->len);
}

static const char *
find (GHashTable *query,
      const char *name)
{
  const char *value = query != NULL ? g_hash_table_lookup (query, name) : NULL;

  return value != NULL && *value != '\0' && strlen (value) <= MAX_PARAMETER ? value : NULL;
}

/* A page on the web may knock here as well; it does not know the state. */
static gboolean
is_ours (ForlopBrowserReturn *self,
         SoupServerMessage   *message,
         const char          *path,
         GHashTable          *query)
{
  const char *host = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Host");

  return self->state != NULL && !self->has_come && g_str_equal (path, "/") &&
         g_str_equal (soup_server_message_get_method (message), SOUP_METHOD_GET) &&
         g_strcmp0 (host, self->host) == 0 && g_strcmp0 (find (query, "state"), self->state) == 0;
}

static void
handler_cb (SoupServer        *soup G_GNUC_UNUSED,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  ForlopBrowserReturn *self = user_data;

  if (!is_ours (self, message, path, query))
    {
      show (message, 404, _("There is nothing here."));
      return;
    }
  self->has_come = TRUE;
  self->code = g_strdup (find (query, "code"));
  self->issuer = g_strdup (find (query, "iss"));
  if (self->code != NULL)
    show (message, 200, _("Go back to Forløp; the sign-in goes on there. You may close this page."));
  else
    show (message, 200, _("The sign-in was ended here. You may close this page and try again in Forløp."));
}

static void
finished_cb (SoupServer        *soup G_GNUC_UNUSED,
             SoupServerMessage *message G_GNUC_UNUSED,
             gpointer           user_data)
{
  ForlopBrowserReturn *self = user_data;

  self->is_answered = self->has_come;
}

static gboolean
listen_on_free_port (ForlopBrowserReturn  *self,
                     GError              **error)
{
  GSList *uris;

  g_main_context_push_thread_default (self->context);
  self->soup = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->soup, NULL, handler_cb, self, NULL);
  g_signal_connect (self->soup, "request-finished", G_CALLBACK (finished_cb), self);
  g_signal_connect (self->soup, "request-aborted", G_CALLBACK (finished_cb), self);
  if (!soup_server_listen_local (self->soup, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    {
      g_main_context_pop_thread_default (self->context);
      return FALSE;
    }
  g_main_context_pop_thread_default (self->context);
  uris = soup_server_get_uris (self->soup);
  self->host = g_strdup_printf ("127.0.0.1:%d", g_uri_get_port (uris->data));
  self->address = g_strdup_printf ("http://%s/", self->host);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return TRUE;
}

ForlopBrowserReturn *
forlop_browser_return_new (GError **error)
{
  g_autoptr (ForlopBrowserReturn) self = g_new0 (ForlopBrowserReturn, 1);
  g_autoptr (GError) problem = NULL;

  self->context = g_main_context_new ();
  if (listen_on_free_port (self, &problem))
    return g_steal_pointer (&self);
  g_set_error (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_BROWSER,
               _("This machine does not let the browser come back to Forløp. Nothing was changed. Sign in with name "
                 "and password, or tell those who look after the machine.\n%s"), problem->message);

  return NULL;
}

void
forlop_browser_return_free (ForlopBrowserReturn *self)
{
  if (self == NULL)
    return;

  if (self->soup != NULL)
    {
      g_main_context_push_thread_default (self->context);
      soup_server_disconnect (self->soup);
      g_main_context_pop_thread_default (self->context);
    }
  g_clear_object (&self->soup);
  g_main_context_unref (self->context);
  g_free (self->address);
  g_free (self->host);
  g_free (self->code);
  g_free (self->issuer);
  g_free (self);
}

const char *
forlop_browser_return_get_address (ForlopBrowserReturn *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->address;
}

static gboolean
over_cb (gpointer user_data)
{
  gboolean *is_over = user_data;

  *is_over = TRUE;

  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable G_GNUC_UNUSED,
              gpointer      user_data)
{
  return over_cb (user_data);
}

/* Until *@is_done, or so long. */
static void
iterate (ForlopBrowserReturn *self,
         const gboolean      *is_done,
         unsigned int         milliseconds,
         GCancellable        *cancellable)
{
  g_autoptr (GSource) timer = g_timeout_source_new (milliseconds);
  g_autoptr (GSource) cancelled = g_cancellable_source_new (cancellable);

  self->is_over = FALSE;
  g_source_set_callback (timer, over_cb, &self->is_over, NULL);
  g_source_attach (timer, self->context);
  g_source_set_callback (cancelled, G_SOURCE_FUNC (cancelled_cb), &self->is_over, NULL);
  g_source_attach (cancelled, self->context);
  g_main_context_push_thread_default (self->context);
  while (!*is_done && !self->is_over)
    g_main_context_iteration (self->context, TRUE);
  g_main_context_pop_thread_default (self->context);
  g_source_destroy (timer);
  g_source_destroy (cancelled);
}

gboolean
forlop_browser_return_wait (ForlopBrowserReturn  *self,
                            const char           *state,
                            unsigned int          seconds,
                            char                **code,
                            char                **issuer,
                            GCancellable         *cancellable,
                            GError              **error)
{
  g_return_val_if_fail (self != NULL && state != NULL, FALSE);
  g_return_val_if_fail (code != NULL && issuer != NULL, FALSE);

  *code = NULL;
  *issuer = NULL;
  self->state = state;
  iterate (self, &self->has_come, seconds * 1000, cancellable);
  self->state = NULL;
  if (self->has_come)
    iterate (self, &self->is_answered, FLUSH_MS, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (self->code == NULL)
    {
      g_set_error_literal (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_BROWSER,
                           self->has_come
                             ? _("The sign-in was ended in the browser. Nothing was changed. Try again.")
                             : _("The browser did not come back with a sign-in. Nothing was changed. Try again."));
      return FALSE;
    }
  *code = g_steal_pointer (&self->code);
  *issuer = g_steal_pointer (&self->issuer);

  return TRUE;
}
