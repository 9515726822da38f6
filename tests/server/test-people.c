/* SPDX-License-Identifier: EUPL-1.2 */

/* Search, take-up and emergency access over HTTP, as the right and as the wrong user. */

#include "http-test-util.h"

#include <libdex.h>
#include <string.h>

#include "forlop-access-extract.h"
#include "forlop-access-review.h"
#include "forlop-tenant-storage.h"
#include "forlop-upkeep-run.h"

typedef struct {
  ForlopTenant *tenant;
  const char *action;
  const char *user_id;
  const char *reason; /* nullable */
  unsigned int n;
} Count;

static gpointer
count_on_worker (gpointer       user_data,
                 GCancellable  *cancellable G_GNUC_UNUSED,
                 GError       **error)
{
  Count *self = user_data;
  ForlopServerStorage *storage = self->tenant->storage;
  g_autoptr (GPtrArray) rows = NULL;

  if (!storage->funcs->begin (storage, FALSE, error))
    return NULL;
  rows = forlop_tenant_storage_list_access (storage, NULL, 0, 100000, error);
  storage->funcs->rollback (storage);
  for (unsigned int i = 0; i < rows->len; i++)
    {
      const ForlopServerAccess *access = &((ForlopServerAccessRow *) g_ptr_array_index (rows, i))->access;

      if (g_str_equal (access->action, self->action) && g_strcmp0 (access->user_id, self->user_id) == 0 &&
          (self->reason == NULL || g_strcmp0 (access->reason, self->reason) == 0))
        self->n++;
    }

  return self;
}

/* Rows of Skien's access log. */
static unsigned int
count_access (HttpTest   *test,
              const char *action,
              const char *user_id,
              const char *reason)
{
  g_autoptr (GError) error = NULL;
  Count count = { forlop_tenants_find (test->tenants, "skien"), action, user_id, reason, 0 };

  g_assert_nonnull (forlop_worker_run_sync (count.tenant->worker, count_on_worker, &count, NULL, &error));
  g_assert_no_error (error);

  return count.n;
}

static void
move_clock (HttpTest *test,
            gint64    ms)
{
  forlop_clock_set (test->acts->clock, forlop_clock_now (test->acts->clock) + ms);
}

static char *
ask_for (const char *citizen_id,
         const char *reason)
{
  return g_strdup_printf ("{\"citizen_id\":\"%s\",\"reason\":\"%s\"}", citizen_id, reason);
}

/* Pushes the device's first changeset, with one operation that makes a record. */
static HttpResult *
push_new (HttpTest          *test,
          HttpSession       *session,
          const ForlopActor *actor,
          unsigned int       op_no,
          const char        *act,
          const char        *ops)
{
  g_autofree char *op_id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *body = g_strdup_printf (
    "{\"epoch\":\"%s\",\"schema\":1,\"changesets\":[{\"op_no\":%u,\"op_id\":\"%s\",\"act\":\"%s\","
    "\"created_at\":\"2026-03-12T08:00:00.000Z\",\"by\":{\"user_id\":\"%s\",\"role\":\"%s\","
    "\"unit_id\":\"%s\"},\"ops\":[%s]}]}",
    test->epoch, op_no, op_id, act, session->user_id, actor->role, actor->unit_id, ops);

  return http_test_expect (test, 200, "POST", "/v1/sync/push", session->access, body);
}

/* Ola registers somebody who has no case. */
static char *
register_citizen (HttpTest    *test,
                  HttpSession *ola,
                  const char  *more)
{
  char *id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *ops = g_strdup_printf (
    "{\"type\":\"citizen\",\"id\":\"%s\",\"scope\":\"c:%s\",\"set\":{\"given_name\":\"Sverre\","
    "\"family_name\":\"Sund\",\"birth_date\":\"1941-05-17\",\"address\":\"Storgata 1\",\"unit_id\":\"%s\"%s}}",
    id, id, test->acts->other_zone, more);
  g_autoptr (HttpResult) pushed =
    push_new (test, ola, test->acts->other_nurse, 1, "register-citizen", ops);

  if (strstr (pushed->body, "\"status\":\"applied\"") == NULL)
    g_error ("%s", pushed->body);

  return id;
}

