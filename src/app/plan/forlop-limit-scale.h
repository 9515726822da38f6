/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

#include "forlop-limit-proposal.h"

G_BEGIN_DECLS

/* The limits of one measure on a line: a band for each colour with its shape and word, the limits as
 * numbers below, and where the citizen's own readings lie. */

#define FORLOP_TYPE_LIMIT_SCALE (forlop_limit_scale_get_type ())
G_DECLARE_FINAL_TYPE (ForlopLimitScale, forlop_limit_scale, FORLOP, LIMIT_SCALE, GtkWidget)

GtkWidget *forlop_limit_scale_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* @limits NULL where they are not right, and then no band is drawn; @own is the citizen's own. */
void       forlop_limit_scale_set (ForlopLimitScale          *self,
                                   ForlopMeasure              measure,
                                   const ForlopLimits        *limits,
                                   const ForlopLimitProposal *own);

G_END_DECLS
