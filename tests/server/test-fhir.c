/* SPDX-License-Identifier: EUPL-1.2 */

/* What other systems send, over HTTP: stored, judged, and told to those who follow the citizen. */

#include "http-test-util.h"

#include <libdex.h>
#include <string.h>

#include "follow-up-test-util.h"
#include "forlop-accounts.h"
#include "forlop-json.h"

#define ID_NUMBER "12835430098"

/* A system of the zone's, and Kari, who follows the citizen. */
typedef struct {
  HttpTest *test;
  char *token;
  HttpSession *kari;
} Fhir;

static void
fhir_clear (Fhir *self)
{
  g_free (self->token);
  http_session_free (self->kari);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fhir, fhir_clear)

static char *
add_system (HttpTest   *test,
            const char *tenant,
            const char *name,
            const char *unit)
{
  g_autoptr (GError) error = NULL;
  char *token = forlop_accounts_add_system (forlop_tenants_find (test->tenants, tenant), name, unit, FALSE, &error);

  g_assert_no_error (error);

  return token;
}

static Fhir
set_up (HttpTest *test)
{
  follow_up_set_time (test->acts, "2026-03-20T23:00:00");

  return (Fhir) {
    .test = test,
    .token = add_system (test, "skien", "Heim", test->acts->zone),
    .kari = http_test_sign_in (test, "skien", "kari"),
  };
}

/* An Observation of the citizen; @more goes into it as it is. */
static char *
observation (const char *code,
             const char *value,
             const char *unit,
             const char *at,
             const char *more)
{
  return g_strdup_printf ("{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":"
                          "\"http://loinc.org\",\"code\":\"%s\"}]},\"subject\":{\"identifier\":{\"system\":"
                          "\"urn:oid:2.16.578.1.12.4.1.4.1\",\"value\":\"" ID_NUMBER "\"}},\"effectiveDateTime\":\"%s\","
                          "\"valueQuantity\":{\"value\":%s,\"code\":\"%s\"}%s}",
                          code, at, value, unit, more);
}

static HttpResult *
post (Fhir       *self,
      int         status,
      const char *body)
{
  return http_test_expect (self->test, status, "POST", "/fhir/Observation", self->token, body);
}

static void
must_post (Fhir       *self,
           int         status,
           const char *code,
           const char *value,
           const char *unit,
           const char *at)
{
  g_autofree char *body = observation (code, value, unit, at, "");
  g_autoptr (HttpResult) result = post (self, status, body);
}

/* Of the rows that Kari gets: how many have all of the texts. */
static unsigned int
count_rows (Fhir       *self,
            const char *type,
            const char *text,
            const char *more)
{
  g_autofree char *rows = http_test_pull_all (self->test, self->kari);
  g_autofree char *start = g_strdup_printf ("{\"type\":\"%s\"", type);
  g_auto (GStrv) each = g_strsplit (rows, start, -1);
  unsigned int n = 0;

  for (unsigned int i = 1; each[i] != NULL; i++)
    {
      g_autofree char *row = g_strdup (each[i]);
      char *end = strstr (row, "{\"type\":");

      if (end != NULL)
        *end = '\0';
      n += strstr (row, text) != NULL && strstr (row, more) != NULL;
    }

  return n;
}

static void
a_red_reaches_who_follows_the_citizen (HttpTest *test)
{
  g_auto (Fhir) fhir = set_up (test);
  g_autofree char *body = observation ("2708-6", "86", "%", "2026-03-20T08:30:00+01:00", "");
  g_autoptr (HttpResult) result = post (&fhir, 201, body);

  g_assert_nonnull (strstr (result->head, "location: /fhir/observation/"));
  g_assert_nonnull (strstr (result->head, "content-type: application/fhir+json"));
  g_assert_cmpuint (count_rows (&fhir, "measurement", "\"value\":86.0", "\"sender\":\"Heim\""), ==, 1);
  g_assert_cmpuint (count_rows (&fhir, "alert", "\"severity\":\"red\"", "\"rule\":\"red_low\""), ==, 1);
}

