/* SPDX-License-Identifier: EUPL-1.2 */

/* What the server says to a provider of sign-ins, and what it does not put up with from one. */

#include "fake-provider.h"

#include <libdex.h>
#include <string.h>

#include "forlop-json.h"
#include "forlop-openid-provider.h"

#define REDIRECT "http://127.0.0.1:49152/"
#define NOW FAKE_NOW

typedef struct {
  FakeProvider *fake;
  ForlopClock *clock;
  ForlopJoseKeys *client_keys;
  ForlopOpenidProvider *provider;
} Fixture;

static const ForlopOpenidRequest request = {
  .state = "state-1", .nonce = "nonce-1", .verifier = "verifier-verifier-verifier-verifier-verifier",
  .redirect_uri = REDIRECT,
};

static unsigned int
asked (Fixture    *self,
       const char *path)
{
  return fake_provider_asked (self->fake, path);
}

static void
set_up_with (Fixture    *self,
             gboolean    is_encrypted,
             const char *ca_file)
{
  ForlopOpenidSettings *settings = g_new0 (ForlopOpenidSettings, 1);
  g_autofree char *keys = NULL;

  self->fake = fake_provider_new (is_encrypted);
  self->clock = forlop_clock_new_manual (NOW);
  settings->issuer = g_strdup (self->fake->issuer);
  settings->client_id = g_strdup (FAKE_CLIENT);
  settings->key = forlop_jose_key_generate ("ES256");
  settings->scopes = g_strdup ("openid profile");
  settings->levels = g_strsplit ("high,substantial", ",", -1);
  settings->max_age_s = 3600;
  settings->uses_dpop = TRUE;
  settings->ca_file = g_strdup (ca_file);
  self->fake->level = "high";
  keys = forlop_jose_key_dup_public_set (settings->key);
  self->client_keys = forlop_jose_keys_parse (keys, NULL);
  self->provider = forlop_openid_provider_new (settings, self->clock);
}

static void
set_up (Fixture       *self,
        gconstpointer  user_data G_GNUC_UNUSED)
{
  set_up_with (self, FALSE, NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  user_data G_GNUC_UNUSED)
{
  forlop_openid_provider_free (self->provider);
  forlop_jose_keys_free (self->client_keys);
  forlop_clock_unref (self->clock);
  fake_provider_free (self->fake);
}

typedef struct {
  ForlopOpenidProvider *provider;
  const ForlopOpenidRequest *request;
  const char *issuer;
} Asking;

static gpointer
begin_on_worker (gpointer       user_data,
                 GCancellable  *cancellable G_GNUC_UNUSED,
                 GError       **error)
{
  Asking *self = user_data;

  return forlop_openid_provider_begin (self->provider, self->request, error);
}

static gpointer
finish_on_worker (gpointer       user_data,
                  GCancellable  *cancellable G_GNUC_UNUSED,
                  GError       **error)
{
  Asking *self = user_data;

  return forlop_openid_provider_finish (self->provider, self->request, "code-1", self->issuer, error);
}

/* -1: the browser has somewhere to go. */
static int
begin (Fixture                   *self,
       const ForlopOpenidRequest *with,
       char                     **url)
{
  Asking asking = { self->provider, with, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *found = forlop_worker_run_sync (forlop_openid_provider_get_worker (self->provider), begin_on_worker,
                                                   &asking, NULL, &error);

  g_assert_true ((found == NULL) == (error != NULL));
  if (url != NULL)
    *url = g_steal_pointer (&found);

  return error != NULL ? error->code : -1;
}

/* -1: somebody signed in. */
static int
finish_from (Fixture    *self,
             const char *issuer)
{
  Asking asking = { self->provider, &request, issuer };
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopIdToken) token = forlop_worker_run_sync (forlop_openid_provider_get_worker (self->provider),
                                                            finish_on_worker, &asking, NULL, &error);

  g_assert_true ((token == NULL) == (error != NULL));
  if (token == NULL)
    return error->code;
  g_assert_cmpstr (token->subject, ==, "7");
  g_assert_cmpint (token->signed_in_at, ==, NOW);

  return -1;
}

static int
finish (Fixture *self)
{
  return finish_from (self, NULL);
}

static void
assert_text (yyjson_doc *doc,
             const char *key,
             const char *value)
{
  g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (doc), key)), ==, value);
}

