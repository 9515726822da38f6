/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-missing.h"

#include <glib/gi18n-lib.h>

#include "forlop-json.h"
#include "forlop-measure.h"
#include "forlop-plan-records.h"

/* Slots are looked for this far at a time, and at most so many times: beyond that nobody plans. */
#define STEP (40 * FORLOP_DAY)
#define MAX_STEPS 12

const char *
forlop_missing_code (ForlopRecord *schedule)
{
  g_return_val_if_fail (FORLOP_IS_RECORD (schedule), NULL);

  return forlop_record_has (schedule, "code") ? forlop_record_get_text (schedule, "code")
                                              : forlop_record_get_text (schedule, "form_id");
}

char *
forlop_missing_rule (const char *code,
                     gint64      at_ms)
{
  g_autofree char *at = forlop_instant_to_iso (at_ms);

  g_return_val_if_fail (code != NULL, NULL);

  return g_strdup_printf ("missing/%s/%s", code, at);
}

char *
forlop_missing_to_json (ForlopSnapshot *snapshot,
                        const char     *code,
                        gint64          at_ms)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  ForlopRecord *form;

  g_return_val_if_fail (snapshot != NULL, NULL);
  g_return_val_if_fail (code != NULL, NULL);

  yyjson_mut_doc_set_root (doc, root);
  form = forlop_snapshot_get (snapshot, "form", code);
  if (form != NULL)
    forlop_json_add_text (doc, root, "form", forlop_record_get_text (form, "title"));
  else
    forlop_json_add_text (doc, root, "code", code);
  yyjson_mut_obj_add_int (doc, root, "expected_at", at_ms);

  return forlop_json_write (doc, FALSE);
}

/* @form: (out): the title of the form, NULL where it is a measure. */
static gboolean
read_json (const char     *text,
           ForlopMeasure  *measure,
           char          **form,
           gint64         *at)
{
  g_autoptr (yyjson_doc) doc = text != NULL ? forlop_json_parse (text, -1, NULL) : NULL;
  const char *code = NULL, *title = NULL;

  *at = FORLOP_INSTANT_NONE;
  if (doc == NULL ||
      !forlop_json_get_text (yyjson_doc_get_root (doc), "code", &code, NULL) ||
      !forlop_json_get_text (yyjson_doc_get_root (doc), "form", &title, NULL) ||
      !forlop_json_get_integer (yyjson_doc_get_root (doc), "expected_at", at, NULL) ||
      (code == NULL && title == NULL) || *at == FORLOP_INSTANT_NONE)
    return FALSE;
  *form = g_strdup (title);
  *measure = code != NULL ? forlop_measure_find ("forlop", code) : FORLOP_MEASURE_UNKNOWN;

  return TRUE;
}

char *
forlop_missing_describe (const char *text)
{
  g_autofree char *shown = NULL;
  g_autofree char *form = NULL;
  ForlopMeasure measure;
  gint64 at;

  if (!read_json (text, &measure, &form, &at))
    return NULL;

  shown = forlop_instant_format (at);
  if (form != NULL)
    /* Translators: the title of a form, then a date and a time. */
    return g_strdup_printf (_("%s was to be answered %s"), form, shown);

  /* Translators: a measure as a heading, then a date and a time. */
  return g_strdup_printf (_("%s was expected %s and has not come"), forlop_measure_label (measure),
                          shown);
}

char *
forlop_missing_brief (const char *text)
{
  g_autofree char *form = NULL;
  ForlopMeasure measure;
  gint64 at;

  if (!read_json (text, &measure, &form, &at))
    return NULL;
  if (form != NULL)
    return g_steal_pointer (&form);

  /* Translators: a measure inside a list of what is the matter. */
  return g_strdup_printf (_("%s missing"), forlop_measure_noun (measure));
}

/* When somebody last found out why a measurement of @code was missing. */
static gint64
answered_at (ForlopSnapshot *snapshot,
             const char     *code)
{
  GPtrArray *alerts = forlop_snapshot_list (snapshot, "alert");
  g_autofree char *prefix = g_strdup_printf ("missing/%s/", code);
  gint64 latest = FORLOP_INSTANT_NONE;

  for (unsigned int i = 0; i < alerts->len; i++)
    {
      ForlopRecord *alert = g_ptr_array_index (alerts, i);

      if (forlop_record_text_is (alert, "kind", "missing") &&
          g_str_has_prefix (forlop_record_get_text (alert, "rule"), prefix))
        latest = MAX (latest, forlop_record_get_instant (alert, "handled_at"));
    }

  return latest;
}

