/* SPDX-License-Identifier: EUPL-1.2 */

#include "store-test-notes.h"

#include "forlop-keyring.h"
#include "forlop-store-create.h"

#define STORE_ID "01890a5d-ac96-774b-bcce-b302099a8057"
#define NOON G_GINT64_CONSTANT (1795345200000)

/* The smallest that libsodium allows. */
static const ForlopKeyringCost cheap = { 1, 8192 };

const ForlopMigration store_test_scripts[] = {
  { 1, "0001-note.sql", "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)" },
  { 0 }
};

gboolean
store_test_create_store (StoreTest  *test,
                         GError    **error)
{
  g_autoptr(ForlopKeyring) keyring = forlop_keyring_new (STORE_ID, test->key);

  return forlop_keyring_set_passphrase (keyring, test->key, STORE_TEST_PASSPHRASE, &cheap, error)
         && forlop_store_create_with_scripts (test->path, test->key, keyring, store_test_scripts,
                                              error);
}

ForlopStore *
store_test_open_store (StoreTest              *test,
                       const ForlopMigration  *scripts,
                       GError                **error)
{
  g_autoptr(ForlopClock) clock = forlop_clock_new_manual (NOON);
  g_autoptr(ForlopIdSource) ids = forlop_id_source_new_seeded (1);

  return forlop_store_open_with_scripts (test->path, test->key, clock, ids, FORLOP_STORE_NORMAL,
                                         scripts, error);
}

ForlopStore *
store_test_store (StoreTest *test)
{
  g_autoptr(GError) error = NULL;
  ForlopStore *store = store_test_open_store (test, store_test_scripts, &error);

  g_assert_no_error (error);
  return store;
}

gpointer
store_test_insert_func (ForlopConnection  *connection,
                        gpointer           user_data,
                        GCancellable      *cancellable G_GNUC_UNUSED,
                        GError           **error)
{
  const char *text = user_data;
  g_autoptr(ForlopStatement) statement =
    forlop_connection_prepare (connection, "INSERT INTO note (text) VALUES (?)", error);

  if (statement == NULL)
    return NULL;

  forlop_statement_bind_text (statement, 1, text);
  if (!forlop_statement_execute (statement, error))
    return NULL;

  forlop_connection_touch (connection, "note");
  return g_strdup (text);
}

gpointer
store_test_list_func (ForlopConnection  *connection,
                      gpointer           user_data G_GNUC_UNUSED,
                      GCancellable      *cancellable G_GNUC_UNUSED,
                      GError           **error)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(ForlopStatement) statement =
    forlop_connection_prepare (connection, "SELECT text FROM note ORDER BY id", error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;

  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;

      if (has_row)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "",
                                forlop_statement_get_text (statement, 0));
    } while (has_row);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

gboolean
store_test_add (ForlopStore  *store,
                const char   *text,
                GError      **error)
{
  g_autofree char *added = forlop_store_write_sync (store, store_test_insert_func, (char *) text,
                                                    g_free, NULL, error);

  return added != NULL;
}

char *
store_test_notes (ForlopStore *store)
{
  g_autoptr(GError) error = NULL;
  char *notes = forlop_store_read_sync (store, store_test_list_func, NULL, g_free, NULL, &error);

  g_assert_no_error (error);
  return notes;
}
