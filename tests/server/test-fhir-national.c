/* SPDX-License-Identifier: EUPL-1.2 */

/* What leaves is what the Norwegian base profiles say. */

#include "fhir-test-util.h"

#include <libdex.h>

#include "forlop-json.h"

/* One of the systems of no-basis-Patient; another has an assigner. */
static void
check_identifiers (yyjson_val *patient)
{
  static const char *const national[] = {
    "urn:oid:2.16.578.1.12.4.1.4.1", "urn:oid:2.16.578.1.12.4.1.4.2", "urn:oid:2.16.578.1.12.4.1.4.3", NULL,
  };
  yyjson_val *identifier;
  size_t i, n;

  yyjson_arr_foreach (yyjson_obj_get (patient, "identifier"), i, n, identifier)
    {
      const char *system = yyjson_get_str (yyjson_obj_get (identifier, "system"));

      g_assert_nonnull (yyjson_get_str (yyjson_obj_get (identifier, "value")));
      if (system == NULL)
        g_assert_nonnull (yyjson_ptr_get (identifier, "/assigner/display"));
      else
        g_assert_true (g_strv_contains (national, system));
    }
}

static void
check_patient (yyjson_val *patient)
{
  g_assert_cmpstr (yyjson_get_str (yyjson_ptr_get (patient, "/meta/profile/0")), ==,
                   "http://hl7.no/fhir/StructureDefinition/no-basis-Patient");
  check_identifiers (patient);
  g_assert_true (yyjson_is_str (yyjson_ptr_get (patient, "/name/0/family")));
  g_assert_true (yyjson_is_str (yyjson_ptr_get (patient, "/name/0/given/0")));
  g_assert_cmpuint (yyjson_arr_size (yyjson_ptr_get (patient, "/name")), ==, 1);
  if (yyjson_obj_get (patient, "address") != NULL)
    {
      g_assert_cmpstr (yyjson_get_str (yyjson_ptr_get (patient, "/address/0/use")), ==, "home");
      g_assert_cmpstr (yyjson_get_str (yyjson_ptr_get (patient, "/address/0/country")), ==, "NO");
    }
}

/* At most one code of LOINC and one of SNOMED CT, and each code with its system. */
static void
check_codings (yyjson_val *concept)
{
  unsigned int n_loinc = 0, n_snomed = 0;
  yyjson_val *coding;
  size_t i, n;

  yyjson_arr_foreach (yyjson_obj_get (concept, "coding"), i, n, coding)
    {
      const char *system = yyjson_get_str (yyjson_obj_get (coding, "system"));

      g_assert_nonnull (system);
      g_assert_nonnull (yyjson_get_str (yyjson_obj_get (coding, "code")));
      n_loinc += g_str_equal (system, "http://loinc.org");
      n_snomed += g_str_equal (system, "http://snomed.info/sct");
    }
  g_assert_cmpuint (n_loinc, ==, 1);
  g_assert_cmpuint (n_snomed, <=, 1);
}

static void
check_value (yyjson_val *holder)
{
  yyjson_val *quantity = yyjson_obj_get (holder, "valueQuantity");

  check_codings (yyjson_obj_get (holder, "code"));
  g_assert_true ((quantity != NULL) != (yyjson_obj_get (holder, "dataAbsentReason") != NULL));
  if (quantity == NULL)
    return;
  g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (quantity, "system")), ==, "http://unitsofmeasure.org");
  g_assert_nonnull (yyjson_get_str (yyjson_obj_get (quantity, "code")));
  g_assert_nonnull (yyjson_get_str (yyjson_obj_get (quantity, "unit")));
}

/* A panel has its values in the components alone. */
static void
check_observation (yyjson_val *observation)
{
  yyjson_val *components = yyjson_obj_get (observation, "component");
  yyjson_val *component;
  size_t i, n;

  g_assert_nonnull (yyjson_get_str (yyjson_ptr_get (observation, "/subject/reference")));
  g_assert_true (g_str_has_suffix (yyjson_get_str (yyjson_obj_get (observation, "effectiveDateTime")), "Z"));
  if (components == NULL)
    check_value (observation);
  else
    check_codings (yyjson_obj_get (observation, "code"));
  g_assert_true (components == NULL || yyjson_obj_get (observation, "valueQuantity") == NULL);
  yyjson_arr_foreach (components, i, n, component)
    check_value (component);
}

static void
check_plan (yyjson_val *plan)
{
  yyjson_val *each;
  size_t i, n;

  g_assert_cmpstr (yyjson_get_str (yyjson_ptr_get (plan, "/category/0/text")), ==, "Egenbehandlingsplan");
  yyjson_arr_foreach (yyjson_obj_get (plan, "contained"), i, n, each)
    check_codings (yyjson_ptr_get (each, "/target/0/measure"));
  yyjson_arr_foreach (yyjson_obj_get (plan, "activity"), i, n, each)
    check_codings (yyjson_ptr_get (each, "/detail/code"));
}

/* docs/fhir.md lists them. */
static void
what_leaves_holds_the_national_constraints (HttpTest *test)
{
  static const struct { const char *path; unsigned int n; void (*check) (yyjson_val *resource); } types[] = {
    { "/fhir/Patient", 1, check_patient }, { "/fhir/Observation", 9, check_observation },
    { "/fhir/CarePlan", 1, check_plan },
  };
  g_auto (FhirTest) fhir = fhir_test_set_up (test);

  fhir_test_post_every_measure (&fhir);
  for (unsigned int i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (yyjson_doc) doc = fhir_test_get (&fhir, 200, types[i].path);
      yyjson_val *entry;
      size_t j, n;

      g_assert_cmpuint (fhir_test_count_entries (doc), ==, types[i].n);
      yyjson_arr_foreach (yyjson_obj_get (yyjson_doc_get_root (doc), "entry"), j, n, entry)
        types[i].check (yyjson_obj_get (entry, "resource"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  http_test_add ("/fhir-reading/what-leaves-holds-the-national-constraints", what_leaves_holds_the_national_constraints,
                 NULL);

  return g_test_run ();
}
