/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gstdio.h>
#include <string.h>

#include "forlop-keyring.h"
#include "forlop-store-error.h"
#include "store-test-util.h"

#define STORE_ID "01890a5d-ac96-774b-bcce-b302099a8057"

/* The smallest that libsodium allows: the tests are about the wrapping and not about its cost. */
static const ForlopKeyringCost cheap = { 1, 8192 };

static char *
key_path (StoreTest *test)
{
  return forlop_keyring_dup_path (test->path);
}

static void
make_side_file (StoreTest *test)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = key_path (test);
  g_autoptr(ForlopKeyring) keyring = forlop_keyring_new (STORE_ID, test->key);

  g_assert_true (forlop_keyring_set_passphrase (keyring, test->key, "grønn sykkel i regn", &cheap,
                                                &error));
  g_assert_true (forlop_keyring_save (keyring, path, &error));
  g_assert_no_error (error);
}

static ForlopKeyring *
load (StoreTest *test)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = key_path (test);
  ForlopKeyring *keyring = forlop_keyring_load (path, &error);

  g_assert_no_error (error);
  return keyring;
}

static void
test_passphrase_opens (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  make_side_file (test);
  g_autoptr(ForlopKeyring) keyring = load (test);

  g_assert_true (forlop_keyring_has (keyring, FORLOP_KEYRING_PASSPHRASE));
  g_assert_false (forlop_keyring_has (keyring, FORLOP_KEYRING_SECRET_SERVICE));
  g_assert_cmpstr (forlop_keyring_get_store_id (keyring), ==, STORE_ID);
  g_autoptr(ForlopKey) key = forlop_keyring_unlock_passphrase (keyring, "grønn sykkel i regn",
                                                               &error);
  g_assert_no_error (error);
  g_assert_true (forlop_key_equal (key, test->key));
  g_assert_true (forlop_keyring_matches (keyring, key));
}

static void
test_wrong_passphrase (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  make_side_file (test);
  g_autoptr(ForlopKeyring) keyring = load (test);

  g_assert_null (forlop_keyring_unlock_passphrase (keyring, "Grønn sykkel i regn", &error));
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_WRONG_KEY);
  g_assert_null (strstr (error->message, "sykkel"));

  g_autoptr(ForlopKey) other = forlop_key_new_random ();
  g_assert_false (forlop_keyring_matches (keyring, other));
}

static void
test_new_passphrase_replaces_the_old (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  make_side_file (test);
  g_autofree char *path = key_path (test);
  g_autoptr(ForlopKeyring) keyring = load (test);

  g_assert_true (forlop_keyring_set_passphrase (keyring, test->key, "blå båt på land", &cheap,
                                                &error));
  g_assert_true (forlop_keyring_save (keyring, path, &error));
  g_clear_pointer (&keyring, forlop_keyring_free);
  keyring = load (test);
  g_autoptr(ForlopKey) key = forlop_keyring_unlock_passphrase (keyring, "blå båt på land", &error);
  g_assert_true (forlop_key_equal (key, test->key));
  g_assert_null (forlop_keyring_unlock_passphrase (keyring, "grønn sykkel i regn", &error));
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_WRONG_KEY);
}

static void
test_raw_key_is_not_in_the_file (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  make_side_file (test);
  g_autofree char *path = key_path (test);
  g_autofree char *text = NULL;
  gsize length;
  GStatBuf info;

  g_autofree char *base64 = g_base64_encode (forlop_key_get_bytes (test->key), FORLOP_KEY_LENGTH);
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_null (strstr (text, base64));
  g_assert_null (memmem (text, length, forlop_key_get_bytes (test->key), FORLOP_KEY_LENGTH));
  g_assert_null (strstr (text, "sykkel"));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
assert_load_fails (StoreTest        *test,
                   const char       *text,
                   ForlopStoreError  code)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = key_path (test);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_null (forlop_keyring_load (path, &error));
  g_assert_error (error, FORLOP_STORE_ERROR, (int) code);
}

static char *
replace (const char *text,
         const char *from,
         const char *to)
{
  g_auto(GStrv) parts = g_strsplit (text, from, 2);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  return g_strjoinv (to, parts);
}

static void
test_damaged_side_file (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  make_side_file (test);
  g_autofree char *path = key_path (test);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  g_autofree char *costly = replace (text, "8192", "99999999999999");
  g_autofree char *newer = replace (text, "\"format\": 1", "\"format\": 2");
  g_autofree char *no_salt = replace (text, "\"salt\"", "\"sult\"");
  g_autofree char *half = g_strndup (text, strlen (text) / 2);
  assert_load_fails (test, "", FORLOP_STORE_ERROR_DAMAGED);
  assert_load_fails (test, "{}", FORLOP_STORE_ERROR_DAMAGED);
  assert_load_fails (test, "[1, 2]", FORLOP_STORE_ERROR_DAMAGED);
  assert_load_fails (test, half, FORLOP_STORE_ERROR_DAMAGED);
  assert_load_fails (test, costly, FORLOP_STORE_ERROR_DAMAGED);
  assert_load_fails (test, no_salt, FORLOP_STORE_ERROR_DAMAGED);
  assert_load_fails (test, newer, FORLOP_STORE_ERROR_NEWER_FILE);
}

