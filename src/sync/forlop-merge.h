/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-sync-changeset.h"

G_BEGIN_DECLS

/* How a change meets the value that is there. A pure function: the server decides with it, and a
 * mirror folds its own unsent changes over the server's rows with it. */

/**
 * ForlopMergeOutcome:
 * @FORLOP_MERGE_CLEAN: Nobody changed what it builds on; the change is written.
 * @FORLOP_MERGE_NO_OP: What it wants is so already.
 * @FORLOP_MERGE_ALREADY: The status it sets was set by somebody else; nothing to do, but people are told.
 * @FORLOP_MERGE_CONFLICT: Somebody changed the same thing to something else.
 * @FORLOP_MERGE_DELETED: The record was deleted meanwhile, or is deleted here and changed there.
 * @FORLOP_MERGE_INVALID: The change is not allowed by the declaration of the record.
 */
typedef enum {
  FORLOP_MERGE_CLEAN,
  FORLOP_MERGE_NO_OP,
  FORLOP_MERGE_ALREADY,
  FORLOP_MERGE_CONFLICT,
  FORLOP_MERGE_DELETED,
  FORLOP_MERGE_INVALID,
} ForlopMergeOutcome;

/**
 * ForlopMergeSameFunc:
 * @is_set: whether the value is to be replaced, or only stands beside one that is.
 *
 * Whether the tag @base stands for the tag @present: a change that was found to be so already leaves
 * the old tag standing, and its author builds on his own. Where only the status was so already, what
 * the other wrote beside it was never his, and is not replaced on the strength of his tag.
 */
typedef gboolean (*ForlopMergeSameFunc) (const char *type,
                                         const char *id,
                                         const char *field,
                                         const char *base,
                                         const char *present,
                                         gboolean    is_set,
                                         gpointer    user_data);

/**
 * ForlopMergeTarget:
 * @present: (nullable): the record as it stands.
 * @is_deleted: whether a tombstone stands instead.
 * @same: (nullable): for tags that differ.
 * @equal: (nullable): called for each field that is left as it is, to remember the tag; whether its
 *   value was so already, or only the status beside it.
 */
typedef struct {
  ForlopRecord *present;
  gboolean is_deleted;
  ForlopMergeSameFunc same;
  void (*equal) (const char *type,
                 const char *id,
                 const char *field,
                 const char *present,
                 gboolean    is_equal,
                 gpointer    user_data);
  gpointer user_data;
} ForlopMergeTarget;

/* @field (out) (nullable): the field where they met, for a conflict or an invalid change. */
ForlopMergeOutcome forlop_merge_operation (ForlopChangeset            *into,
                                           const ForlopSyncOperation  *operation,
                                           const ForlopMergeTarget    *target,
                                           const ForlopField         **field,
                                           GError                    **error);
/* Folds the operation over what is there without asking: how a mirror shows its own unsent work. */
gboolean           forlop_merge_fold      (ForlopChangeset            *into,
                                           const ForlopSyncOperation  *operation,
                                           ForlopRecord               *present,
                                           GError                    **error);

G_END_DECLS