/* Signed by the server's own key, for the provider alone, for a minute. */
static void
check_assertion (Fixture    *self,
                 GHashTable *form)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *payload =
    forlop_jose_keys_verify (self->client_keys, g_hash_table_lookup (form, "client_assertion"), &error);
  g_autoptr (yyjson_doc) doc = NULL;

  g_assert_no_error (error);
  doc = forlop_json_parse (payload, -1, NULL);
  assert_text (doc, "iss", FAKE_CLIENT);
  assert_text (doc, "sub", FAKE_CLIENT);
  assert_text (doc, "aud", self->fake->issuer);
  g_assert_cmpint (yyjson_get_sint (yyjson_obj_get (yyjson_doc_get_root (doc), "exp")), ==, NOW / 1000 + 60);
  g_assert_nonnull (yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (doc), "jti")));
  g_assert_null (g_hash_table_lookup (form, "client_secret"));
}

static void
test_the_request_is_put_down_first (Fixture       *self,
                                    gconstpointer  user_data G_GNUC_UNUSED)
{
  const struct { const char *key, *value; } fields[] = {
    { "client_id", FAKE_CLIENT }, { "response_type", "code" }, { "redirect_uri", REDIRECT },
    { "scope", "openid profile" }, { "state", "state-1" }, { "nonce", "nonce-1" }, { "max_age", "3600" },
    { "acr_values", "high substantial" }, { "code_challenge_method", "S256" }, { "prompt", NULL },
    { "code_verifier", NULL },
    /* SHA-256 of the verifier. */
    { "code_challenge", "fD3GLJ_KzCDB0w6uDOSFNNdflrHwtv8Cizh6P5pJkfQ" },
  };
  ForlopOpenidRequest again = request;
  g_autofree char *url = NULL;
  g_autofree char *expected =
    g_strconcat (self->fake->issuer, "/auth?to=1&client_id=" FAKE_CLIENT "&request_uri=urn%3Aexample%3A1%262", NULL);

  g_assert_cmpint (begin (self, &request, &url), ==, -1);
  g_assert_cmpstr (url, ==, expected);
  for (unsigned int i = 0; i < G_N_ELEMENTS (fields); i++)
    g_assert_cmpstr (g_hash_table_lookup (self->fake->pushed, fields[i].key), ==, fields[i].value);
  check_assertion (self, self->fake->pushed);

  again.asks_again = TRUE;
  g_assert_cmpint (begin (self, &again, NULL), ==, -1);
  g_assert_cmpstr (g_hash_table_lookup (self->fake->pushed, "prompt"), ==, "login");
  g_assert_cmpuint (asked (self, "/.well-known/openid-configuration"), ==, 1);
}

static void
test_the_code_is_exchanged_with_its_secret (Fixture       *self,
                                            gconstpointer  user_data G_GNUC_UNUSED)
{
  g_assert_cmpint (finish (self), ==, -1);
  g_assert_cmpstr (g_hash_table_lookup (self->fake->exchanged, "grant_type"), ==, "authorization_code");
  g_assert_cmpstr (g_hash_table_lookup (self->fake->exchanged, "code"), ==, "code-1");
  g_assert_cmpstr (g_hash_table_lookup (self->fake->exchanged, "redirect_uri"), ==, REDIRECT);
  g_assert_cmpstr (g_hash_table_lookup (self->fake->exchanged, "code_verifier"), ==, request.verifier);
  check_assertion (self, self->fake->exchanged);
}

