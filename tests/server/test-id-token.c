/* SPDX-License-Identifier: EUPL-1.2 */

/* Whom the server believes when a provider says who somebody is. */

#include <string.h>

#include "forlop-clock.h"
#include "forlop-date.h"
#include "forlop-id-token.h"

#define ISSUER "https://sign-in.example.no"
#define CLIENT "forlop-skien"
#define NONCE "n-0S6_WzA2Mj"
/* 2026-11-22 08:00:00 UTC */
#define NOW_S G_GINT64_CONSTANT (1795334400)

static const char *const levels[] = { "substantial", "high", NULL };

static ForlopIdTokenRules
get_rules (void)
{
  return (ForlopIdTokenRules) {
    .issuer = ISSUER, .client_id = CLIENT, .nonce = NONCE, .levels = levels, .max_age_s = 3600,
  };
}

/* A good payload with one claim instead of another, or without it. */
static char *
claims_with (const char *key,
             const char *json)
{
  const struct { const char *key; const char *json; } claims[] = {
    { "iss", "\"" ISSUER "\"" }, { "aud", "\"" CLIENT "\"" }, { "sub", "\"248289761001\"" },
    { "nonce", "\"" NONCE "\"" }, { "iat", "1795334395" }, { "exp", "1795334695" },
    { "auth_time", "1795334390" }, { "acr", "\"high\"" },
  };
  g_autoptr (GString) text = g_string_new ("{");

  for (unsigned int i = 0; i < G_N_ELEMENTS (claims); i++)
    if (g_strcmp0 (claims[i].key, key) != 0)
      g_string_append_printf (text, "%s\"%s\":%s", text->len > 1 ? "," : "", claims[i].key, claims[i].json);
  if (key != NULL && json != NULL)
    g_string_append_printf (text, ",\"%s\":%s", key, json);
  g_string_append_c (text, '}');

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static ForlopJoseKeys *
publish (const ForlopJoseKey *key)
{
  g_autofree char *json = forlop_jose_key_dup_public_set (key);
  g_autoptr (GError) error = NULL;
  ForlopJoseKeys *keys = forlop_jose_keys_parse (json, &error);

  g_assert_no_error (error);

  return keys;
}

/* -1: accepted. */
static int
check_at (const ForlopJoseKeys *keys,
          const char           *token,
          gint64                now_s)
{
  ForlopIdTokenRules rules = get_rules ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopIdToken) found = forlop_id_token_check (keys, token, &rules, now_s * 1000, &error);

  g_assert_true ((found == NULL) == (error != NULL));
  if (found == NULL)
    {
      g_assert_true (error->domain == FORLOP_OPENID_ERROR);
      return error->code;
    }
  g_assert_cmpstr (found->subject, ==, "248289761001");
  g_assert_cmpint (found->signed_in_at, ==, G_GINT64_CONSTANT (1795334390000));

  return -1;
}

static int
check (const ForlopJoseKeys *keys,
       const char           *token)
{
  return check_at (keys, token, NOW_S);
}

static int
check_claim (const char *key,
             const char *json)
{
  ForlopIdTokenRules rules = get_rules ();
  g_autofree char *payload = claims_with (key, json);
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopIdToken) found = forlop_id_token_check_claims (payload, &rules, NOW_S * 1000, &error);

  g_assert_true ((found == NULL) == (error != NULL));

  return found == NULL ? error->code : -1;
}

static void
test_three_algorithms_are_accepted (void)
{
  static const char *const algorithms[] = { "PS256", "ES256", "EdDSA" };
  g_autofree char *payload = claims_with (NULL, NULL);

  for (unsigned int i = 0; i < G_N_ELEMENTS (algorithms); i++)
    {
      g_autoptr (ForlopJoseKey) key = forlop_jose_key_generate (algorithms[i]);
      g_autoptr (ForlopJoseKey) other = forlop_jose_key_generate (algorithms[i]);
      g_autoptr (ForlopJoseKeys) keys = publish (key);
      g_autofree char *token = forlop_jose_key_sign (key, "JWT", FALSE, payload);
      g_autofree char *forged = forlop_jose_key_sign (other, "JWT", TRUE, payload);

      g_assert_cmpstr (forlop_jose_key_get_algorithm (key), ==, algorithms[i]);
      g_assert_cmpint (check (keys, token), ==, -1);
      /* Its own key stands in its header, and is not looked at. */
      g_assert_cmpint (check (keys, forged), ==, FORLOP_OPENID_ERROR_SIGNATURE);
      for (gsize at = (gsize) (strrchr (token, '.') - token) + 1; at < strlen (token); at += 7)
        {
          g_autofree char *changed = g_strdup (token);

          changed[at] = changed[at] == 'A' ? 'Q' : 'A';
          g_assert_cmpint (check (keys, changed), ==, FORLOP_OPENID_ERROR_SIGNATURE);
        }
    }
}

