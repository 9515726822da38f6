/* SPDX-License-Identifier: EUPL-1.2 */

/* What the access log says of it, to the leader and to the citizen, over HTTP. */

#include "people-test-util.h"

#include <libdex.h>
#include <string.h>

#include "forlop-access-extract.h"
#include "forlop-access-review.h"
#include "forlop-tenant-storage.h"

static void
hello_tells_the_signed_end_of_the_access_log (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autoptr (HttpResult) before = http_test_expect (test, 200, "GET", "/v1/sync/hello", ola->access, NULL);
  g_autoptr (HttpResult) after = NULL;
  g_autoptr (HttpResult) stranger = NULL;

  g_assert_null (strstr (before->body, "checkpoint"));
  people_keep_up (test);
  after = http_test_expect (test, 200, "GET", "/v1/sync/hello", ola->access, NULL);
  g_assert_nonnull (strstr (after->body, "\"checkpoint\":{\"n\":"));
  stranger = http_test_expect (test, 200, "GET", "/v1/sync/hello", NULL, NULL);
  g_assert_null (strstr (stranger->body, "checkpoint"));
}

static gpointer
extract_on_worker (gpointer       user_data,
                   GCancellable  *cancellable G_GNUC_UNUSED,
                   GError       **error)
{
  PeopleCount *self = user_data;

  return forlop_access_extract (self->tenant->storage, self->reason, FORLOP_EXTRACT_TEXT, error);
}

static void
the_citizen_reads_who_opened_the_record (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autofree char *body = people_ask_for (test->citizen_id, "Funnet bevisstløs på gata");
  PeopleCount asking = { .tenant = forlop_tenants_find (test->tenants, "skien"), .reason = test->citizen_id };
  g_autofree char *rows = NULL;
  g_autofree char *text = NULL;

  http_test_must (test, 200, NULL, "POST", "/v1/break-glass", ola->access, body);
  rows = http_test_pull_all (test, ola);
  text = forlop_worker_run_sync (asking.tenant->worker, extract_on_worker, &asking, NULL, NULL);
  g_assert_nonnull (strstr (text, "Who has opened the record of "));
  g_assert_nonnull (strstr (text, "Ola, resource person, Sone Sør: opened your record by emergency access. "
                                  "Reason: Funnet bevisstløs på gata\n"));
  g_assert_nonnull (strstr (text, "measurements"));
  g_assert_null (strstr (text, test->citizen_id));
  g_assert_null (strstr (text, "resource_person"));
  g_assert_null (strstr (text, "c:"));
}

static char *
extract_body (const char *citizen_id,
              gboolean    as_csv)
{
  return g_strdup_printf ("{\"citizen_id\":\"%s\",\"csv\":%s}", citizen_id, as_csv ? "true" : "false");
}

/* Who has the record and answers for it gets the list; nobody else, whatever they know. */
static void
the_list_for_the_citizen_is_taken_out_by_who_has_the_record (HttpTest *test)
{
  static const char *const strangers[] = { "tor", "kari", "ola", "geir", "liv", "per" };
  g_autoptr (HttpSession) siri = http_test_sign_in (test, "skien", "siri");
  g_autoptr (HttpSession) elsewhere = http_test_sign_in (test, "bamble", "siri");
  g_autofree char *rows = http_test_pull_all (test, siri);
  g_autofree char *again = http_test_pull_all (test, siri);
  g_autofree char *body = extract_body (test->citizen_id, FALSE);
  g_autofree char *as_csv = extract_body (test->citizen_id, TRUE);
  g_autofree char *unknown = extract_body ("019d0a42-2400-7000-8000-000000000000", FALSE);
  g_autoptr (HttpResult) sentences = NULL;
  g_autoptr (HttpResult) table = NULL;
  g_autofree char *text = NULL;
  g_autofree char *csv = NULL;

  sentences = http_test_expect (test, 200, "POST", "/v1/audit/extract", siri->access, body);
  text = http_result_text (sentences, "text");
  g_assert_nonnull (strstr (text, "Siri: got information onto the machine they work on: "));
  g_assert_nonnull (strstr (text, "(2 times that day, last "));
  g_assert_nonnull (strstr (text, "Siri: took out this list of who has opened your record\n"));
  table = http_test_expect (test, 200, "POST", "/v1/audit/extract", siri->access, as_csv);
  csv = http_result_text (table, "text");
  g_assert_nonnull (strstr (csv, "When;Who;Function;Unit;What"));
  g_assert_null (strstr (csv, test->citizen_id));
  g_assert_cmpuint (people_count_access (test, "log extracted", siri->user_id, NULL), ==, 2);

  for (unsigned int i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autoptr (HttpSession) session = http_test_sign_in (test, "skien", strangers[i]);
      g_autoptr (HttpResult) refused =
        http_test_expect (test, 403, "POST", "/v1/audit/extract", session->access, body);
      g_autoptr (HttpResult) unread = NULL;

      g_assert_nonnull (strstr (refused->body, "Only a caseworker or a manager"));
      if (!g_str_equal (strangers[i], "kari"))
        continue;
      unread = http_test_expect (test, 403, "GET", "/v1/audit/review", session->access, NULL);
      g_assert_nonnull (strstr (unread->body, "Only a manager or an administrator"));
    }
  http_test_must (test, 403, "not_allowed", "POST", "/v1/audit/extract", elsewhere->access, body);
  http_test_must (test, 403, "not_allowed", "POST", "/v1/audit/extract", siri->access, unknown);
  http_test_must (test, 400, "malformed", "POST", "/v1/audit/extract", siri->access, "{}");
  http_test_must (test, 401, "not_signed_in", "POST", "/v1/audit/extract", NULL, body);
}

