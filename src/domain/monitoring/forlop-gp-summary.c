/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-gp-summary.h"

#include <glib/gi18n-lib.h>

#include "forlop-error.h"
#include "forlop-missing.h"
#include "forlop-plan-diff.h"
#include "forlop-plan-records.h"

void
forlop_gp_summary_free (ForlopGpSummary *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->plan_changes, g_ptr_array_unref);
  g_clear_pointer (&self->asked, g_ptr_array_unref);
  g_clear_pointer (&self->trends, g_ptr_array_unref);
  g_clear_pointer (&self->contacts, g_ptr_array_unref);
  g_clear_pointer (&self->decisions, g_ptr_array_unref);
  g_clear_pointer (&self->evaluations, g_ptr_array_unref);
  g_clear_pointer (&self->pauses, g_ptr_array_unref);
  g_free (self->question);
  g_clear_object (&self->unit);
  g_clear_object (&self->user);
  g_clear_pointer (&self->snapshot, forlop_snapshot_unref);
  g_free (self);
}

const char *
forlop_gp_answer_label (ForlopGpAnswer answer)
{
  switch (answer)
    {
    case FORLOP_GP_ANSWER_PHONE: return _("telephone");
    case FORLOP_GP_ANSWER_VIDEO: return _("video");
    case FORLOP_GP_ANSWER_VISIT: return _("visit");
    case FORLOP_GP_ANSWER_MESSAGE: return _("message");
    case FORLOP_GP_ANSWER_NO_CONTACT: return _("seen to without contact");
    case FORLOP_GP_ANSWER_SET_ASIDE: return _("set aside with a reason");
    case FORLOP_GP_ANSWER_OPEN: return _("not yet answered");
    default: g_return_val_if_reached ("");
    }
}

static gint64
last_told (ForlopSnapshot *snapshot,
           gint64          to)
{
  GPtrArray *documents = forlop_snapshot_list (snapshot, "document");
  gint64 last = FORLOP_INSTANT_NONE;

  for (unsigned int i = 0; i < documents->len; i++)
    {
      ForlopRecord *document = g_ptr_array_index (documents, i);

      if (forlop_record_text_is (document, "kind", FORLOP_GP_SUMMARY_KIND) &&
          forlop_record_get_instant (document, "covers_until") < to)
        last = MAX (last, forlop_record_get_instant (document, "covers_until"));
    }

  return last;
}

gboolean
forlop_gp_period_find (ForlopSnapshot  *snapshot,
                       gint64           since,
                       gint64           to,
                       ForlopGpPeriod  *period,
                       gboolean        *first,
                       gboolean        *shortened,
                       GError         **error)
{
  ForlopRecord *the_case;
  gint64 from;

  g_return_val_if_fail (snapshot != NULL, FALSE);
  g_return_val_if_fail (period != NULL && first != NULL && shortened != NULL, FALSE);

  the_case = forlop_snapshot_get_case (snapshot);
  from = since != FORLOP_INSTANT_NONE ? since : last_told (snapshot, to);
  *first = from == FORLOP_INSTANT_NONE;
  if (*first)
    {
      from = to - FORLOP_GP_SUMMARY_FIRST_DAYS * FORLOP_DAY;
      if (forlop_record_has (the_case, "started_on"))
        from = MAX (from, forlop_instant_from_wall (forlop_record_get_date (the_case, "started_on"), 0));
    }
  if (from >= to)
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                   _("The period must begin before it ends. Nothing was written; choose an earlier date."));
      return FALSE;
    }

  *shortened = to - from > FORLOP_GP_SUMMARY_MAX_DAYS * FORLOP_DAY;
  if (*shortened)
    from = to - FORLOP_GP_SUMMARY_MAX_DAYS * FORLOP_DAY;
  *period = (ForlopGpPeriod) { from - (to - from), from, to };

  return TRUE;
}

static gboolean
is_within (gint64 at,
           gint64 from,
           gint64 to)
{
  return at != FORLOP_INSTANT_NONE && at >= from && at < to;
}

/* One contact may answer several alerts at once; it names one of them, and all are finished at the same moment. */
static ForlopRecord *
find_contact (ForlopSnapshot *snapshot,
              ForlopRecord   *alert)
{
  GPtrArray *contacts = forlop_snapshot_list (snapshot, "contact_log");
  gint64 handled = forlop_record_get_instant (alert, "handled_at");

  for (unsigned int i = 0; i < contacts->len; i++)
    {
      ForlopRecord *contact = g_ptr_array_index (contacts, i);
      const char *named = forlop_record_get_text (contact, "alert_id");
      ForlopRecord *other;

      if (named == NULL)
        continue;
      if (g_str_equal (named, forlop_record_get_id (alert)))
        return contact;
      other = forlop_snapshot_get (snapshot, "alert", named);
      if (other != NULL && handled != FORLOP_INSTANT_NONE &&
          forlop_record_get_instant (other, "handled_at") == handled)
        return contact;
    }

  return NULL;
}

