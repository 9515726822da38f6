/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-browser-sign-in.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "forlop-browser-return.h"
#include "forlop-json.h"

#define MAX_WAIT_SECONDS 600

/* What the server says of a sign-in that has begun. */
typedef struct {
  char *request;
  char *state;
  char *url;
  gint64 seconds;
} Begun;

static void
begun_clear (Begun *self)
{
  if (self->request != NULL)
    sodium_memzero (self->request, strlen (self->request));
  g_free (self->request);
  g_free (self->state);
  g_free (self->url);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Begun, begun_clear)

/* The browser is not sent to a file or another program, whoever asks for it. */
static gboolean
is_web_address (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;

  return scheme != NULL && g_uri_get_host (uri) != NULL &&
         (g_str_equal (scheme, "https") ||
          (g_str_equal (scheme, "http") && g_str_equal (g_uri_get_host (uri), "127.0.0.1")));
}

static gboolean
read_begun (const ForlopHttpAnswer  *answer,
            Begun                   *begun,
            GError                 **error)
{
  g_autoptr (yyjson_doc) doc = forlop_json_parse (answer->text, -1, NULL);
  yyjson_val *root = yyjson_doc_get_root (doc);

  begun->request = g_strdup (yyjson_get_str (yyjson_obj_get (root, "request")));
  begun->state = g_strdup (yyjson_get_str (yyjson_obj_get (root, "state")));
  begun->url = g_strdup (yyjson_get_str (yyjson_obj_get (root, "url")));
  begun->seconds = CLAMP (yyjson_get_sint (yyjson_obj_get (root, "seconds")), 1, MAX_WAIT_SECONDS);
  if (begun->request != NULL && begun->state != NULL && begun->url != NULL && is_web_address (begun->url))
    return TRUE;
  g_set_error_literal (error, FORLOP_HTTP_ERROR, FORLOP_HTTP_ERROR_NOT_UNDERSTOOD,
                       _("What came back is not an answer of the server. What is done here is kept and sent "
                         "later."));

  return FALSE;
}

static gboolean
begin (ForlopHttpTransport       *transport,
       const ForlopBrowserWords  *words,
       const char                *redirect_uri,
       Begun                     *begun,
       GCancellable              *cancellable,
       GError                   **error)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  g_auto (ForlopHttpAnswer) answer = { 0 };
  g_autofree char *body = NULL;

  yyjson_mut_doc_set_root (doc, root);
  forlop_json_add_text (doc, root, "tenant", words->tenant);
  forlop_json_add_text (doc, root, "redirect_uri", redirect_uri);
  yyjson_mut_obj_add_bool (doc, root, "fresh", words->is_fresh);
  body = forlop_json_write (doc, FALSE);
  if (!forlop_http_transport_send (transport, "POST", "/v1/auth/browser", NULL, body, &answer, cancellable, error))
    return FALSE;

  return answer.status == 200 ? read_begun (&answer, begun, error)
                              : forlop_server_account_set_refused (&answer, error);
}

static char *
finish_body (const ForlopBrowserWords *words,
             const Begun              *begun,
             const char               *code,
             const char               *issuer)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  yyjson_mut_val *device = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, root);
  forlop_json_add_text (doc, root, "request", begun->request);
  forlop_json_add_text (doc, root, "state", begun->state);
  forlop_json_add_text (doc, root, "code", code);
  forlop_json_add_text (doc, root, "iss", issuer);
  forlop_json_add_text (doc, device, "id", words->device_id);
  forlop_json_add_text (doc, device, "name", words->device_name);
  yyjson_mut_obj_add_val (doc, root, "device", device);

  return forlop_json_write (doc, FALSE);
}

gboolean
forlop_browser_sign_in (ForlopServerAccount       *account,
                        ForlopHttpTransport       *transport,
                        const ForlopBrowserWords  *words,
                        GCancellable              *cancellable,
                        GError                   **error)
{
  g_autoptr (ForlopBrowserReturn) back = NULL;
  g_auto (Begun) begun = { 0 };
  g_autofree char *code = NULL;
  g_autofree char *issuer = NULL;
  char *body;
  gboolean is_done;

  g_return_val_if_fail (account != NULL && transport != NULL, FALSE);
  g_return_val_if_fail (words != NULL && words->open != NULL, FALSE);

  back = forlop_browser_return_new (error);
  if (back == NULL ||
      !begin (transport, words, forlop_browser_return_get_address (back), &begun, cancellable, error))
    return FALSE;
  words->open (begun.url, words->user_data);
  if (!forlop_browser_return_wait (back, begun.state, (unsigned int) begun.seconds, &code, &issuer, cancellable, error))
    return FALSE;
  body = finish_body (words, &begun, code, issuer);
  is_done = forlop_server_account_enter (account, transport, "/v1/auth/browser/finish", body, cancellable, error);
  sodium_memzero (body, strlen (body));
  g_free (body);

  return is_done;
}
