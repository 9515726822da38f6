/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

#include "forlop-measurement.h"
#include "forlop-severity.h"

G_BEGIN_DECLS

/**
 * ForlopChartPoint:
 * @at_ms: When it was measured.
 * @value: In the series' unit; of a pair the upper one, NaN where the lower one came alone.
 * @low: Of a pair, as blood pressure, the lower one; NaN for a single value, and where it did not come.
 * @severity: As it was judged then; %FORLOP_SEVERITY_IMPLAUSIBLE for what somebody has marked as
 *   invalid as well. Of a pair the worse of the two.
 * @high_severity: Of a pair, how the upper value itself was judged.
 * @low_severity: Of a pair, how the lower value itself was judged.
 * @quality: #ForlopQuality flags; one of %FORLOP_QUALITY_UNCERTAIN makes the value uncertain.
 * @reason: (nullable): Why: a #ForlopReason as JSON, or a sentence.
 *
 * One reading in a chart.
 */
typedef struct {
  gint64 at_ms;
  double value;
  double low;
  ForlopSeverity severity;
  ForlopSeverity high_severity;
  ForlopSeverity low_severity;
  guint8 quality;
  char *reason;
} ForlopChartPoint;

/* The upper value, else the lower one that came alone; NaN where there is none. */
double   forlop_chart_point_high    (const ForlopChartPoint *self);
/* The lower value, else the one there is. */
double   forlop_chart_point_low     (const ForlopChartPoint *self);
/* Whether both values of a pair came, and both can be used. */
gboolean forlop_chart_point_is_whole_pair (const ForlopChartPoint *self);
gboolean forlop_chart_point_is_uncertain (const ForlopChartPoint *self);
/* Makes @self, an upper value, the lower one of a pair. */
void     forlop_chart_point_be_low  (ForlopChartPoint       *self);
/* Makes one reading of the two values of a pair: @self, which owns its reason, gets the value it lacks. The worse of
 * the two, else the upper one, gives colour and reason; one that cannot be used makes a pair that cannot. */
void     forlop_chart_point_join    (ForlopChartPoint       *self,
                                     const ForlopChartPoint *other,
                                     gboolean                other_is_low);

G_END_DECLS
