/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

#include "forlop-severity.h"

G_BEGIN_DECLS

/* What one row of a worklist says: shape · who · what and why · how long · whose · the one act.
 * Immutable; a list with new content has new items. */

/**
 * ForlopWorkState:
 * @FORLOP_WORK_OPEN: Nothing special.
 * @FORLOP_WORK_PENDING: Done here, the server has not confirmed it yet.
 * @FORLOP_WORK_REFUSED: The server refused it; a person must look.
 */
typedef enum {
  FORLOP_WORK_OPEN,
  FORLOP_WORK_PENDING,
  FORLOP_WORK_REFUSED,
} ForlopWorkState;

/**
 * ForlopWorkContent:
 * @key: What tells the row from others and stays the same when it is read anew.
 * @icon_name: (nullable): Shown in place of the severity's shape for rows without one.
 * @icon_label: (nullable): The word for @icon_name.
 * @who: Name and age.
 * @why: What and why, in words.
 * @waited: (nullable): How long, or when.
 * @waited_exact: (nullable): The same with date and time, for the tooltip.
 * @owner: (nullable): Who has taken it.
 * @act_label: (nullable): The one act, a verb.
 * @group: (nullable): Heading the row stands under.
 * @group_order: Place of the heading among the headings.
 *
 * Everything is copied.
 */
typedef struct {
  const char *key;
  ForlopSeverity severity;
  const char *icon_name;
  const char *icon_label;
  const char *who;
  const char *why;
  const char *waited;
  const char *waited_exact;
  const char *owner;
  const char *act_label;
  const char *group;
  unsigned int group_order;
  ForlopWorkState state;
} ForlopWorkContent;

#define FORLOP_TYPE_WORK_ITEM (forlop_work_item_get_type ())
G_DECLARE_FINAL_TYPE (ForlopWorkItem, forlop_work_item, FORLOP, WORK_ITEM, GObject)

ForlopWorkItem          *forlop_work_item_new          (const ForlopWorkContent *content,
                                                        GObject                 *subject) G_GNUC_WARN_UNUSED_RESULT;
const ForlopWorkContent *forlop_work_item_get_content  (ForlopWorkItem          *self);
/* What the view gave along: a record, a duty. */
GObject                 *forlop_work_item_get_subject  (ForlopWorkItem          *self);
/* The whole row as one sentence, for a screen reader. */
char                    *forlop_work_item_dup_sentence (ForlopWorkItem          *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
