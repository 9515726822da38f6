/* SPDX-License-Identifier: EUPL-1.2 */

/* What the wrong user gets over raw HTTP: nothing; and what he sends changes nothing. The citizen Liv
 * Haug belongs to Kari's zone; Siri's office handles the case. */

#include "http-test-util.h"

#include <libdex.h>
#include <string.h>

#include "forlop-json.h"
#include "forlop-tenant-storage.h"

#define MEASUREMENT "\"type\":\"measurement\""

static void
assert_sees (HttpTest   *test,
             const char *name,
             const char *part,
             gboolean    sees)
{
  g_autoptr (HttpSession) session = http_test_sign_in (test, "skien", name);
  g_autofree char *rows = http_test_pull_all (test, session);

  if ((strstr (rows, part) != NULL) != sees)
    g_error ("%s %s “%s”: %s", name, sees ? "does not see" : "sees", part, rows);
}

static void
who_treats_the_citizen_sees_the_record (HttpTest *test)
{
  assert_sees (test, "kari", "Haug", TRUE);
  assert_sees (test, "kari", MEASUREMENT, TRUE);
  assert_sees (test, "siri", "Haug", TRUE);
}

static void
another_office_sees_nothing_of_the_citizen (HttpTest *test)
{
  assert_sees (test, "tor", "Haug", FALSE);
  assert_sees (test, "tor", test->citizen_id, FALSE);
  assert_sees (test, "tor", test->case_id, FALSE);
}

static void
another_zone_sees_nothing_of_the_citizen (HttpTest *test)
{
  assert_sees (test, "ola", "Haug", FALSE);
  assert_sees (test, "ola", test->citizen_id, FALSE);
  assert_sees (test, "ola", MEASUREMENT, FALSE);
}

static void
a_coordinator_sees_no_measurement (HttpTest *test)
{
  assert_sees (test, "geir", MEASUREMENT, FALSE);
  assert_sees (test, "geir", "\"type\":\"plan\"", FALSE);
  assert_sees (test, "geir", "\"type\":\"assessment\"", FALSE);
  assert_sees (test, "geir", "\"scope\":\"c:", FALSE);
}

static void
a_manager_and_an_administrator_see_no_names (HttpTest *test)
{
  static const char *const names[] = { "liv", "per" };

  for (unsigned int i = 0; i < G_N_ELEMENTS (names); i++)
    {
      assert_sees (test, names[i], "Haug", FALSE);
      assert_sees (test, names[i], test->citizen_id, FALSE);
      assert_sees (test, names[i], MEASUREMENT, FALSE);
    }
}

static char *
scope_request (HttpTest   *test,
               const char *scope)
{
  return g_strdup_printf ("{\"epoch\":\"%s\",\"schema\":1,\"scope\":\"%s\",\"limit\":100}", test->epoch, scope);
}

/* Whoever knows an id gets no further with it. */
static void
a_record_asked_for_by_its_id_is_refused (HttpTest *test)
{
  static const char *const names[] = { "tor", "ola", "geir", "liv", "per", "mona" };
  g_autofree char *scope = g_strconcat ("c:", test->citizen_id, NULL);

  for (unsigned int i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (HttpSession) session = http_test_sign_in (test, "skien", names[i]);
      g_autofree char *body = scope_request (test, scope);
      g_autofree char *unknown = scope_request (test, "c:019d0a42-2400-7000-8000-000000000000");
      g_autoptr (HttpResult) refused =
        http_test_expect (test, 403, "POST", "/v1/sync/scope", session->access, body);
      g_autoptr (HttpResult) nowhere =
        http_test_expect (test, 403, "POST", "/v1/sync/scope", session->access, unknown);

      g_assert_cmpstr (refused->body, ==, nowhere->body);
    }
  {
    g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
    g_autofree char *body = scope_request (test, scope);

    http_test_must (test, 200, NULL, "POST", "/v1/sync/scope", kari->access, body);
  }
}

static const ForlopServerStorageFuncs *sound;
static ForlopServerStorageFuncs broken;
static gboolean is_logging;

static gboolean
note_access (ForlopServerStorage       *storage,
             const ForlopServerAccess  *access,
             GError                   **error)
{
  is_logging = TRUE;

  return sound->add_access (storage, access, error);
}

static gboolean
fail_commit (ForlopServerStorage  *storage,
             GError              **error)
{
  if (!is_logging)
    return sound->commit (storage, error);
  is_logging = FALSE;
  g_set_error_literal (error, FORLOP_SERVER_STORAGE_ERROR, FORLOP_SERVER_STORAGE_ERROR_RETRY, "Another takes over.");

  return FALSE;
}

