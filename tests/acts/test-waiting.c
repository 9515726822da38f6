/* SPDX-License-Identifier: EUPL-1.2 */

#include "equipment-test-util.h"

#include <string.h>

#include "forlop-error.h"
#include "forlop-gate.h"
#include "forlop-pending-store.h"
#include "forlop-snapshot-store.h"

/* In a file that has a server, what only the server can settle waits until it has answered. */

static gpointer
pair_on_worker (ForlopConnection  *connection,
                gpointer           user_data G_GNUC_UNUSED,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  return GINT_TO_POINTER (forlop_connection_execute (
    connection, "INSERT INTO sync_state (n, server) VALUES (1, 'https://server.example')", error));
}

/* The server has answered everything, and the mirror has come to it. */
static gpointer
confirm_on_worker (ForlopConnection  *connection,
                   gpointer           user_data G_GNUC_UNUSED,
                   GCancellable      *cancellable G_GNUC_UNUSED,
                   GError           **error)
{
  return GINT_TO_POINTER (
    forlop_connection_execute (connection, "UPDATE outbox SET state = 'retained'", error) &&
    forlop_pending_store_drop_settled (connection, error));
}

static void
run (Stock           *stock,
     ForlopStoreFunc  func)
{
  g_autoptr (GError) error = NULL;
  gpointer done = forlop_store_write_sync (stock->test->store, func, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (GPOINTER_TO_INT (done));
}

typedef struct {
  const char *case_id;
  gint64 now;
} Question;

static gpointer
load_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  const Question *question = user_data;

  return forlop_snapshot_store_load_case (connection, question->case_id, question->now, error);
}

static ForlopSnapshot *
load (Stock      *stock,
      const char *case_id)
{
  Question question = { case_id, forlop_clock_now (stock->test->clock) };
  g_autoptr (GError) error = NULL;
  ForlopSnapshot *snapshot =
    forlop_store_write_sync (stock->test->store, load_on_worker, &question,
                             (GDestroyNotify) forlop_snapshot_unref, NULL, &error);

  g_assert_no_error (error);

  return snapshot;
}

static gboolean
is_open (Stock      *stock,
         const char *case_id)
{
  g_autoptr (ForlopSnapshot) snapshot = load (stock, case_id);

  return forlop_gate_check (FORLOP_GATE_LOANS_CONFIRMED, snapshot, NULL, NULL);
}

static gboolean
waits (Stock      *stock,
       const char *case_id,
       const char *id)
{
  g_autoptr (ForlopSnapshot) snapshot = load (stock, case_id);

  return forlop_snapshot_waits (snapshot, id);
}

static void
test_no_server_nothing_waits (void)
{
  g_autoptr (Stock) stock = stock_new ();
  g_autofree char *case_id = stock_grant (stock, "Liv");
  g_autofree char *item_id = stock_make_ready (stock, "1");
  g_autofree char *loan_id = stock_hand_out (stock, case_id, item_id);

  g_assert_false (waits (stock, case_id, loan_id));
  g_assert_true (is_open (stock, case_id));
}

static void
test_loan_counts_when_confirmed (void)
{
  g_autoptr (Stock) stock = stock_new ();
  g_autofree char *case_id = stock_grant (stock, "Liv");
  g_autofree char *item_id = stock_make_ready (stock, "1");
  g_autofree char *loan_id = NULL;

  run (stock, pair_on_worker);
  g_assert_true (is_open (stock, case_id));
  loan_id = stock_hand_out (stock, case_id, item_id);
  g_assert_true (waits (stock, case_id, loan_id));
  g_assert_false (is_open (stock, case_id));

  run (stock, confirm_on_worker);
  g_assert_false (waits (stock, case_id, loan_id));
  g_assert_true (is_open (stock, case_id));
}

static void
test_start_says_what_it_waits_for (void)
{
  const ForlopAct *start = forlop_act_find ("start-service");
  g_autoptr (Stock) stock = stock_new ();
  g_autofree char *case_id = stock_grant (stock, "Liv");
  g_autofree char *item_id = stock_make_ready (stock, "1");
  g_autoptr (ForlopSnapshot) snapshot = NULL;
  g_auto (GStrv) missing = NULL;
  g_autofree char *all = NULL;

  run (stock, pair_on_worker);
  g_free (stock_hand_out (stock, case_id, item_id));
  snapshot = load (stock, case_id);
  missing = forlop_acts_explain (start, snapshot);
  all = g_strjoinv ("\n", missing);
  g_assert_nonnull (strstr (all, "waits for the server"));
}

static void
test_case_closes_when_the_return_is_confirmed (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *case_id = stock_grant (stock, "Liv");
  g_autofree char *item_id = stock_make_ready (stock, "1");
  g_autofree char *loan_id = stock_hand_out (stock, case_id, item_id);

  run (stock, pair_on_worker);
  acts_test_must (test, test->caseworker, "end-service",
                  "{\"case_id\":\"%s\",\"decided_on\":\"2026-03-12\",\"ended_on\":\"2026-03-12\","
                  "\"reason\":\"own_wish\",\"reasons\":\"Ønsker ikke mer\"}", case_id);
  stock_return (stock, loan_id);
  acts_test_refused (test, test->caseworker, "close-case", FORLOP_ERROR_GATE, "waits for the server",
                     "{\"case_id\":\"%s\",\"closed_on\":\"2026-03-12\"}", case_id);
  run (stock, confirm_on_worker);
  acts_test_must (test, test->caseworker, "close-case",
                  "{\"case_id\":\"%s\",\"closed_on\":\"2026-03-12\"}", case_id);
}

static void
test_new_citizen_and_decision_wait (void)
{
  g_autoptr (Stock) stock = stock_new ();
  g_autoptr (ForlopSnapshot) snapshot = NULL;
  g_autofree char *case_id = NULL;

  run (stock, pair_on_worker);
  case_id = stock_grant (stock, "Liv");
  snapshot = load (stock, case_id);
  g_assert_true (forlop_snapshot_waits_as_new (
    snapshot, forlop_record_get_id (forlop_snapshot_get_citizen (snapshot))));
  g_assert_true (forlop_snapshot_waits (
    snapshot, forlop_record_get_id (forlop_snapshot_latest (snapshot, "decision"))));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/waiting/nothing-waits-without-a-server", test_no_server_nothing_waits);
  g_test_add_func ("/waiting/loan-counts-when-it-is-confirmed", test_loan_counts_when_confirmed);
  g_test_add_func ("/waiting/start-says-what-it-waits-for", test_start_says_what_it_waits_for);
  g_test_add_func ("/waiting/case-closes-when-the-return-is-confirmed",
                   test_case_closes_when_the_return_is_confirmed);
  g_test_add_func ("/waiting/new-citizen-and-decision-wait", test_new_citizen_and_decision_wait);

  return g_test_run ();
}
