/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-plan-records.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "forlop-error.h"
#include "forlop-id.h"

static double
limit_of (ForlopRecord *limit,
          const char   *field)
{
  return forlop_record_has (limit, field) ? forlop_record_get_real (limit, field) : NAN;
}

static gboolean
read_measure (ForlopRecord   *record,
              ForlopMeasure  *measure,
              GError        **error)
{
  *measure = forlop_measure_find ("forlop", forlop_record_get_text (record, "code"));
  if (*measure != FORLOP_MEASURE_UNKNOWN)
    return TRUE;

  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
               _("The self-treatment plan names a measure, “%s”, that this version does not know. "
                 "Nothing was judged by it. Install the newest version."),
               forlop_record_get_text (record, "code"));
  return FALSE;
}

/**
 * forlop_limits_read:
 *
 * The limits as the record has them; they are not validated.
 */
gboolean
forlop_limits_read (ForlopLimits  *self,
                    ForlopRecord  *limit,
                    GError       **error)
{
  ForlopMeasure measure;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (FORLOP_IS_RECORD (limit), FALSE);

  if (!read_measure (limit, &measure, error))
    return FALSE;

  forlop_limits_init (self, measure);
  self->red_low = limit_of (limit, "red_low");
  self->yellow_low = limit_of (limit, "yellow_low");
  self->yellow_high = limit_of (limit, "yellow_high");
  self->red_high = limit_of (limit, "red_high");

  return TRUE;
}

/**
 * forlop_rule_read:
 *
 * The trend rule as the record has it; it is not validated.
 */
gboolean
forlop_rule_read (ForlopRule    *self,
                  ForlopRecord  *plan_rule,
                  GError       **error)
{
  ForlopMeasure measure;
  ForlopRuleKind kind = FORLOP_RULE_CHANGE;
  ForlopSeverity severity = FORLOP_SEVERITY_NONE;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (FORLOP_IS_RECORD (plan_rule), FALSE);

  if (!read_measure (plan_rule, &measure, error))
    return FALSE;

  forlop_rule_kind_from_code (forlop_record_get_text (plan_rule, "kind"), &kind);
  forlop_severity_from_code (forlop_record_get_text (plan_rule, "severity"), &severity);
  forlop_rule_init (self, kind, measure);
  self->severity = severity;
  self->amount = forlop_record_get_real (plan_rule, "amount");
  self->percent = forlop_record_get_boolean (plan_rule, "percent");
  self->either_way = forlop_record_get_boolean (plan_rule, "either_way");
  self->days = (int) forlop_record_get_integer (plan_rule, "days");
  if (forlop_record_has (plan_rule, "min_count"))
    self->min_count = (int) forlop_record_get_integer (plan_rule, "min_count");

  return TRUE;
}

gboolean
forlop_schedule_read (ForlopSchedule  *self,
                      ForlopRecord    *schedule,
                      GError         **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (FORLOP_IS_RECORD (schedule), FALSE);

  return forlop_schedule_parse (self, forlop_record_get_text (schedule, "cadence"),
                                forlop_record_get_text (schedule, "times"),
                                forlop_record_get_text (schedule, "weekdays"),
                                (int) forlop_record_get_integer (schedule, "every_days"),
                                forlop_record_get_date (schedule, "starts_on"),
                                (int) forlop_record_get_integer (schedule, "grace_minutes"), error);
}

/**
 * forlop_plan_version_read:
 * @limits: #GPtrArray of limit records; those of other plans are passed over.
 * @plan_rules: #GPtrArray of plan_rule records, likewise.
 *
 * The rules of one plan. Fails with the sentence of the rule that is refused: a plan that cannot be
 * read whole judges nothing.
 */
