/* SPDX-License-Identifier: EUPL-1.2 */

#include "client-test-util.h"

#include <string.h>

static void
test_order (Test          *test,
            gconstpointer  data G_GNUC_UNUSED)
{
  test->mirror->state.n_unsent = 1;
  test->mirror->state.n_waiting_scopes = 1;
  greet (test);
  exchange (test, FORLOP_SYNC_REQUEST_PUSH, 200, RESULTS);
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
  exchange (test, FORLOP_SYNC_REQUEST_SCOPE, 200, SCOPE);
  /* What was filled is shown by a turn. */
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
  ask_nothing (test);
  g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_IDLE);
  g_assert_cmpuint (test->mirror->n_results, ==, 1);
  g_assert_cmpuint (test->mirror->n_pages, ==, 2);
}

static void
test_goes_on_where_it_was (Test          *test,
                           gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (ForlopSyncRequest) pull = NULL;

  test->mirror->state.pos = 3;
  test->mirror->state.cursor = 1;
  g_set_str (&test->mirror->state.pos_hash, "00000000000000aa");
  greet (test);
  pull = ask (test, FORLOP_SYNC_REQUEST_PULL);
  g_assert_cmpstr (pull->body, ==, "{\"epoch\":\"" EPOCH "\",\"schema\":1,\"pos\":3,"
                   "\"hash\":\"00000000000000aa\",\"limit\":1000}");
}

static void
test_halves_what_is_too_large (Test          *test,
                               gconstpointer  data G_GNUC_UNUSED)
{
  static const unsigned int sizes[] = { 5, 2, 1 };

  test->mirror->state.n_unsent = 5;
  greet (test);
  for (unsigned int i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (ForlopSyncRequest) push = ask (test, FORLOP_SYNC_REQUEST_PUSH);

      g_assert_cmpuint (push->n_changesets, ==, sizes[i]);
      answer (test, push, 413, "{\"code\":\"too_large\",\"detail\":\"For stor.\"}", NO_RANDOM);
    }
  /* One that is too large alone needs a person. */
  ask_nothing (test);
  g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_STUCK);
  g_assert_cmpstr (forlop_sync_client_get_detail (test->client), ==, "For stor.");
}

static void
test_waits_longer_after_each_failure (Test          *test,
                                      gconstpointer  data G_GNUC_UNUSED)
{
  gint64 last = 0;

  for (unsigned int i = 0; i < 12; i++)
    {
      g_autoptr (ForlopSyncRequest) hello = ask (test, FORLOP_SYNC_REQUEST_HELLO);
      gint64 wait;

      answer (test, hello, 0, NULL, MOST_RANDOM);
      ask_nothing (test);
      g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_OFFLINE);
      wait = forlop_sync_client_get_next_at (test->client) - test->now;
      g_assert_cmpint (wait, >=, last);
      g_assert_cmpint (wait, <=, FORLOP_SYNC_RETRY_LAST_MS);
      last = wait;
      test->now = forlop_sync_client_get_next_at (test->client);
    }
  g_assert_cmpint (last, >=, FORLOP_SYNC_RETRY_LAST_MS - 1);

  greet (test);
  {
    g_autoptr (ForlopSyncRequest) pull = ask (test, FORLOP_SYNC_REQUEST_PULL);

    answer (test, pull, 0, NULL, MOST_RANDOM);
    g_assert_cmpint (forlop_sync_client_get_next_at (test->client) - test->now, <=,
                     FORLOP_SYNC_RETRY_FIRST_MS);
  }
}

static void
test_waits_as_long_as_the_server_asks (Test          *test,
                                       gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (ForlopSyncRequest) hello = ask (test, FORLOP_SYNC_REQUEST_HELLO);
  const ForlopSyncAnswer busy = { .status = 503, .retry_after = 30 };

  g_assert_true (forlop_sync_client_take (test->client, hello, &busy, test->now, NULL));
  test->now += 29999;
  ask_nothing (test);
  g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_BUSY);
  test->now += 1;
  greet (test);
}

