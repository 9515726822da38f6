/* SPDX-License-Identifier: EUPL-1.2 */

/* What another system asks for: refused with a sentence, or read; and the place it is told to go on from is read
 * back as it was given. */

#include "fuzz.h"

#include <string.h>

#include "forlop-fhir-search.h"
#include "forlop-id.h"

int
LLVMFuzzerInitialize (G_GNUC_UNUSED int    *argc,
                      G_GNUC_UNUSED char ***argv)
{
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  return 0;
}

static void
check_place (const ForlopFhirPlace *place)
{
  g_assert_true (forlop_id_is_valid (place->citizen_id) && forlop_id_is_valid (place->record_id) &&
                 forlop_id_is_valid (place->id));
  g_assert_cmpint (place->seq, >=, 0);
}

static void
check_next (const ForlopFhirSearch *search)
{
  const ForlopFhirPlace place = {
    .epoch = (char *) "0123456789abcdef", .citizen_id = (char *) "0199aaaa-0000-7000-8000-000000000001",
    .record_id = (char *) "0199aaaa-0000-7000-8000-000000000002", .seq = 17, .type = (char *) "measurement",
    .id = (char *) "0199aaaa-0000-7000-8000-000000000003",
  };
  g_autofree char *query = forlop_fhir_search_dup_next (search, &place);
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopFhirSearch) next = forlop_fhir_search_read (search->type, query, FALSE, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (next->parameters, ==, search->parameters);
  g_assert_cmpstr (next->place.epoch, ==, "01234567");
  g_assert_cmpstr (next->place.id, ==, place.id);
  g_assert_cmpstr (next->place.record_id, ==, place.record_id);
  g_assert_cmpint (next->place.seq, ==, place.seq);
  g_assert_null (next->number);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);

  for (unsigned int i = 0; forlop_fhir_search_types ()[i] != NULL; i++)
    for (unsigned int is_body = 0; is_body < 2; is_body++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (ForlopFhirSearch) search =
          forlop_fhir_search_read (forlop_fhir_search_types ()[i], text, is_body != 0, &error);

        g_assert_true ((search == NULL) == (error != NULL));
        if (search == NULL)
          continue;
        g_assert_cmpuint (search->count, >=, 1);
        g_assert_cmpuint (search->count, <=, FORLOP_FHIR_PAGE_MAX);
        g_assert_true (search->number == NULL || is_body != 0);
        if (search->place.epoch != NULL)
          check_place (&search->place);
        check_next (search);
      }

  return 0;
}
