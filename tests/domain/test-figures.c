/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-figures.h"

#define NORTH "01980000-0000-7000-8000-0000000000a1"
#define SOUTH "01980000-0000-7000-8000-0000000000a2"
#define EAST "01980000-0000-7000-8000-0000000000a3"

typedef struct {
  ForlopFigureSource source;
  unsigned int n;
} Town;

static char *
next_id (Town *self)
{
  return g_strdup_printf ("01980000-0000-7000-8000-%012u", ++self->n);
}

static Town *
new_town (void)
{
  Town *self = g_new0 (Town, 1);
  GPtrArray **lists[] = {
    &self->source.records.cases, &self->source.records.baselines, &self->source.records.costs,
    &self->source.records.answers, &self->source.evaluations, &self->source.alerts,
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (lists); i++)
    *lists[i] = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

static void
town_free (Town *self)
{
  g_ptr_array_unref (self->source.records.cases);
  g_ptr_array_unref (self->source.records.baselines);
  g_ptr_array_unref (self->source.records.costs);
  g_ptr_array_unref (self->source.records.answers);
  g_ptr_array_unref (self->source.evaluations);
  g_ptr_array_unref (self->source.alerts);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Town, town_free)

static ForlopRecord *
add (Town       *self,
     GPtrArray  *list,
     const char *type,
     const char *case_id)
{
  g_autofree char *id = next_id (self);
  ForlopRecord *record = forlop_record_new (forlop_record_type_find (type), id);

  if (case_id != NULL)
    forlop_record_set_text (record, "case_id", case_id);
  g_ptr_array_add (list, record);

  return record;
}

/* @n services of @unit_id that went from ten visits a month to two. */
static void
add_services (Town         *self,
              const char   *unit_id,
              unsigned int  n)
{
  static const char *const periods[] = { "before", "after" };

  for (unsigned int i = 0; i < n; i++)
    {
      ForlopRecord *the_case = add (self, self->source.records.cases, "case", NULL);
      const char *id = forlop_record_get_id (the_case);

      forlop_record_set_text (the_case, "status", "running");
      forlop_record_set_text (the_case, "unit_id", unit_id);
      forlop_record_set_date (the_case, "started_on", 20000);
      forlop_record_set_date (the_case, "next_evaluation_on", 20500);
      for (unsigned int side = 0; side < G_N_ELEMENTS (periods); side++)
        {
          ForlopRecord *baseline = add (self, self->source.records.baselines, "baseline", id);

          forlop_record_set_text (baseline, "period", periods[side]);
          forlop_record_set_real (baseline, "visits", side == 0 ? 10 : 2);
          forlop_record_set_text (baseline, "origin", "Liv Haug, datter");
        }
      forlop_record_set_date (add (self, self->source.evaluations, "evaluation", id), "held_on", 20400);
    }
}

/* @unit_id: (nullable): for the whole. */
static ForlopFigures *
figures_of (Town       *self,
            const char *unit_id)
{
  g_autoptr (GPtrArray) records = forlop_figures_make (&self->source, 20450);
  g_autofree char *id = forlop_figures_dup_id (unit_id);

  for (unsigned int i = 0; i < records->len; i++)
    {
      ForlopRecord *record = g_ptr_array_index (records, i);

      g_assert_null (strstr (forlop_record_get_text (record, "contents"), "Haug"));
      if (g_str_equal (forlop_record_get_id (record), id))
        {
          g_autoptr (GError) error = NULL;
          ForlopFigures *figures = forlop_figures_read (record, &error);

          g_assert_no_error (error);
          return figures;
        }
    }

  return NULL;
}

static void
assert_told (Town       *self,
             const char *unit_id,
             gboolean    is_told,
             double      visits)
{
  g_autoptr (ForlopFigures) figures = figures_of (self, unit_id);
  const ForlopBenefitSum *sum = &figures->benefits->sums[FORLOP_BENEFIT_VISITS];

  g_assert_cmpint (sum->is_withheld, ==, !is_told);
  g_assert_cmpint (figures->benefits->are_pairs_withheld, ==, !is_told);
  g_assert_cmpfloat (sum->before, ==, is_told ? visits : 0);
}

static void
test_figures_are_counted_and_read_back (void)
{
  g_autoptr (Town) town = new_town ();
  g_autoptr (ForlopFigures) figures = NULL;

  add_services (town, NORTH, 6);
  figures = figures_of (town, NORTH);
  g_assert_cmpint (figures->made_on, ==, 20450);
  g_assert_cmpuint (figures->benefits->n_started, ==, 6);
  g_assert_cmpfloat (figures->benefits->sums[FORLOP_BENEFIT_VISITS].before, ==, 60);
  g_assert_cmpfloat (figures->benefits->sums[FORLOP_BENEFIT_VISITS].after, ==, 12);
  g_assert_cmpuint (figures->benefits->sums[FORLOP_BENEFIT_VISITS].n, ==, 6);
  g_assert_cmpuint (figures->benefits->sums[FORLOP_BENEFIT_GP_CONTACTS].n, ==, 0);
  g_assert_false (figures->benefits->sums[FORLOP_BENEFIT_GP_CONTACTS].is_withheld);
  g_assert_cmpuint (figures->cases->len, ==, 1);
  g_assert_cmpuint (figures->due->len, ==, 1);
  g_assert_cmpuint (g_array_index (figures->due, ForlopFigureDay, 0).n, ==, 6);
  g_assert_cmpint (g_array_index (figures->held, ForlopFigureDay, 0).date, ==, 20400);
}

static void
test_few_people_are_no_figure (void)
{
  g_autoptr (Town) town = new_town ();
  g_autoptr (ForlopFigures) figures = NULL;

  add_services (town, NORTH, 4);
  assert_told (town, NORTH, FALSE, 0);
  assert_told (town, NULL, FALSE, 0);
  /* How many there are is not about any of them. */
  figures = figures_of (town, NORTH);
  g_assert_cmpuint (figures->benefits->n_started, ==, 4);
  add_services (town, NORTH, 1);
  assert_told (town, NORTH, TRUE, 50);
}

/* Ten in all and seven in the north would tell of the three in the south. */
static void
test_the_rest_of_the_whole_is_withheld_too (void)
{
  g_autoptr (Town) town = new_town ();

  add_services (town, NORTH, 7);
  add_services (town, SOUTH, 3);
  assert_told (town, NULL, TRUE, 100);
  assert_told (town, SOUTH, FALSE, 0);
  assert_told (town, NORTH, FALSE, 0);
  /* With two that are withheld together, nobody can tell them apart. */
  add_services (town, EAST, 4);
  assert_told (town, NORTH, TRUE, 70);
  assert_told (town, EAST, FALSE, 0);
}

/* One alert each for @n people of @unit_id, taken after so many minutes as there are before it. */
static void
add_alerts (Town         *self,
            const char   *unit_id,
            unsigned int  n)
{
  gint64 raised_at = forlop_instant_from_wall (20440, 600);

  for (unsigned int i = 0; i < n; i++)
    {
      ForlopRecord *the_case = add (self, self->source.records.cases, "case", NULL);
      g_autofree char *citizen_id = next_id (self);
      ForlopRecord *alert, *early;

      forlop_record_set_text (the_case, "unit_id", unit_id);
      forlop_record_set_text (the_case, "status", "running");
      forlop_record_set_text (the_case, "citizen_id", citizen_id);
      alert = add (self, self->source.alerts, "alert", forlop_record_get_id (the_case));
      forlop_record_set_text (alert, "severity", i == 0 ? "red" : "yellow");
      forlop_record_set_text (alert, "status", i == 0 ? "new" : i == 1 ? "ignored" : "handled");
      forlop_record_set_instant (alert, "raised_at", raised_at);
      if (i > 0)
        forlop_record_set_instant (alert, i == 1 ? "handled_at" : "taken_at", raised_at + i * FORLOP_MINUTE);
      early = add (self, self->source.alerts, "alert", forlop_record_get_id (the_case));
      forlop_record_set_text (early, "status", "handled");
      forlop_record_set_instant (early, "raised_at", raised_at - 60 * FORLOP_DAY);
    }
}

static void
test_alerts_and_how_long_they_waited_are_counted (void)
{
  g_autoptr (Town) town = new_town ();
  g_autoptr (ForlopFigures) north = NULL;
  g_autoptr (ForlopFigures) south = NULL;

  add_alerts (town, NORTH, 11);
  add_alerts (town, SOUTH, 4);
  north = figures_of (town, NORTH);
  south = figures_of (town, SOUTH);
  /* What is withheld of the south would follow from the whole, if the north were told. */
  g_assert_true (south->alarms.is_withheld);
  g_assert_true (north->alarms.is_withheld);
  g_assert_cmpuint (south->alarms.n, ==, 0);

  add_alerts (town, SOUTH, 2);
  g_clear_pointer (&north, forlop_figures_free);
  north = figures_of (town, NORTH);
  g_assert_false (north->alarms.is_withheld);
  g_assert_cmpuint (north->alarms.n, ==, 11);
  g_assert_cmpuint (north->alarms.n_red, ==, 1);
  g_assert_cmpuint (north->alarms.n_open, ==, 1);
  g_assert_cmpuint (north->alarms.n_aside, ==, 1);
  g_assert_cmpuint (north->alarms.n_handled, ==, 9);
  g_assert_cmpuint (north->alarms.n_people, ==, 11);
  g_assert_cmpuint (north->alarms.n_taken, ==, 10);
  g_assert_cmpint (north->alarms.half, ==, 5 * FORLOP_MINUTE);
  g_assert_cmpint (north->alarms.most, ==, 9 * FORLOP_MINUTE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/figures/are-counted-and-read-back", test_figures_are_counted_and_read_back);
  g_test_add_func ("/figures/alerts-and-how-long-they-waited-are-counted",
                   test_alerts_and_how_long_they_waited_are_counted);
  g_test_add_func ("/figures/few-people-are-no-figure", test_few_people_are_no_figure);
  g_test_add_func ("/figures/the-rest-of-the-whole-is-withheld-too", test_the_rest_of_the_whole_is_withheld_too);

  return g_test_run ();
}