static gpointer
review_on_worker (gpointer       user_data,
                  GCancellable  *cancellable G_GNUC_UNUSED,
                  GError       **error)
{
  PeopleCount *self = user_data;

  return forlop_access_review (self->tenant->storage, forlop_clock_now (self->tenant->clock), error);
}

static void
the_leader_reads_of_emergency_access_without_a_note (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autofree char *body = people_ask_for (test->citizen_id, "Funnet bevisstløs på gata");
  PeopleCount asking = { .tenant = forlop_tenants_find (test->tenants, "skien") };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *later = NULL;

  before = forlop_worker_run_sync (asking.tenant->worker, review_on_worker, &asking, NULL, NULL);
  g_assert_null (strstr (before, "emergency"));
  http_test_must (test, 200, NULL, "POST", "/v1/break-glass", ola->access, body);
  after = forlop_worker_run_sync (asking.tenant->worker, review_on_worker, &asking, NULL, NULL);
  g_assert_nonnull (strstr (after, "Ola opened the record of "));
  people_move_clock (test, (gint64) 25 * 3600 * 1000);
  later = forlop_worker_run_sync (asking.tenant->worker, review_on_worker, &asking, NULL, NULL);
  g_assert_cmpstr (later, ==, "");
}

static gpointer
list_access_on_worker (gpointer       user_data,
                       GCancellable  *cancellable G_GNUC_UNUSED,
                       GError       **error)
{
  ForlopServerStorage *storage = ((ForlopTenant *) user_data)->storage;
  GPtrArray *rows;

  g_assert_true (storage->funcs->begin (storage, FALSE, error));
  rows = forlop_tenant_storage_list_access (storage, NULL, 0, 10000, error);
  storage->funcs->rollback (storage);

  return rows;
}

static unsigned int
count_results (HttpTest   *test,
              const char *action,
              const char *scope,
              const char *result)
{
  ForlopTenant *tenant = forlop_tenants_find (test->tenants, "skien");
  g_autoptr (GPtrArray) rows = forlop_worker_run_sync (tenant->worker, list_access_on_worker, tenant, NULL, NULL);
  unsigned int n = 0;

  g_assert_nonnull (rows);
  for (unsigned int i = 0; i < rows->len; i++)
    {
      const ForlopServerAccess *access = &((ForlopServerAccessRow *) g_ptr_array_index (rows, i))->access;

      n += g_str_equal (access->action, action) && g_strcmp0 (access->scope, scope) == 0 &&
           g_strcmp0 (access->result, result) == 0;
    }

  return n;
}

static char *
opened (const char *citizen_id,
        int         n,
        const char *action)
{
  return g_strdup_printf ("{\"opened\":[{\"n\":%d,\"at\":\"2026-03-20T08:00:00.000Z\",\"citizen_id\":\"%s\","
                          "\"action\":\"%s\",\"kinds\":\"case\"}]}", n, citizen_id, action);
}

/* Also what was opened without the server; once, however often it is told; and never into the extract of
 * somebody whose record the user never had. */
