/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-openid-error.h"

G_BEGIN_DECLS

/* Signed tokens, and the keys that sign and check them: everything that knows of librhonabwy. Three ways of
 * signing are known: PS256 (RSA of at least 2,048 bits), ES256 (P-256) and EdDSA (Ed25519). A key is good
 * for one of them alone, and nothing that stands in a token adds a key or fetches one. */

#define FORLOP_JOSE_MAX_TOKEN (16 * 1024)
#define FORLOP_JOSE_MAX_KEYS 50

/* The public keys of a provider. */
typedef struct _ForlopJoseKeys ForlopJoseKeys;
/* A private key of our own. */
typedef struct _ForlopJoseKey ForlopJoseKey;

/* @json: a JWK Set. Keys of other kinds are passed over; none left is an error. */
ForlopJoseKeys *forlop_jose_keys_parse     (const char            *json,
                                            GError               **error) G_GNUC_WARN_UNUSED_RESULT;
void            forlop_jose_keys_free      (ForlopJoseKeys        *self);
/* The payload of @token, once its signature was found right. A token without the name of a key is
 * accepted where there is one key only. */
char           *forlop_jose_keys_verify    (const ForlopJoseKeys  *self,
                                            const char            *token,
                                            GError               **error) G_GNUC_WARN_UNUSED_RESULT;

/* @algorithm: "PS256", "ES256" or "EdDSA". The key is named by its own thumbprint. */
ForlopJoseKey  *forlop_jose_key_generate   (const char            *algorithm) G_GNUC_WARN_UNUSED_RESULT;
/* @json: a private JWK. */
ForlopJoseKey  *forlop_jose_key_parse      (const char            *json,
                                            GError               **error) G_GNUC_WARN_UNUSED_RESULT;
void            forlop_jose_key_free       (ForlopJoseKey         *self);
const char     *forlop_jose_key_get_algorithm (const ForlopJoseKey *self);
/* JSON of the private key; to be wiped. */
char           *forlop_jose_key_dup_private (const ForlopJoseKey  *self) G_GNUC_WARN_UNUSED_RESULT;
/* JSON of a JWK Set with the public part alone. */
char           *forlop_jose_key_dup_public_set (const ForlopJoseKey *self) G_GNUC_WARN_UNUSED_RESULT;
/* A token of @type with @payload; @shows_key: whether the public key itself stands in its header. */
char           *forlop_jose_key_sign       (const ForlopJoseKey   *self,
                                            const char            *type,
                                            gboolean               shows_key,
                                            const char            *payload) G_GNUC_WARN_UNUSED_RESULT;

/* Base64 for addresses, without padding. */
char           *forlop_jose_encode         (const guint8          *bytes,
                                            gsize                  length) G_GNUC_WARN_UNUSED_RESULT;
/* NULL when the @length characters at @text are not such, or too many. Ended by a NUL that does not count. */
guint8         *forlop_jose_decode         (const char            *text,
                                            gsize                  length,
                                            gsize                 *n_bytes) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopJoseKeys, forlop_jose_keys_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopJoseKey, forlop_jose_key_free)

G_END_DECLS