static ForlopGpAnswer
answer_of (ForlopSnapshot *snapshot,
           ForlopRecord   *alert)
{
  static const char *const ways[] = { "phone", "video", "visit", "message" };
  ForlopRecord *contact;

  if (forlop_record_text_is (alert, "status", "ignored"))
    return FORLOP_GP_ANSWER_SET_ASIDE;
  if (!forlop_record_text_is (alert, "status", "handled"))
    return FORLOP_GP_ANSWER_OPEN;

  contact = find_contact (snapshot, alert);
  for (unsigned int i = 0; contact != NULL && i < G_N_ELEMENTS (ways); i++)
    if (forlop_record_text_is (contact, "way", ways[i]))
      return FORLOP_GP_ANSWER_PHONE + i;

  return FORLOP_GP_ANSWER_NO_CONTACT;
}

static void
count_alert (ForlopGpSummary *self,
             ForlopRecord    *alert)
{
  gint64 raised = forlop_record_get_instant (alert, "raised_at");
  gboolean now = is_within (raised, self->period.from, self->period.to);
  ForlopGpAlerts *counts;

  /* The judgement was taken back: it was no red or yellow after all. */
  if (forlop_record_text_is (alert, "status", "closed"))
    return;
  if (forlop_record_text_is (alert, "severity", "red"))
    counts = &self->red;
  else if (forlop_record_text_is (alert, "severity", "yellow"))
    counts = &self->yellow;
  else
    return;

  if (now)
    {
      counts->n++;
      counts->answers[answer_of (self->snapshot, alert)]++;
    }
  else if (is_within (raised, self->period.before, self->period.from))
    counts->n_before++;
}

static GArray *
to_measurements (const GArray *readings)
{
  GArray *history = g_array_sized_new (FALSE, TRUE, sizeof (ForlopMeasurement), readings->len);

  for (unsigned int i = 0; i < readings->len; i++)
    {
      const ForlopGpReading *reading = &g_array_index (readings, ForlopGpReading, i);
      ForlopMeasurement one = { .measure = (guint8) reading->measure, .value = reading->value,
                                .measured_at = reading->at_ms };

      g_array_append_val (history, one);
    }

  return history;
}

/* What a schedule expected and did not get by a deadline in the period. The two of a blood pressure are one. */
static void
add_missing (ForlopGpSummary *self,
             GHashTable      *missing,
             ForlopRecord    *record,
             const GArray    *pauses,
             const GArray    *history,
             gint64           from,
             gint64           until)
{
  ForlopMeasure measure = forlop_measure_find ("forlop", forlop_missing_code (record));
  ForlopMeasure counted = measure == FORLOP_MEASURE_DIASTOLIC ? FORLOP_MEASURE_SYSTOLIC : measure;
  ForlopSchedule schedule;
  g_autoptr (GArray) slots = NULL;

  if (measure == FORLOP_MEASURE_UNKNOWN || !forlop_schedule_read (&schedule, record, NULL))
    return;

  slots = forlop_slots_match (&schedule, measure, (const ForlopPause *) (const void *) pauses->data, pauses->len,
                              (const ForlopMeasurement *) (const void *) history->data, history->len, from, until,
                              self->period.to);
  for (unsigned int i = 0; i < slots->len; i++)
    {
      const ForlopSlot *slot = &g_array_index (slots, ForlopSlot, i);

      if (slot->state == FORLOP_SLOT_MISSING && is_within (slot->deadline_ms, self->period.from, self->period.to))
        g_hash_table_add (missing, g_strdup_printf ("%d/%" G_GINT64_FORMAT, (int) counted, slot->at_ms));
    }
}

/* By the plans in force at the time, from the day after the start to the end of the service. */
static void
count_missing (ForlopGpSummary *self,
               const GArray    *readings)
{
  ForlopRecord *the_case = forlop_snapshot_get_case (self->snapshot);
  GPtrArray *plans = forlop_snapshot_list (self->snapshot, "care_plan");
  g_autoptr (GHashTable) missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) pauses = forlop_pauses_read (forlop_snapshot_list (self->snapshot, "pause"));
  g_autoptr (GArray) history = to_measurements (readings);
  gint64 started, ended = self->period.to;

  if (!forlop_record_has (the_case, "started_on"))
    return;

  started = forlop_instant_from_wall (forlop_record_get_date (the_case, "started_on") + 1, 0);
  if (forlop_record_has (the_case, "ended_on"))
    ended = MIN (ended, forlop_instant_from_wall (forlop_record_get_date (the_case, "ended_on"), 0));
  for (unsigned int i = 0; i < plans->len; i++)
    {
      ForlopRecord *plan = g_ptr_array_index (plans, i);
      g_autoptr (GPtrArray) schedules = forlop_plan_list_parts (self->snapshot, "schedule", plan);
      gint64 until = forlop_record_has (plan, "superseded_at") ? forlop_record_get_instant (plan, "superseded_at")
                                                               : G_MAXINT64;
      /* A slot of the day before may have its deadline in the period. */
      gint64 from = MAX (MAX (started, self->period.from - FORLOP_DAY), forlop_record_get_instant (plan, "valid_from"));

      for (unsigned int j = 0; forlop_plan_record_counts (plan) && j < schedules->len; j++)
        add_missing (self, missing, g_ptr_array_index (schedules, j), pauses, history, from, MIN (until, ended));
    }
  self->n_missing = g_hash_table_size (missing);
}

