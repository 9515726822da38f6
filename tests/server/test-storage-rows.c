/* SPDX-License-Identifier: EUPL-1.2 */

/* What both storages promise of rows: what is put comes back, in the order of the log, to who may see
 * it. Run once for each kind. */

#include "storage-test-util.h"

#include <string.h>


#define NOW 1795000000000

static void
assert_rows_equal (const ForlopSyncRow *a,
                   const ForlopSyncRow *b)
{
  g_assert_true (a->type == b->type);
  g_assert_cmpstr (a->id, ==, b->id);
  g_assert_cmpstr (a->scope, ==, b->scope);
  g_assert_cmpint (a->seq, ==, b->seq);
  g_assert_cmpstr (a->vtag, ==, b->vtag);
  g_assert_cmpstr (a->field_vtags, ==, b->field_vtags);
  g_assert_cmpstr (a->body, ==, b->body);
  g_assert_cmpint (a->deleted, ==, b->deleted);
}

static void
check_comes_back (ForlopServerStorage *storage,
                  const ForlopSyncRow *row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopSyncRow) found = NULL;

  g_assert_true (storage->funcs->put_row (storage, row, &error));
  g_assert_no_error (error);
  found = storage_test_row (storage, row->type->name, row->id);
  assert_rows_equal (found, row);
}

static void
a_row_comes_back_byte_for_byte (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (ForlopSyncRow) measurement = NULL;
  g_autoptr (ForlopSyncRow) row =
    forlop_sync_row_new (forlop_record_type_find ("task"), storage_test_id (test), "org:1");
  const char *citizen = storage_test_id (test);

  storage_test_begin (storage, TRUE);
  row->seq = storage_test_move (storage);
  row->vtag = g_strdup (storage_test_id (test));
  row->field_vtags = g_strdup ("{\"\":\"a\",\"title\":\"b\"}");
  row->body = g_strdup ("{\"title\":\"Ring «Åse» \\\"nå\\\" \\u0000 😀\"}");
  check_comes_back (storage, row);
  row->seq = storage_test_move (storage);
  row->deleted = TRUE;
  g_clear_pointer (&row->body, g_free);
  g_clear_pointer (&row->field_vtags, g_free);
  check_comes_back (storage, row);

  measurement = storage_test_measurement (test, citizen, storage_test_move (storage));
  g_assert_nonnull (strstr (measurement->body, "82.3"));
  check_comes_back (storage, measurement);
  measurement->seq = storage_test_move (storage);
  measurement->deleted = TRUE;
  g_clear_pointer (&measurement->body, g_free);
  check_comes_back (storage, measurement);
  storage_test_commit (storage);
}

static void
lists_leave_out_tombstones (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  const char *citizen = storage_test_id (test);
  g_autofree char *scope = g_strconcat ("c:", citizen, NULL);
  g_autoptr (ForlopSyncRow) measurement = storage_test_measurement (test, citizen, 1);
  const char *first = storage_test_id (test);
  const char *second = storage_test_id (test);
  const char *third = storage_test_id (test);
  const ForlopRecordType *task = forlop_record_type_find ("task");
  g_autoptr (GPtrArray) of_scope = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GPtrArray) of_type = NULL;
  g_autoptr (GPtrArray) measurements = NULL;

  storage_test_begin (storage, TRUE);
  storage_test_put (test, storage, "task", third, scope, storage_test_move (storage), "{}");
  storage_test_put (test, storage, "citizen", second, scope, storage_test_move (storage), "{}");
  storage_test_put (test, storage, "task", first, scope, storage_test_move (storage), "{}");
  storage_test_put (test, storage, "task", storage_test_id (test), scope, 3, NULL);
  storage_test_put (test, storage, "task", storage_test_id (test), "org:1", 3, "{}");
  g_assert_true (storage->funcs->put_row (storage, measurement, &error));

  of_scope = storage->funcs->list_scope (storage, scope, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (of_scope->len, ==, 3);
  g_assert_cmpstr (((ForlopSyncRow *) g_ptr_array_index (of_scope, 0))->id, ==, first);
  g_assert_cmpstr (((ForlopSyncRow *) g_ptr_array_index (of_scope, 1))->id, ==, second);
  g_assert_cmpstr (((ForlopSyncRow *) g_ptr_array_index (of_scope, 2))->id, ==, third);
  tasks = storage->funcs->list_scope (storage, scope, task, &error);
  g_assert_cmpint (tasks->len, ==, 2);
  of_type = storage->funcs->list_type (storage, task, &error);
  g_assert_cmpint (of_type->len, ==, 3);
  measurements = storage->funcs->list_scope (storage, scope, measurement->type, &error);
  g_assert_cmpint (measurements->len, ==, 1);
  assert_rows_equal (g_ptr_array_index (measurements, 0), measurement);
  storage_test_commit (storage);
}

