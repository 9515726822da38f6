/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-snapshot.h"

G_BEGIN_DECLS

/* A plan to begin with, for no citizen in particular: the body of a template of the kind “plan”. Its
 * JSON has the texts of a plan under the names of their fields, and the lists “limits”, “rules” and
 * “schedules”. A form is named by its code. */

/**
 * ForlopPlanTemplatePart:
 * @record: a limit, trend rule or schedule, without plan and without start.
 * @form: (nullable): code of the form that a schedule asks for.
 */
typedef struct {
  ForlopRecord *record;
  char *form;
} ForlopPlanTemplatePart;

/**
 * ForlopPlanTemplate:
 * @plan: a care_plan with nothing but its texts and repeat rule.
 * @parts: #GPtrArray of #ForlopPlanTemplatePart.
 */
typedef struct {
  ForlopRecord *plan;
  GPtrArray *parts;
} ForlopPlanTemplate;

ForlopPlanTemplate *forlop_plan_template_parse (const char          *body,
                                                GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void                forlop_plan_template_free  (ForlopPlanTemplate  *self);
/* Goal and contacts are the citizen's own and are left out; @form_codes: id → code. */
char               *forlop_plan_template_write (ForlopSnapshot      *snapshot,
                                                ForlopRecord        *plan,
                                                GHashTable          *form_codes) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopPlanTemplate, forlop_plan_template_free)

G_END_DECLS
