/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

#include "forlop-date.h"
#include "forlop-limits.h"
#include "forlop-severity.h"

G_BEGIN_DECLS

/**
 * ForlopRuleKind:
 * @FORLOP_RULE_CHANGE: A change over days, as weight +2 kg in 3 days.
 * @FORLOP_RULE_OWN_MEDIAN: A deviation from the citizen's own rolling median.
 */
typedef enum {
  FORLOP_RULE_CHANGE,
  FORLOP_RULE_OWN_MEDIAN,
} ForlopRuleKind;

#define FORLOP_PLAN_MAX_RULES 24
#define FORLOP_RULE_MAX_DAYS 365
#define FORLOP_REPEAT_MAX_MINUTES 1440

/**
 * ForlopRule:
 * @severity: Yellow or red.
 * @amount: In the measure's canonical unit, or in percent of the median. Positive for a rise,
 *   negative for a fall; never zero. The value must go strictly further than the amount.
 * @percent: The amount is a percentage of the median; only for an own-median rule.
 * @either_way: A rise or a fall by the (positive) amount; only for an own-median rule.
 * @days: The window in days of 24 hours, 1 to 365.
 * @min_count: How many readings the window must hold before the median means anything, at least 3;
 *   only for an own-median rule.
 *
 * One trend rule. A change rule for a rise compares with the lowest plausible value of the last
 * @days × 24 hours, for a fall with the highest. An own-median rule compares with the median of the
 * plausible values before this one in the window.
 */
typedef struct {
  ForlopRuleKind kind;
  ForlopMeasure measure;
  ForlopSeverity severity;
  double amount;
  gboolean percent;
  gboolean either_way;
  int days;
  int min_count;
} ForlopRule;

/**
 * ForlopPlanVersion:
 * @version: The version's number, from 1.
 * @valid_from: In force from this instant on, %FORLOP_INSTANT_NONE for always.
 * @observation_until: Before this instant values are collected without colour;
 *   %FORLOP_INSTANT_NONE for no observation.
 * @repeat_within_minutes: A red asks for a new reading within so many minutes; 0 for never.
 * @limits: Indexed by measure; empty where nothing is set.
 *
 * The rules of one version of a self-treatment plan. A plain value without pointers: copy it
 * freely.
 */
typedef struct {
  unsigned int version;
  gint64 valid_from;
  gint64 observation_until;
  int repeat_within_minutes;
  unsigned int n_rules;
  ForlopLimits limits[FORLOP_N_MEASURES];
  ForlopRule rules[FORLOP_PLAN_MAX_RULES];
} ForlopPlanVersion;

void     forlop_plan_version_init       (ForlopPlanVersion       *self,
                                         unsigned int             version);
gboolean forlop_plan_version_set_limits (ForlopPlanVersion       *self,
                                         const ForlopLimits      *limits,
                                         GError                 **error);
gboolean forlop_plan_version_add_rule   (ForlopPlanVersion       *self,
                                         const ForlopRule        *rule,
                                         GError                 **error);
gboolean forlop_plan_version_set_repeat (ForlopPlanVersion       *self,
                                         int                      minutes,
                                         GError                 **error);
void     forlop_plan_version_observe_through (ForlopPlanVersion  *self,
                                              ForlopDate          last_day);
const ForlopPlanVersion *
         forlop_plan_in_force           (const ForlopPlanVersion *versions,
                                         unsigned int             n_versions,
                                         gint64                   at_ms);

void     forlop_rule_init               (ForlopRule              *self,
                                         ForlopRuleKind           kind,
                                         ForlopMeasure            measure);
gboolean forlop_rule_validate           (const ForlopRule        *self,
                                         GError                 **error);
char    *forlop_rule_describe           (const ForlopRule        *self) G_GNUC_WARN_UNUSED_RESULT;
const char *forlop_rule_kind_code       (ForlopRuleKind           kind);
gboolean forlop_rule_kind_from_code     (const char              *code,
                                         ForlopRuleKind          *kind);

G_END_DECLS
