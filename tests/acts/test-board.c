/* SPDX-License-Identifier: EUPL-1.2 */

#include "follow-up-test-util.h"
#include "forlop-begun-store.h"
#include "forlop-board-store.h"
#include "forlop-draft-store.h"
#include "forlop-worklist.h"

#include <math.h>

typedef struct {
  const char *unit_id;
  gint64 now;
  const char *part;
  const char *plan_kind;
} Ask;

static gpointer
load_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  const Ask *ask = user_data;
  const ForlopBoardQuery query = { ask->unit_id, ask->now, 100, ask->part, ask->plan_kind };

  return forlop_board_load (connection, &query, error);
}

static ForlopBoard *
ask_for (ActsTest *test,
         Ask       ask)
{
  g_autoptr (GError) error = NULL;
  ForlopBoard *board = forlop_store_read_sync (test->store, load_on_worker, &ask,
                                               (GDestroyNotify) forlop_board_free, NULL, &error);

  g_assert_no_error (error);

  return board;
}

static ForlopBoard *
load (ActsTest   *test,
      const char *unit_id)
{
  return ask_for (test, (Ask) { unit_id, forlop_clock_now (test->clock), NULL, NULL });
}

static ForlopBoard *
load_filtered (ActsTest   *test,
               const char *part,
               const char *plan_kind)
{
  return ask_for (test, (Ask) { NULL, forlop_clock_now (test->clock), part, plan_kind });
}

static const ForlopBoardRow *
row_at (ForlopBoard  *board,
        unsigned int  index)
{
  g_assert_cmpuint (index, <, board->rows->len);

  return g_ptr_array_index (board->rows, index);
}

static void
test_says_when_a_red_goes_to_the_leader (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-16");
  g_autofree char *case_id = follow_up_start (test, "2026-03-16");
  g_autofree char *id = follow_up_measure (test, case_id, "spo2", "86", "2026-03-16T08:10:00");
  g_autoptr (ForlopRecord) alert = follow_up_alert (test, id, "red_low");
  g_autoptr (ForlopBoard) never = load (test, test->zone);
  g_autoptr (ForlopBoard) waiting = NULL;
  g_autoptr (ForlopBoard) on_holidays = NULL;
  g_autoptr (ForlopBoard) taken = NULL;

  g_assert_cmpint (row_at (never, 0)->escalates_at, ==, FORLOP_INSTANT_NONE);
  acts_test_must (test, test->administrator, "save-profile", "{\"id\":\"%s\",\"escalate_minutes\":30}", test->profile);
  waiting = load (test, test->zone);
  g_assert_cmpint (row_at (waiting, 0)->escalates_at, ==, follow_up_at ("2026-03-16T09:30:00"));
  acts_test_must (test, test->administrator, "save-unit",
                  "{\"id\":\"%s\",\"opens_at\":600,\"closes_at\":610,\"open_weekdays\":\"4\","
                  "\"open_holidays\":\"usual\"}", test->zone);
  on_holidays = load (test, test->zone);
  /* Maundy Thursday is the third. */
  g_assert_cmpint (row_at (on_holidays, 0)->escalates_at, ==, follow_up_at ("2026-04-02T10:10:00"));
  acts_test_must (test, test->nurse, "take-alert", "{\"alert_id\":\"%s\"}", forlop_record_get_id (alert));
  taken = load (test, test->zone);
  g_assert_cmpint (row_at (taken, 0)->escalates_at, ==, FORLOP_INSTANT_NONE);
}

static void
test_nobody (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autoptr (ForlopBoard) board = load (test, NULL);

  g_assert_cmpuint (board->rows->len, ==, 0);
  g_assert_cmpuint (board->units->len, ==, 0);
  g_assert_null (board->round);
}

