/* SPDX-License-Identifier: EUPL-1.2 */

/* A shift that is handed over by name, and accepted by the next. */

#include "follow-up-test-util.h"
#include "forlop-worklist.h"
#include "forlop-error.h"

#define DAY "2026-03-16"

typedef struct {
  ActsTest *acts;
  ForlopActor *next; /* Ola, in Kari's zone too */
  char *case_id;
  char *alert_id;
} Shift;

static void
shift_clear (Shift *self)
{
  forlop_actor_free (self->next);
  g_free (self->case_id);
  g_free (self->alert_id);
  acts_test_free (self->acts);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shift, shift_clear)

/* Kari has taken a red alert and goes home. */
static Shift
set_up (void)
{
  Shift self = { .acts = acts_test_new (DAY) };
  ActsTest *test = self.acts;
  g_autofree char *id = NULL;
  g_autoptr (ForlopRecord) alert = NULL;

  acts_test_must (test, test->administrator, "save-membership",
                  "{\"user_id\":\"%s\",\"role\":\"resource_person\",\"unit_id\":\"%s\"}",
                  test->other_nurse->user_id, test->zone);
  self.next = forlop_actor_new (test->other_nurse->user_id, "resource_person", test->zone);
  self.case_id = follow_up_start (test, DAY);
  id = follow_up_measure (test, self.case_id, "spo2", "86", "2026-03-16T08:10:00");
  alert = follow_up_alert (test, id, "red_low");
  self.alert_id = g_strdup (forlop_record_get_id (alert));
  acts_test_must (test, test->nurse, "take-alert", "{\"alert_id\":\"%s\"}", self.alert_id);

  return self;
}

static char *
hand_over (Shift *self)
{
  g_autoptr (ForlopActResult) result = acts_test_do (
    self->acts, self->acts->nurse, "hand-over-shift",
    "{\"to_user_id\":\"%s\",\"message\":\"Rolig kveld\",\"cases\":\"%s Ring datteren kl. 18\\n\"}",
    self->next->user_id, self->case_id);

  return g_strdup (result->subject_id);
}

static gint64
count (Shift      *self,
       const char *sql)
{
  return acts_test_count (self->acts, sql);
}

static void
test_accepted_by_the_next_by_name (void)
{
  g_auto (Shift) shift = set_up ();
  ActsTest *test = shift.acts;
  g_autofree char *id = hand_over (&shift);

  g_assert_cmpint (count (&shift, "SELECT count (*) FROM duty WHERE rule = 'accept-shift' AND taken_by = "
                                  "(SELECT id FROM user WHERE short_name = 'Ola')"), ==, 1);
  g_assert_cmpint (count (&shift, "SELECT count (*) FROM shift_note WHERE note = 'Ring datteren kl. 18'"), ==, 1);
  g_assert_cmpint (count (&shift, "SELECT count (*) FROM alert WHERE taken_by = "
                                  "(SELECT id FROM user WHERE short_name = 'Kari')"), ==, 1);

  acts_test_must (test, shift.next, "accept-shift", "{\"shift_handover_id\":\"%s\"}", id);
  g_assert_cmpint (count (&shift, "SELECT count (*) FROM alert WHERE status = 'taken' AND taken_by = "
                                  "(SELECT id FROM user WHERE short_name = 'Ola')"), ==, 1);
  g_assert_cmpint (count (&shift, "SELECT count (*) FROM duty WHERE rule = 'accept-shift'"), ==, 0);
  acts_test_refused (test, shift.next, "accept-shift", FORLOP_ERROR_ALREADY, "already answered",
                     "{\"shift_handover_id\":\"%s\"}", id);
}

static void
test_nobody_else_accepts_it (void)
{
  g_auto (Shift) shift = set_up ();
  g_autofree char *id = hand_over (&shift);

  acts_test_refused (shift.acts, shift.acts->nurse, "accept-shift", FORLOP_ERROR_NOT_ALLOWED, "handed over to",
                     "{\"shift_handover_id\":\"%s\"}", id);
  acts_test_refused (shift.acts, shift.next, "withdraw-shift", FORLOP_ERROR_NOT_ALLOWED, "taken back by",
                     "{\"shift_handover_id\":\"%s\"}", id);
}