static void
the_same_twice_is_one (HttpTest *test)
{
  g_auto (Fhir) fhir = set_up (test);

  must_post (&fhir, 201, "2708-6", "86", "%", "2026-03-20T08:30:00+01:00");
  must_post (&fhir, 200, "2708-6", "86", "%", "2026-03-20T07:30:00Z");
  must_post (&fhir, 200, "59408-5", "86.0", "%", "2026-03-20T08:30:00");
  g_assert_cmpuint (count_rows (&fhir, "measurement", "\"value\":86.0", ""), ==, 1);
  g_assert_cmpuint (count_rows (&fhir, "alert", "\"severity\":\"red\"", ""), ==, 1);
}

/* A device that writes what it does not know leaves a reading without a value. */
static void
units_panels_and_missing_values_are_understood (HttpTest *test)
{
  g_auto (Fhir) fhir = set_up (test);
  g_autofree char *panel = g_strdup (
    "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":\"http://snomed.info/sct\","
    "\"code\":\"75367002\"},{\"system\":\"http://loinc.org\",\"code\":\"85354-9\"}]},\"subject\":{\"identifier\":{"
    "\"system\":\"urn:oid:2.16.578.1.12.4.1.4.1\",\"value\":\"" ID_NUMBER "\"}},\"effectiveDateTime\":"
    "\"2026-03-20T09:00:00+01:00\",\"component\":[{\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":"
    "\"8480-6\"}]},\"valueQuantity\":{\"value\":142,\"code\":\"mm[Hg]\"}},{\"code\":{\"coding\":[{\"system\":"
    "\"http://loinc.org\",\"code\":\"8462-4\"}]},\"valueQuantity\":{\"value\":88,\"unit\":\"mmHg\"}}]}");
  g_autofree char *absent = g_strdup (
    "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":\"http://loinc.org\","
    "\"code\":\"8867-4\"}]},\"subject\":{\"reference\":\"Patient/PATIENT\"},\"effectiveDateTime\":"
    "\"2026-03-20T09:00:00+01:00\",\"dataAbsentReason\":{\"text\":\"Lost contact\"}}");
  g_autofree char *by_id = NULL;
  g_autoptr (HttpResult) first = post (&fhir, 201, panel);
  g_autoptr (HttpResult) second = NULL;

  must_post (&fhir, 201, "29463-7", "81300", "g", "2026-03-20T09:00:00+01:00");
  g_assert_cmpuint (count_rows (&fhir, "measurement", "\"code\":\"weight\"", "\"value\":81.3"), ==, 1);
  g_assert_cmpuint (count_rows (&fhir, "measurement", "\"code\":\"systolic\"", "\"value\":142.0"), ==, 1);
  g_assert_cmpuint (count_rows (&fhir, "measurement", "\"code\":\"diastolic\"", "\"value\":88.0"), ==, 1);

  {
    g_auto (GStrv) parts = g_strsplit (absent, "PATIENT", 2);

    by_id = g_strjoinv (test->citizen_id, parts);
  }
  second = post (&fhir, 201, by_id);
  g_assert_cmpuint (count_rows (&fhir, "measurement", "\"code\":\"pulse\"", "\"source\":\"platform\""), ==, 1);
}

static void
what_cannot_be_used_is_kept_for_somebody_to_look_at (HttpTest *test)
{
  g_auto (Fhir) fhir = set_up (test);
  g_autofree char *stranger = observation ("2708-6", "86", "%", "2026-03-20T08:30:00+01:00", "");
  char *number = strstr (stranger, ID_NUMBER);
  g_autoptr (HttpResult) kept = NULL;

  memcpy (number, "53097248016", strlen (ID_NUMBER));
  kept = post (&fhir, 202, stranger);
  g_assert_nonnull (strstr (kept->body, "The citizen is not known here."));
  g_assert_null (strstr (kept->head, "location:"));
  must_post (&fhir, 202, "1234-5", "86", "%", "2026-03-20T08:30:00+01:00");
  must_post (&fhir, 202, "29463-7", "81", "%", "2026-03-20T08:30:00+01:00");
  must_post (&fhir, 202, "2708-6", "86", "%", "2027-03-20T08:30:00+01:00");
  must_post (&fhir, 202, "2708-6", "86", "%", "2026-03-20");
  must_post (&fhir, 202, "2708-6", "86", "%", "2026-03-20");
  g_assert_cmpuint (count_rows (&fhir, "unknown_measurement", "\"reason\":\"unknown_citizen\"", "53097248016"), ==, 1);
  g_assert_cmpuint (count_rows (&fhir, "unknown_measurement", "\"reason\":\"unknown_code\"", "|1234-5"), ==, 1);
  g_assert_cmpuint (count_rows (&fhir, "unknown_measurement", "\"detail\":\"1234-5 86 %\"", ""), ==, 1);
  g_assert_cmpuint (count_rows (&fhir, "unknown_measurement", "\"reason\":\"wrong_unit\"", "\"unit\":\"%\""), ==, 1);
  g_assert_cmpuint (count_rows (&fhir, "unknown_measurement", "\"reason\":\"future_time\"", ""), ==, 1);
  g_assert_cmpuint (count_rows (&fhir, "unknown_measurement", "\"reason\":\"no_time\"", ""), ==, 1);
  g_assert_cmpuint (count_rows (&fhir, "measurement", "\"sender\":\"Heim\"", ""), ==, 0);
}

