/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-figures-private.h"

#include "forlop-json.h"

/* The figures as they stand in a record: {"cases":{status:n}, "due":{date:n}, "held":{date:n}, "alerts":{…},
 * "benefits":{…}}. A sum is [before, after, people]; what is withheld is null. */

typedef yyjson_mut_doc Doc;
typedef yyjson_mut_val Val;

/* Counts as {question:{answer:n}}, or of one question as {answer:n}. */
static Val *
counts_to_json (GPtrArray  *counts,
                const char *question,
                gboolean    amounts,
                Doc        *doc)
{
  Val *object = yyjson_mut_obj (doc);

  for (unsigned int i = 0; i < counts->len; i++)
    {
      const ForlopBenefitCount *count = g_ptr_array_index (counts, i);

      if (!g_str_equal (count->question, question))
        continue;
      if (amounts)
        yyjson_mut_obj_add_real (doc, object, count->answer, count->amount);
      else
        yyjson_mut_obj_add_uint (doc, object, count->answer, count->n);
    }

  return object;
}

static Val *
days_to_json (GArray *days,
              Doc    *doc)
{
  Val *object = yyjson_mut_obj (doc);

  for (unsigned int i = 0; i < days->len; i++)
    {
      const ForlopFigureDay *day = &g_array_index (days, ForlopFigureDay, i);
      g_autofree char *date = forlop_date_to_iso (day->date);

      yyjson_mut_obj_add (object, yyjson_mut_strcpy (doc, date), yyjson_mut_uint (doc, day->n));
    }

  return object;
}

static Val *
sums_to_json (const ForlopBenefits *self,
              Doc                  *doc)
{
  Val *object = yyjson_mut_obj (doc);

  for (int i = 0; i < FORLOP_N_BENEFITS; i++)
    {
      const ForlopBenefitSum *sum = &self->sums[i];
      Val *triple = sum->is_withheld ? yyjson_mut_null (doc) : yyjson_mut_arr (doc);

      if (!sum->is_withheld)
        {
          yyjson_mut_arr_add_real (doc, triple, sum->before);
          yyjson_mut_arr_add_real (doc, triple, sum->after);
          yyjson_mut_arr_add_uint (doc, triple, sum->n);
        }
      yyjson_mut_obj_add_val (doc, object, forlop_benefit_field ((ForlopBenefit) i), triple);
    }

  return object;
}

static Val *
pairs_to_json (const ForlopBenefits *self,
               Doc                  *doc)
{
  Val *object;

  if (self->are_pairs_withheld)
    return yyjson_mut_null (doc);
  object = yyjson_mut_obj (doc);
  yyjson_mut_obj_add_uint (doc, object, "moved", self->n_moved);
  yyjson_mut_obj_add_real (doc, object, "months_before", self->months_before);
  yyjson_mut_obj_add_real (doc, object, "months_after", self->months_after);

  return object;
}

static Val *
costs_to_json (const ForlopBenefits *self,
               Doc                  *doc)
{
  Val *object;

  if (self->are_costs_withheld)
    return yyjson_mut_null (doc);
  object = yyjson_mut_obj (doc);
  yyjson_mut_obj_add_uint (doc, object, "people", self->n_costs);
  yyjson_mut_obj_add_val (doc, object, "without", counts_to_json (self->costs, "without", TRUE, doc));
  yyjson_mut_obj_add_val (doc, object, "with", counts_to_json (self->costs, "with", TRUE, doc));

  return object;
}

static const char *const questions[] = { "safety", "admissions", "plan_use", "satisfaction" };

static Val *
survey_to_json (const ForlopBenefits *self,
                Doc                  *doc)
{
  Val *object;

  if (self->is_survey_withheld)
    return yyjson_mut_null (doc);
  object = yyjson_mut_obj (doc);
  yyjson_mut_obj_add_uint (doc, object, "people", self->n_surveys);
  for (unsigned int i = 0; i < G_N_ELEMENTS (questions); i++)
    yyjson_mut_obj_add_val (doc, object, questions[i], counts_to_json (self->survey, questions[i], FALSE, doc));

  return object;
}