static void
test_a_key_survives_its_file (void)
{
  static const char *const algorithms[] = { "PS256", "ES256", "EdDSA" };
  g_autofree char *payload = claims_with (NULL, NULL);

  for (unsigned int i = 0; i < G_N_ELEMENTS (algorithms); i++)
    {
      g_autoptr (ForlopJoseKey) key = forlop_jose_key_generate (algorithms[i]);
      g_autofree char *json = forlop_jose_key_dup_private (key);
      g_autofree char *published = forlop_jose_key_dup_public_set (key);
      g_autoptr (GError) error = NULL;
      g_autoptr (ForlopJoseKey) again = forlop_jose_key_parse (json, &error);
      g_autoptr (ForlopJoseKeys) keys = publish (key);
      g_autofree char *token = NULL;

      g_assert_no_error (error);
      token = forlop_jose_key_sign (again, "JWT", FALSE, payload);
      g_assert_cmpint (check (keys, token), ==, -1);
      g_assert_null (strstr (published, "\"d\""));
      g_assert_null (strstr (published, "\"p\""));
      g_assert_null (forlop_jose_key_parse (strchr (published, '['), NULL));
    }
}

/* @header and @payload as they are, with a signature of whoever made it. */
static char *
assemble (const char *header,
          const char *payload,
          const char *signature)
{
  g_autofree char *first = forlop_jose_encode ((const guint8 *) header, strlen (header));
  g_autofree char *second = forlop_jose_encode ((const guint8 *) payload, strlen (payload));

  return g_strdup_printf ("%s.%s.%s", first, second, signature);
}

static char *
sign_with_public_key_as_secret (const char *header,
                                const char *payload,
                                const char *secret)
{
  g_autofree char *unsigned_token = assemble (header, payload, "");
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guint8 *) secret, strlen (secret));
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autofree char *signature = NULL;

  unsigned_token[strlen (unsigned_token) - 1] = '\0';
  g_hmac_update (hmac, (const guint8 *) unsigned_token, -1);
  g_hmac_get_digest (hmac, digest, &length);
  signature = forlop_jose_encode (digest, length);

  return g_strdup_printf ("%s.%s", unsigned_token, signature);
}

static void
test_other_algorithms_are_refused (void)
{
  g_autoptr (ForlopJoseKey) key = forlop_jose_key_generate ("PS256");
  g_autoptr (ForlopJoseKeys) keys = publish (key);
  g_autofree char *published = forlop_jose_key_dup_public_set (key);
  g_autofree char *payload = claims_with (NULL, NULL);
  static const char *const headers[] = {
    "{\"alg\":\"none\"}", "{\"alg\":\"None\"}", "{\"alg\":\"RS256\"}", "{\"alg\":\"HS512\"}", "{\"alg\":\"\"}",
    "{\"alg\":null}", "{\"alg\":[\"PS256\"]}", "{}", "{\"alg\":\"ps256\"}", "{\"typ\":\"JWT\"}",
  };
  g_autofree char *with_public_key = NULL;

  for (unsigned int i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autofree char *token = assemble (headers[i], payload, "");
      g_autofree char *longer = assemble (headers[i], payload, "c2lnbmF0dXJl");

      g_assert_cmpint (check (keys, token), ==, FORLOP_OPENID_ERROR_ALGORITHM);
      g_assert_cmpint (check (keys, longer), ==, FORLOP_OPENID_ERROR_ALGORITHM);
    }
  with_public_key = sign_with_public_key_as_secret ("{\"alg\":\"HS256\"}", payload, published);
  g_assert_cmpint (check (keys, with_public_key), ==, FORLOP_OPENID_ERROR_ALGORITHM);
}

/* The name of one algorithm with the key of another. */
static void
test_a_key_is_for_one_algorithm (void)
{
  g_autoptr (ForlopJoseKey) rsa = forlop_jose_key_generate ("PS256");
  g_autoptr (ForlopJoseKeys) keys = publish (rsa);
  g_autofree char *payload = claims_with (NULL, NULL);
  g_autofree char *token = assemble ("{\"alg\":\"ES256\"}", payload, "c2lnbmF0dXJl");
  g_autofree char *edwards = assemble ("{\"alg\":\"EdDSA\"}", payload, "c2lnbmF0dXJl");

  g_assert_cmpint (check (keys, token), ==, FORLOP_OPENID_ERROR_UNKNOWN_KEY);
  g_assert_cmpint (check (keys, edwards), ==, FORLOP_OPENID_ERROR_UNKNOWN_KEY);
}