static void
test_order (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *liv = follow_up_start_for (test, "12835430098", "Liv", "Haug", "2026-03-12");
  g_autofree char *arne = follow_up_start_for (test, "03916230191", "Arne", "Moen", "2026-03-12");
  g_autofree char *anne = follow_up_start_for (test, "15872949884", "Anne", "Berg", "2026-03-12");
  g_autofree char *green = NULL, *yellow = NULL, *red = NULL;
  g_autoptr (ForlopBoard) board = NULL;

  follow_up_set_time (test, "2026-03-13T09:00:00");
  green = follow_up_measure (test, anne, "spo2", "95", "2026-03-13T08:00:00");
  yellow = follow_up_measure (test, liv, "spo2", "91", "2026-03-13T08:01:00");
  red = follow_up_measure (test, arne, "spo2", "86", "2026-03-13T08:02:00");
  board = load (test, NULL);

  g_assert_cmpuint (board->rows->len, ==, 3);
  g_assert_cmpstr (row_at (board, 0)->case_id, ==, arne);
  g_assert_cmpint (row_at (board, 0)->need, ==, FORLOP_BOARD_RED);
  g_assert_cmpint (row_at (board, 0)->measure, ==, FORLOP_MEASURE_SPO2);
  g_assert_cmpfloat (row_at (board, 0)->value, ==, 86);
  g_assert_cmpstr (row_at (board, 1)->case_id, ==, liv);
  g_assert_cmpint (row_at (board, 1)->need, ==, FORLOP_BOARD_YELLOW);
  g_assert_cmpstr (row_at (board, 2)->case_id, ==, anne);
  g_assert_cmpint (row_at (board, 2)->need, ==, FORLOP_BOARD_CALM);
  g_assert_cmpint (row_at (board, 2)->severity, ==, FORLOP_SEVERITY_GREEN);
  g_assert_cmpuint (board->counts[FORLOP_BOARD_RED], ==, 1);
  g_assert_cmpuint (board->counts[FORLOP_BOARD_CALM], ==, 1);
}

static char *
raise_red (ActsTest   *test,
           const char *case_id)
{
  g_autofree char *measurement = NULL;
  g_autoptr (GPtrArray) alerts = NULL;

  follow_up_set_time (test, "2026-03-13T09:00:00");
  measurement = follow_up_measure (test, case_id, "spo2", "86", "2026-03-13T08:02:00");
  alerts = acts_test_list (test, "alert", "measurement_id", measurement);
  g_assert_cmpuint (alerts->len, ==, 1);

  return g_strdup (forlop_record_get_id (g_ptr_array_index (alerts, 0)));
}

static void
test_taken (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *case_id = follow_up_start (test, "2026-03-12");
  g_autofree char *alert_id = raise_red (test, case_id);
  g_autoptr (ForlopBoard) board = NULL;

  acts_test_must (test, test->nurse, "take-alert", "{\"alert_id\":\"%s\"}", alert_id);
  board = load (test, test->zone);

  g_assert_cmpstr (row_at (board, 0)->alert_id, ==, alert_id);
  g_assert_cmpstr (row_at (board, 0)->taken_by, ==, test->nurse->user_id);
  g_assert_nonnull (row_at (board, 0)->taken_by_name);
}

static void
test_snoozed (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *case_id = follow_up_start (test, "2026-03-12");
  g_autofree char *alert_id = raise_red (test, case_id);
  g_autoptr (ForlopBoard) asleep = NULL, awake = NULL;

  acts_test_must (test, test->nurse, "snooze-alert",
                  "{\"alert_id\":\"%s\",\"snoozed_until\":\"2026-03-13T09:30:00\"}", alert_id);
  asleep = load (test, NULL);
  follow_up_set_time (test, "2026-03-13T09:31:00");
  awake = load (test, NULL);

  g_assert_cmpint (row_at (asleep, 0)->need, ==, FORLOP_BOARD_SNOOZED);
  g_assert_cmpint (row_at (asleep, 0)->snoozed_until, ==, follow_up_at ("2026-03-13T09:30:00"));
  g_assert_cmpint (row_at (awake, 0)->need, ==, FORLOP_BOARD_RED);
}

