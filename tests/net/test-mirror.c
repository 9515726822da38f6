/* SPDX-License-Identifier: EUPL-1.2 */

#include <string.h>

#include "forlop-integrity.h"
#include "forlop-json.h"
#include "forlop-outbox-store.h"
#include "forlop-sync-row.h"
#include "mirror-test-util.h"

/* A mirror that shows citizen 1 (“Hansen”, made by op 1) at position 1. */
static MirrorTest *
new_with_citizen (void)
{
  MirrorTest *test = mirror_test_new ();
  g_autofree char *row = mirror_test_citizen (1, 1, 1, "Hansen");
  g_autofree char *grants = mirror_test_grant (1, 1, TRUE);

  mirror_test_hello (test, 0);
  mirror_test_page (test, 1, row, grants);
  mirror_test_idle (test);
  mirror_test_named (test, 1, "Hansen");

  return test;
}

/* The row as the server makes it from an own change of the name. */
static char *
renamed_row (gint64      seq,
             const char *op_id,
             const char *family_name)
{
  return g_strdup_printf ("{\"type\":\"citizen\",\"id\":\"%s\",\"scope\":\"c:%s\",\"seq\":%" G_GINT64_FORMAT
                          ",\"vtag\":\"%s\",\"field_vtags\":{\"\":\"%s\",\"family_name\":\"%s\"},"
                          "\"body\":{\"given_name\":\"Ola\",\"family_name\":\"%s\"}}",
                          mirror_test_id ('c', 1), mirror_test_id ('c', 1), seq, op_id,
                          mirror_test_id ('o', 1), op_id, family_name);
}

static gint64
n_in_state (MirrorTest *test,
            const char *state)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM outbox WHERE state = '%s'", state);

  return mirror_test_count (test, g_intern_string (sql));
}

static void
test_own_work_shows_at_once_and_is_retained (void)
{
  g_autoptr (MirrorTest) test = new_with_citizen ();
  g_autofree char *op_id = mirror_test_rename (test, 1, "Berg");
  g_autofree char *row = renamed_row (2, op_id, "Berg");

  mirror_test_named (test, 1, "Berg");
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM server_row"), ==, 1);
  mirror_test_push (test, 1, op_id, "applied", 2);
  mirror_test_named (test, 1, "Berg");

  mirror_test_page (test, 2, row, "");
  mirror_test_idle (test);
  mirror_test_named (test, 1, "Berg");
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM server_row"), ==, 0);
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM pending_row"), ==, 0);
  g_assert_cmpint (n_in_state (test, "retained"), ==, 1);
}

static void
test_healed_record_is_the_servers_byte_for_byte (void)
{
  g_autoptr (MirrorTest) test = new_with_citizen ();
  g_autofree char *op_id = mirror_test_rename (test, 1, "Berg");
  g_autofree char *json = renamed_row (2, op_id, "Berg");
  g_autoptr (ForlopRecord) record = NULL;
  g_autoptr (ForlopSyncRow) row = NULL;
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  g_autofree char *text = NULL;

  mirror_test_push (test, 1, op_id, "applied", 2);
  mirror_test_page (test, 2, json, "");

  record = mirror_test_load (test, "citizen", mirror_test_id ('c', 1));
  row = forlop_sync_row_from_record (record, 2);
  yyjson_mut_doc_set_root (doc, forlop_sync_row_to_json (row, doc));
  text = forlop_json_write (doc, FALSE);
  g_assert_cmpstr (text, ==, json);
}

static void
test_refusal_undoes_the_effect_and_keeps_the_changeset (void)
{
  g_autoptr (MirrorTest) test = new_with_citizen ();
  g_autofree char *op_id = mirror_test_rename (test, 1, "Berg");

  g_assert_true (mirror_test_finds (test, "Berg"));
  mirror_test_push (test, 1, op_id, "conflict", 2);
  mirror_test_named (test, 1, "Berg");
  mirror_test_page (test, 2, "", "");
  mirror_test_idle (test);
  mirror_test_named (test, 1, "Hansen");
  g_assert_false (mirror_test_finds (test, "Berg"));
  g_assert_true (mirror_test_finds (test, "Hansen"));
  g_assert_cmpint (n_in_state (test, "refused"), ==, 1);
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM changeset WHERE body LIKE '%Berg%'"),
                   ==, 1);
  g_assert_cmpint (
    mirror_test_count (test, "SELECT count (*) FROM citizen_row WHERE name = 'Ola Hansen'"), ==, 1);
}

