/* SPDX-License-Identifier: EUPL-1.2 */

/* What other systems read, over raw HTTP. */

#include "fhir-test-util.h"

#include <libdex.h>
#include <string.h>

#include "forlop-json.h"
#include "forlop-tenant-storage.h"

static void
assert_says (FhirTest   *self,
             int         status,
             const char *path,
             const char *part)
{
  g_autoptr (yyjson_doc) doc = fhir_test_get (self, status, path);
  const char *sentence = fhir_test_text (doc, "/issue/0/diagnostics");

  g_assert_cmpstr (fhir_test_text (doc, "/resourceType"), ==, "OperationOutcome");
  g_assert_nonnull (sentence);
  if (strstr (sentence, part) == NULL)
    g_error ("%s: “%s” is not in “%s”", path, part, sentence);
}

static void
everybody_may_ask_what_is_served (HttpTest *test)
{
  static const char *const types[] = { "Patient", "Observation", "CarePlan", "Device", "Task" };
  g_autoptr (HttpResult) result = http_test_expect (test, 200, "GET", "/fhir/metadata", NULL, NULL);
  g_autoptr (yyjson_doc) doc = forlop_json_parse (result->body, -1, NULL);

  g_assert_cmpstr (fhir_test_text (doc, "/resourceType"), ==, "CapabilityStatement");
  for (unsigned int i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *pointer = g_strdup_printf ("/rest/0/resource/%u/type", i);

      g_assert_cmpstr (fhir_test_text (doc, pointer), ==, types[i]);
    }
}

static void
only_a_system_that_may_read_reads (HttpTest *test)
{
  static const char *const paths[] = {
    "/fhir/Patient", "/fhir/Observation", "/fhir/CarePlan", "/fhir/Device", "/fhir/Task",
    "/fhir/Patient/0199aaaa-0000-7000-8000-000000000000",
  };
  g_auto (FhirTest) fhir = fhir_test_set_up (test);
  g_autofree char *sender = fhir_test_add_system (test, "Måler", test->acts->centre, FALSE);

  for (unsigned int i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (HttpResult) refused = http_test_expect (test, 403, "GET", paths[i], sender, NULL);

      g_assert_nonnull (strstr (refused->body, "was not given leave to read"));
      http_test_must (test, 401, NULL, "GET", paths[i], NULL, NULL);
      http_test_must (test, 401, NULL, "GET", paths[i], fhir.kari->session->access, NULL);
    }
  http_test_must (test, 401, NULL, "GET", "/fhir/Patient", "skien.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", NULL);
}

