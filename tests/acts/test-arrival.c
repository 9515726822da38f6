/* SPDX-License-Identifier: EUPL-1.2 */

/* Whatever the order in which the same things become known, the end is the same. */

#include "follow-up-test-util.h"

#define DAY "2026-03-16"
#define N_READINGS 18
#define N_ORDERS 8

typedef struct {
  const char *code;
  char *value;
  char *at;
  char *id;
  gboolean invalid;
} Reading;

/* Weights around the trend rule, saturations around both limits, some within minutes of each other
 * so that a repeat counts, and one in four marked as invalid. */
static void
draw_readings (GRand   *rand,
               Reading *readings)
{
  gint64 start = follow_up_at (DAY "T10:00:00");

  for (unsigned int i = 0; i < N_READINGS; i++)
    {
      gboolean weight = g_rand_boolean (rand);
      gint64 at = start + g_rand_int_range (rand, 0, 6) * FORLOP_DAY +
                  g_rand_int_range (rand, 0, 40) * FORLOP_MINUTE + i * 1000;

      readings[i] = (Reading) {
        .code = weight ? "weight" : "spo2",
        .value = weight ? g_strdup_printf ("%d.%d", g_rand_int_range (rand, 79, 84),
                                           g_rand_int_range (rand, 0, 10))
                        : g_strdup_printf ("%d", g_rand_int_range (rand, 85, 95)),
        .at = forlop_instant_to_iso (at),
        .invalid = g_rand_int_range (rand, 0, 4) == 0,
      };
    }
}

static void
shuffle (GRand        *rand,
         unsigned int *order)
{
  for (unsigned int i = N_READINGS; i > 1; i--)
    {
      unsigned int j = (unsigned int) g_rand_int_range (rand, 0, (gint32) i);
      unsigned int kept = order[i - 1];

      order[i - 1] = order[j];
      order[j] = kept;
    }
}

static void
arrive (ActsTest   *test,
        const char *case_id,
        Reading    *reading)
{
  g_autoptr (ForlopRecord) the_case = acts_test_load (test, "case", case_id);
  g_autoptr (ForlopActResult) result =
    acts_test_do (test, test->nurse, "record-measurement",
                  "{\"case_id\":\"%s\",\"code\":\"%s\",\"value\":%s,\"measured_at\":\"%s\"}", case_id,
                  reading->code, reading->value, reading->at);

  g_assert_nonnull (result->op_id);
  g_set_str (&reading->id, result->subject_id);
  if (reading->invalid)
    acts_test_must (test, test->nurse, "invalidate-measurement",
                    "{\"citizen_id\":\"%s\",\"measurement_id\":\"%s\",\"reason\":\"Feil person\"}",
                    forlop_record_get_text (the_case, "citizen_id"), reading->id);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

/* What stands in the end: each measurement with its judgement, and the alerts that are open. */
static char *
dup_state (ActsTest      *test,
           const char    *case_id,
           const Reading *readings)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (unsigned int i = 0; i < N_READINGS; i++)
    {
      g_autoptr (ForlopStoredMeasurement) found = NULL;
      g_autoptr (GPtrArray) alerts = NULL;

      found = follow_up_find (test, case_id, readings[i].id);
      alerts = acts_test_list (test, "alert", "measurement_id", readings[i].id);
      g_ptr_array_add (lines, g_strdup_printf ("%s %s %s %d %s", readings[i].at, readings[i].value,
                                               found->severity, found->plan_version, found->reason));
      for (unsigned int j = 0; j < alerts->len; j++)
        {
          ForlopRecord *alert = g_ptr_array_index (alerts, j);

          if (forlop_record_text_is (alert, "status", "new"))
            g_ptr_array_add (
              lines, g_strdup_printf ("%s alert %s %s %s %" G_GINT64_FORMAT, readings[i].at,
                                      forlop_record_get_text (alert, "rule"),
                                      forlop_record_get_text (alert, "severity"),
                                      forlop_record_get_text (alert, "reason"),
                                      forlop_record_get_instant (alert, "waits_until")));
        }
    }
  g_ptr_array_sort (lines, compare_texts);
  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("\n", (char **) lines->pdata);
}

static char *
start_with_repeat (ActsTest *test)
{
  char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopActResult) draft =
    acts_test_do (test, test->nurse, "draft-plan", "{\"case_id\":\"%s\",\"repeat_minutes\":15}",
                  case_id);

  follow_up_approve (test, draft->subject_id, DAY);
  acts_test_must (test, test->nurse, "put-plan-in-force", "{\"care_plan_id\":\"%s\"}",
                  draft->subject_id);
  acts_test_set_day (test, "2026-03-24");

  return case_id;
}

static void
test_any_order_ends_alike (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  Reading readings[N_READINGS];
  unsigned int order[N_READINGS];
  g_autofree char *expected = NULL;

  g_test_message ("seed %u", seed);
  draw_readings (rand, readings);
  for (unsigned int i = 0; i < N_READINGS; i++)
    order[i] = i;

  for (unsigned int i = 0; i < N_ORDERS; i++)
    {
      g_autoptr (ActsTest) test = acts_test_new (DAY);
      g_autofree char *case_id = start_with_repeat (test);
      g_autofree char *state = NULL;

      for (unsigned int j = 0; j < N_READINGS; j++)
        g_clear_pointer (&readings[j].id, g_free);
      for (unsigned int j = 0; j < N_READINGS; j++)
        arrive (test, case_id, &readings[order[j]]);
      state = dup_state (test, case_id, readings);
      if (expected == NULL)
        expected = g_strdup (state);
      g_assert_cmpstr (state, ==, expected);
      shuffle (rand, order);
    }

  for (unsigned int i = 0; i < N_READINGS; i++)
    {
      g_free (readings[i].value);
      g_free (readings[i].at);
      g_free (readings[i].id);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/arrival/any-order-ends-alike", test_any_order_ends_alike);

  return g_test_run ();
}