static void
test_refused_work_is_listed_until_it_is_let_go (void)
{
  g_autoptr (MirrorTest) test = new_with_citizen ();
  g_autofree char *op_id = mirror_test_rename (test, 1, "Berg");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) waiting = forlop_outbox_store_list (test->connection, &error);
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GPtrArray) none = NULL;
  const ForlopOutboxEntry *entry;

  g_assert_cmpuint (waiting->len, ==, 1);
  entry = g_ptr_array_index (waiting, 0);
  g_assert_cmpstr (entry->state, ==, "waiting");
  g_assert_cmpstr (entry->citizen_id, ==, mirror_test_id ('c', 1));

  mirror_test_push (test, 1, op_id, "rejected", 2);
  mirror_test_page (test, 2, "", "");
  refused = forlop_outbox_store_list (test->connection, &error);
  g_assert_cmpuint (refused->len, ==, 1);
  entry = g_ptr_array_index (refused, 0);
  g_assert_cmpstr (entry->state, ==, "refused");
  g_assert_cmpstr (entry->act, ==, "save-citizen");
  g_assert_nonnull (strstr (entry->result, "\"code\":\"field\""));

  g_assert_true (forlop_outbox_store_let_go (test->connection, op_id, &error));
  none = forlop_outbox_store_list (test->connection, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_mirror_passes_the_check_of_its_contents (void)
{
  g_autoptr (MirrorTest) test = new_with_citizen ();
  g_autofree char *op_id = mirror_test_measure (test, 1, 1, 64);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems =
    forlop_integrity_check (test->connection, test->now, NULL, NULL, &error);

  g_assert_no_error (error);
  for (unsigned int i = 0; i < problems->len; i++)
    {
      const ForlopIntegrityProblem *problem = g_ptr_array_index (problems, i);

      /* The rows of this test leave out what a citizen must have. */
      g_assert_cmpstr (problem->kind, ==, "required");
    }
}

static void
test_others_work_comes_under_ones_own (void)
{
  g_autoptr (MirrorTest) test = new_with_citizen ();
  g_autofree char *op_id = NULL;
  g_autofree char *row = mirror_test_citizen (1, 2, 2, "Dahl");
  g_autoptr (ForlopSyncRequest) pull = NULL;
  g_autofree char *page =
    g_strdup_printf ("{\"epoch\":\"%s\",\"pos\":2,\"head\":2,\"hash\":\"0000000000000002\",\"complete\":true,"
                     "\"safe_seq\":0,\"rows\":[%s]}", test->epoch, row);

  /* The user acts while the page is on its way. */
  forlop_sync_client_poke (test->client, 2);
  pull = mirror_test_ask (test, FORLOP_SYNC_REQUEST_PULL);
  op_id = mirror_test_rename (test, 1, "Berg");
  mirror_test_answer (test, pull, 200, page);
  mirror_test_named (test, 1, "Berg");
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM server_row WHERE body LIKE '%Dahl%'"),
                   ==, 1);

  mirror_test_push (test, 1, op_id, "conflict", 3);
  mirror_test_page (test, 3, "", "");
  mirror_test_named (test, 1, "Dahl");
}