static void
what_is_no_observation_is_refused_in_words (HttpTest *test)
{
  static const char *const bodies[] = {
    "{\"resourceType\":\"Patient\"}", "{\"resourceType\":\"Observation\"}",
    "{\"resourceType\":\"Observation\",\"status\":\"final\"}",
    "{\"resourceType\":\"Observation\",\"status\":\"done\",\"code\":{}}", "{}",
  };
  g_auto (Fhir) fhir = set_up (test);

  for (unsigned int i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (HttpResult) refused = post (&fhir, 422, bodies[i]);

      g_assert_nonnull (strstr (refused->body, "\"resourceType\":\"OperationOutcome\""));
      g_assert_nonnull (strstr (refused->body, "Nothing was stored"));
    }
  {
    g_autoptr (HttpResult) refused = post (&fhir, 400, "[1, 2");

    g_assert_nonnull (strstr (refused->body, "\"resourceType\":\"OperationOutcome\""));
  }
}

static void
only_a_system_sends_and_only_to_its_municipality (HttpTest *test)
{
  g_auto (Fhir) fhir = set_up (test);
  g_autofree char *other = add_system (test, "bamble", "Heim", test->other_acts->zone);
  g_autofree char *body = observation ("2708-6", "86", "%", "2026-03-20T08:30:00+01:00", "");
  g_autofree char *forged = g_strdup_printf ("skien.%s", strchr (other, '.') + 1);

  http_test_must (test, 401, NULL, "POST", "/fhir/Observation", NULL, body);
  http_test_must (test, 401, NULL, "POST", "/fhir/Observation", fhir.kari->access, body);
  http_test_must (test, 401, NULL, "POST", "/fhir/Observation", forged, body);
  http_test_must (test, 401, NULL, "POST", "/v1/sync/pull", fhir.token, "{}");
  http_test_must (test, 202, NULL, "POST", "/fhir/Observation", other, body);
  g_assert_cmpuint (count_rows (&fhir, "measurement", "\"sender\":\"Heim\"", ""), ==, 0);
}

/* The same readings on three days, in three orders. */
static void
the_order_of_arrival_changes_nothing (HttpTest *test)
{
  static const struct { const char *value; const char *at; } readings[] = {
    { "86", "08:30:00+01:00" }, { "91", "09:30:00+01:00" }, { "95", "10:30:00+01:00" }, { "87", "11:30:00+01:00" },
  };
  static const unsigned int orders[][4] = { { 0, 1, 2, 3 }, { 3, 2, 1, 0 }, { 2, 0, 3, 1 } };
  g_auto (Fhir) fhir = set_up (test);

  for (unsigned int i = 0; i < G_N_ELEMENTS (orders); i++)
    for (unsigned int j = 0; j < 4; j++)
      {
        g_autofree char *at = g_strdup_printf ("2026-03-20T%02u%s", 8 + 4 * i + orders[i][j],
                                               readings[orders[i][j]].at + 2);

        must_post (&fhir, 201, "2708-6", readings[orders[i][j]].value, "%", at);
      }
  g_assert_cmpuint (count_rows (&fhir, "alert", "\"severity\":\"red\"", "\"status\":\"new\""), ==, 6);
  g_assert_cmpuint (count_rows (&fhir, "alert", "\"severity\":\"yellow\"", "\"status\":\"new\""), ==, 3);
}

