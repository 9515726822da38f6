/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gstdio.h>
#include <string.h>

#include "forlop-draft-store.h"
#include "forlop-mirror-row-store.h"
#include "mirror-test-util.h"

#define CANARY "kanarifuglen"

/* Citizens 1 and 2 at position 2; citizen 1 has a note with the canary at position 3. */
static MirrorTest *
new_with_canary (void)
{
  MirrorTest *test = mirror_test_new ();
  g_autofree char *first = mirror_test_citizen (1, 1, 1, CANARY);
  g_autofree char *second = mirror_test_citizen (2, 2, 2, "Nilsen");
  g_autofree char *note = mirror_test_note (1, 1, 3, 3, CANARY);
  g_autofree char *rows = g_strjoin (",", first, second, note, NULL);
  g_autofree char *grants = g_strdup_printf (
    ",\"grants\":[{\"scope\":\"c:%s\",\"gen\":1,\"active\":true},{\"scope\":\"c:%s\",\"gen\":1,\"active\":true}]",
    mirror_test_id ('c', 1), mirror_test_id ('c', 2));

  mirror_test_hello (test, 0);
  mirror_test_page (test, 3, rows, grants);
  mirror_test_idle (test);
  g_assert_true (mirror_test_table_contains (test, "search_data", CANARY));
  g_assert_true (mirror_test_table_contains (test, "citizen_row", CANARY));
  g_assert_true (mirror_test_table_contains (test, "note", CANARY));

  return test;
}

static void
assert_purged (MirrorTest *test)
{
  g_autofree char *log = g_strconcat (test->files->path, "-wal", NULL);
  GStatBuf info;

  g_assert_false (mirror_test_contains (test, CANARY));
  g_assert_false (mirror_test_finds (test, CANARY));
  g_assert_true (g_stat (log, &info) != 0 || info.st_size == 0);
  mirror_test_named (test, 2, "Nilsen");
}

