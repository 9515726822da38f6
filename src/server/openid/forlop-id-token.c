/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-id-token.h"

#include <math.h>
#include <sodium.h>
#include <string.h>

#include "forlop-clock.h"
#include "forlop-json.h"

/* The year 5138: nothing later is meant as seconds. */
#define MAX_SECONDS 1e11

void
forlop_id_token_free (ForlopIdToken *self)
{
  if (self == NULL)
    return;

  g_free (self->subject);
  g_free (self);
}

static const char *
text_of (yyjson_val *claims,
         const char *key)
{
  yyjson_val *value = yyjson_obj_get (claims, key);
  const char *text = yyjson_get_str (value);

  return text != NULL && strlen (text) == yyjson_get_len (value) ? text : NULL;
}

static gboolean
refuse (GError            **error,
        ForlopOpenidError   code,
        const char         *words)
{
  g_set_error_literal (error, FORLOP_OPENID_ERROR, code, words);

  return FALSE;
}

/* Seconds since 1970, perhaps with a fraction. FALSE when they are missing or none. */
static gboolean
get_seconds (yyjson_val *claims,
             const char *key,
             gint64     *seconds)
{
  yyjson_val *value = yyjson_obj_get (claims, key);
  double number = yyjson_get_num (value);

  if (!yyjson_is_num (value) || !isfinite (number) || number < 0 || number > MAX_SECONDS)
    return FALSE;
  *seconds = (gint64) number;

  return TRUE;
}

static gboolean
check_parties (yyjson_val                *claims,
               const ForlopIdTokenRules  *rules,
               GError                   **error)
{
  yyjson_val *audience = yyjson_obj_get (claims, "aud");
  const char *authorized = text_of (claims, "azp");

  if (g_strcmp0 (text_of (claims, "iss"), rules->issuer) != 0)
    return refuse (error, FORLOP_OPENID_ERROR_ISSUER, "the token is another provider's");
  /* Ours alone: who else may use the token is not known here. */
  if (yyjson_is_arr (audience))
    audience = yyjson_arr_size (audience) == 1 ? yyjson_arr_get_first (audience) : NULL;
  if (g_strcmp0 (yyjson_get_str (audience), rules->client_id) != 0 ||
      (yyjson_obj_get (claims, "azp") != NULL && g_strcmp0 (authorized, rules->client_id) != 0))
    return refuse (error, FORLOP_OPENID_ERROR_AUDIENCE, "the token is for somebody else");

  return TRUE;
}

static gboolean
check_times (yyjson_val  *claims,
             gint64       now_s,
             GError     **error)
{
  gint64 ends, issued, begins;

  if (!get_seconds (claims, "exp", &ends) || !get_seconds (claims, "iat", &issued))
    return refuse (error, FORLOP_OPENID_ERROR_TIME, "the token does not say when it was made or ends");
  if (ends <= now_s - FORLOP_ID_TOKEN_LEEWAY_S)
    return refuse (error, FORLOP_OPENID_ERROR_TIME, "the token has run out");
  if (issued > now_s + FORLOP_ID_TOKEN_LEEWAY_S)
    return refuse (error, FORLOP_OPENID_ERROR_TIME, "the token is from the future");
  if (yyjson_obj_get (claims, "nbf") != NULL &&
      (!get_seconds (claims, "nbf", &begins) || begins > now_s + FORLOP_ID_TOKEN_LEEWAY_S))
    return refuse (error, FORLOP_OPENID_ERROR_TIME, "the token is not valid yet");

  return TRUE;
}

static gboolean
check_nonce (yyjson_val  *claims,
             const char  *nonce,
             GError     **error)
{
  const char *found = text_of (claims, "nonce");

  if (found == NULL || strlen (found) != strlen (nonce) || sodium_memcmp (found, nonce, strlen (nonce)) != 0)
    return refuse (error, FORLOP_OPENID_ERROR_NONCE, "the token belongs to another sign-in");

  return TRUE;
}

static gboolean
check_sign_in (yyjson_val                *claims,
               const ForlopIdTokenRules  *rules,
               gint64                     now_s,
               gint64                    *signed_in_s,
               GError                   **error)
{
  const char *level = text_of (claims, "acr");

  if (rules->levels != NULL && (level == NULL || !g_strv_contains (rules->levels, level)))
    return refuse (error, FORLOP_OPENID_ERROR_LEVEL, "the person did not sign in as strongly as is asked for");
  if (!get_seconds (claims, "auth_time", signed_in_s))
    return refuse (error, FORLOP_OPENID_ERROR_OLD, "the token does not say when the person signed in");
  if (*signed_in_s > now_s + FORLOP_ID_TOKEN_LEEWAY_S)
    return refuse (error, FORLOP_OPENID_ERROR_TIME, "the person signs in in the future");
  if (*signed_in_s < now_s - rules->max_age_s - FORLOP_ID_TOKEN_LEEWAY_S)
    return refuse (error, FORLOP_OPENID_ERROR_OLD, "the person signed in too long ago");

  return TRUE;
}

static const char *
get_subject (yyjson_val  *claims,
             GError     **error)
{
  const char *subject = text_of (claims, "sub");

  if (subject == NULL || *subject == '\0' || strlen (subject) > FORLOP_ID_TOKEN_MAX_SUBJECT)
    {
      refuse (error, FORLOP_OPENID_ERROR_MALFORMED, "the token does not say who signed in");
      return NULL;
    }
  for (const char *at = subject; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      {
        refuse (error, FORLOP_OPENID_ERROR_MALFORMED, "the person has a number that cannot be written");
        return NULL;
      }

  return subject;
}

ForlopIdToken *
forlop_id_token_check_claims (const char                *payload,
                              const ForlopIdTokenRules  *rules,
                              gint64                     now,
                              GError                   **error)
{
  g_autoptr (yyjson_doc) doc = NULL;
  ForlopIdToken *self;
  yyjson_val *claims;
  gint64 now_s = now / 1000, signed_in_s = 0;
  const char *subject;

  g_return_val_if_fail (payload != NULL && rules != NULL, NULL);

  doc = forlop_json_parse (payload, -1, NULL);
  claims = yyjson_doc_get_root (doc);
  if (!yyjson_is_obj (claims))
    {
      refuse (error, FORLOP_OPENID_ERROR_MALFORMED, "the token says nothing");
      return NULL;
    }
  if (!check_parties (claims, rules, error) || !check_times (claims, now_s, error) ||
      !check_nonce (claims, rules->nonce, error) ||
      !check_sign_in (claims, rules, now_s, &signed_in_s, error))
    return NULL;
  subject = get_subject (claims, error);
  if (subject == NULL)
    return NULL;

  self = g_new0 (ForlopIdToken, 1);
  self->subject = g_strdup (subject);
  self->signed_in_at = MIN (signed_in_s * 1000, now);

  return self;
}

ForlopIdToken *
forlop_id_token_check (const ForlopJoseKeys      *keys,
                       const char                *token,
                       const ForlopIdTokenRules  *rules,
                       gint64                     now,
                       GError                   **error)
{
  g_autofree char *payload = NULL;

  g_return_val_if_fail (keys != NULL && token != NULL && rules != NULL, NULL);

  payload = forlop_jose_keys_verify (keys, token, error);

  return payload != NULL ? forlop_id_token_check_claims (payload, rules, now, error) : NULL;
}
