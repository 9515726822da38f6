/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-figures.h"

#include "forlop-figures-private.h"
#include "forlop-id.h"

/* Longer than the annual wheel looks back. */
#define HELD_DAYS 220

/* Under which the whole municipality's id is derived. */
#define WHOLE "00000000-0000-8000-8000-000000000003"

/* A unit, or the whole where @unit_id is NULL. */
typedef struct {
  char *unit_id;
  ForlopFigures *figures;
} Part;

static void
part_free (gpointer data)
{
  Part *self = data;

  g_free (self->unit_id);
  g_clear_pointer (&self->figures, forlop_figures_free);
  g_free (self);
}

char *
forlop_figures_dup_id (const char *unit_id)
{
  return forlop_id_derive (unit_id != NULL ? unit_id : WHOLE, "figures");
}

ForlopFigures *
forlop_figures_new (void)
{
  ForlopFigures *self = g_new0 (ForlopFigures, 1);

  self->cases = g_ptr_array_new_with_free_func (g_free);
  self->due = g_array_new (FALSE, FALSE, sizeof (ForlopFigureDay));
  self->held = g_array_new (FALSE, FALSE, sizeof (ForlopFigureDay));

  return self;
}

void
forlop_figures_free (ForlopFigures *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->benefits, forlop_benefits_free);
  g_ptr_array_unref (self->cases);
  g_array_unref (self->due);
  g_array_unref (self->held);
  g_free (self);
}

void
forlop_figures_add_day (GArray       *days,
                        ForlopDate    date,
                        unsigned int  n)
{
  ForlopFigureDay day = { date, n };

  for (unsigned int i = 0; i < days->len; i++)
    {
      ForlopFigureDay *present = &g_array_index (days, ForlopFigureDay, i);

      if (present->date == date)
        {
          present->n += n;
          return;
        }
    }
  g_array_append_val (days, day);
}

static int
compare_days (gconstpointer a,
              gconstpointer b)
{
  return ((const ForlopFigureDay *) a)->date - ((const ForlopFigureDay *) b)->date;
}

gboolean
forlop_figures_is_of_unit (ForlopRecord *the_case,
                           const char   *unit_id)
{
  return unit_id == NULL || forlop_record_text_is (the_case, "unit_id", unit_id) ||
         forlop_record_text_is (the_case, "follow_up_unit_id", unit_id);
}

static void
count_cases (ForlopFigures *self,
             GPtrArray     *cases,
             const char    *unit_id)
{
  for (unsigned int i = 0; i < cases->len; i++)
    {
      ForlopRecord *the_case = g_ptr_array_index (cases, i);

      if (!forlop_figures_is_of_unit (the_case, unit_id))
        continue;
      forlop_benefits_count (self->cases, "status", forlop_record_get_text (the_case, "status"))->n++;
      if (forlop_record_text_is (the_case, "status", "running") && forlop_record_has (the_case, "next_evaluation_on"))
        forlop_figures_add_day (self->due, forlop_record_get_date (the_case, "next_evaluation_on"), 1);
    }
}

static void
count_held (ForlopFigures *self,
            GHashTable    *cases,
            GPtrArray     *evaluations,
            const char    *unit_id)
{
  for (unsigned int i = 0; i < evaluations->len; i++)
    {
      ForlopRecord *evaluation = g_ptr_array_index (evaluations, i);
      ForlopRecord *the_case = g_hash_table_lookup (cases, forlop_record_get_text (evaluation, "case_id"));
      ForlopDate held_on = forlop_record_get_date (evaluation, "held_on");

      if (the_case != NULL && forlop_figures_is_of_unit (the_case, unit_id) && held_on >= self->made_on - HELD_DAYS)
        forlop_figures_add_day (self->held, held_on, 1);
    }
}

static Part *
make_part (const ForlopFigureSource *source,
           GHashTable               *cases,
           const char               *unit_id,
           ForlopDate                today)
{
  Part *part = g_new0 (Part, 1);
  ForlopFigures *figures = forlop_figures_new ();

  part->unit_id = g_strdup (unit_id);
  part->figures = figures;
  figures->made_on = today;
  figures->benefits = forlop_benefits_sum (&source->records, unit_id);
  /* Free text: a name could stand in it. */
  g_ptr_array_set_size (figures->benefits->origins, 0);
  count_cases (figures, source->records.cases, unit_id);
  count_held (figures, cases, source->evaluations, unit_id);
  forlop_figures_count_alarms (&figures->alarms, source->alerts, cases, unit_id, today);
  g_array_sort (figures->due, compare_days);
  g_array_sort (figures->held, compare_days);

  return part;
}