static void
test_handled (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *case_id = follow_up_start (test, "2026-03-12");
  g_autofree char *alert_id = raise_red (test, case_id);
  g_autoptr (ForlopBoard) board = NULL;

  acts_test_must (test, test->nurse, "handle-alert",
                  "{\"alert_id\":\"%s\",\"way\":\"phone\",\"text\":\"Ringte\",\"minutes\":5}", alert_id);
  board = load (test, NULL);

  g_assert_cmpint (row_at (board, 0)->need, ==, FORLOP_BOARD_CALM);
  g_assert_cmpint (row_at (board, 0)->severity, ==, FORLOP_SEVERITY_RED);
  g_assert_null (row_at (board, 0)->alert_id);
}

/* What somebody wrote about a case, and in answer to which alert. */
typedef struct {
  const char *case_id;
  const char *alert_id;
  const char *user_id;
} Begin;

static gpointer
begin_on_worker (ForlopConnection  *connection,
                 gpointer           user_data,
                 GCancellable      *cancellable G_GNUC_UNUSED,
                 GError           **error)
{
  const Begin *begin = user_data;
  g_autofree char *key = forlop_begun_dup_key (begin->case_id);
  g_autofree char *body = g_strdup_printf ("{\"text\":\"Ringte\",\"alert\":\"%s\"}", begin->alert_id);

  forlop_draft_store_put (connection, key, begin->user_id, 1000, body, error);

  return NULL;
}

static gpointer
list_begun_on_worker (ForlopConnection  *connection,
                      gpointer           user_data,
                      GCancellable      *cancellable G_GNUC_UNUSED,
                      GError           **error)
{
  return forlop_begun_store_list (connection, user_data, error);
}

static GHashTable *
list_begun (ActsTest   *test,
            const char *user_id)
{
  g_autoptr (GError) error = NULL;
  GHashTable *begun = forlop_store_read_sync (test->store, list_begun_on_worker, (gpointer) user_id,
                                              (GDestroyNotify) g_hash_table_unref, NULL, &error);

  g_assert_no_error (error);

  return begun;
}

/* A colleague answers the alert while somebody else writes. */
static void
test_begun (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *case_id = follow_up_start (test, "2026-03-12");
  g_autofree char *alert_id = raise_red (test, case_id);
  const Begin begin = { case_id, alert_id, test->nurse->user_id };
  g_autoptr (GHashTable) open = NULL, handled = NULL, theirs = NULL;
  g_autoptr (GError) error = NULL;
  const ForlopBegun *one;

  forlop_store_write_sync (test->store, begin_on_worker, (gpointer) &begin, NULL, NULL, &error);
  g_assert_no_error (error);
  open = list_begun (test, test->nurse->user_id);
  one = g_hash_table_lookup (open, case_id);
  g_assert_nonnull (one);
  g_assert_nonnull (strstr (one->body, "Ringte"));
  g_assert_cmpstr (one->alert_status, ==, "new");
  g_assert_nonnull (one->name);

  acts_test_must (test, test->centre_nurse, "handle-alert",
                  "{\"alert_id\":\"%s\",\"way\":\"visit\",\"text\":\"Var der\"}", alert_id);
  handled = list_begun (test, test->nurse->user_id);
  one = g_hash_table_lookup (handled, case_id);
  g_assert_nonnull (one);
  g_assert_nonnull (strstr (one->body, "Ringte"));
  g_assert_cmpstr (one->alert_status, ==, "handled");
  g_assert_nonnull (one->handled_by);
  g_assert_cmpint (one->handled_at, ==, forlop_clock_now (test->clock));

  theirs = list_begun (test, test->centre_nurse->user_id);
  g_assert_cmpuint (g_hash_table_size (theirs), ==, 0);
}

