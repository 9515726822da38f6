/* SPDX-License-Identifier: EUPL-1.2 */

/* Reads the tables of docs/triage.md and shows that the program does what they say. */

#include <stdio.h>
#include <stdlib.h>

#include "forlop-news2.h"
#include "forlop-slot.h"
#include "monitoring-fixture.h"

#define MAX_READINGS 12

typedef void (*RowFunc) (char **cells);

static const char *document_path;

static gboolean
is_unset (const char *text)
{
  return g_str_equal (text, "–");
}

static double
number (const char *text)
{
  char *end = NULL;

  if (is_unset (text))
    return NAN;

  double value = g_ascii_strtod (text, &end);

  if (end == text || *end != '\0')
    g_error ("“%s” is not a number", text);
  return value;
}

/* Calls @func with every row of the table under @heading that has @n_cells cells. */
static void
for_each_row (const char   *heading,
              unsigned int  n_cells,
              unsigned int  least,
              RowFunc       func)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean inside = FALSE;
  unsigned int n_rows = 0;
  GError *error = NULL;

  g_file_get_contents (document_path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);

  for (unsigned int i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], "## "))
        inside = g_str_equal (lines[i] + 3, heading);
      if (!inside || !g_str_has_prefix (lines[i], "| ") || !g_ascii_isdigit (lines[i][2]))
        continue;

      g_auto (GStrv) parts = g_strsplit (lines[i], "|", -1);
      for (unsigned int j = 0; parts[j] != NULL; j++)
        g_strstrip (parts[j]);
      g_assert_cmpuint (g_strv_length (parts), ==, n_cells + 2);
      g_assert_cmpuint (atoi (parts[1]), ==, ++n_rows);
      g_test_message ("%s", lines[i]);
      func (parts + 1);
    }
  g_assert_cmpuint (n_rows, >=, least);
}

static void
read_rule (ForlopPlanVersion *plan,
           ForlopMeasure      measure,
           const char        *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  unsigned int first = g_str_equal (words[0], "median") ? 1 : 0;
  ForlopRule rule;
  GError *error = NULL;

  if (is_unset (text))
    return;

  /* "+2 in 3 days red" or "median 20 in 14 days yellow" */
  g_assert_cmpuint (g_strv_length (words), ==, 5 + first);
  forlop_rule_init (&rule, first ? FORLOP_RULE_OWN_MEDIAN : FORLOP_RULE_CHANGE, measure);
  rule.amount = g_ascii_strtod (words[first], NULL);
  rule.days = atoi (words[first + 2]);
  g_assert_true (forlop_severity_from_code (words[first + 4], &rule.severity));
  forlop_plan_version_add_rule (plan, &rule, &error);
  g_assert_no_error (error);
}

/* "72: 80.1, 0: 120 diastolic": readings at times @unit after (or before, with -1) AT. */
static unsigned int
read_readings (const char        *text,
               ForlopMeasure      measure,
               gint64             unit,
               ForlopMeasurement *readings)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  unsigned int n_readings = 0;

  if (is_unset (text))
    return 0;

  for (; parts[n_readings] != NULL; n_readings++)
    {
      g_auto (GStrv) pair = g_strsplit (g_strstrip (parts[n_readings]), ": ", 2);
      g_assert_cmpuint (g_strv_length (pair), ==, 2);
      g_auto (GStrv) words = g_strsplit (pair[1], " ", 2);
      ForlopMeasure which = words[1] != NULL ? forlop_measure_find ("forlop", words[1]) : measure;

      g_assert_cmpuint (n_readings, <, MAX_READINGS - 1);
      g_assert_cmpint (which, !=, FORLOP_MEASURE_UNKNOWN);
      readings[n_readings] = reading (n_readings + 2, which, number (words[0]),
                                      AT + atoi (pair[0]) * unit);
    }
  return n_readings;
}

static void
check_judgement (char **cells)
{
  ForlopMeasure measure = forlop_measure_find ("forlop", cells[1]);
  ForlopMeasurement readings[MAX_READINGS];
  ForlopPlanVersion plan;
  g_auto (GStrv) limits = g_strsplit (cells[2], " ", -1);

  g_assert_cmpint (measure, !=, FORLOP_MEASURE_UNKNOWN);
  g_assert_cmpuint (g_strv_length (limits), ==, 4);
  forlop_plan_version_init (&plan, 1);
  set_limits (&plan, measure, number (limits[0]), number (limits[1]), number (limits[2]),
              number (limits[3]));
  read_rule (&plan, measure, cells[3]);

  unsigned int n_readings = read_readings (cells[4], measure, -FORLOP_HOUR, readings);
  ForlopMeasurement m = reading (1, measure, number (cells[5]), AT);

  readings[n_readings++] = m;
  forlop_measurements_sort (readings, n_readings);

  ForlopJudgement judgement = forlop_triage_judge (&m, &plan, 1, readings, n_readings);
  g_assert_cmpstr (forlop_severity_code (judgement.severity), ==, cells[6]);
  g_assert_cmpstr (forlop_severity_triage_code (judgement.severity), ==, cells[7]);
  g_assert_cmpstr (forlop_reason_code_name (judgement.reason.code), ==, cells[8]);
}