/* Two who work offline: the weight that Kari registers is the base of one that is here already. */
static void
what_others_push_is_judged_together_with_the_rest (HttpTest *test)
{
  g_auto (Fhir) fhir = set_up (test);
  g_autofree char *id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *op_id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *body = NULL;
  g_autoptr (HttpResult) pushed = NULL;

  must_post (&fhir, 201, "29463-7", "82.5", "kg", "2026-03-20T11:00:00+01:00");
  body = g_strdup_printf (
    "{\"epoch\":\"%s\",\"schema\":1,\"changesets\":[{\"op_no\":1,\"op_id\":\"%s\",\"act\":\"record-measurement\","
    "\"created_at\":\"2026-03-20T08:00:00.000Z\",\"by\":{\"user_id\":\"%s\",\"role\":\"resource_person\","
    "\"unit_id\":\"%s\"},\"ops\":[{\"type\":\"measurement\",\"id\":\"%s\",\"scope\":\"c:%s\",\"set\":{"
    "\"citizen_id\":\"%s\",\"code\":\"weight\",\"value\":80.1,\"measured_at\":\"2026-03-20T07:00:00.000Z\","
    "\"received_at\":\"2026-03-20T07:00:00.000Z\",\"source\":\"staff\"}}]}]}",
    test->epoch, op_id, fhir.kari->user_id, test->acts->zone, id, test->citizen_id, test->citizen_id);
  g_assert_cmpuint (count_rows (&fhir, "alert", "\"rule\":\"change\"", ""), ==, 0);
  pushed = http_test_expect (test, 200, "POST", "/v1/sync/push", fhir.kari->access, body);
  g_assert_nonnull (strstr (pushed->body, "\"status\":\"applied\""));
  g_assert_cmpuint (count_rows (&fhir, "alert", "\"rule\":\"change\"", "\"severity\":\"yellow\""), ==, 1);
}

/* A base of a trend that arrives after what it is the base of. */
static void
a_late_reading_raises_the_alert_that_follows_from_it (HttpTest *test)
{
  g_auto (Fhir) fhir = set_up (test);

  must_post (&fhir, 201, "29463-7", "82.5", "kg", "2026-03-20T11:00:00+01:00");
  g_assert_cmpuint (count_rows (&fhir, "alert", "\"rule\":\"change\"", ""), ==, 0);
  must_post (&fhir, 201, "29463-7", "80.1", "kg", "2026-03-20T08:00:00+01:00");
  g_assert_cmpuint (count_rows (&fhir, "alert", "\"rule\":\"change\"", "\"severity\":\"yellow\""), ==, 1);
}

static void
what_the_sender_withdraws_is_invalid_and_its_alert_closed (HttpTest *test)
{
  g_auto (Fhir) fhir = set_up (test);
  g_autofree char *body = observation ("2708-6", "86", "%", "2026-03-20T08:30:00+01:00", "");
  g_auto (GStrv) parts = g_strsplit (body, "\"final\"", 2);
  g_autofree char *error = g_strjoinv ("\"entered-in-error\"", parts);
  g_autoptr (HttpResult) stored = post (&fhir, 201, body);
  g_autoptr (HttpResult) withdrawn = post (&fhir, 200, error);
  g_autoptr (HttpResult) again = post (&fhir, 200, error);

  g_assert_nonnull (strstr (withdrawn->body, "marked as invalid"));
  g_assert_nonnull (strstr (again->body, "duplicate"));
  g_assert_cmpuint (count_rows (&fhir, "alert", "\"severity\":\"red\"", "\"status\":\"closed\""), ==, 1);
  g_assert_cmpuint (count_rows (&fhir, "invalidation", "\"invalid\":true", ""), ==, 1);
}

static char *
bundle (const char *type,
        const char *first,
        const char *second)
{
  return g_strdup_printf ("{\"resourceType\":\"Bundle\",\"type\":\"%s\",\"entry\":[{\"resource\":%s},{\"resource\":%s}]}",
                          type, first, second);
}

