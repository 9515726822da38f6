/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib.h>

#include "forlop-error.h"
#include "forlop-register-number.h"

typedef gboolean (*Validate) (const char  *text,
                              GError     **error);

static void
assert_valid (Validate    validate,
              const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (validate (text, &error));
  g_assert_no_error (error);
}

static void
assert_refused (Validate    validate,
                const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (validate (text, &error));
  g_assert_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID);
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
test_organisation_number (void)
{
  /* Worked by hand with the weights 3 2 7 6 5 4 3 2: 3·1+2·2+7·3+6·4+5·5+4·6+3·7+2·8 = 138,
   * 138 mod 11 = 6, so the check digit is 5. The second leaves 0. */
  assert_valid (forlop_organisation_number_validate, "123456785");
  assert_valid (forlop_organisation_number_validate, "880000020");

  for (char c = '0'; c <= '9'; c++)
    {
      char number[] = "123456785";

      number[8] = c;
      if (c != '5')
        assert_refused (forlop_organisation_number_validate, number);
    }

  assert_refused (forlop_organisation_number_validate, "000000000");
  assert_refused (forlop_organisation_number_validate, "12345678");
  assert_refused (forlop_organisation_number_validate, "1234567850");
  assert_refused (forlop_organisation_number_validate, "12345678x");
  assert_refused (forlop_organisation_number_validate, "");
}

static void
test_organisation_number_that_is_not_issued (void)
{
  /* 3·8 + 2·1 + 2·4 = 34 leaves 1, and 11 − 1 is no digit. */
  for (char c = '0'; c <= '9'; c++)
    {
      char number[] = "810000040";

      number[8] = c;
      assert_refused (forlop_organisation_number_validate, number);
    }
}

static void
test_organisation_number_is_grouped (void)
{
  g_autofree char *shown = forlop_organisation_number_format ("123456785");
  g_autofree char *other = forlop_organisation_number_format ("1234");

  g_assert_cmpstr (shown, ==, "123\u00a0456\u00a0785");
  g_assert_cmpstr (other, ==, "1234");
}

static void
test_hpr_number (void)
{
  assert_valid (forlop_hpr_number_validate, "1");
  assert_valid (forlop_hpr_number_validate, "4410562");
  assert_valid (forlop_hpr_number_validate, "999999999");
  assert_refused (forlop_hpr_number_validate, "");
  assert_refused (forlop_hpr_number_validate, "0");
  assert_refused (forlop_hpr_number_validate, "000");
  assert_refused (forlop_hpr_number_validate, "1234567890");
  assert_refused (forlop_hpr_number_validate, "12a");
  assert_refused (forlop_hpr_number_validate, "-12");
}

static void
test_municipality_number (void)
{
  assert_valid (forlop_municipality_number_validate, "3905");
  assert_valid (forlop_municipality_number_validate, "0301");
  assert_refused (forlop_municipality_number_validate, "");
  assert_refused (forlop_municipality_number_validate, "301");
  assert_refused (forlop_municipality_number_validate, "39050");
  assert_refused (forlop_municipality_number_validate, "0001");
  assert_refused (forlop_municipality_number_validate, "3900");
  assert_refused (forlop_municipality_number_validate, "39O5");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/register-number/organisation-number-has-a-check-digit",
                   test_organisation_number);
  g_test_add_func ("/register-number/check-digit-ten-is-never-issued",
                   test_organisation_number_that_is_not_issued);
  g_test_add_func ("/register-number/organisation-number-is-grouped",
                   test_organisation_number_is_grouped);
  g_test_add_func ("/register-number/hpr-number-has-up-to-nine-digits", test_hpr_number);
  g_test_add_func ("/register-number/municipality-number-has-four-digits",
                   test_municipality_number);

  return g_test_run ();
}