static void
test_revoked_scope_leaves_nothing (void)
{
  g_autoptr (MirrorTest) test = new_with_canary ();
  g_autofree char *revoked = mirror_test_grant (1, 1, FALSE);
  g_autofree char *op_id = mirror_test_write (test, 2, 1, CANARY " skrev");
  g_autofree char *key = g_strdup_printf ("act save-citizen %s", mirror_test_id ('c', 1));
  g_autoptr (GError) error = NULL;
  gboolean ok = forlop_draft_store_put (test->connection, key, NULL, test->now, CANARY, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
  mirror_test_push (test, 1, op_id, "applied", 4);
  mirror_test_page (test, 5, "", revoked);
  assert_purged (test);
  mirror_test_tell (test, FORLOP_SYNC_REQUEST_ACK, "{}");
  mirror_test_idle (test);
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM outbox"), ==, 1);
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM scope_have"), ==, 1);
}

static void
test_unsent_work_is_handed_over_before_the_purge (void)
{
  g_autoptr (MirrorTest) test = new_with_canary ();
  g_autofree char *revoked = mirror_test_grant (1, 1, FALSE);
  g_autofree char *page =
    g_strdup_printf ("{\"epoch\":\"%s\",\"pos\":4,\"head\":4,\"hash\":\"0000000000000004\",\"complete\":true,"
                     "\"safe_seq\":0,\"rows\":[]%s}", test->epoch, revoked);
  g_autofree char *op_id = NULL;
  g_autoptr (ForlopSyncRequest) pull = NULL;

  forlop_sync_client_poke (test->client, 4);
  pull = mirror_test_ask (test, FORLOP_SYNC_REQUEST_PULL);
  op_id = mirror_test_write (test, 2, 1, CANARY);
  mirror_test_answer (test, pull, 200, page);
  mirror_test_noted (test, 2, CANARY);

  /* Killed before it is sent: the work is still here, and still waits. */
  mirror_test_reopen (test);
  mirror_test_hello (test, 0);
  mirror_test_noted (test, 2, CANARY);
  mirror_test_push (test, 1, op_id, "rejected", 5);
  mirror_test_noted (test, 2, CANARY);
  mirror_test_page (test, 5, "", "");
  assert_purged (test);
  mirror_test_tell (test, FORLOP_SYNC_REQUEST_ACK, "{}");
  mirror_test_idle (test);
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM outbox WHERE state = 'refused'"), ==, 1);
}

/* The function ended and was given again: the scope is emptied and filled, but not under what is unsent. */
static void
test_unsent_work_is_seen_until_a_scope_granted_anew_is_filled (void)
{
  g_autoptr (MirrorTest) test = new_with_canary ();
  g_autofree char *granted = mirror_test_grant (1, 3, TRUE);
  g_autofree char *citizen = mirror_test_citizen (1, 5, 5, "Lie");
  g_autofree char *page =
    g_strdup_printf ("{\"epoch\":\"%s\",\"pos\":4,\"head\":4,\"hash\":\"0000000000000004\",\"complete\":true,"
                     "\"safe_seq\":0,\"rows\":[]%s}", test->epoch, granted);
  g_autofree char *op_id = NULL;
  g_autoptr (ForlopSyncRequest) pull = NULL;

  forlop_sync_client_poke (test->client, 4);
  pull = mirror_test_ask (test, FORLOP_SYNC_REQUEST_PULL);
  op_id = mirror_test_rename (test, 1, "Lie");
  mirror_test_answer (test, pull, 200, page);
  mirror_test_named (test, 1, "Lie");

  mirror_test_push (test, 1, op_id, "applied", 5);
  mirror_test_named (test, 1, "Lie");
  mirror_test_page (test, 5, "", "");
  mirror_test_scope (test, 3, 5, citizen);
  mirror_test_page (test, 5, "", "");
  mirror_test_idle (test);
  mirror_test_named (test, 1, "Lie");
}

static void
test_own_changes_elsewhere_survive_a_purge (void)
{
  g_autoptr (MirrorTest) test = new_with_canary ();
  g_autofree char *revoked = mirror_test_grant (1, 1, FALSE);
  g_autofree char *op_id = mirror_test_write (test, 2, 2, "Hos Nilsen");
  g_autofree char *row = NULL;

  mirror_test_push (test, 1, op_id, "applied", 4);
  row = g_strdup_printf ("{\"type\":\"note\",\"id\":\"%s\",\"scope\":\"c:%s\",\"seq\":4,\"vtag\":\"%s\","
                         "\"body\":{\"citizen_id\":\"%s\",\"text\":\"Hos Nilsen\"}}",
                         mirror_test_id ('e', 2), mirror_test_id ('c', 2), op_id,
                         mirror_test_id ('c', 2));
  mirror_test_page (test, 5, row, revoked);
  assert_purged (test);
  mirror_test_noted (test, 2, "Hos Nilsen");
}

static void
test_new_grant_is_filled_and_shown_by_the_next_turn (void)
{
  g_autoptr (MirrorTest) test = new_with_canary ();
  g_autofree char *granted = mirror_test_grant (3, 1, TRUE);
  g_autofree char *citizen = mirror_test_citizen (3, 4, 4, "Lie");
  g_autofree char *note = mirror_test_note (3, 3, 5, 5, "Gammel");
  g_autofree char *rows = g_strjoin (",", citizen, note, NULL);

  forlop_sync_client_poke (test->client, 6);
  mirror_test_page (test, 6, "", granted);
  mirror_test_scope (test, 1, 7, rows);
  mirror_test_named (test, 3, NULL);
  mirror_test_reopen (test);
  mirror_test_hello (test, 0);
  mirror_test_page (test, 7, "", "");
  mirror_test_idle (test);
  mirror_test_named (test, 3, "Lie");
  mirror_test_noted (test, 3, "Gammel");
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM stage"), ==, 0);
}

static void
test_scope_in_pages_goes_on_after_a_crash (void)
{
  g_autoptr (MirrorTest) test = new_with_canary ();
  g_autofree char *granted = mirror_test_grant (3, 1, TRUE);
  g_autofree char *citizen = mirror_test_citizen (3, 4, 4, "Lie");
  g_autofree char *note = mirror_test_note (3, 3, 5, 5, "Gammel");
  g_autofree char *changed = mirror_test_note (3, 3, 8, 8, "Ny");
  g_autoptr (ForlopSyncRequest) request = NULL;

  forlop_sync_client_poke (test->client, 6);
  mirror_test_page (test, 6, "", granted);
  mirror_test_tell (test, FORLOP_SYNC_REQUEST_SCOPE,
                    "{\"epoch\":\"%s\",\"gen\":1,\"head\":6,\"rows\":[%s],"
                    "\"next\":{\"seq\":4,\"type\":\"citizen\",\"id\":\"%s\"}}",
                    test->epoch, citizen, mirror_test_id ('c', 3));
  mirror_test_reopen (test);
  mirror_test_hello (test, 0);
  /* The note is changed before its page is read; the turn brings it, and an older page is no match. */
  mirror_test_page (test, 8, changed, "");
  request = mirror_test_ask (test, FORLOP_SYNC_REQUEST_SCOPE);
  g_assert_nonnull (strstr (request->body, "\"after\":{\"seq\":4,\"type\":\"citizen\""));
  mirror_test_scope (test, 1, 6, note);
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM scope_have WHERE fill = 'filling'"),
                   ==, 1);
  mirror_test_scope (test, 1, 8, changed);
  mirror_test_page (test, 8, "", "");
  mirror_test_idle (test);
  mirror_test_named (test, 3, "Lie");
  mirror_test_noted (test, 3, "Ny");
}