static void
test_can_be_taken_back_until_then (void)
{
  g_auto (Shift) shift = set_up ();
  ActsTest *test = shift.acts;
  g_autofree char *id = hand_over (&shift);

  acts_test_refused (test, test->nurse, "hand-over-shift", FORLOP_ERROR_ALREADY, "not accepted",
                     "{\"to_user_id\":\"%s\"}", shift.next->user_id);
  acts_test_must (test, test->nurse, "withdraw-shift", "{\"shift_handover_id\":\"%s\"}", id);
  g_assert_cmpint (count (&shift, "SELECT count (*) FROM duty WHERE rule = 'accept-shift'"), ==, 0);
  acts_test_refused (test, shift.next, "accept-shift", FORLOP_ERROR_ALREADY, "already answered",
                     "{\"shift_handover_id\":\"%s\"}", id);
  g_free (hand_over (&shift));
}

static void
test_goes_to_a_colleague_in_the_unit (void)
{
  g_auto (Shift) shift = set_up ();
  ActsTest *test = shift.acts;

  acts_test_refused (test, test->nurse, "hand-over-shift", FORLOP_ERROR_INVALID, "somebody else",
                     "{\"to_user_id\":\"%s\"}", test->nurse->user_id);
  acts_test_refused (test, test->nurse, "hand-over-shift", FORLOP_ERROR_INVALID, "in your unit",
                     "{\"to_user_id\":\"%s\"}", test->centre_nurse->user_id);
  acts_test_refused (test, test->nurse, "hand-over-shift", FORLOP_ERROR_INVALID, "id of a case",
                     "{\"to_user_id\":\"%s\",\"cases\":\"Liv Haug\"}", shift.next->user_id);
}

static gpointer
load_worklist_on_worker (ForlopConnection  *connection,
                         gpointer           user_data,
                         GCancellable      *cancellable G_GNUC_UNUSED,
                         GError           **error)
{
  return forlop_worklist_load (connection, user_data, error);
}

/* What was due yesterday can wait until one knows what the night was like. */
static void
test_stands_after_the_reds (void)
{
  g_auto (Shift) shift = set_up ();
  ActsTest *test = shift.acts;
  g_autofree char *id = hand_over (&shift);
  g_autoptr (ForlopWorklist) list = NULL;
  g_autoptr (GError) error = NULL;
  ForlopWorklistQuery query = { .role = "resource_person", .unit_id = test->zone };

  acts_test_must (test, test->nurse, "add-task",
                  "{\"unit_id\":\"%s\",\"role\":\"resource_person\",\"kind\":\"general\",\"status\":\"open\","
                  "\"title\":\"Order paper\",\"due_on\":\"2026-03-10\"}", test->zone);
  follow_up_set_time (test, "2026-03-16T15:00:00");
  query.now = forlop_clock_now (test->clock);
  list = forlop_store_read_sync (test->store, load_worklist_on_worker, &query, (GDestroyNotify) forlop_worklist_free,
                                 NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (list->rows->len, >=, 3);
  g_assert_cmpstr (((ForlopWorklistRow *) g_ptr_array_index (list->rows, 0))->severity, ==, "red");
  g_assert_cmpstr (((ForlopWorklistRow *) g_ptr_array_index (list->rows, 1))->rule, ==, "accept-shift");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shift/accepted-by-the-next-by-name", test_accepted_by_the_next_by_name);
  g_test_add_func ("/shift/nobody-else-accepts-it", test_nobody_else_accepts_it);
  g_test_add_func ("/shift/can-be-taken-back-until-then", test_can_be_taken_back_until_then);
  g_test_add_func ("/shift/goes-to-a-colleague-in-the-unit", test_goes_to_a_colleague_in_the_unit);
  g_test_add_func ("/shift/stands-after-the-reds", test_stands_after_the_reds);

  return g_test_run ();
}
