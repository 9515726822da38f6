/* SPDX-License-Identifier: EUPL-1.2 */

#include "follow-up-test-util.h"

#include <string.h>

#include "forlop-error.h"
#include "forlop-search.h"
#include "forlop-timeline-store.h"

/* One person, two records. */

#define BIRTH_NUMBER "12835430098"
#define D_NUMBER "52835400093"

static char *
register_citizen (ActsTest   *test,
                  const char *more)
{
  g_autoptr (ForlopActResult) result = acts_test_do (
    test, test->caseworker, "register-citizen", "{\"given_name\":\"Liv\",\"family_name\":\"Haug\"%s}", more);

  return g_strdup (result->subject_id);
}

static char *
open_case (ActsTest   *test,
           const char *citizen_id)
{
  g_autoptr (ForlopActResult) result =
    acts_test_do (test, test->caseworker, "register-referral",
                  "{\"citizen_id\":\"%s\",\"source\":\"gp\",\"channel\":\"paper\",\"received_on\":"
                  "\"2026-03-10\",\"reason\":\"Hjertesvikt\"}", citizen_id);

  return g_strdup (result->case_id);
}

static void
test_birth_number_stands (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *stays = register_citizen (test, ",\"id_number\":\"" D_NUMBER "\",\"phone\":\"91000000\"");
  g_autofree char *goes = register_citizen (test, ",\"id_number\":\"" BIRTH_NUMBER "\",\"gp\":\"Dr. Moe\"");
  g_autofree char *case_id = open_case (test, stays);
  g_autoptr (ForlopRecord) citizen = NULL;
  g_autoptr (ForlopRecord) closed = NULL;
  g_autoptr (GPtrArray) kin = NULL;
  g_autoptr (ForlopActResult) merged = NULL;

  acts_test_must (test, test->caseworker, "save-next-of-kin",
                  "{\"citizen_id\":\"%s\",\"name\":\"Eva Haug\",\"relation\":\"datter\"}", goes);
  merged = acts_test_do (test, test->caseworker, "merge-citizens",
                         "{\"citizen_id\":\"%s\",\"other_id\":\"%s\"}", stays, goes);

  citizen = acts_test_load (test, "citizen", stays);
  closed = acts_test_load (test, "citizen", goes);
  g_assert_cmpstr (forlop_record_get_text (citizen, "id_number"), ==, BIRTH_NUMBER);
  g_assert_cmpstr (forlop_record_get_text (citizen, "gp"), ==, "Dr. Moe");
  g_assert_cmpstr (forlop_record_get_text (citizen, "phone"), ==, "91000000");
  g_assert_cmpstr (forlop_record_get_text (closed, "id_number"), ==, D_NUMBER);
  g_assert_cmpstr (forlop_record_get_text (closed, "merged_into_id"), ==, stays);
  kin = acts_test_list (test, "next_of_kin", "citizen_id", stays);
  g_assert_cmpuint (kin->len, ==, 1);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM citizen_row WHERE sort_name > ''"), ==, 1);

  acts_test_must (test, test->caseworker, "undo", "{\"op_id\":\"%s\"}", merged->op_id);
  g_clear_object (&citizen);
  citizen = acts_test_load (test, "citizen", stays);
  g_assert_cmpstr (forlop_record_get_text (citizen, "id_number"), ==, D_NUMBER);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM citizen_row WHERE sort_name > ''"), ==, 2);
}

static void
test_what_cannot_be_merged (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *one = register_citizen (test, "");
  g_autofree char *other = register_citizen (test, ",\"id_number\":\"" BIRTH_NUMBER "\"");
  g_autofree char *third = register_citizen (test, "");

  acts_test_refused (test, test->caseworker, "merge-citizens", FORLOP_ERROR_INVALID, "same record",
                     "{\"citizen_id\":\"%s\",\"other_id\":\"%s\"}", one, one);
  acts_test_refused (test, test->coordinator, "merge-citizens", FORLOP_ERROR_NOT_ALLOWED, "not for",
                     "{\"citizen_id\":\"%s\",\"other_id\":\"%s\"}", other, one);
  acts_test_must (test, test->caseworker, "merge-citizens",
                  "{\"citizen_id\":\"%s\",\"other_id\":\"%s\"}", other, one);
  acts_test_refused (test, test->caseworker, "merge-citizens", FORLOP_ERROR_ALREADY, "merged",
                     "{\"citizen_id\":\"%s\",\"other_id\":\"%s\"}", third, one);
  acts_test_refused (test, test->caseworker, "merge-citizens", FORLOP_ERROR_INVALID, "same record",
                     "{\"citizen_id\":\"%s\",\"other_id\":\"%s\"}", one, other);
}

