/* SPDX-License-Identifier: EUPL-1.2 */

/* One note of a record that somebody is kept from: Kari, who follows the citizen up, has written it and blocks it for
 * Siri, whose office handles the case. Each has a machine of her own. */

#include "machine-test-util.h"
#include "people-test-util.h"

#include <libdex.h>
#include <string.h>

#include "forlop-access-extract.h"
#include "forlop-draft-store.h"
#include "forlop-epj-store.h"
#include "forlop-event-text.h"
#include "forlop-record-store.h"
#include "forlop-timeline-store.h"

#define CANARY "xqkanarifuglen"
#define REASON "slekten skal ikke vite"

typedef struct {
  Machine *kari;
  Machine *siri;
  char *note;
} Scene;

static char *
write_note (Machine           *machine,
            const ForlopActor *actor,
            const char        *more)
{
  return machine_do (machine, actor, "write-note", "{\"citizen_id\":\"%s\",\"text\":\"" CANARY " sang\"%s}",
                     machine->test->citizen_id, more);
}

static Scene *
scene_new (HttpTest *test)
{
  Scene *self = g_new0 (Scene, 1);

  self->kari = machine_new (test, "kari", NULL);
  self->siri = machine_new (test, "siri", NULL);
  machine_catch_up (self->kari);
  self->note = write_note (self->kari, test->acts->nurse, "");
  machine_catch_up (self->kari);
  machine_catch_up (self->siri);

  return self;
}

static void
scene_free (Scene *self)
{
  machine_free (self->kari);
  machine_free (self->siri);
  g_free (self->note);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

/* Both have everything there is, and nothing was ever found to differ. */
static void
settle (Scene *scene)
{
  for (unsigned int n = 0; n < 3; n++)
    {
      machine_catch_up (scene->kari);
      machine_catch_up (scene->siri);
    }
  for (unsigned int i = 0; i < 2; i++)
    {
      gint64 n = -1;

      g_assert_true (forlop_connection_query_integer (
        (i == 0 ? scene->kari : scene->siri)->connection, "SELECT mismatches FROM sync_state", &n, NULL));
      g_assert_cmpint (n, ==, 0);
    }
}

static char *
block (Scene      *scene,
       const char *user_id)
{
  HttpTest *test = scene->kari->test;

  return machine_do (scene->kari, test->acts->nurse, "block-note",
                     "{\"note_id\":\"%s\",\"user_id\":\"%s\",\"reason\":\"" REASON "\"}", scene->note, user_id);
}

static gint64
count (Machine    *machine,
       const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  forlop_connection_query_integer (machine->connection, sql, &n, &error);
  g_assert_no_error (error);

  return n;
}

static gboolean
table_has (Machine    *machine,
           const char *table,
           const char *needle)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\"", table);
  g_autoptr (ForlopStatement) statement =
    forlop_connection_prepare (machine->connection, g_intern_string (sql), NULL);
  gboolean has_row;

  g_assert_nonnull (statement);
  while (forlop_statement_step (statement, &has_row, NULL) && has_row)
    for (int i = 0; i < forlop_statement_get_n_columns (statement); i++)
      {
        gsize length = 0;
        const char *bytes = forlop_statement_get_blob (statement, i, &length);

        if (bytes != NULL && memmem (bytes, length, needle, strlen (needle)) != NULL)
          return TRUE;
      }

  return FALSE;
}