static void
test_unit (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *case_id = follow_up_start (test, "2026-03-12");
  g_autoptr (ForlopBoard) mine = load (test, test->zone);
  g_autoptr (ForlopBoard) theirs = load (test, test->other_zone);

  g_assert_cmpuint (mine->rows->len, ==, 1);
  g_assert_cmpuint (mine->units->len, ==, 1);
  g_assert_cmpuint (theirs->rows->len, ==, 0);
}

static unsigned int
count_shown (ActsTest   *test,
             const char *part,
             const char *plan_kind,
             const char *first)
{
  g_autoptr (ForlopBoard) board = load_filtered (test, part, plan_kind);

  g_assert_cmpuint (board->n_running, ==, 2);
  if (first != NULL)
    g_assert_cmpstr (row_at (board, 0)->case_id, ==, first);

  return board->rows->len;
}

/* Liv's plan is of no kind and asks in the morning; Arne's is begun with a template and asks in the evening. */
static void
test_filter (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *liv = follow_up_start_for (test, "12835430098", "Liv", "Haug", "2026-03-12");
  g_autofree char *arne = follow_up_start_for (test, "03916230191", "Arne", "Moen", "2026-03-12");
  g_autofree char *red = follow_up_measure (test, liv, "spo2", "86", "2026-03-12T08:10:00");
  g_autoptr (ForlopActResult) template = acts_test_do (
    test, test->nurse, "save-template",
    "{\"code\":\"copd\",\"kind\":\"plan\",\"title\":\"COPD\",\"language\":\"nb\",\"body\":"
    "\"{\\\"schedules\\\":[{\\\"code\\\":\\\"pulse\\\",\\\"cadence\\\":\\\"daily\\\","
    "\\\"times\\\":\\\"20.00\\\",\\\"grace_minutes\\\":60}]}\"}");
  g_autoptr (ForlopActResult) plan = acts_test_do (test, test->nurse, "draft-plan",
                                                   "{\"case_id\":\"%s\",\"template_id\":\"%s\"}", arne,
                                                   template->subject_id);
  g_autoptr (ForlopBoard) evening = NULL;

  acts_test_must (test, test->nurse, "set-limit",
                  "{\"care_plan_id\":\"%s\",\"code\":\"pulse\",\"red_high\":130}", plan->subject_id);
  follow_up_approve (test, plan->subject_id, "2026-03-12");
  acts_test_must (test, test->nurse, "put-plan-in-force",
                  "{\"care_plan_id\":\"%s\",\"valid_from\":\"2026-03-14T00:00:00\"}", plan->subject_id);
  g_assert_cmpuint (count_shown (test, NULL, "copd", NULL), ==, 0);
  g_assert_cmpuint (count_shown (test, NULL, "", liv), ==, 2);
  acts_test_set_day (test, "2026-03-14");

  g_assert_cmpuint (count_shown (test, NULL, NULL, liv), ==, 2);
  g_assert_cmpuint (count_shown (test, "morning", NULL, liv), ==, 1);
  g_assert_cmpuint (count_shown (test, "evening", NULL, arne), ==, 1);
  g_assert_cmpuint (count_shown (test, NULL, "copd", arne), ==, 1);
  g_assert_cmpuint (count_shown (test, NULL, "", liv), ==, 1);
  g_assert_cmpuint (count_shown (test, "morning", "copd", NULL), ==, 0);
  g_assert_cmpuint (count_shown (test, "evening", "copd", arne), ==, 1);
  g_assert_cmpuint (count_shown (test, NULL, "no-such", NULL), ==, 0);

  evening = load_filtered (test, "evening", NULL);
  g_assert_cmpuint (evening->n_reds_left_out, ==, 1);
  g_assert_cmpuint (evening->counts[FORLOP_BOARD_RED], ==, 0);
  g_assert_cmpuint (evening->plan_kinds->len, ==, 1);
  g_assert_cmpstr (((ForlopBoardPlanKind *) g_ptr_array_index (evening->plan_kinds, 0))->title, ==, "COPD");
}

