/* SPDX-License-Identifier: EUPL-1.2 */

#include "follow-up-test-util.h"
#include "forlop-meeting-store.h"

/* Who is on the agenda of a weekly meeting, who is suggested, and what was decided. */

#define START "2026-03-02"
#define DAY "2026-03-16"

typedef struct {
  const char *unit_id;
  gint64 now;
} Query;

static gpointer
load_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Query *query = user_data;

  return forlop_meeting_store_load (connection, query->unit_id, query->now, error);
}

static ForlopMeetingAgenda *
load (ActsTest   *test,
      const char *unit_id)
{
  Query query = { unit_id, forlop_clock_now (test->clock) };
  g_autoptr (GError) error = NULL;
  ForlopMeetingAgenda *agenda =
    forlop_store_read_sync (test->store, load_on_worker, &query, NULL, NULL, &error);

  g_assert_no_error (error);

  return agenda;
}

static const ForlopMeetingLine *
line_of (const ForlopMeetingAgenda *agenda,
         const char                *case_id)
{
  const ForlopMeetingLine *found = NULL;

  for (unsigned int i = 0; i < agenda->lines->len; i++)
    {
      const ForlopMeetingLine *line = g_ptr_array_index (agenda->lines, i);

      if (!g_str_equal (line->case_id, case_id))
        continue;
      /* Nobody stands there twice. */
      g_assert_null (found);
      found = line;
    }

  return found;
}

static void
assert_state (ActsTest           *test,
              const char         *unit_id,
              const char         *case_id,
              ForlopMeetingState  state)
{
  g_autoptr (ForlopMeetingAgenda) agenda = load (test, unit_id);
  const ForlopMeetingLine *line = line_of (agenda, case_id);

  g_assert_nonnull (line);
  g_assert_cmpint (line->state, ==, state);
}

static void
assert_absent (ActsTest   *test,
               const char *unit_id,
               const char *case_id)
{
  g_autoptr (ForlopMeetingAgenda) agenda = load (test, unit_id);

  g_assert_null (line_of (agenda, case_id));
}

static char *
take_up (ActsTest   *test,
         const char *case_id,
         const char *question)
{
  g_autoptr (ForlopActResult) result = acts_test_do (test, test->nurse, "add-meeting-item",
                                                     "{\"case_id\":\"%s\",\"question\":\"%s\"}", case_id, question);

  return g_strdup (result->subject_id);
}

static char *
begin_meeting (ActsTest   *test,
               const char *unit_id,
               const char *held_on)
{
  g_autoptr (ForlopActResult) result =
    acts_test_do (test, test->nurse, "save-meeting",
                  "{\"unit_id\":\"%s\",\"title\":\"Weekly meeting\",\"held_on\":\"%s\"}", unit_id, held_on);

  return g_strdup (result->subject_id);
}

static void
decide (ActsTest   *test,
        const char *item_id,
        const char *meeting_id)
{
  acts_test_must (test, test->nurse, "decide-meeting-item",
                  "{\"meeting_item_id\":\"%s\",\"meeting_id\":\"%s\",\"decision\":\"Wait\"}", item_id, meeting_id);
}

static void
test_nobody_and_nothing_is_an_empty_agenda (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autoptr (ForlopMeetingAgenda) agenda = load (test, test->zone);

  g_assert_null (agenda->meeting);
  g_assert_cmpuint (agenda->lines->len, ==, 0);
  g_assert_false (forlop_meeting_agenda_is_open (agenda));
}