/* The tables that have the words, each with a space after it. */
static char *
dup_tables_with (Machine    *machine,
                 const char *needle)
{
  g_autoptr (ForlopStatement) statement =
    forlop_connection_prepare (machine->connection, "SELECT name FROM sqlite_schema WHERE type = 'table'", NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GString *found = g_string_new (NULL);
  gboolean has_row;

  while (forlop_statement_step (statement, &has_row, NULL) && has_row)
    g_ptr_array_add (names, forlop_statement_dup_text (statement, 0));
  for (unsigned int i = 0; i < names->len; i++)
    if (table_has (machine, names->pdata[i], needle))
      g_string_append_printf (found, "%s ", (char *) names->pdata[i]);

  return g_string_free (found, FALSE);
}

static void
assert_nowhere (Machine *machine)
{
  g_autofree char *text = dup_tables_with (machine, CANARY);
  g_autofree char *reason = dup_tables_with (machine, REASON);

  g_assert_cmpstr (text, ==, "");
  g_assert_cmpstr (reason, ==, "");
}

static void
assert_has (Machine    *machine,
            const char *note)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopRecord) record = forlop_record_store_load (machine->connection, "note", note, &error);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (forlop_record_get_text (record, "text"), CANARY));
  g_assert_cmpint (count (machine, "SELECT count (*) FROM event WHERE act = 'write-note' AND deleted = 0"), >=, 1);
  g_assert_true (table_has (machine, "event", CANARY));
}

/* Also who is kept from a note may know that one is blocked. */
static unsigned int
count_blocked (Machine *machine)
{
  unsigned int n;

  g_assert_true (forlop_timeline_store_count_blocked_notes (machine->connection, machine->test->citizen_id, &n, NULL));

  return n;
}

static void
who_is_kept_from_it_has_nothing_of_it (HttpTest *test)
{
  g_autoptr (Scene) scene = scene_new (test);
  g_autoptr (Machine) later = NULL;
  g_autofree char *key = g_strdup_printf ("act write-note %s", scene->note);
  g_autofree char *block_id = NULL;
  g_autofree char *described = forlop_event_describe ("block-note", NULL);
  gint64 n_unmarked;

  assert_has (scene->siri, scene->note);
  n_unmarked = forlop_epj_store_count (scene->siri->connection, NULL);
  g_assert_true (forlop_draft_store_put (scene->siri->connection, key, NULL, 0, CANARY, NULL));
  block_id = block (scene, test->acts->caseworker->user_id);
  machine_catch_up (scene->kari);
  machine_catch_up (scene->siri);
  assert_nowhere (scene->siri);
  g_assert_cmpint (forlop_epj_store_count (scene->siri->connection, NULL), ==, n_unmarked - 1);
  /* Told when the file's log no longer has it either. */
  g_assert_cmpuint (people_count_access (test, "purged", test->acts->caseworker->user_id, NULL), ==, 1);
  settle (scene);
  assert_nowhere (scene->siri);
  assert_has (scene->kari, scene->note);
  g_assert_cmpint (count (scene->kari, "SELECT count (*) FROM note WHERE apart_id IS NOT NULL"), ==, 1);
  /* The record is there, and the line that a note of it is blocked. */
  g_assert_cmpint (count (scene->siri, "SELECT count (*) FROM citizen WHERE family_name = 'Haug'"), ==, 1);
  g_assert_cmpint (count (scene->siri, "SELECT count (*) FROM event WHERE act = 'block-note'"), ==, 1);
  g_assert_cmpint (count (scene->siri, "SELECT count (*) FROM event WHERE act = 'block-note' AND arguments IS NULL"),
                   ==, 1);
  g_assert_nonnull (described);
  g_assert_cmpuint (count_blocked (scene->siri), ==, 1);
  g_assert_cmpuint (count_blocked (scene->kari), ==, 1);

  later = machine_new (test, "siri", "siri-later");
  machine_catch_up (later);
  assert_nowhere (later);

  g_free (machine_do (scene->kari, test->acts->nurse, "lift-note-block",
                      "{\"block_id\":\"%s\",\"lifted_reason\":\"Ønsket det\"}", block_id));
  settle (scene);
  assert_has (scene->siri, scene->note);
  assert_has (scene->kari, scene->note);
  g_assert_cmpint (count (scene->kari, "SELECT count (*) FROM note WHERE apart_id IS NOT NULL"), ==, 0);
  g_assert_cmpuint (count_blocked (scene->siri), ==, 0);
  machine_catch_up (later);
  assert_has (later, scene->note);

  /* And again, for the same one. */
  g_free (block (scene, test->acts->caseworker->user_id));
  settle (scene);
  assert_nowhere (scene->siri);
  machine_catch_up (later);
  assert_nowhere (later);
  assert_has (scene->kari, scene->note);
}