/* The records of @type whose instant or date @field is in the period, newest first. */
static GPtrArray *
list_within (ForlopGpSummary *self,
             const char      *type,
             const char      *field)
{
  GPtrArray *all = forlop_snapshot_list (self->snapshot, type);
  gboolean is_date = forlop_record_type_field (forlop_record_type_find (type), field)->kind == FORLOP_KIND_DATE;
  GPtrArray *within = g_ptr_array_new ();

  for (unsigned int i = all->len; i > 0; i--)
    {
      ForlopRecord *record = g_ptr_array_index (all, i - 1);
      gint64 at = FORLOP_INSTANT_NONE;

      if (is_date && forlop_record_has (record, field))
        at = forlop_instant_from_wall (forlop_record_get_date (record, field), 12 * 60);
      else if (!is_date)
        at = forlop_record_get_instant (record, field);
      if (is_within (at, self->period.from, self->period.to))
        g_ptr_array_add (within, record);
    }

  return within;
}

static int
compare_contacts (gconstpointer a,
                  gconstpointer b)
{
  gint64 left = forlop_record_get_instant (*(ForlopRecord *const *) a, "at");
  gint64 right = forlop_record_get_instant (*(ForlopRecord *const *) b, "at");

  return (left < right) - (left > right);
}

static GPtrArray *
list_pauses (ForlopGpSummary *self)
{
  GPtrArray *all = forlop_snapshot_list (self->snapshot, "pause");
  GPtrArray *within = g_ptr_array_new ();

  for (unsigned int i = 0; i < all->len; i++)
    {
      ForlopRecord *pause = g_ptr_array_index (all, i);
      gint64 ended = forlop_record_has (pause, "to_time") ? forlop_record_get_instant (pause, "to_time")
                                                          : G_MAXINT64;

      if (forlop_record_get_instant (pause, "from_time") < self->period.to && ended > self->period.from)
        g_ptr_array_add (within, pause);
    }

  return within;
}

static GPtrArray *
diff (ForlopSnapshot *snapshot,
      ForlopRecord   *was,
      ForlopRecord   *is)
{
  if (was == NULL || is == NULL || was == is)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_plan_change_free);

  return forlop_plan_diff (snapshot, was, is, NULL);
}

static ForlopRecord *
find_later (ForlopSnapshot *snapshot,
            gint64          at)
{
  GPtrArray *plans = forlop_snapshot_list (snapshot, "care_plan");

  for (unsigned int i = 0; i < plans->len; i++)
    {
      ForlopRecord *plan = g_ptr_array_index (plans, i);

      if (forlop_record_text_is (plan, "status", "in_force") && forlop_record_get_instant (plan, "valid_from") > at)
        return plan;
    }

  return NULL;
}

/**
 * forlop_gp_summary_new:
 *
 * Returns: (transfer full): the facts, which keep @snapshot.
 */
ForlopGpSummary *
forlop_gp_summary_new (ForlopSnapshot       *snapshot,
                       const GArray         *readings,
                       const ForlopGpPeriod *period,
                       const char           *question)
{
  g_autoptr (ForlopGpSummary) self = NULL;
  GPtrArray *alerts;

  g_return_val_if_fail (snapshot != NULL, NULL);
  g_return_val_if_fail (readings != NULL && period != NULL, NULL);

  self = g_new0 (ForlopGpSummary, 1);
  self->snapshot = forlop_snapshot_ref (snapshot);
  self->period = *period;
  if (question != NULL && *question != '\0')
    self->question = g_strstrip (g_strdup (question));

  self->plan = forlop_plan_record_at (snapshot, period->to);
  self->plan_changes = diff (snapshot, forlop_plan_record_at (snapshot, period->from), self->plan);
  self->plan_later = find_later (snapshot, period->to);
  self->plan_sent = forlop_snapshot_find (snapshot, "care_plan", "status", "sent_to_gp");
  self->asked = diff (snapshot, self->plan, self->plan_sent);
  self->trends = forlop_gp_trends_make (snapshot, readings, period);

  alerts = forlop_snapshot_list (snapshot, "alert");
  for (unsigned int i = 0; i < alerts->len; i++)
    count_alert (self, g_ptr_array_index (alerts, i));
  count_missing (self, readings);
  self->contacts = list_within (self, "contact_log", "at");
  g_ptr_array_sort (self->contacts, compare_contacts);
  self->decisions = list_within (self, "meeting_item", "decided_at");
  self->evaluations = list_within (self, "evaluation", "held_on");
  self->pauses = list_pauses (self);

  return g_steal_pointer (&self);
}