/* A new version of a plan is of the kind of the one it is a copy of, until another is chosen. */
static void
test_a_copy_keeps_its_kind (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *liv = follow_up_start (test, "2026-03-12");
  g_autoptr (ForlopActResult) template = acts_test_do (
    test, test->nurse, "save-template",
    "{\"code\":\"copd\",\"kind\":\"plan\",\"title\":\"COPD\",\"language\":\"nb\",\"body\":\"{}\"}");

  for (int version = 2; version <= 3; version++)
    {
      g_autoptr (ForlopActResult) plan =
        acts_test_do (test, test->nurse, "draft-plan", "{\"case_id\":\"%s\"}", liv);

      if (version == 2)
        acts_test_must (test, test->nurse, "save-plan", "{\"care_plan_id\":\"%s\",\"template_id\":\"%s\"}",
                        plan->subject_id, template->subject_id);
      follow_up_approve (test, plan->subject_id, "2026-03-12");
      acts_test_must (test, test->nurse, "put-plan-in-force", "{\"care_plan_id\":\"%s\"}", plan->subject_id);
    }
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM care_plan WHERE template_id IS NOT NULL"), ==, 2);
}

static void
test_trend (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *case_id = follow_up_start (test, "2026-03-12");
  g_autofree char *first = NULL, *last = NULL, *other = NULL;
  g_autoptr (ForlopBoard) board = NULL;
  const ForlopBoardPoint *points;

  follow_up_set_time (test, "2026-03-14T09:00:00");
  first = follow_up_measure (test, case_id, "spo2", "95", "2026-03-13T08:00:00");
  other = follow_up_measure (test, case_id, "weight", "80", "2026-03-14T07:00:00");
  last = follow_up_measure (test, case_id, "spo2", "86", "2026-03-14T08:00:00");
  board = load (test, NULL);

  g_assert_nonnull (row_at (board, 0)->trend);
  g_assert_cmpuint (row_at (board, 0)->trend->points->len, ==, 2);
  points = (const ForlopBoardPoint *) (const void *) row_at (board, 0)->trend->points->data;
  g_assert_cmpfloat (points[0].value, ==, 95);
  g_assert_cmpfloat (points[1].value, ==, 86);
  g_assert_cmpint (points[1].severity, ==, FORLOP_SEVERITY_RED);
}

/* Of a calm one too, whose reading says nothing of limits: those in force, not those that will be. */
static void
test_trend_has_the_limits (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *case_id = follow_up_start (test, "2026-03-12");
  g_autoptr (ForlopActResult) next =
    acts_test_do (test, test->nurse, "draft-plan", "{\"case_id\":\"%s\"}", case_id);
  g_autofree char *green = NULL;
  g_autoptr (ForlopBoard) board = NULL;

  acts_test_must (test, test->nurse, "set-limit", "{\"care_plan_id\":\"%s\",\"code\":\"spo2\",\"red_low\":70}",
                  next->subject_id);
  follow_up_approve (test, next->subject_id, "2026-03-12");
  acts_test_must (test, test->nurse, "put-plan-in-force",
                  "{\"care_plan_id\":\"%s\",\"valid_from\":\"2026-03-20T12:00:00\"}", next->subject_id);
  acts_test_must (test, test->nurse, "start-pause", "{\"case_id\":\"%s\",\"reason\":\"holiday\"}", case_id);
  follow_up_set_time (test, "2026-03-14T09:00:00");
  green = follow_up_measure (test, case_id, "spo2", "95", "2026-03-14T08:00:00");
  board = load (test, NULL);

  g_assert_cmpfloat (row_at (board, 0)->trend->limits.red_low, ==, 88);
  g_assert_cmpfloat (row_at (board, 0)->trend->limits.yellow_low, ==, 92);
  g_assert_true (isnan (row_at (board, 0)->trend->limits.red_high));
}