static void
a_correction_goes_with_it (HttpTest *test)
{
  g_autoptr (Scene) scene = scene_new (test);
  g_autofree char *corrects = g_strdup_printf (",\"corrects_id\":\"%s\"", scene->note);
  g_autofree char *early = write_note (scene->kari, test->acts->nurse, corrects);
  g_autofree char *own = NULL;

  settle (scene);
  g_free (block (scene, test->acts->caseworker->user_id));
  machine_catch_up (scene->kari);
  /* Siri, who has not heard of it, corrects it too: that is sent before the note leaves her machine. */
  own = write_note (scene->siri, test->acts->caseworker, corrects);
  settle (scene);
  assert_nowhere (scene->siri);
  assert_has (scene->kari, early);
  assert_has (scene->kari, own);
  g_assert_cmpint (count (scene->kari, "SELECT count (*) FROM note WHERE apart_id IS NOT NULL"), ==, 3);
}

static void
one_of_two_blockings_is_enough (HttpTest *test)
{
  g_autoptr (Scene) scene = scene_new (test);
  g_autoptr (Machine) other = machine_new (test, "kari", "kari-other");
  g_autofree char *first = block (scene, test->acts->caseworker->user_id);

  settle (scene);
  machine_catch_up (other);
  /* One lifts it, and another, who does not know, blocks it for the office. */
  g_free (machine_do (other, test->acts->nurse, "block-note",
                      "{\"note_id\":\"%s\",\"unit_id\":\"%s\",\"reason\":\"Kontoret\"}", scene->note,
                      test->acts->office));
  g_free (machine_do (scene->kari, test->acts->nurse, "lift-note-block",
                      "{\"block_id\":\"%s\",\"lifted_reason\":\"Ønsket det\"}", first));
  settle (scene);
  machine_catch_up (other);
  settle (scene);
  assert_nowhere (scene->siri);
  assert_has (scene->kari, scene->note);
}

static void
emergency_access_gives_the_note_and_says_so (HttpTest *test)
{
  g_autoptr (Scene) scene = scene_new (test);
  g_autofree char *reason = people_ask_for (test->citizen_id, "Funnet bevisstløs på gata");
  g_autoptr (HttpResult) opened = NULL;

  http_test_must (test, 409, "already", "POST", "/v1/break-glass", scene->siri->session->access, reason);
  g_free (block (scene, test->acts->caseworker->user_id));
  settle (scene);
  assert_nowhere (scene->siri);
  opened = http_test_expect (test, 200, "POST", "/v1/break-glass", scene->siri->session->access, reason);
  g_assert_nonnull (strstr (opened->body, "\"blocked\":true"));
  g_assert_cmpuint (people_count_access (test, "break-glass", test->acts->caseworker->user_id,
                                         "Funnet bevisstløs på gata"), ==, 1);
  settle (scene);
  assert_has (scene->siri, scene->note);
  people_move_clock (test, 5 * FORLOP_HOUR);
  people_keep_up (test);
  http_session_free (scene->siri->session);
  scene->siri->session = http_test_sign_in (test, "skien", "siri");
  machine_catch_up (scene->siri);
  assert_nowhere (scene->siri);
  g_assert_cmpint (count (scene->siri, "SELECT count (*) FROM citizen WHERE family_name = 'Haug'"), ==, 1);
  g_assert_cmpuint (people_count_access (test, "break-glass ended", test->acts->caseworker->user_id, NULL), ==, 1);
  people_move_clock (test, -5 * FORLOP_HOUR);
}

static void
a_blocking_that_is_taken_back_gives_it_back (HttpTest *test)
{
  g_autoptr (Scene) scene = scene_new (test);
  g_autofree char *block_id = block (scene, test->acts->caseworker->user_id);
  g_autoptr (ForlopRecord) made = NULL;

  settle (scene);
  assert_nowhere (scene->siri);
  made = forlop_record_store_load (scene->kari->connection, "block", block_id, NULL);
  g_assert_nonnull (made);
  g_free (machine_do (scene->kari, test->acts->nurse, "undo", "{\"op_id\":\"%s\"}", forlop_record_get_vtag (made)));
  settle (scene);
  assert_has (scene->siri, scene->note);
  assert_has (scene->kari, scene->note);
  g_assert_cmpint (count (scene->kari, "SELECT count (*) FROM note WHERE apart_id IS NOT NULL"), ==, 0);
  g_assert_cmpuint (count_blocked (scene->siri), ==, 0);
}

