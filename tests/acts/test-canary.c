/* SPDX-License-Identifier: EUPL-1.2 */

/* A word, a number and a picture that stand in every kind of place, searched for in every byte that
 * is written beside the program: the database, its log while it is open, attachments, the key's side
 * file, a backup, and what SQLite may put in a folder for temporary files. */

#include <glib/gstdio.h>
#include <string.h>

#include "acts-test-util.h"
#include "forlop-access-store.h"
#include "forlop-blob-store.h"
#include "forlop-draft-store.h"
#include "forlop-search.h"
#include "forlop-store-backup.h"

#define WORD "Kanarifuglesen"
#define NUMBER "15872949884"

/* Long enough that no page and no buffer is its own. */
#define MANY 400

/* Where SQLite would put temporary files; set before any thread is there. */
static char *temporary;

static gboolean
contains (const char *bytes,
          gsize       length,
          const char *canary)
{
  glong n_units;
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (canary, -1, NULL, &n_units, NULL);

  return memmem (bytes, length, canary, strlen (canary)) != NULL ||
         memmem (bytes, length, wide, (gsize) n_units * sizeof *wide) != NULL;
}

/* Adds the names of the files that have a canary in them; counts every byte that was looked at. */
static void
search_folder (const char *folder,
               GString    *found,
               gsize      *n_bytes)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      g_autoptr (GError) error = NULL;
      gsize length;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          search_folder (path, found, n_bytes);
          continue;
        }
      g_file_get_contents (path, &bytes, &length, &error);
      g_assert_no_error (error);
      *n_bytes += length;
      if (contains (bytes, length, WORD) || contains (bytes, length, NUMBER))
        g_string_append_printf (found, "%s ", name);
    }
}

static void
assert_nowhere (ActsTest *test)
{
  g_autoptr (GString) found = g_string_new (NULL);
  gsize n_bytes = 0;

  search_folder (test->folder, found, &n_bytes);
  search_folder (temporary, found, &n_bytes);
  g_assert_cmpstr (found->str, ==, "");
  g_assert_cmpuint (n_bytes, >, 200 * 1024);
}

static gpointer
look_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  ActsTest *test = user_data;
  const char *user_id = test->nurse->user_id;
  g_autoptr (GPtrArray) hits = forlop_search_run (connection, WORD, FORLOP_SEARCH_EVERYTHING, 50, error);

  g_assert_nonnull (hits);
  g_assert_cmpuint (hits->len, >, 0);
  g_assert_true (forlop_draft_store_put (connection, "write-note", user_id, 0, WORD " " NUMBER, error));
  g_assert_true (forlop_access_store_append (connection, test->nurse,
                                             ((ForlopSearchHit *) g_ptr_array_index (hits, 0))->citizen_id,
                                             FORLOP_ACCESS_OPENED, "citizen", NULL, 0, error));

  return test;
}

static void
write_everywhere (ActsTest *test)
{
  g_autoptr (GString) picture = g_string_new (NULL);
  g_autoptr (GBytes) contents = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = NULL;

  for (unsigned int i = 0; i < MANY; i++)
    g_string_append (picture, WORD " " NUMBER " ");
  contents = g_bytes_new (picture->str, picture->len);
  hash = forlop_blob_store_put (forlop_store_get_blobs (test->store), contents, &error);
  g_assert_no_error (error);

  g_autoptr (ForlopActResult) referral = acts_test_do (
    test, test->caseworker, "register-referral",
    "{\"id_number\":\"" NUMBER "\",\"given_name\":\"" WORD "\",\"family_name\":\"Ås\",\"source\":\"gp\","
    "\"channel\":\"phone\",\"received_on\":\"2026-03-11\",\"reason\":\"" WORD "\"}");
  acts_test_must (test, test->caseworker, "write-note",
                  "{\"citizen_id\":\"%s\",\"case_id\":\"%s\",\"text\":\"%s\"}", referral->citizen_id,
                  referral->case_id, picture->str);
  acts_test_must (test, test->caseworker, "attach-document",
                  "{\"citizen_id\":\"%s\",\"case_id\":\"%s\",\"content\":\"%s\","
                  "\"media_type\":\"text/plain\",\"kind\":\"other\",\"title\":\"" WORD "\"}",
                  referral->citizen_id, referral->case_id, hash);
  g_assert_nonnull (forlop_store_write_sync (test->store, look_on_worker, test, NULL, NULL, &error));
  g_assert_no_error (error);
}

static ActsTest *
new_test (void)
{
  ActsTest *test = acts_test_new ("2026-03-12");

  write_everywhere (test);

  return test;
}

static void
test_canary_is_nowhere_while_the_file_is_open (void)
{
  g_autoptr (ActsTest) test = new_test ();
  g_autofree char *log = g_strconcat (test->path, "-wal", NULL);
  GStatBuf info;

  g_assert_cmpint (g_stat (log, &info), ==, 0);
  g_assert_cmpint (info.st_size, >, 0);
  assert_nowhere (test);
}

