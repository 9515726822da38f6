/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib.h>
#include <string.h>

#include "forlop-date.h"
#include "forlop-id.h"

#define AT_MS G_GINT64_CONSTANT (1795320720000)

static gint64
id_time (const char *id)
{
  guint8 bytes[16];
  gint64 at_ms = 0;

  g_assert_true (forlop_id_to_bytes (id, bytes));
  for (int i = 0; i < 6; i++)
    at_ms = at_ms << 8 | bytes[i];

  return at_ms;
}

static void
test_version_and_time (void)
{
  g_autoptr (ForlopIdSource) source = forlop_id_source_new_system ();

  for (int i = 0; i < 1000; i++)
    {
      g_autofree char *id = forlop_id_source_next (source, AT_MS + i);

      g_assert_true (forlop_id_is_valid (id));
      g_assert_cmpint (id[14], ==, '7');
      g_assert_nonnull (strchr ("89ab", id[19]));
      g_assert_cmpint (id_time (id), ==, AT_MS + i);
    }
}

static void
assert_ascends (ForlopIdSource *source)
{
  g_autofree char *previous = forlop_id_source_next (source, AT_MS);

  for (int i = 0; i < 100000; i++)
    {
      /* The clock stands still, goes back a day and jumps ahead. */
      gint64 at_ms = i % 10000 == 9999 ? AT_MS - FORLOP_DAY : AT_MS + i / 30000;
      g_autofree char *id = forlop_id_source_next (source, at_ms);

      g_assert_cmpstr (id, >, previous);
      g_set_str (&previous, id);
    }
}

static void
test_ascend (void)
{
  g_autoptr (ForlopIdSource) system_source = forlop_id_source_new_system ();
  g_autoptr (ForlopIdSource) seeded_source = forlop_id_source_new_seeded (1);

  assert_ascends (system_source);
  assert_ascends (seeded_source);
}

static void
test_seed (void)
{
  g_autoptr (ForlopIdSource) one = forlop_id_source_new_seeded (7);
  g_autoptr (ForlopIdSource) same = forlop_id_source_new_seeded (7);
  g_autoptr (ForlopIdSource) other = forlop_id_source_new_seeded (8);

  for (int i = 0; i < 100; i++)
    {
      g_autofree char *id = forlop_id_source_next (one, AT_MS);
      g_autofree char *same_id = forlop_id_source_next (same, AT_MS);
      g_autofree char *other_id = forlop_id_source_next (other, AT_MS);

      g_assert_cmpstr (id, ==, same_id);
      g_assert_cmpstr (id, !=, other_id);
    }
}

static gpointer
make_ids (gpointer data)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (int i = 0; i < 20000; i++)
    g_ptr_array_add (ids, forlop_id_source_next (data, AT_MS));

  return ids;
}

static void
test_threads (void)
{
  g_autoptr (ForlopIdSource) source = forlop_id_source_new_system ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GThread *threads[4];
  GPtrArray *ids[4];

  for (unsigned int i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("ids", make_ids, source);
  for (unsigned int i = 0; i < G_N_ELEMENTS (threads); i++)
    ids[i] = g_thread_join (threads[i]);

  for (unsigned int i = 0; i < G_N_ELEMENTS (threads); i++)
    for (unsigned int j = 0; j < ids[i]->len; j++)
      g_assert_true (g_hash_table_add (seen, g_ptr_array_index (ids[i], j)));

  for (unsigned int i = 0; i < G_N_ELEMENTS (threads); i++)
    g_ptr_array_unref (ids[i]);
}

static void
test_bytes (void)
{
  static const char *const wrong[] = {
    "",
    "0190a5f0-0000-7000-8000-00000000000",
    "0190a5f0-0000-7000-8000-0000000000000",
    "0190A5F0-0000-7000-8000-000000000000",
    "0190a5f000000-7000-8000-000000000000",
    "0190a5f0-0000-7000-8000-00000000000g",
    "0190a5f0-0000-7000-8000-0000000-0000",
    "{190a5f0-0000-7000-8000-000000000000",
  };
  guint8 bytes[16];

  g_assert_true (forlop_id_to_bytes ("01234567-89ab-cdef-0123-456789abcdef", bytes));
  for (int i = 0; i < 16; i++)
    g_assert_cmphex (bytes[i], ==, (i % 8 * 2) << 4 | (i % 8 * 2 + 1));

  g_autofree char *again = forlop_id_from_bytes (bytes);

  g_assert_cmpstr (again, ==, "01234567-89ab-cdef-0123-456789abcdef");

  g_assert_false (forlop_id_is_valid (NULL));
  for (unsigned int i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (forlop_id_is_valid (wrong[i]));
}

static void
test_derive (void)
{
  const char *base = "01234567-89ab-cdef-0123-456789abcdef";
  g_autofree char *id = forlop_id_derive (base, "triage");
  g_autofree char *same = forlop_id_derive (base, "triage");
  g_autofree char *rule = forlop_id_derive (base, "triage2");
  g_autofree char *other = forlop_id_derive ("01234567-89ab-cdef-0123-456789abcdee", "triage");

  /* Stored in every database, so it never changes: SHA-256 of the bytes and the rule, cut to 16
   * bytes, with version 8 and variant set. */
  g_assert_cmpstr (id, ==, "5c162879-4521-84d8-8053-4cba5a083945");
  g_assert_cmpstr (id, ==, same);
  g_assert_cmpstr (id, !=, rule);
  g_assert_cmpstr (id, !=, other);
  g_assert_cmpint (id[14], ==, '8');
  g_assert_nonnull (strchr ("89ab", id[19]));
  g_assert_true (forlop_id_is_valid (id));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/id/new-ids-are-version-7-of-the-given-instant", test_version_and_time);
  g_test_add_func ("/id/ids-of-one-source-always-ascend", test_ascend);
  g_test_add_func ("/id/same-seed-gives-the-same-ids", test_seed);
  g_test_add_func ("/id/threads-never-share-an-id", test_threads);
  g_test_add_func ("/id/text-and-bytes-are-the-same-id", test_bytes);
  g_test_add_func ("/id/derived-id-is-the-same-for-every-judge", test_derive);

  return g_test_run ();
}
