/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-account-store.h"

G_BEGIN_DECLS

/* The statements for sign-in by browser: whom a provider knows, and what has left for the browser. */

/**
 * ForlopBrowserSignIn:
 *
 * What the server keeps to itself until the browser comes back.
 */
typedef struct {
  char *state;
  char *nonce;
  char *verifier;
  char *redirect_uri;
  gint64 ends_at;
} ForlopBrowserSignIn;

/* Finding nothing returns TRUE and leaves the result NULL. */
gboolean forlop_identity_store_find    (ForlopAccountStore         *self,
                                        const char                 *issuer,
                                        const char                 *subject,
                                        char                      **user_id,
                                        GError                    **error);
gboolean forlop_identity_store_put     (ForlopAccountStore         *self,
                                        const char                 *issuer,
                                        const char                 *subject,
                                        const char                 *user_id,
                                        gint64                      now,
                                        GError                    **error);
/* The provider knows the user no more. */
gboolean forlop_identity_store_drop    (ForlopAccountStore         *self,
                                        const char                 *issuer,
                                        const char                 *user_id,
                                        GError                    **error);
/* Whether the user can sign in by browser. */
gboolean forlop_identity_store_has     (ForlopAccountStore         *self,
                                        const char                 *user_id,
                                        gboolean                   *has,
                                        GError                    **error);

/* Removes what nobody came back for, and adds one unless there are too many: then @is_added is FALSE. */
gboolean forlop_browser_sign_in_add    (ForlopAccountStore         *self,
                                        const guint8                hash[FORLOP_TOKEN_HASH_BYTES],
                                        const ForlopBrowserSignIn  *sign_in,
                                        gint64                      now,
                                        gboolean                   *is_added,
                                        GError                    **error);
/* Takes it out, so that nobody finds it again. */
gboolean forlop_browser_sign_in_take   (ForlopAccountStore         *self,
                                        const guint8                hash[FORLOP_TOKEN_HASH_BYTES],
                                        ForlopBrowserSignIn       **sign_in,
                                        GError                    **error);
void     forlop_browser_sign_in_free   (ForlopBrowserSignIn        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopBrowserSignIn, forlop_browser_sign_in_free)

G_END_DECLS
