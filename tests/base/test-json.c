/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib.h>
#include <math.h>
#include <string.h>

#include "forlop-error.h"
#include "forlop-json.h"

static void
test_values (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (yyjson_doc) doc = forlop_json_parse (
    "{\"text\":\"Æ\\n\",\"whole\":-7,\"real\":3.5,\"yes\":true,\"nothing\":null}", -1, &error);
  const char *text = NULL;
  gint64 whole = 0;
  double real = 0;
  gboolean yes = FALSE;

  g_assert_no_error (error);

  yyjson_val *root = yyjson_doc_get_root (doc);

  g_assert_true (forlop_json_get_text (root, "text", &text, &error));
  g_assert_true (forlop_json_get_integer (root, "whole", &whole, &error));
  g_assert_true (forlop_json_get_real (root, "real", &real, &error));
  g_assert_true (forlop_json_get_boolean (root, "yes", &yes, &error));
  g_assert_cmpstr (text, ==, "Æ\n");
  g_assert_cmpint (whole, ==, -7);
  g_assert_cmpfloat (real, ==, 3.5);
  g_assert_true (yes);

  g_assert_true (forlop_json_get_real (root, "whole", &real, &error));
  g_assert_cmpfloat (real, ==, -7);
}

static void
test_missing_keeps_the_default (void)
{
  g_autoptr (yyjson_doc) doc = forlop_json_parse ("{\"nothing\":null}", -1, NULL);
  yyjson_val *root = yyjson_doc_get_root (doc);
  static const char *const keys[] = { "nothing", "absent" };

  for (unsigned int i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *text = "default";
      gint64 whole = 5;
      double real = 2.5;
      gboolean yes = TRUE;

      g_assert_true (forlop_json_get_text (root, keys[i], &text, NULL));
      g_assert_true (forlop_json_get_integer (root, keys[i], &whole, NULL));
      g_assert_true (forlop_json_get_real (root, keys[i], &real, NULL));
      g_assert_true (forlop_json_get_boolean (root, keys[i], &yes, NULL));
      g_assert_cmpstr (text, ==, "default");
      g_assert_cmpint (whole, ==, 5);
      g_assert_cmpfloat (real, ==, 2.5);
      g_assert_true (yes);
    }
}

static void
assert_names_key (GError     *error,
                  const char *key)
{
  g_assert_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, key));
  g_error_free (error);
}

static void
test_wrong_kind_names_the_key (void)
{
  g_autoptr (yyjson_doc) doc = forlop_json_parse (
    "{\"list\":[],\"big\":18446744073709551615,\"half\":0.5,\"nul\":\"a\\u0000b\"}", -1, NULL);
  yyjson_val *root = yyjson_doc_get_root (doc);
  const char *text = "kept";
  gint64 whole = 1;
  double real = 1;
  gboolean yes = TRUE;
  GError *error = NULL;

  error = NULL;
  g_assert_false (forlop_json_get_text (root, "list", &text, &error));
  assert_names_key (error, "list");
  error = NULL;
  g_assert_false (forlop_json_get_text (root, "nul", &text, &error));
  assert_names_key (error, "nul");
  error = NULL;
  g_assert_false (forlop_json_get_integer (root, "big", &whole, &error));
  assert_names_key (error, "big");
  error = NULL;
  g_assert_false (forlop_json_get_integer (root, "half", &whole, &error));
  assert_names_key (error, "half");
  error = NULL;
  g_assert_false (forlop_json_get_real (root, "list", &real, &error));
  assert_names_key (error, "list");
  error = NULL;
  g_assert_false (forlop_json_get_boolean (root, "half", &yes, &error));
  assert_names_key (error, "half");
  error = NULL;
  g_assert_null (forlop_json_require (root, "absent", &error));
  assert_names_key (error, "absent");

  g_assert_cmpstr (text, ==, "kept");
  g_assert_cmpint (whole, ==, 1);
}

static void
test_unreadable_text_tells_where (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) empty_error = NULL;

  g_assert_null (forlop_json_parse ("{\n  \"a\": 1,\n  \"b\": x\n}", -1, &error));
  g_assert_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "line 3, column 8"));

  g_assert_null (forlop_json_parse ("", 0, &empty_error));
  g_assert_error (empty_error, FORLOP_ERROR, FORLOP_ERROR_INVALID);
}

static void
test_write (void)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, root);
  forlop_json_add_text (doc, root, "quote", "a \"b\" \\ \n");
  forlop_json_add_text (doc, root, "absent", NULL);
  forlop_json_add_text (doc, root, "broken", "\xff");
  yyjson_mut_obj_add_real (doc, root, "nan", NAN);

  g_autofree char *text = forlop_json_write (doc, FALSE);
  g_autofree char *pretty = forlop_json_write (doc, TRUE);

  g_assert_cmpstr (text, ==, "{\"quote\":\"a \\\"b\\\" \\\\ \\n\",\"broken\":\"\ufffd\",\"nan\":null}");
  g_assert_nonnull (strstr (pretty, "\n  \"broken\": "));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/reads-each-kind", test_values);
  g_test_add_func ("/json/missing-or-null-keeps-the-default", test_missing_keeps_the_default);
  g_test_add_func ("/json/wrong-kind-names-the-key", test_wrong_kind_names_the_key);
  g_test_add_func ("/json/unreadable-text-tells-line-and-column", test_unreadable_text_tells_where);
  g_test_add_func ("/json/any-text-can-be-written", test_write);

  return g_test_run ();
}
