/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-duty.h"
#include "forlop-escalation.h"
#include "forlop-missing.h"

/* Days before the end of the observation at which the limits are asked for, and days to tell the
 * citizen about a changed plan. */
#define OBSERVATION_NOTICE_DAYS 3
#define INFORM_DAYS 7

/* The end of the working day on which something is due: 16.00 in Oslo. */
#define DUE_MINUTE (16 * 60)

gboolean
forlop_alert_is_open (ForlopRecord *alert)
{
  g_return_val_if_fail (FORLOP_IS_RECORD (alert), FALSE);

  return forlop_record_text_is (alert, "status", "new") ||
         forlop_record_text_is (alert, "status", "taken") ||
         forlop_record_text_is (alert, "status", "snoozed");
}

/* Hidden while it is snoozed, and while a red waits for the repeat the plan asks for: its last
 * instant still belongs to the repeat. */
static gint64
visible_from (ForlopRecord *alert)
{
  gint64 from = G_MININT64 + 1;

  if (forlop_record_text_is (alert, "status", "snoozed"))
    from = MAX (from, forlop_record_get_instant (alert, "snoozed_until"));
  if (forlop_record_has (alert, "waits_until"))
    from = MAX (from, forlop_record_get_instant (alert, "waits_until") + 1);

  return from;
}

/* What nobody takes in time is the leader's to see to. */
static void
add_escalated_duty (ForlopSnapshot *snapshot,
                    GPtrArray      *duties,
                    ForlopRecord   *alert)
{
  const char *unit_id = forlop_escalation_unit (forlop_snapshot_get_case (snapshot));
  ForlopRecord *unit = unit_id != NULL ? forlop_snapshot_get (snapshot, "unit", unit_id) : NULL;
  gint64 at = forlop_escalation_at (alert, unit, forlop_snapshot_get_profile (snapshot));
  ForlopDuty *duty;

  if (at == FORLOP_INSTANT_NONE)
    return;
  duty = forlop_duty_add (duties, snapshot, "alert-escalated", NULL, alert, "follow_up");
  g_set_str (&duty->role, "manager");
  g_set_str (&duty->unit_id, unit_id);
  duty->severity = "red";
  duty->visible_from = at;
  duty->since = forlop_escalation_waits (alert);
  duty->arguments = g_strdup (forlop_record_get_text (alert, "reason"));
}

static void
add_alert_duties (ForlopSnapshot *snapshot,
                  GPtrArray      *duties)
{
  GPtrArray *alerts = forlop_snapshot_list (snapshot, "alert");

  for (unsigned int i = 0; i < alerts->len; i++)
    {
      ForlopRecord *alert = g_ptr_array_index (alerts, i);
      gboolean red = forlop_record_text_is (alert, "severity", "red");
      ForlopDuty *duty;

      if (!forlop_alert_is_open (alert))
        continue;
      duty = forlop_duty_add (duties, snapshot, red ? "alert-red" : "alert-yellow", "handle-alert",
                              alert, "follow_up");
      duty->severity = red ? "red" : "yellow";
      duty->visible_from = visible_from (alert);
      duty->since = forlop_record_get_instant (alert, "raised_at");
      duty->arguments = g_strdup (forlop_record_get_text (alert, "reason"));
      duty->taken_by = g_strdup (forlop_record_get_text (alert, "taken_by"));
      add_escalated_duty (snapshot, duties, alert);
    }
}

/* A form is asked for from the time it is due; a measurement that comes by itself, when it is late. */
static void
add_missing_duty (ForlopSnapshot   *snapshot,
                  GPtrArray        *duties,
                  ForlopRecord     *the_case,
                  const char       *code,
                  const ForlopSlot *slot)
{
  ForlopRecord *form = forlop_snapshot_get (snapshot, "form", code);
  ForlopDuty *duty;

  if (form != NULL)
    {
      duty = forlop_duty_add (duties, snapshot, "answer-form", "answer-form", form, "follow_up");
      duty->visible_from = slot->at_ms;
      duty->due_at = slot->deadline_ms;
    }
  else
    {
      duty = forlop_duty_add (duties, snapshot, "missing-measurement", "register-missing", the_case,
                              "follow_up");
      duty->visible_from = slot->deadline_ms + 1;
    }
  duty->since = slot->at_ms;
  duty->arguments = forlop_missing_to_json (snapshot, code, slot->at_ms);
}

