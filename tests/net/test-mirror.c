/* SPDX-License-Identifier: EUPL-1.2 */

#include <string.h>

#include "forlop-mirror-row-store.h"
#include "mirror-test-util.h"

#define GRANT_1 ",\"grants\":[{\"scope\":\"c:%s\",\"gen\":1,\"active\":true}]"

/* A mirror that shows citizen 1 (“Hansen”, made by op 1) at position 1. */
static MirrorTest *
new_with_citizen (void)
{
  MirrorTest *test = mirror_test_new ();
  g_autofree char *row = mirror_test_citizen (1, 1, 1, "Hansen");
  g_autofree char *grants = g_strdup_printf (GRANT_1, mirror_test_id ('c', 1));

  mirror_test_hello (test, 0);
  mirror_test_page (test, 1, row, grants);
  mirror_test_idle (test);
  mirror_test_named (test, 1, "Hansen");

  return test;
}

static void
answer_push (MirrorTest *test,
             gint64      op_no,
             const char *op_id,
             const char *status,
             gint64      seq)
{
  mirror_test_tell (test, FORLOP_SYNC_REQUEST_PUSH,
                    "{\"epoch\":\"e\",\"head\":%" G_GINT64_FORMAT ",\"results\":[{\"op_no\":%"
                    G_GINT64_FORMAT ",\"op_id\":\"%s\",\"status\":\"%s\",\"seq\":%" G_GINT64_FORMAT
                    ",\"code\":\"field\"}]}",
                    seq, op_no, op_id, status, seq);
}

static void
test_own_work_shows_at_once_and_is_retained (void)
{
  g_autoptr (MirrorTest) test = new_with_citizen ();
  g_autofree char *op_id = mirror_test_rename (test, 1, "Berg");
  g_autofree char *row = NULL;

  mirror_test_named (test, 1, "Berg");
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM server_row"), ==, 1);
  answer_push (test, 1, op_id, "applied", 2);
  mirror_test_named (test, 1, "Berg");

  row = g_strdup_printf ("{\"type\":\"citizen\",\"id\":\"%s\",\"scope\":\"c:%s\",\"seq\":2,\"vtag\":\"%s\","
                         "\"field_vtags\":{\"\":\"%s\",\"family_name\":\"%s\"},"
                         "\"body\":{\"given_name\":\"Ola\",\"family_name\":\"Berg\"}}",
                         mirror_test_id ('c', 1), mirror_test_id ('c', 1), op_id,
                         mirror_test_id ('o', 1), op_id);
  mirror_test_page (test, 2, row, "");
  mirror_test_idle (test);
  mirror_test_named (test, 1, "Berg");
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM server_row"), ==, 0);
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM pending_row"), ==, 0);
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM outbox WHERE state = 'retained'"), ==, 1);
}

static void
test_refusal_undoes_the_effect_and_keeps_the_changeset (void)
{
  g_autoptr (MirrorTest) test = new_with_citizen ();
  g_autofree char *op_id = mirror_test_rename (test, 1, "Berg");

  answer_push (test, 1, op_id, "conflict", 2);
  mirror_test_named (test, 1, "Berg");
  mirror_test_page (test, 2, "", "");
  mirror_test_idle (test);
  mirror_test_named (test, 1, "Hansen");
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM outbox WHERE state = 'refused'"), ==, 1);
}

static void
test_others_work_comes_under_ones_own (void)
{
  g_autoptr (MirrorTest) test = new_with_citizen ();
  g_autofree char *op_id = mirror_test_rename (test, 1, "Berg");
  g_autofree char *row = mirror_test_citizen (1, 2, 2, "Dahl");
  g_autoptr (ForlopSyncRequest) push = mirror_test_ask (test, FORLOP_SYNC_REQUEST_PUSH);

  /* The push is answered late: first comes what somebody else did. */
  g_assert_nonnull (strstr (push->body, "\"op_no\":1,"));
  answer_push (test, 1, op_id, "applied", 3);
  mirror_test_page (test, 2, row, "");
  mirror_test_named (test, 1, "Berg");
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM server_row WHERE body LIKE '%Dahl%'"),
                   ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mirror/own-work-shows-at-once-and-is-retained",
                   test_own_work_shows_at_once_and_is_retained);
  g_test_add_func ("/mirror/refusal-undoes-the-effect-and-keeps-the-changeset",
                   test_refusal_undoes_the_effect_and_keeps_the_changeset);
  g_test_add_func ("/mirror/others-work-comes-under-ones-own", test_others_work_comes_under_ones_own);

  return g_test_run ();
}
