/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-accounts-browser.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "forlop-accounts-private.h"
#include "forlop-identity-store.h"
#include "forlop-json.h"
#include "forlop-token.h"

#define MAX_CODE 2000
#define SECRET_BYTES 32
#define REDIRECT "http://127.0.0.1:"
#define BUSY_RETRY_MS 2000

/* One sign-in on its way through the threads. Text belongs to the request's document. */
typedef struct {
  ForlopServerCall *call;
  ForlopTenant *tenant;
  ForlopOpenidProvider *provider;
  char *handle;
  ForlopBrowserSignIn *sign_in;
  gboolean is_added;
  ForlopIdToken *token;
  const char *device_id;
  const char *device_name;
} Signing;

static void
signing_clear (Signing *self)
{
  if (self->handle != NULL)
    sodium_memzero (self->handle, strlen (self->handle));
  g_free (self->handle);
  g_clear_pointer (&self->sign_in, forlop_browser_sign_in_free);
  g_clear_pointer (&self->token, forlop_id_token_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Signing, signing_clear)

ForlopSyncReply *
forlop_accounts_no_browser (void)
{
  return forlop_sync_reply_problem (404, "no_browser_sign_in",
                                    _("Nobody signs in by browser there. Nothing was changed. Check the name of "
                                      "the municipality, or sign in with name and password."));
}

static ForlopSyncReply *
provider_silent (const ForlopServerCall *call,
                 const GError           *problem)
{
  g_message ("Request %s: the provider of sign-ins cannot be used: %s", call->request_id, problem->message);

  return forlop_sync_reply_problem (503, "provider",
                                    _("The service you sign in with cannot be reached from the server, or does "
                                      "not know it. What is on this machine is kept; try again in a while, and "
                                      "tell those who run the server if it stays so."));
}

/* Nobody has guessed anything: there are only many. */
static ForlopSyncReply *
too_many (ForlopServerCall *call,
          gint64            wait_ms)
{
  call->retry_ms = wait_ms;

  return forlop_sync_reply_problem (429, "too_many_sign_ins",
                                    _("Too many people are signing in by browser just now. Nothing was changed; "
                                      "try again in a moment."));
}

/* Why is for the journal: whoever tries things out learns nothing. */
static ForlopSyncReply *
failed (const ForlopServerCall *call,
        const char             *why)
{
  g_message ("Request %s: a sign-in by browser was not accepted: %s", call->request_id, why);

  return forlop_sync_reply_problem (401, "sign_in_failed",
                                    _("The sign-in by browser was not accepted, or took too long. What is on this "
                                      "machine is kept; sign in once more."));
}

ForlopWorker *
forlop_accounts_browser_choose (ForlopServerCall *call)
{
  ForlopSyncReply *reply = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  g_autofree char *of_handle = NULL;
  const char *name, *handle;
  ForlopOpenidProvider *provider;
  ForlopTenant *tenant;

  g_return_val_if_fail (call != NULL, NULL);

  call->tenant = NULL;
  doc = forlop_sync_read_request (call->text, call->length, &reply);
  if (doc == NULL)
    {
      forlop_sync_reply_free (reply);
      return NULL;
    }
  name = forlop_accounts_read_text (doc, "tenant", FORLOP_ACCOUNTS_MAX_TEXT);
  handle = forlop_accounts_read_text (doc, "request", FORLOP_ACCOUNTS_MAX_TEXT);
  of_handle = handle != NULL ? forlop_token_dup_tenant (handle) : NULL;
  tenant = forlop_tenants_find (call->tenants, of_handle != NULL ? of_handle : name);
  provider = tenant != NULL ? forlop_tenants_find_provider (call->tenants, tenant->name) : NULL;
  if (provider == NULL)
    return NULL;
  call->tenant = forlop_tenant_take_turn (tenant);

  return forlop_openid_provider_get_worker (provider);
}

/* Only the machine the browser is on, by number: a name may lead elsewhere. */
static gboolean
is_own_redirect (const char *redirect)
{
  const char *port;
  guint64 number = 0;

  if (redirect == NULL || !g_str_has_prefix (redirect, REDIRECT))
    return FALSE;
  port = redirect + strlen (REDIRECT);

  return strlen (port) <= strlen ("65535/") && g_str_has_suffix (port, "/") && g_ascii_isdigit (*port) &&
         strspn (port, "0123456789") == strlen (port) - 1 &&
         (number = g_ascii_strtoull (port, NULL, 10)) >= 1024 && number <= G_MAXUINT16;
}

static char *
make_secret (void)
{
  guint8 bytes[SECRET_BYTES];
  char *text;

  randombytes_buf (bytes, sizeof bytes);
  text = forlop_jose_encode (bytes, sizeof bytes);
  sodium_memzero (bytes, sizeof bytes);

  return text;
}

static gpointer
add_on_worker (gpointer       user_data,
               GCancellable  *cancellable G_GNUC_UNUSED,
               GError       **error)
{
  Signing *self = user_data;
  guint8 hash[FORLOP_TOKEN_HASH_BYTES];

  forlop_token_hash (self->handle, hash);

  return forlop_browser_sign_in_add (self->tenant->accounts, hash, self->sign_in,
                                     forlop_clock_now (self->tenant->clock), &self->is_added, error)
           ? self
           : NULL;
}

static ForlopSyncReply *
begin_reply (const Signing *self,
             const char    *address)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, root);
  forlop_json_add_text (doc, root, "request", self->handle);
  forlop_json_add_text (doc, root, "url", address);
  forlop_json_add_text (doc, root, "state", self->sign_in->state);
  yyjson_mut_obj_add_sint (doc, root, "seconds", FORLOP_BROWSER_SIGN_IN_MS / 1000);

  return forlop_sync_reply_new (200, forlop_json_write (doc, FALSE));
}

