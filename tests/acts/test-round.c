/* SPDX-License-Identifier: EUPL-1.2 */

#include "follow-up-test-util.h"

#include <string.h>

#include "forlop-epj-store.h"
#include "forlop-error.h"

#define DAY "2026-03-16"

static void
test_green_ones_are_ticked_together (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopActResult) round =
    acts_test_do (test, test->nurse, "start-round", "{\"unit_id\":\"%s\",\"part\":\"morning\"}",
                  test->zone);
  g_autoptr (ForlopActResult) ticked = NULL;
  g_autofree char *red = NULL;

  acts_test_refused (test, test->nurse, "start-round", FORLOP_ERROR_ALREADY,
                     "already started by Kari", "{\"unit_id\":\"%s\",\"part\":\"morning\"}",
                     test->zone);
  red = follow_up_measure (test, case_id, "spo2", "86", "2026-03-16T08:30:00");
  ticked = acts_test_do (test, test->nurse, "tick-green", "{\"round_id\":\"%s\"}", round->subject_id);
  g_assert_null (ticked->op_id);

  acts_test_must (test, test->nurse, "tick-round", "{\"case_id\":\"%s\",\"round_id\":\"%s\"}", case_id,
                  round->subject_id);
  acts_test_refused (test, test->nurse, "tick-round", FORLOP_ERROR_ALREADY, "Already seen by Kari",
                     "{\"case_id\":\"%s\",\"round_id\":\"%s\"}", case_id, round->subject_id);

  acts_test_must (test, test->nurse, "finish-round", "{\"round_id\":\"%s\"}", round->subject_id);
  acts_test_refused (test, test->nurse, "tick-green", FORLOP_ERROR_ALREADY, "already finished",
                     "{\"round_id\":\"%s\"}", round->subject_id);
}

static void
test_nobody_waiting_is_green (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autofree char *green = follow_up_measure (test, case_id, "spo2", "95", "2026-03-16T08:30:00");
  g_autoptr (ForlopActResult) round =
    acts_test_do (test, test->nurse, "start-round", "{\"unit_id\":\"%s\",\"part\":\"evening\"}",
                  test->zone);
  g_autoptr (ForlopActResult) ticked =
    acts_test_do (test, test->nurse, "tick-green", "{\"round_id\":\"%s\"}", round->subject_id);

  g_assert_nonnull (ticked->op_id);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM round_tick WHERE deleted = 0"), ==, 1);
  acts_test_must (test, test->nurse, "undo", "{\"op_id\":\"%s\"}", ticked->op_id);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM round_tick WHERE deleted = 0"), ==, 0);
}

static gpointer
epj_on_worker (ForlopConnection  *connection,
               gpointer           user_data G_GNUC_UNUSED,
               GCancellable      *cancellable G_GNUC_UNUSED,
               GError           **error)
{
  return forlop_epj_store_list (connection, NULL, NULL, 0, error);
}

static GPtrArray *
load_epj (ActsTest *test)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = forlop_store_read_sync (test->store, epj_on_worker, NULL,
                                               (GDestroyNotify) g_ptr_array_unref, NULL, &error);

  g_assert_no_error (error);

  return entries;
}

static gpointer
text_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  const ForlopEpjEntry *entry = user_data;

  return forlop_epj_store_text (connection, entry->type, entry->id, error);
}

static void
test_what_is_not_carried_over_is_listed_until_it_is (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autofree char *red = follow_up_measure (test, case_id, "spo2", "86", "2026-03-16T08:30:00");
  g_autoptr (ForlopRecord) alert = follow_up_alert (test, red, "red_low");
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  g_autoptr (ForlopActResult) marked = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const ForlopEpjEntry *entry;

  acts_test_must (test, test->nurse, "handle-alert",
                  "{\"alert_id\":\"%s\",\"way\":\"phone\",\"text\":\"Hviler, måler igjen\","
                  "\"minutes\":6}", forlop_record_get_id (alert));
  entries = load_epj (test);
  g_assert_cmpuint (entries->len, ==, 2);
  entry = g_ptr_array_index (entries, 1);
  g_assert_cmpstr (entry->type, ==, "contact_log");
  g_assert_cmpstr (entry->name, ==, "Liv Haug");
  g_assert_cmpstr (entry->written_by, ==, "Kari");

  text = forlop_store_read_sync (test->store, text_on_worker, (gpointer) entry, g_free, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "is under 88"));
  g_assert_nonnull (strstr (text, "Hviler, måler igjen"));
  g_assert_nonnull (strstr (text, "Telephone"));
  g_assert_nonnull (strstr (text, "Written by Kari"));

  marked = acts_test_do (test, test->nurse, "mark-carried-over",
                         "{\"citizen_id\":\"%s\",\"target\":\"epj\",\"subject_type\":\"%s\","
                         "\"subject_id\":\"%s\"}", entry->citizen_id, entry->type, entry->id);
  rest = load_epj (test);
  g_assert_cmpuint (rest->len, ==, 1);
  g_assert_cmpstr (((ForlopEpjEntry *) g_ptr_array_index (rest, 0))->type, ==, "decision");
  acts_test_must (test, test->nurse, "undo", "{\"op_id\":\"%s\"}", marked->op_id);
  g_clear_pointer (&rest, g_ptr_array_unref);
  rest = load_epj (test);
  g_assert_cmpuint (rest->len, ==, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/round/green-ones-are-ticked-together", test_green_ones_are_ticked_together);
  g_test_add_func ("/round/nobody-waiting-is-green", test_nobody_waiting_is_green);
  g_test_add_func ("/epj/listed-until-carried-over",
                   test_what_is_not_carried_over_is_listed_until_it_is);

  return g_test_run ();
}