static void
test_agenda_is_in_the_order_it_was_asked_for (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *first = follow_up_start (test, START);
  g_autofree char *second = follow_up_start_for (test, "15872949884", "Arne", "Aas", START);
  g_autofree char *one = take_up (test, first, "Is the pressure too high?");
  g_autofree char *other = take_up (test, second, "Are two a week enough?");
  g_autoptr (ForlopMeetingAgenda) agenda = load (test, test->zone);
  const ForlopMeetingLine *line;

  g_assert_cmpuint (forlop_meeting_agenda_count (agenda, FORLOP_MEETING_ON_AGENDA), ==, 2);
  line = g_ptr_array_index (agenda->lines, 0);
  g_assert_cmpstr (line->item_id, ==, one);
  g_assert_cmpstr (line->question, ==, "Is the pressure too high?");
  g_assert_null (line->decision);
  line = g_ptr_array_index (agenda->lines, 1);
  g_assert_cmpstr (line->item_id, ==, other);
  g_assert_cmpstr (line->name, ==, "Arne Aas");

  /* A unit that has nothing to do with the case sees nothing of it. */
  assert_absent (test, test->other_zone, first);
}

static void
test_due_and_loud_are_suggested_once (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *loud = follow_up_start (test, START);
  g_autofree char *item_id = NULL;
  g_autofree char *meeting_id = NULL;

  follow_up_set_time (test, DAY "T12:00:00");
  for (int i = 0; i < FORLOP_MEETING_MANY_ALERTS - 1; i++)
    {
      g_autofree char *at = g_strdup_printf (DAY "T08:%02d:00", i * 10);

      g_free (follow_up_measure (test, loud, "spo2", "86", at));
    }
  {
    g_autoptr (ForlopMeetingAgenda) agenda = load (test, test->zone);
    const ForlopMeetingLine *line = line_of (agenda, loud);

    /* The review of the trial is due; four alerts are few. */
    g_assert_nonnull (line);
    g_assert_cmpint (line->state, ==, FORLOP_MEETING_SUGGESTED);
    g_assert_cmpstr (line->rule, ==, "review-trial");
    g_assert_cmpuint (line->n_alerts, ==, 0);
  }

  g_free (follow_up_measure (test, loud, "spo2", "86", DAY "T08:50:00"));
  {
    g_autoptr (ForlopMeetingAgenda) agenda = load (test, test->zone);

    g_assert_cmpuint (line_of (agenda, loud)->n_alerts, ==, FORLOP_MEETING_MANY_ALERTS);
  }

  /* Who is taken up is suggested no longer, nor the day after the decision; then again. */
  item_id = take_up (test, loud, "Are the limits right?");
  assert_state (test, test->zone, loud, FORLOP_MEETING_ON_AGENDA);
  meeting_id = begin_meeting (test, test->zone, DAY);
  decide (test, item_id, meeting_id);
  assert_state (test, test->zone, loud, FORLOP_MEETING_DECIDED);
  acts_test_must (test, test->nurse, "save-meeting",
                  "{\"id\":\"%s\",\"closed_at\":\"" DAY "T12:30:00\"}", meeting_id);
  acts_test_set_day (test, "2026-03-18");
  g_free (begin_meeting (test, test->zone, "2026-03-18"));
  assert_state (test, test->zone, loud, FORLOP_MEETING_SUGGESTED);
}

static void
test_alerts_of_a_week_ago_are_quiet (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, "2026-01-05");

  acts_test_set_day (test, "2026-02-02");
  for (int i = 0; i < FORLOP_MEETING_MANY_ALERTS; i++)
    {
      g_autofree char *at = g_strdup_printf ("2026-02-02T08:%02d:00", i * 10);

      g_free (follow_up_measure (test, case_id, "spo2", "86", at));
    }
  acts_test_must (test, test->nurse, "review-trial",
                  "{\"case_id\":\"%s\",\"trial_reviewed_on\":\"2026-02-02\",\"text\":\"They fit\"}", case_id);
  {
    g_autoptr (ForlopMeetingAgenda) agenda = load (test, test->zone);

    g_assert_cmpuint (line_of (agenda, case_id)->n_alerts, ==, FORLOP_MEETING_MANY_ALERTS);
  }
  acts_test_set_day (test, "2026-02-10");
  {
    g_autoptr (ForlopMeetingAgenda) agenda = load (test, test->zone);
    const ForlopMeetingLine *line = line_of (agenda, case_id);

    g_assert_true (line == NULL || line->n_alerts == 0);
  }
}