/* Everything a user gets after a position, on one page. */
static GPtrArray *
since (ForlopServerStorage *storage,
       const char          *user_id,
       gint64               after)
{
  g_autoptr (GError) error = NULL;
  gint64 to;
  GPtrArray *rows = storage->funcs->rows_since (storage, user_id, after, NOW, 1000, 1 << 20, &to, &error);

  g_assert_no_error (error);
  g_assert_cmpint (to, ==, storage_test_head (storage).seq);

  return rows;
}

static void
only_what_active_grants_cover_is_sent (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  const char *user = storage_test_id (test);
  const char *scopes[] = { "c:given", "c:taken", "c:expired", "c:limited", "c:other" };
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) later = NULL;
  g_autoptr (GPtrArray) nothing = NULL;

  storage_test_begin (storage, TRUE);
  for (unsigned int i = 0; i < G_N_ELEMENTS (scopes); i++)
    storage_test_put (test, storage, "task", storage_test_id (test), scopes[i],
                      storage_test_move (storage), i == 3 ? NULL : "{}");
  storage_test_grant (storage, user, "c:given", TRUE, FORLOP_INSTANT_NONE, 1);
  storage_test_grant (storage, user, "c:taken", FALSE, FORLOP_INSTANT_NONE, 1);
  storage_test_grant (storage, user, "c:expired", TRUE, NOW, 1);
  storage_test_grant (storage, user, "c:limited", TRUE, NOW + 1, 1);
  storage_test_grant (storage, storage_test_id (test), "c:other", TRUE, FORLOP_INSTANT_NONE, 1);
  storage_test_commit (storage);

  storage_test_begin (storage, FALSE);
  all = since (storage, user, 0);
  g_assert_cmpint (all->len, ==, 2);
  g_assert_cmpstr (((ForlopSyncRow *) g_ptr_array_index (all, 0))->scope, ==, "c:given");
  g_assert_cmpstr (((ForlopSyncRow *) g_ptr_array_index (all, 1))->scope, ==, "c:limited");
  g_assert_true (((ForlopSyncRow *) g_ptr_array_index (all, 1))->deleted);
  later = since (storage, user, 1);
  g_assert_cmpint (later->len, ==, 1);
  nothing = since (storage, user, 4);
  g_assert_cmpint (nothing->len, ==, 0);
  storage_test_commit (storage);
}

static void
measurements_come_in_the_order_of_the_log (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  const char *user = storage_test_id (test);
  const char *citizen = storage_test_id (test);
  g_autofree char *scope = g_strconcat ("c:", citizen, NULL);
  g_autoptr (GPtrArray) rows = NULL;

  storage_test_begin (storage, TRUE);
  storage_test_grant (storage, user, scope, TRUE, FORLOP_INSTANT_NONE, 1);
  for (unsigned int i = 0; i < 4; i++)
    {
      gint64 seq = storage_test_move (storage);
      g_autoptr (ForlopSyncRow) measurement = storage_test_measurement (test, citizen, seq);

      if (i != 2)
        storage_test_put (test, storage, "task", storage_test_id (test), scope, seq, "{}");
      if (i != 1)
        g_assert_true (storage->funcs->put_row (storage, measurement, &error));
    }
  storage_test_commit (storage);

  storage_test_begin (storage, FALSE);
  rows = since (storage, user, 0);
  g_assert_cmpint (rows->len, ==, 6);
  for (unsigned int i = 1; i < rows->len; i++)
    g_assert_cmpint (((ForlopSyncRow *) g_ptr_array_index (rows, i - 1))->seq, <=,
                     ((ForlopSyncRow *) g_ptr_array_index (rows, i))->seq);
  storage_test_commit (storage);
}