/* The proof's header shows its key, which is not the one that the server is known by. */
static void
test_a_proof_has_the_nonce_asked_for (Fixture       *self,
                                      gconstpointer  user_data G_GNUC_UNUSED)
{
  static const char *const nonces[] = { NULL, "proof-nonce" };
  g_autofree char *htu = g_strconcat (self->fake->issuer, "/token", NULL);

  self->fake->n_nonces = 1;
  g_assert_cmpint (finish (self), ==, -1);
  g_assert_cmpuint (self->fake->proofs->len, ==, 2);
  for (unsigned int i = 0; i < G_N_ELEMENTS (nonces); i++)
    {
      g_auto (GStrv) parts = g_strsplit (g_ptr_array_index (self->fake->proofs, i), ".", -1);
      gsize length;
      g_autofree guint8 *header = forlop_jose_decode (parts[0], strlen (parts[0]), &length);
      g_autofree guint8 *payload = forlop_jose_decode (parts[1], strlen (parts[1]), &length);
      g_autoptr (yyjson_doc) said = forlop_json_parse ((char *) payload, -1, NULL);
      g_autoptr (yyjson_doc) shown = forlop_json_parse ((char *) header, -1, NULL);
      yyjson_val *jwk = yyjson_obj_get (yyjson_doc_get_root (shown), "jwk");

      assert_text (shown, "typ", "dpop+jwt");
      assert_text (said, "htm", "POST");
      assert_text (said, "htu", htu);
      assert_text (said, "nonce", nonces[i]);
      g_assert_nonnull (yyjson_get_str (yyjson_obj_get (jwk, "x")));
      g_assert_null (yyjson_obj_get (jwk, "d"));
      g_assert_null (forlop_jose_keys_verify (self->client_keys, g_ptr_array_index (self->fake->proofs, i), NULL));
    }

  /* One that is never content is not asked for ever. */
  self->fake->n_nonces = 100;
  g_assert_cmpint (finish (self), ==, FORLOP_OPENID_ERROR_REFUSED);
  g_assert_cmpuint (self->fake->proofs->len, ==, 4);
}

static void
test_another_issuer_is_refused (Fixture       *self,
                                gconstpointer  user_data G_GNUC_UNUSED)
{
  self->fake->issuer_named = "https://sign-in.example.no";
  g_assert_cmpint (begin (self, &request, NULL), ==, FORLOP_OPENID_ERROR_ISSUER);
  g_assert_cmpuint (asked (self, "/par"), ==, 0);
}

static void
test_nothing_goes_elsewhere_in_the_clear (Fixture       *self,
                                          gconstpointer  user_data G_GNUC_UNUSED)
{
  static const char *const endpoints[] = {
    "http://sign-in.example.no/token", "ftp://127.0.0.1/token", "/token", "", "https://", "https://user@example.no/",
    "https://example.no/token#here",
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (endpoints); i++)
    {
      self->fake->token_endpoint = endpoints[i];
      g_assert_cmpint (finish (self), ==, FORLOP_OPENID_ERROR_UNREACHABLE);
    }
  g_assert_cmpuint (asked (self, "/token"), ==, 0);
}

static void
test_a_redirect_is_not_followed (Fixture       *self,
                                 gconstpointer  user_data G_GNUC_UNUSED)
{
  static const char *const paths[] = { "/.well-known/openid-configuration", "/keys", "/token" };

  self->fake->location = "/elsewhere";
  self->fake->status = 307;
  for (unsigned int i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      forlop_clock_set (self->clock, forlop_clock_now (self->clock) + 6000);
      self->fake->misbehaves_at = paths[i];
      g_assert_cmpint (finish (self), ==, FORLOP_OPENID_ERROR_UNREACHABLE);
      g_assert_cmpuint (asked (self, paths[i]), >, 0);
    }
  g_assert_cmpuint (asked (self, "/elsewhere"), ==, 0);
}