static void
openings_end_in_the_access_log (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autofree char *scope = g_strconcat ("c:", test->citizen_id, NULL);
  g_autofree char *body = opened (test->citizen_id, 1, "opened");
  g_autofree char *next = opened (test->citizen_id, 2, "printed");
  g_autofree char *forged = opened (test->citizen_id, 3, "break-glass");
  g_autofree char *purged = g_strdup_printf ("{\"purged\":[\"%s\"]}", scope);

  for (int i = 0; i < 3; i++)
    http_test_must (test, 200, NULL, "POST", "/v1/sync/ack", kari->access, body);
  http_test_must (test, 200, NULL, "POST", "/v1/sync/ack", kari->access, next);
  http_test_must (test, 200, NULL, "POST", "/v1/sync/ack", kari->access, forged);
  http_test_must (test, 200, NULL, "POST", "/v1/sync/ack", kari->access, purged);
  http_test_must (test, 200, NULL, "POST", "/v1/sync/ack", ola->access, body);
  http_test_must (test, 200, NULL, "POST", "/v1/sync/ack", ola->access, purged);
  g_assert_cmpuint (count_results (test, "opened", scope, "shown"), ==, 1);
  g_assert_cmpuint (count_results (test, "printed", scope, "shown"), ==, 1);
  g_assert_cmpuint (count_results (test, "break-glass", scope, "shown"), ==, 0);
  g_assert_cmpuint (count_results (test, "purged", scope, "gone"), ==, 1);
  g_assert_cmpuint (count_results (test, "opened", NULL, "never granted"), ==, 1);
}

/* What a machine remembers can be held against the log. */
static void
the_log_answers_for_a_row_that_is_remembered (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autofree char *body = opened (test->citizen_id, 1, "opened");
  g_autoptr (HttpResult) first = NULL;
  g_autoptr (HttpResult) beyond = NULL;
  g_autofree char *known = NULL;

  http_test_must (test, 200, NULL, "POST", "/v1/sync/ack", kari->access, body);
  first = http_test_expect (test, 200, "POST", "/v1/audit/checkpoint", kari->access, "{\"n\":1}");
  beyond = http_test_expect (test, 200, "POST", "/v1/audit/checkpoint", kari->access, "{\"n\":1000}");
  known = http_result_text (first, "known");
  g_assert_cmpuint (strlen (known), ==, 64);
  g_assert_null (strstr (beyond->body, "known"));
  http_test_must (test, 400, "malformed", "POST", "/v1/audit/checkpoint", kari->access, "{}");
  http_test_must (test, 401, "not_signed_in", "POST", "/v1/audit/checkpoint", NULL, "{\"n\":1}");
}

/* Each morning, once, and without names. The leader alone reads what it is about. */
static void
the_daily_check_is_a_task_of_the_leader (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autoptr (HttpSession) liv = NULL;
  g_autofree char *body = people_ask_for (test->citizen_id, "Funnet bevisstløs på gata");
  g_autoptr (HttpResult) read = NULL;
  g_autofree char *rows = NULL;
  const char *found;

  http_test_must (test, 200, NULL, "POST", "/v1/break-glass", ola->access, body);
  people_move_clock (test, 23 * FORLOP_HOUR);
  people_keep_up (test);
  people_keep_up (test);
  liv = http_test_sign_in (test, "skien", "liv");
  rows = http_test_pull_all (test, liv);
  found = strstr (rows, "The access log: 1 thing to look at");
  g_assert_nonnull (found);
  g_assert_null (strstr (found + 1, "The access log: 1 thing to look at"));
  read = http_test_expect (test, 200, "GET", "/v1/audit/review", liv->access, NULL);
  g_assert_nonnull (strstr (read->body, "Ola opened the record of "));
  {
    g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
    g_autoptr (HttpSession) other = http_test_sign_in (test, "bamble", "liv");
    g_autoptr (HttpResult) elsewhere = http_test_expect (test, 200, "GET", "/v1/audit/review", other->access, NULL);

    http_test_must (test, 403, "not_allowed", "GET", "/v1/audit/review", kari->access, NULL);
    g_assert_null (strstr (elsewhere->body, "Ola"));
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  http_test_add ("/people/hello-tells-the-signed-end-of-the-access-log",
                 hello_tells_the_signed_end_of_the_access_log, NULL);
  http_test_add ("/people/the-citizen-reads-who-opened-the-record", the_citizen_reads_who_opened_the_record, NULL);
  http_test_add ("/people/the-list-for-the-citizen-is-taken-out-by-who-has-the-record",
                 the_list_for_the_citizen_is_taken_out_by_who_has_the_record, NULL);
  http_test_add ("/people/the-leader-reads-of-emergency-access-without-a-note",
                 the_leader_reads_of_emergency_access_without_a_note, NULL);
  http_test_add ("/people/openings-end-in-the-access-log", openings_end_in_the_access_log, NULL);
  http_test_add ("/people/the-log-answers-for-a-row-that-is-remembered",
                 the_log_answers_for_a_row_that_is_remembered, NULL);
  http_test_add ("/people/the-daily-check-is-a-task-of-the-leader", the_daily_check_is_a_task_of_the_leader, NULL);

  return g_test_run ();
}