static void
a_system_reads_of_those_it_follows_and_of_nobody_else (HttpTest *test)
{
  g_auto (FhirTest) fhir = fhir_test_set_up (test);
  g_autofree char *other = fhir_test_add_system (test, "Annen", test->acts->other_zone, TRUE);
  g_autoptr (yyjson_doc) patients = fhir_test_get (&fhir, 200, "/fhir/Patient");
  g_autoptr (yyjson_doc) observations = fhir_test_get (&fhir, 200, "/fhir/Observation");
  g_autoptr (yyjson_doc) plans = fhir_test_get (&fhir, 200, "/fhir/CarePlan");
  g_autoptr (yyjson_doc) devices = fhir_test_get (&fhir, 200, "/fhir/Device");
  g_autoptr (yyjson_doc) tasks = fhir_test_get (&fhir, 200, "/fhir/Task");
  g_autoptr (HttpResult) nobody = http_test_expect (test, 200, "GET", "/fhir/Patient", other, NULL);
  g_autofree char *one = g_strconcat ("/fhir/Patient/", fhir.arne, NULL);

  g_assert_cmpuint (fhir_test_count_entries (patients), ==, 1);
  g_assert_cmpstr (fhir_test_text (patients, "/entry/0/resource/id"), ==, test->citizen_id);
  g_assert_cmpstr (fhir_test_text (patients, "/entry/0/resource/identifier/0/value"), ==, FHIR_TEST_ID_NUMBER);
  g_assert_cmpstr (fhir_test_text (patients, "/entry/0/resource/identifier/1/value"), ==, "A17");
  g_assert_cmpuint (fhir_test_count_entries (observations), ==, 1);
  g_assert_cmpstr (fhir_test_text (observations, "/entry/0/resource/code/coding/0/code"), ==, "2708-6");
  g_assert_cmpuint (fhir_test_count_entries (plans), ==, 1);
  g_assert_cmpstr (fhir_test_text (plans, "/entry/0/resource/status"), ==, "active");
  g_assert_cmpstr (fhir_test_text (plans, "/entry/0/resource/contained/0/id"), ==, "spo2-red");
  g_assert_cmpstr (fhir_test_text (plans, "/entry/0/resource/activity/0/detail/scheduledTiming/repeat/timeOfDay/0"), ==,
                   "08:00:00");
  g_assert_cmpuint (fhir_test_count_entries (devices), ==, 1);
  g_assert_cmpstr (fhir_test_text (devices, "/entry/0/resource/serialNumber"), ==, FHIR_TEST_SERIAL);
  g_assert_cmpuint (fhir_test_count_entries (tasks), ==, 1);
  g_assert_cmpstr (fhir_test_text (tasks, "/entry/0/resource/code/coding/0/code"), ==, "fulfill");
  g_assert_null (strstr (nobody->body, "\"entry\""));
  assert_says (&fhir, 404, one, "no such resource here, or this system may not");
}

static void
each_is_read_by_its_id (HttpTest *test)
{
  static const char *const types[] = { "Patient", "Observation", "CarePlan", "Device", "Task" };
  g_auto (FhirTest) fhir = fhir_test_set_up (test);
  g_autofree char *other = fhir_test_add_system (test, "Annen", test->acts->other_zone, TRUE);

  for (unsigned int i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *list = g_strconcat ("/fhir/", types[i], NULL);
      g_autoptr (yyjson_doc) all = fhir_test_get (&fhir, 200, list);
      g_autofree char *path = g_strconcat (list, "/", fhir_test_text (all, "/entry/0/resource/id"), NULL);
      g_autofree char *query = g_strconcat (list, "?_id=", fhir_test_text (all, "/entry/0/resource/id"), NULL);
      g_autoptr (yyjson_doc) one = fhir_test_get (&fhir, 200, path);
      g_autoptr (yyjson_doc) found = fhir_test_get (&fhir, 200, query);

      g_assert_true (yyjson_equals (yyjson_doc_get_root (one),
                                    yyjson_ptr_get (yyjson_doc_get_root (all), "/entry/0/resource")));
      g_assert_cmpuint (fhir_test_count_entries (found), ==, 1);
      http_test_must (test, 404, NULL, "GET", path, other, NULL);
    }
  assert_says (&fhir, 404, "/fhir/Task/17", "no such resource");
}

static void
a_page_ends_and_the_next_goes_on (HttpTest *test)
{
  g_auto (FhirTest) fhir = fhir_test_set_up (test);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *path = g_strdup ("/fhir/Observation?_count=3");
  unsigned int n_pages = 0;

  for (unsigned int i = 0; i < 7; i++)
    {
      g_autofree char *at = g_strdup_printf ("2026-03-20T%02u:30:00+01:00", 9 + i);

      fhir_test_post (&fhir, 201, "8867-4", "70", "/min", at, "final");
    }
  while (path != NULL)
    {
      g_autoptr (yyjson_doc) page = fhir_test_get (&fhir, 200, path);

      g_assert_cmpuint (fhir_test_count_entries (page), <=, 3);
      for (unsigned int i = 0; i < fhir_test_count_entries (page); i++)
        {
          g_autofree char *pointer = g_strdup_printf ("/entry/%u/resource/id", i);

          g_assert_true (g_hash_table_add (seen, g_strdup (fhir_test_text (page, pointer))));
        }
      n_pages++;
      g_set_str (&path, fhir_test_text (page, "/link/1/url"));
    }
  g_assert_cmpuint (n_pages, ==, 3);
  g_assert_cmpuint (g_hash_table_size (seen), ==, 8);
}

