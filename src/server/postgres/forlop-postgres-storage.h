/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-id.h"
#include "forlop-tenant-storage.h"

G_BEGIN_DECLS

/* One municipality's log in PostgreSQL, for several server processes at once. Two roles: the owner
 * makes the tables and adds municipalities; the server's role owns nothing, and row security keeps it
 * to the municipality of the transaction.
 *
 * Writes are sent without waiting: a fault of one may be told by the next read or by the commit. A
 * commit whose answer is lost with the connection may have happened; who asks again finds its receipt.
 * A connection that is lost is made again by the next begin. */

/**
 * ForlopPostgresTenant:
 * @wrapping: its own key, wrapped by the server's: text of a keyring.
 */
typedef struct {
  char *id;
  char *name;
  char *wrapping;
} ForlopPostgresTenant;

void                 forlop_postgres_tenant_free        (ForlopPostgresTenant *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopPostgresTenant, forlop_postgres_tenant_free)

/* Makes the tables in the schema “forlop”, or brings them up to date, and gives @role what the server
 * needs. @owner: connection string of the owner. */
gboolean             forlop_postgres_storage_install    (const char       *owner,
                                                         const char       *role,
                                                         GError          **error);
/* Adds @tenant with an empty log; an error when its id or name is there. */
gboolean             forlop_postgres_storage_add_tenant (const char       *owner,
                                                         const ForlopPostgresTenant *tenant,
                                                         ForlopIdSource   *ids,
                                                         GError          **error);
/* Those that are served, sorted by name: #ForlopPostgresTenant. */
GPtrArray           *forlop_postgres_storage_list_tenants (const char     *conninfo,
                                                         GError          **error)
                                                         G_GNUC_WARN_UNUSED_RESULT;
/* One that is served, or NULL with NOT_FOUND. */
ForlopPostgresTenant *forlop_postgres_storage_find_tenant (const char     *conninfo,
                                                         const char       *name,
                                                         GError          **error)
                                                         G_GNUC_WARN_UNUSED_RESULT;
/* @conninfo: connection string of the server's role. Refused when the role could get around the row
 * security. */
ForlopServerStorage *forlop_postgres_storage_open       (const char       *conninfo,
                                                         const char       *tenant_id,
                                                         GError          **error)
                                                         G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
