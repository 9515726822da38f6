/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-openid-error.h"

G_BEGIN_DECLS

/* What a provider answers, read. Pure. Errors are #ForlopOpenidError. */

/**
 * ForlopOpenidMetadata:
 *
 * Where a provider is asked what: OpenID Connect Discovery 1.0, RFC 8414, RFC 9126 and RFC 9207.
 *
 * @names_itself: whether it says who it is when it sends the browser back.
 */
typedef struct {
  char *authorization_endpoint;
  char *token_endpoint;
  char *pushed_endpoint;
  char *keys_endpoint;
  gboolean names_itself;
} ForlopOpenidMetadata;

/* @issuer: who it must be. */
ForlopOpenidMetadata *forlop_openid_metadata_parse    (const char            *text,
                                                       const char            *issuer,
                                                       GError               **error) G_GNUC_WARN_UNUSED_RESULT;
void                  forlop_openid_metadata_free     (ForlopOpenidMetadata  *self);
/* The name of the request that was put down with the provider. */
char                 *forlop_openid_answer_read_request (const char          *text,
                                                       GError               **error) G_GNUC_WARN_UNUSED_RESULT;
char                 *forlop_openid_answer_read_id_token (const char         *text,
                                                       GError               **error) G_GNUC_WARN_UNUSED_RESULT;
/* The code of a refusal, of letters and "_" alone; "" when there is none. */
char                 *forlop_openid_answer_read_refusal (const char          *text) G_GNUC_WARN_UNUSED_RESULT;

/* Whether @address may be asked: it is encrypted, or stays on this machine. */
gboolean              forlop_openid_is_address        (const char            *address);
gboolean              forlop_openid_is_loopback       (const char            *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopOpenidMetadata, forlop_openid_metadata_free)

G_END_DECLS
