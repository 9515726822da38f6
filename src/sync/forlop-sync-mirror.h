/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-sync-contents.h"
#include "forlop-sync-turn.h"

G_BEGIN_DECLS

/* What the client's turn asks of the place where its mirror is kept. Every call is one transaction of
 * its own and durable when it returns %TRUE, so that the turn can stop between any two of them. */

typedef struct _ForlopSyncMirror ForlopSyncMirror;

typedef struct {
  gboolean   (*load_state)      (ForlopSyncMirror            *self,
                                 ForlopSyncState             *state,
                                 GError                     **error);
  /* #GPtrArray of ForlopSyncUnsent, in order; at least one if any waits. */
  GPtrArray *(*list_unsent)     (ForlopSyncMirror            *self,
                                 unsigned int                 max_changesets,
                                 gsize                        max_bytes,
                                 GError                     **error);
  /* What the server's access log has to know; @ack NULL when that is nothing. */
  gboolean   (*next_ack)        (ForlopSyncMirror            *self,
                                 ForlopSyncAck              **ack,
                                 GError                     **error);
  gboolean   (*next_fill)       (ForlopSyncMirror            *self,
                                 ForlopSyncFill             **fill,
                                 GError                     **error);

  gboolean   (*take_hello)      (ForlopSyncMirror            *self,
                                 const ForlopSyncHello       *hello,
                                 gint64                       now,
                                 GError                     **error);
  /* #GPtrArray of ForlopSyncResult; positions in the log of @epoch. */
  gboolean   (*take_results)    (ForlopSyncMirror            *self,
                                 const char                  *epoch,
                                 GPtrArray                   *results,
                                 GError                     **error);
  /* The server wants another number next; @found when this mirror has it. */
  gboolean   (*take_expected)   (ForlopSyncMirror            *self,
                                 gint64                       expected,
                                 gboolean                    *found,
                                 GError                     **error);
  gboolean   (*take_page)       (ForlopSyncMirror            *self,
                                 const ForlopSyncPage        *page,
                                 gint64                       now,
                                 GError                     **error);
  gboolean   (*take_scope_page) (ForlopSyncMirror            *self,
                                 const ForlopSyncScopePage   *page,
                                 GError                     **error);
  /* The server has what was sent. */
  gboolean   (*take_ack)        (ForlopSyncMirror            *self,
                                 const ForlopSyncAck         *ack,
                                 GError                     **error);
  gboolean   (*take_proof)      (ForlopSyncMirror            *self,
                                 const ForlopSyncProof       *proof,
                                 GError                     **error);
  /* The log is another one: the next turn starts at 0. */
  gboolean   (*forget)          (ForlopSyncMirror            *self,
                                 GError                     **error);

  /* Attachments; the lists are #GPtrArray of ForlopSyncContents. Those that wait to be sent: */
  GPtrArray *(*list_uploads)    (ForlopSyncMirror            *self,
                                 unsigned int                 limit,
                                 GError                     **error);
  /* The server has it, or wants it no more. */
  gboolean   (*drop_upload)     (ForlopSyncMirror            *self,
                                 const ForlopSyncContents    *contents,
                                 GError                     **error);
  /* Those that a record names and that are not here: */
  GPtrArray *(*list_missing)    (ForlopSyncMirror            *self,
                                 GError                     **error);
  /* @part: (out) (nullable): %NULL when they are not here. @contents gets their length. */
  gboolean   (*read_contents)   (ForlopSyncMirror            *self,
                                 ForlopSyncContents          *contents,
                                 gint64                       offset,
                                 gsize                        max_bytes,
                                 GBytes                     **part,
                                 GError                     **error);
  /* @is_right: (out): whether it is what the record names; only then is it kept. */
  gboolean   (*keep_contents)   (ForlopSyncMirror            *self,
                                 const ForlopSyncContents    *contents,
                                 GBytes                      *whole,
                                 gboolean                    *is_right,
                                 GError                     **error);
  void       (*free)            (ForlopSyncMirror            *self);
} ForlopSyncMirrorFuncs;

struct _ForlopSyncMirror
{
  const ForlopSyncMirrorFuncs *funcs;
};

void forlop_sync_mirror_free (ForlopSyncMirror *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSyncMirror, forlop_sync_mirror_free)

G_END_DECLS
