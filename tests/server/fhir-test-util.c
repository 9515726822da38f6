/* SPDX-License-Identifier: EUPL-1.2 */

#include "fhir-test-util.h"

#include <string.h>

#include "forlop-accounts.h"
#include "forlop-json.h"

void
fhir_test_clear (FhirTest *self)
{
  g_free (self->token);
  machine_free (self->kari);
  machine_free (self->geir);
  g_free (self->arne);
  g_free (self->product);
  g_free (self->item);
  g_free (self->loan);
}

char *
fhir_test_add_system (HttpTest   *test,
                      const char *name,
                      const char *unit,
                      gboolean    reads)
{
  g_autoptr (GError) error = NULL;
  char *token = forlop_accounts_add_system (forlop_tenants_find (test->tenants, "skien"), name, unit, reads, &error);

  g_assert_no_error (error);

  return token;
}

void
fhir_test_post (FhirTest   *self,
                int         status,
                const char *code,
                const char *value,
                const char *unit,
                const char *at,
                const char *state)
{
  g_autofree char *body = g_strdup_printf (
    "{\"resourceType\":\"Observation\",\"status\":\"%s\",\"code\":{\"coding\":[{\"system\":\"http://loinc.org\","
    "\"code\":\"%s\"}]},\"subject\":{\"reference\":\"Patient/%s\"},\"effectiveDateTime\":\"%s\",\"valueQuantity\":{"
    "\"value\":%s,\"code\":\"%s\"}}", state, code, self->test->citizen_id, at, value, unit);

  http_test_must (self->test, status, NULL, "POST", "/fhir/Observation", self->token, body);
}

void
fhir_test_post_every_measure (FhirTest *self)
{
  static const struct { const char *code; const char *value; const char *unit; } all[] = {
    { "8867-4", "71", "/min" }, { "8480-6", "141", "mm[Hg]" }, { "8462-4", "88", "mm[Hg]" }, { "2708-6", "86", "%" },
    { "8310-5", "37.2", "Cel" }, { "29463-7", "81300", "g" }, { "9279-1", "16", "/min" },
    { "15074-8", "6.4", "mmol/L" }, { "19935-6", "410", "L/min" },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (all); i++)
    fhir_test_post (self, 201, all[i].code, all[i].value, all[i].unit, "2026-03-20T09:00:00+01:00", "final");
}

/* The coordinator makes an oximeter ready, and Kari hands it out. */
static void
lend (FhirTest *self)
{
  const ForlopActor *geir = self->test->acts->coordinator;

  self->product =
    machine_do (self->geir, geir, "save-product", "{\"name\":\"Oksymeter\",\"kind\":\"oximeter\","
                "\"gtin\":\"7012345678908\",\"measures\":\"spo2,pulse\"}");

  self->item = machine_do (self->geir, geir, "receive-item",
                           "{\"product_id\":\"%s\",\"serial_number\":\"" FHIR_TEST_SERIAL "\"}", self->product);
  g_free (machine_do (self->geir, geir, "prepare-item", "{\"item_id\":\"%s\"}", self->item));
  g_free (machine_do (self->geir, geir, "make-item-ready", "{\"item_id\":\"%s\"}", self->item));
  machine_catch_up (self->geir);
  machine_catch_up (self->kari);
  self->loan = machine_do (self->kari, self->test->acts->nurse, "hand-out-item",
                           "{\"case_id\":\"%s\",\"item_id\":\"%s\"}", self->test->case_id, self->item);
  machine_catch_up (self->kari);
}

/* Somebody of the same zone who is nobody's to read about. */
static void
add_arne (FhirTest *self)
{
  self->arne =
    machine_do (self->kari, self->test->acts->nurse, "register-citizen",
                "{\"id_number\":\"03916230191\",\"given_name\":\"Arne\",\"family_name\":\"Moe\",\"unit_id\":\"%s\"}",
                self->test->acts->zone);
  machine_catch_up (self->kari);
}

FhirTest
fhir_test_set_up (HttpTest *test)
{
  FhirTest self = { .test = test };

  forlop_clock_set (test->acts->clock, forlop_clock_now (test->acts->clock) + 12 * FORLOP_HOUR);
  self.token = fhir_test_add_system (test, "Heim", test->acts->centre, TRUE);
  self.kari = machine_new (test, "kari", NULL);
  self.geir = machine_new (test, "geir", NULL);
  machine_catch_up (self.kari);
  machine_catch_up (self.geir);
  add_arne (&self);
  g_free (machine_do (self.kari, test->acts->nurse, "set-platform",
                      "{\"case_id\":\"%s\",\"platform\":\"Heim\",\"platform_person\":\"A17\"}", test->case_id));
  lend (&self);

  return self;
}

yyjson_doc *
fhir_test_get (FhirTest   *self,
               int         status,
               const char *path)
{
  g_autoptr (HttpResult) result = http_test_expect (self->test, status, "GET", path, self->token, NULL);
  yyjson_doc *doc = forlop_json_parse (result->body, -1, NULL);

  if (doc == NULL)
    g_error ("%s: %s", path, result->body);
  g_assert_nonnull (strstr (result->head, "content-type: application/fhir+json"));

  return doc;
}

const char *
fhir_test_text (yyjson_doc *doc,
                const char *pointer)
{
  return yyjson_get_str (yyjson_ptr_get (yyjson_doc_get_root (doc), pointer));
}

unsigned int
fhir_test_count_entries (yyjson_doc *doc)
{
  return (unsigned int) yyjson_arr_size (yyjson_obj_get (yyjson_doc_get_root (doc), "entry"));
}
