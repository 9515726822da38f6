/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ForlopMeasure:
 *
 * What is measured. The numbers are never stored; the code of the table is.
 */
typedef enum {
  FORLOP_MEASURE_UNKNOWN,
  FORLOP_MEASURE_PULSE,
  FORLOP_MEASURE_BLOOD_PRESSURE,
  FORLOP_MEASURE_SYSTOLIC,
  FORLOP_MEASURE_DIASTOLIC,
  FORLOP_MEASURE_SPO2,
  FORLOP_MEASURE_TEMPERATURE,
  FORLOP_MEASURE_WEIGHT,
  FORLOP_MEASURE_RESPIRATION,
  FORLOP_MEASURE_GLUCOSE,
  FORLOP_MEASURE_PEAK_FLOW,
  FORLOP_MEASURE_FORM_SCORE,
  FORLOP_MEASURE_NEWS2,
} ForlopMeasure;

#define FORLOP_N_MEASURES (FORLOP_MEASURE_NEWS2 + 1)

#define FORLOP_SYSTEM_LOINC "http://loinc.org"
#define FORLOP_SYSTEM_SNOMED "http://snomed.info/sct"
#define FORLOP_SYSTEM_MDC "urn:iso:std:iso:11073:10101"
#define FORLOP_SYSTEM_NPU "urn:oid:2.16.578.1.12.4.1.1.7280"
#define FORLOP_SYSTEM_UCUM "http://unitsofmeasure.org"

/**
 * ForlopMeasureUnit:
 *
 * A unit a value may arrive in. The canonical value is value × @multiply ÷ @divide; two whole
 * numbers keep 80,100 g exactly 80.1 kg.
 */
typedef struct {
  const char *unit;
  double multiply;
  double divide;
} ForlopMeasureUnit;

/**
 * ForlopMeasureInfo:
 * @code: What the record stores.
 * @label: The name as a heading, marked with N_().
 * @noun: The name inside a sentence, marked with N_().
 * @loinc: With @snomed, @mdc and @npu, the codes a value may come with, first the one we send;
 *   ended by NULL.
 * @ucum: The canonical unit, NULL for a panel.
 * @shown_unit: The unit people read, marked with N_(), NULL for a panel.
 * @units: Other spellings and units that are accepted, ended by a NULL unit.
 * @decimals: Decimals shown.
 * @possible_low: With @possible_high, the physically possible range, both ends inside.
 * @components: For a panel its measures, ended by %FORLOP_MEASURE_UNKNOWN.
 * @panel: For a component its panel, else %FORLOP_MEASURE_UNKNOWN.
 */
typedef struct {
  const char *code;
  const char *label;
  const char *noun;
  const char *loinc[3];
  const char *snomed[3];
  const char *mdc[3];
  const char *npu[2];
  const char *ucum;
  const char *shown_unit;
  ForlopMeasureUnit units[5];
  int decimals;
  double possible_low;
  double possible_high;
  ForlopMeasure components[3];
  ForlopMeasure panel;
} ForlopMeasureInfo;

const ForlopMeasureInfo *forlop_measure_info      (ForlopMeasure  measure);
const char              *forlop_measure_code      (ForlopMeasure  measure);
const char              *forlop_measure_label     (ForlopMeasure  measure);
char                    *forlop_measure_dup_heading (ForlopMeasure measure) G_GNUC_WARN_UNUSED_RESULT;
const char              *forlop_measure_noun      (ForlopMeasure  measure);
ForlopMeasure            forlop_measure_find      (const char    *system,
                                                   const char    *code);
gboolean                 forlop_measure_is_panel  (ForlopMeasure  measure);
gboolean                 forlop_measure_possible  (ForlopMeasure  measure,
                                                   double         value);
gboolean                 forlop_measure_convert   (ForlopMeasure  measure,
                                                   double         value,
                                                   const char    *unit,
                                                   double        *canonical,
                                                   GError       **error);
char                    *forlop_measure_format_number (ForlopMeasure  measure,
                                                       double         value) G_GNUC_WARN_UNUSED_RESULT;
char                    *forlop_measure_format    (ForlopMeasure  measure,
                                                   double         value) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