/* The numbers of people that a figure may rest on: the sums, the pairs, the costs, the survey, the alerts. */
#define N_KINDS (FORLOP_N_BENEFITS + 4)

static unsigned int
get_people (const Part   *part,
            unsigned int  kind)
{
  const ForlopBenefits *benefits = part->figures->benefits;

  switch (kind)
    {
    case FORLOP_N_BENEFITS:
      return benefits->n_both;
    case FORLOP_N_BENEFITS + 1:
      return benefits->n_costs;
    case FORLOP_N_BENEFITS + 2:
      return benefits->n_surveys;
    case FORLOP_N_BENEFITS + 3:
      return part->figures->alarms.n_people;
    default:
      return benefits->sums[kind].n;
    }
}

static void
withhold (Part         *part,
          unsigned int  kind)
{
  ForlopBenefits *benefits = part->figures->benefits;

  switch (kind)
    {
    case FORLOP_N_BENEFITS:
      benefits->n_moved = 0;
      benefits->months_before = benefits->months_after = 0;
      benefits->are_pairs_withheld = TRUE;
      return;
    case FORLOP_N_BENEFITS + 1:
      g_ptr_array_set_size (benefits->costs, 0);
      benefits->n_costs = 0;
      benefits->are_costs_withheld = TRUE;
      return;
    case FORLOP_N_BENEFITS + 2:
      g_ptr_array_set_size (benefits->survey, 0);
      benefits->n_surveys = 0;
      benefits->is_survey_withheld = TRUE;
      return;
    case FORLOP_N_BENEFITS + 3:
      part->figures->alarms = (ForlopFigureAlarms) { .is_withheld = TRUE };
      return;
    default:
      benefits->sums[kind] = (ForlopBenefitSum) { .is_withheld = TRUE };
    }
}

static gboolean
is_few (unsigned int n)
{
  return n > 0 && n < FORLOP_BENEFITS_FEWEST;
}

/* The first part is the whole. What is not told of the units can be worked out together, as the rest of the
 * whole; when they are few, the smallest that would be told is withheld with them. */
static void
withhold_few (GPtrArray    *parts,
              unsigned int  kind)
{
  unsigned int hidden = get_people (g_ptr_array_index (parts, 0), kind);
  Part *smallest = NULL;

  for (unsigned int i = 1; i < parts->len; i++)
    {
      Part *part = g_ptr_array_index (parts, i);
      unsigned int n = get_people (part, kind);

      if (is_few (n) || n == 0)
        continue;
      hidden -= n;
      if (smallest == NULL || n < get_people (smallest, kind))
        smallest = part;
    }
  if (smallest != NULL && is_few (hidden))
    withhold (smallest, kind);
  for (unsigned int i = 0; i < parts->len; i++)
    if (is_few (get_people (g_ptr_array_index (parts, i), kind)))
      withhold (g_ptr_array_index (parts, i), kind);
}

static void
add_unit (GHashTable   *units,
          ForlopRecord *the_case,
          const char   *field)
{
  if (forlop_record_has (the_case, field))
    g_hash_table_add (units, (gpointer) forlop_record_get_text (the_case, field));
}

GPtrArray *
forlop_figures_make (const ForlopFigureSource *source,
                     ForlopDate                today)
{
  g_autoptr (GHashTable) cases = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) units = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (part_free);
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer unit_id;

  g_return_val_if_fail (source != NULL, records);

  for (unsigned int i = 0; i < source->records.cases->len; i++)
    {
      ForlopRecord *the_case = g_ptr_array_index (source->records.cases, i);

      g_hash_table_insert (cases, (gpointer) forlop_record_get_id (the_case), the_case);
      add_unit (units, the_case, "unit_id");
      add_unit (units, the_case, "follow_up_unit_id");
    }
  g_ptr_array_add (parts, make_part (source, cases, NULL, today));
  g_hash_table_iter_init (&iter, units);
  while (g_hash_table_iter_next (&iter, &unit_id, NULL))
    g_ptr_array_add (parts, make_part (source, cases, unit_id, today));
  for (unsigned int kind = 0; kind < N_KINDS; kind++)
    withhold_few (parts, kind);

  for (unsigned int i = 0; i < parts->len; i++)
    {
      const Part *part = g_ptr_array_index (parts, i);

      g_ptr_array_add (records, forlop_figures_write (part->figures, part->unit_id));
    }

  return records;
}
