/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-access-chain.h"
#include "forlop-tenant-state.h"

G_BEGIN_DECLS

/* What the two storages have beside what the endpoint asks of them: reading the access log, and
 * checking that nobody has changed the log or its chain behind the server's back. */

/**
 * ForlopServerMark:
 *
 * A position of the log with the chain's hash there, its receipt and its changeset.
 *
 * @op_id: (nullable): %NULL where the receipt is missing.
 * @content_hash: (nullable): of the changeset's text.
 * @body: (nullable): %NULL for what was not accepted.
 */
typedef struct {
  gint64 seq;
  guint8 hash[FORLOP_SYNC_HASH_BYTES];
  char *op_id;
  char *content_hash;
  char *status;
  char *body;
} ForlopServerMark;

void forlop_server_mark_free (ForlopServerMark *self);

#define FORLOP_SIGNATURE_BYTES 64

/**
 * ForlopServerCheckpoint:
 * @n: the number of the access log's last row then; 0 for none.
 * @hash: the chain's end there.
 * @signature: Ed25519, see forlop-access-checkpoint.h.
 */
typedef struct {
  gint64 n;
  gint64 at;
  guint8 hash[FORLOP_SYNC_HASH_BYTES];
  guint8 signature[FORLOP_SIGNATURE_BYTES];
} ForlopServerCheckpoint;

typedef struct {
  gboolean (*load_state) (ForlopServerStorage  *self,
                          ForlopTenantState    *state,
                          GError              **error);
  GPtrArray *(*list_access) (ForlopServerStorage  *self,
                             const char           *scope,
                             gint64                after,
                             unsigned int          limit,
                             GError              **error);
  GPtrArray *(*list_marks) (ForlopServerStorage  *self,
                            gint64                after,
                            unsigned int          limit,
                            GError              **error);
  gboolean (*put_checkpoint) (ForlopServerStorage           *self,
                              const ForlopServerCheckpoint  *checkpoint,
                              GError                       **error);
  /* In their order, those at rows after @after. */
  GPtrArray *(*list_checkpoints) (ForlopServerStorage  *self,
                                  gint64                after,
                                  GError              **error);
  /* The newest; @checkpoint NULL when there is none. */
  gboolean (*last_checkpoint) (ForlopServerStorage     *self,
                               ForlopServerCheckpoint **checkpoint,
                               GError                 **error);
} ForlopTenantStorageFuncs;

/* The beginning of both storages. */
typedef struct {
  ForlopServerStorage parent;
  const ForlopTenantStorageFuncs *funcs;
  ForlopTenantState state;
} ForlopTenantStorage;

/* Rows of the access log in their order, numbers above @after, inside a transaction.
 *
 * @scope: (nullable): those of one scope.
 *
 * Returns: (transfer full): of #ForlopServerAccessRow. */
GPtrArray *forlop_tenant_storage_list_access (ForlopServerStorage  *self,
                                              const char           *scope,
                                              gint64                after,
                                              unsigned int          limit,
                                              GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   forlop_tenant_storage_verify      (ForlopServerStorage  *self,
                                              gint64               *n_access,
                                              gint64               *n_marks,
                                              GError              **error);
/* The head of this transaction, read once; what it has moved to comes with it. */
gboolean   forlop_tenant_storage_know_head   (ForlopTenantStorage  *self,
                                              GError              **error);
/* The sentence for a row that this version cannot read. */
void       forlop_tenant_set_not_known       (GError              **error);
/* SELECT of a record's row; what follows is WHERE. */
#define FORLOP_TENANT_RECORD "SELECT id, scope, seq, vtag, deleted, field_vtags, type, body FROM record "
/* Kept: SELECT of a measurement's row and of every declared field, then @after. */
const char *forlop_tenant_measurement_sql    (const char           *after);
/* The functions that are the same for both: get_head, set_epoch and set_safe_seq. */
void       forlop_tenant_storage_fill        (ForlopServerStorageFuncs *funcs);

G_END_DECLS
