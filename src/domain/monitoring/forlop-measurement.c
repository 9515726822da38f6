/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-measurement.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "forlop-decimal.h"
#include "forlop-id.h"

static const char *const source_codes[] = {
  [FORLOP_SOURCE_DEVICE] = "device",
  [FORLOP_SOURCE_CITIZEN] = "citizen",
  [FORLOP_SOURCE_STAFF] = "staff",
  [FORLOP_SOURCE_PLATFORM] = "platform",
  [FORLOP_SOURCE_IMPORT] = "import",
};

/**
 * forlop_quality_from_code:
 * @code: (nullable): What the record stores; NULL or empty for nothing known.
 * @quality: (out): #ForlopQuality flags.
 */
gboolean
forlop_quality_from_code (const char *code,
                          guint8     *quality)
{
  static const struct {
    const char *code;
    guint8 quality;
  } codes[] = {
    { "", 0 },
    { "initial", FORLOP_QUALITY_INITIAL },
    { "calibrated", FORLOP_QUALITY_CALIBRATED },
    { "uncalibrated", FORLOP_QUALITY_UNCALIBRATED },
    { "degraded", FORLOP_QUALITY_DEGRADED },
    { "overridden", FORLOP_QUALITY_OVERRIDDEN },
  };

  g_return_val_if_fail (quality != NULL, FALSE);

  for (unsigned int i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      if (g_str_equal (code != NULL ? code : "", codes[i].code))
        {
          *quality = codes[i].quality;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * forlop_measurement_source_code:
 *
 * The code that is stored: "device", "citizen", "staff", "platform" or "import".
 */
const char *
forlop_measurement_source_code (ForlopMeasurementSource source)
{
  g_return_val_if_fail ((unsigned int) source < G_N_ELEMENTS (source_codes), NULL);

  return source_codes[source];
}

/**
 * forlop_measurement_source_from_code:
 *
 * Reads a stored code; FALSE for anything else.
 */
gboolean
forlop_measurement_source_from_code (const char              *code,
                                     ForlopMeasurementSource *source)
{
  g_return_val_if_fail (source != NULL, FALSE);

  for (unsigned int i = 0; i < G_N_ELEMENTS (source_codes); i++)
    {
      if (g_strcmp0 (code, source_codes[i]) == 0)
        {
          *source = i;
          return TRUE;
        }
    }
  return FALSE;
}

void
forlop_measurement_set_codes (ForlopMeasurement *self,
                              const char        *measure,
                              const char        *quality,
                              const char        *source)
{
  ForlopMeasurementSource found = FORLOP_SOURCE_STAFF;

  g_return_if_fail (self != NULL);

  self->measure = (guint8) forlop_measure_find ("forlop", measure);
  self->quality = 0;
  forlop_quality_from_code (quality, &self->quality);
  if (isnan (self->value))
    self->quality |= FORLOP_QUALITY_ABSENT;
  forlop_measurement_source_from_code (source, &found);
  self->source = (guint8) found;
}

/**
 * forlop_measurement_same:
 *
 * Whether both are the same reading, by id.
 */
gboolean
forlop_measurement_same (const ForlopMeasurement *a,
                         const ForlopMeasurement *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return memcmp (a->id, b->id, sizeof a->id) == 0;
}

/**
 * forlop_measurement_is_usable:
 *
 * Whether the reading by itself can be used: not invalidated, with a value, inside the physically
 * possible range. forlop_measurements_plausible() asks about its pair as well.
 */
gboolean
forlop_measurement_is_usable (const ForlopMeasurement *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return !self->invalidated
         && (self->quality & FORLOP_QUALITY_ABSENT) == 0
         && forlop_measure_possible (self->measure, self->value);
}

/**
 * forlop_measurement_compare:
 *
 * Orders by time of measuring, then by id, so that the order is the same on every machine.
 */
int
forlop_measurement_compare (const ForlopMeasurement *a,
                            const ForlopMeasurement *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, 0);

  if (a->measured_at != b->measured_at)
    return a->measured_at < b->measured_at ? -1 : 1;
  return memcmp (a->id, b->id, sizeof a->id);
}

static int
compare_for_sort (const void *a,
                  const void *b)
{
  return forlop_measurement_compare (a, b);
}

/**
 * forlop_measurements_sort:
 *
 * Sorts in place into the order every function here expects of a history.
 */
void
forlop_measurements_sort (ForlopMeasurement *measurements,
                          unsigned int       n_measurements)
{
  g_return_if_fail (measurements != NULL || n_measurements == 0);

  if (n_measurements > 1)
    qsort (measurements, n_measurements, sizeof *measurements, compare_for_sort);
}

/**
 * forlop_measurements_find:
 *
 * The index of the first reading measured after @at_ms, or @n_measurements; the readings before
 * the index were measured at @at_ms or earlier. The array is sorted by time of measuring.
 */
unsigned int
forlop_measurements_find (const ForlopMeasurement *measurements,
                          unsigned int             n_measurements,
                          gint64                   at_ms)
{
  g_return_val_if_fail (measurements != NULL || n_measurements == 0, 0);

  unsigned int low = 0;
  unsigned int high = n_measurements;

  while (low < high)
    {
      unsigned int middle = low + (high - low) / 2;

      if (measurements[middle].measured_at <= at_ms)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gboolean
pressures_are_ordered (const ForlopMeasurement *a,
                       const ForlopMeasurement *b)
{
  const ForlopMeasurement *systolic = a->measure == FORLOP_MEASURE_SYSTOLIC ? a : b;
  const ForlopMeasurement *diastolic = a->measure == FORLOP_MEASURE_SYSTOLIC ? b : a;

  return forlop_decimal_from_double (systolic->value)
         > forlop_decimal_from_double (diastolic->value);
}

/**
 * forlop_measurements_swapped:
 * @measurements: The citizen's readings, sorted by time of measuring.
 *
 * Whether @measurement is half of a blood pressure whose systolic value is not above the diastolic
 * one. The halves of a pair have the same time of measuring. Where several readings share that
 * time, one partner that fits is enough: a corrected pair entered at the same time is plausible
 * while the swapped pair stays flagged. Invalidated partners and partners without a number, or
 * with zero or less, say nothing.
 */
gboolean
forlop_measurements_swapped (const ForlopMeasurement *measurement,
                             const ForlopMeasurement *measurements,
                             unsigned int             n_measurements)
{
  g_return_val_if_fail (measurement != NULL, FALSE);
  g_return_val_if_fail (measurements != NULL || n_measurements == 0, FALSE);

  ForlopMeasure partner;
  gboolean partner_seen = FALSE;

  if (measurement->measure == FORLOP_MEASURE_SYSTOLIC)
    partner = FORLOP_MEASURE_DIASTOLIC;
  else if (measurement->measure == FORLOP_MEASURE_DIASTOLIC)
    partner = FORLOP_MEASURE_SYSTOLIC;
  else
    return FALSE;

  if (!forlop_decimal_is_number (measurement->value))
    return FALSE;

  unsigned int i = forlop_measurements_find (measurements, n_measurements,
                                             measurement->measured_at);

  while (i > 0 && measurements[--i].measured_at == measurement->measured_at)
    {
      const ForlopMeasurement *other = &measurements[i];

      if (other->measure != partner || other->invalidated
          || (other->quality & FORLOP_QUALITY_ABSENT) != 0
          || !forlop_decimal_is_number (other->value) || other->value <= 0)
        continue;
      if (pressures_are_ordered (measurement, other))
        return FALSE;
      partner_seen = TRUE;
    }
  return partner_seen;
}

/**
 * forlop_measurements_plausible:
 * @measurements: The citizen's readings, sorted by time of measuring.
 *
 * Whether @measurement may be coloured, used as the base of a trend and count as having measured.
 */
gboolean
forlop_measurements_plausible (const ForlopMeasurement *measurement,
                               const ForlopMeasurement *measurements,
                               unsigned int             n_measurements)
{
  g_return_val_if_fail (measurement != NULL, FALSE);

  return forlop_measurement_is_usable (measurement)
         && !forlop_measurements_swapped (measurement, measurements, n_measurements);
}

char *
forlop_measurement_dup_id (const char    *citizen_id,
                           ForlopMeasure  measure,
                           gint64         measured_at,
                           double         value)
{
  g_autofree char *number = NULL;
  g_autofree char *rule = NULL;

  g_return_val_if_fail (citizen_id != NULL, NULL);

  number = isnan (value) ? g_strdup ("none")
                         : g_strdup_printf ("%" G_GINT64_FORMAT, forlop_decimal_from_double (value));
  rule = g_strdup_printf ("measurement/%s/%" G_GINT64_FORMAT "/%s", forlop_measure_code (measure), measured_at,
                          number);

  return forlop_id_derive (citizen_id, rule);
}