/* Who gets the citizen after the blocking gets the note, unless he is the one; and with the citizen it goes. */
static void
who_comes_later_is_judged_alike (HttpTest *test)
{
  g_autoptr (Scene) scene = scene_new (test);
  g_autoptr (Machine) tor = machine_new (test, "tor", NULL);
  g_autofree char *reason = people_ask_for (test->citizen_id, "Skal vurderes for tjenesten");

  g_free (block (scene, test->acts->caseworker->user_id));
  settle (scene);
  machine_catch_up (tor);
  assert_nowhere (tor);
  http_test_must (test, 200, NULL, "POST", "/v1/take-up", tor->session->access, reason);
  machine_catch_up (tor);
  assert_has (tor, scene->note);
  people_move_clock (test, 15 * FORLOP_DAY);
  people_keep_up (test);
  http_session_free (tor->session);
  tor->session = http_test_sign_in (test, "skien", "tor");
  machine_catch_up (tor);
  assert_nowhere (tor);
  people_move_clock (test, -15 * FORLOP_DAY);
}

/* Siri's office has registered the citizen a second time; Kari corrects the note in that record. */
static void
what_stands_in_another_record_of_the_person_goes_with_it (HttpTest *test)
{
  g_autoptr (Scene) scene = scene_new (test);
  g_autofree char *other = machine_do (scene->siri, test->acts->caseworker, "register-citizen",
                                       "{\"given_name\":\"Liv\",\"family_name\":\"Haug\"}");
  g_autofree char *correction = NULL;

  machine_catch_up (scene->siri);
  g_free (machine_do (scene->siri, test->acts->caseworker, "merge-citizens",
                      "{\"citizen_id\":\"%s\",\"other_id\":\"%s\"}", other, test->citizen_id));
  settle (scene);
  correction = machine_do (scene->kari, test->acts->nurse, "write-note",
                           "{\"citizen_id\":\"%s\",\"text\":\"" CANARY " tidde\",\"corrects_id\":\"%s\"}", other,
                           scene->note);
  settle (scene);
  assert_has (scene->siri, correction);
  /* By way of the correction. */
  g_free (machine_do (scene->kari, test->acts->nurse, "block-note",
                      "{\"note_id\":\"%s\",\"user_id\":\"%s\",\"reason\":\"" REASON "\"}", correction,
                      test->acts->caseworker->user_id));
  settle (scene);
  assert_nowhere (scene->siri);
  assert_has (scene->kari, scene->note);
  assert_has (scene->kari, correction);
}

static char *
dup_op (HttpTest   *test,
        const char *type,
        const char *citizen_id,
        const char *apart_id,
        const char *more)
{
  g_autofree char *id = forlop_id_source_next (test->acts->ids, 0);

  return g_strdup_printf ("{\"type\":\"%s\",\"id\":\"%s\",\"scope\":\"n:%s:%s\",\"set\":{\"citizen_id\":\"%s\","
                          "\"apart_id\":\"%s\",%s}}", type, id, citizen_id, apart_id, citizen_id, apart_id, more);
}

static void
assert_refused (HttpTest    *test,
                HttpSession *session,
                unsigned int op_no,
                const char  *act,
                const char  *ops,
                const char  *code)
{
  g_autoptr (HttpResult) result = people_push_new (test, session, test->acts->caseworker, op_no, act, ops);
  g_autofree char *wanted = g_strdup_printf ("\"code\":\"%s\"", code);

  if (strstr (result->body, "\"status\":\"rejected\"") == NULL || strstr (result->body, wanted) == NULL)
    g_error ("%s: %s", act, result->body);
}