typedef struct {
  gint64 measured;  /* the newest plausible measurement */
  gint64 answered;  /* what was missing before this has been asked about */
  gint64 from;      /* expected from and until: the time the plan ruled */
  gint64 until;
  const ForlopPause *pauses;
  unsigned int n_pauses;
} Question;

static gboolean
is_missing (const Question   *question,
            const ForlopSlot *slot)
{
  return slot->opens_ms > question->measured && slot->deadline_ms >= question->answered &&
         forlop_pauses_touching (question->pauses, question->n_pauses, slot->at_ms,
                                 slot->deadline_ms) == NULL;
}

/* Where to begin looking: not before what is measured or answered. */
static gint64
first_instant (const Question *question)
{
  gint64 from = MAX (question->from, question->measured);

  if (question->answered != FORLOP_INSTANT_NONE)
    from = MAX (from, question->answered - FORLOP_DAY);

  return from;
}

static gboolean
find_slot (const ForlopSchedule *schedule,
           const Question       *question,
           ForlopSlot           *found)
{
  gint64 from = first_instant (question);

  for (unsigned int step = 0; step < MAX_STEPS && from < question->until; step++)
    {
      gint64 to = MIN (from + STEP, question->until);
      g_autoptr (GArray) slots = forlop_slots_list (schedule, from, to);

      for (unsigned int i = 0; i < slots->len; i++)
        if (is_missing (question, &g_array_index (slots, ForlopSlot, i)))
          {
            *found = g_array_index (slots, ForlopSlot, i);
            return TRUE;
          }
      from = to;
    }

  return FALSE;
}

/* The schedules of one plan that ask for @code. */
static gboolean
find_in_plan (ForlopSnapshot *snapshot,
              ForlopRecord   *plan,
              const char     *code,
              const Question *question,
              ForlopSlot     *found)
{
  GPtrArray *records = forlop_snapshot_list (snapshot, "schedule");
  gboolean any = FALSE;

  for (unsigned int i = 0; i < records->len; i++)
    {
      ForlopRecord *record = g_ptr_array_index (records, i);
      ForlopSchedule schedule;
      ForlopSlot slot;

      if (!forlop_record_text_is (record, "care_plan_id", forlop_record_get_id (plan)) ||
          g_strcmp0 (forlop_missing_code (record), code) != 0 ||
          !forlop_schedule_read (&schedule, record, NULL) ||
          !find_slot (&schedule, question, &slot))
        continue;
      if (!any || slot.at_ms < found->at_ms)
        *found = slot;
      any = TRUE;
    }

  return any;
}

/**
 * forlop_missing_find:
 * @code: a measure, or the id of a form.
 * @slot: (out): when it was expected, and until when it could come.
 *
 * Measurements are expected from the day after the service started, by the schedules of the plan
 * that is in force at the time. Wall time is Oslo's.
 */
gboolean
forlop_missing_find (ForlopSnapshot *snapshot,
                     const char     *code,
                     ForlopSlot     *slot)
{
  ForlopRecord *the_case;
  GPtrArray *plans;
  g_autoptr (GArray) pauses = NULL;
  Question question;
  gint64 started;
  gboolean any = FALSE;

  g_return_val_if_fail (snapshot != NULL, FALSE);
  g_return_val_if_fail (code != NULL && slot != NULL, FALSE);

  the_case = forlop_snapshot_get_case (snapshot);
  if (the_case == NULL || !forlop_record_text_is (the_case, "status", "running"))
    return FALSE;

  started = forlop_instant_from_wall (forlop_record_get_date (the_case, "started_on") + 1, 0);
  pauses = forlop_pauses_read (forlop_snapshot_list (snapshot, "pause"));
  question = (Question) {
    .measured = forlop_snapshot_get_last_measured (snapshot, code),
    .answered = answered_at (snapshot, code),
    .pauses = (const ForlopPause *) (const void *) pauses->data,
    .n_pauses = pauses->len,
  };

  plans = forlop_snapshot_list (snapshot, "care_plan");
  for (unsigned int i = 0; i < plans->len; i++)
    {
      ForlopRecord *plan = g_ptr_array_index (plans, i);
      ForlopSlot found;

      if (!forlop_plan_record_counts (plan))
        continue;
      question.from = MAX (started, forlop_record_get_instant (plan, "valid_from"));
      question.until = forlop_record_has (plan, "superseded_at")
                         ? forlop_record_get_instant (plan, "superseded_at") : G_MAXINT64;
      if (!find_in_plan (snapshot, plan, code, &question, &found))
        continue;
      if (!any || found.at_ms < slot->at_ms)
        *slot = found;
      any = TRUE;
    }

  return any;
}
