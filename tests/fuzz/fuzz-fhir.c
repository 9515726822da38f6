/* SPDX-License-Identifier: EUPL-1.2 */

/* Whatever a supplier's system sends: it is refused with a sentence, or read into what can be stored. */

#include "fuzz.h"

#include <math.h>

#include "forlop-date.h"
#include "forlop-fhir-bundle.h"
#include "forlop-fhir-observation.h"
#include "forlop-json.h"

int
LLVMFuzzerInitialize (G_GNUC_UNUSED int    *argc,
                      G_GNUC_UNUSED char ***argv)
{
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  return 0;
}

static void
check_incoming (ForlopIncoming *incoming)
{
  g_assert_cmpuint (incoming->n_values, <=, FORLOP_INCOMING_VALUES);
  g_assert_true (incoming->fault != NULL || (incoming->n_values > 0 && incoming->measured_at != FORLOP_INSTANT_NONE));
  for (unsigned int i = 0; i < incoming->n_values; i++)
    {
      g_assert_true (incoming->values[i].measure != FORLOP_MEASURE_UNKNOWN);
      g_assert_false (forlop_measure_is_panel (incoming->values[i].measure));
    }
  g_assert_true (g_utf8_validate (incoming->body, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (yyjson_doc) doc = forlop_json_parse (size > 0 ? (const char *) data : "", (gssize) size, NULL);
  g_autoptr (ForlopIncoming) incoming = NULL;
  g_autoptr (ForlopFhirBundle) bundle = NULL;

  if (doc == NULL)
    return 0;

  incoming = forlop_fhir_observation_read (yyjson_doc_get_root (doc), NULL, &error);
  g_assert_true ((incoming == NULL) == (error != NULL));
  if (incoming != NULL)
    check_incoming (incoming);
  g_clear_error (&error);

  bundle = forlop_fhir_bundle_read (yyjson_doc_get_root (doc), &error);
  g_assert_true ((bundle == NULL) == (error != NULL));
  for (unsigned int i = 0; bundle != NULL && i < bundle->entries->len; i++)
    {
      const ForlopFhirEntry *entry = g_ptr_array_index (bundle->entries, i);

      g_assert_true ((entry->incoming != NULL) + (entry->refusal != NULL) + entry->is_beside == 1);
      if (entry->incoming != NULL)
        check_incoming (entry->incoming);
    }

  return 0;
}