static void
test_canary_is_nowhere_when_the_file_is_closed (void)
{
  g_autoptr (ActsTest) test = new_test ();

  acts_test_reopen (test);
  assert_nowhere (test);
}

static void
test_canary_is_nowhere_in_a_copy (void)
{
  g_autoptr (ActsTest) test = new_test ();
  g_autofree char *copy = g_build_filename (test->folder, "copy.db", NULL);
  g_autofree char *blobs = g_strconcat (copy, ".blobs", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (forlop_store_backup_sync (test->store, copy, NULL, NULL, NULL, &error));
  g_assert_true (g_file_test (blobs, G_FILE_TEST_IS_DIR));
  assert_nowhere (test);
}

/* A search that finds nothing proves something only if it finds what is there. */
static void
test_search_finds_a_canary_that_is_there (void)
{
  static const char *const planted[] = { "x" WORD "x", NUMBER, "K\0a\0n\0a\0r\0i\0f\0u\0g\0l\0e\0s\0e\0n\0" };
  static const gsize lengths[] = { sizeof "x" WORD "x", sizeof NUMBER, 28 };

  for (unsigned int i = 0; i < G_N_ELEMENTS (planted); i++)
    {
      g_autofree char *path = g_build_filename (temporary, "planted", NULL);
      g_autoptr (GString) found = g_string_new (NULL);
      gsize n_bytes = 0;

      g_assert_true (g_file_set_contents (path, planted[i], (gssize) lengths[i], NULL));
      search_folder (temporary, found, &n_bytes);
      g_unlink (path);
      g_assert_cmpstr (found->str, ==, "planted ");
    }
}

static gpointer
put_draft (ForlopConnection  *connection,
           gpointer           body,
           GCancellable      *cancellable G_GNUC_UNUSED,
           GError           **error)
{
  return forlop_draft_store_put (connection, "attach-document", NULL, 0, body, error) ? body : NULL;
}

/* A program was killed between the file and the act that names it; a form that is being written, and what was
 * taken back, still mention theirs. */
static void
test_what_nothing_names_goes (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autoptr (GBytes) scan = g_bytes_new_static ("scan", 4);
  g_autoptr (GBytes) draft = g_bytes_new_static ("draft", 5);
  g_autoptr (GBytes) orphan = g_bytes_new_static ("orphan", 6);
  ForlopBlobStore *blobs = forlop_store_get_blobs (test->store);
  g_autofree char *named = forlop_blob_store_put (blobs, scan, NULL);
  g_autofree char *mentioned = forlop_blob_store_put (blobs, draft, NULL);
  g_autofree char *nobodys = forlop_blob_store_put (blobs, orphan, NULL);
  g_autoptr (ForlopActResult) citizen =
    acts_test_do (test, test->nurse, "register-citizen", "{\"given_name\":\"Liv\",\"family_name\":\"Haug\"}");
  g_autoptr (ForlopActResult) document = NULL;

  document = acts_test_do (test, test->nurse, "attach-document",
                           "{\"citizen_id\":\"%s\",\"kind\":\"other\",\"title\":\"Skann\",\"content\":\"%s\","
                           "\"media_type\":\"image/png\"}", citizen->citizen_id, named);
  acts_test_must (test, test->nurse, "undo", "{\"op_id\":\"%s\"}", document->op_id);
  {
    g_autofree char *body = g_strdup_printf ("{\"content\":\"%s\"}", mentioned);

    g_assert_true (forlop_store_write_sync (test->store, put_draft, body, NULL, NULL, NULL) != NULL);
  }
  acts_test_reopen (test);
  blobs = forlop_store_get_blobs (test->store);
  g_assert_true (forlop_blob_store_has (blobs, named));
  g_assert_true (forlop_blob_store_has (blobs, mentioned));
  g_assert_false (forlop_blob_store_has (blobs, nobodys));
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  temporary = g_dir_make_tmp ("forlop-canary-XXXXXX", NULL);
  g_assert_nonnull (temporary);
  g_setenv ("SQLITE_TMPDIR", temporary, TRUE);

  g_test_add_func ("/canary/nowhere-while-the-file-is-open",
                   test_canary_is_nowhere_while_the_file_is_open);
  g_test_add_func ("/canary/nowhere-when-the-file-is-closed",
                   test_canary_is_nowhere_when_the_file_is_closed);
  g_test_add_func ("/canary/nowhere-in-a-copy", test_canary_is_nowhere_in_a_copy);
  g_test_add_func ("/canary/search-finds-what-is-there", test_search_finds_a_canary_that_is_there);
  g_test_add_func ("/attachments/what-nothing-names-goes", test_what_nothing_names_goes);

  status = g_test_run ();
  g_rmdir (temporary);
  g_free (temporary);

  return status;
}