static void
test_no_answer_is_too_strange (Fixture       *self,
                               gconstpointer  user_data G_GNUC_UNUSED)
{
  static const char *const paths[] = { "/.well-known/openid-configuration", "/keys", "/token" };
  g_autofree char *huge = g_strnfill (1024 * 1024, ' ');
  const char *bodies[] = { "", "{", "[]", "null", "{\"id_token\":7}", "{\"keys\":7}", "\xff\xfe", huge };

  self->fake->status = 200;
  for (unsigned int i = 0; i < G_N_ELEMENTS (paths); i++)
    for (unsigned int j = 0; j < G_N_ELEMENTS (bodies); j++)
      {
        forlop_clock_set (self->clock, forlop_clock_now (self->clock) + 6000);
        self->fake->misbehaves_at = paths[i];
        self->fake->body = bodies[j];
        g_assert_cmpint (finish (self), !=, -1);
      }
  self->fake->misbehaves_at = "/par";
  for (unsigned int j = 0; j < G_N_ELEMENTS (bodies); j++)
    {
      forlop_clock_set (self->clock, forlop_clock_now (self->clock) + 6000);
      self->fake->body = bodies[j];
      g_assert_cmpint (begin (self, &request, NULL), ==, FORLOP_OPENID_ERROR_UNREACHABLE);
    }
}

static void
test_a_no_is_told_from_silence (Fixture       *self,
                                gconstpointer  user_data G_GNUC_UNUSED)
{
  self->fake->misbehaves_at = "/token";
  self->fake->body = "{\"error\":\"invalid_grant\"}";
  self->fake->status = 400;
  g_assert_cmpint (finish (self), ==, FORLOP_OPENID_ERROR_REFUSED);
  self->fake->status = 502;
  g_assert_cmpint (finish (self), ==, FORLOP_OPENID_ERROR_UNREACHABLE);
}

/* One that does not answer is left in peace for five seconds, so that not everybody waits for it. */
static void
test_silence_is_remembered_for_a_moment (Fixture       *self,
                                         gconstpointer  user_data G_GNUC_UNUSED)
{
  self->fake->misbehaves_at = "/par";
  self->fake->status = 500;
  g_assert_cmpint (begin (self, &request, NULL), ==, FORLOP_OPENID_ERROR_UNREACHABLE);
  self->fake->misbehaves_at = NULL;
  g_assert_cmpint (begin (self, &request, NULL), ==, FORLOP_OPENID_ERROR_UNREACHABLE);
  g_assert_cmpuint (asked (self, "/par"), ==, 1);
  forlop_clock_set (self->clock, NOW + 5000);
  g_assert_cmpint (begin (self, &request, NULL), ==, -1);
  g_assert_cmpuint (asked (self, "/par"), ==, 2);

  fake_provider_stop (self->fake);
  g_assert_cmpint (begin (self, &request, NULL), ==, FORLOP_OPENID_ERROR_UNREACHABLE);
}