static void
test_second_change_stays_over_the_first (void)
{
  g_autoptr (MirrorTest) test = new_with_citizen ();
  g_autofree char *first = mirror_test_rename (test, 1, "Berg");
  g_autofree char *row = renamed_row (2, first, "Berg");
  g_autofree char *second = NULL;
  g_autofree char *depends_on = g_strdup_printf ("\"depends_on\":[\"%s\"]", first);
  g_autoptr (ForlopSyncRequest) push = NULL;

  mirror_test_push (test, 1, first, "applied", 2);
  second = mirror_test_rename (test, 1, "Vik");
  push = mirror_test_ask (test, FORLOP_SYNC_REQUEST_PUSH);
  g_assert_nonnull (strstr (push->body, depends_on));
  g_assert_nonnull (strstr (push->body, "\"op_no\":2,"));
  mirror_test_push (test, 2, second, "rejected", 3);
  mirror_test_part (test, 2, 3, row, "");
  mirror_test_named (test, 1, "Vik");
  mirror_test_page (test, 3, "", "");
  mirror_test_named (test, 1, "Berg");
  g_assert_cmpint (n_in_state (test, "retained"), ==, 1);
  g_assert_cmpint (n_in_state (test, "refused"), ==, 1);
}

static void
test_refused_record_and_what_builds_on_it_vanish (void)
{
  g_autoptr (MirrorTest) test = new_with_citizen ();
  g_autofree char *note = mirror_test_write (test, 1, 1, "Ringte");
  g_autofree char *measured = mirror_test_measure (test, 1, 1, 64);

  mirror_test_push (test, 1, note, "rejected", 2);
  mirror_test_push (test, 2, measured, "applied", 3);
  mirror_test_noted (test, 1, "Ringte");
  mirror_test_page (test, 3, "", "");
  mirror_test_noted (test, 1, NULL);
}

static void
test_unsent_work_on_a_refused_record_is_still_seen (void)
{
  g_autoptr (MirrorTest) test = new_with_citizen ();
  g_autofree char *made = mirror_test_write (test, 1, 1, "Ringte");
  g_autofree char *page =
    g_strdup_printf ("{\"epoch\":\"%s\",\"pos\":2,\"head\":2,\"hash\":\"0000000000000002\",\"complete\":true,"
                     "\"safe_seq\":0,\"rows\":[]}", test->epoch);
  g_autofree char *gone = NULL;
  g_autoptr (ForlopSyncRequest) pull = NULL;

  mirror_test_push (test, 1, made, "rejected", 2);
  pull = mirror_test_ask (test, FORLOP_SYNC_REQUEST_PULL);
  gone = mirror_test_delete (test, "note", mirror_test_id ('e', 1));
  mirror_test_answer (test, pull, 200, page);
  g_assert_cmpint (n_in_state (test, "answered"), ==, 1);
  mirror_test_push (test, 2, gone, "blocked", 3);
  mirror_test_page (test, 3, "", "");
  mirror_test_idle (test);
  mirror_test_noted (test, 1, NULL);
  g_assert_cmpint (n_in_state (test, "refused"), ==, 2);
}

static void
test_refused_measurement_vanishes (void)
{
  g_autoptr (MirrorTest) test = new_with_citizen ();
  g_autofree char *op_id = mirror_test_measure (test, 1, 1, 64);

  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM measurement"), ==, 1);
  mirror_test_push (test, 1, op_id, "rejected", 2);
  mirror_test_page (test, 2, "", "");
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM measurement"), ==, 0);
}

static void
test_refused_deletion_brings_the_record_back (void)
{
  g_autoptr (MirrorTest) test = new_with_citizen ();
  g_autofree char *row = mirror_test_note (1, 1, 2, 2, "Ringte");
  g_autofree char *op_id = NULL;

  forlop_sync_client_poke (test->client, 2);
  mirror_test_page (test, 2, row, "");
  mirror_test_noted (test, 1, "Ringte");
  op_id = mirror_test_delete (test, "note", mirror_test_id ('e', 1));
  mirror_test_noted (test, 1, NULL);
  mirror_test_push (test, 1, op_id, "conflict", 3);
  mirror_test_page (test, 3, "", "");
  mirror_test_noted (test, 1, "Ringte");
}

