/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-plan-template.h"
#include "forlop-session.h"

G_BEGIN_DECLS

/* The limits, trend rules or schedules of a template, changed in memory and in their place. */

#define FORLOP_TYPE_TEMPLATE_PARTS (forlop_template_parts_get_type ())
G_DECLARE_FINAL_TYPE (ForlopTemplateParts, forlop_template_parts, FORLOP, TEMPLATE_PARTS, AdwBin)

/* @type: "limit", "plan_rule" or "schedule". @template and @form_titles, code → title, outlive it. Emits “changed”. */
GtkWidget *forlop_template_parts_new    (ForlopSession        *session,
                                         ForlopPlanTemplate   *template,
                                         const char           *type,
                                         GHashTable           *form_titles) G_GNUC_WARN_UNUSED_RESULT;
/* Takes over what is typed in a form that is open; FALSE when it is refused, and then the form says why. */
gboolean   forlop_template_parts_settle (ForlopTemplateParts  *self);

G_END_DECLS