static Val *
benefits_to_json (const ForlopBenefits *self,
                  Doc                  *doc)
{
  Val *object = yyjson_mut_obj (doc);

  yyjson_mut_obj_add_uint (doc, object, "started", self->n_started);
  yyjson_mut_obj_add_uint (doc, object, "running", self->n_running);
  yyjson_mut_obj_add_uint (doc, object, "ended", self->n_ended);
  yyjson_mut_obj_add_uint (doc, object, "baseline", self->n_baseline);
  yyjson_mut_obj_add_uint (doc, object, "both", self->n_both);
  yyjson_mut_obj_add_val (doc, object, "pairs", pairs_to_json (self, doc));
  yyjson_mut_obj_add_val (doc, object, "sums", sums_to_json (self, doc));
  yyjson_mut_obj_add_val (doc, object, "costs", costs_to_json (self, doc));
  yyjson_mut_obj_add_val (doc, object, "survey", survey_to_json (self, doc));

  return object;
}

/* Times are milliseconds. */
static Val *
alarms_to_json (const ForlopFigureAlarms *self,
                Doc                      *doc)
{
  Val *object;

  if (self->is_withheld)
    return yyjson_mut_null (doc);
  object = yyjson_mut_obj (doc);
  yyjson_mut_obj_add_uint (doc, object, "all", self->n);
  yyjson_mut_obj_add_uint (doc, object, "red", self->n_red);
  yyjson_mut_obj_add_uint (doc, object, "handled", self->n_handled);
  yyjson_mut_obj_add_uint (doc, object, "aside", self->n_aside);
  yyjson_mut_obj_add_uint (doc, object, "open", self->n_open);
  yyjson_mut_obj_add_uint (doc, object, "people", self->n_people);
  yyjson_mut_obj_add_uint (doc, object, "taken", self->n_taken);
  yyjson_mut_obj_add_sint (doc, object, "half", self->half);
  yyjson_mut_obj_add_sint (doc, object, "most", self->most);

  return object;
}

ForlopRecord *
forlop_figures_write (const ForlopFigures *self,
                      const char          *unit_id)
{
  g_autofree char *id = forlop_figures_dup_id (unit_id);
  ForlopRecord *record = forlop_record_new (forlop_record_type_find ("figures"), id);
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  Val *root = yyjson_mut_obj (doc);
  g_autofree char *text = NULL;

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_val (doc, root, "cases", counts_to_json (self->cases, "status", FALSE, doc));
  yyjson_mut_obj_add_val (doc, root, "due", days_to_json (self->due, doc));
  yyjson_mut_obj_add_val (doc, root, "held", days_to_json (self->held, doc));
  yyjson_mut_obj_add_val (doc, root, "alerts", alarms_to_json (&self->alarms, doc));
  yyjson_mut_obj_add_val (doc, root, "benefits", benefits_to_json (self->benefits, doc));
  text = forlop_json_write (doc, FALSE);
  if (unit_id != NULL)
    forlop_record_set_text (record, "unit_id", unit_id);
  forlop_record_set_date (record, "made_on", self->made_on);
  forlop_record_set_text (record, "contents", text);

  return record;
}

static unsigned int
read_count (yyjson_val *object,
            const char *key)
{
  return (unsigned int) yyjson_get_uint (yyjson_obj_get (object, key));
}

static void
read_counts (GPtrArray  *counts,
             const char *question,
             yyjson_val *object)
{
  yyjson_obj_iter iter = yyjson_obj_iter_with (object);
  yyjson_val *key;

  while ((key = yyjson_obj_iter_next (&iter)) != NULL)
    {
      yyjson_val *value = yyjson_obj_iter_get_val (key);
      ForlopBenefitCount *count = forlop_benefits_count (counts, question, yyjson_get_str (key));

      count->n = (unsigned int) yyjson_get_uint (value);
      count->amount = yyjson_get_num (value);
    }
}

