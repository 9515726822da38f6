/* SPDX-License-Identifier: EUPL-1.2 */

/* Who sees to what no alert stands behind: what is missing, and what does not work. */

#include "follow-up-test-util.h"

#include "forlop-board-store.h"
#include "forlop-error.h"

#define DAY "2026-03-16"

static gpointer
load_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  const ForlopBoardQuery query = { NULL, *(gint64 *) user_data, 100, NULL, NULL };

  return forlop_board_load (connection, &query, error);
}

/* The only row: what it needs and who has taken it, NULL for nobody. Its rule. */
static char *
assert_row (ActsTest        *test,
            ForlopBoardNeed  need,
            const char      *taken_by)
{
  gint64 now = forlop_clock_now (test->clock);
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopBoard) board =
    forlop_store_read_sync (test->store, load_on_worker, &now, (GDestroyNotify) forlop_board_free, NULL, &error);
  const ForlopBoardRow *row;

  g_assert_no_error (error);
  g_assert_cmpuint (board->rows->len, ==, 1);
  row = g_ptr_array_index (board->rows, 0);
  g_assert_cmpint (row->need, ==, need);
  g_assert_cmpstr (row->taken_by, ==, taken_by);
  g_assert_true ((row->taken_by_name != NULL) == (taken_by != NULL));

  return g_strdup (row->take_rule);
}

static void
test_what_is_missing_is_one_persons (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autofree char *rule = NULL;
  g_autofree char *again = NULL;
  g_autofree char *answered = NULL;
  g_autofree char *later = NULL;

  follow_up_set_time (test, "2026-03-17T11:00:00");
  rule = assert_row (test, FORLOP_BOARD_MISSING, NULL);
  g_assert_cmpstr (rule, ==, "missing/weight/2026-03-17T07:00:00.000Z");
  acts_test_must (test, test->nurse, "take-need", "{\"case_id\":\"%s\",\"rule\":\"%s\"}", case_id, rule);
  g_free (assert_row (test, FORLOP_BOARD_MISSING, test->nurse->user_id));
  acts_test_refused (test, test->other_nurse, "take-need", FORLOP_ERROR_ALREADY, "already taken by",
                     "{\"case_id\":\"%s\",\"rule\":\"%s\"}", case_id, rule);

  /* A colleague may give it back; then it is anybody's. */
  acts_test_must (test, test->other_nurse, "release-need", "{\"case_id\":\"%s\",\"rule\":\"%s\"}", case_id, rule);
  g_free (assert_row (test, FORLOP_BOARD_MISSING, NULL));
  acts_test_refused (test, test->nurse, "release-need", FORLOP_ERROR_ALREADY, "Nobody has taken it",
                     "{\"case_id\":\"%s\",\"rule\":\"%s\"}", case_id, rule);
  acts_test_must (test, test->other_nurse, "take-need", "{\"case_id\":\"%s\",\"rule\":\"%s\"}", case_id, rule);
  again = assert_row (test, FORLOP_BOARD_MISSING, test->other_nurse->user_id);
  g_assert_cmpstr (again, ==, rule);

  /* It is of this morning: answered it is gone, and tomorrow's is nobody's. */
  acts_test_must (test, test->other_nurse, "register-missing",
                  "{\"case_id\":\"%s\",\"code\":\"weight\",\"outcome\":\"forgot\"}", case_id);
  answered = assert_row (test, FORLOP_BOARD_CALM, NULL);
  g_assert_null (answered);
  acts_test_refused (test, test->nurse, "take-need", FORLOP_ERROR_ALREADY, "nothing to take",
                     "{\"case_id\":\"%s\",\"rule\":\"%s\"}", case_id, rule);
  follow_up_set_time (test, "2026-03-18T11:00:00");
  later = assert_row (test, FORLOP_BOARD_MISSING, NULL);
  g_assert_cmpstr (later, ==, "missing/weight/2026-03-18T07:00:00.000Z");
}

static void
test_a_fault_is_one_persons (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autofree char *item_id = follow_up_lend_scale (test, case_id);
  g_autofree char *rule = NULL;

  follow_up_set_time (test, "2026-03-17T11:00:00");
  acts_test_must (test, test->nurse, "register-missing",
                  "{\"case_id\":\"%s\",\"code\":\"weight\",\"outcome\":\"device_fault\"}", case_id);
  rule = assert_row (test, FORLOP_BOARD_EQUIPMENT, NULL);
  g_assert_true (g_str_has_prefix (rule, "fault/"));
  acts_test_must (test, test->nurse, "take-need", "{\"case_id\":\"%s\",\"rule\":\"%s\"}", case_id, rule);
  g_free (assert_row (test, FORLOP_BOARD_EQUIPMENT, test->nurse->user_id));
  acts_test_refused (test, test->other_nurse, "take-need", FORLOP_ERROR_ALREADY, "already taken by",
                     "{\"case_id\":\"%s\",\"rule\":\"%s\"}", case_id, rule);
}

static void
test_nothing_else_can_be_taken (void)
{
  static const char *const rules[] = {
    "", "missing", "missing/", "missing/weight/", "missing/weight/2026-03-16T07:00:00.000Z", "missing/puls/x", "fault/",
    "fault/1", "fault/019d0a42-2400-7000-8000-000000000001", "red_low",
  };
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);

  follow_up_set_time (test, "2026-03-17T11:00:00");
  for (unsigned int i = 1; i < G_N_ELEMENTS (rules); i++)
    acts_test_refused (test, test->nurse, "take-need", FORLOP_ERROR_ALREADY, "nothing to take",
                       "{\"case_id\":\"%s\",\"rule\":\"%s\"}", case_id, rules[i]);
  acts_test_refused (test, test->nurse, "take-need", FORLOP_ERROR_INVALID, "missing",
                     "{\"case_id\":\"%s\",\"rule\":\"%s\"}", case_id, rules[0]);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM board_take"), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-take/what-is-missing-is-one-persons", test_what_is_missing_is_one_persons);
  g_test_add_func ("/board-take/a-fault-is-one-persons", test_a_fault_is_one_persons);
  g_test_add_func ("/board-take/nothing-else-can-be-taken", test_nothing_else_can_be_taken);

  return g_test_run ();
}