static void
test_an_unknown_key_is_told_from_a_wrong_signature (void)
{
  g_autoptr (ForlopJoseKey) key = forlop_jose_key_generate ("ES256");
  g_autoptr (ForlopJoseKey) other = forlop_jose_key_generate ("ES256");
  g_autoptr (ForlopJoseKeys) keys = publish (key);
  g_autofree char *payload = claims_with (NULL, NULL);
  g_autofree char *token = forlop_jose_key_sign (other, "JWT", FALSE, payload);

  g_assert_cmpint (check (keys, token), ==, FORLOP_OPENID_ERROR_UNKNOWN_KEY);
}

static void
test_two_keys_must_be_named (void)
{
  g_autoptr (ForlopJoseKey) first = forlop_jose_key_generate ("ES256");
  g_autoptr (ForlopJoseKey) second = forlop_jose_key_generate ("EdDSA");
  g_autofree char *one = forlop_jose_key_dup_public_set (first);
  g_autofree char *other = forlop_jose_key_dup_public_set (second);
  g_autofree char *both = g_strdup_printf ("{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"},7,%.*s,%s",
                                           (int) (strlen (one) - strlen ("{\"keys\":[]}")),
                                           one + strlen ("{\"keys\":["), other + strlen ("{\"keys\":["));
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopJoseKeys) keys = forlop_jose_keys_parse (both, &error);
  g_autofree char *payload = claims_with (NULL, NULL);
  g_autofree char *named = forlop_jose_key_sign (second, "JWT", FALSE, payload);
  g_autofree char *unnamed = forlop_jose_key_sign (second, "JWT", TRUE, payload);

  g_assert_no_error (error);
  g_assert_cmpint (check (keys, named), ==, -1);
  g_assert_cmpint (check (keys, unnamed), ==, FORLOP_OPENID_ERROR_UNKNOWN_KEY);
}

static void
test_what_is_not_understood_is_refused (void)
{
  g_autoptr (ForlopJoseKey) key = forlop_jose_key_generate ("ES256");
  g_autoptr (ForlopJoseKeys) keys = publish (key);
  g_autofree char *payload = claims_with (NULL, NULL);
  g_autofree char *good = forlop_jose_key_sign (key, "JWT", FALSE, payload);
  g_autofree char *other_type = forlop_jose_key_sign (key, "at+jwt", FALSE, payload);
  g_autofree char *critical = assemble ("{\"alg\":\"ES256\",\"crit\":[\"exp\"]}", payload, "c2ln");
  g_autofree char *plain = assemble ("{\"alg\":\"ES256\",\"b64\":false}", payload, "c2ln");
  g_autofree char *not_object = assemble ("[\"ES256\"]", payload, "c2ln");
  g_autofree char *broken = assemble ("{\"alg\":\"ES256\"", payload, "c2ln");
  g_autofree char *four_parts = g_strconcat (good, ".e30", NULL);
  g_autofree char *padded = g_strconcat (good, "=", NULL);
  g_autofree char *huge = g_strnfill (4 * FORLOP_JOSE_MAX_TOKEN, 'A');
  g_autofree char *huge_payload = g_strdup_printf ("{\"sub\":\"%s\"}", huge);
  g_autofree char *huge_token = forlop_jose_key_sign (key, "JWT", FALSE, huge_payload);
  const char *malformed[] = {
    other_type, critical, plain, not_object, broken, huge, huge_token, "", ".", "..", "a.b.c", "e30",
    "{\"payload\":\"\",\"signatures\":[]}",
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (malformed); i++)
    g_assert_cmpint (check (keys, malformed[i]), !=, -1);
  g_assert_cmpint (check (keys, other_type), ==, FORLOP_OPENID_ERROR_MALFORMED);
  g_assert_cmpint (check (keys, critical), ==, FORLOP_OPENID_ERROR_MALFORMED);
  g_assert_cmpint (check (keys, huge_token), ==, FORLOP_OPENID_ERROR_MALFORMED);
  g_assert_cmpint (check (keys, four_parts), ==, FORLOP_OPENID_ERROR_SIGNATURE);
  g_assert_cmpint (check (keys, padded), ==, FORLOP_OPENID_ERROR_SIGNATURE);
}