static void
test_last_contact (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *case_id = follow_up_start (test, "2026-03-12");
  g_autofree char *red = NULL;
  g_autoptr (ForlopBoard) board = NULL;

  follow_up_set_time (test, "2026-03-13T10:00:00");
  acts_test_must (test, test->nurse, "log-contact",
                  "{\"case_id\":\"%s\",\"way\":\"visit\",\"text\":\"Looked in\"}", case_id);
  follow_up_set_time (test, "2026-03-13T11:00:00");
  acts_test_must (test, test->nurse, "log-contact",
                  "{\"case_id\":\"%s\",\"way\":\"none\",\"text\":\"No answer\"}", case_id);
  follow_up_set_time (test, "2026-03-14T09:00:00");
  red = follow_up_measure (test, case_id, "spo2", "86", "2026-03-14T08:00:00");
  board = load (test, NULL);

  g_assert_cmpstr (row_at (board, 0)->contact_way, ==, "visit");
  g_assert_cmpint (row_at (board, 0)->contact_at, ==, follow_up_at ("2026-03-13T10:00:00"));
}

static void
test_pause (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *case_id = follow_up_start (test, "2026-03-12");
  g_autoptr (ForlopBoard) before = load (test, NULL);
  g_autoptr (ForlopBoard) during = NULL;
  g_autoptr (ForlopBoard) after = NULL;

  acts_test_must (test, test->nurse, "start-pause",
                  "{\"case_id\":\"%s\",\"reason\":\"hospital\",\"to_time\":\"2026-03-20T07:00:00Z\"}", case_id);
  follow_up_set_time (test, "2026-03-19T09:00:00");
  during = load (test, NULL);
  follow_up_set_time (test, "2026-03-20T09:00:00");
  after = load (test, NULL);

  g_assert_null (row_at (before, 0)->pause_id);
  g_assert_nonnull (row_at (during, 0)->pause_id);
  g_assert_cmpstr (row_at (during, 0)->pause_reason, ==, "hospital");
  g_assert_cmpint (row_at (during, 0)->pause_until, ==, follow_up_at ("2026-03-20T08:00:00"));
  g_assert_null (row_at (after, 0)->pause_id);
}

/* One of three files cannot be read: the others' are there, each known by its number. */
static void
test_merge (void)
{
  g_autoptr (ForlopBoard) here = g_new0 (ForlopBoard, 1);
  g_autoptr (ForlopBoard) there = g_new0 (ForlopBoard, 1);
  g_autoptr (ForlopBoard) merged = NULL;
  ForlopBoard *boards[] = { here, NULL, there };
  const struct { ForlopBoard *board; ForlopBoardNeed need; gint64 since; } rows[] = {
    { here, FORLOP_BOARD_RED, 3 }, { here, FORLOP_BOARD_MISSING, 1 },
    { there, FORLOP_BOARD_RED, 2 }, { there, FORLOP_BOARD_YELLOW, 1 },
  };
  const unsigned int places[] = { 2, 0, 2, 0 };

  here->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_board_row_free);
  here->units = g_ptr_array_new ();
  there->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_board_row_free);
  there->units = g_ptr_array_new ();
  for (unsigned int i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ForlopBoardRow *row = g_new0 (ForlopBoardRow, 1);

      row->need = rows[i].need;
      row->since = rows[i].since;
      g_ptr_array_add (rows[i].board->rows, row);
      rows[i].board->counts[row->need]++;
    }

  merged = forlop_board_merge (boards, G_N_ELEMENTS (boards));

  g_assert_cmpuint (merged->rows->len, ==, G_N_ELEMENTS (places));
  for (unsigned int i = 0; i < merged->rows->len; i++)
    g_assert_cmpuint (((ForlopBoardRow *) g_ptr_array_index (merged->rows, i))->place, ==, places[i]);
  g_assert_cmpuint (merged->counts[FORLOP_BOARD_RED], ==, 2);
  g_assert_cmpuint (merged->counts[FORLOP_BOARD_YELLOW], ==, 1);
  g_assert_cmpuint (here->rows->len, ==, 0);
}

