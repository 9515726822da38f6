/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-changeset.h"
#include "forlop-connection.h"
#include "forlop-sync-row.h"

G_BEGIN_DECLS

/* The server's version of a record in a mirror: in its own table while the working table shows the
 * record with own changes, among the tombstones when it is deleted, otherwise in the working table. */

/**
 * ForlopMirrorEntry:
 * @vtag: (nullable): %NULL where it was not asked for.
 */
typedef struct {
  const ForlopRecordType *type;
  char *id;
  char *vtag;
  gboolean deleted;
} ForlopMirrorEntry;

gboolean       forlop_mirror_row_store_put        (ForlopConnection       *connection,
                                                   const ForlopSyncRow    *row,
                                                   GError                **error);
gboolean       forlop_mirror_row_store_load       (ForlopConnection       *connection,
                                                   const ForlopRecordType *type,
                                                   const char             *id,
                                                   ForlopSyncRow         **row,
                                                   GError                **error);
gboolean       forlop_mirror_row_store_drop       (ForlopConnection       *connection,
                                                   const ForlopRecordType *type,
                                                   const char             *id,
                                                   gboolean                also_tombstone,
                                                   GError                **error);
gboolean       forlop_mirror_row_store_load_shown (ForlopConnection       *connection,
                                                   const ForlopRecordType *type,
                                                   const char             *id,
                                                   const char             *scope,
                                                   ForlopRecord           *like,
                                                   ForlopRecord          **record,
                                                   GError                **error);
gboolean       forlop_mirror_row_store_show_new   (ForlopConnection       *connection,
                                                   ForlopRecord           *record,
                                                   gboolean               *is_new,
                                                   GError                **error);
gboolean       forlop_mirror_row_store_show       (ForlopConnection       *connection,
                                                   const ForlopOperation  *operation,
                                                   GError                **error);
/* #GPtrArray of ForlopMirrorEntry: the scope as the server has it. */
GPtrArray     *forlop_mirror_row_store_list       (ForlopConnection       *connection,
                                                   const char             *scope,
                                                   GError                **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same for everything that is kept of the scope, also what only this machine has; measurements
 * left out, because they are many. */
GPtrArray     *forlop_mirror_row_store_list_all   (ForlopConnection       *connection,
                                                   const char             *scope,
                                                   GError                **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean       forlop_mirror_row_store_sum        (ForlopConnection       *connection,
                                                   const char             *scope,
                                                   ForlopScopeSum         *sum,
                                                   GError                **error);

G_END_DECLS
