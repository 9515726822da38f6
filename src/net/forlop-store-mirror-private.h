/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-store-mirror.h"

G_BEGIN_DECLS

/* The mirror in the file, in two parts: rows and changes, and attachments. */

/**
 * ForlopStoreMirror:
 * @must_finish_purge: also at the start: the program may have been killed between the deletion and its
 *   end.
 * @open: (nullable): the attachment that was read last, for its next part.
 */
typedef struct {
  ForlopSyncMirror parent;
  ForlopStore *store;
  ForlopConnection *connection;
  ForlopBlobStore *blobs;
  gboolean must_finish_purge;
  char *open_hash;
  GBytes *open;
} ForlopStoreMirror;

typedef gboolean (*ForlopStoreMirrorFunc) (ForlopConnection  *connection,
                                           gpointer           data,
                                           GError           **error);

/* One transaction. */
gboolean   forlop_store_mirror_run             (ForlopStoreMirror        *self,
                                                gboolean                  for_writing,
                                                ForlopStoreMirrorFunc     func,
                                                gpointer                  data,
                                                GError                  **error);
/* Every attachment that a record names and that is here waits to be sent again. */
gboolean   forlop_store_mirror_send_again      (ForlopConnection         *connection,
                                                ForlopBlobStore          *blobs,
                                                GError                  **error);
/* Those that no record names any more. */
gboolean   forlop_store_mirror_remove_contents (ForlopStoreMirror        *self,
                                                GError                  **error);

/* As in ForlopSyncMirrorFuncs. */
GPtrArray *forlop_store_mirror_list_uploads    (ForlopSyncMirror         *mirror,
                                                unsigned int              limit,
                                                GError                  **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   forlop_store_mirror_drop_upload     (ForlopSyncMirror         *mirror,
                                                const ForlopSyncContents *contents,
                                                GError                  **error);
GPtrArray *forlop_store_mirror_list_missing    (ForlopSyncMirror         *mirror,
                                                GError                  **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   forlop_store_mirror_read_contents   (ForlopSyncMirror         *mirror,
                                                ForlopSyncContents       *contents,
                                                gint64                    offset,
                                                gsize                     max_bytes,
                                                GBytes                  **part,
                                                GError                  **error);
gboolean   forlop_store_mirror_keep_contents   (ForlopSyncMirror         *mirror,
                                                const ForlopSyncContents *contents,
                                                GBytes                   *whole,
                                                gboolean                 *is_right,
                                                GError                  **error);

G_END_DECLS
