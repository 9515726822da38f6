/* SPDX-License-Identifier: EUPL-1.2 */

#include "equipment-test-util.h"

#include "forlop-error.h"

/* Stock count: the register is corrected by what stands on the shelf. */

static ForlopRecord *
count_shelf (Stock      *stock,
             const char *place,
             const char *seen,
             gboolean    mark_lost)
{
  g_autofree char *id = stock_do (stock, stock->test->coordinator, "count-stock",
                                  "{\"location_id\":\"%s\",\"seen\":\"%s\",\"mark_lost\":%s}", place,
                                  seen, mark_lost ? "true" : "false");

  return acts_test_load (stock->test, "stock_count", id);
}

static void
assert_counts (ForlopRecord *count,
               int           expected,
               int           seen,
               int           moved,
               int           missing)
{
  g_assert_cmpint (forlop_record_get_integer (count, "expected"), ==, expected);
  g_assert_cmpint (forlop_record_get_integer (count, "seen"), ==, seen);
  g_assert_cmpint (forlop_record_get_integer (count, "moved"), ==, moved);
  g_assert_cmpint (forlop_record_get_integer (count, "missing"), ==, missing);
}

static void
test_what_agrees_changes_nothing (void)
{
  g_autoptr (Stock) stock = stock_new ();
  g_autofree char *one = stock_make_ready (stock, "A1");
  g_autofree char *other = stock_receive (stock, "A2");
  gint64 moves = acts_test_count (stock->test, "SELECT count (*) FROM stock_move");
  /* Written twice is seen once. */
  g_autoptr (ForlopRecord) count =
    count_shelf (stock, stock->store_place, "A1\\n A2 \\n\\nA1", TRUE);

  assert_counts (count, 2, 2, 0, 0);
  g_assert_cmpstr (forlop_record_get_text (count, "counted_by"), ==,
                   stock->test->coordinator->user_id);
  g_assert_cmpint (acts_test_count (stock->test, "SELECT count (*) FROM stock_move"), ==, moves);
  stock_assert_state (stock, one, "ready");
  stock_assert_state (stock, other, "received");
}

static void
test_what_stands_elsewhere_is_moved_here (void)
{
  g_autoptr (Stock) stock = stock_new ();
  g_autofree char *item_id = stock_make_ready (stock, "A1");
  g_autoptr (ForlopRecord) count = count_shelf (stock, stock->zone_place, "A1", TRUE);
  g_autoptr (ForlopRecord) item = acts_test_load (stock->test, "item", item_id);

  assert_counts (count, 0, 1, 1, 0);
  g_assert_cmpstr (forlop_record_get_text (item, "location_id"), ==, stock->zone_place);
  stock_assert_state (stock, item_id, "ready");
  g_assert_cmpint (acts_test_count (stock->test, "SELECT count (*) FROM stock_move WHERE reason = "
                                                 "'Stock count' AND from_state = to_state"), ==, 1);
}

static void
test_what_is_missing_is_lost_only_when_said (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *item_id = stock_make_ready (stock, "A1");
  g_autoptr (ForlopRecord) first = count_shelf (stock, stock->store_place, "", FALSE);
  g_autoptr (ForlopRecord) second = NULL;
  g_autoptr (ForlopRecord) third = NULL;

  assert_counts (first, 1, 0, 0, 1);
  g_assert_cmpstr (forlop_record_get_text (first, "not_found"), ==, "A1");
  stock_assert_state (stock, item_id, "ready");

  second = count_shelf (stock, stock->store_place, "", TRUE);
  assert_counts (second, 1, 0, 0, 1);
  stock_assert_state (stock, item_id, "lost");

  /* Seen again it is found, and cleaned before anybody gets it. */
  third = count_shelf (stock, stock->store_place, "A1", TRUE);
  assert_counts (third, 0, 1, 1, 0);
  stock_assert_state (stock, item_id, "returned");
  g_assert_cmpuint (stock_n_duties (stock, item_id, "clean-item"), ==, 1);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM stock_count"), ==, 3);
}

static void
test_a_count_is_taken_back_whole (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *lost = stock_make_ready (stock, "A1");
  g_autofree char *moved = stock_make_ready (stock, "A2");
  g_autoptr (ForlopActResult) count = NULL;
  g_autoptr (ForlopRecord) item = NULL;

  acts_test_must (test, test->coordinator, "move-item",
                  "{\"item_id\":\"%s\",\"location_id\":\"%s\"}", moved, stock->zone_place);
  count = acts_test_do (test, test->coordinator, "count-stock",
                        "{\"location_id\":\"%s\",\"seen\":\"A2\",\"mark_lost\":true}",
                        stock->store_place);
  stock_assert_state (stock, lost, "lost");
  acts_test_must (test, test->coordinator, "undo", "{\"op_id\":\"%s\"}", count->op_id);
  stock_assert_state (stock, lost, "ready");
  item = acts_test_load (test, "item", moved);
  g_assert_cmpstr (forlop_record_get_text (item, "location_id"), ==, stock->zone_place);
}

static void
test_what_cannot_be_here_stops_the_count (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *case_id = stock_grant (stock, "Liv");
  g_autofree char *item_id = stock_make_ready (stock, "A1");
  g_autofree char *other = stock_make_ready (stock, "A2");
  g_autofree char *loan = stock_hand_out (stock, case_id, item_id);

  acts_test_refused (test, test->coordinator, "count-stock", FORLOP_ERROR_INVALID,
                     "Not in the register: X9, Y9",
                     "{\"location_id\":\"%s\",\"seen\":\"X9\\nA2\\nY9\",\"mark_lost\":true}",
                     stock->store_place);
  acts_test_refused (test, test->coordinator, "count-stock", FORLOP_ERROR_INVALID, "A1 (On loan)",
                     "{\"location_id\":\"%s\",\"seen\":\"A1\",\"mark_lost\":true}",
                     stock->store_place);
  acts_test_refused (test, test->nurse, "count-stock", FORLOP_ERROR_NOT_ALLOWED, "Count stock",
                     "{\"location_id\":\"%s\"}", stock->store_place);
  stock_assert_state (stock, other, "ready");
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM stock_count"), ==, 0);
  g_assert_nonnull (loan);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/count/what-agrees-changes-nothing", test_what_agrees_changes_nothing);
  g_test_add_func ("/count/what-stands-elsewhere-is-moved-here",
                   test_what_stands_elsewhere_is_moved_here);
  g_test_add_func ("/count/what-is-missing-is-lost-only-when-said",
                   test_what_is_missing_is_lost_only_when_said);
  g_test_add_func ("/count/is-taken-back-whole", test_a_count_is_taken_back_whole);
  g_test_add_func ("/count/what-cannot-be-here-stops-it", test_what_cannot_be_here_stops_the_count);

  return g_test_run ();
}