static gpointer
break_on_worker (gpointer       user_data,
                 GCancellable  *cancellable G_GNUC_UNUSED,
                 GError       **error G_GNUC_UNUSED)
{
  ForlopTenant *tenant = user_data;

  sound = tenant->storage->funcs;
  broken = *sound;
  broken.add_access = note_access;
  broken.commit = fail_commit;
  tenant->storage->funcs = &broken;

  return tenant;
}

static gpointer
mend_on_worker (gpointer       user_data,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error G_GNUC_UNUSED)
{
  ForlopTenant *tenant = user_data;

  tenant->storage->funcs = sound;

  return tenant;
}

/* The database goes away while it is written who gets what: nothing is sent, and the next one who asks is answered. */
static void
what_cannot_be_logged_is_not_sent_and_stops_nobody (HttpTest *test)
{
  ForlopTenant *tenant = forlop_tenants_find (test->tenants, "skien");
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autofree char *body = g_strdup_printf (
    "{\"epoch\":\"%s\",\"schema\":1,\"pos\":0,\"hash\":\"\",\"limit\":200}", test->epoch);
  g_autofree char *all = NULL;
  g_autoptr (HttpResult) refused = NULL;

  g_assert_nonnull (forlop_worker_run_sync (tenant->worker, break_on_worker, tenant, NULL, NULL));
  refused = http_test_expect (test, 503, "POST", "/v1/sync/pull", kari->access, body);
  g_assert_null (strstr (refused->body, test->citizen_id));
  g_assert_nonnull (forlop_worker_run_sync (tenant->worker, mend_on_worker, tenant, NULL, NULL));
  all = http_test_pull_all (test, kari);
  g_assert_nonnull (strstr (all, test->citizen_id));
}

/* What comes before the log to a new machine is the same records to the same people. */
static void
the_first_page_has_who_waits_and_nobody_elses (HttpTest *test)
{
  static const char *const names[] = { "kari", "tor", "ola", "geir", "liv", "per", "mona" };

  for (unsigned int i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (HttpSession) session = http_test_sign_in (test, "skien", names[i]);
      g_autofree char *body = g_strdup_printf (
        "{\"epoch\":\"%s\",\"schema\":1,\"pos\":0,\"hash\":\"\",\"limit\":1000,\"first\":true}", test->epoch);
      g_autoptr (HttpResult) result =
        http_test_expect (test, 200, "POST", "/v1/sync/pull", session->access, body);
      gboolean is_hers = i == 0;

      g_assert_true ((strstr (result->body, test->citizen_id) != NULL) == is_hers);
      g_assert_true ((strstr (result->body, "Haug") != NULL) == is_hers);
      g_assert_true ((strstr (result->body, "\"pos\":0,") != NULL) == is_hers);
      g_assert_nonnull (strstr (result->body, "\"complete\":true"));
      if (is_hers)
        {
          /* Whole scopes at one instant: with their sums, and the grants of no others. */
          g_autofree char *sum = g_strdup_printf ("\"c:%s\":{\"count\":", test->citizen_id);

          g_assert_nonnull (strstr (result->body, sum));
          g_assert_null (strstr (result->body, "\"scope\":\"eq\""));
        }
    }
}

typedef struct {
  const char *user_id;
  const char *role;
  const char *unit_id;
  const char *act;
  const char *operations;
  int op_no;
  const char *op_id; /* nullable: a new one */
} Push;

static char *
push_body (HttpTest   *test,
           const Push *push)
{
  g_autofree char *op_id =
    push->op_id != NULL ? g_strdup (push->op_id) : forlop_id_source_next (test->acts->ids, 0);

  return g_strdup_printf (
    "{\"epoch\":\"%s\",\"schema\":1,\"changesets\":[{\"op_no\":%d,\"op_id\":\"%s\",\"act\":\"%s\","
    "\"created_at\":\"2026-03-20T08:00:00.000Z\",\"by\":{\"user_id\":\"%s\",\"role\":\"%s\","
    "\"unit_id\":\"%s\"},\"ops\":[%s]}]}",
    test->epoch, push->op_no, op_id, push->act, push->user_id, push->role, push->unit_id, push->operations);
}

