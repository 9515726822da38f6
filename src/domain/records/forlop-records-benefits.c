/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-records-private.h"

static const ForlopChoice safety_answers[] = {
  { "increased", N_("Increased") },
  { "unchanged", N_("Unchanged") },
  { "reduced", N_("Reduced") },
  END_CHOICES,
};

static const ForlopChoice admission_answers[] = {
  { "fewer", N_("Fewer") },
  { "unchanged", N_("Unchanged") },
  { "more", N_("More") },
  { "not_relevant", N_("Not relevant") },
  END_CHOICES,
};

static const ForlopChoice usefulness_answers[] = {
  { "great", N_("Of great use") },
  { "some", N_("Of some use") },
  { "little", N_("Of little use") },
  { "no_worsening", N_("Has not become worse") },
  END_CHOICES,
};

static const ForlopChoice satisfaction_answers[] = {
  { "very_satisfied", N_("Very satisfied") },
  { "satisfied", N_("Satisfied") },
  { "neutral", N_("Neither") },
  { "dissatisfied", N_("Dissatisfied") },
  { "very_dissatisfied", N_("Very dissatisfied") },
  END_CHOICES,
};

static const ForlopField survey_answer_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  REF ("evaluation_id", N_("Evaluation"), IMM, "evaluation"),
  DATE ("answered_on", N_("Answered"), REQ | IMM),
  CHOICE ("safety", N_("Feeling of safety"), IMM, safety_answers),
  CHOICE ("admissions", N_("Admissions"), IMM, admission_answers),
  CHOICE ("plan_use", N_("Use of the plan"), IMM, usefulness_answers),
  CHOICE ("satisfaction", N_("Satisfaction"), IMM, satisfaction_answers),
  NOTE ("comment", N_("Comment"), IMM),
  END_FIELDS,
};

/* A line of the benefits plan: what is measured, from where, by whom. */
static const ForlopField indicator_fields[] = {
  TEXT ("name", N_("Indicator"), REQ),
  TEXT ("source", N_("Source"), REQ),
  TEXT ("measured_by", N_("Measured by"), REQ),
  TEXT ("unit", N_("Unit of measurement"), 0),
  NOTE ("note", N_("Note"), 0),
  BOOL ("active", N_("In use"), 0),
  END_FIELDS,
};

static const ForlopChoice cost_periods[] = {
  { "without", N_("Without home follow-up") },
  { "with", N_("With home follow-up") },
  END_CHOICES,
};

static const ForlopChoice cost_kinds[] = {
  { "wages", N_("Wages") },
  { "driving", N_("Driving") },
  { "follow_up_wages", N_("Wages at the follow-up centre") },
  { "licence", N_("Licence") },
  { "start_up", N_("Start-up") },
  { "equipment", N_("Equipment") },
  { "other", N_("Other") },
  END_CHOICES,
};

/* Entered as it was paid; never derived from an assumed rate. */
static const ForlopField benefit_cost_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  CHOICE ("period", N_("Period"), REQ | IMM, cost_periods),
  CHOICE ("kind", N_("Kind"), REQ | IMM, cost_kinds),
  REAL ("amount", N_("NOK per month"), REQ, 0, 10000000),
  TEXT ("origin", N_("Where the number comes from"), 0),
  END_FIELDS,
};

/* Worked out by the server, for those who have no names; without a unit for the whole municipality. */
static const ForlopField figures_fields[] = {
  REF ("unit_id", N_("Unit"), IMM, "unit"),
  DATE ("made_on", N_("Worked out"), REQ),
  NOTE ("contents", N_("Figures"), REQ),
  END_FIELDS,
};

const ForlopRecordType forlop_records_benefits[] = {
  { "survey_answer", N_("Survey answer"), N_("Survey answers"), FORLOP_SCOPE_CITIZEN, TRUE,
    survey_answer_fields, NULL },
  { "indicator", N_("Indicator"), N_("Benefits plan"), FORLOP_SCOPE_CATALOG, FALSE,
    indicator_fields, NULL },
  { "benefit_cost", N_("Cost"), N_("Costs"), FORLOP_SCOPE_CITIZEN, FALSE, benefit_cost_fields, NULL },
  { "figures", N_("Figures"), N_("Figures"), FORLOP_SCOPE_FIGURES, FALSE, figures_fields, NULL },
  { NULL },
};
