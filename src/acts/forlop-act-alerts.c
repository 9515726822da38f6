/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-act-alerts-private.h"

#include "forlop-alert-wish.h"
#include "forlop-duty.h"
#include "forlop-judging.h"
#include "forlop-pause.h"
#include "forlop-plan-records.h"
#include "forlop-snapshot-store.h"

gboolean
forlop_act_use_running_case (ForlopActContext  *self,
                             GError           **error)
{
  g_autofree char *case_id = NULL;
  g_autoptr (ForlopSnapshot) snapshot = NULL;
  g_autoptr (GError) local_error = NULL;

  g_assert (self->citizen_id != NULL);

  if (self->the_case != NULL)
    return TRUE;
  case_id = forlop_snapshot_store_newest_case (self->connection, self->citizen_id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (case_id == NULL)
    return TRUE;

  snapshot = forlop_snapshot_store_load_case (self->connection, case_id, self->now, error);
  if (snapshot == NULL)
    return FALSE;
  if (!forlop_record_text_is (forlop_snapshot_get_case (snapshot), "status", "running"))
    return TRUE;

  g_clear_pointer (&self->snapshot, forlop_snapshot_unref);
  self->snapshot = g_steal_pointer (&snapshot);
  self->citizen = forlop_snapshot_get_citizen (self->snapshot);
  self->the_case = forlop_snapshot_get_case (self->snapshot);
  g_set_str (&self->case_id, case_id);

  return TRUE;
}

/* An alert is raised while the service runs and no pause is agreed. One that is there already is not
 * taken away by a pause that is registered afterwards: somebody has to look at it. */
static gboolean
raises_alerts (ForlopActContext *self,
               const GArray     *pauses,
               gint64            measured_at)
{
  ForlopDate started = forlop_record_get_date (self->the_case, "started_on");
  const ForlopPause *rows = (const ForlopPause *) (const void *) pauses->data;

  return measured_at >= forlop_instant_from_wall (started, 0) &&
         forlop_pauses_touching (rows, pauses->len, measured_at, measured_at) == NULL;
}

static void
set_judgement (ForlopRecord          *alert,
               const ForlopAlertWish *wish,
               const ForlopReason    *reason)
{
  g_autofree char *text = forlop_reason_to_json (reason);

  forlop_record_set_text (alert, "severity", forlop_severity_code (wish->severity));
  forlop_record_set_text (alert, "reason", text);
  if (wish->waits_until != FORLOP_INSTANT_NONE)
    forlop_record_set_instant (alert, "waits_until", wish->waits_until);
  else
    forlop_record_clear (alert, "waits_until");
}

static void
reopen (ForlopRecord *alert)
{
  static const char *const answers[] = {
    "taken_by", "taken_at", "snoozed_until", "handled_by", "handled_at", "ignored_reason",
  };

  forlop_record_set_text (alert, "status", "new");
  for (unsigned int i = 0; i < G_N_ELEMENTS (answers); i++)
    forlop_record_clear (alert, answers[i]);
}

/* An answered alert stays answered, unless what was answered as yellow turns out to be red. */
static void
update_alert (ForlopActContext      *self,
              ForlopRecord          *present,
              const ForlopAlertWish *wish,
              const ForlopReason    *reason)
{
  gboolean worse = wish->severity == FORLOP_SEVERITY_RED &&
                   !forlop_record_text_is (present, "severity", "red");
  gboolean answered = forlop_record_text_is (present, "status", "handled") ||
                      forlop_record_text_is (present, "status", "ignored");
  ForlopRecord *alert;

  if (answered && !worse)
    return;
  alert = forlop_act_change (self, present);
  set_judgement (alert, wish, reason);
  if (answered || forlop_record_text_is (present, "status", "closed"))
    reopen (alert);
}

static void
make_alert (ForlopActContext        *self,
            const char              *measurement_id,
            const ForlopMeasurement *measurement,
            const ForlopAlertWish   *wish,
            const ForlopReason      *reason)
{
  g_autofree char *id = forlop_alert_id (measurement_id, wish->rule);
  ForlopRecord *alert = forlop_act_make_with_id (self, "alert", id);

  forlop_record_set_text (alert, "kind", "measurement");
  forlop_record_set_text (alert, "measurement_id", measurement_id);
  forlop_record_set_text (alert, "rule", wish->rule);
  forlop_record_set_instant (alert, "raised_at", measurement->received_at);
  forlop_record_set_text (alert, "status", "new");
  set_judgement (alert, wish, reason);
}

static gboolean
refresh_one (ForlopActContext     *self,
             const ForlopJudging  *judging,
             const GArray         *pauses,
             unsigned int          index,
             GError              **error)
{
  const ForlopMeasurement *measurement = forlop_judging_get (judging, index);
  ForlopJudgement judgement = forlop_judging_judge (judging, index);
  g_autofree char *measurement_id = forlop_id_from_bytes (measurement->id);
  g_autoptr (GPtrArray) alerts = forlop_record_store_list (self->connection, "alert",
                                                           "measurement_id", measurement_id, error);
  gboolean found = FALSE;
  ForlopAlertWish wish;

  if (alerts == NULL)
    return FALSE;

  forlop_alert_wish_judge (&wish, measurement, &judgement,
                           (const ForlopPlanVersion *) (const void *) judging->versions->data,
                           judging->versions->len,
                           (const ForlopMeasurement *) (const void *) judging->history->data,
                           judging->history->len);

  for (unsigned int i = 0; i < alerts->len; i++)
    {
      ForlopRecord *alert = g_ptr_array_index (alerts, i);

      if (wish.wanted && forlop_record_text_is (alert, "rule", wish.rule))
        {
          found = TRUE;
          update_alert (self, alert, &wish, &judgement.reason);
        }
      else if (forlop_alert_is_open (alert))
        forlop_record_set_text (forlop_act_change (self, alert), "status", "closed");
    }
  if (wish.wanted && !found && raises_alerts (self, pauses, measurement->measured_at))
    make_alert (self, measurement_id, measurement, &wish, &judgement.reason);

  return TRUE;
}

/**
 * forlop_act_refresh_alerts:
 *
 * The alerts follow from the records: whoever judges comes to the same alerts with the same ids, so
 * that a measurement judged twice, or arriving out of order, is one alert and never none.
 */
gboolean
forlop_act_refresh_alerts (ForlopActContext  *self,
                           gint64             from,
                           gint64             to,
                           GError           **error)
{
  g_autoptr (ForlopJudging) judging = NULL;
  g_autoptr (GArray) pauses = NULL;

  g_assert (self->citizen_id != NULL);

  if (self->the_case == NULL || !forlop_record_text_is (self->the_case, "status", "running"))
    return TRUE;

  judging = forlop_judging_load (self->connection, self->citizen_id, self->changeset, from, to, error);
  if (judging == NULL)
    return FALSE;
  pauses = forlop_pauses_read (self->snapshot);
  for (unsigned int i = judging->first; i < judging->end; i++)
    if (!refresh_one (self, judging, pauses, i, error))
      return FALSE;

  return TRUE;
}
