/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-lease.h"

#define OK_AT G_GINT64_CONSTANT (1795000000000)

static ForlopLeaseState
judge (gint64 n_unsent,
       gint64 later)
{
  const ForlopLeaseTerms terms = { .last_ok_at = OK_AT, .seen_at = FORLOP_INSTANT_NONE, .n_unsent = n_unsent };

  return forlop_lease_judge (&terms, OK_AT + later).state;
}

static void
test_locks_after_three_days (void)
{
  g_assert_cmpint (judge (0, 0), ==, FORLOP_LEASE_GOOD);
  g_assert_cmpint (judge (0, 72 * FORLOP_HOUR - 1), ==, FORLOP_LEASE_GOOD);
  g_assert_cmpint (judge (0, 72 * FORLOP_HOUR), ==, FORLOP_LEASE_LOCKED);
}

static void
test_warns_of_unsent_work_from_the_first_day (void)
{
  g_assert_cmpint (judge (1, FORLOP_DAY - 1), ==, FORLOP_LEASE_GOOD);
  g_assert_cmpint (judge (1, FORLOP_DAY), ==, FORLOP_LEASE_WARNED);
  g_assert_cmpint (judge (0, FORLOP_DAY), ==, FORLOP_LEASE_GOOD);
  g_assert_cmpint (judge (1, 72 * FORLOP_HOUR), ==, FORLOP_LEASE_LOCKED);
}

static void
test_follows_the_servers_terms (void)
{
  const ForlopLeaseTerms terms = { .last_ok_at = OK_AT, .seen_at = FORLOP_INSTANT_NONE, .hours = 24 };

  g_assert_cmpint (forlop_lease_judge (&terms, OK_AT + FORLOP_DAY - 1).state, ==, FORLOP_LEASE_GOOD);
  g_assert_cmpint (forlop_lease_judge (&terms, OK_AT + FORLOP_DAY).state, ==, FORLOP_LEASE_LOCKED);
}

/* However long: what is there is kept. */
static void
test_only_locks (void)
{
  g_assert_cmpint (judge (0, 400 * FORLOP_DAY), ==, FORLOP_LEASE_LOCKED);
  g_assert_cmpint (judge (5, 400 * FORLOP_DAY), ==, FORLOP_LEASE_LOCKED);
}

static void
test_a_clock_that_was_put_back_gains_nothing (void)
{
  const ForlopLeaseTerms terms = { .last_ok_at = OK_AT, .seen_at = OK_AT + 4 * FORLOP_DAY };

  g_assert_cmpint (forlop_lease_judge (&terms, OK_AT - FORLOP_DAY).state, ==, FORLOP_LEASE_LOCKED);
}

static void
test_a_file_that_never_received_has_none (void)
{
  const ForlopLeaseTerms terms = { .last_ok_at = FORLOP_INSTANT_NONE, .seen_at = FORLOP_INSTANT_NONE };

  g_assert_cmpint (forlop_lease_judge (&terms, OK_AT).state, ==, FORLOP_LEASE_GOOD);
  g_assert_cmpint (forlop_lease_judge (&terms, OK_AT).locks_at, ==, FORLOP_INSTANT_NONE);
}

/* Told by the server's time, what is left is what it was, whatever the clock said meanwhile. */
static void
test_a_clock_that_was_ahead_gives_no_more (void)
{
  const gint64 ahead = 100 * FORLOP_DAY;
  const gint64 said = OK_AT + ahead;
  ForlopLeaseTerms terms = { .last_ok_at = said, .seen_at = said };

  g_assert_false (forlop_lease_was_put_right (said, ahead, said + FORLOP_HOUR));
  g_assert_false (forlop_lease_was_put_right (said, 0, OK_AT));
  g_assert_false (forlop_lease_was_put_right (FORLOP_INSTANT_NONE, ahead, OK_AT));
  g_assert_cmpint (forlop_lease_judge (&terms, OK_AT + 4 * FORLOP_DAY).state, ==, FORLOP_LEASE_GOOD);

  g_assert_true (forlop_lease_was_put_right (said, ahead, OK_AT + 4 * FORLOP_DAY));
  terms.last_ok_at -= ahead;
  terms.seen_at -= ahead;
  g_assert_cmpint (forlop_lease_judge (&terms, OK_AT + 3 * FORLOP_DAY - 1).state, ==, FORLOP_LEASE_GOOD);
  g_assert_cmpint (forlop_lease_judge (&terms, OK_AT + 3 * FORLOP_DAY).state, ==, FORLOP_LEASE_LOCKED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lease/locks-after-three-days", test_locks_after_three_days);
  g_test_add_func ("/lease/only-locks", test_only_locks);
  g_test_add_func ("/lease/warns-of-unsent-work-from-the-first-day", test_warns_of_unsent_work_from_the_first_day);
  g_test_add_func ("/lease/follows-the-servers-terms", test_follows_the_servers_terms);
  g_test_add_func ("/lease/a-clock-that-was-put-back-gains-nothing", test_a_clock_that_was_put_back_gains_nothing);
  g_test_add_func ("/lease/a-clock-that-was-ahead-gives-no-more", test_a_clock_that_was_ahead_gives_no_more);
  g_test_add_func ("/lease/a-file-that-never-received-has-none", test_a_file_that_never_received_has_none);

  return g_test_run ();
}