static void
test_a_new_key_is_fetched_once_a_minute (Fixture       *self,
                                         gconstpointer  user_data G_GNUC_UNUSED)
{
  ForlopJoseKey *old = self->fake->published;

  g_assert_cmpint (finish (self), ==, -1);
  g_assert_cmpuint (asked (self, "/keys"), ==, 1);
  self->fake->signing = forlop_jose_key_generate ("EdDSA");
  for (int i = 0; i < 5; i++)
    g_assert_cmpint (finish (self), ==, FORLOP_OPENID_ERROR_UNKNOWN_KEY);
  g_assert_cmpuint (asked (self, "/keys"), ==, 1);

  /* The new one is published; a minute later it is looked for. */
  self->fake->published = self->fake->signing;
  forlop_clock_set (self->clock, NOW + FORLOP_MINUTE);
  {
    Asking asking = { self->provider, &request, NULL };
    g_autoptr (GError) error = NULL;
    g_autoptr (ForlopIdToken) token = forlop_worker_run_sync (forlop_openid_provider_get_worker (self->provider),
                                                              finish_on_worker, &asking, NULL, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (token->subject, ==, "7");
  }
  g_assert_cmpuint (asked (self, "/keys"), ==, 2);
  forlop_jose_key_free (old);
}

/* A key that the provider has taken back is believed for an hour at most. */
static void
test_an_old_key_is_forgotten (Fixture       *self,
                              gconstpointer  user_data G_GNUC_UNUSED)
{
  g_assert_cmpint (finish (self), ==, -1);
  self->fake->published = forlop_jose_key_generate ("ES256");
  forlop_clock_set (self->clock, NOW + FORLOP_HOUR);
  g_assert_cmpint (finish (self), ==, FORLOP_OPENID_ERROR_UNKNOWN_KEY);
}

static void
test_the_level_asked_for_is_demanded (Fixture       *self,
                                      gconstpointer  user_data G_GNUC_UNUSED)
{
  self->fake->level = NULL;
  g_assert_cmpint (finish (self), ==, FORLOP_OPENID_ERROR_LEVEL);
  self->fake->level = "low";
  g_assert_cmpint (finish (self), ==, FORLOP_OPENID_ERROR_LEVEL);
}

static void
test_a_provider_that_names_itself_must (Fixture       *self,
                                        gconstpointer  user_data G_GNUC_UNUSED)
{
  self->fake->names_itself = TRUE;
  g_assert_cmpint (finish (self), ==, FORLOP_OPENID_ERROR_ISSUER);
  g_assert_cmpint (finish_from (self, "https://sign-in.example.no"), ==, FORLOP_OPENID_ERROR_ISSUER);
  g_assert_cmpuint (asked (self, "/token"), ==, 0);
  g_assert_cmpint (finish_from (self, self->fake->issuer), ==, -1);
}

static void
test_only_the_right_certificate_will_do (void)
{
  static const struct { const char *ca; gboolean is_right; } authorities[] = {
    { "ca.pem", TRUE }, { "other.pem", FALSE }, { NULL, FALSE }, { "missing.pem", FALSE },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (authorities); i++)
    {
      g_autofree char *path = authorities[i].ca != NULL
                                ? g_test_build_filename (G_TEST_DIST, authorities[i].ca, NULL) : NULL;
      Fixture self = { 0 };
      int code;

      set_up_with (&self, TRUE, path);
      code = begin (&self, &request, NULL);
      if (authorities[i].is_right)
        g_assert_cmpint (code, ==, -1);
      else
        g_assert_cmpint (code, !=, -1);
      g_assert_cmpuint (asked (&self, "/par"), ==, authorities[i].is_right ? 1 : 0);
      tear_down (&self, NULL);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

#define ADD(name, func) g_test_add ("/openid-provider/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("the-request-is-put-down-first", test_the_request_is_put_down_first);
  ADD ("the-code-is-exchanged-with-its-secret", test_the_code_is_exchanged_with_its_secret);
  ADD ("a-proof-has-the-nonce-asked-for", test_a_proof_has_the_nonce_asked_for);
  ADD ("another-issuer-is-refused", test_another_issuer_is_refused);
  ADD ("nothing-goes-elsewhere-in-the-clear", test_nothing_goes_elsewhere_in_the_clear);
  ADD ("a-redirect-is-not-followed", test_a_redirect_is_not_followed);
  ADD ("no-answer-is-too-strange", test_no_answer_is_too_strange);
  ADD ("a-no-is-told-from-silence", test_a_no_is_told_from_silence);
  ADD ("silence-is-remembered-for-a-moment", test_silence_is_remembered_for_a_moment);
  ADD ("a-new-key-is-fetched-once-a-minute", test_a_new_key_is_fetched_once_a_minute);
  ADD ("an-old-key-is-forgotten", test_an_old_key_is_forgotten);
  ADD ("the-level-asked-for-is-demanded", test_the_level_asked_for_is_demanded);
  ADD ("a-provider-that-names-itself-must", test_a_provider_that_names_itself_must);
#undef ADD
  g_test_add_func ("/openid-provider/only-the-right-certificate-will-do", test_only_the_right_certificate_will_do);

  return g_test_run ();
}
