/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-sign-in-guard.h"
#include "forlop-tenant.h"

G_BEGIN_DECLS

/* Every municipality of a server: the folders of its data directory. */

/**
 * ForlopTenants:
 * @passwords: checks passwords, one after the other, away from the municipalities' threads.
 * @guard: belongs to @passwords.
 */
typedef struct {
  char *folder;
  ForlopClock *clock;
  GHashTable *by_name; /* name → owned ForlopTenant */
  ForlopWorker *passwords;
  ForlopSignInGuard *guard;
} ForlopTenants;

/* Opens every municipality below @folder; one that cannot be opened is an error. */
ForlopTenants *forlop_tenants_open      (const char     *folder,
                                         ForlopKey      *server_key,
                                         ForlopClock    *clock,
                                         GError        **error) G_GNUC_WARN_UNUSED_RESULT;
void           forlop_tenants_free      (ForlopTenants  *self);
/* (nullable): borrowed. */
ForlopTenant  *forlop_tenants_find      (ForlopTenants  *self,
                                         const char     *name);
/* Sorted names of the folders below @folder; ended by NULL. */
char         **forlop_tenants_list      (const char     *folder,
                                         GError        **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopTenants, forlop_tenants_free)

G_END_DECLS