static void
test_open_meeting_comes_before_a_newer_closed_one (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, START);
  g_autofree char *open = begin_meeting (test, test->zone, "2026-03-09");
  g_autofree char *closed = begin_meeting (test, test->zone, DAY);
  g_autofree char *item_id = take_up (test, case_id, "What now?");

  acts_test_set_day (test, DAY);
  acts_test_must (test, test->nurse, "save-meeting", "{\"id\":\"%s\",\"closed_at\":\"" DAY "T09:00:00\"}", closed);
  {
    g_autoptr (ForlopMeetingAgenda) agenda = load (test, test->zone);

    g_assert_true (forlop_meeting_agenda_is_open (agenda));
    g_assert_cmpstr (forlop_record_get_id (agenda->meeting), ==, open);
  }

  /* What another meeting decided is not this one's. */
  decide (test, item_id, closed);
  {
    g_autoptr (ForlopMeetingAgenda) agenda = load (test, test->zone);

    g_assert_cmpuint (forlop_meeting_agenda_count (agenda, FORLOP_MEETING_DECIDED), ==, 0);
  }
  acts_test_must (test, test->nurse, "save-meeting", "{\"id\":\"%s\",\"closed_at\":\"" DAY "T09:30:00\"}", open);
  {
    g_autoptr (ForlopMeetingAgenda) agenda = load (test, test->zone);

    g_assert_false (forlop_meeting_agenda_is_open (agenda));
    g_assert_cmpstr (forlop_record_get_id (agenda->meeting), ==, closed);
    g_assert_cmpuint (forlop_meeting_agenda_count (agenda, FORLOP_MEETING_DECIDED), ==, 1);
    g_assert_cmpstr (line_of (agenda, case_id)->decision, ==, "Wait");
  }
}

static void
test_office_sees_its_cases_too (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, START);
  g_autofree char *item_id = take_up (test, case_id, "What now?");

  g_assert_nonnull (item_id);
  assert_state (test, test->office, case_id, FORLOP_MEETING_ON_AGENDA);
  assert_absent (test, test->other_zone, case_id);
}

static const ForlopMeetingDoer *
doer_of (const ForlopMeetingAgenda *agenda,
         const char                *role,
         const char                *unit_id,
         const char                *user_id)
{
  for (unsigned int i = 0; i < agenda->doers->len; i++)
    {
      const ForlopMeetingDoer *doer = g_ptr_array_index (agenda->doers, i);

      if (g_str_equal (doer->role, role) && g_str_equal (doer->unit_id, unit_id) &&
          g_strcmp0 (doer->user_id, user_id) == 0)
        return doer;
    }

  return NULL;
}

/* A task goes to whoever has a function near the case, or to the function; never to one that nobody has. */
static void
test_a_task_can_be_given_to_any_function (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, START);
  g_autoptr (ForlopMeetingAgenda) agenda = load (test, test->zone);
  const ForlopMeetingDoer *first = g_ptr_array_index (agenda->doers, 0);

  g_assert_nonnull (case_id);
  g_assert_cmpstr (first->unit_id, ==, test->zone);
  g_assert_null (first->unit_name);
  g_assert_nonnull (doer_of (agenda, "resource_person", test->zone, test->nurse->user_id));
  g_assert_nonnull (doer_of (agenda, "manager", test->zone, test->manager->user_id));
  g_assert_nonnull (doer_of (agenda, "caseworker", test->office, test->caseworker->user_id));
  g_assert_nonnull (doer_of (agenda, "coordinator", test->stock, test->coordinator->user_id));
  g_assert_nonnull (doer_of (agenda, "caseworker", test->office, NULL)->unit_name);
  g_assert_null (doer_of (agenda, "caseworker", test->zone, NULL));
  g_assert_null (doer_of (agenda, "resource_person", test->other_zone, test->other_nurse->user_id));
  g_assert_null (doer_of (agenda, "administrator", test->office, test->administrator->user_id));
}

