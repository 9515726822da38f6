/* SPDX-License-Identifier: EUPL-1.2 */

#include <libdex.h>
#include <string.h>

#include "fhir-test-util.h"
#include "forlop-json.h"

#define MORNING "2026-03-20T09:00:00+01:00"
#define EVENING "2026-03-20T12:00:00+01:00"

#define PRESSURES "/fhir/Observation?code=85354-9"

static void
post_body (FhirTest   *self,
           int         status,
           const char *body,
           GString    *location)
{
  g_autoptr (HttpResult) result = http_test_expect (self->test, status, "POST", "/fhir/Observation", self->token, body);
  const char *at = strstr (result->head, "location: /fhir/observation/");

  g_assert_nonnull (at);
  at += strlen ("location: /fhir/observation/");
  g_string_printf (location, "/fhir/Observation/%.*s", (int) strcspn (at, "\r\n"), at);
}

/* Of both together, under the sender's own @identifier. */
static void
post_panel (FhirTest   *self,
            int         status,
            const char *identifier,
            const char *state,
            int         systolic,
            int         diastolic,
            GString    *location)
{
  g_autofree char *body = g_strdup_printf (
    "{\"resourceType\":\"Observation\",\"identifier\":[{\"value\":\"%s\"}],\"status\":\"%s\",\"code\":{\"coding\":[{"
    "\"system\":\"http://loinc.org\",\"code\":\"85354-9\"}]},\"subject\":{\"reference\":\"Patient/%s\"},"
    "\"effectiveDateTime\":\"" MORNING "\",\"component\":[{\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":"
    "\"8480-6\"}]},\"valueQuantity\":{\"value\":%d,\"code\":\"mm[Hg]\"}},{\"code\":{\"coding\":[{\"system\":"
    "\"http://loinc.org\",\"code\":\"8462-4\"}]},\"valueQuantity\":{\"value\":%d,\"code\":\"mm[Hg]\"}}]}",
    identifier, state, self->test->citizen_id, systolic, diastolic);

  post_body (self, status, body, location);
}

/* 0: absent as @reason says. */
static void
assert_side (yyjson_val   *observation,
             unsigned int  i,
             const char   *code,
             double        value,
             const char   *reason)
{
  yyjson_val *component = yyjson_arr_get (yyjson_obj_get (observation, "component"), i);
  yyjson_val *number = yyjson_ptr_get (component, "/valueQuantity/value");

  g_assert_cmpstr (yyjson_get_str (yyjson_ptr_get (component, "/code/coding/0/code")), ==, code);
  g_assert_cmpstr (yyjson_get_str (yyjson_ptr_get (component, "/dataAbsentReason/coding/0/code")), ==, reason);
  g_assert_true ((number == NULL) == (reason != NULL));
  if (number != NULL)
    g_assert_cmpfloat_with_epsilon (yyjson_get_num (number), value, 1e-9);
}

static void
assert_pressure (yyjson_val *observation,
                 const char *status,
                 double      systolic,
                 const char *no_systolic,
                 double      diastolic,
                 const char *no_diastolic)
{
  g_assert_cmpstr (yyjson_get_str (yyjson_ptr_get (observation, "/code/coding/0/code")), ==, "85354-9");
  g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (observation, "status")), ==, status);
  g_assert_null (yyjson_obj_get (observation, "valueQuantity"));
  g_assert_null (yyjson_obj_get (observation, "dataAbsentReason"));
  g_assert_cmpuint (yyjson_arr_size (yyjson_obj_get (observation, "component")), ==, 2);
  assert_side (observation, 0, "8480-6", systolic, no_systolic);
  assert_side (observation, 1, "8462-4", diastolic, no_diastolic);
}

static yyjson_val *
resource (yyjson_doc   *doc,
          unsigned int  i)
{
  g_autofree char *pointer = g_strdup_printf ("/entry/%u/resource", i);

  return yyjson_ptr_get (yyjson_doc_get_root (doc), pointer);
}

/* Under the id of what came first, and told again when the other comes. */
static void
what_is_sent_apart_leaves_as_one (HttpTest *test)
{
  g_auto (FhirTest) fhir = fhir_test_set_up (test);
  g_autoptr (yyjson_doc) first = NULL;
  g_autoptr (yyjson_doc) both = NULL;
  g_autoptr (yyjson_doc) all = NULL;
  g_autofree char *since = NULL;

  fhir_test_post (&fhir, 201, "8462-4", "88", "mm[Hg]", MORNING, "final");
  first = fhir_test_get (&fhir, 200, PRESSURES);
  g_assert_cmpuint (fhir_test_count_entries (first), ==, 1);
  assert_pressure (resource (first, 0), "final", 0, "unknown", 88, NULL);

  forlop_clock_set (test->acts->clock, forlop_clock_now (test->acts->clock) + FORLOP_MINUTE);
  since = g_strconcat (PRESSURES "&_since=", fhir_test_text (first, "/meta/lastUpdated"), NULL);
  fhir_test_post (&fhir, 201, "8480-6", "141", "mm[Hg]", MORNING, "final");
  both = fhir_test_get (&fhir, 200, since);
  g_assert_cmpuint (fhir_test_count_entries (both), ==, 1);
  assert_pressure (resource (both, 0), "final", 141, NULL, 88, NULL);
  g_assert_cmpstr (fhir_test_text (both, "/entry/0/resource/id"), ==, fhir_test_text (first, "/entry/0/resource/id"));
  g_assert_cmpstr (fhir_test_text (both, "/entry/0/resource/meta/versionId"), !=,
                   fhir_test_text (first, "/entry/0/resource/meta/versionId"));

  fhir_test_post (&fhir, 201, "8480-6", "150", "mm[Hg]", EVENING, "final");
  fhir_test_post (&fhir, 201, "8480-6", "152", "mm[Hg]", EVENING, "final");
  fhir_test_post (&fhir, 201, "8462-4", "90", "mm[Hg]", EVENING, "final");
  all = fhir_test_get (&fhir, 200, "/fhir/Observation?code=8462-4");
  g_assert_cmpuint (fhir_test_count_entries (all), ==, 3);
  assert_pressure (resource (all, 0), "final", 141, NULL, 88, NULL);
  assert_pressure (resource (all, 1), "final", 152, NULL, 0, "unknown");
  assert_pressure (resource (all, 2), "final", 150, NULL, 90, NULL);
}