static void
test_a_signed_payload_must_be_an_object (void)
{
  g_autoptr (ForlopJoseKey) key = forlop_jose_key_generate ("EdDSA");
  g_autoptr (ForlopJoseKeys) keys = publish (key);
  static const char *const payloads[] = { "7", "null", "[]", "\"sub\"", "{", "{\"iss\":\"" ISSUER "\"" };

  for (unsigned int i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_autofree char *token = forlop_jose_key_sign (key, "JWT", FALSE, payloads[i]);
      int code = check (keys, token);

      g_assert_true (code == FORLOP_OPENID_ERROR_MALFORMED || code == FORLOP_OPENID_ERROR_SIGNATURE);
    }
}

static void
test_issuer_and_audience_must_be_ours (void)
{
  static const char *const issuers[] = {
    NULL, "\"\"", "\"" ISSUER "/\"", "\"https://sign-in.example.com\"", "7", "[\"" ISSUER "\"]",
    "\"" ISSUER "\\u0000\"",
  };
  static const char *const audiences[] = {
    NULL, "\"\"", "\"forlop-bamble\"", "[]", "[\"forlop-bamble\"]", "[\"" CLIENT "\",\"forlop-bamble\"]", "7",
    "{\"" CLIENT "\":1}",
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (issuers); i++)
    g_assert_cmpint (check_claim ("iss", issuers[i]), ==, FORLOP_OPENID_ERROR_ISSUER);
  for (unsigned int i = 0; i < G_N_ELEMENTS (audiences); i++)
    g_assert_cmpint (check_claim ("aud", audiences[i]), ==, FORLOP_OPENID_ERROR_AUDIENCE);
  g_assert_cmpint (check_claim ("aud", "[\"" CLIENT "\"]"), ==, -1);
  g_assert_cmpint (check_claim ("azp", "\"" CLIENT "\""), ==, -1);
  g_assert_cmpint (check_claim ("azp", "\"forlop-bamble\""), ==, FORLOP_OPENID_ERROR_AUDIENCE);
  g_assert_cmpint (check_claim ("azp", "7"), ==, FORLOP_OPENID_ERROR_AUDIENCE);
}

static void
test_times_have_half_a_minute (void)
{
  const struct { const char *key; const char *json; int code; } times[] = {
    { "exp", NULL, FORLOP_OPENID_ERROR_TIME }, { "iat", NULL, FORLOP_OPENID_ERROR_TIME },
    { "exp", "\"1795334695\"", FORLOP_OPENID_ERROR_TIME }, { "exp", "-1", FORLOP_OPENID_ERROR_TIME },
    { "exp", "1e300", FORLOP_OPENID_ERROR_TIME }, { "exp", "18446744073709551615", FORLOP_OPENID_ERROR_TIME },
    { "exp", "1795334371", -1 }, { "exp", "1795334370", FORLOP_OPENID_ERROR_TIME },
    { "iat", "1795334430", -1 }, { "iat", "1795334431", FORLOP_OPENID_ERROR_TIME },
    { "iat", "1795334395.5", -1 },
    { "nbf", "1795334430", -1 }, { "nbf", "1795334431", FORLOP_OPENID_ERROR_TIME },
    { "nbf", "\"now\"", FORLOP_OPENID_ERROR_TIME },
    { "auth_time", "1795334430", -1 }, { "auth_time", "1795334431", FORLOP_OPENID_ERROR_TIME },
    { "auth_time", "1795330770", -1 }, { "auth_time", "1795330769", FORLOP_OPENID_ERROR_OLD },
    { "auth_time", NULL, FORLOP_OPENID_ERROR_OLD }, { "auth_time", "true", FORLOP_OPENID_ERROR_OLD },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (times); i++)
    g_assert_cmpint (check_claim (times[i].key, times[i].json), ==, times[i].code);
}

/* A session does not begin in the future, however the clocks are. */
static void
test_a_sign_in_is_never_later_than_now (void)
{
  ForlopIdTokenRules rules = get_rules ();
  g_autofree char *payload = claims_with ("auth_time", "1795334430");
  g_autoptr (ForlopIdToken) found = forlop_id_token_check_claims (payload, &rules, NOW_S * 1000, NULL);

  g_assert_nonnull (found);
  g_assert_cmpint (found->signed_in_at, ==, NOW_S * 1000);
}