/* One for each measure and form, however many times in a row it has not come. */
static void
add_missing_duties (ForlopSnapshot *snapshot,
                    GPtrArray      *duties,
                    ForlopRecord   *the_case)
{
  GPtrArray *schedules = forlop_snapshot_list (snapshot, "schedule");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (unsigned int i = 0; i < schedules->len; i++)
    {
      const char *code = forlop_missing_code (g_ptr_array_index (schedules, i));
      ForlopSlot slot;

      if (code == NULL || !g_hash_table_add (seen, (gpointer) code) ||
          !forlop_missing_find (snapshot, code, &slot))
        continue;
      add_missing_duty (snapshot, duties, the_case, code, &slot);
    }
}

/* A version after the one in force is on its way. */
static gboolean
is_being_changed (ForlopSnapshot *snapshot)
{
  return forlop_snapshot_find (snapshot, "care_plan", "status", "draft") != NULL ||
         forlop_snapshot_find (snapshot, "care_plan", "status", "sent_to_gp") != NULL ||
         forlop_snapshot_find (snapshot, "care_plan", "status", "approved") != NULL;
}

/* Observation ends by itself; what must not happen is that nobody has decided the limits by then.
 * Whoever finds, at the end, that the plan's own limits fit says so in the review of the trial. */
static void
add_plan_duties (ForlopSnapshot *snapshot,
                 GPtrArray      *duties,
                 ForlopRecord   *the_case)
{
  ForlopRecord *plan = forlop_snapshot_find (snapshot, "care_plan", "status", "in_force");
  ForlopDate observed, began;
  ForlopDuty *duty;

  if (plan == NULL)
    return;

  observed = forlop_record_get_date (plan, "observation_until");
  if (observed != FORLOP_DATE_NONE && !is_being_changed (snapshot) &&
      !(forlop_record_has (the_case, "trial_reviewed_on") &&
        forlop_record_get_date (the_case, "trial_reviewed_on") >= observed))
    {
      duty = forlop_duty_add (duties, snapshot, "review-observation", "draft-plan", the_case, "plan");
      duty->visible_from = forlop_instant_from_wall (observed - OBSERVATION_NOTICE_DAYS, 0);
      duty->since = duty->visible_from;
      duty->due_at = forlop_instant_from_wall (observed, DUE_MINUTE);
    }

  /* The plan the service started with was explained in the training. */
  began = forlop_instant_to_date (forlop_record_get_instant (plan, "valid_from"));
  if (!forlop_record_has (plan, "informed_on") &&
      began > forlop_record_get_date (the_case, "started_on"))
    {
      duty = forlop_duty_add (duties, snapshot, "inform-citizen", "inform-citizen-of-plan", plan,
                              "plan");
      duty->since = forlop_record_get_instant (plan, "valid_from");
      duty->visible_from = duty->since;
      duty->due_at = forlop_instant_from_wall (began + INFORM_DAYS, DUE_MINUTE);
    }
}

/**
 * forlop_duties_add_follow_up:
 *
 * The duties of daily follow-up: alerts nobody has finished with, measurements that have not come,
 * and what a plan in force asks for. Whether a measurement is missing yet is asked of the instant at
 * which the list is read.
 */
void
forlop_duties_add_follow_up (ForlopSnapshot *snapshot,
                             GPtrArray      *duties)
{
  ForlopRecord *the_case;

  g_return_if_fail (snapshot != NULL);
  g_return_if_fail (duties != NULL);

  the_case = forlop_snapshot_get_case (snapshot);
  if (the_case == NULL || !forlop_record_text_is (the_case, "status", "running"))
    return;

  add_alert_duties (snapshot, duties);
  add_missing_duties (snapshot, duties, the_case);
  add_plan_duties (snapshot, duties, the_case);
}