#define MANY 1100

static gpointer
write_many_on_worker (gpointer       user_data,
                      GCancellable  *cancellable G_GNUC_UNUSED,
                      GError       **error)
{
  ForlopServerStorage *storage = user_data;
  guint8 hash[FORLOP_SYNC_HASH_BYTES] = { 0 };
  ForlopServerHead head;

  if (!storage->funcs->begin (storage, TRUE, error) || !storage->funcs->get_head (storage, &head, error))
    return NULL;
  for (unsigned int i = 0; i < MANY; i++)
    {
      g_autofree char *citizen_id = g_uuid_string_random ();
      g_autofree char *case_id = g_uuid_string_random ();
      g_autofree char *scope = g_strconcat ("c:", citizen_id, NULL);
      g_autoptr (ForlopSyncRow) citizen = forlop_sync_row_new (forlop_record_type_find ("citizen"), citizen_id, scope);
      g_autoptr (ForlopSyncRow) the_case = forlop_sync_row_new (forlop_record_type_find ("case"), case_id, scope);

      citizen->seq = the_case->seq = head.seq + 1;
      citizen->vtag = g_strdup (citizen_id);
      the_case->vtag = g_strdup (citizen_id);
      citizen->body = g_strdup ("{\"given_name\":\"Liv\",\"family_name\":\"Moe\"}");
      the_case->body = g_strdup_printf ("{\"citizen_id\":\"%s\",\"status\":\"%s\",\"platform\":\"%s\"}", citizen_id,
                                        i % 11 == 0 ? "closed" : "running", i % 11 == 1 ? "Hjemme" : "Heim");
      if (!storage->funcs->put_row (storage, citizen, error) || !storage->funcs->put_row (storage, the_case, error))
        return NULL;
    }

  return storage->funcs->add_mark (storage, head.seq + 1, hash, head.seq + 1, error) &&
           storage->funcs->commit (storage, error)
           ? storage
           : NULL;
}

static unsigned int
walk (FhirTest     *fhir,
      const char   *first,
      unsigned int *n_pages)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *path = g_strdup (first);

  for (*n_pages = 0; path != NULL; (*n_pages)++)
    {
      g_autoptr (yyjson_doc) page = fhir_test_get (fhir, 200, path);

      for (unsigned int i = 0; i < fhir_test_count_entries (page); i++)
        {
          g_autofree char *pointer = g_strdup_printf ("/entry/%u/resource/id", i);

          g_assert_true (g_hash_table_add (seen, g_strdup (fhir_test_text (page, pointer))));
        }
      g_set_str (&path, fhir_test_text (page, "/link/1/url"));
    }

  return g_hash_table_size (seen);
}

/* Of more than are looked at for one page, and of whom most have nothing that is asked for. */
static void
many_citizens_come_page_by_page (HttpTest *test)
{
  g_auto (FhirTest) fhir = fhir_test_set_up (test);
  ForlopTenant *tenant = forlop_tenants_find (test->tenants, "skien");
  unsigned int n_pages;

  g_assert_nonnull (forlop_worker_run_sync (tenant->worker, write_many_on_worker, tenant->storage, NULL, NULL));
  g_assert_cmpuint (walk (&fhir, "/fhir/Patient?_count=500", &n_pages), ==, MANY - 2 * MANY / 11 + 1);
  g_assert_cmpuint (n_pages, ==, 2);
  g_assert_cmpuint (walk (&fhir, "/fhir/Device", &n_pages), ==, 1);
  g_assert_cmpuint (n_pages, ==, 2);
}

