/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-key.h"
#include "forlop-tenant-storage.h"

G_BEGIN_DECLS

/* Signed ends of the access log's chain. The chain shows that no row in it was changed; a checkpoint
 * that somebody else has kept shows that the whole chain was not made anew. */

#define FORLOP_CHECKPOINT_ROWS 1000
#define FORLOP_CHECKPOINT_MS ((gint64) 10 * 60 * 1000)
#define FORLOP_AUDIT_KEY_BYTES 32

/* Signs the end of the chain when there are 1,000 rows or ten minutes, and at least one row, since the
 * last. @key: the municipality's. @checkpoint: (out) (nullable): the newest there is. */
gboolean forlop_access_checkpoint_keep   (ForlopServerStorage           *storage,
                                          ForlopKey                     *key,
                                          gint64                         now,
                                          ForlopServerCheckpoint       **checkpoint,
                                          GError                       **error);
/* Whether @public_key's owner signed it. */
gboolean forlop_access_checkpoint_is_signed (const ForlopServerCheckpoint *checkpoint,
                                          const guint8                   public_key[FORLOP_AUDIT_KEY_BYTES]);
void     forlop_access_checkpoint_public_key (ForlopKey                 *key,
                                          guint8                         public_key[FORLOP_AUDIT_KEY_BYTES]);
/* `{"n","at","hash","signature","key"}`, bytes in hexadecimal. */
char    *forlop_access_checkpoint_to_json (const ForlopServerCheckpoint *checkpoint,
                                          ForlopKey                     *key) G_GNUC_WARN_UNUSED_RESULT;
/* The newest, as JSON; @text NULL when there is none. Outside of any transaction. */
gboolean forlop_access_checkpoint_newest (ForlopServerStorage           *storage,
                                          ForlopKey                     *key,
                                          char                         **text,
                                          GError                       **error);
/* `{"known"?,"checkpoint"}`: the hash of row @n as it stands in the log now, and the newest checkpoint. */
gboolean forlop_access_checkpoint_prove  (ForlopServerStorage           *storage,
                                          ForlopKey                     *key,
                                          gint64                         n,
                                          char                         **text,
                                          GError                       **error);
/* Looks that every checkpoint is signed and that the log still says the same there. */
gboolean forlop_access_checkpoint_verify (ForlopServerStorage           *storage,
                                          ForlopKey                     *key,
                                          gint64                        *n_checkpoints,
                                          GError                       **error);
/* What a machine or the journal has kept, as `N:HASH`. */
gboolean forlop_access_checkpoint_read_remembered (const char           *text,
                                          gint64                        *n,
                                          guint8                         hash[FORLOP_SYNC_HASH_BYTES]);
/* Whether the log still has that row: also a log that was cut or made anew together with its checkpoints
 * is found. Outside of any transaction. */
gboolean forlop_access_checkpoint_has    (ForlopServerStorage           *storage,
                                          gint64                         n,
                                          const guint8                   hash[FORLOP_SYNC_HASH_BYTES],
                                          GError                       **error);

G_END_DECLS