/* A server that was set wrongly does not silence the machine for a day. */
static void
test_waits_no_longer_than_an_hour (Test          *test,
                                   gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (ForlopSyncRequest) hello = ask (test, FORLOP_SYNC_REQUEST_HELLO);
  const ForlopSyncAnswer busy = { .status = 503, .retry_after = 86400 };

  g_assert_true (forlop_sync_client_take (test->client, hello, &busy, test->now, NULL));
  g_assert_cmpint (forlop_sync_client_get_next_at (test->client) - test->now, ==, 3600 * 1000);
}

static void
test_too_old_may_still_send (Test          *test,
                             gconstpointer  data G_GNUC_UNUSED)
{
  greet (test);
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 426, "{\"code\":\"too_old\"}");
  test->now += FORLOP_SYNC_RETRY_LAST_MS;
  ask_nothing (test);
  g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_TOO_OLD);
  g_assert_cmpint (forlop_sync_client_get_next_at (test->client), ==, G_MAXINT64);
  forlop_sync_client_wake (test->client);
  ask_nothing (test);
  g_assert_cmpint (forlop_sync_client_get_next_at (test->client), ==, G_MAXINT64);
  test->mirror->state.n_unsent = 1;
  exchange (test, FORLOP_SYNC_REQUEST_PUSH, 200, RESULTS);
  ask_nothing (test);
}

static void
test_signed_out_stops_until_woken (Test          *test,
                                   gconstpointer  data G_GNUC_UNUSED)
{
  greet (test);
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 401, "{}");
  test->now += 24 * FORLOP_SYNC_RETRY_LAST_MS;
  ask_nothing (test);
  g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_SIGNED_OUT);
  g_assert_cmpint (forlop_sync_client_get_next_at (test->client), ==, G_MAXINT64);
  forlop_sync_client_wake (test->client);
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
}

static void
test_blocked_device_stops (Test          *test,
                           gconstpointer  data G_GNUC_UNUSED)
{
  test->mirror->state.n_unsent = 1;
  greet (test);
  exchange (test, FORLOP_SYNC_REQUEST_PUSH, 403, "{\"code\":\"device_blocked\"}");
  ask_nothing (test);
  g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_BLOCKED);
}

static void
test_greets_again_when_the_log_is_another (Test          *test,
                                           gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (ForlopSyncRequest) pull = NULL;

  greet (test);
  pull = ask (test, FORLOP_SYNC_REQUEST_PULL);
  answer (test, pull, 410, "{\"code\":\"resync\",\"reason\":\"epoch\"}", NO_RANDOM);
  g_assert_cmpuint (test->mirror->n_forgotten, ==, 1);
  greet (test);
  /* The same refusal again, late: it was of the epoch that is over. */
  g_set_str (&pull->epoch, "ffffffffffffffffffffffffffffffff");
  answer (test, pull, 410, "{\"code\":\"resync\"}", NO_RANDOM);
  g_assert_cmpuint (test->mirror->n_forgotten, ==, 1);
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
}

static void
test_wrong_number (Test          *test,
                   gconstpointer  data G_GNUC_UNUSED)
{
  test->mirror->state.n_unsent = 1;
  greet (test);
  exchange (test, FORLOP_SYNC_REQUEST_PUSH, 409, "{\"code\":\"wrong_op_no\",\"expected\":7}");
  g_assert_cmpint (test->mirror->expected, ==, 7);
  exchange (test, FORLOP_SYNC_REQUEST_PUSH, 409, "{\"code\":\"wrong_op_no\",\"expected\":700}");
  ask_nothing (test);
  g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_STUCK);
}

