/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-id.h"
#include "forlop-server-storage.h"

G_BEGIN_DECLS

/* What one transaction knows and has yet to write, the same for every kind of storage: the head, the
 * end of the access log's chain, and by how much the sums of scopes change. */

/**
 * ForlopTenantState:
 * @is_known: whether the head was read in this transaction.
 * @is_moved: whether it has changed since.
 * @sums: (element-type utf8 ForlopScopeSum): what is to be added to the sum of a scope.
 */
typedef struct {
  gboolean is_known;
  gboolean is_moved;
  ForlopServerHead head;
  gint64 access_n;
  guint8 access_hash[FORLOP_SYNC_HASH_BYTES];
  GHashTable *sums;
} ForlopTenantState;

void            forlop_tenant_state_init       (ForlopTenantState         *self);
void            forlop_tenant_state_clear      (ForlopTenantState         *self);
/* Forgets everything; for the end of a transaction. */
void            forlop_tenant_state_reset      (ForlopTenantState         *self);

/* An error when @seq is not the one after the head. */
gboolean        forlop_tenant_state_move       (ForlopTenantState         *self,
                                                gint64                     seq,
                                                const guint8               hash[FORLOP_SYNC_HASH_BYTES],
                                                GError                   **error);
/* @before: (nullable): the row that @after takes the place of. */
void            forlop_tenant_state_count      (ForlopTenantState         *self,
                                                const ForlopSyncRow       *before,
                                                const ForlopSyncRow       *after);
/* @sum: in: what is stored; out: what it is with this transaction's rows. */
void            forlop_tenant_state_add_sum    (ForlopTenantState         *self,
                                                const char                *scope,
                                                ForlopScopeSum            *sum);
/* Gives the row its number and moves the chain; @previous gets the hash before it. */
void            forlop_tenant_state_add_access (ForlopTenantState         *self,
                                                const ForlopServerAccess  *access,
                                                guint8                     previous[FORLOP_SYNC_HASH_BYTES]);

/* 32 hexadecimal digits, from 148 random bits. */
void            forlop_tenant_make_epoch       (ForlopIdSource            *ids,
                                                char                       epoch[33]);
gboolean        forlop_tenant_epoch_to_bytes   (const char                *epoch,
                                                guint8                     bytes[16]);
void            forlop_tenant_epoch_from_bytes (const guint8               bytes[16],
                                                char                       epoch[33]);

G_END_DECLS
