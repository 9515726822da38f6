/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>
#include <math.h>
#include <string.h>

#include "forlop-error.h"
#include "forlop-triage.h"

/* Readings, limits and rules for the tests of the monitoring rules. */

/* 20.03.2026 08.00 in Oslo. */
#define AT G_GINT64_CONSTANT (1773990000000)
#define UNSET NAN

static inline ForlopMeasurement
reading (unsigned int  number,
         ForlopMeasure measure,
         double        value,
         gint64        at_ms)
{
  ForlopMeasurement measurement = {
    .measure = measure, .value = value, .measured_at = at_ms, .received_at = at_ms,
  };

  memcpy (measurement.id, &number, sizeof number);
  return measurement;
}

static inline void
set_limits (ForlopPlanVersion *plan,
            ForlopMeasure      measure,
            double             red_low,
            double             yellow_low,
            double             yellow_high,
            double             red_high)
{
  ForlopLimits limits = { measure, red_low, yellow_low, yellow_high, red_high };
  GError *error = NULL;

  g_assert_true (forlop_plan_version_set_limits (plan, &limits, &error));
  g_assert_no_error (error);
}

static inline void
add_change (ForlopPlanVersion *plan,
            ForlopMeasure      measure,
            double             amount,
            int                days,
            ForlopSeverity     severity)
{
  ForlopRule rule;
  GError *error = NULL;

  forlop_rule_init (&rule, FORLOP_RULE_CHANGE, measure);
  rule.amount = amount;
  rule.days = days;
  rule.severity = severity;
  g_assert_true (forlop_plan_version_add_rule (plan, &rule, &error));
  g_assert_no_error (error);
}

static inline ForlopSeverity
judge_alone (const ForlopPlanVersion *plan,
             ForlopMeasure            measure,
             double                   value)
{
  ForlopMeasurement measurement = reading (1, measure, value, AT);

  return forlop_triage_judge (&measurement, plan, 1, NULL, 0).severity;
}

/* Whether the message is a sentence that names @word. */
static inline void
assert_refused (GError     **error,
                const char  *word)
{
  g_assert_error (*error, FORLOP_ERROR, FORLOP_ERROR_INVALID);
  if (strstr ((*error)->message, word) == NULL || !g_str_has_suffix ((*error)->message, "."))
    g_error ("“%s” is not a sentence that names “%s”", (*error)->message, word);
  g_clear_error (error);
}