/* Whoever changes what the file says of a wrapping makes it useless, and cannot weaken it. */
static void
test_parameters_are_sealed (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  make_side_file (test);
  g_autofree char *path = key_path (test);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_autofree char *moved = replace (text, STORE_ID, "01890a5d-ac96-774b-bcce-b302099a8058");

  g_assert_true (g_file_set_contents (path, moved, -1, NULL));
  g_autoptr(ForlopKeyring) keyring = load (test);
  g_assert_null (forlop_keyring_unlock_passphrase (keyring, "grønn sykkel i regn", &error));
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_WRONG_KEY);
}

static ForlopKeyring *
make_pin (StoreTest  *test,
          const char *pin)
{
  ForlopKeyring *keyring = forlop_keyring_new (STORE_ID, test->key);
  g_autofree char *path = key_path (test);
  g_autoptr(GError) error = NULL;

  /* The key store is the same for all tests of the program. */
  g_assert_true (forlop_keyring_forget_pin (keyring, NULL, &error));
  g_assert_true (forlop_keyring_set_passphrase (keyring, test->key, "grønn sykkel i regn", &cheap,
                                                &error));
  g_assert_true (forlop_keyring_set_pin (keyring, test->key, pin, &cheap, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (forlop_keyring_save (keyring, path, &error));
  return keyring;
}

static void
assert_pin_opens (StoreTest     *test,
                  ForlopKeyring *keyring,
                  const char    *pin)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ForlopKey) key = forlop_keyring_unlock_pin (keyring, pin, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (forlop_key_equal (key, test->key));
}

static void
assert_pin_refused (ForlopKeyring    *keyring,
                    const char       *pin,
                    ForlopStoreError  code,
                    const char       *part)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (forlop_keyring_unlock_pin (keyring, pin, NULL, &error));
  g_assert_error (error, FORLOP_STORE_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, part));
}

static void
assert_passphrase_opens (StoreTest *test)
{
  g_autoptr(ForlopKeyring) keyring = load (test);
  g_autoptr(ForlopKey) key = forlop_keyring_unlock_passphrase (keyring, "grønn sykkel i regn", NULL);

  g_assert_nonnull (key);
  g_assert_true (forlop_key_equal (key, test->key));
}

static void
test_pin_opens (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(ForlopKeyring) keyring = make_pin (test, "4711");
  g_autoptr(ForlopKeyring) again = load (test);
  g_autoptr(GError) error = NULL;

  assert_pin_opens (test, again, "4711");
  /* The earlier side file still opens: it is what a crash between the two writes leaves. */
  g_assert_true (forlop_keyring_set_pin (again, test->key, "0815", &cheap, NULL, &error));
  assert_pin_opens (test, again, "0815");
  assert_pin_opens (test, keyring, "4711");
  assert_passphrase_opens (test);
}

static void
test_five_wrong_pins_need_the_passphrase (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(ForlopKeyring) keyring = make_pin (test, "4711");
  g_autoptr(ForlopKeyring) copy = load (test);
  g_autoptr(GError) error = NULL;

  assert_pin_refused (keyring, "4712", FORLOP_STORE_ERROR_WRONG_PIN, "4 tries are left");
  assert_pin_refused (keyring, "", FORLOP_STORE_ERROR_WRONG_PIN, "3 tries are left");
  assert_pin_refused (copy, "4713", FORLOP_STORE_ERROR_WRONG_PIN, "2 tries are left");
  /* The right one gives all tries back. */
  assert_pin_opens (test, keyring, "4711");
  for (unsigned int i = 0; i < 3; i++)
    assert_pin_refused (keyring, "4712", FORLOP_STORE_ERROR_WRONG_PIN, "left");
  assert_pin_refused (copy, "4712", FORLOP_STORE_ERROR_WRONG_PIN, "1 try is left");
  assert_pin_refused (keyring, "4712", FORLOP_STORE_ERROR_PIN_SPENT, "five times");
  assert_pin_refused (keyring, "4711", FORLOP_STORE_ERROR_PIN_SPENT, "five times");
  assert_pin_refused (copy, "4711", FORLOP_STORE_ERROR_PIN_SPENT, "passphrase");
  g_assert_false (forlop_keyring_may_try_pin (keyring, NULL, NULL));
  assert_passphrase_opens (test);

  g_assert_true (forlop_keyring_set_pin (keyring, test->key, "1234", &cheap, NULL, &error));
  assert_pin_opens (test, keyring, "1234");
  /* The secret was thrown away: an old copy with its right PIN is worth nothing. */
  assert_pin_refused (copy, "4711", FORLOP_STORE_ERROR_WRONG_PIN, "left");
}

