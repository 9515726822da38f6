/* SPDX-License-Identifier: EUPL-1.2 */

/* Any scan at all: it is refused at a place inside it, or both written forms read back the same. */

#include "fuzz.h"

#include <string.h>

#include "forlop-gs1.h"

#define YEAR 2026

int
LLVMFuzzerInitialize (G_GNUC_UNUSED int    *argc,
                      G_GNUC_UNUSED char ***argv)
{
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  return 0;
}

static void
check_forms (ForlopGs1 *gs1)
{
  g_autofree char *plain = forlop_gs1_to_element_string (gs1);
  g_autofree char *bracketed = forlop_gs1_to_bracketed (gs1);
  g_autoptr (ForlopGs1) from_plain = forlop_gs1_parse (plain, -1, YEAR, NULL, NULL);
  g_autoptr (ForlopGs1) from_bracketed = forlop_gs1_parse (bracketed, -1, YEAR, NULL, NULL);

  g_assert_nonnull (from_plain);
  g_assert_nonnull (from_bracketed);

  g_autofree char *plain_again = forlop_gs1_to_element_string (from_bracketed);
  g_autofree char *bracketed_again = forlop_gs1_to_bracketed (from_plain);

  g_assert_cmpstr (plain_again, ==, plain);
  g_assert_cmpstr (bracketed_again, ==, bracketed);
}

static void
check_values (ForlopGs1 *gs1)
{
  static const char *const dates[] = { FORLOP_GS1_PRODUCTION_DATE, FORLOP_GS1_EXPIRY_DATE };

  g_assert_cmpuint (forlop_gs1_get_n_elements (gs1), >, 0);

  for (unsigned int i = 0; i < G_N_ELEMENTS (dates); i++)
    g_assert_true ((forlop_gs1_get_value (gs1, dates[i]) == NULL) ==
                   (forlop_gs1_get_date (gs1, dates[i]) == FORLOP_DATE_NONE));

  const char *gtin = forlop_gs1_get_value (gs1, FORLOP_GS1_GTIN);

  if (gtin != NULL)
    {
      g_autofree char *same = forlop_gs1_normalize_gtin (gtin, NULL);

      g_assert_cmpstr (same, ==, gtin);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  unsigned int position = 0;
  g_autoptr (ForlopGs1) gs1 = forlop_gs1_parse (size > 0 ? (const char *) data : "",
                                                (gssize) size, YEAR, &position, &error);
  g_autofree char *gtin = forlop_gs1_normalize_gtin (text, NULL);

  g_assert_true (gtin == NULL || strlen (gtin) == 14);
  g_assert_true ((gs1 == NULL) == (error != NULL));

  if (gs1 == NULL)
    {
      g_assert_cmpuint (position, >=, 1);
      g_assert_cmpuint (position, <=, size + 1);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }

  g_assert_cmpuint (position, ==, 0);
  check_values (gs1);
  check_forms (gs1);

  return 0;
}
