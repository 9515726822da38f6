/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-draft-store.h"
#include "forlop-limit-proposal.h"
#include "forlop-record.h"
#include "forlop-session.h"

G_BEGIN_DECLS

/* The limits of one measure in a draft: four numbers, the scale they make, what is wrong with them in
 * words, and what the citizen's own readings propose. Saved by itself; what is typed and not saved is
 * kept. */

#define FORLOP_TYPE_LIMIT_ROW (forlop_limit_row_get_type ())
G_DECLARE_FINAL_TYPE (ForlopLimitRow, forlop_limit_row, FORLOP, LIMIT_ROW, AdwPreferencesRow)

GtkWidget    *forlop_limit_row_new         (ForlopSession             *session,
                                            const char                *plan_id,
                                            ForlopMeasure              measure) G_GNUC_WARN_UNUSED_RESULT;
ForlopMeasure forlop_limit_row_get_measure (ForlopLimitRow            *self);
/* What is saved (@limit NULL: nothing), the own readings, and what was typed and not saved. What is
 * being typed stays. */
void          forlop_limit_row_load        (ForlopLimitRow            *self,
                                            ForlopRecord              *limit,
                                            const ForlopLimitProposal *own,
                                            const ForlopDraft         *draft);
/* What is typed, where it can be saved; may be empty. */
gboolean      forlop_limit_row_get_limits  (ForlopLimitRow            *self,
                                            ForlopLimits              *limits);
/* Whether something is typed and not saved. */
gboolean      forlop_limit_row_get_changed (ForlopLimitRow            *self);
/* A mistake that only shows beside other limits, or NULL. */
void          forlop_limit_row_set_error   (ForlopLimitRow            *self,
                                            const char                *sentence);

G_END_DECLS
