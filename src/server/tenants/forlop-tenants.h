/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-gateway.h"
#include "forlop-openid-provider.h"
#include "forlop-tenant.h"

G_BEGIN_DECLS

/* Every municipality of a server: the folders of its data directory, or those of a PostgreSQL database. */

/**
 * ForlopTenants:
 * @take_up_days: how long a take-up lasts that no case follows; 0 for the standard.
 * @lease_hours: how long a client works without the server; 0 for the standard.
 * @passwords: checks passwords, one after the other, away from the municipalities' threads.
 * @gateways: name → owned #ForlopGateway, of every municipality once they are loaded.
 * @providers: name → owned #ForlopOpenidProvider, of the municipalities whose users sign in by browser.
 */
typedef struct {
  ForlopClock *clock;
  GHashTable *by_name; /* name → owned ForlopTenant */
  ForlopWorker *passwords;
  GHashTable *providers;
  GHashTable *gateways;
  unsigned int take_up_days;
  unsigned int lease_hours;
} ForlopTenants;

/* Opens every municipality below @folder; one that cannot be opened is an error. */
ForlopTenants *forlop_tenants_open      (const char     *folder,
                                         ForlopKey      *server_key,
                                         ForlopClock    *clock,
                                         GError        **error) G_GNUC_WARN_UNUSED_RESULT;
/* @conninfo: connection string of the server's role. @n_threads: for each municipality. */
ForlopTenants *forlop_tenants_open_postgres (const char  *conninfo,
                                         ForlopKey      *server_key,
                                         unsigned int    n_threads,
                                         ForlopClock    *clock,
                                         GError        **error) G_GNUC_WARN_UNUSED_RESULT;
void           forlop_tenants_free      (ForlopTenants  *self);
/* (nullable): borrowed. */
ForlopTenant  *forlop_tenants_find      (ForlopTenants  *self,
                                         const char     *name);
/* Reads @folder/NAME.json of each municipality; it has local accounts alone when there is none. */
gboolean       forlop_tenants_load_providers (ForlopTenants *self,
                                         const char     *folder,
                                         GError        **error);
/* (nullable): borrowed. */
ForlopOpenidProvider *forlop_tenants_find_provider (ForlopTenants *self,
                                         const char     *name);
/* Reads @folder/NAME.json of each municipality; without one, or with @folder %NULL, it sends no messages. */
gboolean       forlop_tenants_load_gateways (ForlopTenants  *self,
                                         const char     *folder,
                                         GError        **error);
/* (nullable): borrowed. */
ForlopGateway *forlop_tenants_find_gateway (ForlopTenants  *self,
                                         const char     *name);
/* (nullable): borrowed. By its id in PostgreSQL. */
ForlopTenant  *forlop_tenants_find_id   (ForlopTenants  *self,
                                         const char     *id);
/* Sorted names of the folders below @folder; ended by NULL. */
char         **forlop_tenants_list      (const char     *folder,
                                         GError        **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopTenants, forlop_tenants_free)

G_END_DECLS