static void
test_grant_given_anew_is_emptied_and_filled (void)
{
  g_autoptr (MirrorTest) test = new_with_canary ();
  g_autofree char *granted = mirror_test_grant (1, 2, TRUE);
  g_autofree char *citizen = mirror_test_citizen (1, 4, 4, "Lie");
  g_autofree char *op_id = mirror_test_write (test, 2, 1, "Mitt");

  mirror_test_push (test, 1, op_id, "applied", 9);
  mirror_test_page (test, 5, "", granted);
  mirror_test_named (test, 1, NULL);
  mirror_test_noted (test, 1, NULL);
  /* One's own unconfirmed work is still one's own. */
  mirror_test_noted (test, 2, "Mitt");
  mirror_test_page (test, 9, "", "");
  mirror_test_scope (test, 2, 9, citizen);
  mirror_test_page (test, 9, "", "");
  mirror_test_idle (test);
  mirror_test_named (test, 1, "Lie");
  mirror_test_noted (test, 1, NULL);
}

static char *
dup_sum (MirrorTest   *test,
         unsigned int  citizen,
         gint64        extra)
{
  g_autofree char *scope = g_strconcat ("c:", mirror_test_id ('c', citizen), NULL);
  g_autoptr (GError) error = NULL;
  ForlopScopeSum sum;

  g_assert_true (forlop_mirror_row_store_sum (test->connection, scope, &sum, &error));
  g_assert_no_error (error);

  return g_strdup_printf (",\"sums\":{\"%s\":{\"count\":%" G_GINT64_FORMAT ",\"sum\":\"%" G_GUINT64_FORMAT "\"}}",
                          scope, sum.count + extra, sum.sum);
}

static void
test_sum_that_is_right_changes_nothing (void)
{
  g_autoptr (MirrorTest) test = new_with_canary ();
  g_autofree char *op_id = mirror_test_write (test, 2, 1, "Ikke sendt");
  g_autofree char *sums = dup_sum (test, 1, 0);
  g_autofree char *hash = g_strdup_printf ("%" G_GUINT64_FORMAT,
    forlop_sync_row_hash ("citizen", mirror_test_id ('c', 1), mirror_test_id ('o', 1), FALSE) +
    forlop_sync_row_hash ("note", mirror_test_id ('e', 1), mirror_test_id ('o', 3), FALSE));

  /* What is not confirmed does not count. */
  g_assert_nonnull (strstr (sums, hash));
  mirror_test_push (test, 1, op_id, "applied", 9);
  mirror_test_part (test, 4, 9, "", "");
  mirror_test_page (test, 9, "", sums);
  g_assert_cmpint (mirror_test_count (test, "SELECT mismatches FROM sync_state"), ==, 0);
}

static void
test_scope_with_a_wrong_sum_is_repaired (void)
{
  g_autoptr (MirrorTest) test = new_with_canary ();
  g_autofree char *sums = dup_sum (test, 1, 1);
  g_autofree char *citizen = mirror_test_citizen (1, 1, 1, "Hansen");
  g_autofree char *lost = mirror_test_note (7, 1, 2, 7, "Kom bort");
  g_autofree char *rows = g_strjoin (",", citizen, lost, NULL);

  forlop_sync_client_poke (test->client, 4);
  mirror_test_page (test, 4, "", sums);
  g_assert_cmpint (mirror_test_count (test, "SELECT mismatches FROM sync_state"), ==, 1);
  /* While it is repaired it is still shown, and new rows show too. */
  mirror_test_noted (test, 1, CANARY);
  mirror_test_scope (test, 1, 5, rows);
  mirror_test_page (test, 5, "", "");
  mirror_test_idle (test);
  mirror_test_noted (test, 7, "Kom bort");
  mirror_test_noted (test, 1, NULL);
}