static void
a_bundle_has_an_answer_for_each_entry (HttpTest *test)
{
  g_auto (Fhir) fhir = set_up (test);
  g_autofree char *good = observation ("2708-6", "86", "%", "2026-03-20T08:30:00+01:00", "");
  g_autofree char *batch = bundle ("batch", good, "{\"resourceType\":\"Observation\"}");
  g_autofree char *whole = bundle ("transaction", good, "{\"resourceType\":\"Observation\"}");
  g_autoptr (HttpResult) refused =
    http_test_expect (test, 422, "POST", "/fhir", fhir.token, whole);
  g_autoptr (HttpResult) done = NULL;

  g_assert_nonnull (strstr (refused->body, "Entry 2: "));
  g_assert_cmpuint (count_rows (&fhir, "measurement", "\"sender\":\"Heim\"", ""), ==, 0);
  done = http_test_expect (test, 200, "POST", "/fhir", fhir.token, batch);
  g_assert_nonnull (strstr (done->body, "\"type\":\"batch-response\""));
  g_assert_nonnull (strstr (done->body, "\"status\":\"201 Created\""));
  g_assert_nonnull (strstr (done->body, "\"status\":\"422 Unprocessable Entity\""));
  g_assert_cmpuint (count_rows (&fhir, "measurement", "\"sender\":\"Heim\"", ""), ==, 1);
}

/* More records follow from it than anybody may send at once: two from each panel. */
static void
a_transaction_of_many_blood_pressures_is_taken (HttpTest *test)
{
  g_auto (Fhir) fhir = set_up (test);
  g_autoptr (GString) body = g_string_new ("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[");
  g_autoptr (HttpResult) done = NULL;

  for (unsigned int i = 0; i < 300; i++)
    g_string_append_printf (
      body, "%s{\"resource\":{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":"
      "\"http://loinc.org\",\"code\":\"85354-9\"}]},\"subject\":{\"reference\":\"Patient/%s\"},\"effectiveDateTime\":"
      "\"2026-03-20T%02u:%02u:00+01:00\",\"component\":[{\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":"
      "\"8480-6\"}]},\"valueQuantity\":{\"value\":141,\"code\":\"mm[Hg]\"}},{\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":"
      "\"8462-4\"}]},\"valueQuantity\":{\"value\":88,\"code\":\"mm[Hg]\"}}]}}",
      i > 0 ? "," : "", test->citizen_id, 10 + i / 60, i % 60);
  g_string_append (body, "]}");
  done = http_test_expect (test, 200, "POST", "/fhir", fhir.token, body->str);
  g_assert_nonnull (strstr (done->body, "201 Created"));
  g_assert_null (strstr (done->body, "202 Accepted"));
  g_assert_cmpuint (count_rows (&fhir, "measurement", "\"code\":\"diastolic\"", ""), ==, 300);
}

/* As Norwegian platforms send: a collection, with the Patient beside the readings. */
static void
a_collection_says_whose_it_is_by_the_patient_in_it (HttpTest *test)
{
  static const char body[] =
    "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"fullUrl\":\"urn:uuid:p\",\"resource\":{"
    "\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:oid:2.16.578.1.12.4.1.4.1\",\"value\":\"128354 30098\"}]"
    "}},{\"resource\":{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":"
    "\"http://loinc.org\",\"code\":\"2708-6\"}]},\"subject\":{\"reference\":\"urn:uuid:p\"},\"effectiveDateTime\":"
    "\"2026-03-20T08:30:00+01:00\",\"valueQuantity\":{\"value\":86,\"unit\":\"%\"}}}]}";
  g_auto (Fhir) fhir = set_up (test);
  g_autoptr (HttpResult) done = http_test_expect (test, 200, "POST", "/fhir", fhir.token, body);

  g_assert_nonnull (strstr (done->body, "201 Created"));
  g_assert_cmpuint (count_rows (&fhir, "alert", "\"severity\":\"red\"", ""), ==, 1);
}

/* The Observation under the sender's own identifier, with a status. */
static char *
identified (const char *value,
            const char *at,
            const char *status,
            const char *identifier)
{
  g_autofree char *more = g_strdup_printf (",\"identifier\":[{\"system\":\"urn:heim\",\"value\":\"%s\"}]", identifier);
  g_autofree char *body = observation ("2708-6", value, "%", at, more);
  g_auto (GStrv) parts = g_strsplit (body, "\"final\"", 2);
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", status);

  return g_strjoinv (quoted, parts);
}

