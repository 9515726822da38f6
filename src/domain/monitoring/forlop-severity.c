/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-severity.h"

#include <glib/gi18n-lib.h>

typedef struct {
  const char *code;
  const char *mark;
  const char *label;
  const char *triage_code;
  int national;
  int rank;
} SeverityInfo;

static const SeverityInfo severities[FORLOP_N_SEVERITIES] = {
  [FORLOP_SEVERITY_NOT_REPORTED] = { "missing", "○", N_("Not measured"), "NR", 0, 3 },
  [FORLOP_SEVERITY_NONE] = { "none", "◇", N_("Limits not set"), "NR", 0, 4 },
  [FORLOP_SEVERITY_OBSERVATION] = { "observation", "◆", N_("Observation"), "BL", 0, 5 },
  [FORLOP_SEVERITY_IMPLAUSIBLE] = { "implausible", "✕", N_("Invalid"), "NR", 0, 2 },
  [FORLOP_SEVERITY_GREEN] = { "green", "●", N_("Green"), "G", 10, 6 },
  [FORLOP_SEVERITY_YELLOW] = { "yellow", "▲", N_("Yellow"), "Y", 20, 1 },
  [FORLOP_SEVERITY_RED] = { "red", "■", N_("Red"), "R", 30, 0 },
};

static gboolean
severity_is_known (ForlopSeverity severity)
{
  return (unsigned int) severity < FORLOP_N_SEVERITIES;
}

/**
 * forlop_severity_code:
 *
 * The code that is stored and sent: "red", "yellow", "green", "none", "observation",
 * "implausible" or "missing".
 */
const char *
forlop_severity_code (ForlopSeverity severity)
{
  g_return_val_if_fail (severity_is_known (severity), NULL);

  return severities[severity].code;
}

/**
 * forlop_severity_from_code:
 *
 * Reads a stored code; FALSE for anything else. "orange" is read as yellow.
 */
gboolean
forlop_severity_from_code (const char     *code,
                           ForlopSeverity *severity)
{
  g_return_val_if_fail (severity != NULL, FALSE);

  if (g_strcmp0 (code, "orange") == 0)
    {
      *severity = FORLOP_SEVERITY_YELLOW;
      return TRUE;
    }

  for (unsigned int i = 0; i < FORLOP_N_SEVERITIES; i++)
    {
      if (g_strcmp0 (code, severities[i].code) == 0)
        {
          *severity = i;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * forlop_severity_mark:
 *
 * The shape that stands beside the word, so that colour is never alone.
 */
const char *
forlop_severity_mark (ForlopSeverity severity)
{
  g_return_val_if_fail (severity_is_known (severity), NULL);

  return severities[severity].mark;
}

/**
 * forlop_severity_label:
 *
 * The word in the reader's language.
 */
const char *
forlop_severity_label (ForlopSeverity severity)
{
  g_return_val_if_fail (severity_is_known (severity), NULL);

  return _(severities[severity].label);
}

/**
 * forlop_severity_triage_code:
 *
 * The code of the national triage code system: R red, Y yellow, G green, BL black (observation),
 * NR not reported. A measurement that never came is %FORLOP_TRIAGE_CODE_MISSING.
 */
const char *
forlop_severity_triage_code (ForlopSeverity severity)
{
  g_return_val_if_fail (severity_is_known (severity), NULL);

  return severities[severity].triage_code;
}

/**
 * forlop_severity_from_triage_code:
 *
 * Reads a national triage code that came from outside. "O" (orange) is read as yellow, "B" (not
 * received) and "NR" as not reported.
 */
gboolean
forlop_severity_from_triage_code (const char     *code,
                                  ForlopSeverity *severity)
{
  static const struct {
    const char *code;
    ForlopSeverity severity;
  } codes[] = {
    { "R", FORLOP_SEVERITY_RED },
    { "O", FORLOP_SEVERITY_YELLOW },
    { "Y", FORLOP_SEVERITY_YELLOW },
    { "G", FORLOP_SEVERITY_GREEN },
    { "BL", FORLOP_SEVERITY_OBSERVATION },
    { FORLOP_TRIAGE_CODE_MISSING, FORLOP_SEVERITY_NOT_REPORTED },
    { "NR", FORLOP_SEVERITY_NOT_REPORTED },
  };

  g_return_val_if_fail (severity != NULL, FALSE);

  for (unsigned int i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      if (g_strcmp0 (code, codes[i].code) == 0)
        {
          *severity = codes[i].severity;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * forlop_severity_national:
 *
 * The number of the national severity code system: 0 not reported, 10 normal (green), 20 moderate
 * (yellow), 30 serious (red). 40, critical, is a clinician's word and never given by a rule.
 */
int
forlop_severity_national (ForlopSeverity severity)
{
  g_return_val_if_fail (severity_is_known (severity), 0);

  return severities[severity].national;
}

/**
 * forlop_severity_is_alert:
 *
 * Whether somebody has to call: red and yellow.
 */
gboolean
forlop_severity_is_alert (ForlopSeverity severity)
{
  return severity == FORLOP_SEVERITY_RED || severity == FORLOP_SEVERITY_YELLOW;
}

/**
 * forlop_severity_rank:
 *
 * The place in a worklist, 0 for the worst: red, yellow, invalid, not measured, limits not set,
 * observation, green.
 */
int
forlop_severity_rank (ForlopSeverity severity)
{
  g_return_val_if_fail (severity_is_known (severity), G_MAXINT);

  return severities[severity].rank;
}

/**
 * forlop_severity_compare:
 *
 * Orders the worst first.
 */
int
forlop_severity_compare (ForlopSeverity a,
                         ForlopSeverity b)
{
  return forlop_severity_rank (a) - forlop_severity_rank (b);
}
