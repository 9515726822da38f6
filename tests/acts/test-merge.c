/* SPDX-License-Identifier: EUPL-1.2 */

#include "acts-test-util.h"

#include "forlop-error.h"

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
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM citizen_row"), ==, 1);

  acts_test_must (test, test->caseworker, "undo", "{\"op_id\":\"%s\"}", merged->op_id);
  g_clear_object (&citizen);
  citizen = acts_test_load (test, "citizen", stays);
  g_assert_cmpstr (forlop_record_get_text (citizen, "id_number"), ==, D_NUMBER);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM citizen_row"), ==, 2);
}

static void
test_what_cannot_be_merged (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *one = register_citizen (test, "");
  g_autofree char *other = register_citizen (test, ",\"id_number\":\"" BIRTH_NUMBER "\"");
  g_autofree char *third = register_citizen (test, "");
  g_autofree char *case_id = open_case (test, other);

  acts_test_refused (test, test->caseworker, "merge-citizens", FORLOP_ERROR_INVALID, "same record",
                     "{\"citizen_id\":\"%s\",\"other_id\":\"%s\"}", one, one);
  acts_test_refused (test, test->caseworker, "merge-citizens", FORLOP_ERROR_INVALID, "open case",
                     "{\"citizen_id\":\"%s\",\"other_id\":\"%s\"}", one, other);
  acts_test_refused (test, test->coordinator, "merge-citizens", FORLOP_ERROR_NOT_ALLOWED, "not for",
                     "{\"citizen_id\":\"%s\",\"other_id\":\"%s\"}", other, one);
  acts_test_must (test, test->caseworker, "merge-citizens",
                  "{\"citizen_id\":\"%s\",\"other_id\":\"%s\"}", other, one);
  acts_test_refused (test, test->caseworker, "merge-citizens", FORLOP_ERROR_ALREADY, "merged",
                     "{\"citizen_id\":\"%s\",\"other_id\":\"%s\"}", third, one);
}

static void
test_nothing_is_added_to_a_closed_record (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *stays = register_citizen (test, ",\"id_number\":\"" BIRTH_NUMBER "\"");
  g_autofree char *goes = register_citizen (test, ",\"id_number\":\"" D_NUMBER "\"");
  g_autoptr (GPtrArray) cases = NULL;

  acts_test_must (test, test->caseworker, "merge-citizens",
                  "{\"citizen_id\":\"%s\",\"other_id\":\"%s\"}", stays, goes);
  acts_test_refused (test, test->caseworker, "write-note", FORLOP_ERROR_ALREADY, "Liv Haug",
                     "{\"citizen_id\":\"%s\",\"text\":\"Ringte\"}", goes);
  /* The number it had is an alias of the one that stays. */
  acts_test_must (test, test->caseworker, "register-referral",
                  "{\"id_number\":\"" D_NUMBER "\",\"source\":\"gp\",\"channel\":\"paper\",\"received_on\":"
                  "\"2026-03-10\",\"reason\":\"Hjertesvikt\"}");
  cases = acts_test_list (test, "case", "citizen_id", stays);
  g_assert_cmpuint (cases->len, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/merge/birth-number-stands", test_birth_number_stands);
  g_test_add_func ("/merge/what-cannot-be-merged", test_what_cannot_be_merged);
  g_test_add_func ("/merge/nothing-is-added-to-a-closed-record", test_nothing_is_added_to_a_closed_record);

  return g_test_run ();
}
