/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-measurement.h"

G_BEGIN_DECLS

/* The words that people and platforms write for measures, units and sources in a table. Capitals
 * and blanks around a word do not count. */

/* FORLOP_MEASURE_UNKNOWN where nobody knows the word. */
ForlopMeasure forlop_measure_words_find    (const char              *text);
/* Converts to the canonical unit; FALSE for a unit the measure does not have. */
gboolean      forlop_measure_words_convert (ForlopMeasure            measure,
                                            double                   value,
                                            const char              *unit,
                                            double                  *canonical);
gboolean      forlop_measure_words_source  (const char              *text,
                                            ForlopMeasurementSource *source);

G_END_DECLS
