/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-account-store.h"

G_BEGIN_DECLS

/* A token is the municipality's name, a dot and 256 random bits; it means nothing to whoever holds it.
 * The server keeps its hash. */

char *forlop_token_new        (const char *tenant) G_GNUC_WARN_UNUSED_RESULT;
void  forlop_token_hash       (const char *token,
                               guint8      hash[FORLOP_TOKEN_HASH_BYTES]);
/* The name before the dot; NULL for what has not the form of a token. */
char *forlop_token_dup_tenant (const char *token) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
