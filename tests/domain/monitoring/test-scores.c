/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-cat.h"
#include "forlop-news2.h"
#include "monitoring-fixture.h"

/* Everything normal: no points at all. */
static const ForlopNews2Input normal = {
  .respiration = 16, .spo2 = 97, .spo2_scale = 1, .oxygen = FALSE, .systolic = 120, .pulse = 70,
  .consciousness = 'A', .temperature = 37,
};

static int
total (const ForlopNews2Input *input)
{
  ForlopNews2Score score;
  GError *error = NULL;

  g_assert_true (forlop_news2_score (input, &score, &error));
  g_assert_no_error (error);
  return score.total;
}

typedef struct {
  double value;
  int points;
} Edge;

#define ASSERT_EDGES(base, field, ...) \
  G_STMT_START { \
    static const Edge edges[] = { __VA_ARGS__ }; \
    for (unsigned int i = 0; i < G_N_ELEMENTS (edges); i++) \
      { \
        ForlopNews2Input input = base; \
        input.field = edges[i].value; \
        if (total (&input) != edges[i].points + (base.oxygen ? 2 : 0)) \
          g_error (#field " %g gives %d points, not %d", edges[i].value, \
                   total (&input) - (base.oxygen ? 2 : 0), edges[i].points); \
      } \
  } G_STMT_END

static void
test_news2_band_edges (void)
{
  ForlopNews2Input scale_2_air = normal;
  ForlopNews2Input scale_2_oxygen = normal;

  scale_2_air.spo2_scale = scale_2_oxygen.spo2_scale = 2;
  scale_2_oxygen.oxygen = TRUE;

  ASSERT_EDGES (normal, respiration, { 3, 3 }, { 8, 3 }, { 9, 1 }, { 11, 1 }, { 12, 0 },
                { 20, 0 }, { 21, 2 }, { 24, 2 }, { 25, 3 }, { 70, 3 });
  ASSERT_EDGES (normal, spo2, { 40, 3 }, { 91, 3 }, { 92, 2 }, { 93, 2 }, { 94, 1 }, { 95, 1 },
                { 96, 0 }, { 100, 0 });
  ASSERT_EDGES (scale_2_air, spo2, { 83, 3 }, { 84, 2 }, { 85, 2 }, { 86, 1 }, { 87, 1 },
                { 88, 0 }, { 92, 0 }, { 93, 0 }, { 97, 0 }, { 100, 0 });
  ASSERT_EDGES (scale_2_oxygen, spo2, { 83, 3 }, { 84, 2 }, { 85, 2 }, { 86, 1 }, { 87, 1 },
                { 88, 0 }, { 92, 0 }, { 93, 1 }, { 94, 1 }, { 95, 2 }, { 96, 2 }, { 97, 3 },
                { 100, 3 });
  ASSERT_EDGES (normal, systolic, { 40, 3 }, { 90, 3 }, { 91, 2 }, { 100, 2 }, { 101, 1 },
                { 110, 1 }, { 111, 0 }, { 219, 0 }, { 220, 3 }, { 300, 3 });
  ASSERT_EDGES (normal, pulse, { 20, 3 }, { 40, 3 }, { 41, 1 }, { 50, 1 }, { 51, 0 }, { 90, 0 },
                { 91, 1 }, { 110, 1 }, { 111, 2 }, { 130, 2 }, { 131, 3 }, { 250, 3 });
  ASSERT_EDGES (normal, temperature, { 30, 3 }, { 35.0, 3 }, { 35.1, 1 }, { 36.0, 1 },
                { 36.1, 0 }, { 38.0, 0 }, { 38.1, 1 }, { 39.0, 1 }, { 39.1, 2 }, { 44, 2 },
                { 38.04, 0 }, { 38.05, 1 }, { 37.9 + 0.1, 0 }, { 36.2 - 0.1, 0 });
}

static void
test_news2_consciousness_and_oxygen (void)
{
  ForlopNews2Input input = normal;

  g_assert_cmpint (total (&input), ==, 0);
  for (const char *letter = "CVPU"; *letter != '\0'; letter++)
    {
      input.consciousness = *letter;
      g_assert_cmpint (total (&input), ==, 3);
    }
  input.consciousness = 'A';
  input.oxygen = TRUE;
  g_assert_cmpint (total (&input), ==, 2);

  /* The worst of everything. */
  ForlopNews2Input worst = { 25, 91, 1, TRUE, 90, 131, 'U', 35 };
  g_assert_cmpint (total (&worst), ==, 20);
}

