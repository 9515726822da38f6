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

/* The template as it is now, its goal and contacts too. */
char               *forlop_plan_template_dup_body (ForlopPlanTemplate *self) G_GNUC_WARN_UNUSED_RESULT;

/* @type: "limit", "plan_rule" or "schedule". The part is not yet in any template. */
ForlopPlanTemplatePart *forlop_plan_template_part_new  (const char                    *type)
                                                        G_GNUC_WARN_UNUSED_RESULT;
ForlopPlanTemplatePart *forlop_plan_template_part_copy (const ForlopPlanTemplatePart  *self)
                                                        G_GNUC_WARN_UNUSED_RESULT;
void                    forlop_plan_template_part_free (ForlopPlanTemplatePart        *self);
/* INVALID with a sentence when it cannot stand in a template; @field: (out): the field that is wrong, or NULL. */
gboolean                forlop_plan_template_part_check (const ForlopPlanTemplatePart *self,
                                                         const char                  **field,
                                                         GError                      **error);
/* What it says, in the reader's language. */
char                   *forlop_plan_template_part_describe (const ForlopPlanTemplatePart *self)
                                                            G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopPlanTemplatePart, forlop_plan_template_part_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopPlanTemplate, forlop_plan_template_free)

G_END_DECLS
