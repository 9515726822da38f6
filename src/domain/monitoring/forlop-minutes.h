/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-date.h"
#include "forlop-record.h"

G_BEGIN_DECLS

/**
 * ForlopMinutesTask:
 * @who: (nullable): the person it is given to; the function's where it is nobody's.
 *
 * What follows from a decision.
 */
typedef struct {
  ForlopRecord *task;
  char *who;
} ForlopMinutesTask;

/**
 * ForlopMinutesItem:
 * @tasks: #GPtrArray of #ForlopMinutesTask.
 *
 * What was decided about one citizen.
 */
typedef struct {
  ForlopRecord *item;
  char *name;
  ForlopDate birth_date;
  GPtrArray *tasks;
} ForlopMinutesItem;

/**
 * ForlopMinutes:
 * @unit_name: (nullable): whose meeting it was.
 * @items: #GPtrArray of #ForlopMinutesItem, in the order they were decided.
 *
 * The minutes of a meeting: who was there, what was decided, and who does what.
 */
typedef struct {
  ForlopRecord *meeting;
  char *unit_name;
  GPtrArray *items;
} ForlopMinutes;

ForlopMinutes     *forlop_minutes_new      (ForlopRecord      *meeting) G_GNUC_WARN_UNUSED_RESULT;
void               forlop_minutes_free     (ForlopMinutes     *self);
/* Borrowed: its tasks are still to be added. */
ForlopMinutesItem *forlop_minutes_add_item (ForlopMinutes     *self,
                                            ForlopRecord      *item,
                                            const char        *name,
                                            ForlopDate         birth_date);
void               forlop_minutes_add_task (ForlopMinutesItem *item,
                                            ForlopRecord      *task,
                                            const char        *who);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopMinutes, forlop_minutes_free)

G_END_DECLS