static void
a_search_tells_little_and_is_logged (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autoptr (HttpSession) siri = http_test_sign_in (test, "skien", "siri");
  g_autofree char *id = register_citizen (test, ola, "");
  g_autoptr (HttpResult) result =
    http_test_expect (test, 200, "POST", "/v1/search", siri->access, "{\"text\":\"sver 17.05.1941\"}");

  g_assert_nonnull (strstr (result->body, id));
  g_assert_nonnull (strstr (result->body, "\"family_name\":\"Sund\""));
  g_assert_nonnull (strstr (result->body, "\"birth_date\":\"1941-05-17\""));
  g_assert_nonnull (strstr (result->body, "Sone Sør"));
  g_assert_null (strstr (result->body, "Storgata"));
  g_assert_cmpuint (count_access (test, "search hit", siri->user_id, NULL), ==, 1);
  http_test_must (test, 400, "too_short", "POST", "/v1/search", siri->access, "{\"text\":\"sv\"}");
  http_test_must (test, 400, "malformed", "POST", "/v1/search", siri->access, "{\"text\":7}");
  g_assert_cmpuint (count_access (test, "search hit", siri->user_id, NULL), ==, 1);
}

static void
a_protected_address_is_never_found (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autofree char *id = register_citizen (test, ola, ",\"address_protection\":\"strictly_confidential\"");
  g_autoptr (HttpResult) result =
    http_test_expect (test, 200, "POST", "/v1/search", ola->access, "{\"text\":\"sverre\"}");

  g_assert_null (strstr (result->body, id));
}

static void
only_some_functions_search (HttpTest *test)
{
  static const char *const others[] = { "geir", "liv", "per" };
  g_autoptr (HttpSession) neighbour = http_test_sign_in (test, "bamble", "siri");
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autofree char *id = register_citizen (test, ola, "");
  g_autoptr (HttpResult) result =
    http_test_expect (test, 200, "POST", "/v1/search", neighbour->access, "{\"text\":\"sverre\"}");

  g_assert_null (strstr (result->body, id));
  http_test_must (test, 401, "not_signed_in", "POST", "/v1/search", NULL, "{\"text\":\"sverre\"}");
  for (unsigned int i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (HttpSession) other = http_test_sign_in (test, "skien", others[i]);

      http_test_must (test, 403, "not_allowed", "POST", "/v1/search", other->access, "{\"text\":\"sverre\"}");
    }
}

static void
break_glass_opens_logs_and_tells_the_leader (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autoptr (HttpSession) liv = http_test_sign_in (test, "skien", "liv");
  g_autoptr (HttpSession) geir = http_test_sign_in (test, "skien", "geir");
  g_autofree char *before = http_test_pull_all (test, ola);
  g_autofree char *body = ask_for (test->citizen_id, "Funnet bevisstløs på gata");
  g_autofree char *unknown = ask_for (ola->user_id, "Funnet bevisstløs på gata");
  g_autofree char *curt = ask_for (test->citizen_id, "   haster   ");
  g_autoptr (HttpResult) opened = NULL;
  g_autofree char *after = NULL;
  g_autofree char *leader = NULL;
  g_autofree char *spo2 = NULL;

  g_assert_null (strstr (before, test->citizen_id));
  http_test_must (test, 400, "reason", "POST", "/v1/break-glass", ola->access, curt);
  http_test_must (test, 403, "not_allowed", "POST", "/v1/break-glass", geir->access, body);
  http_test_must (test, 403, "not_allowed", "POST", "/v1/break-glass", liv->access, body);
  http_test_must (test, 404, "not_found", "POST", "/v1/break-glass", ola->access, unknown);
  http_test_must (test, 401, "not_signed_in", "POST", "/v1/break-glass", NULL, body);
  opened = http_test_expect (test, 200, "POST", "/v1/break-glass", ola->access, body);
  g_assert_nonnull (strstr (opened->body, "valid_to"));
  http_test_must (test, 409, "already", "POST", "/v1/break-glass", ola->access, body);

  after = http_test_pull_all (test, ola);
  leader = http_test_pull_all (test, liv);
  g_assert_nonnull (strstr (after, "\"code\":\"spo2\""));
  g_assert_nonnull (strstr (leader, "\"kind\":\"review_access\""));
  g_assert_nonnull (strstr (leader, "Funnet bevisstløs på gata"));
  g_assert_cmpuint (count_access (test, "break-glass", ola->user_id, "Funnet bevisstløs på gata"), ==, 1);
  g_assert_cmpuint (count_access (test, "break-glass", geir->user_id, NULL), ==, 0);
}