/* Whoever still has the other record in front of him writes on the person. */
static void
test_what_is_written_on_either_is_the_persons (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *stays = register_citizen (test, ",\"id_number\":\"" BIRTH_NUMBER "\"");
  g_autofree char *goes = register_citizen (test, ",\"id_number\":\"" D_NUMBER "\"");
  g_autoptr (GPtrArray) cases = NULL;
  g_autoptr (GPtrArray) notes = NULL;

  acts_test_must (test, test->caseworker, "write-note", "{\"citizen_id\":\"%s\",\"text\":\"Ringte\"}", goes);
  acts_test_must (test, test->caseworker, "merge-citizens",
                  "{\"citizen_id\":\"%s\",\"other_id\":\"%s\"}", stays, goes);
  acts_test_must (test, test->caseworker, "write-note", "{\"citizen_id\":\"%s\",\"text\":\"Mer\"}", goes);
  notes = acts_test_list (test, "note", "citizen_id", stays);
  g_assert_cmpuint (notes->len, ==, 2);

  /* The number it had is an alias of the one that stays. */
  acts_test_must (test, test->caseworker, "register-referral",
                  "{\"id_number\":\"" D_NUMBER "\",\"source\":\"gp\",\"channel\":\"paper\",\"received_on\":"
                  "\"2026-03-10\",\"reason\":\"Hjertesvikt\"}");
  cases = acts_test_list (test, "case", "citizen_id", stays);
  g_assert_cmpuint (cases->len, ==, 1);
  acts_test_refused (test, test->caseworker, "register-citizen", FORLOP_ERROR_ALREADY, "before",
                     "{\"id_number\":\"" D_NUMBER "\",\"given_name\":\"Liv\",\"family_name\":\"Haug\"}");
}

static char *
find_one (ActsTest   *test,
          const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopConnection) connection = forlop_connection_open (
    test->path, test->key, FORLOP_CONNECTION_READER, &error);
  g_autoptr (GPtrArray) hits = NULL;
  const ForlopSearchHit *hit;
  char *id = NULL;

  g_assert_no_error (error);
  hits = forlop_search_run (connection, text, FORLOP_SEARCH_CITIZENS, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, <=, 1);
  if (hits->len == 1)
    {
      hit = g_ptr_array_index (hits, 0);
      id = g_strdup (hit->id);
    }
  forlop_connection_close (connection);

  return id;
}

/* A D-number that is replaced by a birth number goes on leading to the citizen. */
static void
test_replaced_number_is_an_alias (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *citizen = register_citizen (test, ",\"id_number\":\"" D_NUMBER "\"");
  g_autoptr (ForlopActResult) changed =
    acts_test_do (test, test->caseworker, "change-citizen",
                  "{\"citizen_id\":\"%s\",\"id_number\":\"" BIRTH_NUMBER "\"}", citizen);
  g_autofree char *by_old = find_one (test, D_NUMBER);
  g_autofree char *by_new = find_one (test, BIRTH_NUMBER);
  g_autofree char *in_parts = find_one (test, "528354 00093");
  g_autofree char *taken_back = NULL;
  g_autoptr (GPtrArray) cases = NULL;

  g_assert_cmpstr (by_old, ==, citizen);
  g_assert_cmpstr (by_new, ==, citizen);
  g_assert_cmpstr (in_parts, ==, citizen);
  acts_test_must (test, test->caseworker, "register-referral",
                  "{\"id_number\":\"" D_NUMBER "\",\"source\":\"gp\",\"channel\":\"paper\",\"received_on\":"
                  "\"2026-03-10\",\"reason\":\"Hjertesvikt\"}");
  cases = acts_test_list (test, "case", "citizen_id", citizen);
  g_assert_cmpuint (cases->len, ==, 1);
  acts_test_refused (test, test->caseworker, "register-citizen", FORLOP_ERROR_ALREADY, "Liv Haug",
                     "{\"id_number\":\"" D_NUMBER "\",\"given_name\":\"En\",\"family_name\":\"Annen\"}");

  acts_test_must (test, test->caseworker, "undo", "{\"op_id\":\"%s\"}", changed->op_id);
  taken_back = find_one (test, BIRTH_NUMBER);
  g_assert_null (taken_back);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM citizen_alias WHERE deleted = 0"), ==, 0);
}

