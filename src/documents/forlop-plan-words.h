/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-limits.h"
#include "forlop-plan-rules.h"

G_BEGIN_DECLS

/* Limits and trend rules in plain words, for the citizen. @language: "nb" or "nn". */

const char *forlop_plan_words_measure (const char          *language,
                                       ForlopMeasure        measure);
const char *forlop_plan_words_unit    (const char          *language,
                                       ForlopMeasure        measure);
/* Which values are @severity: "under 92 eller over 98"; a dash where there are none. */
char       *forlop_plan_words_limits  (const char          *language,
                                       const ForlopLimits  *limits,
                                       ForlopSeverity       severity) G_GNUC_WARN_UNUSED_RESULT;
/* "Vekt går opp mer enn 2,0 kg på 3 døgn", without the colour. */
char       *forlop_plan_words_rule    (const char          *language,
                                       const ForlopRule    *rule) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