static void
what_is_new_since_comes_also_when_it_became_invalid (HttpTest *test)
{
  g_auto (FhirTest) fhir = fhir_test_set_up (test);
  g_autoptr (yyjson_doc) before = NULL;
  g_autoptr (yyjson_doc) after = NULL;
  g_autoptr (yyjson_doc) all = NULL;
  g_autofree char *path = NULL;

  fhir_test_post (&fhir, 201, "2708-6", "86", "%", "2026-03-20T08:30:00+01:00", "final");
  fhir_test_post (&fhir, 201, "2708-6", "87", "%", "2026-03-20T09:30:00+01:00", "final");
  forlop_clock_set (test->acts->clock, forlop_clock_now (test->acts->clock) + FORLOP_HOUR);
  before = fhir_test_get (&fhir, 200, "/fhir/Observation");
  g_assert_cmpuint (fhir_test_count_entries (before), ==, 3);
  {
    g_autofree char *now = forlop_instant_to_iso (forlop_clock_now (test->acts->clock));

    path = g_strconcat ("/fhir/Observation?_since=", now, NULL);
  }
  {
    g_autoptr (yyjson_doc) nothing = fhir_test_get (&fhir, 200, path);

    g_assert_cmpuint (fhir_test_count_entries (nothing), ==, 0);
  }
  fhir_test_post (&fhir, 200, "2708-6", "86", "%", "2026-03-20T08:30:00+01:00", "entered-in-error");
  fhir_test_post (&fhir, 201, "2708-6", "95", "%", "2026-03-20T10:30:00+01:00", "final");
  after = fhir_test_get (&fhir, 200, path);
  all = fhir_test_get (&fhir, 200, "/fhir/Observation");
  g_assert_cmpuint (fhir_test_count_entries (after), ==, 2);
  g_assert_cmpstr (fhir_test_text (after, "/entry/0/resource/status"), ==, "entered-in-error");
  g_assert_cmpstr (fhir_test_text (after, "/entry/1/resource/status"), ==, "final");
  g_assert_cmpuint (fhir_test_count_entries (all), ==, 4);
}

static void
a_search_is_narrowed (HttpTest *test)
{
  g_auto (FhirTest) fhir = fhir_test_set_up (test);
  static const struct { const char *query; unsigned int n; } searches[] = {
    { "code=2708-6", 3 }, { "code=http://loinc.org|2708-6", 3 }, { "code=http://snomed.info/sct|431314004", 3 },
    { "code=http://snomed.info/sct|2708-6", 0 }, { "code=8867-4", 0 }, { "status=final", 3 },
    { "status=entered-in-error", 0 }, { "date=2026-03-20", 3 }, { "date=ge2026-03-21", 0 },
    { "date=gt2026-03-20T08:30:00%2B01:00&date=lt2026-03-20T10:00:00%2B01:00", 1 }, { "date=le2026-03-19", 0 },
    { "_lastUpdated=ge2026-03-01", 3 }, { "_lastUpdated=gt2026-12-01", 0 }, { "_format=json&_count=1000000", 4 },
  };

  fhir_test_post (&fhir, 201, "2708-6", "86", "%", "2026-03-20T08:30:00+01:00", "final");
  fhir_test_post (&fhir, 201, "2708-6", "87", "%", "2026-03-20T09:30:00+01:00", "final");
  for (unsigned int i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_autofree char *path = g_strdup_printf ("/fhir/Observation?patient=Patient/%s&%s", test->citizen_id,
                                               searches[i].query);
      g_autoptr (yyjson_doc) found = fhir_test_get (&fhir, 200, path);

      if (fhir_test_count_entries (found) != searches[i].n)
        g_error ("%s: %u instead of %u", searches[i].query, fhir_test_count_entries (found), searches[i].n);
    }
  {
    g_autofree char *path = g_strconcat ("/fhir/Observation?patient=", fhir.arne, NULL);
    g_autoptr (yyjson_doc) found = fhir_test_get (&fhir, 200, path);

    g_assert_cmpuint (fhir_test_count_entries (found), ==, 0);
  }
}

