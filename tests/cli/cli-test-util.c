/* SPDX-License-Identifier: EUPL-1.2 */

#include "cli-test-util.h"

#include <glib/gstdio.h>
#include <string.h>
#include <yyjson.h>

#include "forlop-id.h"
#include "forlop-keyring.h"
#include "forlop-store-create.h"

#define PASSPHRASE "lang setning som bare prøvene kjenner"

static const char *
program (void)
{
  const char *path = g_getenv ("FORLOPCTL");

  g_assert_nonnull (path);

  return path;
}

CliTest *
cli_test_new_empty (void)
{
  CliTest *test = g_new0 (CliTest, 1);
  g_autoptr (GError) error = NULL;

  test->folder = g_dir_make_tmp ("forlop-cli-XXXXXX", &error);
  g_assert_no_error (error);
  test->store = g_build_filename (test->folder, "test.forlop", NULL);
  test->passphrase_file = cli_test_write (test, "passphrase", PASSPHRASE "\n");

  return test;
}

/* An empty store that opens at once; "init" completes it. */
static void
make_cheap_store (CliTest *test)
{
  static const ForlopKeyringCost cheap = { .operations = 1, .memory = 8192 };
  g_autoptr (ForlopKey) key = forlop_key_new_random ();
  g_autoptr (ForlopIdSource) ids = forlop_id_source_new_seeded (1);
  g_autofree char *store_id = forlop_id_source_next (ids, 0);
  g_autoptr (ForlopKeyring) keyring = forlop_keyring_new (store_id, key);
  g_autoptr (GError) error = NULL;

  forlop_keyring_set_passphrase (keyring, key, PASSPHRASE, &cheap, &error);
  g_assert_no_error (error);
  forlop_store_create (test->store, key, keyring, &error);
  g_assert_no_error (error);
}

CliTest *
cli_test_new (void)
{
  CliTest *test = cli_test_new_empty ();
  g_autofree char *out = NULL;

  make_cheap_store (test);
  out = cli_test_must (test, "init", "--user-name", "Siri Saksbehandler", "--municipality", "Prøve", NULL);
  g_assert_nonnull (strstr (out, "Siri"));

  return test;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

void
cli_test_free (CliTest *test)
{
  if (test == NULL)
    return;

  remove_folder (test->folder);
  g_free (test->folder);
  g_free (test->store);
  g_free (test->passphrase_file);
  g_free (test);
}

char *
cli_test_write (CliTest    *test,
                const char *name,
                const char *contents)
{
  char *path = g_build_filename (test->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, contents, -1, &error);
  g_assert_no_error (error);

  return path;
}

void
cli_result_free (CliResult *result)
{
  if (result == NULL)
    return;

  g_free (result->out);
  g_free (result->err);
  g_free (result);
}

CliResult *
cli_test_run_words (char       **words,
                    const char  *input)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  CliResult *result = g_new0 (CliResult, 1);

  g_ptr_array_add (argv, (gpointer) program ());
  for (unsigned int i = 0; words[i] != NULL; i++)
    g_ptr_array_add (argv, words[i]);
  g_ptr_array_add (argv, NULL);

  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                 G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input != NULL ? input : "", NULL, &result->out, &result->err,
                                 &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_if_exited (process))
    g_error ("forlopctl %s was killed by a signal: %s", words[0], result->err);
  result->status = g_subprocess_get_exit_status (process);

  return result;
}

static GPtrArray *
with_store (CliTest *test)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (words, g_strdup ("--store"));
  g_ptr_array_add (words, g_strdup (test->store));
  g_ptr_array_add (words, g_strdup ("--passphrase-file"));
  g_ptr_array_add (words, g_strdup (test->passphrase_file));

  return words;
}

static CliResult *
run_list (CliTest *test,
          va_list  args)
{
  g_autoptr (GPtrArray) words = with_store (test);
  const char *word;

  while ((word = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (words, g_strdup (word));
  g_ptr_array_add (words, NULL);

  return cli_test_run_words ((char **) words->pdata, NULL);
}

CliResult *
cli_test_run (CliTest *test,
              ...)
{
  va_list args;
  CliResult *result;

  va_start (args, test);
  result = run_list (test, args);
  va_end (args);

  return result;
}

char *
cli_test_must (CliTest *test,
               ...)
{
  va_list args;
  g_autoptr (CliResult) result = NULL;

  va_start (args, test);
  result = run_list (test, args);
  va_end (args);
  if (result->status != 0)
    g_error ("exit code %d: %s", result->status, result->err);

  return g_steal_pointer (&result->out);
}

GSubprocess *
cli_test_start (CliTest  *test,
                char    **words)
{
  g_autoptr (GPtrArray) argv = with_store (test);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_ptr_array_insert (argv, 0, g_strdup (program ()));
  for (unsigned int i = 0; words[i] != NULL; i++)
    g_ptr_array_add (argv, g_strdup (words[i]));
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);

  return process;
}

void
cli_result_check (CliResult  *result,
                  int         status,
                  const char *part)
{
  if (result->status != status)
    g_error ("exit code %d instead of %d: %s", result->status, status, result->err);
  if (strstr (result->err, part) == NULL)
    g_error ("“%s” is not in: %s", part, result->err);
}

char *
cli_json_text (const char *json,
               const char *key)
{
  yyjson_doc *doc = yyjson_read (json, strlen (json), 0);
  char *text;

  if (doc == NULL)
    g_error ("this is not JSON: %s", json);
  text = g_strdup (yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (doc), key)));
  yyjson_doc_free (doc);

  return text;
}