static void
break_glass_ends_by_itself (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autofree char *body = ask_for (test->citizen_id, "Funnet bevisstløs på gata");
  g_autofree char *fill = g_strdup_printf ("{\"epoch\":\"%s\",\"schema\":1,\"scope\":\"c:%s\",\"limit\":10}",
                                           test->epoch, test->citizen_id);
  g_autofree char *gone = g_strdup_printf ("{\"scope\":\"c:%s\",\"gen\":1,\"active\":false}", test->citizen_id);
  g_autoptr (HttpSession) later = NULL;
  g_autofree char *rows = NULL;
  g_autofree char *again = NULL;

  http_test_must (test, 200, NULL, "POST", "/v1/break-glass", ola->access, body);
  http_test_must (test, 200, NULL, "POST", "/v1/sync/scope", ola->access, fill);
  move_clock (test, FORLOP_SYNC_BREAK_GLASS_MS);
  later = http_test_sign_in (test, "skien", "ola");
  http_test_must (test, 403, "not_granted", "POST", "/v1/sync/scope", later->access, fill);
  rows = http_test_pull_all (test, later);
  g_assert_nonnull (strstr (rows, gone));
  g_assert_null (strstr (rows, "\"code\":\"spo2\""));
  g_assert_cmpuint (count_access (test, "break-glass ended", ola->user_id, NULL), ==, 1);

  http_test_must (test, 200, NULL, "POST", "/v1/break-glass", later->access, body);
  again = http_test_pull_all (test, later);
  g_assert_nonnull (strstr (again, "\"gen\":2,\"active\":true"));
}

static void
break_glass_wants_a_fresh_sign_in (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autofree char *body = ask_for (test->citizen_id, "Funnet bevisstløs på gata");
  g_autoptr (HttpResult) refreshed = NULL;
  g_autoptr (HttpSession) again = NULL;
  g_autofree char *access = NULL;

  move_clock (test, FORLOP_SYNC_FRESH_MS + 1);
  refreshed = http_test_expect (test, 200, "POST", "/v1/auth/refresh", ola->refresh, "{}");
  access = http_result_text (refreshed, "access_token");
  http_test_must (test, 401, "sign_in_again", "POST", "/v1/break-glass", access, body);
  again = http_test_sign_in (test, "skien", "ola");
  http_test_must (test, 200, NULL, "POST", "/v1/break-glass", again->access, body);
}

static void
a_caseworker_takes_up_a_citizen_found (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autoptr (HttpSession) siri = http_test_sign_in (test, "skien", "siri");
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autofree char *id = register_citizen (test, ola, "");
  g_autofree char *before = http_test_pull_all (test, siri);
  g_autofree char *body = ask_for (id, "Søknad om digital oppfølging kom i dag");
  g_autofree char *case_id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *referral_id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *ops = g_strdup_printf (
    "{\"type\":\"case\",\"id\":\"%s\",\"scope\":\"c:%s\",\"set\":{\"citizen_id\":\"%s\",\"office_unit_id\":\"%s\","
    "\"profile_id\":\"%s\",\"status\":\"open\",\"number\":\"2026-77\",\"opened_on\":\"2026-03-12\"}}", case_id, id, id,
    test->acts->office, test->acts->profile);
  g_autofree char *after = NULL;
  g_autofree char *others = NULL;
  g_autoptr (HttpResult) refused = NULL;
  g_autoptr (HttpResult) pushed = NULL;

  g_assert_null (strstr (before, id));
  http_test_must (test, 403, "not_allowed", "POST", "/v1/take-up", kari->access, body);
  http_test_must (test, 403, "not_allowed", "POST", "/v1/take-up", ola->access, body);
  refused = push_new (test, siri, test->acts->caseworker, 1, "register-referral", ops);
  if (strstr (refused->body, "scope_revoked") == NULL)
    g_error ("%s", refused->body);
  http_test_must (test, 200, NULL, "POST", "/v1/take-up", siri->access, body);
  http_test_must (test, 409, "already", "POST", "/v1/take-up", siri->access, body);
  after = http_test_pull_all (test, siri);
  g_assert_nonnull (strstr (after, "Storgata 1"));
  others = http_test_pull_all (test, kari);
  g_assert_null (strstr (others, id));
  g_assert_cmpuint (count_access (test, "taken up", siri->user_id, "Søknad om digital oppfølging kom i dag"),
                    ==, 1);
  pushed = push_new (test, siri, test->acts->caseworker, 2, "register-referral", ops);
  if (strstr (pushed->body, "\"status\":\"applied\"") == NULL)
    g_error ("%s", pushed->body);
}

