/* SPDX-License-Identifier: EUPL-1.2 */

/* Everything that leaves in the form of FHIR R4, looked at by validators that know nothing of Forløp. */

#include "fhir-test-util.h"

#include <libdex.h>
#include <string.h>

/* A line for each line of @resources; empty for a valid one. */
static char **
validate (const char *resources)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "node", FHIR_VALIDATOR,
                      NULL);
  g_autofree char *output = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, resources, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));

  return g_strsplit (output, "\n", -1);
}

static void
add_line (GString    *lines,
          HttpResult *result)
{
  g_assert_null (strchr (result->body, '\n'));
  g_string_append_printf (lines, "%s\n", result->body);
  http_result_free (result);
}

/* What is read, what is answered to what is sent, and every kind of refusal. */
static char *
collect (FhirTest *self)
{
  static const struct { int status; const char *path; } asked[] = {
    { 200, "/fhir/metadata" }, { 200, "/fhir/Patient" }, { 200, "/fhir/Observation" },
    { 200, "/fhir/Observation?_count=2" }, { 200, "/fhir/Observation?_count=1000" },
    { 200, "/fhir/Observation?status=entered-in-error" }, { 200, "/fhir/CarePlan" }, { 200, "/fhir/Device" },
    { 200, "/fhir/Task" }, { 200, "/fhir/Observation?code=1234-5" }, { 404, "/fhir/Medication" },
    { 404, "/fhir/Patient/1" }, { 400, "/fhir/Patient?x=1" },
  };
  g_autoptr (GString) lines = g_string_new (NULL);

  for (unsigned int i = 0; i < G_N_ELEMENTS (asked); i++)
    add_line (lines, http_test_expect (self->test, asked[i].status, "GET", asked[i].path, self->token, NULL));
  add_line (lines, http_test_expect (self->test, 200, "POST", "/fhir", self->token,
                                     "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{\"resource\":{"
                                     "\"resourceType\":\"Observation\"}},{\"resource\":{\"resourceType\":\"Patient\"}}]}"));
  add_line (lines, http_test_expect (self->test, 422, "POST", "/fhir/Observation", self->token, "{}"));
  add_line (lines, http_test_expect (self->test, 401, "GET", "/fhir/Task", NULL, NULL));

  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static void
everything_that_leaves_is_valid (HttpTest *test)
{
  g_auto (FhirTest) fhir = fhir_test_set_up (test);
  g_autofree char *resources = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) wrong = NULL;

  fhir_test_post_every_measure (&fhir);
  fhir_test_post (&fhir, 201, "8480-6", "150", "mm[Hg]", "2026-03-20T10:00:00+01:00", "final");
  fhir_test_post (&fhir, 200, "8462-4", "88", "mm[Hg]", "2026-03-20T09:00:00+01:00", "entered-in-error");
  fhir_test_post (&fhir, 200, "2708-6", "86", "%", "2026-03-20T09:00:00+01:00", "entered-in-error");
  resources = collect (&fhir);
  lines = g_strsplit (resources, "\n", -1);
  wrong = validate (resources);
  g_assert_cmpuint (g_strv_length (wrong), ==, g_strv_length (lines));
  for (unsigned int i = 0; lines[i] != NULL; i++)
    if (*wrong[i] != '\0')
      g_error ("%s in %s", wrong[i], lines[i]);
}

/* A validator that takes anything proves nothing. */
static void
a_planted_mistake_is_found (HttpTest *test)
{
  static const struct { const char *path; const char *right; const char *wrong; } planted[] = {
    { "/fhir/Patient", "\"gender\":\"unknown\"", "\"gender\":\"ukjent\"" },
    { "/fhir/Patient", "\"birthDate\"", "\"bornOn\"" },
    { "/fhir/Patient", "\"link\":[{\"relation\"", "\"link\":[{\"relations\"" },
    { "/fhir/Observation", "\"status\":\"final\"", "\"status\":\"done\"" },
    { "/fhir/Observation", "\"value\":93.0", "\"value\":\"93\"" },
    { "/fhir/Observation?code=8480-6", "\"component\":[{\"code\"", "\"component\":[{\"codes\"" },
    { "/fhir/CarePlan", "\"intent\":\"plan\"", "\"intent\":\"wish\"" },
    { "/fhir/CarePlan", "\"lifecycleStatus\":\"active\",", "" },
    { "/fhir/CarePlan", "\"08:00:00\"", "\"8.00\"" },
    { "/fhir/Device", "\"type\":\"user-friendly-name\"", "\"type\":\"short\"" },
    { "/fhir/Task", "\"status\":\"requested\"", "\"status\":\"open\"" },
    { "/fhir/metadata", "\"kind\":\"instance\"", "\"kind\":\"server\"" },
    { "/fhir/Patient/1", "\"code\":\"not-found\"", "\"code\":\"gone\"" },
  };
  g_auto (FhirTest) fhir = fhir_test_set_up (test);
  g_autoptr (GString) lines = g_string_new (NULL);
  g_auto (GStrv) wrong = NULL;

  fhir_test_post (&fhir, 201, "8480-6", "150", "mm[Hg]", "2026-03-20T10:00:00+01:00", "final");

  for (unsigned int i = 0; i < G_N_ELEMENTS (planted); i++)
    {
      g_autoptr (HttpResult) result = http_test_ask (test, "GET", planted[i].path, fhir.token, NULL);
      g_auto (GStrv) parts = g_strsplit (result->body, planted[i].right, 2);
      g_autofree char *line = g_strjoinv (planted[i].wrong, parts);

      if (g_strv_length (parts) != 2)
        g_error ("%s is not in %s", planted[i].right, result->body);
      g_string_append_printf (lines, "%s\n", line);
    }
  wrong = validate (lines->str);
  for (unsigned int i = 0; i < G_N_ELEMENTS (planted); i++)
    if (*wrong[i] == '\0')
      g_error ("%s was not found", planted[i].wrong);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  http_test_add ("/fhir-valid/everything-that-leaves-is-valid", everything_that_leaves_is_valid, NULL);
  http_test_add ("/fhir-valid/a-planted-mistake-is-found", a_planted_mistake_is_found, NULL);

  return g_test_run ();
}