static void
test_news2_risk_bands (void)
{
  static const struct {
    ForlopNews2Input input;
    int total;
    const char *risk;
  } rows[] = {
    { { 16, 97, 1, FALSE, 120, 70, 'A', 37.0 }, 0, "low" },
    { { 21, 94, 1, FALSE, 120, 91, 'A', 37.0 }, 4, "low" },
    { { 25, 97, 1, FALSE, 120, 70, 'A', 37.0 }, 3, "low-medium" },
    { { 25, 95, 1, FALSE, 120, 70, 'A', 37.0 }, 4, "low-medium" },
    { { 21, 95, 1, TRUE, 120, 70, 'A', 37.0 }, 5, "medium" },
    { { 25, 95, 1, FALSE, 110, 70, 'A', 37.0 }, 5, "medium" },
    { { 25, 91, 1, FALSE, 120, 70, 'A', 37.0 }, 6, "medium" },
    { { 25, 91, 1, FALSE, 110, 70, 'A', 37.0 }, 7, "high" },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ForlopNews2Score score;

      g_assert_true (forlop_news2_score (&rows[i].input, &score, NULL));
      g_assert_cmpint (score.total, ==, rows[i].total);
      g_assert_cmpstr (forlop_news2_risk_code (score.risk), ==, rows[i].risk);
    }
}

static void
assert_news2_refused (ForlopNews2Input  input,
                      const char       *word)
{
  ForlopNews2Score score = { .total = 77 };
  GError *error = NULL;

  g_assert_false (forlop_news2_score (&input, &score, &error));
  assert_refused (&error, word);
  g_assert_cmpint (score.total, ==, 77);
}

static void
test_news2_refuses_what_is_not_a_reading (void)
{
  ForlopNews2Input input;

  input = normal; input.respiration = NAN;
  assert_news2_refused (input, "respiratory rate");
  input = normal; input.respiration = 16.5;
  assert_news2_refused (input, "whole number");
  input = normal; input.spo2 = 101;
  assert_news2_refused (input, "SpO₂");
  input = normal; input.spo2 = 0;
  assert_news2_refused (input, "40 to 100");
  input = normal; input.systolic = 0;
  assert_news2_refused (input, "systolic");
  input = normal; input.pulse = -70;
  assert_news2_refused (input, "pulse");
  input = normal; input.temperature = 98.6;
  assert_news2_refused (input, "temperature");
  input = normal; input.spo2_scale = 3;
  assert_news2_refused (input, "scale");
  input = normal; input.consciousness = 'X';
  assert_news2_refused (input, "consciousness");
  input = normal; input.consciousness = '\0';
  assert_news2_refused (input, "consciousness");
}

static void
test_cat_is_a_sum (void)
{
  const int none[FORLOP_CAT_ITEMS] = { 0 };
  const int most[FORLOP_CAT_ITEMS] = { 5, 5, 5, 5, 5, 5, 5, 5 };
  const int some[FORLOP_CAT_ITEMS] = { 0, 1, 2, 3, 4, 5, 0, 1 };
  const int wrong[FORLOP_CAT_ITEMS] = { 0, 1, 6, 0, 0, 0, 0, 0 };
  const int negative[FORLOP_CAT_ITEMS] = { 0, 1, 2, 0, 0, 0, 0, -1 };
  GError *error = NULL;
  int sum = 77;

  g_assert_true (forlop_cat_score (none, &sum, NULL));
  g_assert_cmpint (sum, ==, 0);
  g_assert_true (forlop_cat_score (most, &sum, NULL));
  g_assert_cmpint (sum, ==, 40);
  g_assert_true (forlop_cat_score (some, &sum, NULL));
  g_assert_cmpint (sum, ==, 16);
  g_assert_false (forlop_cat_score (wrong, &sum, &error));
  assert_refused (&error, "answer 3");
  g_assert_false (forlop_cat_score (negative, &sum, &error));
  assert_refused (&error, "answer 8");
  g_assert_cmpint (sum, ==, 16);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/news2/band-edges", test_news2_band_edges);
  g_test_add_func ("/news2/consciousness-and-oxygen", test_news2_consciousness_and_oxygen);
  g_test_add_func ("/news2/risk-bands", test_news2_risk_bands);
  g_test_add_func ("/news2/refuses-what-is-not-a-reading",
                   test_news2_refuses_what_is_not_a_reading);
  g_test_add_func ("/cat/is-a-sum", test_cat_is_a_sum);
  return g_test_run ();
}