static void
test_scope_that_is_filled_too_early_waits (void)
{
  g_autoptr (MirrorTest) test = new_with_canary ();
  g_autofree char *granted = mirror_test_grant (3, 1, TRUE);
  g_autofree char *citizen = mirror_test_citizen (3, 8, 8, "Lie");

  forlop_sync_client_poke (test->client, 6);
  mirror_test_page (test, 6, "", granted);
  mirror_test_scope (test, 1, 8, citizen);
  /* A page of before the fill that was late. */
  mirror_test_page (test, 7, "", "");
  mirror_test_named (test, 3, NULL);
  mirror_test_scope (test, 1, 8, citizen);
  mirror_test_page (test, 8, "", "");
  mirror_test_named (test, 3, "Lie");
}

static void
test_restored_server_gets_everything_again (void)
{
  g_autoptr (MirrorTest) test = new_with_canary ();
  g_autofree char *op_id = mirror_test_write (test, 2, 2, "Bekreftet");
  g_autofree char *own = NULL;
  g_autofree char *citizen = mirror_test_citizen (2, 1, 2, "Nilsen");
  g_autofree char *grants = mirror_test_grant (2, 1, TRUE);
  g_autofree char *rows = NULL;
  g_autoptr (ForlopSyncRequest) pull = NULL;

  mirror_test_push (test, 1, op_id, "applied", 4);
  own = g_strdup_printf ("{\"type\":\"note\",\"id\":\"%s\",\"scope\":\"c:%s\",\"seq\":%%d,\"vtag\":\"%s\","
                         "\"body\":{\"citizen_id\":\"%s\",\"text\":\"Bekreftet\"}}",
                         mirror_test_id ('e', 2), mirror_test_id ('c', 2), op_id,
                         mirror_test_id ('c', 2));
  {
    g_autofree char *row = g_strconcat (own, NULL);
    char *place = strstr (row, "%d");

    memcpy (place, "4 ", 2);
    mirror_test_page (test, 4, row, "");
    memcpy (strstr (own, "%d"), "2 ", 2);
  }
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM outbox WHERE state = 'retained'"), ==, 1);

  /* Restored from a copy that has citizen 2 alone, and neither the note nor citizen 1. */
  forlop_sync_client_poke (test->client, 5);
  pull = mirror_test_ask (test, FORLOP_SYNC_REQUEST_PULL);
  mirror_test_answer (test, pull, 410, "{\"code\":\"resync\",\"reason\":\"epoch\"}");
  mirror_test_noted (test, 2, "Bekreftet");
  test->epoch = "fedcba9876543210fedcba9876543210";
  mirror_test_hello (test, 0);
  mirror_test_push (test, 1, op_id, "applied", 2);
  rows = g_strjoin (",", citizen, own, NULL);
  mirror_test_noted (test, 2, "Bekreftet");
  mirror_test_page (test, 2, rows, grants);
  assert_purged (test);
  mirror_test_tell (test, FORLOP_SYNC_REQUEST_ACK, "{}");
  mirror_test_idle (test);
  mirror_test_noted (test, 2, "Bekreftet");
}

static void
test_answer_of_another_epoch_confirms_nothing (void)
{
  g_autoptr (MirrorTest) test = new_with_canary ();
  g_autofree char *op_id = mirror_test_write (test, 2, 2, "Mitt");
  g_autofree char *late = g_strdup_printf (
    "{\"epoch\":\"00000000000000000000000000000000\",\"head\":4,\"results\":[{\"op_no\":1,\"op_id\":\"%s\","
    "\"status\":\"applied\",\"seq\":4}]}", op_id);
  g_autoptr (ForlopSyncRequest) push = mirror_test_ask (test, FORLOP_SYNC_REQUEST_PUSH);

  mirror_test_answer (test, push, 200, late);
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM outbox WHERE state = 'waiting'"), ==, 1);
}

