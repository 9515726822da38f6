/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-acts-plan-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-error.h"
#include "forlop-plan-records.h"

/* The draft's limit of the measure, or NULL. */
static ForlopRecord *
find_limit (ForlopActContext *self,
            const char       *plan_id,
            const char       *code)
{
  GPtrArray *limits = forlop_snapshot_list (self->snapshot, "limit");

  for (unsigned int i = 0; i < limits->len; i++)
    {
      ForlopRecord *limit = g_ptr_array_index (limits, i);

      if (forlop_record_text_is (limit, "care_plan_id", plan_id) &&
          forlop_record_text_is (limit, "code", code))
        return limit;
    }

  return NULL;
}

static gboolean
convert_limit (ForlopActContext  *self,
               ForlopRecord      *limit,
               const char        *field,
               ForlopMeasure      measure,
               GError           **error)
{
  const char *unit = forlop_act_text (self, "unit");
  double value = forlop_record_get_real (self->arguments, field);

  if (!forlop_record_has (self->arguments, field))
    {
      forlop_record_clear (limit, field);
      return TRUE;
    }
  if (unit != NULL && !forlop_measure_convert (measure, value, unit, &value, error))
    return FALSE;
  forlop_record_set_real (limit, field, value);

  return TRUE;
}

/* The other of a blood pressure, where the plan has limits for it. */
static gboolean
check_pair (ForlopActContext    *self,
            const char          *plan_id,
            const ForlopLimits  *limits,
            GError             **error)
{
  gboolean is_systolic = limits->measure == FORLOP_MEASURE_SYSTOLIC;
  ForlopRecord *other;
  ForlopLimits others;

  if (!is_systolic && limits->measure != FORLOP_MEASURE_DIASTOLIC)
    return TRUE;
  other = find_limit (self, plan_id, is_systolic ? "diastolic" : "systolic");
  if (other == NULL)
    return TRUE;

  return forlop_limits_read (&others, other, error) &&
         forlop_limits_validate_pair (is_systolic ? limits : &others, is_systolic ? &others : limits,
                                      error);
}

/**
 * forlop_do_set_limit:
 *
 * All four limits of a measure are set together: one that is not given is not set. Crossed or equal
 * neighbours, values that only a mistake of unit can explain, and a diastolic limit that is not below
 * the systolic are refused.
 */
gboolean
forlop_do_set_limit (ForlopActContext  *self,
                     GError           **error)
{
  static const char *const fields[] = { "red_low", "yellow_low", "yellow_high", "red_high" };
  ForlopRecord *plan = forlop_act_load_draft (self, error);
  const char *code = forlop_act_text (self, "code");
  ForlopRecord *limit;
  ForlopLimits limits;

  if (plan == NULL)
    return FALSE;

  limit = find_limit (self, forlop_record_get_id (plan), code);
  limit = limit != NULL ? forlop_act_change (self, limit) : forlop_act_make (self, "limit");
  forlop_record_set_text (limit, "care_plan_id", forlop_record_get_id (plan));
  forlop_record_set_text (limit, "code", code);
  for (unsigned int i = 0; i < G_N_ELEMENTS (fields); i++)
    if (!convert_limit (self, limit, fields[i], forlop_measure_find ("forlop", code), error))
      return FALSE;

  if (!forlop_limits_read (&limits, limit, error) || !forlop_limits_validate (&limits, error))
    return FALSE;
  if (forlop_limits_is_empty (&limits))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("No limit is given for %s. Write at least one, or remove the limits."),
                              forlop_measure_noun (limits.measure));

  return check_pair (self, forlop_record_get_id (plan), &limits, error);
}

/* The record of a draft that an argument names. */
static ForlopRecord *
load_part (ForlopActContext  *self,
           const char        *type,
           const char        *argument,
           GError           **error)
{
  ForlopRecord *record = forlop_act_load (self, type, argument, error);
  ForlopRecord *plan;

  if (record == NULL)
    return NULL;
  plan = forlop_snapshot_get (self->snapshot, "care_plan",
                              forlop_record_get_text (record, "care_plan_id"));
  if (plan == NULL || !forlop_record_text_is (plan, "status", "draft"))
    {
      forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                         _("It belongs to a plan that is not a draft, and is not changed. Draft a new "
                           "version."));
      return NULL;
    }

  return record;
}

static gboolean
remove_part (ForlopActContext  *self,
             const char        *type,
             const char        *argument,
             GError           **error)
{
  ForlopRecord *record = load_part (self, type, argument, error);

  if (record == NULL)
    return FALSE;
  forlop_changeset_delete (self->changeset, record);

  return TRUE;
}

gboolean
forlop_do_remove_limit (ForlopActContext  *self,
                        GError           **error)
{
  return remove_part (self, "limit", "limit_id", error);
}

/* Makes a part of the draft, or changes the one that @argument names. */
static ForlopRecord *
open_part (ForlopActContext  *self,
           const char        *type,
           const char        *argument,
           GError           **error)
{
  ForlopRecord *plan = forlop_act_load_draft (self, error);
  ForlopRecord *record;

  if (plan == NULL)
    return NULL;

  if (forlop_act_text (self, argument) == NULL)
    record = forlop_act_make (self, type);
  else
    {
      record = load_part (self, type, argument, error);
      if (record == NULL)
        return NULL;
      record = forlop_act_change (self, record);
    }
  forlop_act_copy_arguments (self, record);

  return record;
}

gboolean
forlop_do_save_plan_rule (ForlopActContext  *self,
                          GError           **error)
{
  ForlopRecord *record = open_part (self, "plan_rule", "plan_rule_id", error);
  ForlopRule rule;

  return record != NULL && forlop_rule_read (&rule, record, error) &&
         forlop_rule_validate (&rule, error);
}

gboolean
forlop_do_remove_plan_rule (ForlopActContext  *self,
                            GError           **error)
{
  return remove_part (self, "plan_rule", "plan_rule_id", error);
}

gboolean
forlop_do_save_schedule (ForlopActContext  *self,
                         GError           **error)
{
  ForlopRecord *record = open_part (self, "schedule", "schedule_id", error);
  ForlopSchedule schedule;
  g_autofree char *times = NULL;
  g_autofree char *weekdays = NULL;

  if (record == NULL)
    return FALSE;
  if (!forlop_record_has (record, "code") && !forlop_record_has (record, "form_id"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("It is not said what is to be measured. Choose a measure or a form."));
  if (!forlop_schedule_read (&schedule, record, error))
    return FALSE;

  times = forlop_schedule_format_times (&schedule);
  weekdays = forlop_schedule_format_weekdays (&schedule);
  forlop_record_set_text (record, "times", times);
  forlop_record_set_text (record, "weekdays", *weekdays != '\0' ? weekdays : NULL);

  return TRUE;
}

gboolean
forlop_do_remove_schedule (ForlopActContext  *self,
                           GError           **error)
{
  return remove_part (self, "schedule", "schedule_id", error);
}
