/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-openid-provider.h"

#include <sodium.h>
#include <string.h>

#include "forlop-date.h"
#include "forlop-json.h"
#include "forlop-openid-answer.h"
#include "forlop-openid-http.h"
#include "forlop-rate-limit.h"

#define KNOWN_PATH "/.well-known/openid-configuration"
#define ASSERTION_TYPE "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
#define KEEP_MS FORLOP_HOUR
#define KEYS_AGAIN_MS FORLOP_MINUTE
/* After a provider did not answer, nobody else waits for it so long. */
#define PAUSE_MS ((gint64) 5000)
/* Sign-ins begun from one address, which may be that of a whole municipality. */
#define BEGIN_PER_SECOND 1
#define BEGIN_BURST 40
#define ASSERTION_S 60
#define RANDOM_BYTES 16

struct _ForlopOpenidProvider
{
  ForlopOpenidSettings *settings;
  ForlopClock *clock;
  ForlopWorker *worker;

  /* On the worker. */
  ForlopRateLimit *by_address;
  SoupSession *session;
  ForlopOpenidMetadata *metadata;
  gint64 metadata_at;
  ForlopJoseKeys *keys;
  gint64 keys_at;
  gint64 failed_at;
  ForlopJoseKey *proof_key;
};

ForlopOpenidProvider *
forlop_openid_provider_new (ForlopOpenidSettings *settings,
                            ForlopClock          *clock)
{
  ForlopOpenidProvider *self;

  g_return_val_if_fail (settings != NULL && clock != NULL, NULL);

  self = g_new0 (ForlopOpenidProvider, 1);
  self->settings = settings;
  self->clock = forlop_clock_ref (clock);
  self->worker = forlop_worker_new ("openid");
  self->by_address = forlop_rate_limit_new (BEGIN_PER_SECOND, BEGIN_BURST);

  return self;
}

static gpointer
close_on_worker (gpointer       user_data,
                 GCancellable  *cancellable G_GNUC_UNUSED,
                 GError       **error G_GNUC_UNUSED)
{
  ForlopOpenidProvider *self = user_data;

  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);

  return self;
}

void
forlop_openid_provider_free (ForlopOpenidProvider *self)
{
  if (self == NULL)
    return;

  if (forlop_worker_run_sync (self->worker, close_on_worker, self, NULL, NULL) != self)
    g_assert_not_reached ();
  g_object_unref (self->worker);
  forlop_rate_limit_free (self->by_address);
  forlop_openid_metadata_free (self->metadata);
  forlop_jose_keys_free (self->keys);
  forlop_jose_key_free (self->proof_key);
  forlop_openid_settings_free (self->settings);
  forlop_clock_unref (self->clock);
  g_free (self);
}

const char *
forlop_openid_provider_get_issuer (ForlopOpenidProvider *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->settings->issuer;
}

ForlopWorker *
forlop_openid_provider_get_worker (ForlopOpenidProvider *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->worker;
}

gboolean
forlop_openid_provider_may_begin (ForlopOpenidProvider *self,
                                  const char           *address,
                                  gint64               *wait_ms)
{
  gint64 now_us = g_get_monotonic_time ();

  g_return_val_if_fail (self != NULL && address != NULL && wait_ms != NULL, FALSE);

  forlop_rate_limit_forget (self->by_address, now_us);

  return forlop_rate_limit_take (self->by_address, address, now_us, wait_ms);
}

/* Whether @at is less than so long ago; 0 is never. A clock that was set back makes everything old. */
static gboolean
is_recent (ForlopOpenidProvider *self,
           gint64                at,
           gint64                span_ms)
{
  gint64 now = forlop_clock_now (self->clock);

  return at > 0 && at <= now && now < at + span_ms;
}