static gpointer
load_minutes_on_worker (ForlopConnection  *connection,
                        gpointer           user_data,
                        GCancellable      *cancellable G_GNUC_UNUSED,
                        GError           **error)
{
  return forlop_meeting_store_load_minutes (connection, user_data, error);
}

static void
test_minutes_say_who_does_what (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *first = follow_up_start (test, START);
  g_autofree char *second = follow_up_start_for (test, "15872949884", "Arne", "Aas", START);
  g_autofree char *one = take_up (test, first, "Is the pressure too high?");
  g_autofree char *other = take_up (test, second, "Are two a week enough?");
  g_autofree char *meeting_id = begin_meeting (test, test->zone, START);
  g_autoptr (ForlopMinutes) minutes = NULL;
  g_autoptr (GError) error = NULL;
  const ForlopMinutesItem *item;

  decide (test, other, meeting_id);
  acts_test_must (test, test->nurse, "add-task",
                  "{\"unit_id\":\"%s\",\"role\":\"resource_person\",\"case_id\":\"%s\",\"kind\":\"meeting\","
                  "\"meeting_item_id\":\"%s\",\"title\":\"Call the GP\",\"status\":\"open\",\"taken_by\":\"%s\","
                  "\"taken_at\":\"" START "T09:00:00\"}", test->zone, second, other, test->nurse->user_id);
  acts_test_must (test, test->nurse, "add-task",
                  "{\"unit_id\":\"%s\",\"role\":\"coordinator\",\"case_id\":\"%s\",\"kind\":\"meeting\","
                  "\"meeting_item_id\":\"%s\",\"title\":\"Another cuff\",\"status\":\"open\"}", test->zone, second,
                  other);
  acts_test_must (test, test->nurse, "add-task",
                  "{\"unit_id\":\"%s\",\"role\":\"coordinator\",\"case_id\":\"%s\",\"kind\":\"meeting\","
                  "\"meeting_item_id\":\"%s\",\"title\":\"Never mind\",\"status\":\"cancelled\"}", test->zone, second,
                  other);

  minutes = forlop_store_read_sync (test->store, load_minutes_on_worker, meeting_id, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (minutes->unit_name);
  /* Who is still on the agenda is not among what was decided. */
  g_assert_nonnull (one);
  g_assert_cmpuint (minutes->items->len, ==, 1);
  item = g_ptr_array_index (minutes->items, 0);
  g_assert_cmpstr (item->name, ==, "Arne Aas");
  g_assert_cmpstr (forlop_record_get_text (item->item, "decision"), ==, "Wait");
  g_assert_cmpuint (item->tasks->len, ==, 2);
  g_assert_nonnull (((ForlopMinutesTask *) g_ptr_array_index (item->tasks, 0))->who);
  g_assert_null (((ForlopMinutesTask *) g_ptr_array_index (item->tasks, 1))->who);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/meeting/nobody-and-nothing-is-an-empty-agenda", test_nobody_and_nothing_is_an_empty_agenda);
  g_test_add_func ("/meeting/agenda-is-in-the-order-it-was-asked-for",
                   test_agenda_is_in_the_order_it_was_asked_for);
  g_test_add_func ("/meeting/due-and-loud-are-suggested-once", test_due_and_loud_are_suggested_once);
  g_test_add_func ("/meeting/alerts-of-a-week-ago-are-quiet", test_alerts_of_a_week_ago_are_quiet);
  g_test_add_func ("/meeting/open-meeting-comes-before-a-newer-closed-one",
                   test_open_meeting_comes_before_a_newer_closed_one);
  g_test_add_func ("/meeting/office-sees-its-cases-too", test_office_sees_its_cases_too);
  g_test_add_func ("/meeting/a-task-can-be-given-to-any-function", test_a_task_can_be_given_to_any_function);
  g_test_add_func ("/meeting/minutes-say-who-does-what", test_minutes_say_who_does_what);

  return g_test_run ();
}