/* The code of the one result, "" when it was taken. */
static char *
push_code (HttpTest    *test,
           HttpSession *session,
           const Push  *push)
{
  g_autofree char *body = push_body (test, push);
  g_autoptr (HttpResult) result = http_test_expect (test, 200, "POST", "/v1/sync/push", session->access, body);
  g_autoptr (yyjson_doc) doc = forlop_json_parse (result->body, -1, NULL);
  yyjson_val *first = yyjson_arr_get_first (yyjson_obj_get (yyjson_doc_get_root (doc), "results"));
  const char *status = yyjson_get_str (yyjson_obj_get (first, "status"));
  const char *code = yyjson_get_str (yyjson_obj_get (first, "code"));

  g_test_message ("%s: %s", push->act, result->body);
  if (g_str_equal (status, "applied") || g_str_equal (status, "merged"))
    return g_strdup ("");
  g_assert_nonnull (code);

  return g_strdup (code);
}

static char *
measurement_at (HttpTest   *test,
                const char *at,
                const char *received_at)
{
  g_autofree char *id = forlop_id_source_next (test->acts->ids, 0);

  return g_strdup_printf (
    "{\"type\":\"measurement\",\"id\":\"%s\",\"scope\":\"c:%s\",\"set\":{\"citizen_id\":\"%s\",\"code\":\"spo2\","
    "\"value\":95.5,\"measured_at\":\"%s\",\"received_at\":\"%s\","
    "\"source\":\"staff\"}}", id, test->citizen_id, test->citizen_id, at, received_at);
}

static char *
measurement (HttpTest *test)
{
  return measurement_at (test, "2026-03-20T08:00:00.000Z", "2026-03-20T08:00:00.000Z");
}

/* Somebody else's citizen by a forged id, in one's own name and function. */
static void
a_measurement_on_anothers_citizen_is_refused (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autofree char *operation = measurement (test);
  g_autofree char *own = measurement (test);
  g_autofree char *renamed = g_strdup_printf (
    "{\"type\":\"citizen\",\"id\":\"%s\",\"scope\":\"c:%s\",\"set\":{\"given_name\":\"Endret\"},"
    "\"base\":{\"given_name\":\"%s\",\"family_name\":\"%s\"}}",
    test->citizen_id, test->citizen_id, test->citizen_id, test->citizen_id);
  Push push = { ola->user_id, "resource_person", test->acts->other_zone, "record-measurement", operation, 1, NULL };
  Push rename = { ola->user_id, "resource_person", test->acts->other_zone, "change-citizen", renamed, 2, NULL };
  Push right = { kari->user_id, "resource_person", test->acts->zone, "record-measurement", own, 1, NULL };
  g_autofree char *code = push_code (test, ola, &push);
  g_autofree char *renamed_code = push_code (test, ola, &rename);
  g_autofree char *right_code = push_code (test, kari, &right);
  g_autofree char *rows = http_test_pull_all (test, kari);

  g_assert_cmpstr (code, ==, "scope_revoked");
  g_assert_cmpstr (renamed_code, ==, "scope_revoked");
  g_assert_cmpstr (right_code, ==, "");
  g_assert_null (strstr (rows, "Endret"));
  g_assert_true (strstr (rows, "95.5") == g_strrstr (rows, "95.5"));
}

/* It would be the newest for ever. A clock that is some hours fast loses nobody's work. */
static void
what_happened_far_ahead_is_refused (HttpTest *test)
{
  gint64 now = forlop_clock_now (test->acts->clock);
  const gint64 far = G_GINT64_CONSTANT (253370764800000); /* 1 January 9999 */
  /* An alert is raised when its measurement is received, and goes to the leader some time after. */
  const struct { gint64 at; gint64 received_at; const char *code; } cases[] = {
    { far, now, "ahead" }, { now, far, "ahead" }, { now + FORLOP_DAY + 1, now, "ahead" },
    { now + FORLOP_DAY, now + FORLOP_DAY, "" },
  };
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autofree char *rows = NULL;

  for (unsigned int i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *at = forlop_instant_to_iso (cases[i].at);
      g_autofree char *received_at = forlop_instant_to_iso (cases[i].received_at);
      g_autofree char *operation = measurement_at (test, at, received_at);
      Push push = {
        kari->user_id, "resource_person", test->acts->zone, "record-measurement", operation, (int) i + 1, NULL,
      };
      g_autofree char *code = push_code (test, kari, &push);

      g_assert_cmpstr (code, ==, cases[i].code);
    }
  rows = http_test_pull_all (test, kari);
  g_assert_null (strstr (rows, "9999-"));
}

