/* SPDX-License-Identifier: EUPL-1.2 */

#include "client-test-util.h"

#include <string.h>

/* Attachments go after the changes, and hold up none. */

#define ADD(name, func) g_test_add ("/client/" name, Test, NULL, setup, func, teardown)

#define SOME_COME "{\"have\":1048576,\"complete\":false}"
#define ALL_COME "{\"have\":1048581,\"complete\":true}"

/* The changes first, also those that are written while a file is on its way. */
static void
test_attachments_come_last (Test          *test,
                            gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (ForlopSyncRequest) first = NULL;
  g_autoptr (ForlopSyncRequest) second = NULL;

  test->mirror->state.n_unsent = 1;
  test->mirror->state.n_uploads = 1;
  greet (test);
  exchange (test, FORLOP_SYNC_REQUEST_PUSH, 200, RESULTS);
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
  exchange (test, FORLOP_SYNC_REQUEST_ASK, 200, "{\"contents\":[{\"named\":true}]}");
  first = ask (test, FORLOP_SYNC_REQUEST_PUT);
  g_assert_cmpint (first->from, ==, 0);
  answer (test, first, 200, SOME_COME, NO_RANDOM);
  /* The same reply again is of the past. */
  answer (test, first, 200, ALL_COME, NO_RANDOM);
  g_assert_cmpint (test->mirror->state.n_uploads, ==, 1);
  test->mirror->state.n_unsent = 1;
  exchange (test, FORLOP_SYNC_REQUEST_PUSH, 200, RESULTS);
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
  second = ask (test, FORLOP_SYNC_REQUEST_PUT);
  g_assert_cmpint (second->from, ==, FORLOP_SYNC_PART_BYTES);
  answer (test, second, 200, ALL_COME, NO_RANDOM);
  ask_nothing (test);
  g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_IDLE);
}

static void
test_a_refused_attachment_holds_up_no_change (Test          *test,
                                              gconstpointer  data)
{
  test->mirror->state.n_uploads = 1;
  greet (test);
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
  exchange (test, FORLOP_SYNC_REQUEST_ASK, 200, "{\"contents\":[{\"named\":true}]}");
  {
    g_autoptr (ForlopSyncRequest) put = ask (test, FORLOP_SYNC_REQUEST_PUT);

    answer (test, put, GPOINTER_TO_UINT (data), "{}", MOST_RANDOM);
  }
  ask_nothing (test);
  g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_BUSY);
  g_assert_cmpint (forlop_sync_client_get_next_at (test->client), >, test->now);
  g_assert_cmpint (forlop_sync_client_get_next_at (test->client), <=, test->now + FORLOP_SYNC_RETRY_FIRST_MS);
  test->mirror->state.n_unsent = 1;
  exchange (test, FORLOP_SYNC_REQUEST_PUSH, 200, RESULTS);
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
  ask_nothing (test);
  test->now += FORLOP_SYNC_RETRY_FIRST_MS;
  exchange (test, FORLOP_SYNC_REQUEST_PUT, 200, SOME_COME);
}

/* What nobody names on the server, and what is not on this machine, is not tried for ever. */
static void
test_what_cannot_be_sent_is_let_go (Test          *test,
                                    gconstpointer  data G_GNUC_UNUSED)
{
  test->mirror->state.n_uploads = 2;
  test->mirror->has_no_files = TRUE;
  greet (test);
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
  exchange (test, FORLOP_SYNC_REQUEST_ASK, 200, "{\"contents\":[{\"named\":false},{\"named\":true}]}");
  ask_nothing (test);
  ask_nothing (test);
  g_assert_cmpint (test->mirror->state.n_uploads, ==, 0);
  g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_IDLE);
}

/* A scope that is being taken away waits for what was attached there, and nothing else is done first. */
static void
test_a_scope_waits_for_its_attachments (Test          *test,
                                        gconstpointer  data G_GNUC_UNUSED)
{
  test->mirror->state.n_uploads = 1;
  test->mirror->state.has_held_upload = TRUE;
  greet (test);
  exchange (test, FORLOP_SYNC_REQUEST_ASK, 200,
            "{\"contents\":[{\"named\":true,\"length\":1048581,\"have\":1048576}]}");
  test->mirror->state.has_held_upload = TRUE;
  exchange (test, FORLOP_SYNC_REQUEST_PUT, 200, ALL_COME);
  test->mirror->state.has_held_upload = FALSE;
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
  ask_nothing (test);
}

static void
test_fetches_the_smallest_first (Test          *test,
                                 gconstpointer  data G_GNUC_UNUSED)
{
  test->mirror->n_missing = 3;
  greet (test);
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
  exchange (test, FORLOP_SYNC_REQUEST_ASK, 200,
            "{\"contents\":[{\"named\":true,\"length\":3,\"have\":3},{\"named\":true},"
            "{\"named\":true,\"length\":2,\"have\":2}]}");
  exchange (test, FORLOP_SYNC_REQUEST_GET, 200, "{\"length\":2,\"offset\":0,\"data\":\"QUI=\"}");
  exchange (test, FORLOP_SYNC_REQUEST_GET, 200, "{\"length\":3,\"offset\":0,\"data\":\"Q0RF\"}");
  ask_nothing (test);
  g_assert_cmpstr (test->mirror->kept->str, ==, "3:AB 1:CDE ");
  /* A poke says that the rest may have come. */
  test->mirror->n_missing = 1;
  forlop_sync_client_poke (test->client, test->mirror->state.cursor);
  exchange (test, FORLOP_SYNC_REQUEST_ASK, 200, "{\"contents\":[{\"named\":true}]}");
  ask_nothing (test);
}

int
main (int   argc,
      char *argv[])
{
  static const unsigned int refusals[] = { 413, 422, 429, 500 };

  g_test_init (&argc, &argv, NULL);

  ADD ("attachments-come-last", test_attachments_come_last);
  ADD ("what-cannot-be-sent-is-let-go", test_what_cannot_be_sent_is_let_go);
  ADD ("a-scope-waits-for-its-attachments", test_a_scope_waits_for_its_attachments);
  ADD ("fetches-the-smallest-first", test_fetches_the_smallest_first);
  for (unsigned int i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/client/a-refused-attachment-holds-up-no-change/%u", refusals[i]);

      g_test_add (path, Test, GUINT_TO_POINTER (refusals[i]), setup, test_a_refused_attachment_holds_up_no_change,
                  teardown);
    }

  return g_test_run ();
}
