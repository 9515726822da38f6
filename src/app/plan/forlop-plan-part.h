/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-draft-store.h"
#include "forlop-record.h"
#include "forlop-session.h"

G_BEGIN_DECLS

/* Some of the texts of a draft, saved together as one step. What is typed and not saved is kept. */

#define FORLOP_TYPE_PLAN_PART (forlop_plan_part_get_type ())
G_DECLARE_FINAL_TYPE (ForlopPlanPart, forlop_plan_part, FORLOP, PLAN_PART, AdwBin)

/**
 * ForlopPlanPartGroup:
 * @title: (nullable): above the fields; marked with N_().
 * @fields: names of fields of a plan, ended by %NULL.
 */
typedef struct {
  const char *title;
  const char *fields[4];
} ForlopPlanPartGroup;

/* @name is what its draft is kept under; @groups ends with a group without fields. */
GtkWidget *forlop_plan_part_new  (ForlopSession             *session,
                                  const char                *plan_id,
                                  const char                *name,
                                  const char                *title,
                                  const ForlopPlanPartGroup *groups) G_GNUC_WARN_UNUSED_RESULT;
/* What is being typed stays. */
void       forlop_plan_part_load (ForlopPlanPart            *self,
                                  ForlopRecord              *plan,
                                  const ForlopDraft         *draft);
/* Whether something is typed and not saved. */
gboolean   forlop_plan_part_get_changed (ForlopPlanPart *self);

G_END_DECLS
