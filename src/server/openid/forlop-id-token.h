/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-jose.h"

G_BEGIN_DECLS

/* What a provider says about a person, and whether to believe it: OpenID Connect Core 1.0, section 3.1.3.7.
 * Pure: keys, rules and time are given. */

/* How far the provider's clock and ours may be apart. */
#define FORLOP_ID_TOKEN_LEEWAY_S 30
#define FORLOP_ID_TOKEN_MAX_SUBJECT 255

/**
 * ForlopIdTokenRules:
 * @levels: (nullable): ended by NULL; the person must have signed in with one of these (acr).
 * @max_age_s: so long ago at most the person signed in with the provider (auth_time).
 */
typedef struct {
  const char *issuer;
  const char *client_id;
  const char *nonce;
  const char *const *levels;
  gint64 max_age_s;
} ForlopIdTokenRules;

/**
 * ForlopIdToken:
 * @subject: the person, for this issuer.
 * @signed_in_at: instant at which the person signed in with the provider.
 */
typedef struct {
  char *subject;
  gint64 signed_in_at;
} ForlopIdToken;

/* NULL with a #ForlopOpenidError that says what is wrong. @now: instant. */
ForlopIdToken *forlop_id_token_check        (const ForlopJoseKeys      *keys,
                                             const char                *token,
                                             const ForlopIdTokenRules  *rules,
                                             gint64                     now,
                                             GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same for a payload whose signature was found right. */
ForlopIdToken *forlop_id_token_check_claims (const char                *payload,
                                             const ForlopIdTokenRules  *rules,
                                             gint64                     now,
                                             GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
void           forlop_id_token_free         (ForlopIdToken             *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopIdToken, forlop_id_token_free)

G_END_DECLS
