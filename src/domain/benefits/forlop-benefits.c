/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-benefits.h"

#include <math.h>

#define MOST_ORIGINS 5

static const char *const fields[FORLOP_N_BENEFITS] = {
  [FORLOP_BENEFIT_VISITS] = "visits",
  [FORLOP_BENEFIT_VISIT_MINUTES] = "visit_minutes",
  [FORLOP_BENEFIT_DRIVING_MINUTES] = "driving_minutes",
  [FORLOP_BENEFIT_DRIVING_KM] = "driving_km",
  [FORLOP_BENEFIT_SKILLED_VISITS] = "skilled_visits",
  [FORLOP_BENEFIT_UNSKILLED_VISITS] = "unskilled_visits",
  [FORLOP_BENEFIT_HOSPITAL_ADMISSIONS] = "hospital_admissions",
  [FORLOP_BENEFIT_MUNICIPAL_ADMISSIONS] = "municipal_admissions",
  [FORLOP_BENEFIT_GP_CONTACTS] = "gp_contacts",
  [FORLOP_BENEFIT_EMERGENCY_CONTACTS] = "emergency_contacts",
};

/* What is known of one case of the unit. */
typedef struct {
  ForlopRecord *record;
  ForlopRecord *before;  /* the latest with numbers */
  ForlopRecord *after;
  gboolean has_cost[2];  /* without, with */
} Course;

const char *
forlop_benefit_field (ForlopBenefit benefit)
{
  g_return_val_if_fail ((int) benefit >= 0 && benefit < FORLOP_N_BENEFITS, NULL);

  return fields[benefit];
}

ForlopBenefits *
forlop_benefits_new (void)
{
  ForlopBenefits *self = g_new0 (ForlopBenefits, 1);

  self->survey = g_ptr_array_new_with_free_func (g_free);
  self->costs = g_ptr_array_new_with_free_func (g_free);
  self->origins = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
forlop_benefits_free (ForlopBenefits *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->survey);
  g_ptr_array_unref (self->costs);
  g_ptr_array_unref (self->origins);
  g_free (self);
}

static ForlopBenefitCount *
find_count (GPtrArray  *counts,
            const char *question,
            const char *answer)
{
  for (unsigned int i = 0; i < counts->len; i++)
    {
      ForlopBenefitCount *count = g_ptr_array_index (counts, i);

      if (g_str_equal (count->question, question) && g_str_equal (count->answer, answer))
        return count;
    }

  return NULL;
}

ForlopBenefitCount *
forlop_benefits_count (GPtrArray  *counts,
                       const char *question,
                       const char *answer)
{
  ForlopBenefitCount *count;

  g_return_val_if_fail (counts != NULL && question != NULL && answer != NULL, NULL);

  count = find_count (counts, question, answer);
  if (count == NULL)
    {
      count = g_new0 (ForlopBenefitCount, 1);
      count->question = g_intern_string (question);
      count->answer = g_intern_string (answer);
      g_ptr_array_add (counts, count);
    }

  return count;
}

/* Whole months of a window; what is entered without one is a month. A window from the first to the
 * last day of three months is three, whatever months they are. */
static double
window_months (ForlopRecord *baseline)
{
  ForlopDate from = forlop_record_get_date (baseline, "from_date");
  ForlopDate to = forlop_record_get_date (baseline, "to_date");

  if (from == FORLOP_DATE_NONE || to == FORLOP_DATE_NONE || to < from)
    return 1;

  return MAX (1, round ((to - from + 1) / 30.4375));
}

static double
read_number (ForlopRecord *baseline,
             int           benefit)
{
  return benefit < FORLOP_BENEFIT_FIRST_COUNT ? forlop_record_get_real (baseline, fields[benefit])
                                              : (double) forlop_record_get_integer (baseline, fields[benefit]);
}

static void
add_pair (ForlopBenefits *self,
          const Course   *course)
{
  ForlopRecord *sides[] = { course->before, course->after };
  const double months[] = { window_months (sides[0]), window_months (sides[1]) };
  double values[FORLOP_N_BENEFITS][2] = { { 0 } };

  for (int i = 0; i < FORLOP_N_BENEFITS; i++)
    {
      if (!forlop_record_has (sides[0], fields[i]) || !forlop_record_has (sides[1], fields[i]))
        continue;
      for (int side = 0; side < 2; side++)
        values[i][side] =
          read_number (sides[side], i) / (i < FORLOP_BENEFIT_FIRST_COUNT ? months[side] : 1);
      self->sums[i].before += values[i][0];
      self->sums[i].after += values[i][1];
      self->sums[i].n++;
    }

  self->n_both++;
  self->months_before += months[0];
  self->months_after += months[1];
  if (values[FORLOP_BENEFIT_SKILLED_VISITS][1] < values[FORLOP_BENEFIT_SKILLED_VISITS][0] &&
      values[FORLOP_BENEFIT_UNSKILLED_VISITS][1] > values[FORLOP_BENEFIT_UNSKILLED_VISITS][0])
    self->n_moved++;
}

static void
add_course (ForlopBenefits *self,
            const Course   *course)
{
  if (forlop_record_has (course->record, "started_on"))
    {
      gboolean is_running = forlop_record_text_is (course->record, "status", "running");

      self->n_started++;
      self->n_running += is_running ? 1 : 0;
      self->n_ended += is_running ? 0 : 1;
      self->n_baseline += course->before != NULL ? 1 : 0;
    }
  if (course->before != NULL && course->after != NULL)
    add_pair (self, course);
  if (course->has_cost[0] && course->has_cost[1])
    self->n_costs++;
}

