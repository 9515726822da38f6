/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-clock.h"
#include "forlop-id-token.h"
#include "forlop-openid-settings.h"
#include "forlop-worker.h"

G_BEGIN_DECLS

/* One municipality's provider of sign-ins, asked as OpenID Connect says: the request is put down with it first
 * (PAR), the browser only carries its name, and the code that comes back is exchanged with a secret that
 * never left the server (PKCE). What it publishes is kept for an hour; keys also are fetched again when a token
 * names a new one, at most once a minute. */

typedef struct _ForlopOpenidProvider ForlopOpenidProvider;

/**
 * ForlopOpenidRequest:
 *
 * One sign-in between leaving for the browser and coming back.
 *
 * @asks_again: whether the person must sign in with the provider even if that was done just now.
 */
typedef struct {
  const char *state;
  const char *nonce;
  const char *verifier;
  const char *redirect_uri;
  gboolean asks_again;
} ForlopOpenidRequest;

/* Takes @settings. */
ForlopOpenidProvider *forlop_openid_provider_new      (ForlopOpenidSettings       *settings,
                                                       ForlopClock                *clock) G_GNUC_WARN_UNUSED_RESULT;
void                  forlop_openid_provider_free     (ForlopOpenidProvider       *self);
const char           *forlop_openid_provider_get_issuer (ForlopOpenidProvider     *self);
/* The thread on which the provider is asked; a slow one keeps nobody else waiting. */
ForlopWorker         *forlop_openid_provider_get_worker (ForlopOpenidProvider     *self);
/* Whether the address may begin a sign-in now; the milliseconds to wait otherwise. On the worker, as all below. */
gboolean              forlop_openid_provider_may_begin (ForlopOpenidProvider      *self,
                                                       const char                 *address,
                                                       gint64                     *wait_ms);
/* The address for the browser. Errors are #ForlopOpenidError. */
char                 *forlop_openid_provider_begin    (ForlopOpenidProvider       *self,
                                                       const ForlopOpenidRequest  *request,
                                                       GError                    **error) G_GNUC_WARN_UNUSED_RESULT;
/* Who signed in. @issuer: (nullable): who the browser says that it comes from. */
ForlopIdToken        *forlop_openid_provider_finish   (ForlopOpenidProvider       *self,
                                                       const ForlopOpenidRequest  *request,
                                                       const char                 *code,
                                                       const char                 *issuer,
                                                       GError                    **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopOpenidProvider, forlop_openid_provider_free)

G_END_DECLS