static void
test_nonsense_is_not_taken (Test          *test,
                            gconstpointer  data G_GNUC_UNUSED)
{
  static const char *const nonsense[] = {
    "", "[]", "{", "null", "{\"epoch\":1}",
    "{\"epoch\":\"" EPOCH "\",\"pos\":0,\"hash\":\"\",\"head\":9,\"complete\":false,\"safe_seq\":0,\"rows\":[]}",
    "{\"epoch\":\"" EPOCH "\",\"pos\":4,\"hash\":\"\",\"head\":4,\"complete\":true,\"safe_seq\":0,\"rows\":[{}]}",
    "{\"epoch\":\"" EPOCH "\",\"pos\":4,\"hash\":\"\",\"head\":4,\"complete\":true,\"safe_seq\":0,\"rows\":{}}",
    "{\"epoch\":\"" EPOCH "\",\"pos\":4,\"hash\":\"\",\"head\":4,\"complete\":true,\"safe_seq\":0,"
    "\"sums\":{\"cat\":{\"count\":1,\"sum\":\"-1\"}}}",
    "{\"epoch\":\"" EPOCH "\",\"pos\":4,\"hash\":\"\",\"head\":4,\"complete\":true,\"safe_seq\":0,"
    "\"grants\":[{\"gen\":1}]}",
    "{\"epoch\":\"" EPOCH "\",\"pos\":-4,\"hash\":\"\",\"head\":4,\"complete\":true,\"safe_seq\":0}",
  };

  greet (test);
  for (unsigned int i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, nonsense[i]);
      g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_SERVER_FAULT);
      g_assert_cmpuint (test->mirror->n_pages, ==, 0);
    }
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
  g_assert_cmpuint (test->mirror->n_pages, ==, 1);
}

