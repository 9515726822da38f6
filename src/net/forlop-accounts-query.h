/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-server-account.h"

G_BEGIN_DECLS

/* Who can sign in to the server, and whom the municipality's provider knows by which number; for an
 * administrator. They block; not on the main thread. An error's message is a sentence for the user. */

/**
 * ForlopServerUser:
 * @name: of the account.
 * @person: (nullable): what the user is called.
 * @is_open: whether the account can sign in.
 * @by_password: whether there is a password that is good.
 * @by_browser: whether the provider knows the user.
 */
typedef struct {
  char *user_id;
  char *name;
  char *person;
  gboolean is_open;
  gboolean by_password;
  gboolean by_browser;
} ForlopServerUser;

void       forlop_server_user_free (ForlopServerUser     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopServerUser, forlop_server_user_free)

/* #GPtrArray of #ForlopServerUser. */
GPtrArray *forlop_accounts_list_users (ForlopServerAccount  *account,
                                       ForlopHttpTransport  *transport,
                                       GCancellable         *cancellable,
                                       GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* @subject: the provider's number for the user; %NULL to unlink. */
gboolean   forlop_accounts_link_user  (ForlopServerAccount  *account,
                                       ForlopHttpTransport  *transport,
                                       const char           *user_id,
                                       const char           *subject,
                                       GCancellable         *cancellable,
                                       GError              **error);

G_END_DECLS