static Course *
find_course (GHashTable   *courses,
             ForlopRecord *record)
{
  return g_hash_table_lookup (courses, forlop_record_get_text (record, "case_id"));
}

static void
add_baseline (ForlopBenefits *self,
              GHashTable     *courses,
              ForlopRecord   *baseline)
{
  Course *course = find_course (courses, baseline);
  ForlopRecord **latest;

  if (course == NULL)
    return;
  if (forlop_record_has (baseline, "origin"))
    forlop_benefits_count (self->origins, "origin", forlop_record_get_text (baseline, "origin"))->n++;
  if (forlop_record_has (baseline, "missing_reason"))
    return;
  latest = forlop_record_text_is (baseline, "period", "before") ? &course->before : &course->after;
  if (*latest == NULL || g_strcmp0 (forlop_record_get_id (*latest), forlop_record_get_id (baseline)) < 0)
    *latest = baseline;
}

static void
add_answer (ForlopBenefits *self,
            GHashTable     *courses,
            ForlopRecord   *answer)
{
  static const char *const questions[] = { "safety", "admissions", "plan_use", "satisfaction" };

  if (find_course (courses, answer) == NULL)
    return;
  self->n_surveys++;
  for (unsigned int i = 0; i < G_N_ELEMENTS (questions); i++)
    if (forlop_record_has (answer, questions[i]))
      forlop_benefits_count (self->survey, questions[i], forlop_record_get_text (answer, questions[i]))->n++;
}

/* Of those of whom both periods are entered: anything else would compare different people. */
static void
add_costs (ForlopBenefits *self,
           GHashTable     *courses,
           GPtrArray      *costs)
{
  for (unsigned int i = 0; i < costs->len; i++)
    {
      ForlopRecord *cost = g_ptr_array_index (costs, i);
      Course *course = find_course (courses, cost);
      ForlopBenefitCount *count;

      if (course == NULL || !course->has_cost[0] || !course->has_cost[1])
        continue;
      count = forlop_benefits_count (self->costs, forlop_record_get_text (cost, "period"),
                                     forlop_record_get_text (cost, "kind"));
      count->n++;
      count->amount += forlop_record_get_real (cost, "amount");
    }
}

static int
compare_origins (gconstpointer a,
                 gconstpointer b)
{
  const ForlopBenefitCount *first = *(const ForlopBenefitCount *const *) a;
  const ForlopBenefitCount *second = *(const ForlopBenefitCount *const *) b;

  if (first->n != second->n)
    return first->n > second->n ? -1 : 1;

  return g_strcmp0 (first->answer, second->answer);
}

static GHashTable *
list_courses (GPtrArray  *cases,
              const char *unit_id)
{
  GHashTable *courses = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (unsigned int i = 0; i < cases->len; i++)
    {
      ForlopRecord *record = g_ptr_array_index (cases, i);
      Course *course;

      if (unit_id != NULL && !forlop_record_text_is (record, "unit_id", unit_id))
        continue;
      course = g_new0 (Course, 1);
      course->record = record;
      g_hash_table_insert (courses, (gpointer) forlop_record_get_id (record), course);
    }

  return courses;
}

ForlopBenefits *
forlop_benefits_sum (const ForlopBenefitRecords *records,
                     const char                 *unit_id)
{
  g_autoptr (GHashTable) courses = NULL;
  ForlopBenefits *self;

  g_return_val_if_fail (records != NULL, NULL);

  self = forlop_benefits_new ();
  courses = list_courses (records->cases, unit_id);
  for (unsigned int i = 0; i < records->baselines->len; i++)
    add_baseline (self, courses, g_ptr_array_index (records->baselines, i));
  for (unsigned int i = 0; i < records->costs->len; i++)
    {
      ForlopRecord *cost = g_ptr_array_index (records->costs, i);
      Course *course = find_course (courses, cost);

      if (course != NULL)
        course->has_cost[forlop_record_text_is (cost, "period", "with") ? 1 : 0] = TRUE;
    }
  for (unsigned int i = 0; i < records->answers->len; i++)
    add_answer (self, courses, g_ptr_array_index (records->answers, i));
  for (unsigned int i = 0; i < records->cases->len; i++)
    {
      ForlopRecord *record = g_ptr_array_index (records->cases, i);
      const Course *course = g_hash_table_lookup (courses, forlop_record_get_id (record));

      if (course != NULL)
        add_course (self, course);
    }
  add_costs (self, courses, records->costs);

  g_ptr_array_sort (self->origins, compare_origins);
  if (self->origins->len > MOST_ORIGINS)
    g_ptr_array_set_size (self->origins, MOST_ORIGINS);
  if (self->n_both > 0)
    {
      self->months_before /= self->n_both;
      self->months_after /= self->n_both;
    }

  return self;
}

unsigned int
forlop_benefits_survey (const ForlopBenefits *self,
                        const char           *question,
                        const char           *answer)
{
  const ForlopBenefitCount *count;

  g_return_val_if_fail (self != NULL, 0);

  count = find_count (self->survey, question, answer);

  return count != NULL ? count->n : 0;
}

/**
 * forlop_benefits_cost:
 * @period: "without" or "with".
 * @kind: (nullable): code of a kind; %NULL for the sum of all.
 *
 * Returns: NOK per month.
 */
double
forlop_benefits_cost (const ForlopBenefits *self,
                      const char           *period,
                      const char           *kind)
{
  double sum = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (period != NULL, 0);

  for (unsigned int i = 0; i < self->costs->len; i++)
    {
      const ForlopBenefitCount *count = g_ptr_array_index (self->costs, i);

      if (g_str_equal (count->question, period) &&
          (kind == NULL || g_str_equal (count->answer, kind)))
        sum += count->amount;
    }

  return sum;
}