static ForlopWorklist *
new_worklist (void)
{
  ForlopWorklist *list = g_new0 (ForlopWorklist, 1);

  list->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_worklist_row_free);

  return list;
}

/* As on the board: worst first, what is red before what is only late, then by deadline and by age. */
static void
test_merge_worklists (void)
{
  g_autoptr (ForlopWorklist) here = new_worklist ();
  g_autoptr (ForlopWorklist) there = new_worklist ();
  g_autoptr (ForlopWorklist) merged = NULL;
  ForlopWorklist *lists[] = { here, NULL, there };
  const struct { ForlopWorklist *list; ForlopWorklistSection section; const char *severity; gint64 due; gint64 since; }
  rows[] = {
    { here, FORLOP_WORKLIST_NOW, NULL, 5, 1 },
    { here, FORLOP_WORKLIST_TODAY, "yellow", FORLOP_INSTANT_NONE, 3 },
    { here, FORLOP_WORKLIST_TODAY, NULL, FORLOP_INSTANT_NONE, 2 },
    { there, FORLOP_WORKLIST_NOW, "red", FORLOP_INSTANT_NONE, 9 },
    { there, FORLOP_WORKLIST_TODAY, "yellow", FORLOP_INSTANT_NONE, 2 },
    { there, FORLOP_WORKLIST_TODAY, NULL, 8, 8 },
  };
  const unsigned int places[] = { 2, 0, 2, 0, 2 };

  for (unsigned int i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ForlopWorklistRow *row = g_new0 (ForlopWorklistRow, 1);

      row->section = rows[i].section;
      row->severity = rows[i].severity;
      row->due_at = rows[i].due;
      row->since = rows[i].since;
      g_ptr_array_add (rows[i].list->rows, row);
      rows[i].list->counts[FORLOP_WORKLIST_ALL]++;
    }

  merged = forlop_worklist_merge (lists, G_N_ELEMENTS (lists), G_N_ELEMENTS (places));

  /* The last one is beyond what is asked for, and counted all the same. */
  g_assert_cmpuint (merged->rows->len, ==, G_N_ELEMENTS (places));
  for (unsigned int i = 0; i < merged->rows->len; i++)
    g_assert_cmpuint (((ForlopWorklistRow *) g_ptr_array_index (merged->rows, i))->place, ==, places[i]);
  g_assert_cmpuint (merged->counts[FORLOP_WORKLIST_ALL], ==, G_N_ELEMENTS (rows));
  g_assert_cmpuint (here->rows->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/board/nobody-is-an-empty-board", test_nobody);
  g_test_add_func ("/board/says-when-a-red-goes-to-the-leader", test_says_when_a_red_goes_to_the_leader);
  g_test_add_func ("/board/the-worst-is-first", test_order);
  g_test_add_func ("/board/says-who-has-taken-it", test_taken);
  g_test_add_func ("/board/a-snoozed-red-comes-back", test_snoozed);
  g_test_add_func ("/board/a-handled-red-is-calm-and-stays-red", test_handled);
  g_test_add_func ("/board/what-is-begun-outlives-its-alert", test_begun);
  g_test_add_func ("/board/shows-only-the-unit", test_unit);
  g_test_add_func ("/board/shows-one-round-and-one-kind-of-plan", test_filter);
  g_test_add_func ("/plan/a-copy-keeps-its-kind", test_a_copy_keeps_its_kind);
  g_test_add_func ("/board/several-files-make-one-worst-first", test_merge);
  g_test_add_func ("/worklist/several-files-make-one-worst-first", test_merge_worklists);
  g_test_add_func ("/board/the-course-is-of-the-measure-of-the-row", test_trend);
  g_test_add_func ("/board/the-course-of-a-calm-one-has-the-limits-in-force", test_trend_has_the_limits);
  g_test_add_func ("/board/says-who-was-last-in-contact", test_last_contact);
  g_test_add_func ("/board/says-who-is-away-and-until-when", test_pause);

  return g_test_run ();
}
