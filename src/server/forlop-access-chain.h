/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-server-storage.h"

G_BEGIN_DECLS

/**
 * ForlopServerAccessRow:
 *
 * A row of the access log as it is kept. The text of @access belongs to the row.
 */
typedef struct {
  gint64 n;
  ForlopServerAccess access;
  guint8 previous[FORLOP_SYNC_HASH_BYTES];
  guint8 hash[FORLOP_SYNC_HASH_BYTES];
} ForlopServerAccessRow;

void     forlop_server_access_row_free (ForlopServerAccessRow     *self);

/* The hash of row @n, which is the end of the chain after it. */
void     forlop_access_chain_hash      (const ForlopServerAccess  *access,
                                        gint64                     n,
                                        const guint8               previous[FORLOP_SYNC_HASH_BYTES],
                                        guint8                     hash[FORLOP_SYNC_HASH_BYTES]);
/* Whether @row follows row @n, whose hash is @hash, which is moved on to it. */
gboolean forlop_access_chain_follows   (const ForlopServerAccessRow *row,
                                        gint64                     n,
                                        guint8                     hash[FORLOP_SYNC_HASH_BYTES]);
/* The sentences for a chain that is broken. @row is the first that does not follow row @n, whose hash is @hash. */
void     forlop_access_chain_set_broken (const ForlopServerAccessRow *row,
                                         gint64                    n,
                                         const guint8              hash[FORLOP_SYNC_HASH_BYTES],
                                         GError                  **error);
/* The log ends at row @n, and something signed or counted says otherwise. */
void     forlop_access_chain_set_short  (gint64                    n,
                                         gint64                    expected,
                                         GError                  **error);
/* Row @n is not what was signed there. */
void     forlop_access_chain_set_other  (gint64                    n,
                                         GError                  **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopServerAccessRow, forlop_server_access_row_free)

G_END_DECLS