/* Siri, over raw HTTP: what she asks for by name, and what she tries to write. */
static void
a_forged_request_gets_and_changes_nothing (HttpTest *test)
{
  g_autoptr (Scene) scene = scene_new (test);
  g_autoptr (HttpSession) siri = http_test_sign_in (test, "skien", "siri");
  g_autofree char *ask = NULL;
  g_autofree char *rows = NULL;
  g_autofree char *own = NULL;
  g_autofree char *foreign = NULL;
  g_autofree char *lifted = NULL;
  g_autofree char *note = NULL;
  g_autofree char *moved = NULL;
  g_autofree char *again = NULL;
  g_autofree char *later = NULL;
  g_autofree char *tail = g_strdup_printf ("\"reason\":\"Vil se\",\"blocked_on\":\"2026-03-20\",\"unit_id\":\"%s\"",
                                           test->acts->zone);

  g_free (block (scene, test->acts->caseworker->user_id));
  machine_catch_up (scene->kari);
  ask = g_strdup_printf ("{\"epoch\":\"%s\",\"schema\":1,\"scope\":\"n:%s:%s\",\"limit\":100}", test->epoch,
                         test->citizen_id, scene->note);
  http_test_must (test, 403, "not_granted", "POST", "/v1/sync/scope", siri->access, ask);
  rows = http_test_pull_all (test, siri);
  g_assert_nonnull (strstr (rows, "Haug"));
  g_assert_null (strstr (rows, CANARY));
  g_assert_null (strstr (rows, REASON));

  own = dup_op (test, "block", test->citizen_id, scene->note, tail);
  assert_refused (test, siri, 1, "block-note", own, "scope_revoked");
  foreign = dup_op (test, "block", test->acts->zone, scene->note, tail);
  assert_refused (test, siri, 2, "block-note", foreign, "not_found");
  note = dup_op (test, "note", test->citizen_id, scene->note,
                 "\"text\":\"Hei\",\"written_at\":\"2026-03-20T08:00:00.000Z\",\"user_id\":\"" "USER" "\"");
  {
    g_auto (GStrv) parts = g_strsplit (note, "USER", 2);
    g_autofree char *whole = g_strjoinv (test->acts->caseworker->user_id, parts);

    assert_refused (test, siri, 3, "write-note", whole, "invalid");
  }
  again = g_strdup_printf ("{\"type\":\"note\",\"id\":\"%s\",\"scope\":\"c:%s\",\"set\":{\"citizen_id\":\"%s\","
                           "\"text\":\"Hva stod det\",\"written_at\":\"2026-03-20T08:00:00.000Z\",\"user_id\":\"%s\"}}",
                           scene->note, test->citizen_id, test->citizen_id, test->acts->caseworker->user_id);
  assert_refused (test, siri, 4, "write-note", again, "scope_revoked");
  moved = g_strdup_printf ("{\"type\":\"note\",\"id\":\"%s\",\"scope\":\"c:%s\",\"set\":{\"apart_id\":null},"
                           "\"base\":{\"apart_id\":\"%s\"}}", scene->note, test->citizen_id, scene->note);
  assert_refused (test, siri, 5, "write-note", moved, "scope_revoked");
  later = http_test_pull_all (test, siri);
  g_assert_null (strstr (later, CANARY));
  settle (scene);
  assert_nowhere (scene->siri);
  assert_has (scene->kari, scene->note);
}

/* Nor does one who sees it take it out by hand: only a blocking that is lifted does. */
static void
nobody_moves_it_by_hand (HttpTest *test)
{
  g_autoptr (Scene) scene = scene_new (test);
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autoptr (HttpResult) result = NULL;
  g_autoptr (ForlopRecord) note = NULL;
  g_autofree char *moved = NULL;

  g_free (block (scene, test->acts->caseworker->user_id));
  settle (scene);
  note = forlop_record_store_load (scene->kari->connection, "note", scene->note, NULL);
  moved = g_strdup_printf ("{\"type\":\"note\",\"id\":\"%s\",\"scope\":\"n:%s:%s\",\"set\":{\"apart_id\":null},"
                           "\"base\":{\"apart_id\":\"%s\"}}", scene->note, test->citizen_id, scene->note,
                           forlop_record_get_field_vtag (note, "apart_id"));
  result = people_push_new (test, kari, test->acts->nurse, 1, "write-note", moved);
  g_assert_nonnull (strstr (result->body, "\"code\":\"invalid\""));
  settle (scene);
  assert_nowhere (scene->siri);
}