static HttpResult *
search_by_form (FhirTest   *self,
                const char *form)
{
  g_autoptr (GSocketConnection) connection = http_test_connect (self->test);
  g_autofree char *text = g_strdup_printf (
    "POST /fhir/Patient/_search HTTP/1.1\r\nHost: test\r\nConnection: close\r\nAuthorization: Bearer %s\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s", self->token,
    strlen (form), form);

  http_test_send (connection, text);

  return http_test_read (connection);
}

static void
a_persons_number_is_asked_for_in_a_form_alone (HttpTest *test)
{
  static const struct { const char *form; gboolean is_found; } forms[] = {
    { "identifier=urn:oid:2.16.578.1.12.4.1.4.1|" FHIR_TEST_ID_NUMBER, TRUE },
    { "identifier=" FHIR_TEST_ID_NUMBER, TRUE },
    { "identifier=128354+30098", TRUE }, { "identifier=A17", TRUE },
    { "identifier=urn:oid:2.16.578.1.12.4.1.4.1%7C03916230191", FALSE }, { "identifier=B99", FALSE },
  };
  g_auto (FhirTest) fhir = fhir_test_set_up (test);

  for (unsigned int i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (HttpResult) result = search_by_form (&fhir, forms[i].form);

      g_assert_cmpint (result->status, ==, 200);
      g_assert_true ((strstr (result->body, test->citizen_id) != NULL) == forms[i].is_found);
      g_assert_null (strstr (strstr (result->body, "\"link\""), "identifier="));
    }
  assert_says (&fhir, 400, "/fhir/Patient?identifier=" FHIR_TEST_ID_NUMBER, "do not stand in addresses");
}

static void
what_cannot_be_asked_for_is_refused_in_words (HttpTest *test)
{
  static const struct { int status; const char *path; const char *part; } asked[] = {
    { 400, "/fhir/Observation?colour=red", "no parameter “colour”" },
    { 400, "/fhir/Patient?code=2708-6", "no parameter “code”" },
    { 400, "/fhir/Observation?_count=0", "_count" },
    { 400, "/fhir/Observation?_count=many", "_count" },
    { 400, "/fhir/Observation?_count=99999999999999999999", "_count" },
    { 400, "/fhir/Observation?date=yesterday", "date cannot be read" },
    { 400, "/fhir/Observation?_since=now", "_since cannot be read" },
    { 400, "/fhir/Observation?_lastUpdated=2026-03-20", "ge or gt" },
    { 400, "/fhir/Observation?patient=17", "not an id of this server" },
    { 400, "/fhir/Observation?_cursor=AAAA", "not one that this server gave" },
    { 400, "/fhir/Observation?_cursor=", "cannot be read" },
    { 400, "/fhir/Observation?_format=xml", "JSON alone" },
    { 404, "/fhir/Medication", "nothing at this address" },
    { 404, "/fhir/Medication/17", "nothing at this address" },
    { 405, "/fhir/Observation/_search", "not asked that way" },
  };
  g_auto (FhirTest) fhir = fhir_test_set_up (test);

  for (unsigned int i = 0; i < G_N_ELEMENTS (asked); i++)
    assert_says (&fhir, asked[i].status, asked[i].path, asked[i].part);
}

/* A place that nobody was given leads nowhere else; one of another log is out of date. */
static void
a_forged_place_tells_nothing (HttpTest *test)
{
  g_auto (FhirTest) fhir = fhir_test_set_up (test);
  g_autoptr (HttpResult) hello =
    http_test_expect (test, 200, "GET", "/v1/sync/hello", fhir.kari->session->access, NULL);
  g_autofree char *epoch = http_result_text (hello, "epoch");
  const char *const epochs[] = { epoch, "00000000" };

  for (unsigned int i = 0; i < G_N_ELEMENTS (epochs); i++)
    {
      g_autofree char *place = g_strdup_printf ("%.8s.%s.%s.0.citizen.%s", epochs[i], fhir.arne, fhir.arne, fhir.arne);
      g_autofree char *cursor = g_base64_encode ((const guchar *) place, strlen (place));
      g_autofree char *path = NULL;
      g_autoptr (HttpResult) result = NULL;

      g_strdelimit (cursor, "=", '\0');
      path = g_strconcat ("/fhir/Patient?_id=", fhir.arne, "&_cursor=", cursor, NULL);
      result = http_test_ask (test, "GET", path, fhir.token, NULL);
      g_assert_cmpint (result->status, ==, i == 0 ? 200 : 410);
      g_assert_null (strstr (result->body, "Moe"));
    }
}

