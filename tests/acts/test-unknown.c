/* SPDX-License-Identifier: EUPL-1.2 */

/* Measurements that came from outside and that nobody could use as they were. */

#include "follow-up-test-util.h"
#include "forlop-error.h"
#include "forlop-unknown-store.h"

static gpointer
look_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  const char *citizen_id = user_data;
  g_autoptr (GPtrArray) records = forlop_unknown_store_list (connection, 10, error);
  g_autoptr (GHashTable) names = records != NULL ? forlop_unknown_store_list_names (connection, records, error) : NULL;

  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpuint (g_hash_table_size (names), ==, 1);

  return g_strdup (g_hash_table_lookup (names, citizen_id));
}

static char *
find_citizen (ActsTest   *test,
              const char *case_id)
{
  g_autoptr (ForlopRecord) the_case = acts_test_load (test, "case", case_id);

  return g_strdup (forlop_record_get_text (the_case, "citizen_id"));
}

static void
test_placed_is_judged_as_if_it_had_come_so (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *case_id = follow_up_start (test, "2026-03-20");
  g_autofree char *citizen_id = find_citizen (test, case_id);
  g_autofree char *id = follow_up_add_unknown (test, NULL, "2026-03-20T07:00:00");
  g_autoptr (ForlopRecord) unknown = NULL;

  acts_test_must (test, test->nurse, "place-measurement",
                  "{\"unknown_measurement_id\":\"%s\",\"citizen_id\":\"%s\"}", id, citizen_id);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM measurement WHERE value = 86 AND severity = 'red' AND "
                                          "sender = 'Heim' AND codings = 'http://loinc.org|2708-6'"), ==, 1);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM alert WHERE rule = 'red_low' AND status = 'new'"),
                   ==, 1);
  unknown = acts_test_load (test, "unknown_measurement", id);
  g_assert_cmpstr (forlop_record_get_text (unknown, "status"), ==, "placed");
  g_assert_cmpstr (forlop_record_get_text (unknown, "placed_citizen_id"), ==, citizen_id);
  acts_test_refused (test, test->nurse, "place-measurement", FORLOP_ERROR_ALREADY, "placed already",
                     "{\"unknown_measurement_id\":\"%s\",\"citizen_id\":\"%s\"}", id, citizen_id);
}

static void
test_what_came_without_is_asked_for (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *case_id = follow_up_start (test, "2026-03-20");
  g_autofree char *citizen_id = find_citizen (test, case_id);
  g_autofree char *id = follow_up_add_unknown (test, NULL, NULL);

  acts_test_refused (test, test->nurse, "place-measurement", FORLOP_ERROR_INVALID, "choose what was measured",
                     "{\"unknown_measurement_id\":\"%s\",\"citizen_id\":\"%s\"}", id, citizen_id);
  acts_test_refused (test, test->nurse, "place-measurement", FORLOP_ERROR_INVALID, "write when it was measured",
                     "{\"unknown_measurement_id\":\"%s\",\"citizen_id\":\"%s\",\"code\":\"spo2\"}", id, citizen_id);
  acts_test_must (test, test->nurse, "place-measurement",
                  "{\"unknown_measurement_id\":\"%s\",\"citizen_id\":\"%s\",\"code\":\"spo2\","
                  "\"measured_at\":\"2026-03-20T06:00:00+01:00\"}", id, citizen_id);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM measurement WHERE value = 86"), ==, 1);
}

static void
test_set_aside_with_a_reason_and_taken_back (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *id = follow_up_add_unknown (test, NULL, "2026-03-20T07:00:00");
  g_autoptr (ForlopActResult) done = NULL;
  g_autoptr (ForlopRecord) unknown = NULL;

  acts_test_refused (test, test->nurse, "set-aside-measurement", FORLOP_ERROR_INVALID, "Why it was set aside",
                     "{\"unknown_measurement_id\":\"%s\"}", id);
  acts_test_refused (test, test->coordinator, "set-aside-measurement", FORLOP_ERROR_NOT_ALLOWED, "",
                     "{\"unknown_measurement_id\":\"%s\",\"aside_reason\":\"Prøvemåling\"}", id);
  done = acts_test_do (test, test->nurse, "set-aside-measurement",
                       "{\"unknown_measurement_id\":\"%s\",\"aside_reason\":\"Prøvemåling\"}", id);
  acts_test_must (test, test->nurse, "undo", "{\"op_id\":\"%s\"}", done->op_id);
  unknown = acts_test_load (test, "unknown_measurement", id);
  g_assert_cmpstr (forlop_record_get_text (unknown, "status"), ==, "new");
}

static void
test_whose_it_is_has_a_name_when_that_is_known (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *case_id = follow_up_start (test, "2026-03-20");
  g_autofree char *citizen_id = find_citizen (test, case_id);
  g_autofree char *nobodys = follow_up_add_unknown (test, NULL, "2026-03-20T07:00:00");
  g_autofree char *theirs = follow_up_add_unknown (test, citizen_id, NULL);
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;

  name = forlop_store_write_sync (test->store, look_on_worker, citizen_id, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, "Liv Haug");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/unknown/placed-is-judged-as-if-it-had-come-so", test_placed_is_judged_as_if_it_had_come_so);
  g_test_add_func ("/unknown/what-came-without-is-asked-for", test_what_came_without_is_asked_for);
  g_test_add_func ("/unknown/whose-it-is-has-a-name-when-that-is-known", test_whose_it_is_has_a_name_when_that_is_known);
  g_test_add_func ("/unknown/set-aside-with-a-reason-and-taken-back", test_set_aside_with_a_reason_and_taken_back);

  return g_test_run ();
}