static void
test_pin_without_its_item_is_worth_nothing (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(ForlopKeyring) keyring = make_pin (test, "4711");
  g_autoptr(ForlopKeyring) copy = load (test);
  g_autoptr(GError) error = NULL;

  g_assert_true (forlop_keyring_forget_pin (keyring, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (forlop_keyring_has (keyring, FORLOP_KEYRING_SECRET_SERVICE));
  assert_pin_refused (copy, "4711", FORLOP_STORE_ERROR_KEYRING_EMPTY, "passphrase");
  assert_passphrase_opens (test);
}

static void
test_no_key_store_has_its_sentence (void)
{
  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }

  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(ForlopKeyring) keyring = forlop_keyring_new (STORE_ID, test->key);
  g_setenv ("SECRET_BACKEND", "service", TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all", TRUE);

  g_assert_false (forlop_keyring_can_keep_pin (keyring, NULL, NULL));
  g_assert_true (forlop_keyring_set_passphrase (keyring, test->key, "grønn sykkel i regn", &cheap,
                                                &error));
  g_assert_false (forlop_keyring_set_pin (keyring, test->key, "4711", &cheap, NULL, &error));
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_NO_KEYRING);
  g_assert_false (forlop_keyring_has (keyring, FORLOP_KEYRING_SECRET_SERVICE));
}

static void
test_default_cost_is_sealed_in_the_file (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *path = key_path (test);
  g_autofree char *text = NULL;
  g_autoptr(ForlopKeyring) keyring = forlop_keyring_new (STORE_ID, test->key);

  g_assert_true (forlop_keyring_set_passphrase (keyring, test->key, "grønn sykkel i regn", NULL,
                                                &error));
  g_assert_true (forlop_keyring_save (keyring, path, &error));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\"operations\": 3"));
  g_assert_nonnull (strstr (text, "\"memory\": 268435456"));
}

static void
test_key_is_derived_for_a_purpose (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(ForlopKey) one = forlop_key_derive (test->key, "frlptest", 1);
  g_autoptr(ForlopKey) same = forlop_key_derive (test->key, "frlptest", 1);
  g_autoptr(ForlopKey) two = forlop_key_derive (test->key, "frlptest", 2);
  g_autoptr(ForlopKey) other = forlop_key_derive (test->key, "frlprest", 1);

  g_assert_true (forlop_key_equal (one, same));
  g_assert_false (forlop_key_equal (one, two));
  g_assert_false (forlop_key_equal (one, other));
  g_assert_false (forlop_key_equal (one, test->key));
}

/* libsecret's own file backend; tests/app/test_door_pin.py has a real service. */
static char *
use_file_as_key_store (void)
{
  char *folder = g_dir_make_tmp ("forlop-keyring-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "keyring", NULL);

  g_assert_nonnull (folder);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  return folder;
}

static void
remove_key_store (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "keyring", NULL);

  g_unlink (path);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = use_file_as_key_store ();

  g_test_add_func ("/keyring/passphrase-opens", test_passphrase_opens);
  g_test_add_func ("/keyring/wrong-passphrase", test_wrong_passphrase);
  g_test_add_func ("/keyring/new-passphrase-replaces-the-old",
                   test_new_passphrase_replaces_the_old);
  g_test_add_func ("/keyring/raw-key-is-not-in-the-file", test_raw_key_is_not_in_the_file);
  g_test_add_func ("/keyring/damaged-side-file", test_damaged_side_file);
  g_test_add_func ("/keyring/parameters-are-sealed", test_parameters_are_sealed);
  g_test_add_func ("/keyring/pin-opens", test_pin_opens);
  g_test_add_func ("/keyring/five-wrong-pins-need-the-passphrase",
                   test_five_wrong_pins_need_the_passphrase);
  g_test_add_func ("/keyring/pin-without-its-item-is-worth-nothing",
                   test_pin_without_its_item_is_worth_nothing);
  g_test_add_func ("/keyring/no-key-store-has-its-sentence", test_no_key_store_has_its_sentence);
  g_test_add_func ("/keyring/default-cost-is-in-the-file", test_default_cost_is_sealed_in_the_file);
  g_test_add_func ("/key/derived-for-a-purpose", test_key_is_derived_for_a_purpose);

  status = g_test_run ();
  remove_key_store (folder);

  return status;
}