static void
who_is_blocked_is_read_by_no_system (HttpTest *test)
{
  g_auto (FhirTest) fhir = fhir_test_set_up (test);
  g_autofree char *one = g_strconcat ("/fhir/Patient/", test->citizen_id, NULL);
  g_autofree char *block = machine_do (fhir.kari, test->acts->nurse, "block-record",
                                       "{\"citizen_id\":\"%s\",\"user_id\":\"%s\",\"reason\":\"Bror av pasienten\"}",
                                       test->citizen_id, test->acts->other_nurse->user_id);
  g_autoptr (yyjson_doc) patients = NULL;
  g_autoptr (yyjson_doc) observations = NULL;

  machine_catch_up (fhir.kari);
  patients = fhir_test_get (&fhir, 200, "/fhir/Patient");
  observations = fhir_test_get (&fhir, 200, "/fhir/Observation");
  g_assert_cmpuint (fhir_test_count_entries (patients), ==, 0);
  g_assert_cmpuint (fhir_test_count_entries (observations), ==, 0);
  assert_says (&fhir, 404, one, "no such resource");
}

static void
a_protected_address_does_not_leave (HttpTest *test)
{
  g_auto (FhirTest) fhir = fhir_test_set_up (test);
  g_autoptr (HttpResult) before = NULL;
  g_autoptr (HttpResult) after = NULL;

  g_free (machine_do (fhir.kari, test->acts->nurse, "change-citizen",
                      "{\"citizen_id\":\"%s\",\"address\":\"Liaveien 12\",\"phone\":\"41234567\"}", test->citizen_id));
  machine_catch_up (fhir.kari);
  before = http_test_expect (test, 200, "GET", "/fhir/Patient", fhir.token, NULL);
  g_free (machine_do (fhir.kari, test->acts->nurse, "change-citizen",
                      "{\"citizen_id\":\"%s\",\"address_protection\":\"confidential\"}", test->citizen_id));
  machine_catch_up (fhir.kari);
  after = http_test_expect (test, 200, "GET", "/fhir/Patient", fhir.token, NULL);
  g_assert_nonnull (strstr (before->body, "Liaveien 12"));
  g_assert_nonnull (strstr (before->body, "41234567"));
  g_assert_null (strstr (after->body, "Liaveien 12"));
  g_assert_null (strstr (after->body, "41234567"));
  g_assert_nonnull (strstr (after->body, "\"code\":\"R\""));
}

/* Siri's office has registered Liv a second time, and says so. */
static void
somebody_registered_twice_is_one (HttpTest *test)
{
  g_auto (FhirTest) fhir = fhir_test_set_up (test);
  g_autoptr (Machine) siri = machine_new (test, "siri", NULL);
  g_autofree char *again = NULL;
  g_autofree char *old = g_strconcat ("/fhir/Patient/", test->citizen_id, NULL);
  g_autoptr (yyjson_doc) patients = NULL;
  g_autoptr (yyjson_doc) observations = NULL;
  g_autoptr (yyjson_doc) merged = NULL;

  machine_catch_up (siri);
  again = machine_do (siri, test->acts->caseworker, "register-citizen",
                      "{\"given_name\":\"Liv\",\"family_name\":\"Haug\"}");
  machine_catch_up (siri);
  g_free (machine_do (siri, test->acts->caseworker, "merge-citizens",
                      "{\"citizen_id\":\"%s\",\"other_id\":\"%s\"}", again, test->citizen_id));
  machine_catch_up (siri);
  patients = fhir_test_get (&fhir, 200, "/fhir/Patient");
  observations = fhir_test_get (&fhir, 200, "/fhir/Observation");
  merged = fhir_test_get (&fhir, 200, old);
  g_assert_cmpuint (fhir_test_count_entries (patients), ==, 1);
  g_assert_cmpstr (fhir_test_text (patients, "/entry/0/resource/id"), ==, again);
  g_assert_cmpuint (fhir_test_count_entries (observations), ==, 1);
  g_assert_true (g_str_has_suffix (fhir_test_text (observations, "/entry/0/resource/subject/reference"), again));
  g_assert_cmpstr (fhir_test_text (merged, "/link/0/type"), ==, "replaced-by");
}

