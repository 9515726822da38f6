/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-interop"

#include "forlop-measure-words-private.h"

#include "forlop-csv-text.h"

/* Words are written as forlop_csv_text_fold() makes them: small letters, single blanks. */
typedef struct {
  const char *word;
  int meaning;
} Word;

static const Word measure_words[] = {
  { "puls", FORLOP_MEASURE_PULSE },
  { "pulse", FORLOP_MEASURE_PULSE },
  { "hjertefrekvens", FORLOP_MEASURE_PULSE },
  { "blodtrykk", FORLOP_MEASURE_BLOOD_PRESSURE },
  { "systolisk", FORLOP_MEASURE_SYSTOLIC },
  { "systolisk blodtrykk", FORLOP_MEASURE_SYSTOLIC },
  { "overtrykk", FORLOP_MEASURE_SYSTOLIC },
  { "diastolisk", FORLOP_MEASURE_DIASTOLIC },
  { "diastolisk blodtrykk", FORLOP_MEASURE_DIASTOLIC },
  { "undertrykk", FORLOP_MEASURE_DIASTOLIC },
  { "spo2", FORLOP_MEASURE_SPO2 },
  { "spo₂", FORLOP_MEASURE_SPO2 },
  { "oksygenmetning", FORLOP_MEASURE_SPO2 },
  { "temperatur", FORLOP_MEASURE_TEMPERATURE },
  { "kroppstemperatur", FORLOP_MEASURE_TEMPERATURE },
  { "vekt", FORLOP_MEASURE_WEIGHT },
  { "kroppsvekt", FORLOP_MEASURE_WEIGHT },
  { "respirasjon", FORLOP_MEASURE_RESPIRATION },
  { "respirasjonsfrekvens", FORLOP_MEASURE_RESPIRATION },
  { "pustefrekvens", FORLOP_MEASURE_RESPIRATION },
  { "blodsukker", FORLOP_MEASURE_GLUCOSE },
  { "glukose", FORLOP_MEASURE_GLUCOSE },
  { "peak flow", FORLOP_MEASURE_PEAK_FLOW },
  { "pef", FORLOP_MEASURE_PEAK_FLOW },
  { "skjemaskår", FORLOP_MEASURE_FORM_SCORE },
  { NULL, FORLOP_MEASURE_UNKNOWN },
};

static const Word source_words[] = {
  { "device", FORLOP_SOURCE_DEVICE },
  { "apparat", FORLOP_SOURCE_DEVICE },
  { "måleapparat", FORLOP_SOURCE_DEVICE },
  { "citizen", FORLOP_SOURCE_CITIZEN },
  { "innbygger", FORLOP_SOURCE_CITIZEN },
  { "bruker", FORLOP_SOURCE_CITIZEN },
  { "pasient", FORLOP_SOURCE_CITIZEN },
  { "staff", FORLOP_SOURCE_STAFF },
  { "ansatt", FORLOP_SOURCE_STAFF },
  { "helsepersonell", FORLOP_SOURCE_STAFF },
  { "platform", FORLOP_SOURCE_PLATFORM },
  { "plattform", FORLOP_SOURCE_PLATFORM },
  { "import", FORLOP_SOURCE_IMPORT },
  { "", FORLOP_SOURCE_IMPORT },
  { NULL, -1 },
};

/* What a unit means in UCUM; a unit that stands in no row is taken as it is written. */
static const struct {
  const char *word;
  const char *ucum;
} unit_words[] = {
  { "slag/min", "/min" },
  { "slag per minutt", "/min" },
  { "beats/min", "/min" },
  { "bpm", "/min" },
  { "pust/min", "/min" },
  { "pr. min", "/min" },
  { "mmhg", "mm[Hg]" },
  { "mm hg", "mm[Hg]" },
  { "prosent", "%" },
  { "c", "Cel" },
  { "°c", "Cel" },
  { "grader", "Cel" },
  { "kg", "kg" },
  { "kilo", "kg" },
  { "gram", "g" },
  { "mmol/l", "mmol/L" },
  { "l/min", "L/min" },
  { "liter/min", "L/min" },
  { "poeng", "{score}" },
  { "points", "{score}" },
};

static int
meaning_of (const Word *words,
            const char *text)
{
  g_autofree char *folded = forlop_csv_text_fold (text);

  while (words->word != NULL && !g_str_equal (words->word, folded))
    words++;

  return words->meaning;
}

ForlopMeasure
forlop_measure_words_find (const char *text)
{
  g_return_val_if_fail (text != NULL, FORLOP_MEASURE_UNKNOWN);

  g_autofree char *clean = forlop_csv_text_clean (text, " ");
  g_autofree char *folded = forlop_csv_text_fold (clean);
  ForlopMeasure measure = forlop_measure_find (NULL, clean);

  if (measure == FORLOP_MEASURE_UNKNOWN)
    measure = forlop_measure_find (NULL, folded);
  if (measure == FORLOP_MEASURE_UNKNOWN)
    measure = (ForlopMeasure) meaning_of (measure_words, clean);

  return measure;
}

gboolean
forlop_measure_words_convert (ForlopMeasure  measure,
                              double         value,
                              const char    *unit,
                              double        *canonical)
{
  g_return_val_if_fail (unit != NULL && canonical != NULL, FALSE);

  g_autofree char *clean = forlop_csv_text_clean (unit, " ");

  if (forlop_measure_convert (measure, value, clean, canonical, NULL))
    return TRUE;

  g_autofree char *folded = forlop_csv_text_fold (clean);

  for (unsigned int i = 0; i < G_N_ELEMENTS (unit_words); i++)
    if (g_str_equal (unit_words[i].word, folded))
      return forlop_measure_convert (measure, value, unit_words[i].ucum, canonical, NULL);

  return FALSE;
}

gboolean
forlop_measure_words_source (const char              *text,
                             ForlopMeasurementSource *source)
{
  g_return_val_if_fail (text != NULL && source != NULL, FALSE);

  int meaning = meaning_of (source_words, text);

  if (meaning < 0)
    return FALSE;

  *source = (ForlopMeasurementSource) meaning;

  return TRUE;
}
