/* SPDX-License-Identifier: EUPL-1.2 */

/* What a provider of sign-ins, or somebody in its place, may send: keys, tokens and what is in them. Each is
 * refused with an error or read, and nobody is believed whose token was not signed. */

#include "fuzz.h"

#include <string.h>

#include "forlop-id-token.h"
#include "forlop-openid-answer.h"

/* 2026-11-22 08:00:00 UTC */
#define NOW G_GINT64_CONSTANT (1795334400000)

static const ForlopIdTokenRules rules = {
  .issuer = "https://sign-in.example.no", .client_id = "forlop", .nonce = "nonce", .max_age_s = 3600,
};

static ForlopJoseKeys *known;

int
LLVMFuzzerInitialize (G_GNUC_UNUSED int    *argc,
                      G_GNUC_UNUSED char ***argv)
{
  g_autoptr (ForlopJoseKey) key = forlop_jose_key_generate ("ES256");
  g_autofree char *json = forlop_jose_key_dup_public_set (key);

  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  known = forlop_jose_keys_parse (json, NULL);
  g_assert_nonnull (known);

  return 0;
}

static void
read_answers (const char *text)
{
  g_autoptr (GError) metadata_error = NULL;
  g_autoptr (GError) request_error = NULL;
  g_autoptr (GError) token_error = NULL;
  g_autoptr (ForlopOpenidMetadata) metadata = forlop_openid_metadata_parse (text, rules.issuer, &metadata_error);
  g_autofree char *request = forlop_openid_answer_read_request (text, &request_error);
  g_autofree char *token = forlop_openid_answer_read_id_token (text, &token_error);
  g_autofree char *refusal = forlop_openid_answer_read_refusal (text);

  g_assert_true ((metadata == NULL) == (metadata_error != NULL));
  g_assert_true ((request == NULL) == (request_error != NULL));
  g_assert_true ((token == NULL) == (token_error != NULL));
  g_assert_nonnull (refusal);
  if (metadata != NULL)
    {
      g_assert_true (g_str_has_prefix (metadata->authorization_endpoint, "https:"));
      g_assert_true (g_str_has_prefix (metadata->token_endpoint, "https:"));
      g_assert_true (g_str_has_prefix (metadata->pushed_endpoint, "https:"));
      g_assert_true (g_str_has_prefix (metadata->keys_endpoint, "https:"));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) keys_error = NULL;
  g_autoptr (GError) token_error = NULL;
  g_autoptr (GError) claims_error = NULL;
  g_autoptr (ForlopJoseKeys) keys = forlop_jose_keys_parse (text, &keys_error);
  g_autoptr (ForlopIdToken) forged = forlop_id_token_check (known, text, &rules, NOW, &token_error);
  g_autoptr (ForlopIdToken) found = forlop_id_token_check_claims (text, &rules, NOW, &claims_error);

  read_answers (text);
  g_assert_true ((keys == NULL) == (keys_error != NULL));
  g_assert_null (forged);
  g_assert_nonnull (token_error);
  g_assert_true ((found == NULL) == (claims_error != NULL));
  if (found != NULL)
    {
      g_assert_cmpuint (strlen (found->subject), <=, FORLOP_ID_TOKEN_MAX_SUBJECT);
      g_assert_cmpint (found->signed_in_at, <=, NOW);
    }

  return 0;
}