static void
test_numbers_follow_what_the_server_wants (void)
{
  g_autoptr (MirrorTest) test = new_with_canary ();
  g_autofree char *first = mirror_test_write (test, 2, 2, "En");
  g_autofree char *second = mirror_test_write (test, 3, 2, "To");
  g_autoptr (ForlopSyncRequest) push = mirror_test_ask (test, FORLOP_SYNC_REQUEST_PUSH);
  g_autoptr (ForlopSyncRequest) again = NULL;
  g_autofree char *third = NULL;

  mirror_test_answer (test, push, 409, "{\"code\":\"wrong_op_no\",\"expected\":2}");
  again = mirror_test_ask (test, FORLOP_SYNC_REQUEST_PUSH);
  g_assert_cmpint (again->from, ==, 2);
  mirror_test_push (test, 2, first, "applied", 4);
  mirror_test_push (test, 3, second, "applied", 5);
  third = mirror_test_write (test, 4, 2, "Tre");
  g_clear_pointer (&again, forlop_sync_request_free);
  again = mirror_test_ask (test, FORLOP_SYNC_REQUEST_PUSH);
  g_assert_cmpint (again->from, ==, 4);
  mirror_test_noted (test, 2, "En");
}

/* A note came, and was blocked for the one who has this machine while the citizen's scope was granted anew. */
static void
test_what_came_before_a_scope_is_granted_anew_is_forgotten (void)
{
  g_autoptr (MirrorTest) test = new_with_canary ();
  g_autofree char *granted = mirror_test_grant (1, 3, TRUE);
  g_autofree char *citizen = mirror_test_citizen (1, 5, 5, "Lie");
  g_autofree char *note = mirror_test_note (2, 1, 4, 4, CANARY);
  g_autofree char *first =
    g_strdup_printf ("{\"epoch\":\"%s\",\"pos\":4,\"head\":5,\"hash\":\"0000000000000004\",\"complete\":false,"
                     "\"safe_seq\":0,\"rows\":[%s]}", test->epoch, note);
  g_autoptr (ForlopSyncRequest) pull = NULL;

  forlop_sync_client_poke (test->client, 5);
  pull = mirror_test_ask (test, FORLOP_SYNC_REQUEST_PULL);
  mirror_test_answer (test, pull, 200, first);
  mirror_test_page (test, 5, "", granted);
  mirror_test_scope (test, 3, 5, citizen);
  mirror_test_page (test, 5, "", "");
  mirror_test_idle (test);
  mirror_test_named (test, 1, "Lie");
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM note"), ==, 0);
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM stage"), ==, 0);
}

/* Note @n of citizen @n, in the scope of a note that is blocked. */
static char *
dup_apart (unsigned int  n,
           const char   *note)
{
  const char *citizen_id = mirror_test_id ('c', n);

  return g_strdup_printf ("{\"type\":\"note\",\"id\":\"%s\",\"scope\":\"n:%s:%s\",\"seq\":3,\"vtag\":\"%s\","
                          "\"body\":{\"citizen_id\":\"%s\",\"text\":\"a\",\"apart_id\":\"%s\"}}",
                          mirror_test_id ('e', n), citizen_id, note, mirror_test_id ('o', 3), citizen_id, note);
}

/* The blocking is lifted while the citizen is granted anew: the note is shown where it was until the citizen has come. */
static void
test_note_that_is_blocked_no_more_waits_for_its_citizen (void)
{
  g_autoptr (MirrorTest) test = mirror_test_new ();
  const char *note = mirror_test_id ('e', 1);
  g_autofree char *citizen = mirror_test_citizen (1, 1, 1, "Nilsen");
  g_autofree char *apart = dup_apart (1, note);
  g_autofree char *before = g_strjoin (",", citizen, apart, NULL);
  g_autofree char *back = mirror_test_note (1, 1, 5, 5, CANARY);
  g_autofree char *after = g_strjoin (",", citizen, back, NULL);
  g_autofree char *grants = g_strdup_printf (
    ",\"grants\":[{\"scope\":\"c:%s\",\"gen\":1,\"active\":true},{\"scope\":\"n:%s:%s\",\"gen\":1,\"active\":true}]",
    mirror_test_id ('c', 1), mirror_test_id ('c', 1), note);
  g_autofree char *granted = g_strdup_printf (
    ",\"grants\":[{\"scope\":\"c:%s\",\"gen\":3,\"active\":true}],"
    "\"sums\":{\"n:%s:%s\":{\"count\":0,\"sum\":\"0\"}}", mirror_test_id ('c', 1), mirror_test_id ('c', 1), note);

  mirror_test_hello (test, 0);
  mirror_test_page (test, 3, before, grants);
  mirror_test_idle (test);
  forlop_sync_client_poke (test->client, 5);
  mirror_test_page (test, 5, back, granted);
  g_assert_cmpint (mirror_test_count (test, "SELECT mismatches FROM sync_state"), ==, 0);
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM note WHERE apart_id IS NOT NULL"), ==, 1);
  mirror_test_scope (test, 3, 5, after);
  mirror_test_page (test, 5, "", "");
  mirror_test_idle (test);
  mirror_test_noted (test, 1, CANARY);
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM note WHERE apart_id IS NOT NULL"), ==, 0);
}

