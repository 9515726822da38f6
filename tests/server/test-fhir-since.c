/* SPDX-License-Identifier: EUPL-1.2 */

/* What a system is told when it asks for what is new, of what does not lie with the person: equipment and tasks. */

#include "fhir-test-util.h"

#include <libdex.h>

#include "forlop-json.h"

/* A minute later: the address that asks for what is new from now on, of which there is nothing yet. */
static char *
dup_since (FhirTest   *fhir,
           const char *type)
{
  ForlopClock *clock = fhir->test->acts->clock;
  g_autofree char *now = NULL;

  forlop_clock_set (clock, forlop_clock_now (clock) + FORLOP_MINUTE);
  now = forlop_instant_to_iso (forlop_clock_now (clock));

  return g_strdup_printf ("/fhir/%s?_since=%s", type, now);
}

static void
assert_new (FhirTest     *fhir,
            const char   *path,
            unsigned int  expected)
{
  g_autoptr (yyjson_doc) doc = fhir_test_get (fhir, 200, path);

  g_assert_cmpuint (fhir_test_count_entries (doc), ==, expected);
}

/* By the coordinator, and sent. */
#define GEIR_DOES(act, ...) \
  G_STMT_START { \
    machine_catch_up (fhir.geir); \
    g_free (machine_do (fhir.geir, test->acts->coordinator, act, __VA_ARGS__)); \
    machine_catch_up (fhir.geir); \
  } G_STMT_END

#define KARI_DOES(act, ...) \
  G_STMT_START { \
    machine_catch_up (fhir.kari); \
    g_free (machine_do (fhir.kari, test->acts->nurse, act, __VA_ARGS__)); \
    machine_catch_up (fhir.kari); \
  } G_STMT_END

static void
what_changes_of_a_device_is_new (HttpTest *test)
{
  g_auto (FhirTest) fhir = fhir_test_set_up (test);
  g_autoptr (yyjson_doc) all = fhir_test_get (&fhir, 200, "/fhir/Device");
  g_autofree char *first = dup_since (&fhir, "Device");
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  g_assert_cmpuint (fhir_test_count_entries (all), ==, 1);
  assert_new (&fhir, first, 0);
  KARI_DOES ("log-contact", "{\"case_id\":\"%s\",\"way\":\"phone\",\"text\":\"Ringte\"}", test->case_id);
  assert_new (&fhir, first, 0);
  GEIR_DOES ("change-item", "{\"item_id\":\"%s\",\"lot\":\"L-9\"}", fhir.item);
  assert_new (&fhir, first, 1);

  second = dup_since (&fhir, "Device");
  assert_new (&fhir, second, 0);
  KARI_DOES ("return-item", "{\"loan_id\":\"%s\",\"parts_complete\":true,\"cleaned\":false,\"factory_reset\":true,\"unpaired\":true}", fhir.loan);
  assert_new (&fhir, second, 0);

  third = dup_since (&fhir, "Device");
  GEIR_DOES ("save-product", "{\"name\":\"Vekt\",\"kind\":\"scale\"}");
  assert_new (&fhir, third, 0);
}

/* What the product is called is told of each device of it. */
static void
what_changes_of_the_product_is_new_of_its_devices (HttpTest *test)
{
  g_auto (FhirTest) fhir = fhir_test_set_up (test);
  g_autofree char *since = dup_since (&fhir, "Device");

  assert_new (&fhir, since, 0);
  GEIR_DOES ("save-product", "{\"id\":\"%s\",\"name\":\"Oksymeter 2\"}", fhir.product);
  assert_new (&fhir, since, 1);
}

static void
what_changes_of_a_task_is_new (HttpTest *test)
{
  g_auto (FhirTest) fhir = fhir_test_set_up (test);
  g_autoptr (yyjson_doc) all = fhir_test_get (&fhir, 200, "/fhir/Task");
  g_autofree char *since = dup_since (&fhir, "Task");

  g_assert_cmpuint (fhir_test_count_entries (all), ==, 1);
  assert_new (&fhir, since, 0);
  KARI_DOES ("add-task", "{\"title\":\"Ring lageret\",\"role\":\"resource_person\",\"unit_id\":\"%s\"}", test->acts->zone);
  assert_new (&fhir, since, 0);
  KARI_DOES ("finish-task", "{\"task_id\":\"%s\"}", fhir_test_text (all, "/entry/0/resource/id"));
  assert_new (&fhir, since, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  http_test_add ("/fhir-since/what-changes-of-a-device-is-new", what_changes_of_a_device_is_new, NULL);
  http_test_add ("/fhir-since/what-changes-of-the-product-is-new-of-its-devices",
                 what_changes_of_the_product_is_new_of_its_devices, NULL);
  http_test_add ("/fhir-since/what-changes-of-a-task-is-new", what_changes_of_a_task_is_new, NULL);

  return g_test_run ();
}