static gboolean
ask (ForlopOpenidProvider  *self,
     const char            *address,
     const char            *form,
     const char            *proof,
     ForlopOpenidReply     *reply,
     GError               **error)
{
  *reply = (ForlopOpenidReply) { 0 };
  if (is_recent (self, self->failed_at, PAUSE_MS))
    {
      g_set_error (error, FORLOP_OPENID_ERROR, FORLOP_OPENID_ERROR_UNREACHABLE,
                   "%s did not answer a moment ago", self->settings->issuer);
      return FALSE;
    }
  if (self->session == NULL)
    self->session = forlop_openid_http_new (self->settings->ca_file,
                                            forlop_openid_is_loopback (self->settings->issuer), error);
  if (self->session == NULL)
    return FALSE;
  if (forlop_openid_http_ask (self->session, address, form, proof, reply, error))
    return TRUE;
  self->failed_at = forlop_clock_now (self->clock);

  return FALSE;
}

static gboolean
fetch (ForlopOpenidProvider  *self,
       const char            *address,
       ForlopOpenidReply     *reply,
       GError               **error)
{
  if (!ask (self, address, NULL, NULL, reply, error))
    return FALSE;
  if (reply->status == 200)
    return TRUE;
  g_set_error (error, FORLOP_OPENID_ERROR, FORLOP_OPENID_ERROR_UNREACHABLE, "%s answered %u", address,
               reply->status);

  return FALSE;
}

static gboolean
load_metadata (ForlopOpenidProvider  *self,
               GError               **error)
{
  g_auto (ForlopOpenidReply) reply = { 0 };
  g_autofree char *base = NULL;
  g_autofree char *address = NULL;
  ForlopOpenidMetadata *found;

  if (self->metadata != NULL && is_recent (self, self->metadata_at, KEEP_MS))
    return TRUE;
  base = g_strdup (self->settings->issuer);
  if (g_str_has_suffix (base, "/"))
    base[strlen (base) - 1] = '\0';
  address = g_strconcat (base, KNOWN_PATH, NULL);
  if (!fetch (self, address, &reply, error))
    return FALSE;
  found = forlop_openid_metadata_parse (reply.text, self->settings->issuer, error);
  if (found == NULL)
    return FALSE;
  g_clear_pointer (&self->metadata, forlop_openid_metadata_free);
  self->metadata = found;
  self->metadata_at = forlop_clock_now (self->clock);

  return TRUE;
}

static gboolean
load_keys (ForlopOpenidProvider  *self,
           gint64                 keep_ms,
           GError               **error)
{
  g_auto (ForlopOpenidReply) reply = { 0 };
  ForlopJoseKeys *found;

  if (self->keys != NULL && is_recent (self, self->keys_at, keep_ms))
    return TRUE;
  if (!fetch (self, self->metadata->keys_endpoint, &reply, error))
    return FALSE;
  found = forlop_jose_keys_parse (reply.text, error);
  if (found == NULL)
    return FALSE;
  g_clear_pointer (&self->keys, forlop_jose_keys_free);
  self->keys = found;
  self->keys_at = forlop_clock_now (self->clock);

  return TRUE;
}

static char *
make_random (void)
{
  guint8 bytes[RANDOM_BYTES];

  randombytes_buf (bytes, sizeof bytes);

  return forlop_jose_encode (bytes, sizeof bytes);
}

/* Who we are, for a minute: RFC 7523, with the provider itself as audience. */
static char *
make_assertion (ForlopOpenidProvider *self)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  gint64 now_s = forlop_clock_now (self->clock) / 1000;
  g_autofree char *id = make_random ();
  g_autofree char *payload = NULL;

  yyjson_mut_doc_set_root (doc, root);
  forlop_json_add_text (doc, root, "iss", self->settings->client_id);
  forlop_json_add_text (doc, root, "sub", self->settings->client_id);
  forlop_json_add_text (doc, root, "aud", self->settings->issuer);
  forlop_json_add_text (doc, root, "jti", id);
  yyjson_mut_obj_add_sint (doc, root, "iat", now_s);
  yyjson_mut_obj_add_sint (doc, root, "nbf", now_s);
  yyjson_mut_obj_add_sint (doc, root, "exp", now_s + ASSERTION_S);
  payload = forlop_json_write (doc, FALSE);

  return forlop_jose_key_sign (self->settings->key, "JWT", FALSE, payload);
}

