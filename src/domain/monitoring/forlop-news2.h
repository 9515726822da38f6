/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* National Early Warning Score (NEWS) 2, Royal College of Physicians, London 2017: the chart is
 * reproduced unmodified. Shown as information; it never decides a colour by itself. */

/**
 * ForlopNews2Risk:
 * @FORLOP_NEWS2_LOW: 0–4.
 * @FORLOP_NEWS2_LOW_MEDIUM: 0–4 with 3 points for a single measure.
 * @FORLOP_NEWS2_MEDIUM: 5–6.
 * @FORLOP_NEWS2_HIGH: 7 or more.
 */
typedef enum {
  FORLOP_NEWS2_LOW,
  FORLOP_NEWS2_LOW_MEDIUM,
  FORLOP_NEWS2_MEDIUM,
  FORLOP_NEWS2_HIGH,
} ForlopNews2Risk;

/**
 * ForlopNews2Input:
 * @respiration: Breaths per minute, a whole number.
 * @spo2: Per cent, a whole number.
 * @spo2_scale: 1, or 2 where a named clinician has confirmed it.
 * @oxygen: Breathing supplemental oxygen.
 * @systolic: mmHg, a whole number.
 * @pulse: Beats per minute, a whole number.
 * @consciousness: 'A' alert, 'C' new confusion, 'V' voice, 'P' pain, 'U' unresponsive.
 * @temperature: Degrees Celsius, one decimal.
 */
typedef struct {
  double respiration;
  double spo2;
  int spo2_scale;
  gboolean oxygen;
  double systolic;
  double pulse;
  char consciousness;
  double temperature;
} ForlopNews2Input;

/**
 * ForlopNews2Score:
 * @total: 0 to 20.
 *
 * The points of each measure and their sum.
 */
typedef struct {
  int respiration;
  int spo2;
  int oxygen;
  int systolic;
  int pulse;
  int consciousness;
  int temperature;
  int total;
  ForlopNews2Risk risk;
} ForlopNews2Score;

gboolean    forlop_news2_score      (const ForlopNews2Input  *input,
                                     ForlopNews2Score        *score,
                                     GError                 **error);
const char *forlop_news2_risk_code  (ForlopNews2Risk          risk);
const char *forlop_news2_risk_label (ForlopNews2Risk          risk);

G_END_DECLS