static ForlopSyncReply *
begin (Signing     *self,
       const char  *redirect_uri,
       gboolean     asks_again,
       GError     **error)
{
  gint64 now = forlop_clock_now (self->tenant->clock);
  g_autoptr (GError) problem = NULL;
  g_autofree char *address = NULL;
  ForlopOpenidRequest request;

  self->handle = forlop_token_new (self->tenant->name);
  self->sign_in = g_new0 (ForlopBrowserSignIn, 1);
  self->sign_in->state = make_secret ();
  self->sign_in->nonce = make_secret ();
  self->sign_in->verifier = make_secret ();
  self->sign_in->redirect_uri = g_strdup (redirect_uri);
  self->sign_in->ends_at = now + FORLOP_BROWSER_SIGN_IN_MS;
  request = (ForlopOpenidRequest) {
    .state = self->sign_in->state, .nonce = self->sign_in->nonce, .verifier = self->sign_in->verifier,
    .redirect_uri = redirect_uri, .asks_again = asks_again,
  };
  address = forlop_openid_provider_begin (self->provider, &request, &problem);
  if (address == NULL)
    return provider_silent (self->call, problem);
  if (forlop_worker_run_sync (self->tenant->worker, add_on_worker, self, NULL, error) == NULL)
    return NULL;
  if (!self->is_added)
    return too_many (self->call, BUSY_RETRY_MS);

  return begin_reply (self, address);
}

/**
 * forlop_accounts_browser_begin:
 *
 * `{"tenant","redirect_uri","fresh"?}`.
 */
ForlopSyncReply *
forlop_accounts_browser_begin (ForlopServerCall  *call,
                               GError           **error)
{
  ForlopSyncReply *reply = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  g_auto (Signing) self = { .call = call };
  const char *redirect_uri;
  gboolean asks_again = FALSE;
  gint64 wait_ms;

  g_return_val_if_fail (call != NULL, NULL);

  doc = forlop_sync_read_request (call->text, call->length, &reply);
  if (doc == NULL)
    return reply;
  redirect_uri = forlop_accounts_read_text (doc, "redirect_uri", FORLOP_ACCOUNTS_MAX_TEXT);
  if (forlop_accounts_read_text (doc, "tenant", FORLOP_ACCOUNTS_MAX_TEXT) == NULL ||
      !is_own_redirect (redirect_uri) ||
      !forlop_json_get_boolean (yyjson_doc_get_root (doc), "fresh", &asks_again, NULL))
    return forlop_accounts_malformed ();
  if (call->tenant == NULL)
    return forlop_accounts_no_browser ();
  self.tenant = call->tenant;
  self.provider = forlop_tenants_find_provider (call->tenants, call->tenant->name);
  if (!forlop_openid_provider_may_begin (self.provider, call->address, &wait_ms))
    return too_many (call, wait_ms);

  return begin (&self, redirect_uri, asks_again, error);
}

static gpointer
take_on_worker (gpointer       user_data,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error)
{
  Signing *self = user_data;
  guint8 hash[FORLOP_TOKEN_HASH_BYTES];

  forlop_token_hash (self->handle, hash);

  return forlop_browser_sign_in_take (self->tenant->accounts, hash, &self->sign_in, error) ? self : NULL;
}