/* That we have the key which the token is bound to: RFC 9449. */
static char *
make_proof (ForlopOpenidProvider *self,
            const char           *nonce)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  g_autofree char *id = make_random ();
  g_autofree char *payload = NULL;

  if (self->proof_key == NULL)
    self->proof_key = forlop_jose_key_generate ("ES256");
  yyjson_mut_doc_set_root (doc, root);
  forlop_json_add_text (doc, root, "jti", id);
  forlop_json_add_text (doc, root, "htm", "POST");
  forlop_json_add_text (doc, root, "htu", self->metadata->token_endpoint);
  yyjson_mut_obj_add_sint (doc, root, "iat", forlop_clock_now (self->clock) / 1000);
  forlop_json_add_text (doc, root, "nonce", nonce);
  payload = forlop_json_write (doc, FALSE);

  return forlop_jose_key_sign (self->proof_key, "dpop+jwt", TRUE, payload);
}

static char *
make_challenge (const char *verifier)
{
  guint8 hash[crypto_hash_sha256_BYTES];

  crypto_hash_sha256 (hash, (const guint8 *) verifier, strlen (verifier));

  return forlop_jose_encode (hash, sizeof hash);
}

static GHashTable *
new_form (ForlopOpenidProvider *self)
{
  GHashTable *form = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  g_hash_table_insert (form, (char *) "client_id", g_strdup (self->settings->client_id));
  g_hash_table_insert (form, (char *) "client_assertion_type", g_strdup (ASSERTION_TYPE));
  g_hash_table_insert (form, (char *) "client_assertion", make_assertion (self));

  return form;
}

static char *
make_push_form (ForlopOpenidProvider      *self,
                const ForlopOpenidRequest *request)
{
  g_autoptr (GHashTable) form = new_form (self);

  g_hash_table_insert (form, (char *) "response_type", g_strdup ("code"));
  g_hash_table_insert (form, (char *) "redirect_uri", g_strdup (request->redirect_uri));
  g_hash_table_insert (form, (char *) "scope", g_strdup (self->settings->scopes));
  g_hash_table_insert (form, (char *) "state", g_strdup (request->state));
  g_hash_table_insert (form, (char *) "nonce", g_strdup (request->nonce));
  g_hash_table_insert (form, (char *) "code_challenge", make_challenge (request->verifier));
  g_hash_table_insert (form, (char *) "code_challenge_method", g_strdup ("S256"));
  g_hash_table_insert (form, (char *) "max_age", g_strdup_printf ("%" G_GINT64_FORMAT, self->settings->max_age_s));
  if (self->settings->levels != NULL)
    g_hash_table_insert (form, (char *) "acr_values", g_strjoinv (" ", self->settings->levels));
  if (request->asks_again)
    g_hash_table_insert (form, (char *) "prompt", g_strdup ("login"));

  return soup_form_encode_hash (form);
}

static char *
make_token_form (ForlopOpenidProvider      *self,
                 const ForlopOpenidRequest *request,
                 const char                *code)
{
  g_autoptr (GHashTable) form = new_form (self);

  g_hash_table_insert (form, (char *) "grant_type", g_strdup ("authorization_code"));
  g_hash_table_insert (form, (char *) "code", g_strdup (code));
  g_hash_table_insert (form, (char *) "redirect_uri", g_strdup (request->redirect_uri));
  g_hash_table_insert (form, (char *) "code_verifier", g_strdup (request->verifier));

  return soup_form_encode_hash (form);
}

static void
set_refused (const ForlopOpenidReply  *reply,
             const char               *address,
             GError                  **error)
{
  g_autofree char *code = forlop_openid_answer_read_refusal (reply->text);

  g_set_error (error, FORLOP_OPENID_ERROR, FORLOP_OPENID_ERROR_REFUSED, "%s answered %u %s", address,
               reply->status, code);
}