static void
a_value_that_is_invalid_is_absent_as_an_error (HttpTest *test)
{
  g_auto (FhirTest) fhir = fhir_test_set_up (test);
  g_autoptr (yyjson_doc) one = NULL;
  g_autoptr (yyjson_doc) none = NULL;
  g_autoptr (GString) location = g_string_new (NULL);

  post_panel (&fhir, 201, "p1", "final", 141, 88, location);
  fhir_test_post (&fhir, 200, "8480-6", "141", "mm[Hg]", MORNING, "entered-in-error");
  one = fhir_test_get (&fhir, 200, PRESSURES);
  g_assert_cmpuint (fhir_test_count_entries (one), ==, 1);
  assert_pressure (resource (one, 0), "final", 0, "error", 88, NULL);
  fhir_test_post (&fhir, 200, "8462-4", "88", "mm[Hg]", MORNING, "entered-in-error");
  none = fhir_test_get (&fhir, 200, PRESSURES "&status=entered-in-error");
  g_assert_cmpuint (fhir_test_count_entries (none), ==, 1);
  assert_pressure (resource (none, 0), "entered-in-error", 141, NULL, 88, NULL);
}

/* Read under the id of each reading that has been part of it. */
static void
a_corrected_one_stays_one (HttpTest *test)
{
  g_auto (FhirTest) fhir = fhir_test_set_up (test);
  g_autoptr (GString) first = g_string_new (NULL);
  g_autoptr (GString) second = g_string_new (NULL);
  g_autoptr (yyjson_doc) listed = NULL;
  g_autoptr (yyjson_doc) by_first = NULL;
  g_autoptr (yyjson_doc) by_second = NULL;

  post_panel (&fhir, 201, "p1", "final", 114, 88, first);
  post_panel (&fhir, 201, "p1", "corrected", 141, 88, second);
  g_assert_cmpstr (first->str, !=, second->str);
  listed = fhir_test_get (&fhir, 200, PRESSURES);
  g_assert_cmpuint (fhir_test_count_entries (listed), ==, 1);
  assert_pressure (resource (listed, 0), "final", 141, NULL, 88, NULL);
  by_first = fhir_test_get (&fhir, 200, first->str);
  by_second = fhir_test_get (&fhir, 200, second->str);
  g_assert_true (yyjson_equals (yyjson_doc_get_root (by_first), resource (listed, 0)));
  g_assert_true (yyjson_equals (yyjson_doc_get_root (by_second), resource (listed, 0)));
}

/* What left comes in again as what it was: nothing is made of it, not even of what is absent. */
static void
what_left_may_come_back (HttpTest *test)
{
  g_auto (FhirTest) fhir = fhir_test_set_up (test);
  g_autoptr (GString) location = g_string_new (NULL);
  g_autoptr (yyjson_doc) before = NULL;
  g_autoptr (yyjson_doc) after = NULL;

  post_panel (&fhir, 201, "p1", "final", 141, 88, location);
  fhir_test_post (&fhir, 201, "8462-4", "90", "mm[Hg]", EVENING, "final");
  before = fhir_test_get (&fhir, 200, "/fhir/Observation");
  for (unsigned int i = 0; i < fhir_test_count_entries (before); i++)
    {
      char *body = yyjson_val_write (resource (before, i), 0, NULL);

      post_body (&fhir, 200, body, location);
      free (body);
    }
  after = fhir_test_get (&fhir, 200, "/fhir/Observation");
  g_assert_true (yyjson_equals (yyjson_obj_get (yyjson_doc_get_root (before), "entry"),
                                yyjson_obj_get (yyjson_doc_get_root (after), "entry")));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  http_test_add ("/fhir-pressure/what-is-sent-apart-leaves-as-one", what_is_sent_apart_leaves_as_one, NULL);
  http_test_add ("/fhir-pressure/a-value-that-is-invalid-is-absent-as-an-error",
                 a_value_that_is_invalid_is_absent_as_an_error, NULL);
  http_test_add ("/fhir-pressure/a-corrected-one-stays-one", a_corrected_one_stays_one, NULL);
  http_test_add ("/fhir-pressure/what-left-may-come-back", what_left_may_come_back, NULL);

  return g_test_run ();
}