static void
test_the_nonce_must_be_this_sign_ins (void)
{
  static const char *const nonces[] = { NULL, "\"\"", "\"n-0S6_WzA2Mk\"", "\"n-0S6_WzA2M\"", "7", "null" };

  for (unsigned int i = 0; i < G_N_ELEMENTS (nonces); i++)
    g_assert_cmpint (check_claim ("nonce", nonces[i]), ==, FORLOP_OPENID_ERROR_NONCE);
}

static void
test_the_level_asked_for_must_be_there (void)
{
  static const char *const wrong[] = { NULL, "\"low\"", "\"\"", "\"High\"", "[\"high\"]", "null" };
  ForlopIdTokenRules rules = get_rules ();
  g_autofree char *without = claims_with ("acr", NULL);
  g_autoptr (ForlopIdToken) found = NULL;

  for (unsigned int i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_cmpint (check_claim ("acr", wrong[i]), ==, FORLOP_OPENID_ERROR_LEVEL);
  g_assert_cmpint (check_claim ("acr", "\"substantial\""), ==, -1);

  rules.levels = NULL;
  found = forlop_id_token_check_claims (without, &rules, NOW_S * 1000, NULL);
  g_assert_nonnull (found);
}

static void
test_somebody_must_have_signed_in (void)
{
  g_autofree char *name = g_strnfill (FORLOP_ID_TOKEN_MAX_SUBJECT + 1, 'a');
  g_autofree char *too_long = g_strdup_printf ("\"%s\"", name);
  const char *subjects[] = { NULL, "\"\"", "7", "null", "\"a\\nb\"", "\"a\\u0000b\"", too_long };

  for (unsigned int i = 0; i < G_N_ELEMENTS (subjects); i++)
    g_assert_cmpint (check_claim ("sub", subjects[i]), ==, FORLOP_OPENID_ERROR_MALFORMED);
}

static void
test_keys_that_cannot_be_used_are_passed_over (void)
{
  static const char *const sets[] = {
    "", "{}", "[]", "{\"keys\":{}}", "{\"keys\":[]}", "{\"keys\":[{}]}", "{\"keys\":[null,7,\"x\"]}",
    "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}",
    "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AAAA\"}]}",
    "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-384\",\"x\":\"AAAA\",\"y\":\"AAAA\"}]}",
    "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}",
    "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"\",\"e\":\"\"}]}",
    "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"AAAA\"}]}",
    "{\"keys\":[{\"kty\":\"RSA\",\"x5u\":\"http://127.0.0.1/key\"}]}",
    "{\"keys\":[{\"kty\":\"RSA\",\"alg\":\"RS256\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}",
    "{\"keys\":[{\"kty\":\"EC\",\"use\":\"enc\",\"crv\":\"P-256\",\"x\":\"AAAA\",\"y\":\"AAAA\"}]}",
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (forlop_jose_keys_parse (sets[i], &error));
      g_assert_error (error, FORLOP_OPENID_ERROR, FORLOP_OPENID_ERROR_MALFORMED);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add_func ("/id-token/" name, func)
  ADD ("three-algorithms-are-accepted", test_three_algorithms_are_accepted);
  ADD ("a-key-survives-its-file", test_a_key_survives_its_file);
  ADD ("other-algorithms-are-refused", test_other_algorithms_are_refused);
  ADD ("a-key-is-for-one-algorithm", test_a_key_is_for_one_algorithm);
  ADD ("an-unknown-key-is-told-from-a-wrong-signature", test_an_unknown_key_is_told_from_a_wrong_signature);
  ADD ("two-keys-must-be-named", test_two_keys_must_be_named);
  ADD ("what-is-not-understood-is-refused", test_what_is_not_understood_is_refused);
  ADD ("a-signed-payload-must-be-an-object", test_a_signed_payload_must_be_an_object);
  ADD ("issuer-and-audience-must-be-ours", test_issuer_and_audience_must_be_ours);
  ADD ("times-have-half-a-minute", test_times_have_half_a_minute);
  ADD ("a-sign-in-is-never-later-than-now", test_a_sign_in_is_never_later_than_now);
  ADD ("the-nonce-must-be-this-sign-ins", test_the_nonce_must_be_this_sign_ins);
  ADD ("the-level-asked-for-must-be-there", test_the_level_asked_for_must_be_there);
  ADD ("somebody-must-have-signed-in", test_somebody_must_have_signed_in);
  ADD ("keys-that-cannot-be-used-are-passed-over", test_keys_that_cannot_be_used_are_passed_over);
#undef ADD

  return g_test_run ();
}