/* Who has the oximeter on loan is who measured, when nobody is named; another number is nobody's. */
static void
a_device_on_loan_says_whose_it_is (HttpTest *test)
{
  static const struct { const char *device; int status; } all[] = {
    { "\"device\":{\"identifier\":{\"value\":\"" FHIR_TEST_SERIAL "\"}}", 201 },
    { "\"device\":{\"identifier\":{\"value\":\"OX-78\"}}", 202 },
    { "\"device\":{\"reference\":\"#d\"},\"contained\":[{\"resourceType\":\"Device\",\"id\":\"d\","
      "\"serialNumber\":\"" FHIR_TEST_SERIAL "\"}]", 201 },
    { "\"device\":{\"identifier\":{\"value\":\"" FHIR_TEST_SERIAL "\"}},\"subject\":{\"identifier\":{\"value\":"
      "\"B99\"}}", 202 },
  };
  g_auto (FhirTest) fhir = fhir_test_set_up (test);
  g_autoptr (yyjson_doc) found = NULL;

  for (unsigned int i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *body = g_strdup_printf (
        "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":\"http://loinc.org\","
        "\"code\":\"8867-4\"}]},\"effectiveDateTime\":\"2026-03-20T1%u:30:00+01:00\",\"valueQuantity\":{\"value\":70,"
        "\"code\":\"/min\"},%s}", i, all[i].device);

      http_test_must (test, all[i].status, NULL, "POST", "/fhir/Observation", fhir.token, body);
    }
  found = fhir_test_get (&fhir, 200, "/fhir/Observation?code=8867-4");
  g_assert_cmpuint (fhir_test_count_entries (found), ==, 2);
  g_assert_true (g_str_has_suffix (fhir_test_text (found, "/entry/0/resource/device/reference"), fhir.item));
}

/* Arne's red is not Liv's, though they come together. */
static void
readings_of_two_in_one_bundle_are_judged_apart (HttpTest *test)
{
  static const char reading[] =
    "{\"resource\":{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":"
    "\"http://loinc.org\",\"code\":\"2708-6\"}]},\"subject\":{\"reference\":\"Patient/%s\"},\"effectiveDateTime\":"
    "\"2026-03-20T12:30:00+01:00\",\"valueQuantity\":{\"value\":%u,\"code\":\"%%\"}}}";
  g_auto (FhirTest) fhir = fhir_test_set_up (test);
  g_autofree char *liv = g_strdup_printf (reading, test->citizen_id, 95);
  g_autofree char *arne = g_strdup_printf (reading, fhir.arne, 86);
  g_autofree char *bundle =
    g_strdup_printf ("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[%s,%s]}", liv, arne);
  g_autofree char *rows = NULL;

  http_test_must (test, 200, NULL, "POST", "/fhir", fhir.token, bundle);
  rows = http_test_pull_all (test, fhir.kari->session);
  g_assert_nonnull (strstr (rows, "\"value\":86.0"));
  g_assert_null (strstr (rows, "{\"type\":\"alert\""));
}

typedef struct {
  ForlopTenant *tenant;
  const char *scope;
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
  rows = forlop_tenant_storage_list_access (storage, self->scope, 0, 100000, error);
  storage->funcs->rollback (storage);
  for (unsigned int i = 0; i < rows->len; i++)
    {
      const ForlopServerAccess *access = &((ForlopServerAccessRow *) g_ptr_array_index (rows, i))->access;

      self->n += g_str_equal (access->action, "read by system") && g_str_equal (access->reason, "Heim");
    }

  return self;
}

