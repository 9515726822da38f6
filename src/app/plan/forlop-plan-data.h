/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-case-data.h"
#include "forlop-draft-store.h"
#include "forlop-limit-proposal.h"

G_BEGIN_DECLS

/* Everything the page about a plan shows, read in one go. */

/* How many days of own readings the proposals and the marks on the scales look at. */
#define FORLOP_PLAN_OWN_DAYS 30

/**
 * ForlopPlanData:
 * @the_case: the case with its plans.
 * @plan: (nullable): the plan that is being made, or else the one in force, or else the newest.
 * @history: ForlopMeasurement of the last %FORLOP_PLAN_OWN_DAYS days.
 * @templates: #GPtrArray of template records to begin a plan with.
 * @form_codes: form id → code.
 * @drafts: key → #ForlopDraft: what was typed and not saved.
 */
typedef struct {
  ForlopCaseData *the_case;
  ForlopRecord *plan;
  GArray *history;
  GPtrArray *templates;
  GHashTable *form_codes;
  GHashTable *drafts;
  gint64 now;
} ForlopPlanData;

typedef struct {
  char *case_id;
  char *user_id;
  char *role;
  gint64 now;
} ForlopPlanQuery;

void            forlop_plan_query_free   (ForlopPlanQuery        *self);
/* On a thread of the store. */
ForlopPlanData *forlop_plan_data_load    (ForlopConnection       *connection,
                                          const ForlopPlanQuery  *query,
                                          GError                **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopPlanData *forlop_plan_data_ref     (ForlopPlanData         *self);
void            forlop_plan_data_unref   (ForlopPlanData         *self);

/* What the draft of one part of a plan is kept under. */
char           *forlop_plan_draft_key    (const char             *plan_id,
                                          const char             *part) G_GNUC_WARN_UNUSED_RESULT;
/* What the citizen's own readings say of a measure. */
void            forlop_plan_data_propose (const ForlopPlanData   *self,
                                          ForlopMeasure           measure,
                                          ForlopLimitProposal    *proposal);
/* A plan that is a draft, sent or approved. */
gboolean        forlop_plan_is_made      (ForlopRecord           *plan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopPlanData, forlop_plan_data_unref)

G_END_DECLS