static void
must_identify (Fhir       *self,
               int         status,
               const char *value,
               const char *at,
               const char *state,
               const char *identifier)
{
  g_autofree char *body = identified (value, at, state, identifier);
  g_autoptr (HttpResult) result = post (self, status, body);
}

#define MORNING "2026-03-20T08:30:00+01:00"

static void
the_same_identifier_with_another_value_is_a_correction (HttpTest *test)
{
  g_auto (Fhir) fhir = set_up (test);

  must_identify (&fhir, 201, "86", MORNING, "final", "a-1");
  must_identify (&fhir, 201, "96", MORNING, "final", "a-1");
  must_identify (&fhir, 200, "96", MORNING, "final", "a-1");
  g_assert_cmpuint (count_rows (&fhir, "measurement", "\"sender\":\"Heim\"", ""), ==, 2);
  g_assert_cmpuint (count_rows (&fhir, "invalidation", "\"invalid\":true", "has corrected it"), ==, 1);
  g_assert_cmpuint (count_rows (&fhir, "alert", "\"severity\":\"red\"", "\"status\":\"closed\""), ==, 1);
  g_assert_cmpuint (count_rows (&fhir, "alert", "\"status\":\"new\"", ""), ==, 0);

  /* And back. */
  must_identify (&fhir, 201, "86", MORNING, "corrected", "a-1");
  must_identify (&fhir, 200, "86", MORNING, "corrected", "a-1");
  g_assert_cmpuint (count_rows (&fhir, "invalidation", "\"invalid\":true", ""), ==, 2);
  g_assert_cmpuint (count_rows (&fhir, "invalidation", "\"invalid\":false", ""), ==, 1);
}

static void
a_correction_without_an_identifier_is_of_the_same_time (HttpTest *test)
{
  g_auto (Fhir) fhir = set_up (test);
  g_autofree char *right = observation ("2708-6", "96", "%", MORNING, "");
  g_auto (GStrv) parts = g_strsplit (right, "\"final\"", 2);
  g_autofree char *amended = g_strjoinv ("\"amended\"", parts);
  g_autoptr (HttpResult) result = NULL;

  must_post (&fhir, 201, "2708-6", "86", "%", MORNING);
  must_post (&fhir, 201, "8867-4", "70", "/min", MORNING);
  result = post (&fhir, 201, amended);
  g_assert_nonnull (strstr (result->body, "the one that it corrects is marked as invalid"));
  g_assert_cmpuint (count_rows (&fhir, "invalidation", "\"invalid\":true", ""), ==, 1);
  g_assert_cmpuint (count_rows (&fhir, "alert", "\"severity\":\"red\"", "\"status\":\"closed\""), ==, 1);
}

static void
a_correction_may_move_a_reading_in_time (HttpTest *test)
{
  g_auto (Fhir) fhir = set_up (test);

  must_identify (&fhir, 201, "86", MORNING, "final", "a-1");
  must_identify (&fhir, 201, "86", "2026-03-20T09:30:00+01:00", "amended", "a-1");
  g_assert_cmpuint (count_rows (&fhir, "invalidation", "\"invalid\":true", ""), ==, 1);
  g_assert_cmpuint (count_rows (&fhir, "alert", "\"severity\":\"red\"", "\"status\":\"new\""), ==, 1);
}

/* Some write the device's number there: then it says nothing of a reading. */
static void
an_identifier_of_several_readings_corrects_none (HttpTest *test)
{
  g_auto (Fhir) fhir = set_up (test);

  must_identify (&fhir, 201, "86", MORNING, "final", "OX-77");
  must_identify (&fhir, 201, "87", "2026-03-20T09:30:00+01:00", "final", "OX-77");
  must_identify (&fhir, 201, "85", "2026-03-20T10:30:00+01:00", "amended", "OX-77");
  g_assert_cmpuint (count_rows (&fhir, "measurement", "\"sender\":\"Heim\"", ""), ==, 3);
  g_assert_cmpuint (count_rows (&fhir, "invalidation", "\"invalid\"", ""), ==, 0);
}

