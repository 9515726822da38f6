/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-date.h"
#include "forlop-record.h"

G_BEGIN_DECLS

/* What the entered records say about benefits: sums before and after with the number of people they
 * rest on. Nothing is assumed, and what is missing is counted. */

typedef enum {
  FORLOP_BENEFIT_VISITS,
  FORLOP_BENEFIT_VISIT_MINUTES,
  FORLOP_BENEFIT_DRIVING_MINUTES,
  FORLOP_BENEFIT_DRIVING_KM,
  FORLOP_BENEFIT_SKILLED_VISITS,
  FORLOP_BENEFIT_UNSKILLED_VISITS,
  FORLOP_BENEFIT_HOSPITAL_ADMISSIONS,
  FORLOP_BENEFIT_MUNICIPAL_ADMISSIONS,
  FORLOP_BENEFIT_GP_CONTACTS,
  FORLOP_BENEFIT_EMERGENCY_CONTACTS,
  FORLOP_N_BENEFITS,
} ForlopBenefit;

/* From here on whole numbers in the window, not per month. */
#define FORLOP_BENEFIT_FIRST_COUNT FORLOP_BENEFIT_HOSPITAL_ADMISSIONS

/* What fewer people stand behind is kept from those who may not know who they are. */
#define FORLOP_BENEFITS_FEWEST 5

/**
 * ForlopBenefitSum:
 * @before: sum of the baselines.
 * @after: sum of the same people after start.
 * @n: people for whom both are entered.
 * @is_withheld: too few; the rest is 0.
 */
typedef struct {
  double before;
  double after;
  unsigned int n;
  gboolean is_withheld;
} ForlopBenefitSum;

/**
 * ForlopBenefitCount:
 * @question, @answer: interned field name and code of survey_answer; or the period and kind of a
 *   cost.
 * @amount: for a cost, NOK per month.
 */
typedef struct {
  const char *question;
  const char *answer;
  unsigned int n;
  double amount;
} ForlopBenefitCount;

/**
 * ForlopBenefits:
 * @n_started: services that were started.
 * @n_running: those in service.
 * @n_ended: those that have ended.
 * @n_baseline: started ones with a baseline that has numbers.
 * @n_both: those with numbers after start as well.
 * @n_moved: people with fewer visits by skilled staff and more by unskilled.
 * @months_before, @months_after: mean length of the windows of the people in @n_both.
 * @are_pairs_withheld: @n_moved and the months are not told.
 * @survey: of #ForlopBenefitCount.
 * @n_surveys: answers in all.
 * @costs: of #ForlopBenefitCount: sums of those with costs for both periods.
 * @n_costs: people with costs for both periods.
 * @origins: of #ForlopBenefitCount: where the numbers come from (@answer) and how often.
 */
typedef struct {
  unsigned int n_started;
  unsigned int n_running;
  unsigned int n_ended;
  unsigned int n_baseline;
  unsigned int n_both;
  unsigned int n_moved;
  double months_before;
  double months_after;
  gboolean are_pairs_withheld;
  ForlopBenefitSum sums[FORLOP_N_BENEFITS];
  GPtrArray *survey;
  unsigned int n_surveys;
  gboolean is_survey_withheld;
  GPtrArray *costs;
  unsigned int n_costs;
  gboolean are_costs_withheld;
  GPtrArray *origins;
} ForlopBenefits;

/**
 * ForlopBenefitRecords:
 * @cases, @baselines, @costs, @answers: every live #ForlopRecord of its type, in the order they were made.
 */
typedef struct {
  GPtrArray *cases;
  GPtrArray *baselines;
  GPtrArray *costs;
  GPtrArray *answers;
} ForlopBenefitRecords;

/* The field of a baseline record, whose label is the word for it. */
const char     *forlop_benefit_field    (ForlopBenefit               benefit);
/* With nothing in it. */
ForlopBenefits *forlop_benefits_new     (void) G_GNUC_WARN_UNUSED_RESULT;
/* @unit_id: (nullable): the unit that performs the service. */
ForlopBenefits *forlop_benefits_sum     (const ForlopBenefitRecords *records,
                                         const char                 *unit_id) G_GNUC_WARN_UNUSED_RESULT;
void            forlop_benefits_free    (ForlopBenefits             *self);
/* Where there is none yet it is made. @question, @answer: are interned. */
ForlopBenefitCount *forlop_benefits_count (GPtrArray                *counts,
                                         const char                 *question,
                                         const char                 *answer);
unsigned int    forlop_benefits_survey  (const ForlopBenefits       *self,
                                         const char                 *question,
                                         const char                 *answer);
double          forlop_benefits_cost    (const ForlopBenefits       *self,
                                         const char                 *period,
                                         const char                 *kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopBenefits, forlop_benefits_free)

G_END_DECLS