gboolean
forlop_plan_version_read (ForlopPlanVersion  *self,
                          ForlopRecord       *care_plan,
                          GPtrArray          *limits,
                          GPtrArray          *plan_rules,
                          GError            **error)
{
  const char *id;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (FORLOP_IS_RECORD (care_plan), FALSE);
  g_return_val_if_fail (limits != NULL && plan_rules != NULL, FALSE);

  id = forlop_record_get_id (care_plan);
  forlop_plan_version_init (self, (unsigned int) forlop_record_get_integer (care_plan, "version"));
  self->valid_from = forlop_record_get_instant (care_plan, "valid_from");
  forlop_plan_version_observe_through (self, forlop_record_get_date (care_plan, "observation_until"));
  if (!forlop_plan_version_set_repeat (
        self, (int) forlop_record_get_integer (care_plan, "repeat_minutes"), error))
    return FALSE;

  for (unsigned int i = 0; i < limits->len; i++)
    {
      ForlopRecord *record = g_ptr_array_index (limits, i);
      ForlopLimits read;

      if (!forlop_record_text_is (record, "care_plan_id", id))
        continue;
      if (!forlop_limits_read (&read, record, error) ||
          !forlop_plan_version_set_limits (self, &read, error))
        return FALSE;
    }
  for (unsigned int i = 0; i < plan_rules->len; i++)
    {
      ForlopRecord *record = g_ptr_array_index (plan_rules, i);
      ForlopRule read;

      if (!forlop_record_text_is (record, "care_plan_id", id))
        continue;
      if (!forlop_rule_read (&read, record, error) ||
          !forlop_plan_version_add_rule (self, &read, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
forlop_plan_record_judges (ForlopRecord   *care_plan,
                           ForlopSnapshot *snapshot)
{
  static const char *const types[] = { "limit", "plan_rule", "schedule" };

  g_return_val_if_fail (FORLOP_IS_RECORD (care_plan), FALSE);
  g_return_val_if_fail (snapshot != NULL, FALSE);

  for (unsigned int type = 0; type < G_N_ELEMENTS (types); type++)
    {
      GPtrArray *records = forlop_snapshot_list (snapshot, types[type]);

      for (unsigned int i = 0; i < records->len; i++)
        {
          ForlopRecord *record = g_ptr_array_index (records, i);

          if (forlop_record_text_is (record, "care_plan_id", forlop_record_get_id (care_plan)) &&
              (!g_str_equal (types[type], "schedule") || forlop_record_has (record, "form_id")))
            return TRUE;
        }
    }

  return FALSE;
}

gboolean
forlop_plan_record_counts (ForlopRecord *care_plan)
{
  g_return_val_if_fail (FORLOP_IS_RECORD (care_plan), FALSE);

  return forlop_record_has (care_plan, "valid_from") &&
         (forlop_record_text_is (care_plan, "status", "in_force") ||
          forlop_record_text_is (care_plan, "status", "superseded"));
}

/**
 * forlop_plan_record_at:
 *
 * The same plan that forlop_plan_in_force() chooses among the versions.
 */
ForlopRecord *
forlop_plan_record_at (ForlopSnapshot *snapshot,
                       gint64          at_ms)
{
  GPtrArray *plans;
  ForlopRecord *best = NULL;

  g_return_val_if_fail (snapshot != NULL, NULL);

  plans = forlop_snapshot_list (snapshot, "care_plan");
  for (unsigned int i = 0; i < plans->len; i++)
    {
      ForlopRecord *plan = g_ptr_array_index (plans, i);
      gint64 from = forlop_record_get_instant (plan, "valid_from");
      gint64 best_from = best != NULL ? forlop_record_get_instant (best, "valid_from") : 0;

      if (!forlop_plan_record_counts (plan) || from > at_ms)
        continue;
      if (best == NULL || from > best_from ||
          (from == best_from && forlop_record_get_integer (plan, "version") >
                                  forlop_record_get_integer (best, "version")))
        best = plan;
    }

  return best;
}

GArray *
forlop_pauses_read (GPtrArray *pauses)
{
  GArray *read = g_array_new (FALSE, FALSE, sizeof (ForlopPause));

  g_return_val_if_fail (pauses != NULL, read);

  for (unsigned int i = 0; i < pauses->len; i++)
    {
      ForlopRecord *record = g_ptr_array_index (pauses, i);
      ForlopPause pause = {
        .from_ms = forlop_record_get_instant (record, "from_time"),
        .to_ms = forlop_record_get_instant (record, "to_time"),
      };

      g_array_append_val (read, pause);
    }

  return read;
}

void
forlop_measurement_read (ForlopMeasurement *self,
                         ForlopRecord      *measurement)
{
  g_return_if_fail (self != NULL && FORLOP_IS_RECORD (measurement));

  *self = (ForlopMeasurement) {
    .value = forlop_record_has (measurement, "value") ? forlop_record_get_real (measurement, "value") : NAN,
    .measured_at = forlop_record_get_instant (measurement, "measured_at"),
    .received_at = forlop_record_get_instant (measurement, "received_at"),
  };
  forlop_id_to_bytes (forlop_record_get_id (measurement), self->id);
  forlop_measurement_set_codes (self, forlop_record_get_text (measurement, "code"),
                                forlop_record_get_text (measurement, "quality"),
                                forlop_record_get_text (measurement, "source"));
}
