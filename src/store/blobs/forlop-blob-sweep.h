/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-blob-store.h"
#include "forlop-connection.h"

G_BEGIN_DECLS

/* Removes the attachments that nothing names: a program was killed after it had put one beside the file and
 * before the act that names it was written. Before anybody can put one. */
gboolean forlop_blob_sweep (ForlopConnection  *connection,
                            ForlopBlobStore   *blobs,
                            GError           **error);

G_END_DECLS