static gpointer
extract_on_worker (gpointer       user_data,
                   GCancellable  *cancellable G_GNUC_UNUSED,
                   GError       **error)
{
  HttpTest *test = user_data;

  return forlop_access_extract (forlop_tenants_find (test->tenants, "skien")->storage, test->citizen_id,
                                FORLOP_EXTRACT_TEXT, error);
}

/* Lines of the list for the citizen that begin after the time with @beginning; none may say that it was done twice. */
static unsigned int
count_told (HttpTest   *test,
            const char *beginning)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = forlop_worker_run_sync (forlop_tenants_find (test->tenants, "skien")->worker,
                                                  extract_on_worker, test, NULL, &error);
  g_auto (GStrv) lines = NULL;
  unsigned int n = 0;

  g_assert_no_error (error);
  g_test_message ("%s", text);
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    if (strstr (*line, beginning) != NULL)
      {
        g_assert_null (strstr (*line, "times that day"));
        n++;
      }

  return n;
}

/* A blocking lies in the note's scope and its line in the citizen's; the citizen did not see it done twice. */
static void
the_citizen_is_told_of_it_once (HttpTest *test)
{
  g_autoptr (Scene) scene = scene_new (test);
  g_autofree char *block_id = block (scene, test->acts->caseworker->user_id);
  g_autofree char *reason = people_ask_for (test->citizen_id, "Funnet bevisstløs på gata");

  settle (scene);
  http_test_must (test, 200, NULL, "POST", "/v1/break-glass", scene->siri->session->access, reason);
  settle (scene);
  g_free (machine_do (scene->kari, test->acts->nurse, "lift-note-block",
                      "{\"block_id\":\"%s\",\"lifted_reason\":\"Ønsket det\"}", block_id));
  settle (scene);
  g_assert_cmpuint (count_told (test, ": wrote in your record: Note blocked"), ==, 1);
  g_assert_cmpuint (count_told (test, ": wrote in your record: Blocking of a note lifted"), ==, 1);
  g_assert_cmpuint (count_told (test, ": opened your record by emergency access."), ==, 1);
  g_assert_cmpuint (count_told (test, "Siri: the information was deleted from the machine"), ==, 1);
  g_assert_cmpuint (count_told (test, "somebody who is no longer registered"), ==, 0);
  g_assert_cmpuint (count_told (test, REASON), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  http_test_add ("/blocked-note/who-is-kept-from-it-has-nothing-of-it", who_is_kept_from_it_has_nothing_of_it, NULL);
  http_test_add ("/blocked-note/a-correction-goes-with-it", a_correction_goes_with_it, NULL);
  http_test_add ("/blocked-note/one-of-two-blockings-is-enough", one_of_two_blockings_is_enough, NULL);
  http_test_add ("/blocked-note/emergency-access-gives-the-note-and-says-so",
                 emergency_access_gives_the_note_and_says_so, NULL);
  http_test_add ("/blocked-note/a-blocking-that-is-taken-back-gives-it-back",
                 a_blocking_that_is_taken_back_gives_it_back, NULL);
  http_test_add ("/blocked-note/who-comes-later-is-judged-alike", who_comes_later_is_judged_alike, NULL);
  http_test_add ("/blocked-note/what-stands-in-another-record-of-the-person-goes-with-it",
                 what_stands_in_another_record_of_the_person_goes_with_it, NULL);
  http_test_add ("/blocked-note/a-forged-request-gets-and-changes-nothing",
                 a_forged_request_gets_and_changes_nothing, NULL);
  http_test_add ("/blocked-note/nobody-moves-it-by-hand", nobody_moves_it_by_hand, NULL);
  http_test_add ("/blocked-note/the-citizen-is-told-of-it-once", the_citizen_is_told_of_it_once, NULL);

  return g_test_run ();
}