static void
test_deleted_stays_deleted_under_an_own_edit (void)
{
  g_autoptr (MirrorTest) test = new_with_citizen ();
  g_autofree char *row = mirror_test_note (1, 1, 2, 2, "Ringte");
  g_autofree char *gone = mirror_test_no_note (1, 1, 3, 3);

  forlop_sync_client_poke (test->client, 2);
  mirror_test_page (test, 2, row, "");
  forlop_sync_client_poke (test->client, 3);
  mirror_test_page (test, 3, gone, "");
  mirror_test_noted (test, 1, NULL);
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM tombstone"), ==, 1);
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM note"), ==, 0);
}

static void
test_retained_work_goes_when_it_is_in_a_backup (void)
{
  g_autoptr (MirrorTest) test = new_with_citizen ();
  g_autofree char *op_id = mirror_test_write (test, 1, 1, "Ringte");

  mirror_test_push (test, 1, op_id, "applied", 2);
  test->safe_seq = 1;
  mirror_test_page (test, 2, "", "");
  g_assert_cmpint (n_in_state (test, "retained"), ==, 1);
  forlop_sync_client_poke (test->client, 3);
  test->safe_seq = 2;
  mirror_test_page (test, 3, "", "");
  g_assert_cmpint (n_in_state (test, "retained"), ==, 0);
}

static void
test_answer_that_was_late_changes_nothing (void)
{
  g_autoptr (MirrorTest) test = new_with_citizen ();
  g_autofree char *row = mirror_test_citizen (1, 2, 2, "Dahl");
  g_autofree char *older = mirror_test_citizen (1, 2, 2, "Eldre");
  g_autofree char *page =
    g_strdup_printf ("{\"epoch\":\"%s\",\"pos\":2,\"head\":2,\"hash\":\"0000000000000002\",\"complete\":true,"
                     "\"safe_seq\":0,\"rows\":[%s]}", test->epoch, older);
  g_autoptr (ForlopSyncRequest) pull = NULL;

  forlop_sync_client_poke (test->client, 2);
  pull = mirror_test_ask (test, FORLOP_SYNC_REQUEST_PULL);
  mirror_test_page (test, 2, row, "");
  mirror_test_answer (test, pull, 200, page);
  mirror_test_answer (test, pull, 410, "{\"code\":\"resync\"}");
  mirror_test_named (test, 1, "Dahl");
  mirror_test_idle (test);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mirror/own-work-shows-at-once-and-is-retained",
                   test_own_work_shows_at_once_and_is_retained);
  g_test_add_func ("/mirror/healed-record-is-the-servers-byte-for-byte",
                   test_healed_record_is_the_servers_byte_for_byte);
  g_test_add_func ("/mirror/refusal-undoes-the-effect-and-keeps-the-changeset",
                   test_refusal_undoes_the_effect_and_keeps_the_changeset);
  g_test_add_func ("/mirror/refused-work-is-listed-until-it-is-let-go",
                   test_refused_work_is_listed_until_it_is_let_go);
  g_test_add_func ("/mirror/mirror-passes-the-check-of-its-contents",
                   test_mirror_passes_the_check_of_its_contents);
  g_test_add_func ("/mirror/others-work-comes-under-ones-own", test_others_work_comes_under_ones_own);
  g_test_add_func ("/mirror/second-change-stays-over-the-first", test_second_change_stays_over_the_first);
  g_test_add_func ("/mirror/refused-record-vanishes", test_refused_record_and_what_builds_on_it_vanish);
  g_test_add_func ("/mirror/unsent-work-on-a-refused-record-is-still-seen",
                   test_unsent_work_on_a_refused_record_is_still_seen);
  g_test_add_func ("/mirror/refused-measurement-vanishes", test_refused_measurement_vanishes);
  g_test_add_func ("/mirror/refused-deletion-brings-the-record-back",
                   test_refused_deletion_brings_the_record_back);
  g_test_add_func ("/mirror/deleted-stays-deleted", test_deleted_stays_deleted_under_an_own_edit);
  g_test_add_func ("/mirror/retained-work-goes-when-it-is-in-a-backup",
                   test_retained_work_goes_when_it_is_in_a_backup);
  g_test_add_func ("/mirror/answer-that-was-late-changes-nothing",
                   test_answer_that_was_late_changes_nothing);

  return g_test_run ();
}
