/* SPDX-License-Identifier: EUPL-1.2 */

#include "store-test-util.h"

#include <glib/gstdio.h>
#include <string.h>

void
store_test_fill_key (guint8 bytes[FORLOP_KEY_LENGTH])
{
  for (unsigned int i = 0; i < FORLOP_KEY_LENGTH; i++)
    bytes[i] = (guint8) (i * 7 + 3);
}

StoreTest *
store_test_new (void)
{
  g_autoptr(GError) error = NULL;
  StoreTest *test = g_new0 (StoreTest, 1);
  guint8 bytes[FORLOP_KEY_LENGTH];

  store_test_fill_key (bytes);
  test->folder = g_dir_make_tmp ("forlop-store-XXXXXX", &error);
  g_assert_no_error (error);
  test->path = g_build_filename (test->folder, "case.forlop", NULL);
  test->key = forlop_key_new (bytes);
  return test;
}

static void
remove_tree (const char *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;
      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);
          remove_tree (child);
        }
    }

  g_remove (path);
}

void
store_test_free (StoreTest *test)
{
  g_chmod (test->folder, 0700);
  remove_tree (test->folder);
  forlop_key_unref (test->key);
  g_free (test->path);
  g_free (test->folder);
  g_free (test);
}

char *
store_test_file (StoreTest  *test,
                 const char *name)
{
  return g_build_filename (test->folder, name, NULL);
}

ForlopConnection *
store_test_connect (StoreTest             *test,
                    ForlopConnectionFlags  flags)
{
  g_autoptr(GError) error = NULL;
  ForlopConnection *connection = forlop_connection_open (test->path, test->key, flags, &error);

  g_assert_no_error (error);
  return connection;
}

void
store_test_make_file (StoreTest *test)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ForlopConnection) connection = store_test_connect (test, FORLOP_CONNECTION_CREATE);

  forlop_connection_execute (
    connection, "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)", &error);
  g_assert_no_error (error);
}

void
store_test_insert_note (ForlopConnection *connection,
                        gint64            id,
                        const char       *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ForlopStatement) statement =
    forlop_connection_prepare (connection, "INSERT INTO note (id, text) VALUES (?, ?)", &error);

  g_assert_no_error (error);
  forlop_statement_bind_integer (statement, 1, id);
  forlop_statement_bind_text (statement, 2, text);
  forlop_statement_execute (statement, &error);
  g_assert_no_error (error);
}

gint64
store_test_count_notes (ForlopConnection *connection)
{
  g_autoptr(GError) error = NULL;
  gint64 count = -1;

  forlop_connection_query_integer (connection, "SELECT count(*) FROM note", &count, &error);
  g_assert_no_error (error);
  return count;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
store_test_list (StoreTest *test)
{
  g_autoptr(GDir) dir = g_dir_open (test->folder, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

static gboolean
tree_contains (const char *path,
               const char *needle)
{
  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_autofree char *bytes = NULL;
      gsize length;
      return g_file_get_contents (path, &bytes, &length, NULL)
             && memmem (bytes, length, needle, strlen (needle)) != NULL;
    }

  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      if (strstr (name, needle) != NULL || tree_contains (child, needle))
        return TRUE;
    }

  return FALSE;
}

gboolean
store_test_contains (StoreTest  *test,
                     const char *needle)
{
  return tree_contains (test->folder, needle);
}