char *
forlop_openid_provider_begin (ForlopOpenidProvider       *self,
                              const ForlopOpenidRequest  *request,
                              GError                    **error)
{
  g_auto (ForlopOpenidReply) reply = { 0 };
  g_autofree char *form = NULL;
  g_autofree char *name = NULL;
  g_autofree char *query = NULL;

  g_return_val_if_fail (self != NULL && request != NULL, NULL);
  g_return_val_if_fail (forlop_worker_is_current (self->worker), NULL);

  if (!load_metadata (self, error))
    return NULL;
  form = make_push_form (self, request);
  if (!ask (self, self->metadata->pushed_endpoint, form, NULL, &reply, error))
    return NULL;
  if (reply.status != 201 && reply.status != 200)
    {
      set_refused (&reply, self->metadata->pushed_endpoint, error);
      return NULL;
    }
  name = forlop_openid_answer_read_request (reply.text, error);
  if (name == NULL)
    return NULL;
  query = soup_form_encode ("client_id", self->settings->client_id, "request_uri", name, NULL);

  return g_strconcat (self->metadata->authorization_endpoint,
                      strchr (self->metadata->authorization_endpoint, '?') != NULL ? "&" : "?", query, NULL);
}

/* Once more with the provider's nonce, when it wants one in the proof. */
static char *
exchange (ForlopOpenidProvider       *self,
          const ForlopOpenidRequest  *request,
          const char                 *code,
          GError                    **error)
{
  g_autofree char *nonce = NULL;

  for (int i = 0; i < 2; i++)
    {
      g_auto (ForlopOpenidReply) reply = { 0 };
      g_autofree char *form = make_token_form (self, request, code);
      g_autofree char *proof = self->settings->uses_dpop ? make_proof (self, nonce) : NULL;
      g_autofree char *refusal = NULL;

      if (!ask (self, self->metadata->token_endpoint, form, proof, &reply, error))
        return NULL;
      if (reply.status == 200)
        return forlop_openid_answer_read_id_token (reply.text, error);
      refusal = forlop_openid_answer_read_refusal (reply.text);
      if (i > 0 || proof == NULL || reply.dpop_nonce == NULL || !g_str_equal (refusal, "use_dpop_nonce"))
        {
          set_refused (&reply, self->metadata->token_endpoint, error);
          return NULL;
        }
      nonce = g_steal_pointer (&reply.dpop_nonce);
    }

  return NULL;
}

static ForlopIdToken *
check (ForlopOpenidProvider       *self,
       const ForlopOpenidRequest  *request,
       const char                 *token,
       GError                    **error)
{
  const ForlopIdTokenRules rules = {
    .issuer = self->settings->issuer, .client_id = self->settings->client_id, .nonce = request->nonce,
    .levels = (const char *const *) self->settings->levels, .max_age_s = self->settings->max_age_s,
  };
  gint64 now = forlop_clock_now (self->clock);
  g_autoptr (GError) problem = NULL;
  ForlopIdToken *found;

  if (!load_keys (self, KEEP_MS, error))
    return NULL;
  found = forlop_id_token_check (self->keys, token, &rules, now, &problem);
  if (found != NULL || !g_error_matches (problem, FORLOP_OPENID_ERROR, FORLOP_OPENID_ERROR_UNKNOWN_KEY))
    {
      if (found == NULL)
        g_propagate_error (error, g_steal_pointer (&problem));
      return found;
    }

  return load_keys (self, KEYS_AGAIN_MS, error) ? forlop_id_token_check (self->keys, token, &rules, now, error)
                                                : NULL;
}

ForlopIdToken *
forlop_openid_provider_finish (ForlopOpenidProvider       *self,
                               const ForlopOpenidRequest  *request,
                               const char                 *code,
                               const char                 *issuer,
                               GError                    **error)
{
  char *token;
  ForlopIdToken *found;

  g_return_val_if_fail (self != NULL && request != NULL && code != NULL, NULL);
  g_return_val_if_fail (forlop_worker_is_current (self->worker), NULL);

  if (!load_metadata (self, error))
    return NULL;
  if ((issuer != NULL || self->metadata->names_itself) && g_strcmp0 (issuer, self->settings->issuer) != 0)
    {
      g_set_error_literal (error, FORLOP_OPENID_ERROR, FORLOP_OPENID_ERROR_ISSUER,
                           "the browser comes from another provider");
      return NULL;
    }
  token = exchange (self, request, code, error);
  if (token == NULL)
    return NULL;
  found = check (self, request, token, error);
  sodium_memzero (token, strlen (token));
  g_free (token);

  return found;
}