static void
read_days (GArray     *days,
           yyjson_val *object)
{
  yyjson_obj_iter iter = yyjson_obj_iter_with (object);
  yyjson_val *key;

  while ((key = yyjson_obj_iter_next (&iter)) != NULL)
    {
      ForlopDate date;

      if (forlop_date_from_iso (yyjson_get_str (key), &date))
        forlop_figures_add_day (days, date, (unsigned int) yyjson_get_uint (yyjson_obj_iter_get_val (key)));
    }
}

static void
read_sums (ForlopBenefits *self,
           yyjson_val     *object)
{
  for (int i = 0; i < FORLOP_N_BENEFITS; i++)
    {
      yyjson_val *triple = yyjson_obj_get (object, forlop_benefit_field ((ForlopBenefit) i));

      self->sums[i].is_withheld = yyjson_is_null (triple);
      self->sums[i].before = yyjson_get_num (yyjson_arr_get (triple, 0));
      self->sums[i].after = yyjson_get_num (yyjson_arr_get (triple, 1));
      self->sums[i].n = (unsigned int) yyjson_get_uint (yyjson_arr_get (triple, 2));
    }
}

static ForlopBenefits *
read_benefits (yyjson_val *object)
{
  ForlopBenefits *self = forlop_benefits_new ();
  yyjson_val *pairs = yyjson_obj_get (object, "pairs");
  yyjson_val *costs = yyjson_obj_get (object, "costs");
  yyjson_val *survey = yyjson_obj_get (object, "survey");

  self->n_started = read_count (object, "started");
  self->n_running = read_count (object, "running");
  self->n_ended = read_count (object, "ended");
  self->n_baseline = read_count (object, "baseline");
  self->n_both = read_count (object, "both");
  self->are_pairs_withheld = yyjson_is_null (pairs);
  self->n_moved = read_count (pairs, "moved");
  self->months_before = yyjson_get_num (yyjson_obj_get (pairs, "months_before"));
  self->months_after = yyjson_get_num (yyjson_obj_get (pairs, "months_after"));
  read_sums (self, yyjson_obj_get (object, "sums"));
  self->are_costs_withheld = yyjson_is_null (costs);
  self->n_costs = read_count (costs, "people");
  read_counts (self->costs, "without", yyjson_obj_get (costs, "without"));
  read_counts (self->costs, "with", yyjson_obj_get (costs, "with"));
  self->is_survey_withheld = yyjson_is_null (survey);
  self->n_surveys = read_count (survey, "people");
  for (unsigned int i = 0; i < G_N_ELEMENTS (questions); i++)
    read_counts (self->survey, questions[i], yyjson_obj_get (survey, questions[i]));

  return self;
}

static void
read_alarms (ForlopFigureAlarms *self,
             yyjson_val         *object)
{
  *self = (ForlopFigureAlarms) {
    .n = read_count (object, "all"), .n_red = read_count (object, "red"), .n_handled = read_count (object, "handled"),
    .n_aside = read_count (object, "aside"), .n_open = read_count (object, "open"),
    .n_people = read_count (object, "people"), .n_taken = read_count (object, "taken"),
    .half = yyjson_get_sint (yyjson_obj_get (object, "half")), .most = yyjson_get_sint (yyjson_obj_get (object, "most")),
    .is_withheld = yyjson_is_null (object),
  };
}

ForlopFigures *
forlop_figures_read (ForlopRecord  *record,
                     GError       **error)
{
  g_autoptr (yyjson_doc) doc = NULL;
  ForlopFigures *self;
  yyjson_val *root;

  g_return_val_if_fail (FORLOP_IS_RECORD (record), NULL);

  doc = forlop_json_parse (forlop_record_get_text (record, "contents"), -1, error);
  if (doc == NULL)
    return NULL;
  root = yyjson_doc_get_root (doc);
  self = forlop_figures_new ();
  self->made_on = forlop_record_get_date (record, "made_on");
  read_counts (self->cases, "status", yyjson_obj_get (root, "cases"));
  read_days (self->due, yyjson_obj_get (root, "due"));
  read_days (self->held, yyjson_obj_get (root, "held"));
  read_alarms (&self->alarms, yyjson_obj_get (root, "alerts"));
  self->benefits = read_benefits (yyjson_obj_get (root, "benefits"));

  return self;
}
