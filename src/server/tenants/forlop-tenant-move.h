/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-clock.h"
#include "forlop-key.h"

G_BEGIN_DECLS

/**
 * ForlopTenantMove:
 * @folder: where the municipality's folder is.
 * @owner: connection string of the database's owner.
 * @role: the server's role there.
 */
typedef struct {
  const char *folder;
  const char *name;
  ForlopKey *server_key;
  const char *owner;
  const char *role;
} ForlopTenantMove;

/* Moves a municipality from its files to PostgreSQL: everything, with its epoch, so that its clients go on
 * without noticing. It is served from the files until all of it has been copied and checked, and from the
 * database afterwards, never from both and never from half of it. When it was broken off, it is done again
 * from the start or from where that is no longer needed. The files are kept under other names.
 *
 * @n_rows: (out): copied; 0 when that had been done before. Blocks. */
gboolean forlop_tenant_move (const ForlopTenantMove  *move,
                             ForlopClock             *clock,
                             gint64                  *n_rows,
                             GError                 **error);

G_END_DECLS