static gpointer
upkeep_on_worker (gpointer       user_data,
                  GCancellable  *cancellable G_GNUC_UNUSED,
                  GError       **error)
{
  Count *self = user_data;
  gint64 head;

  if (!forlop_upkeep_tenant (self->tenant, &head, error))
    return NULL;
  self->n = (unsigned int) head;

  return self;
}

/* The new position, or 0. */
static unsigned int
keep_up (HttpTest *test)
{
  g_autoptr (GError) error = NULL;
  Count self = { .tenant = forlop_tenants_find (test->tenants, "skien") };

  g_assert_nonnull (forlop_worker_run_sync (self.tenant->worker, upkeep_on_worker, &self, NULL, &error));
  g_assert_no_error (error);

  return self.n;
}

static void
the_server_ends_what_is_over_by_itself (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autofree char *body = ask_for (test->citizen_id, "Funnet bevisstløs på gata");

  g_assert_cmpuint (keep_up (test), ==, 0);
  http_test_must (test, 200, NULL, "POST", "/v1/break-glass", ola->access, body);
  g_assert_cmpuint (keep_up (test), ==, 0);
  move_clock (test, FORLOP_SYNC_BREAK_GLASS_MS);
  g_assert_cmpuint (keep_up (test), >, 0);
  g_assert_cmpuint (keep_up (test), ==, 0);
  g_assert_cmpuint (count_access (test, "break-glass ended", ola->user_id, NULL), ==, 1);
}

static void
a_function_that_ends_ends_by_itself (HttpTest *test)
{
  g_autoptr (HttpSession) per = http_test_sign_in (test, "skien", "per");
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autofree char *rows = http_test_pull_all (test, kari);
  g_autofree char *user = g_strdup_printf ("\"user_id\":\"%s\"", kari->user_id);
  const char *found = strstr (rows, "\"type\":\"membership\"");
  g_autofree char *membership_id = NULL;
  g_autofree char *vtag = NULL;
  g_autofree char *ops = NULL;
  g_autoptr (HttpResult) pushed = NULL;
  g_autoptr (HttpSession) later = NULL;
  g_autofree char *gone = g_strdup_printf ("{\"scope\":\"c:%s\",\"gen\":1,\"active\":false}", test->citizen_id);
  g_autofree char *after = NULL;

  while (found != NULL && membership_id == NULL)
    {
      const char *end = strchr (found, '}');
      const char *mine = strstr (found, user);

      if (mine != NULL && mine < end)
        {
          membership_id = g_strndup (strstr (found, "\"id\":\"") + 6, 36);
          vtag = g_strndup (strstr (found, "\"vtag\":\"") + 8, 36);
        }
      found = strstr (found + 1, "\"type\":\"membership\"");
    }
  g_assert_nonnull (membership_id);
  ops = g_strdup_printf ("{\"type\":\"membership\",\"id\":\"%s\",\"scope\":\"cat\",\"set\":"
                         "{\"valid_to\":\"2026-03-20\"},\"base\":{\"valid_to\":\"%s\"}}", membership_id, vtag);
  pushed = push_new (test, per, test->acts->administrator, 1, "save-membership", ops);
  if (strstr (pushed->body, "\"status\":\"applied\"") == NULL)
    g_error ("%s", pushed->body);
  g_assert_cmpuint (keep_up (test), ==, 0);

  move_clock (test, (gint64) 24 * 3600 * 1000);
  g_assert_cmpuint (keep_up (test), >, 0);
  g_assert_cmpuint (keep_up (test), ==, 0);
  later = http_test_sign_in (test, "skien", "kari");
  after = http_test_pull_all (test, later);
  g_assert_nonnull (strstr (after, gone));
}

