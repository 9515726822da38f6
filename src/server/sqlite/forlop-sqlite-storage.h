/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-id.h"
#include "forlop-key.h"
#include "forlop-tenant-storage.h"

G_BEGIN_DECLS

/* One municipality's log in one encrypted file. One process has the file, one storage in it writes,
 * any number may read beside it. A storage belongs to the thread that opened it. */

ForlopServerStorage *forlop_sqlite_storage_open        (const char           *path,
                                                        ForlopKey            *key,
                                                        gboolean              create,
                                                        ForlopIdSource       *ids,
                                                        GError              **error)
                                                        G_GNUC_WARN_UNUSED_RESULT;
/* A storage that only reads, beside one that writes: its snapshots never wait and nobody waits for
 * them. */
ForlopServerStorage *forlop_sqlite_storage_open_reader (const char           *path,
                                                        ForlopKey            *key,
                                                        GError              **error)
                                                        G_GNUC_WARN_UNUSED_RESULT;
/* Moves what was written from the log beside the file into the file. Between transactions. */
gboolean             forlop_sqlite_storage_checkpoint  (ForlopServerStorage  *self,
                                                        GError              **error);
/* Copies the file, encrypted with the same key, as it is at one moment; the copy is read back before
 * it gets its name. EXISTS when there is a file at @target.
 *
 * @seq: (out): the head in the copy. When the copy is off the host, it is what is safe. */
gboolean             forlop_sqlite_storage_backup      (ForlopServerStorage  *self,
                                                        const char           *target,
                                                        gint64               *seq,
                                                        GError              **error);
/* Makes @path out of a copy, with an epoch of its own, so that clients send again what the copy does
 * not have. EXISTS when there is a file at @path. */
gboolean             forlop_sqlite_storage_restore     (const char           *copy,
                                                        const char           *path,
                                                        ForlopKey            *key,
                                                        ForlopIdSource       *ids,
                                                        GError              **error);

G_END_DECLS
