/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <libsoup/soup.h>

#include "forlop-openid-error.h"

G_BEGIN_DECLS

/* Asks a provider. Blocks, with an end: nothing is followed, no answer is larger than this or takes longer, and
 * no certificate but a right one is accepted. */

#define FORLOP_OPENID_HTTP_MAX_ANSWER (256 * 1024)
#define FORLOP_OPENID_HTTP_SECONDS 10

/**
 * ForlopOpenidReply:
 * @text: the body, ended by NUL.
 * @dpop_nonce: (nullable): what the provider wants to see in the next proof.
 */
typedef struct {
  unsigned int status;
  char *text;
  char *dpop_nonce;
} ForlopOpenidReply;

/* @ca_file: (nullable). @is_local: whether the provider is on this machine, where no proxy is. */
SoupSession *forlop_openid_http_new (const char         *ca_file,
                                     gboolean            is_local,
                                     GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* @form: (nullable): fields to post; otherwise it is fetched. @proof: (nullable): header DPoP. TRUE with @reply for
 * every status below 500 that is no redirect. */
gboolean     forlop_openid_http_ask (SoupSession        *session,
                                     const char         *address,
                                     const char         *form,
                                     const char         *proof,
                                     ForlopOpenidReply  *reply,
                                     GError            **error);
void         forlop_openid_reply_clear (ForlopOpenidReply *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ForlopOpenidReply, forlop_openid_reply_clear)

G_END_DECLS