static char *
citizen_of (ActsTest   *test,
            const char *case_id)
{
  g_autoptr (ForlopRecord) the_case = acts_test_load (test, "case", case_id);

  return g_strdup (forlop_record_get_text (the_case, "citizen_id"));
}

/* Everything is asked for in one connection: what the person's record says. */
static char *
dup_state (ActsTest   *test,
           const char *citizen_id)
{
  static const char *const types[] = { "case", "care_plan", "note", "next_of_kin", "loan", "document", "event" };
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopConnection) connection = forlop_connection_open (
    test->path, test->key, FORLOP_CONNECTION_READER, &error);
  g_autoptr (GString) state = g_string_new (NULL);
  g_autoptr (GPtrArray) measured = NULL;
  g_autoptr (GPtrArray) line = NULL;

  g_assert_no_error (error);
  for (unsigned int i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GPtrArray) records =
        forlop_record_store_list (connection, types[i], "citizen_id", citizen_id, &error);

      g_assert_no_error (error);
      g_string_append_printf (state, "%s %u\n", types[i], records->len);
    }
  measured = forlop_measurement_store_list (connection, citizen_id, NULL, 0, G_MAXINT64, &error);
  g_assert_no_error (error);
  for (unsigned int i = 0; i < measured->len; i++)
    {
      const ForlopStoredMeasurement *row = g_ptr_array_index (measured, i);

      g_string_append_printf (state, "%s %g %s v%d\n", row->code, row->value, row->severity, row->plan_version);
    }
  line = forlop_timeline_store_list (connection, &(ForlopTimelineQuery) {
    .citizen_id = citizen_id, .before_at = FORLOP_INSTANT_NONE, .limit = 500 }, &error);
  g_assert_no_error (error);
  g_string_append_printf (state, "time line %u\n", line->len);
  forlop_connection_close (connection);

  return g_string_free (g_steal_pointer (&state), FALSE);
}

/* Two courses of one person: a red under the one record is judged by the plan of the other, both records show
 * it all, the list has one person, and taking it back gives each its own. */
static void
test_one_citizen_holds_everything (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-16");
  g_autofree char *case_id = follow_up_start (test, "2026-03-16");
  g_autofree char *goes = citizen_of (test, case_id);
  g_autofree char *stays = register_citizen (test, ",\"phone\":\"91000000\"");
  g_autofree char *before = NULL;
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;
  g_autofree char *after = NULL;
  g_autoptr (ForlopActResult) merged = NULL;

  acts_test_must (test, test->nurse, "record-measurement",
                  "{\"citizen_id\":\"%s\",\"code\":\"spo2\",\"value\":86,\"measured_at\":\"2026-03-16T08:10:00\"}",
                  stays);
  acts_test_must (test, test->nurse, "write-note", "{\"citizen_id\":\"%s\",\"text\":\"Ringte\"}", stays);
  acts_test_must (test, test->nurse, "save-next-of-kin",
                  "{\"citizen_id\":\"%s\",\"name\":\"Eva Haug\",\"relation\":\"datter\"}", goes);
  before = dup_state (test, stays);
  g_assert_nonnull (strstr (before, "spo2 86 none v0"));

  merged = acts_test_do (test, test->caseworker, "merge-citizens",
                         "{\"citizen_id\":\"%s\",\"other_id\":\"%s\"}", stays, goes);
  one = dup_state (test, stays);
  other = dup_state (test, goes);
  g_assert_cmpstr (one, ==, other);
  g_assert_nonnull (strstr (one, "case 1\ncare_plan 1\nnote 1\nnext_of_kin 1\n"));
  g_assert_nonnull (strstr (one, "spo2 86 red v1"));
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM citizen_row WHERE sort_name > ''"), ==, 1);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM citizen_row WHERE sort_name > '' "
                                    "AND case_status = 'running'"), ==, 1);

  acts_test_must (test, test->caseworker, "undo", "{\"op_id\":\"%s\"}", merged->op_id);
  after = dup_state (test, stays);
  g_assert_nonnull (strstr (after, "case 0\n"));
  g_assert_nonnull (strstr (after, "spo2 86 none v0"));
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM citizen_row WHERE sort_name > ''"), ==, 2);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM citizen_row WHERE case_status = 'running'"), ==, 1);
}

