/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

#include "forlop-measure.h"

G_BEGIN_DECLS

/**
 * ForlopQuality:
 * @FORLOP_QUALITY_ABSENT: The device reported, but without a value.
 * @FORLOP_QUALITY_INITIAL: The first reading of a device or a citizen, taken while learning.
 * @FORLOP_QUALITY_UNCALIBRATED: The device's calibration was overdue at the time.
 * @FORLOP_QUALITY_DEGRADED: The device itself flagged the reading (movement, weak signal).
 * @FORLOP_QUALITY_CALIBRATED: The device told that it is calibrated.
 * @FORLOP_QUALITY_OVERRIDDEN: Somebody replaced the device's value by hand.
 *
 * What is known about a reading's quality. Uncalibrated, degraded and overridden make the judgement
 * uncertain; they never change its colour.
 */
typedef enum {
  FORLOP_QUALITY_ABSENT = 1 << 0,
  FORLOP_QUALITY_INITIAL = 1 << 1,
  FORLOP_QUALITY_UNCALIBRATED = 1 << 2,
  FORLOP_QUALITY_DEGRADED = 1 << 3,
  FORLOP_QUALITY_CALIBRATED = 1 << 4,
  FORLOP_QUALITY_OVERRIDDEN = 1 << 5,
} ForlopQuality;

#define FORLOP_QUALITY_UNCERTAIN \
  (FORLOP_QUALITY_UNCALIBRATED | FORLOP_QUALITY_DEGRADED | FORLOP_QUALITY_OVERRIDDEN)

/**
 * ForlopMeasurementSource:
 *
 * How a reading came to us.
 */
typedef enum {
  FORLOP_SOURCE_DEVICE,
  FORLOP_SOURCE_CITIZEN,
  FORLOP_SOURCE_STAFF,
  FORLOP_SOURCE_PLATFORM,
  FORLOP_SOURCE_IMPORT,
} ForlopMeasurementSource;

/**
 * ForlopMeasurement:
 * @id: The 16 bytes of the UUID.
 * @measure: A #ForlopMeasure; a panel arrives as its components.
 * @quality: #ForlopQuality flags.
 * @source: A #ForlopMeasurementSource.
 * @invalidated: Somebody has marked it as invalid; it is kept and not judged.
 * @value: In the measure's canonical unit; NaN if there is none.
 * @measured_at: When it was measured; this decides which limits apply.
 * @received_at: When it reached us; never part of a judgement.
 *
 * One reading: 48 bytes, no pointers, kept in arrays.
 */
typedef struct {
  guint8 id[16];
  guint8 measure;
  guint8 quality;
  guint8 source;
  guint8 invalidated;
  double value;
  gint64 measured_at;
  gint64 received_at;
} ForlopMeasurement;

G_STATIC_ASSERT (sizeof (ForlopMeasurement) <= 48);

gboolean     forlop_measurement_same       (const ForlopMeasurement *a,
                                            const ForlopMeasurement *b);
gboolean     forlop_measurement_is_usable  (const ForlopMeasurement *self);
int          forlop_measurement_compare    (const ForlopMeasurement *a,
                                            const ForlopMeasurement *b);
void         forlop_measurements_sort      (ForlopMeasurement       *measurements,
                                            unsigned int             n_measurements);
unsigned int forlop_measurements_find      (const ForlopMeasurement *measurements,
                                            unsigned int             n_measurements,
                                            gint64                   at_ms);
gboolean     forlop_measurements_swapped   (const ForlopMeasurement *measurement,
                                            const ForlopMeasurement *measurements,
                                            unsigned int             n_measurements);
gboolean     forlop_measurements_plausible (const ForlopMeasurement *measurement,
                                            const ForlopMeasurement *measurements,
                                            unsigned int             n_measurements);

/* The id of a reading: the same citizen, measure, time and value is the same reading, whoever
 * registers it and however often. @value: NaN when there is none. */
char        *forlop_measurement_dup_id     (const char              *citizen_id,
                                            ForlopMeasure            measure,
                                            gint64                   measured_at,
                                            double                   value) G_GNUC_WARN_UNUSED_RESULT;

/* What is stored as codes: the measure, the quality (an absent value beside it), the source. @self has its value. */
void         forlop_measurement_set_codes  (ForlopMeasurement       *self,
                                            const char              *measure,
                                            const char              *quality,
                                            const char              *source);
gboolean     forlop_quality_from_code      (const char              *code,
                                            guint8                  *quality);
const char  *forlop_measurement_source_code (ForlopMeasurementSource source);
gboolean     forlop_measurement_source_from_code (const char              *code,
                                                  ForlopMeasurementSource *source);

G_END_DECLS
