/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-fhir-build-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-json.h"
#include "forlop-plan-records.h"

/* A version of a self-treatment plan: its limits as contained Goals, one for each colour, and what is to be
 * measured as its activities. */

const char *
forlop_fhir_plan_status (ForlopRecord *care_plan)
{
  static const struct { const char *ours; const char *theirs; } all[] = {
    { "in_force", "active" }, { "superseded", "completed" }, { "discarded", "revoked" },
  };

  g_return_val_if_fail (care_plan != NULL, NULL);

  for (unsigned int i = 0; i < G_N_ELEMENTS (all); i++)
    if (forlop_record_text_is (care_plan, "status", all[i].ours))
      return all[i].theirs;

  return "draft";
}

/* The bounds of one colour of a limit. */
typedef struct {
  const char *colour;
  const char *low;
  const char *high;
  const char *text;
} Band;

static const Band bands[] = {
  { "red", "red_low", "red_high", N_("Red is outside this range") },
  { "yellow", "yellow_low", "yellow_high", N_("Yellow is outside this range") },
};

static void
append_goal (yyjson_mut_doc *doc,
             yyjson_mut_val *contained,
             yyjson_mut_val *goals,
             ForlopRecord   *limit,
             const Band     *band,
             const char     *citizen_id)
{
  ForlopMeasure measure = forlop_fhir_measure_of (limit);
  g_autofree char *id = g_strdelimit (g_strdup_printf ("%s-%s", forlop_measure_code (measure), band->colour), "_", '-');
  g_autofree char *reference = g_strconcat ("#", id, NULL);
  yyjson_mut_val *goal, *target, *range;

  if (!forlop_record_has (limit, band->low) && !forlop_record_has (limit, band->high))
    return;
  goal = forlop_fhir_resource_begin (doc, "Goal", id, NULL, NULL);
  yyjson_mut_arr_append (contained, goal);
  yyjson_mut_obj_add_str (doc, goal, "lifecycleStatus", "active");
  forlop_json_add_text (doc, forlop_fhir_add_object (doc, goal, "description"), "text", _(band->text));
  forlop_fhir_add_reference (doc, goal, "subject", "Patient", citizen_id);
  target = forlop_fhir_append_object (doc, forlop_fhir_add_array (doc, goal, "target"));
  forlop_fhir_add_measure (doc, target, "measure", measure);
  range = forlop_fhir_add_object (doc, target, "detailRange");
  if (forlop_record_has (limit, band->low))
    forlop_fhir_add_quantity (doc, range, "low", measure, forlop_record_get_real (limit, band->low));
  if (forlop_record_has (limit, band->high))
    forlop_fhir_add_quantity (doc, range, "high", measure, forlop_record_get_real (limit, band->high));
  forlop_json_add_text (doc, forlop_fhir_append_object (doc, goals), "reference", reference);
}

static void
add_limits (yyjson_mut_doc *doc,
            yyjson_mut_val *care_plan,
            GPtrArray      *limits,
            const char     *citizen_id)
{
  yyjson_mut_val *contained = yyjson_mut_arr (doc);
  yyjson_mut_val *goals = yyjson_mut_arr (doc);

  for (unsigned int i = 0; i < limits->len; i++)
    for (unsigned int j = 0; j < G_N_ELEMENTS (bands); j++)
      append_goal (doc, contained, goals, g_ptr_array_index (limits, i), &bands[j], citizen_id);
  if (yyjson_mut_arr_size (goals) == 0)
    return;
  yyjson_mut_obj_add_val (doc, care_plan, "contained", contained);
  yyjson_mut_obj_add_val (doc, care_plan, "goal", goals);
}

static void
add_days (yyjson_mut_doc       *doc,
          yyjson_mut_val       *repeat,
          const ForlopSchedule *schedule)
{
  static const char *const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
  yyjson_mut_val *list;

  if ((schedule->cadence != FORLOP_CADENCE_DAILY && schedule->cadence != FORLOP_CADENCE_WEEKLY) ||
      schedule->weekdays == 0)
    return;
  list = forlop_fhir_add_array (doc, repeat, "dayOfWeek");
  for (unsigned int i = 0; i < G_N_ELEMENTS (days); i++)
    if (schedule->weekdays & (1 << i))
      yyjson_mut_arr_add_str (doc, list, days[i]);
}

static void
add_repeat (yyjson_mut_doc       *doc,
            yyjson_mut_val       *detail,
            const ForlopSchedule *schedule,
            ForlopRecord         *record)
{
  static const char *const units[] = {
    [FORLOP_CADENCE_DAILY] = "d", [FORLOP_CADENCE_EVERY_N_DAYS] = "d",
    [FORLOP_CADENCE_WEEKLY] = "wk", [FORLOP_CADENCE_MONTHLY] = "mo",
  };
  yyjson_mut_val *repeat =
    forlop_fhir_add_object (doc, forlop_fhir_add_object (doc, detail, "scheduledTiming"), "repeat");
  yyjson_mut_val *times;

  forlop_fhir_add_date (doc, forlop_fhir_add_object (doc, repeat, "boundsPeriod"), "start", record, "starts_on");
  yyjson_mut_obj_add_int (doc, repeat, "frequency", MAX (1, schedule->n_times));
  yyjson_mut_obj_add_int (doc, repeat, "period",
                          schedule->cadence == FORLOP_CADENCE_EVERY_N_DAYS ? schedule->every_days : 1);
  yyjson_mut_obj_add_str (doc, repeat, "periodUnit", units[schedule->cadence]);
  add_days (doc, repeat, schedule);
  times = forlop_fhir_add_array (doc, repeat, "timeOfDay");
  for (unsigned int i = 0; i < schedule->n_times; i++)
    {
      g_autofree char *text = g_strdup_printf ("%02d:%02d:00", schedule->times[i] / 60, schedule->times[i] % 60);

      yyjson_mut_arr_add_strcpy (doc, times, text);
    }
}

