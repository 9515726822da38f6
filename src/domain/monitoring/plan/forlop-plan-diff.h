/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-snapshot.h"

G_BEGIN_DECLS

/**
 * ForlopPlanChange:
 * @what: Which part of the plan, in the reader's language: "Goal", "SpO₂: red below".
 * @was: (nullable): What the first version says; NULL where it says nothing.
 * @is: (nullable): What the second version says.
 *
 * One difference between two versions of a plan.
 */
typedef struct {
  char *what;
  char *was;
  char *is;
} ForlopPlanChange;

void       forlop_plan_change_free   (ForlopPlanChange *self);

/* Of a limit, trend rule or schedule: which measure or form it is about, and what it says. */
char      *forlop_plan_part_subject  (ForlopRecord     *part,
                                      GHashTable       *names) G_GNUC_WARN_UNUSED_RESULT;
char      *forlop_plan_part_describe (ForlopRecord     *part) G_GNUC_WARN_UNUSED_RESULT;
/* Borrowed records of @type that belong to @plan, in the order they were made. */
GPtrArray *forlop_plan_list_parts    (ForlopSnapshot   *snapshot,
                                      const char       *type,
                                      ForlopRecord     *plan) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *forlop_plan_diff          (ForlopSnapshot   *snapshot,
                                      ForlopRecord     *was,
                                      ForlopRecord     *is,
                                      GHashTable       *names) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