static void
an_identifier_is_its_senders_own (HttpTest *test)
{
  g_auto (Fhir) fhir = set_up (test);
  g_autofree char *other = add_system (test, "skien", "Annen", test->acts->zone);
  g_autofree char *body = identified ("96", MORNING, "corrected", "a-1");

  must_identify (&fhir, 201, "86", MORNING, "final", "a-1");
  http_test_must (test, 201, NULL, "POST", "/fhir/Observation", other, body);
  g_assert_cmpuint (count_rows (&fhir, "invalidation", "\"invalid\"", ""), ==, 0);
}

static void
what_is_withdrawn_by_identifier_needs_no_value (HttpTest *test)
{
  g_auto (Fhir) fhir = set_up (test);
  g_autofree char *body = identified ("86", MORNING, "entered-in-error", "a-1");
  g_auto (GStrv) parts = g_strsplit (body, "\"valueQuantity\":{\"value\":86,\"code\":\"%\"},", 2);
  g_autofree char *bare = g_strjoinv ("", parts);
  g_autoptr (HttpResult) result = NULL;

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  must_identify (&fhir, 201, "86", MORNING, "final", "a-1");
  result = post (&fhir, 200, bare);
  g_assert_nonnull (strstr (result->body, "marked as invalid"));
  g_assert_cmpuint (count_rows (&fhir, "alert", "\"severity\":\"red\"", "\"status\":\"closed\""), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  http_test_add ("/fhir/a-red-reaches-who-follows-the-citizen", a_red_reaches_who_follows_the_citizen, NULL);
  http_test_add ("/fhir/the-same-twice-is-one", the_same_twice_is_one, NULL);
  http_test_add ("/fhir/units-panels-and-missing-values-are-understood",
                 units_panels_and_missing_values_are_understood, NULL);
  http_test_add ("/fhir/what-cannot-be-used-is-kept-for-somebody-to-look-at",
                 what_cannot_be_used_is_kept_for_somebody_to_look_at, NULL);
  http_test_add ("/fhir/what-is-no-observation-is-refused-in-words", what_is_no_observation_is_refused_in_words, NULL);
  http_test_add ("/fhir/only-a-system-sends-and-only-to-its-municipality",
                 only_a_system_sends_and_only_to_its_municipality, NULL);
  http_test_add ("/fhir/the-order-of-arrival-changes-nothing", the_order_of_arrival_changes_nothing, NULL);
  http_test_add ("/fhir/what-others-push-is-judged-together-with-the-rest",
                 what_others_push_is_judged_together_with_the_rest, NULL);
  http_test_add ("/fhir/a-late-reading-raises-the-alert-that-follows-from-it",
                 a_late_reading_raises_the_alert_that_follows_from_it, NULL);
  http_test_add ("/fhir/what-the-sender-withdraws-is-invalid-and-its-alert-closed",
                 what_the_sender_withdraws_is_invalid_and_its_alert_closed, NULL);
  http_test_add ("/fhir/a-bundle-has-an-answer-for-each-entry", a_bundle_has_an_answer_for_each_entry, NULL);
  http_test_add ("/fhir/a-transaction-of-many-blood-pressures-is-taken", a_transaction_of_many_blood_pressures_is_taken,
                 NULL);
  http_test_add ("/fhir/a-collection-says-whose-it-is-by-the-patient-in-it",
                 a_collection_says_whose_it_is_by_the_patient_in_it, NULL);

  http_test_add ("/fhir/the-same-identifier-with-another-value-is-a-correction",
                 the_same_identifier_with_another_value_is_a_correction, NULL);
  http_test_add ("/fhir/a-correction-without-an-identifier-is-of-the-same-time",
                 a_correction_without_an_identifier_is_of_the_same_time, NULL);
  http_test_add ("/fhir/a-correction-may-move-a-reading-in-time", a_correction_may_move_a_reading_in_time, NULL);
  http_test_add ("/fhir/an-identifier-of-several-readings-corrects-none",
                 an_identifier_of_several_readings_corrects_none, NULL);
  http_test_add ("/fhir/an-identifier-is-its-senders-own", an_identifier_is_its_senders_own, NULL);
  http_test_add ("/fhir/what-is-withdrawn-by-identifier-needs-no-value",
                 what_is_withdrawn_by_identifier_needs_no_value, NULL);

  return g_test_run ();
}
