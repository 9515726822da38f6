/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ForlopSeverity:
 * @FORLOP_SEVERITY_NOT_REPORTED: Nothing was measured, or the device sent no value.
 * @FORLOP_SEVERITY_NONE: No limits are set for this measure, so it is not judged.
 * @FORLOP_SEVERITY_OBSERVATION: Collected without colour until the limits are set.
 * @FORLOP_SEVERITY_IMPLAUSIBLE: Kept and flagged, but not a usable reading.
 * @FORLOP_SEVERITY_GREEN: Inside the limits.
 * @FORLOP_SEVERITY_YELLOW: Outside a yellow limit (also called orange).
 * @FORLOP_SEVERITY_RED: Outside a red limit.
 *
 * The result of judging one measurement. Of the three colours the larger value is the worse; the
 * order of a worklist is forlop_severity_compare().
 */
typedef enum {
  FORLOP_SEVERITY_NOT_REPORTED,
  FORLOP_SEVERITY_NONE,
  FORLOP_SEVERITY_OBSERVATION,
  FORLOP_SEVERITY_IMPLAUSIBLE,
  FORLOP_SEVERITY_GREEN,
  FORLOP_SEVERITY_YELLOW,
  FORLOP_SEVERITY_RED,
} ForlopSeverity;

#define FORLOP_N_SEVERITIES (FORLOP_SEVERITY_RED + 1)

/* The national triage code of a measurement that was expected and never came. */
#define FORLOP_TRIAGE_CODE_MISSING "B"

const char *forlop_severity_code        (ForlopSeverity  severity);
gboolean    forlop_severity_from_code   (const char     *code,
                                         ForlopSeverity *severity);
const char *forlop_severity_mark        (ForlopSeverity  severity);
const char *forlop_severity_label       (ForlopSeverity  severity);
const char *forlop_severity_triage_code (ForlopSeverity  severity);
gboolean    forlop_severity_from_triage_code (const char     *code,
                                              ForlopSeverity *severity);
int         forlop_severity_national    (ForlopSeverity  severity);
gboolean    forlop_severity_is_alert    (ForlopSeverity  severity);
int         forlop_severity_rank        (ForlopSeverity  severity);
int         forlop_severity_compare     (ForlopSeverity  a,
                                         ForlopSeverity  b);

G_END_DECLS