/* Reads page after page and counts; every page ends where a position ends. */
static unsigned int
read_pages (ForlopServerStorage *storage,
            const char          *user_id,
            unsigned int         max_rows,
            gsize                max_bytes,
            unsigned int        *n_pages)
{
  gint64 head = storage_test_head (storage).seq;
  unsigned int n = 0;
  gint64 at = 0;

  for (*n_pages = 0; at < head; (*n_pages)++)
    {
      g_autoptr (GError) error = NULL;
      gint64 to = -1;
      g_autoptr (GPtrArray) rows =
        storage->funcs->rows_since (storage, user_id, at, NOW, max_rows, max_bytes, &to, &error);

      g_assert_no_error (error);
      g_assert_cmpint (to, >, at);
      for (unsigned int i = 0; i < rows->len; i++)
        {
          const ForlopSyncRow *row = g_ptr_array_index (rows, i);

          g_assert_cmpint (row->seq, >, at);
          g_assert_cmpint (row->seq, <=, to);
        }
      n += rows->len;
      at = to;
    }

  return n;
}

static void
a_page_ends_at_a_whole_position (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) first = NULL;
  const char *user = storage_test_id (test);
  unsigned int n_pages;
  gint64 to;

  storage_test_begin (storage, TRUE);
  storage_test_grant (storage, user, "org:1", TRUE, FORLOP_INSTANT_NONE, 1);
  for (unsigned int i = 0; i < 5; i++)
    {
      gint64 seq = storage_test_move (storage);

      for (unsigned int j = 0; j < 3; j++)
        storage_test_put (test, storage, "task", storage_test_id (test), "org:1", seq, "{\"title\":\"x\"}");
      storage_test_put (test, storage, "task", storage_test_id (test), "org:2", seq, "{}");
    }
  storage_test_move (storage);
  storage_test_commit (storage);

  storage_test_begin (storage, FALSE);
  first = storage->funcs->rows_since (storage, user, 0, NOW, 4, 1 << 20, &to, &error);
  g_assert_no_error (error);
  g_assert_cmpint (first->len, ==, 6);
  g_assert_cmpint (to, ==, 2);
  g_assert_cmpint (read_pages (storage, user, 1, 1 << 20, &n_pages), ==, 15);
  g_assert_cmpint (n_pages, ==, 5);
  g_assert_cmpint (read_pages (storage, user, 6, 1 << 20, &n_pages), ==, 15);
  g_assert_cmpint (n_pages, ==, 3);
  g_assert_cmpint (read_pages (storage, user, 1000, 1, &n_pages), ==, 15);
  g_assert_cmpint (n_pages, ==, 5);
  g_assert_cmpint (read_pages (storage, user, 1000, 1 << 20, &n_pages), ==, 15);
  g_assert_cmpint (n_pages, ==, 1);
  storage_test_commit (storage);
}

static void
a_scope_is_read_page_by_page (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  const char *citizen = storage_test_id (test);
  g_autofree char *scope = g_strconcat ("c:", citizen, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *type = NULL;
  g_autofree char *id = NULL;
  gint64 seq = 0;

  storage_test_begin (storage, TRUE);
  for (unsigned int i = 0; i < 7; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 position = storage_test_move (storage);
      g_autoptr (ForlopSyncRow) measurement = storage_test_measurement (test, citizen, position);

      storage_test_put (test, storage, "task", storage_test_id (test), scope, position, i == 3 ? NULL : "{}");
      storage_test_put (test, storage, "alert", storage_test_id (test), scope, position, "{}");
      storage_test_put (test, storage, "alert", storage_test_id (test), "c:other", position, "{}");
      g_assert_true (storage->funcs->put_row (storage, measurement, &error));
    }
  storage_test_commit (storage);

  storage_test_begin (storage, FALSE);
  while (TRUE)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) rows =
        storage->funcs->rows_of_scope (storage, scope, seq, type, id, 4, &error);

      g_assert_no_error (error);
      g_assert_cmpint (rows->len, <=, 4);
      for (unsigned int i = 0; i < rows->len; i++)
        {
          const ForlopSyncRow *row = g_ptr_array_index (rows, i);

          if (type != NULL)
            g_assert_true (row->seq > seq ||
                           (row->seq == seq && (strcmp (row->type->name, type) > 0 ||
                                                (strcmp (row->type->name, type) == 0 &&
                                                 strcmp (row->id, id) > 0))));
          g_assert_cmpstr (row->scope, ==, scope);
          g_assert_true (g_hash_table_add (seen, g_strdup (row->id)));
          seq = row->seq;
          g_set_str (&type, row->type->name);
          g_set_str (&id, row->id);
        }
      if (rows->len == 0)
        break;
    }
  g_assert_cmpint (g_hash_table_size (seen), ==, 21);
  storage_test_commit (storage);
}