static void
check_repeat (char **cells)
{
  ForlopMeasurement readings[MAX_READINGS];
  ForlopPlanVersion plan;
  unsigned int first = 0;

  forlop_plan_version_init (&plan, 1);
  set_limits (&plan, FORLOP_MEASURE_SPO2, 88, 92, UNSET, UNSET);
  g_assert_true (forlop_plan_version_set_repeat (&plan, atoi (cells[1]), NULL));

  unsigned int n_readings = read_readings (cells[2], FORLOP_MEASURE_SPO2, FORLOP_MINUTE, readings);

  while (readings[first].measured_at != AT)
    g_assert_cmpuint (++first, <, n_readings);

  ForlopJudgement judgement = forlop_triage_judge (&readings[first], &plan, 1,
                                                   readings, n_readings);
  ForlopRepeatState state = forlop_triage_repeat (&readings[first], &judgement, &plan, 1,
                                                  readings, n_readings,
                                                  AT + atoi (cells[3]) * FORLOP_MINUTE);
  g_assert_cmpstr (forlop_repeat_state_code (state), ==, cells[4]);
}

/* "2 June 09:59" */
static gint64
moment (const char *text)
{
  int day, hour, minute;
  ForlopDate date;

  if (is_unset (text))
    return FORLOP_INSTANT_NONE;

  g_assert_cmpint (sscanf (text, "%d June %d:%d", &day, &hour, &minute), ==, 3);
  g_assert_true (forlop_date_from_ymd (2026, 6, day, &date));
  return forlop_instant_from_wall (date, hour * 60 + minute);
}

static void
check_slot (char **cells)
{
  ForlopMeasurement m = reading (1, FORLOP_MEASURE_WEIGHT, 80, moment (cells[1]));
  ForlopPause pause = { moment (cells[2]), moment (cells[3]) };
  ForlopSchedule schedule;

  g_assert_true (forlop_schedule_parse (&schedule, "daily", "08:00", "", 0, FORLOP_DATE_NONE, 120,
                                        NULL));
  g_autoptr (GArray) slots =
    forlop_slots_match (&schedule, FORLOP_MEASURE_WEIGHT, &pause, !is_unset (cells[2]),
                        &m, !is_unset (cells[1]), moment ("2 June 00:00"),
                        moment ("3 June 00:00"), moment (cells[4]));
  const ForlopSlot *slot = &g_array_index (slots, ForlopSlot, 0);

  g_assert_cmpuint (slots->len, ==, 1);
  g_assert_cmpstr (slot->late ? "late" : forlop_slot_state_code (slot->state), ==, cells[5]);
}

static void
check_news2 (char **cells)
{
  ForlopNews2Input input = {
    number (cells[1]), number (cells[2]), atoi (cells[3]), g_str_equal (cells[4], "yes"),
    number (cells[5]), number (cells[6]), cells[7][0], number (cells[8]),
  };
  ForlopNews2Score score;
  GError *error = NULL;

  forlop_news2_score (&input, &score, &error);
  g_assert_no_error (error);
  g_assert_cmpint (score.total, ==, atoi (cells[9]));
  g_assert_cmpstr (forlop_news2_risk_code (score.risk), ==, cells[10]);
}

static void
test_limits_and_trends (void)
{
  for_each_row ("Examples: limits and trends", 9, 40, check_judgement);
}

static void
test_repeats (void)
{
  for_each_row ("Examples: repeat before a red becomes an alert", 5, 15, check_repeat);
}

static void
test_expected_measurements (void)
{
  for_each_row ("Expected measurements", 6, 14, check_slot);
}

static void
test_news2 (void)
{
  for_each_row ("NEWS2", 11, 10, check_news2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  document_path = argv[1];

  g_test_add_func ("/triage/examples-of-limits-and-trends-hold", test_limits_and_trends);
  g_test_add_func ("/triage/examples-of-repeats-hold", test_repeats);
  g_test_add_func ("/triage/examples-of-expected-measurements-hold", test_expected_measurements);
  g_test_add_func ("/triage/examples-of-news2-hold", test_news2);
  return g_test_run ();
}