/* It is the server's own clock that was put back: what stands in the log is newer. */
static void
a_server_whose_clock_is_put_back_refuses_nobody (HttpTest *test)
{
  gint64 now = forlop_clock_now (test->acts->clock);
  g_autofree char *at = forlop_instant_to_iso (now);
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  int op_no = 0;

  for (gint64 clock = now; clock >= now - 30 * FORLOP_DAY; clock -= 30 * FORLOP_DAY)
    {
      g_autofree char *operation = measurement_at (test, at, at);
      Push push = {
        kari->user_id, "resource_person", test->acts->zone, "record-measurement", operation, ++op_no, NULL,
      };
      g_autofree char *code = NULL;

      forlop_clock_set (test->acts->clock, clock);
      code = push_code (test, kari, &push);

      g_assert_cmpstr (code, ==, "");
    }
  g_assert_cmpint (op_no, ==, 2);
}

/* What is made with the id of a record that is there meets it; nothing of it is told to whoever may not see it. */
static void
a_record_made_again_tells_nothing_of_the_first (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autofree char *operation = g_strdup_printf (
    "{\"type\":\"citizen\",\"id\":\"%s\",\"scope\":\"c:%s\",\"set\":{\"given_name\":\"Hvem\",\"family_name\":\"Er\"}}",
    test->citizen_id, test->citizen_id);
  Push push = { ola->user_id, "resource_person", test->acts->other_zone, "register-citizen", operation, 1, NULL };
  g_autofree char *code = push_code (test, ola, &push);
  g_autofree char *rows = http_test_pull_all (test, ola);

  g_assert_cmpstr (code, ==, "scope_revoked");
  g_assert_null (strstr (rows, "Haug"));
}

static void
nobody_acts_in_anothers_name (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autofree char *operation = measurement (test);
  Push as_kari = { kari->user_id, "resource_person", test->acts->zone, "record-measurement", operation, 1, NULL };
  Push in_zone = { ola->user_id, "resource_person", test->acts->zone, "record-measurement", operation, 2, NULL };
  Push as_administrator = {
    ola->user_id, "administrator", test->acts->office, "save-unit",
    "{\"type\":\"unit\",\"id\":\"019d0a42-2400-7000-8000-000000000001\",\"scope\":\"cat\","
    "\"set\":{\"name\":\"Min\",\"kind\":\"zone\"}}", 3, NULL
  };
  Push gives_himself = {
    ola->user_id, "resource_person", test->acts->other_zone, "save-membership", NULL, 4, NULL
  };
  g_autofree char *membership = g_strdup_printf (
    "{\"type\":\"membership\",\"id\":\"019d0a42-2400-7000-8000-000000000002\",\"scope\":\"cat\","
    "\"set\":{\"user_id\":\"%s\",\"role\":\"resource_person\",\"unit_id\":\"%s\"}}",
    ola->user_id, test->acts->zone);
  const Push *pushes[] = { &as_kari, &in_zone, &as_administrator, &gives_himself };

  gives_himself.operations = membership;
  for (unsigned int i = 0; i < G_N_ELEMENTS (pushes); i++)
    {
      g_autofree char *code = push_code (test, ola, pushes[i]);

      g_assert_cmpstr (code, ==, "not_allowed");
    }
  assert_sees (test, "ola", "Haug", FALSE);
}

static void
what_is_sent_again_or_out_of_order_is_stored_once (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autoptr (HttpSession) second = http_test_sign_in (test, "skien", "kari");
  g_autofree char *first = measurement (test);
  g_autofree char *other = measurement (test);
  const char *op_id = "019d0a42-2400-7000-8000-00000000000a";
  Push push = { kari->user_id, "resource_person", test->acts->zone, "record-measurement", first, 1, op_id };
  Push changed = push;
  Push later = push;
  g_autofree char *body = push_body (test, &push);
  g_autofree char *changed_body = NULL;
  g_autofree char *later_body = NULL;
  g_autofree char *rows = NULL;

  changed.operations = other;
  later.operations = other;
  later.op_id = NULL;
  later.op_no = 7;
  changed_body = push_body (test, &changed);
  later_body = push_body (test, &later);
  http_test_must (test, 200, NULL, "POST", "/v1/sync/push", kari->access, body);
  for (int i = 0; i < 3; i++)
    http_test_must (test, 200, NULL, "POST", "/v1/sync/push", kari->access, body);
  http_test_must (test, 409, "wrong_op_no", "POST", "/v1/sync/push", kari->access, later_body);

  rows = http_test_pull_all (test, kari);
  g_assert_nonnull (strstr (rows, "95.5"));
  g_assert_true (strstr (rows, "95.5") == g_strrstr (rows, "95.5"));

  /* The server tells those who run it. */
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_FLAG_FATAL);
  http_test_must (test, 409, "reused_id", "POST", "/v1/sync/push", kari->access, changed_body);
  http_test_must (test, 409, "reused_id", "POST", "/v1/sync/push", second->access, body);
}