/* The person is known, the account may be closed or missing: the same answer for both. */
static ForlopSyncReply *
unknown_person (const Signing *self)
{
  g_autofree char *sentence =
    g_strdup_printf (_("You signed in, but no user of the municipality is linked to that, so nothing was made. "
                       "Ask the administrator to link you; your number with the sign-in service is %s."),
                     self->token->subject);
  ForlopSyncReply *reply = forlop_sync_reply_problem (403, "unknown_person", sentence);
  g_autoptr (yyjson_doc) doc = forlop_json_parse (reply->body, -1, NULL);
  g_autoptr (yyjson_mut_doc) more = yyjson_doc_mut_copy (doc, NULL);

  forlop_json_add_text (more, yyjson_mut_doc_get_root (more), "subject", self->token->subject);
  g_free (reply->body);
  reply->body = forlop_json_write (more, FALSE);

  return reply;
}

static gpointer
open_on_worker (gpointer       user_data,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error)
{
  Signing *self = user_data;
  ForlopAccountStore *accounts = self->tenant->accounts;
  g_autoptr (ForlopAccount) account = NULL;
  g_autofree char *user_id = NULL;
  ForlopSessionStart start = {
    .device_id = self->device_id, .device_name = self->device_name, .signed_in_at = self->token->signed_in_at,
  };

  if (!forlop_identity_store_find (accounts, forlop_openid_provider_get_issuer (self->provider),
                                   self->token->subject, &user_id, error) ||
      (user_id != NULL && !forlop_account_store_find_user (accounts, user_id, &account, error)))
    return NULL;
  if (account == NULL || !g_str_equal (account->state, "active"))
    return unknown_person (self);
  start.user_id = user_id;

  return forlop_accounts_open_session (self->tenant, &start, error);
}

static gboolean
is_same (const char *a,
         const char *b)
{
  return strlen (a) == strlen (b) && sodium_memcmp (a, b, strlen (a)) == 0;
}

static ForlopSyncReply *
finish (Signing     *self,
        const char  *state,
        const char  *code,
        const char  *issuer,
        GError     **error)
{
  g_autoptr (GError) problem = NULL;
  ForlopOpenidRequest request;

  if (forlop_worker_run_sync (self->tenant->worker, take_on_worker, self, NULL, error) == NULL)
    return NULL;
  if (self->sign_in == NULL)
    return failed (self->call, "nobody left for the browser with it, or came back before");
  if (self->sign_in->ends_at <= forlop_clock_now (self->tenant->clock))
    return failed (self->call, "it took too long");
  if (!is_same (self->sign_in->state, state))
    return failed (self->call, "the state is another one's");

  request = (ForlopOpenidRequest) {
    .state = self->sign_in->state, .nonce = self->sign_in->nonce, .verifier = self->sign_in->verifier,
    .redirect_uri = self->sign_in->redirect_uri,
  };
  self->token = forlop_openid_provider_finish (self->provider, &request, code, issuer, &problem);
  if (g_error_matches (problem, FORLOP_OPENID_ERROR, FORLOP_OPENID_ERROR_UNREACHABLE))
    return provider_silent (self->call, problem);
  if (self->token == NULL)
    return failed (self->call, problem->message);

  return forlop_worker_run_sync (self->tenant->worker, open_on_worker, self, NULL, error);
}

/**
 * forlop_accounts_browser_finish:
 *
 * `{"request","state","code","iss"?,"device":{"id","name"}}`.
 */
ForlopSyncReply *
forlop_accounts_browser_finish (ForlopServerCall  *call,
                                GError           **error)
{
  ForlopSyncReply *reply = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  g_auto (Signing) self = { .call = call };
  const char *handle, *state, *code;

  g_return_val_if_fail (call != NULL, NULL);

  doc = forlop_sync_read_request (call->text, call->length, &reply);
  if (doc == NULL)
    return reply;
  handle = forlop_accounts_read_text (doc, "request", FORLOP_ACCOUNTS_MAX_TEXT);
  state = forlop_accounts_read_text (doc, "state", FORLOP_ACCOUNTS_MAX_TEXT);
  code = forlop_accounts_read_text (doc, "code", MAX_CODE);
  if (handle == NULL || state == NULL || code == NULL ||
      !forlop_accounts_read_device (doc, &self.device_id, &self.device_name))
    return forlop_accounts_malformed ();
  if (call->tenant == NULL)
    return failed (call, "nobody signs in by browser there");
  self.tenant = call->tenant;
  self.provider = forlop_tenants_find_provider (call->tenants, call->tenant->name);
  self.handle = g_strdup (handle);

  return finish (&self, state, code, forlop_accounts_read_text (doc, "iss", FORLOP_ACCOUNTS_MAX_TEXT), error);
}