static void
add_activities (yyjson_mut_doc       *doc,
                yyjson_mut_val       *care_plan,
                const ForlopFhirPlan *plan)
{
  yyjson_mut_val *activities = yyjson_mut_arr (doc);
  gboolean is_running = forlop_record_text_is (plan->plan, "status", "in_force");

  for (unsigned int i = 0; i < plan->schedules->len; i++)
    {
      ForlopRecord *record = g_ptr_array_index (plan->schedules, i);
      ForlopMeasure measure = forlop_fhir_measure_of (record);
      ForlopSchedule schedule;
      yyjson_mut_val *detail;

      /* A form is not measured; one that cannot be read is not sent half. */
      if (measure == FORLOP_MEASURE_UNKNOWN || !forlop_schedule_read (&schedule, record, NULL))
        continue;
      detail = forlop_fhir_add_object (doc, forlop_fhir_append_object (doc, activities), "detail");
      forlop_fhir_add_measure (doc, detail, "code", measure);
      yyjson_mut_obj_add_str (doc, detail, "status", is_running ? "in-progress" : "not-started");
      add_repeat (doc, detail, &schedule, record);
    }
  if (yyjson_mut_arr_size (activities) > 0)
    yyjson_mut_obj_add_val (doc, care_plan, "activity", activities);
}

static void
add_note (yyjson_mut_doc *doc,
          yyjson_mut_val *notes,
          ForlopRecord   *plan,
          const char     *field)
{
  const ForlopField *declared = forlop_record_type_field (forlop_record_get_rtype (plan), field);
  const char *value = forlop_record_get_text (plan, field);
  g_autofree char *text = NULL;

  if (value == NULL)
    return;
  text = g_strdup_printf ("%s: %s", _(declared->label), value);
  forlop_json_add_text (doc, forlop_fhir_append_object (doc, notes), "text", text);
}

/* What the citizen is to look for and to do at each colour. */
static void
add_notes (yyjson_mut_doc *doc,
           yyjson_mut_val *care_plan,
           ForlopRecord   *plan)
{
  static const char *const fields[] = {
    "green_signs", "green_actions", "yellow_signs", "yellow_actions", "red_signs", "red_actions", "contacts",
  };
  yyjson_mut_val *notes = yyjson_mut_arr (doc);

  for (unsigned int i = 0; i < G_N_ELEMENTS (fields); i++)
    add_note (doc, notes, plan, fields[i]);
  if (yyjson_mut_arr_size (notes) > 0)
    yyjson_mut_obj_add_val (doc, care_plan, "note", notes);
}

yyjson_mut_val *
forlop_fhir_care_plan_new (yyjson_mut_doc       *doc,
                           const ForlopFhirMeta *meta,
                           const ForlopFhirPlan *plan,
                           const char           *citizen_id)
{
  yyjson_mut_val *care_plan, *category;
  g_autofree char *title = NULL;

  g_return_val_if_fail (doc != NULL && plan != NULL && citizen_id != NULL, NULL);

  title = g_strdup_printf (_("Self-treatment plan, version %d"),
                           (int) forlop_record_get_integer (plan->plan, "version"));
  care_plan = forlop_fhir_resource_begin (doc, "CarePlan", forlop_record_get_id (plan->plan), meta, NULL);
  add_limits (doc, care_plan, plan->limits, citizen_id);
  yyjson_mut_obj_add_str (doc, care_plan, "status", forlop_fhir_plan_status (plan->plan));
  yyjson_mut_obj_add_str (doc, care_plan, "intent", "plan");
  category = forlop_fhir_append_object (doc, forlop_fhir_add_array (doc, care_plan, "category"));
  forlop_json_add_text (doc, category, "text", "Egenbehandlingsplan");
  forlop_json_add_text (doc, care_plan, "title", title);
  forlop_json_add_text (doc, care_plan, "description", forlop_record_get_text (plan->plan, "goal"));
  forlop_fhir_add_reference (doc, care_plan, "subject", "Patient", citizen_id);
  if (forlop_record_has (plan->plan, "valid_from"))
    {
      yyjson_mut_val *period = forlop_fhir_add_object (doc, care_plan, "period");

      forlop_fhir_add_instant (doc, period, "start", forlop_record_get_instant (plan->plan, "valid_from"));
      forlop_fhir_add_instant (doc, period, "end", forlop_record_get_instant (plan->plan, "superseded_at"));
    }
  add_activities (doc, care_plan, plan);
  add_notes (doc, care_plan, plan->plan);

  return care_plan;
}
