/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

#include "forlop-jose.h"

G_BEGIN_DECLS

/* A certified provider of sign-ins on this machine, and what a server needs to know of it. */

typedef struct {
  GSubprocess *process;
  char *issuer;
  char *folder; /* of settings and keys, for forlop-server --openid */
} TestProvider;

/* @names: of municipalities, ended by NULL; each is a client of that name with a key of its own. The first has its
 * tokens signed with PS256, the next with ES256 and proofs of DPoP, the next with EdDSA. */
TestProvider *test_provider_new  (const char *const *names) G_GNUC_WARN_UNUSED_RESULT;
void          test_provider_free (TestProvider      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestProvider, test_provider_free)

G_END_DECLS