static void
hello_tells_the_signed_end_of_the_access_log (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autoptr (HttpResult) before = http_test_expect (test, 200, "GET", "/v1/sync/hello", ola->access, NULL);
  g_autoptr (HttpResult) after = NULL;
  g_autoptr (HttpResult) stranger = NULL;

  g_assert_null (strstr (before->body, "checkpoint"));
  keep_up (test);
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
  Count *self = user_data;

  return forlop_access_extract (self->tenant->storage, self->reason, FORLOP_EXTRACT_TEXT, error);
}

static void
the_citizen_reads_who_opened_the_record (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autofree char *body = ask_for (test->citizen_id, "Funnet bevisstløs på gata");
  Count asking = { .tenant = forlop_tenants_find (test->tenants, "skien"), .reason = test->citizen_id };
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
  g_assert_cmpuint (count_access (test, "log extracted", siri->user_id, NULL), ==, 2);

  for (unsigned int i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autoptr (HttpSession) session = http_test_sign_in (test, "skien", strangers[i]);

      http_test_must (test, 403, "not_allowed", "POST", "/v1/audit/extract", session->access, body);
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
  Count *self = user_data;

  return forlop_access_review (self->tenant->storage, forlop_clock_now (self->tenant->clock), error);
}

static void
the_leader_reads_of_emergency_access_without_a_note (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autofree char *body = ask_for (test->citizen_id, "Funnet bevisstløs på gata");
  Count asking = { .tenant = forlop_tenants_find (test->tenants, "skien") };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *later = NULL;

  before = forlop_worker_run_sync (asking.tenant->worker, review_on_worker, &asking, NULL, NULL);
  g_assert_null (strstr (before, "emergency"));
  http_test_must (test, 200, NULL, "POST", "/v1/break-glass", ola->access, body);
  after = forlop_worker_run_sync (asking.tenant->worker, review_on_worker, &asking, NULL, NULL);
  g_assert_nonnull (strstr (after, "Ola opened the record of "));
  move_clock (test, (gint64) 25 * 3600 * 1000);
  later = forlop_worker_run_sync (asking.tenant->worker, review_on_worker, &asking, NULL, NULL);
  g_assert_cmpstr (later, ==, "");
}

static gpointer
sweep_on_worker (gpointer       user_data,
                 GCancellable  *cancellable G_GNUC_UNUSED,
                 GError       **error)
{
  ForlopTenant *tenant = user_data;
  gint64 head;

  return forlop_upkeep_tenant (tenant, &head, error) ? tenant : NULL;
}

static void
sweep (HttpTest *test)
{
  ForlopTenant *tenant = forlop_tenants_find (test->tenants, "skien");
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (forlop_worker_run_sync (tenant->worker, sweep_on_worker, tenant, NULL, &error));
  g_assert_no_error (error);
}

/* The office keeps the citizen for a fortnight, and is told when it loses her. */
static void
a_take_up_without_a_case_ends (HttpTest *test)
{
  g_autoptr (HttpSession) tor = http_test_sign_in (test, "skien", "tor");
  g_autofree char *body = ask_for (test->citizen_id, "Søknad er levert på papir");
  g_autofree char *during = NULL;
  g_autofree char *after = NULL;
  g_autoptr (HttpSession) later = NULL;

  http_test_must (test, 200, NULL, "POST", "/v1/take-up", tor->access, body);
  move_clock (test, 13 * FORLOP_DAY);
  sweep (test);
  later = http_test_sign_in (test, "skien", "tor");
  during = http_test_pull_all (test, later);
  g_assert_nonnull (strstr (during, "Haug"));
  g_clear_pointer (&later, http_session_free);

  move_clock (test, 2 * FORLOP_DAY);
  sweep (test);
  later = http_test_sign_in (test, "skien", "tor");
  after = http_test_pull_all (test, later);
  g_assert_null (strstr (after, "Haug"));
  g_assert_nonnull (strstr (after, "no case followed"));
}

/* @operation: a JSON object without its type. Siri's office, which handles the case, is blocked and let in again. */
static void
push_block (HttpTest    *test,
            HttpSession *session,
            int          op_no,
            const char  *act,
            const char  *operation,
            const char  *status)
{
  g_autofree char *op_id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *body = g_strdup_printf (
    "{\"epoch\":\"%s\",\"schema\":1,\"changesets\":[{\"op_no\":%d,\"op_id\":\"%s\",\"act\":\"%s\","
    "\"created_at\":\"2026-03-20T08:00:00.000Z\",\"by\":{\"user_id\":\"%s\",\"role\":\"resource_person\","
    "\"unit_id\":\"%s\"},\"ops\":[{\"type\":\"block\",\"id\":\"019d0a42-2400-7000-8000-0000000000b1\","
    "\"scope\":\"c:%s\",%s}]}]}",
    test->epoch, op_no, op_id, act, session->user_id, test->acts->zone, test->citizen_id, operation);
  g_autofree char *wanted = g_strdup_printf ("\"status\":\"%s\"", status);
  g_autoptr (HttpResult) result = http_test_expect (test, 200, "POST", "/v1/sync/push", session->access, body);

  if (strstr (result->body, wanted) == NULL)
    g_error ("%s: %s", act, result->body);
}

static gboolean
sees_the_citizen (HttpTest   *test,
                  const char *name)
{
  g_autoptr (HttpSession) session = http_test_sign_in (test, "skien", name);
  g_autofree char *rows = http_test_pull_all (test, session);

  return strstr (rows, "Haug") != NULL;
}

static void
assert_search_finds (HttpTest   *test,
                     const char *name,
                     gboolean    finds)
{
  g_autoptr (HttpSession) session = http_test_sign_in (test, "skien", name);
  g_autoptr (HttpResult) result =
    http_test_expect (test, 200, "POST", "/v1/search", session->access, "{\"text\":\"Haug\"}");

  g_assert_cmpint (strstr (result->body, test->citizen_id) != NULL, ==, finds);
}

/* Ola registers a referral while he has emergency access: the delivery side of the case is lent as long as the
 * rest, and the office that decides has the case. */
static void
a_case_made_in_break_glass_gives_the_right_grants (HttpTest *test)
{
  const char *case_id = "019d0a42-2400-7000-8000-0000000000c5";
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autoptr (HttpSession) later = NULL;
  g_autofree char *reason = ask_for (test->citizen_id, "Funnet bevisstløs på gata");
  g_autofree char *fill = g_strdup_printf ("{\"epoch\":\"%s\",\"schema\":1,\"scope\":\"d:%s\",\"limit\":100}",
                                           test->epoch, case_id);
  g_autofree char *op_id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *rows = NULL;
  g_autofree char *profile_id = NULL;
  g_autofree char *body = NULL;
  g_autofree char *siris = NULL;
  g_autoptr (HttpResult) pushed = NULL;
  g_autoptr (HttpSession) siri = NULL;

  http_test_must (test, 200, NULL, "POST", "/v1/break-glass", ola->access, reason);
  rows = http_test_pull_all (test, ola);
  profile_id = g_strndup (strstr (rows, "\"profile_id\":\"") + strlen ("\"profile_id\":\""), 36);
  body = g_strdup_printf (
    "{\"epoch\":\"%s\",\"schema\":1,\"changesets\":[{\"op_no\":1,\"op_id\":\"%s\",\"act\":\"register-referral\","
    "\"created_at\":\"2026-03-20T08:00:00.000Z\",\"by\":{\"user_id\":\"%s\",\"role\":\"resource_person\","
    "\"unit_id\":\"%s\"},\"ops\":[{\"type\":\"case\",\"id\":\"%s\",\"scope\":\"c:%s\",\"set\":{"
    "\"citizen_id\":\"%s\",\"number\":\"2026-99\",\"status\":\"closed\",\"closed_on\":\"2026-03-20\",\"profile_id\":\"%s\","
    "\"office_unit_id\":\"%s\",\"opened_on\":\"2026-03-20\"}}]}]}",
    test->epoch, op_id, ola->user_id, test->acts->other_zone, case_id, test->citizen_id, test->citizen_id, profile_id,
    test->acts->office);
  pushed = http_test_expect (test, 200, "POST", "/v1/sync/push", ola->access, body);
  if (strstr (pushed->body, "\"status\":\"applied\"") == NULL)
    g_error ("%s", pushed->body);
  http_test_must (test, 200, NULL, "POST", "/v1/sync/scope", ola->access, fill);
  siri = http_test_sign_in (test, "skien", "siri");
  siris = http_test_pull_all (test, siri);
  g_assert_nonnull (strstr (siris, case_id));

  move_clock (test, 5 * FORLOP_HOUR);
  later = http_test_sign_in (test, "skien", "ola");
  sweep (test);
  http_test_must (test, 403, "not_granted", "POST", "/v1/sync/scope", later->access, fill);
}

static void
who_is_blocked_gets_nothing_until_it_is_lifted (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autoptr (HttpSession) again = http_test_sign_in (test, "skien", "kari");
  g_autoptr (HttpSession) siri = NULL;
  g_autofree char *block = g_strdup_printf (
    "\"set\":{\"citizen_id\":\"%s\",\"unit_id\":\"%s\",\"reason\":\"Innbyggeren ønsker det\","
    "\"blocked_on\":\"2026-03-20\"}", test->citizen_id, test->acts->office);
  g_autofree char *scope = g_strdup_printf ("{\"epoch\":\"%s\",\"schema\":1,\"scope\":\"c:%s\",\"limit\":100}",
                                            test->epoch, test->citizen_id);
  g_autofree char *reason = ask_for (test->citizen_id, "Funnet bevisstløs på gata");
  g_autofree char *tag = NULL;
  g_autofree char *lift = NULL;
  g_autofree char *other = NULL;
  g_autofree char *rows = NULL;
  g_autoptr (HttpResult) opened_anyway = NULL;

  g_assert_true (sees_the_citizen (test, "siri"));
  assert_search_finds (test, "siri", TRUE);
  push_block (test, kari, 1, "block-record", block, "applied");
  g_assert_false (sees_the_citizen (test, "siri"));
  g_assert_true (sees_the_citizen (test, "kari"));
  assert_search_finds (test, "siri", FALSE);
  assert_search_finds (test, "tor", TRUE);
  siri = http_test_sign_in (test, "skien", "siri");
  http_test_must (test, 403, "not_granted", "POST", "/v1/sync/scope", siri->access, scope);
  http_test_must (test, 404, "not_found", "POST", "/v1/take-up", siri->access, reason);
  push_block (test, siri, 1, "lift-block", "\"set\":{\"lifted_on\":\"2026-03-20\"},\"base\":{}", "rejected");

  /* Two lift it without knowing of each other: the second is told, and nothing is merged. */
  rows = http_test_pull_all (test, kari);
  tag = g_strndup (strstr (strstr (rows, "0000000000b1"), "\"vtag\":\"") + strlen ("\"vtag\":\""), 36);
  lift = g_strdup_printf ("\"set\":{\"lifted_on\":\"2026-03-21\",\"lifted_reason\":\"Ønsket tilbake\"},"
                          "\"base\":{\"lifted_on\":\"%s\",\"lifted_reason\":\"%s\"}", tag, tag);
  other = g_strdup_printf ("\"set\":{\"lifted_on\":\"2026-03-22\",\"lifted_reason\":\"Feil person\"},"
                           "\"base\":{\"lifted_on\":\"%s\",\"lifted_reason\":\"%s\"}", tag, tag);

  /* Emergency access opens it, and says that it was blocked. */
  opened_anyway = http_test_expect (test, 200, "POST", "/v1/break-glass", siri->access, reason);
  g_assert_nonnull (strstr (opened_anyway->body, "\"blocked\":true"));
  g_assert_true (sees_the_citizen (test, "siri"));
  move_clock (test, 5 * FORLOP_HOUR);
  g_assert_false (sees_the_citizen (test, "siri"));
  move_clock (test, -5 * FORLOP_HOUR);

  push_block (test, kari, 2, "lift-block", lift, "applied");
  push_block (test, again, 1, "lift-block", other, "conflict");
  g_assert_true (sees_the_citizen (test, "siri"));
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
  g_autofree char *body = ask_for (test->citizen_id, "Funnet bevisstløs på gata");
  g_autoptr (HttpResult) read = NULL;
  g_autofree char *rows = NULL;
  const char *found;

  http_test_must (test, 200, NULL, "POST", "/v1/break-glass", ola->access, body);
  move_clock (test, 23 * FORLOP_HOUR);
  sweep (test);
  sweep (test);
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

static void
nobody_signs_in_as_the_server (HttpTest *test)
{
  g_autoptr (HttpResult) result = http_test_try_sign_in (test, "skien", "ola", HTTP_TEST_PASSWORD,
                                                         "00000000-0000-8000-8000-000000000001");

  g_assert_cmpint (result->status, ==, 400);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  http_test_add ("/people/a-search-tells-little-and-is-logged", a_search_tells_little_and_is_logged, NULL);
  http_test_add ("/people/a-protected-address-is-never-found", a_protected_address_is_never_found, NULL);
  http_test_add ("/people/only-some-functions-search", only_some_functions_search, NULL);
  http_test_add ("/people/break-glass-opens-logs-and-tells-the-leader",
                 break_glass_opens_logs_and_tells_the_leader, NULL);
  http_test_add ("/people/break-glass-ends-by-itself", break_glass_ends_by_itself, NULL);
  http_test_add ("/people/break-glass-wants-a-fresh-sign-in", break_glass_wants_a_fresh_sign_in, NULL);
  http_test_add ("/people/a-caseworker-takes-up-a-citizen-found", a_caseworker_takes_up_a_citizen_found, NULL);
  http_test_add ("/people/the-server-ends-what-is-over-by-itself", the_server_ends_what_is_over_by_itself, NULL);
  http_test_add ("/people/a-function-that-ends-ends-by-itself", a_function_that_ends_ends_by_itself, NULL);
  http_test_add ("/people/hello-tells-the-signed-end-of-the-access-log",
                 hello_tells_the_signed_end_of_the_access_log, NULL);
  http_test_add ("/people/the-citizen-reads-who-opened-the-record", the_citizen_reads_who_opened_the_record, NULL);
  http_test_add ("/people/the-list-for-the-citizen-is-taken-out-by-who-has-the-record",
                 the_list_for_the_citizen_is_taken_out_by_who_has_the_record, NULL);
  http_test_add ("/people/the-leader-reads-of-emergency-access-without-a-note",
                 the_leader_reads_of_emergency_access_without_a_note, NULL);
  http_test_add ("/people/a-take-up-without-a-case-ends", a_take_up_without_a_case_ends, NULL);
  http_test_add ("/people/a-case-made-in-break-glass-gives-the-right-grants",
                 a_case_made_in_break_glass_gives_the_right_grants, NULL);
  http_test_add ("/people/who-is-blocked-gets-nothing-until-it-is-lifted",
                 who_is_blocked_gets_nothing_until_it_is_lifted, NULL);
  http_test_add ("/people/openings-end-in-the-access-log", openings_end_in_the_access_log, NULL);
  http_test_add ("/people/the-log-answers-for-a-row-that-is-remembered",
                 the_log_answers_for_a_row_that_is_remembered, NULL);
  http_test_add ("/people/the-daily-check-is-a-task-of-the-leader", the_daily_check_is_a_task_of_the_leader, NULL);
  http_test_add ("/people/nobody-signs-in-as-the-server", nobody_signs_in_as_the_server, NULL);

  return g_test_run ();
}