/* A note and what corrects it may stand in two records of one person. */
static void
test_blocked_note_s_scope_is_one_citizen_s (void)
{
  g_autoptr (MirrorTest) test = mirror_test_new ();
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autoptr (GString) grants = g_string_new (",\"grants\":[");
  const char *note = mirror_test_id ('e', 1);

  for (unsigned int n = 1; n <= 2; n++)
    {
      const char *citizen_id = mirror_test_id ('c', n);
      g_autofree char *citizen = mirror_test_citizen (n, 1, n, "Nilsen");
      g_autofree char *apart = dup_apart (n, note);

      g_string_append_printf (rows, "%s%s,%s", n > 1 ? "," : "", citizen, apart);
      g_string_append_printf (grants, "%s{\"scope\":\"c:%s\",\"gen\":1,\"active\":true},"
                              "{\"scope\":\"n:%s:%s\",\"gen\":1,\"active\":true}", n > 1 ? "," : "", citizen_id,
                              citizen_id, note);
    }
  g_string_append_c (grants, ']');
  mirror_test_hello (test, 0);
  mirror_test_page (test, 3, rows->str, grants->str);
  mirror_test_idle (test);

  for (unsigned int n = 1; n <= 2; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *scope = g_strdup_printf ("n:%s:%s", mirror_test_id ('c', n), note);
      g_autoptr (GPtrArray) entries = forlop_mirror_row_store_list_all (test->connection, scope, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (entries->len, ==, 1);
      g_assert_cmpstr (((ForlopMirrorEntry *) entries->pdata[0])->id, ==, mirror_test_id ('e', n));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scopes/revoked-scope-leaves-nothing", test_revoked_scope_leaves_nothing);
  g_test_add_func ("/scopes/unsent-work-is-handed-over-before-the-purge",
                   test_unsent_work_is_handed_over_before_the_purge);
  g_test_add_func ("/scopes/unsent-work-is-seen-until-a-scope-granted-anew-is-filled",
                   test_unsent_work_is_seen_until_a_scope_granted_anew_is_filled);
  g_test_add_func ("/scopes/own-changes-elsewhere-survive-a-purge",
                   test_own_changes_elsewhere_survive_a_purge);
  g_test_add_func ("/scopes/new-grant-is-filled-and-shown-by-the-next-turn",
                   test_new_grant_is_filled_and_shown_by_the_next_turn);
  g_test_add_func ("/scopes/scope-in-pages-goes-on-after-a-crash",
                   test_scope_in_pages_goes_on_after_a_crash);
  g_test_add_func ("/scopes/grant-given-anew-is-emptied-and-filled",
                   test_grant_given_anew_is_emptied_and_filled);
  g_test_add_func ("/scopes/sum-that-is-right-changes-nothing", test_sum_that_is_right_changes_nothing);
  g_test_add_func ("/scopes/scope-with-a-wrong-sum-is-repaired", test_scope_with_a_wrong_sum_is_repaired);
  g_test_add_func ("/scopes/blocked-note-s-scope-is-one-citizen-s", test_blocked_note_s_scope_is_one_citizen_s);
  g_test_add_func ("/scopes/note-that-is-blocked-no-more-waits-for-its-citizen",
                   test_note_that_is_blocked_no_more_waits_for_its_citizen);
  g_test_add_func ("/scopes/what-came-before-a-scope-is-granted-anew-is-forgotten",
                   test_what_came_before_a_scope_is_granted_anew_is_forgotten);
  g_test_add_func ("/scopes/scope-that-is-filled-too-early-waits",
                   test_scope_that_is_filled_too_early_waits);
  g_test_add_func ("/scopes/restored-server-gets-everything-again",
                   test_restored_server_gets_everything_again);
  g_test_add_func ("/scopes/answer-of-another-epoch-confirms-nothing",
                   test_answer_of_another_epoch_confirms_nothing);
  g_test_add_func ("/scopes/numbers-follow-what-the-server-wants",
                   test_numbers_follow_what_the_server_wants);

  return g_test_run ();
}
