/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <libdex.h>

#include "forlop-identity.h"
#include "forlop-store.h"

G_BEGIN_DECLS

/* The functions of all users in use on a day, by name: what one may choose to be until accounts
 * come with a server. Resolves to a GListStore of ForlopIdentity. */
DexFuture *forlop_identities_load (ForlopStore *store,
                                   ForlopDate   today) G_GNUC_WARN_UNUSED_RESULT;
/* The same, for a thread that may stand still. */
GListModel *forlop_identities_load_sync (ForlopStore *store,
                                         ForlopDate   today,
                                         GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/* The first function of the list that is @wanted: "Kari", "Kari Nes" or an id, with ":caseworker"
 * after it where the user has several. NULL when nobody fits. */
ForlopIdentity *forlop_identities_find (GListModel *identities,
                                        const char *wanted) G_GNUC_WARN_UNUSED_RESULT;
/* The one with this user, role and unit; NULL where there is none. */
ForlopIdentity *forlop_identities_find_function (GListModel *actors,
                                                 const char *user,
                                                 const char *role,
                                                 const char *unit) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
