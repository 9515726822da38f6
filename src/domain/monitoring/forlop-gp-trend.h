/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

#include "forlop-date.h"
#include "forlop-limits.h"
#include "forlop-severity.h"
#include "forlop-snapshot.h"

G_BEGIN_DECLS

/**
 * ForlopGpReading:
 * @value: in the measure's canonical unit.
 *
 * One usable reading, as it was judged: neither implausible nor marked as invalid.
 */
typedef struct {
  ForlopMeasure measure;
  gint64 at_ms;
  double value;
  ForlopSeverity severity;
} ForlopGpReading;

/**
 * ForlopGpPoint:
 * @value: of a blood pressure the upper one, NaN where the lower one came alone.
 * @low: of a blood pressure the lower one; NaN for everything else.
 * @severity: of a blood pressure the worse of the two.
 * @high_severity: how @value itself was judged.
 * @low_severity: how @low itself was judged.
 */
typedef struct {
  gint64 at_ms;
  double value;
  double low;
  ForlopSeverity severity;
  ForlopSeverity high_severity;
  ForlopSeverity low_severity;
} ForlopGpPoint;

/**
 * ForlopGpBand:
 *
 * The limits of a time. @to_ms is G_MAXINT64 while they still are in force.
 */
typedef struct {
  gint64 from_ms;
  gint64 to_ms;
  ForlopLimits limits;
} ForlopGpBand;

/**
 * ForlopGpFigures:
 * @median: With @lower and @upper, the quartiles: half of the readings are between these two. NaN where there are
 *   no readings.
 *
 * What the readings of a period say together.
 */
typedef struct {
  unsigned int n;
  double median;
  double lower;
  double upper;
  double lowest;
  double highest;
} ForlopGpFigures;

/**
 * ForlopGpTrend:
 * @measure: of a blood pressure the upper one.
 * @low_measure: the lower one, else %FORLOP_MEASURE_UNKNOWN.
 * @points: #GArray of #ForlopGpPoint of both periods, oldest first.
 * @bands: #GArray of #ForlopGpBand of @measure.
 * @limits: those in force at the end of the period; @low_limits are the lower pressure's.
 * @now: of @measure, as @before; @low_now and @low_before are of @low_measure.
 * @n: readings in this period; a pair, whole or not, is one.
 * @n_red: those of them that were red; of a pair the worse of the two counts.
 *
 * One measure over the period that is told about and the one before it.
 */
typedef struct {
  ForlopMeasure measure;
  ForlopMeasure low_measure;
  ForlopGpFigures now;
  ForlopGpFigures before;
  ForlopGpFigures low_now;
  ForlopGpFigures low_before;
  unsigned int n;
  unsigned int n_before;
  unsigned int n_red;
  unsigned int n_yellow;
  unsigned int n_red_before;
  unsigned int n_yellow_before;
  GArray *points;
  GArray *bands;
  ForlopLimits limits;
  ForlopLimits low_limits;
} ForlopGpTrend;

/**
 * ForlopGpPeriod:
 *
 * The period [@from, @to) and the one of the same length before it, [@before, @from).
 */
typedef struct {
  gint64 before;
  gint64 from;
  gint64 to;
} ForlopGpPeriod;

void       forlop_gp_figures_make (ForlopGpFigures      *self,
                                   GArray               *values);
/* GPtrArray of ForlopGpTrend, one for each measure that was measured in either period or has limits, in the order
 * of the measures. @readings: of ForlopGpReading, oldest first. */
GPtrArray *forlop_gp_trends_make  (ForlopSnapshot       *snapshot,
                                   const GArray         *readings,
                                   const ForlopGpPeriod *period) G_GNUC_WARN_UNUSED_RESULT;
void       forlop_gp_trend_free   (ForlopGpTrend        *self);

G_END_DECLS