static void
check_sum (ForlopServerStorage *storage,
           const char          *scope)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = storage->funcs->rows_of_scope (storage, scope, 0, NULL, NULL, 10000, &error);
  ForlopScopeSum expected = { 0 };
  ForlopScopeSum sum;

  g_assert_no_error (error);
  for (unsigned int i = 0; i < rows->len; i++)
    {
      const ForlopSyncRow *row = g_ptr_array_index (rows, i);

      expected.count++;
      expected.sum += forlop_sync_row_hash (row->type->name, row->id, row->vtag, row->deleted);
    }
  g_assert_true (storage->funcs->get_sum (storage, scope, &sum, &error));
  g_assert_cmpint (sum.count, ==, expected.count);
  g_assert_cmpuint (sum.sum, ==, expected.sum);
}

static void
sums_are_what_one_works_out (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  const char *scopes[] = { "cat", "org:1", "c:1" };
  const char *ids[12];
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (unsigned int i = 0; i < G_N_ELEMENTS (ids); i++)
    ids[i] = storage_test_id (test);

  for (unsigned int turn = 0; turn < 40; turn++)
    {
      storage_test_begin (storage, TRUE);
      for (unsigned int i = 0; i < 5; i++)
        storage_test_put (test, storage, "task", ids[g_rand_int_range (rand, 0, G_N_ELEMENTS (ids))],
                          scopes[g_rand_int_range (rand, 0, G_N_ELEMENTS (scopes))],
                          storage_test_move (storage), g_rand_boolean (rand) ? "{}" : NULL);
      check_sum (storage, scopes[turn % G_N_ELEMENTS (scopes)]);
      if (g_rand_int_range (rand, 0, 4) == 0)
        storage->funcs->rollback (storage);
      else
        storage_test_commit (storage);

      storage_test_begin (storage, FALSE);
      for (unsigned int i = 0; i < G_N_ELEMENTS (scopes); i++)
        check_sum (storage, scopes[i]);
      storage_test_commit (storage);
    }
}

static void
a_row_changes_its_scope (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  const char *note = storage_test_id (test);
  g_autoptr (GPtrArray) scopes = NULL;
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;
  ForlopScopeSum sum;

  storage_test_begin (storage, TRUE);
  storage_test_put (test, storage, "note", note, "c:1", storage_test_move (storage), "{}");
  storage_test_put (test, storage, "note", note, "n:1:2", storage_test_move (storage), "{}");
  storage_test_put (test, storage, "block", storage_test_id (test), "n:1:3", storage_test_move (storage), NULL);
  storage_test_put (test, storage, "block", storage_test_id (test), "n:1:3", storage_test_move (storage), "{}");
  storage_test_put (test, storage, "note", storage_test_id (test), "n:11:4", storage_test_move (storage), "{}");
  storage_test_commit (storage);

  storage_test_begin (storage, FALSE);
  scopes = storage->funcs->list_scopes (storage, "n:1:", &error);
  none = storage->funcs->list_scopes (storage, "n:2:", &error);
  left = storage->funcs->list_scope (storage, "c:1", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (scopes->len, ==, 2);
  g_assert_cmpstr (scopes->pdata[0], ==, "n:1:2");
  g_assert_cmpstr (scopes->pdata[1], ==, "n:1:3");
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (left->len, ==, 0);
  g_assert_true (storage->funcs->get_sum (storage, "c:1", &sum, &error));
  g_assert_cmpint (sum.count, ==, 0);
  g_assert_true (sum.sum == 0);
  g_assert_true (storage->funcs->get_sum (storage, "n:1:2", &sum, &error));
  g_assert_cmpint (sum.count, ==, 1);
  storage_test_commit (storage);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/storage-rows/a-row-comes-back-byte-for-byte", a_row_comes_back_byte_for_byte);
  g_test_add_func ("/storage-rows/lists-leave-out-tombstones", lists_leave_out_tombstones);
  g_test_add_func ("/storage-rows/only-what-active-grants-cover-is-sent", only_what_active_grants_cover_is_sent);
  g_test_add_func ("/storage-rows/measurements-come-in-the-order-of-the-log",
                   measurements_come_in_the_order_of_the_log);
  g_test_add_func ("/storage-rows/a-page-ends-at-a-whole-position", a_page_ends_at_a_whole_position);
  g_test_add_func ("/storage-rows/a-scope-is-read-page-by-page", a_scope_is_read_page_by_page);
  g_test_add_func ("/storage-rows/a-row-changes-its-scope", a_row_changes_its_scope);
  g_test_add_func ("/storage-rows/sums-are-what-one-works-out", sums_are_what_one_works_out);

  return g_test_run ();
}