static void
test_what_could_not_be_kept_is_asked_for_again (Test          *test,
                                                gconstpointer  data G_GNUC_UNUSED)
{
  const ForlopSyncAnswer page = { .status = 200, .text = PAGE };
  g_autoptr (ForlopSyncRequest) pull = NULL;
  g_autoptr (GError) error = NULL;

  greet (test);
  pull = ask (test, FORLOP_SYNC_REQUEST_PULL);
  test->mirror->fails = TRUE;
  g_assert_false (forlop_sync_client_take (test->client, pull, &page, test->now, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_LOCAL_FAULT);
  test->mirror->fails = FALSE;
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
}

static void
test_file_that_cannot_be_read_is_tried_later (Test          *test,
                                              gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  greet (test);
  test->mirror->fails = TRUE;
  g_assert_null (forlop_sync_client_next (test->client, test->now, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_LOCAL_FAULT);
  g_assert_cmpint (forlop_sync_client_get_next_at (test->client), ==, test->now + FORLOP_SYNC_RETRY_LAST_MS);
  test->mirror->fails = FALSE;
  ask_nothing (test);
  test->now += FORLOP_SYNC_RETRY_LAST_MS;
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
}

static void
test_poke_begins_a_turn (Test          *test,
                         gconstpointer  data G_GNUC_UNUSED)
{
  greet (test);
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
  ask_nothing (test);
  forlop_sync_client_poke (test->client, 4);
  ask_nothing (test);
  forlop_sync_client_poke (test->client, 5);
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
  ask_nothing (test);
  g_assert_cmpint (forlop_sync_client_get_next_at (test->client), ==, test->now + FORLOP_SYNC_POLL_MS);
  test->now += FORLOP_SYNC_POLL_MS;
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
}

static void
test_knows_that_the_clock_is_wrong (Test          *test,
                                    gconstpointer  data G_GNUC_UNUSED)
{
  g_autofree char *then = forlop_instant_to_iso (test->now - 5 * FORLOP_SYNC_SKEW_MS);
  g_autofree char *hello = g_strdup_printf (HELLO, then);

  exchange (test, FORLOP_SYNC_REQUEST_HELLO, 200, hello);
  g_assert_cmpint (forlop_sync_client_get_skew (test->client), ==, 5 * FORLOP_SYNC_SKEW_MS);
}

/* Each answer tells the server's time, also one that refuses. */
static void
test_knows_when_the_clock_is_set (Test          *test,
                                  gconstpointer  data G_GNUC_UNUSED)
{
  g_autofree char *then = forlop_instant_to_iso (test->now - 5 * FORLOP_SYNC_SKEW_MS);
  g_autofree char *hello = g_strdup_printf (HELLO, then);
  g_autoptr (ForlopSyncRequest) pull = NULL;
  g_autoptr (ForlopSyncRequest) again = NULL;
  const ForlopSyncAnswer right = { .status = 200, .text = PAGE, .server_time = test->now };
  ForlopSyncAnswer slow = { .status = 503, .retry_after = 1 };

  exchange (test, FORLOP_SYNC_REQUEST_HELLO, 200, hello);
  pull = ask (test, FORLOP_SYNC_REQUEST_PULL);
  g_assert_true (forlop_sync_client_take (test->client, pull, &right, test->now, NULL));
  g_assert_cmpint (forlop_sync_client_get_skew (test->client), ==, 0);

  test->now += FORLOP_SYNC_POLL_MS;
  slow.server_time = test->now + 2 * FORLOP_SYNC_SKEW_MS;
  again = ask (test, FORLOP_SYNC_REQUEST_PULL);
  g_assert_true (forlop_sync_client_take (test->client, again, &slow, test->now, NULL));
  g_assert_cmpint (forlop_sync_client_get_skew (test->client), ==, -2 * FORLOP_SYNC_SKEW_MS);
}

/* Else nothing would be sent for as many hours as it is set back. */
static void
test_waits_no_longer_when_the_clock_is_set_back (Test          *test,
                                                 gconstpointer  data G_GNUC_UNUSED)
{
  const ForlopSyncAnswer busy = { .status = 503, .retry_after = 60 };
  g_autoptr (ForlopSyncRequest) pull = NULL;

  greet (test);
  pull = ask (test, FORLOP_SYNC_REQUEST_PULL);
  g_assert_true (forlop_sync_client_take (test->client, pull, &busy, test->now, NULL));
  ask_nothing (test);
  test->now -= 3 * FORLOP_HOUR;
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
  ask_nothing (test);
  test->now -= 3 * FORLOP_HOUR;
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
}

#define ADD(name, func) g_test_add ("/client/" name, Test, NULL, setup, func, teardown)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("greets-sends-receives-and-fills-in-this-order", test_order);
  ADD ("goes-on-where-it-was", test_goes_on_where_it_was);
  ADD ("halves-what-is-too-large", test_halves_what_is_too_large);
  ADD ("waits-longer-after-each-failure", test_waits_longer_after_each_failure);
  ADD ("waits-as-long-as-the-server-asks", test_waits_as_long_as_the_server_asks);
  ADD ("waits-no-longer-than-an-hour", test_waits_no_longer_than_an_hour);
  ADD ("too-old-may-still-send", test_too_old_may_still_send);
  ADD ("signed-out-stops-until-woken", test_signed_out_stops_until_woken);
  ADD ("blocked-device-stops", test_blocked_device_stops);
  ADD ("greets-again-when-the-log-is-another", test_greets_again_when_the_log_is_another);
  ADD ("follows-the-number-that-the-server-wants", test_wrong_number);
  ADD ("nonsense-is-not-taken", test_nonsense_is_not_taken);
  ADD ("what-could-not-be-kept-is-asked-for-again", test_what_could_not_be_kept_is_asked_for_again);
  ADD ("file-that-cannot-be-read-is-tried-later", test_file_that_cannot_be_read_is_tried_later);
  ADD ("poke-begins-a-turn", test_poke_begins_a_turn);
  ADD ("knows-that-the-clock-is-wrong", test_knows_that_the_clock_is_wrong);
  ADD ("knows-when-the-clock-is-set", test_knows_when_the_clock_is_set);
  ADD ("waits-no-longer-when-the-clock-is-set-back", test_waits_no_longer_when_the_clock_is_set_back);

  return g_test_run ();
}