typedef struct {
  ForlopTenant *tenant;
  const char *scope;
  const char *user_id;
  int n_delivered;
} LogQuestion;

static gpointer
ask_log_on_worker (gpointer       user_data,
                   GCancellable  *cancellable G_GNUC_UNUSED,
                   GError       **error)
{
  LogQuestion *self = user_data;
  ForlopServerStorage *storage = self->tenant->storage;
  g_autoptr (GPtrArray) rows = NULL;

  g_assert_true (storage->funcs->begin (storage, FALSE, error));
  rows = forlop_tenant_storage_list_access (storage, self->scope, 0, 10000, error);
  storage->funcs->rollback (storage);
  for (unsigned int i = 0; rows != NULL && i < rows->len; i++)
    {
      const ForlopServerAccessRow *row = g_ptr_array_index (rows, i);

      if (g_str_equal (row->access.action, "delivered") && g_strcmp0 (row->access.user_id, self->user_id) == 0)
        self->n_delivered++;
    }

  return self;
}

static void
every_delivery_is_in_the_access_log (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autofree char *rows = http_test_pull_all (test, kari);
  g_autofree char *nothing = http_test_pull_all (test, ola);
  g_autofree char *scope = g_strconcat ("c:", test->citizen_id, NULL);
  ForlopTenant *tenant = forlop_tenants_find (test->tenants, "skien");
  LogQuestion of_kari = { tenant, scope, kari->user_id, 0 };
  LogQuestion of_ola = { tenant, scope, ola->user_id, 0 };

  g_assert_nonnull (rows);
  g_assert_nonnull (nothing);
  g_assert_nonnull (forlop_worker_run_sync (tenant->worker, ask_log_on_worker, &of_kari, NULL, NULL));
  g_assert_nonnull (forlop_worker_run_sync (tenant->worker, ask_log_on_worker, &of_ola, NULL, NULL));
  g_assert_cmpint (of_kari.n_delivered, >, 0);
  g_assert_cmpint (of_ola.n_delivered, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  http_test_add ("/access/who-treats-the-citizen-sees-the-record", who_treats_the_citizen_sees_the_record, NULL);
  http_test_add ("/access/another-office-sees-nothing-of-the-citizen",
                 another_office_sees_nothing_of_the_citizen, NULL);
  http_test_add ("/access/another-zone-sees-nothing-of-the-citizen", another_zone_sees_nothing_of_the_citizen,
                 NULL);
  http_test_add ("/access/what-cannot-be-logged-is-not-sent-and-stops-nobody",
                 what_cannot_be_logged_is_not_sent_and_stops_nobody, NULL);
  http_test_add ("/access/a-coordinator-sees-no-measurement", a_coordinator_sees_no_measurement, NULL);
  http_test_add ("/access/a-manager-and-an-administrator-see-no-names",
                 a_manager_and_an_administrator_see_no_names, NULL);
  http_test_add ("/access/a-record-asked-for-by-its-id-is-refused", a_record_asked_for_by_its_id_is_refused, NULL);
  http_test_add ("/access/the-first-page-has-who-waits-and-nobody-elses",
                 the_first_page_has_who_waits_and_nobody_elses, NULL);
  http_test_add ("/access/a-measurement-on-anothers-citizen-is-refused",
                 a_measurement_on_anothers_citizen_is_refused, NULL);
  http_test_add ("/access/a-record-made-again-tells-nothing-of-the-first",
                 a_record_made_again_tells_nothing_of_the_first, NULL);
  http_test_add ("/access/what-happened-far-ahead-is-refused", what_happened_far_ahead_is_refused, NULL);
  http_test_add ("/access/a-server-whose-clock-is-put-back-refuses-nobody",
                 a_server_whose_clock_is_put_back_refuses_nobody, NULL);
  http_test_add ("/access/nobody-acts-in-anothers-name", nobody_acts_in_anothers_name, NULL);
  http_test_add ("/access/what-is-sent-again-or-out-of-order-is-stored-once",
                 what_is_sent_again_or_out_of_order_is_stored_once, NULL);
  http_test_add ("/access/every-delivery-is-in-the-access-log", every_delivery_is_in_the_access_log, NULL);

  return g_test_run ();
}
