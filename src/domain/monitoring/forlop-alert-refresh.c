/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-alert-refresh.h"

#include "forlop-alert-wish.h"
#include "forlop-duty.h"
#include "forlop-id.h"
#include "forlop-pause.h"

/* An alert is raised while the service runs and no pause is agreed. One that is there already is not
 * taken away by a pause that is registered afterwards: somebody has to look at it. */
static gboolean
raises_alerts (ForlopRecord *the_case,
               const GArray *pauses,
               gint64        measured_at)
{
  ForlopDate started = forlop_record_get_date (the_case, "started_on");
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
update_alert (ForlopChangeset       *changeset,
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
  alert = forlop_changeset_change (changeset, present);
  set_judgement (alert, wish, reason);
  if (answered || forlop_record_text_is (present, "status", "closed"))
    reopen (alert);
}

static void
make_alert (ForlopChangeset         *changeset,
            ForlopRecord            *the_case,
            const char              *measurement_id,
            const ForlopMeasurement *measurement,
            const ForlopAlertWish   *wish,
            const ForlopReason      *reason)
{
  g_autofree char *id = forlop_alert_id (measurement_id, wish->rule);
  ForlopRecord *alert = forlop_changeset_make (changeset, "alert", id);

  forlop_record_set_text (alert, "citizen_id", forlop_record_get_text (the_case, "citizen_id"));
  forlop_record_set_text (alert, "case_id", forlop_record_get_id (the_case));
  forlop_record_set_text (alert, "kind", "measurement");
  forlop_record_set_text (alert, "measurement_id", measurement_id);
  forlop_record_set_text (alert, "rule", wish->rule);
  forlop_record_set_instant (alert, "raised_at", measurement->received_at);
  forlop_record_set_text (alert, "status", "new");
  set_judgement (alert, wish, reason);
}

static void
refresh_one (ForlopChangeset      *changeset,
             const ForlopJudging  *judging,
             ForlopRecord         *the_case,
             const GArray         *pauses,
             unsigned int          index,
             GPtrArray            *alerts)
{
  const ForlopMeasurement *measurement = forlop_judging_get (judging, index);
  ForlopJudgement judgement = forlop_judging_judge (judging, index);
  g_autofree char *measurement_id = forlop_id_from_bytes (measurement->id);
  gboolean found = FALSE;
  ForlopAlertWish wish;

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
          update_alert (changeset, alert, &wish, &judgement.reason);
        }
      else if (forlop_alert_is_open (alert))
        forlop_record_set_text (forlop_changeset_change (changeset, alert), "status", "closed");
    }
  if (wish.wanted && !found && raises_alerts (the_case, pauses, measurement->measured_at))
    make_alert (changeset, the_case, measurement_id, measurement, &wish, &judgement.reason);
}

/**
 * forlop_alerts_refresh:
 *
 * The alerts follow from the records: whoever judges comes to the same alerts with the same ids, so
 * that a measurement judged twice, or arriving out of order, is one alert and never none.
 */
gboolean
forlop_alerts_refresh (ForlopChangeset      *changeset,
                       const ForlopJudging  *judging,
                       ForlopRecord         *the_case,
                       const GArray         *pauses,
                       ForlopAlertFinder     find,
                       gpointer              data,
                       GError              **error)
{
  g_return_val_if_fail (changeset != NULL && judging != NULL, FALSE);
  g_return_val_if_fail (FORLOP_IS_RECORD (the_case) && pauses != NULL && find != NULL, FALSE);

  for (unsigned int i = judging->first; i < judging->end; i++)
    {
      g_autofree char *id = forlop_id_from_bytes (forlop_judging_get (judging, i)->id);
      g_autoptr (GPtrArray) alerts = find (data, id, error);

      if (alerts == NULL)
        return FALSE;
      refresh_one (changeset, judging, the_case, pauses, i, alerts);
    }

  return TRUE;
}