/* Both go on until somebody has chosen, and somebody is asked to. */
static void
test_two_open_cases_ask_the_office (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-16");
  g_autofree char *first = follow_up_start (test, "2026-03-16");
  g_autofree char *goes = citizen_of (test, first);
  g_autofree char *stays = register_citizen (test, "");
  g_autofree char *second = open_case (test, stays);
  g_autoptr (GPtrArray) tasks = NULL;
  ForlopRecord *task;

  acts_test_must (test, test->caseworker, "merge-citizens",
                  "{\"citizen_id\":\"%s\",\"other_id\":\"%s\"}", stays, goes);
  tasks = acts_test_list (test, "task", "kind", "two_cases");
  g_assert_cmpuint (tasks->len, ==, 1);
  task = g_ptr_array_index (tasks, 0);
  g_assert_cmpstr (forlop_record_get_text (task, "unit_id"), ==, test->office);
  g_assert_cmpstr (forlop_record_get_text (task, "role"), ==, "caseworker");
  g_assert_cmpstr (forlop_record_get_text (task, "case_id"), ==, first);

  /* The list shows the one that is followed up daily, though the other is newer. */
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM citizen_row WHERE sort_name > '' "
                                    "AND case_status = 'running'"), ==, 1);

  /* Both are worked on, and the one that does not go on is withdrawn. */
  acts_test_must (test, test->nurse, "record-measurement",
                  "{\"case_id\":\"%s\",\"code\":\"spo2\",\"value\":95,\"measured_at\":\"2026-03-16T08:10:00\"}",
                  first);
  acts_test_must (test, test->caseworker, "withdraw-case",
                  "{\"case_id\":\"%s\",\"reason\":\"other\"}", second);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM citizen_row WHERE case_status = 'running'"), ==, 1);
}

/* Three records, merged one after the other: whichever is asked for, it is the same person. */
static void
test_chain_of_records_is_one_person (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *one = register_citizen (test, "");
  g_autofree char *two = register_citizen (test, "");
  g_autofree char *three = register_citizen (test, "");
  const char *const ids[] = { one, two, three };

  for (unsigned int i = 0; i < G_N_ELEMENTS (ids); i++)
    acts_test_must (test, test->caseworker, "write-note", "{\"citizen_id\":\"%s\",\"text\":\"Ringte\"}", ids[i]);
  acts_test_must (test, test->caseworker, "merge-citizens",
                  "{\"citizen_id\":\"%s\",\"other_id\":\"%s\"}", two, one);
  acts_test_must (test, test->caseworker, "merge-citizens",
                  "{\"citizen_id\":\"%s\",\"other_id\":\"%s\"}", three, two);
  for (unsigned int i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GPtrArray) notes = acts_test_list (test, "note", "citizen_id", ids[i]);

      g_assert_cmpuint (notes->len, ==, 3);
    }
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM citizen_row WHERE sort_name > ''"), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/merge/birth-number-stands", test_birth_number_stands);
  g_test_add_func ("/merge/what-cannot-be-merged", test_what_cannot_be_merged);
  g_test_add_func ("/merge/what-is-written-on-either-is-the-persons", test_what_is_written_on_either_is_the_persons);
  g_test_add_func ("/merge/replaced-number-is-an-alias", test_replaced_number_is_an_alias);
  g_test_add_func ("/merge/one-citizen-holds-everything", test_one_citizen_holds_everything);
  g_test_add_func ("/merge/two-open-cases-ask-the-office", test_two_open_cases_ask_the_office);
  g_test_add_func ("/merge/chain-of-records-is-one-person", test_chain_of_records_is_one_person);

  return g_test_run ();
}