static unsigned int
count_read (HttpTest   *test,
            const char *citizen_id)
{
  g_autofree char *scope = g_strconcat ("c:", citizen_id, NULL);
  Count count = { forlop_tenants_find (test->tenants, "skien"), scope, 0 };

  g_assert_nonnull (forlop_worker_run_sync (count.tenant->worker, count_on_worker, &count, NULL, NULL));

  return count.n;
}

static void
each_citizen_that_is_read_is_in_the_access_log (HttpTest *test)
{
  g_auto (FhirTest) fhir = fhir_test_set_up (test);
  g_autofree char *one = g_strconcat ("/fhir/Patient/", test->citizen_id, NULL);
  g_autofree char *other = g_strconcat ("/fhir/Patient/", fhir.arne, NULL);

  http_test_must (test, 200, NULL, "GET", "/fhir/Observation?code=8867-4", fhir.token, NULL);
  g_assert_cmpuint (count_read (test, test->citizen_id), ==, 0);
  http_test_must (test, 200, NULL, "GET", "/fhir/Observation", fhir.token, NULL);
  http_test_must (test, 200, NULL, "GET", one, fhir.token, NULL);
  http_test_must (test, 404, NULL, "GET", other, fhir.token, NULL);
  g_assert_cmpuint (count_read (test, test->citizen_id), ==, 2);
  g_assert_cmpuint (count_read (test, fhir.arne), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  static const struct { const char *path; HttpTestFunc func; } cases[] = {
    { "/fhir-reading/everybody-may-ask-what-is-served", everybody_may_ask_what_is_served },
    { "/fhir-reading/only-a-system-that-may-read-reads", only_a_system_that_may_read_reads },
    { "/fhir-reading/a-system-reads-of-those-it-follows-and-of-nobody-else",
      a_system_reads_of_those_it_follows_and_of_nobody_else },
    { "/fhir-reading/each-is-read-by-its-id", each_is_read_by_its_id },
    { "/fhir-reading/a-page-ends-and-the-next-goes-on", a_page_ends_and_the_next_goes_on },
    { "/fhir-reading/many-citizens-come-page-by-page", many_citizens_come_page_by_page },
    { "/fhir-reading/what-is-new-since-comes-also-when-it-became-invalid",
      what_is_new_since_comes_also_when_it_became_invalid },
    { "/fhir-reading/a-search-is-narrowed", a_search_is_narrowed },
    { "/fhir-reading/a-persons-number-is-asked-for-in-a-form-alone", a_persons_number_is_asked_for_in_a_form_alone },
    { "/fhir-reading/what-cannot-be-asked-for-is-refused-in-words", what_cannot_be_asked_for_is_refused_in_words },
    { "/fhir-reading/a-forged-place-tells-nothing", a_forged_place_tells_nothing },
    { "/fhir-reading/who-is-blocked-is-read-by-no-system", who_is_blocked_is_read_by_no_system },
    { "/fhir-reading/a-protected-address-does-not-leave", a_protected_address_does_not_leave },
    { "/fhir-reading/somebody-registered-twice-is-one", somebody_registered_twice_is_one },
    { "/fhir/readings-of-two-in-one-bundle-are-judged-apart", readings_of_two_in_one_bundle_are_judged_apart },
    { "/fhir-reading/a-device-on-loan-says-whose-it-is", a_device_on_loan_says_whose_it_is },
    { "/fhir-reading/each-citizen-that-is-read-is-in-the-access-log", each_citizen_that_is_read_is_in_the_access_log },
  };

  g_test_init (&argc, &argv, NULL);
  dex_init ();
  for (unsigned int i = 0; i < G_N_ELEMENTS (cases); i++)
    http_test_add (cases[i].path, cases[i].func, NULL);

  return g_test_run ();
}
