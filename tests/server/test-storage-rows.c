/* SPDX-License-Identifier: EUPL-1.2 */

/* What both storages promise of rows: what is put comes back, in the order of the log, to who may see
 * it. Run once for each kind. */

#include "storage-test-util.h"

#include <string.h>

#include "forlop-measurement.h"
#include "forlop-people-search.h"

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

static void
kinds_that_are_asked_for_are_listed_alone (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  const char *plan = storage_test_id (test), *limit = storage_test_id (test);
  g_autoptr (GPtrArray) listed = NULL;

  storage_test_begin (storage, TRUE);
  storage_test_put (test, storage, "limit", limit, "c:1", storage_test_move (storage), "{}");
  storage_test_put (test, storage, "care_plan", plan, "c:1", storage_test_move (storage), "{}");
  storage_test_put (test, storage, "case", storage_test_id (test), "c:1", 2, "{}");
  storage_test_put (test, storage, "limit", storage_test_id (test), "c:1", 2, NULL);
  storage_test_put (test, storage, "limit", storage_test_id (test), "c:2", 2, "{}");

  listed = storage->funcs->list_kinds (storage, "c:1", "care_plan limit", &error);
  g_assert_no_error (error);
  g_assert_cmpint (listed->len, ==, 2);
  g_assert_cmpstr (((ForlopSyncRow *) g_ptr_array_index (listed, 0))->id, ==, plan);
  g_assert_cmpstr (((ForlopSyncRow *) g_ptr_array_index (listed, 1))->id, ==, limit);
  storage_test_commit (storage);
}

/* Their platform is a name that JSON has to write otherwise than it is. */
static void
followed_citizens_are_listed_from_a_place_on (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  static const struct { const char *citizen; const char *rest; } cases[] = {
    { "00000000-0000-8000-8000-000000000004", "\"platform\":\"Heim \\\"A\\\\B\\\" æ\"" },
    { "00000000-0000-8000-8000-000000000001", "\"status\":\"closed\",\"platform\":\"Heim \\\"A\\\\B\\\" æ\"" },
    { "00000000-0000-8000-8000-000000000003", "\"follow_up_unit_id\":\"00000000-0000-8000-8000-00000000000a\"" },
    { "00000000-0000-8000-8000-000000000004", "\"follow_up_unit_id\":\"00000000-0000-8000-8000-00000000000a\"" },
    { "00000000-0000-8000-8000-000000000002", "\"platform\":\"Heim\",\"note\":\"\\\"platform\\\":\\\"Heim \"" },
    { "00000000-0000-8000-8000-000000000005", "\"follow_up_unit_id\":\"00000000-0000-8000-8000-00000000000b\"" },
    { "00000000-0000-8000-8000-000000000006", "\"platform\":\"Heim \\\"A\\\\B\\\" æ\"" },
  };
  const char *platform = "Heim \"A\\B\" æ", *unit = "00000000-0000-8000-8000-00000000000a";
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) some = NULL;

  storage_test_begin (storage, TRUE);
  for (unsigned int i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"citizen_id\":\"%s\",%s}", cases[i].citizen, cases[i].rest);

      storage_test_put (test, storage, "case", storage_test_id (test), "c:1", storage_test_move (storage), body);
    }
  all = storage->funcs->list_followed (storage, platform, unit, "", 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 4);
  g_assert_cmpstr (all->pdata[0], ==, cases[1].citizen);
  g_assert_cmpstr (all->pdata[1], ==, cases[2].citizen);
  g_assert_cmpstr (all->pdata[2], ==, cases[0].citizen);
  g_assert_cmpstr (all->pdata[3], ==, cases[6].citizen);
  some = storage->funcs->list_followed (storage, platform, unit, cases[2].citizen, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (some->len, ==, 2);
  g_assert_cmpstr (some->pdata[0], ==, cases[2].citizen);
  g_assert_cmpstr (some->pdata[1], ==, cases[0].citizen);
  storage_test_commit (storage);
}

static void
alerts_are_listed_from_an_instant_on (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) listed = NULL;
  const char *second = storage_test_id (test);
  gint64 since;

  g_assert_true (forlop_instant_from_iso ("2026-03-20T09:00:00.000Z", &since));
  storage_test_begin (storage, TRUE);
  storage_test_put (test, storage, "alert", storage_test_id (test), "c:1", storage_test_move (storage),
                    "{\"raised_at\":\"2026-03-20T08:59:59.999Z\"}");
  storage_test_put (test, storage, "alert", second, "c:1", storage_test_move (storage),
                    "{\"raised_at\":\"2026-03-20T09:00:00.000Z\"}");
  storage_test_put (test, storage, "task", storage_test_id (test), "c:1", storage_test_move (storage),
                    "{\"raised_at\":\"2026-03-20T09:00:00.000Z\"}");
  listed = storage->funcs->list_raised (storage, since, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (listed->len, ==, 1);
  g_assert_cmpstr (((ForlopSyncRow *) listed->pdata[0])->id, ==, second);
  storage_test_commit (storage);
}

static void
changed_scopes_are_listed_up_to_a_number (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopSyncRow) measurement = NULL;
  g_autoptr (GPtrArray) changed = NULL;
  g_autoptr (GPtrArray) first = NULL;
  gint64 before;

  storage_test_begin (storage, TRUE);
  storage_test_put (test, storage, "task", storage_test_id (test), "c:old", storage_test_move (storage), "{}");
  before = storage_test_move (storage);
  for (unsigned int i = 0; i < 3; i++)
    storage_test_put (test, storage, "task", storage_test_id (test), "c:new", storage_test_move (storage), "{}");
  measurement = storage_test_measurement (test, storage_test_id (test), storage_test_move (storage));
  g_assert_true (storage->funcs->put_row (storage, measurement, &error));

  changed = storage->funcs->list_changed (storage, before, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (changed->len, ==, 4);
  g_assert_true (g_ptr_array_find_with_equal_func (changed, measurement->scope, g_str_equal, NULL));
  g_assert_true (g_ptr_array_find_with_equal_func (changed, "c:new", g_str_equal, NULL));
  g_assert_false (g_ptr_array_find_with_equal_func (changed, "c:old", g_str_equal, NULL));
  first = storage->funcs->list_changed (storage, before, 2, &error);
  g_assert_cmpuint (first->len, ==, 3);
  storage_test_commit (storage);
}

/* As judging takes them: by time, without those that were taken back, and one without a value says so. */
static void
measurements_of_a_time_are_listed (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *citizen = g_strdup (storage_test_id (test));
  g_autofree char *scope = g_strconcat ("c:", citizen, NULL);
  g_autoptr (GArray) listed = g_array_new (FALSE, FALSE, sizeof (ForlopMeasurement));
  const ForlopMeasurement *first, *second;

  storage_test_begin (storage, TRUE);
  for (unsigned int i = 0; i < 5; i++)
    {
      g_autoptr (ForlopSyncRow) row = storage_test_measurement (test, citizen, storage_test_move (storage));

      /* The first is too late, and the last was taken back. */
      forlop_record_set_instant (row->record, "measured_at", 5000 - 1000 * i);
      if (i == 1)
        forlop_record_clear (row->record, "value");
      row->deleted = i == 4;
      g_assert_true (storage->funcs->put_row (storage, row, &error));
    }
  g_assert_true (storage->funcs->list_measured (storage, scope, 1000, 4000, listed, &error));
  g_assert_no_error (error);
  g_assert_cmpint (listed->len, ==, 3);
  first = &g_array_index (listed, ForlopMeasurement, 0);
  second = &g_array_index (listed, ForlopMeasurement, 2);
  g_assert_cmpint (first->measured_at, ==, 2000);
  g_assert_cmpint (first->received_at, ==, 1795000099999);
  g_assert_cmpint (first->measure, ==, FORLOP_MEASURE_WEIGHT);
  g_assert_cmpint (first->source, ==, FORLOP_SOURCE_STAFF);
  g_assert_cmpint (first->quality, ==, 0);
  g_assert_cmpfloat_with_epsilon (first->value, 82.3, 1e-9);
  g_assert_cmpint (second->measured_at, ==, 4000);
  g_assert_cmpint (second->quality, ==, FORLOP_QUALITY_ABSENT);
  storage_test_commit (storage);
}

static void
a_user_s_functions_are_listed_alone (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GPtrArray) moved = NULL;
  const char *kari = storage_test_id (test), *per = storage_test_id (test), *ended = storage_test_id (test);
  const char *first = storage_test_id (test), *second = storage_test_id (test);
  g_autofree char *of_kari = g_strdup_printf ("{\"user_id\":\"%s\"}", kari);
  g_autofree char *of_per = g_strdup_printf ("{\"user_id\":\"%s\"}", per);

  storage_test_begin (storage, TRUE);
  storage_test_put (test, storage, "membership", second, "cat", storage_test_move (storage), of_kari);
  storage_test_put (test, storage, "membership", first, "cat", storage_test_move (storage), of_kari);
  storage_test_put (test, storage, "membership", ended, "cat", storage_test_move (storage), of_kari);
  storage_test_put (test, storage, "membership", ended, "cat", storage_test_move (storage), NULL);
  storage_test_put (test, storage, "membership", storage_test_id (test), "cat", 4, of_per);
  storage_test_put (test, storage, "task", storage_test_id (test), "org:1", 4, of_kari);

  listed = storage->funcs->list_functions (storage, kari, &error);
  g_assert_no_error (error);
  g_assert_cmpint (listed->len, ==, 2);
  g_assert_cmpstr (((ForlopSyncRow *) g_ptr_array_index (listed, 0))->id, ==, first);
  g_assert_cmpstr (((ForlopSyncRow *) g_ptr_array_index (listed, 1))->id, ==, second);

  storage_test_put (test, storage, "membership", first, "cat", storage_test_move (storage), of_per);
  moved = storage->funcs->list_functions (storage, kari, &error);
  g_assert_no_error (error);
  g_assert_cmpint (moved->len, ==, 1);
  storage_test_commit (storage);
}

static void
put_alert (StorageTest         *test,
           ForlopServerStorage *storage,
           const char          *id,
           const char          *severity,
           const char          *status)
{
  g_autofree char *body = g_strdup_printf ("{\"severity\":\"%s\",\"status\":\"%s\"}", severity, status);

  storage_test_put (test, storage, "alert", id, "c:1", storage_test_move (storage), body);
}

static void
red_alerts_that_nobody_has_taken_are_listed (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GPtrArray) later = NULL;
  const char *fresh = storage_test_id (test), *snoozed = storage_test_id (test);
  const char *taken = storage_test_id (test), *yellow = storage_test_id (test);

  storage_test_begin (storage, TRUE);
  put_alert (test, storage, snoozed, "red", "snoozed");
  put_alert (test, storage, fresh, "red", "new");
  put_alert (test, storage, taken, "red", "taken");
  put_alert (test, storage, yellow, "yellow", "new");
  listed = storage->funcs->list_untaken (storage, &error);
  g_assert_no_error (error);
  g_assert_cmpint (listed->len, ==, 2);
  g_assert_cmpstr (((ForlopSyncRow *) g_ptr_array_index (listed, 0))->id, ==, fresh);
  g_assert_cmpstr (((ForlopSyncRow *) g_ptr_array_index (listed, 1))->id, ==, snoozed);

  put_alert (test, storage, fresh, "red", "handled");
  later = storage->funcs->list_untaken (storage, &error);
  g_assert_no_error (error);
  g_assert_cmpint (later->len, ==, 1);
  storage_test_commit (storage);
}

static void
what_waits_is_listed (void)
{
  static const char *const rows[][3] = {
    { "alert", "taken", "1" }, { "alert", "handled", NULL }, { "task", "open", "1" }, { "task", "done", NULL },
    { "case", "running", "1" }, { "case", "ended", "1" }, { "case", "closed", NULL },
  };
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) listed = NULL;
  unsigned int n = 0;

  storage_test_begin (storage, TRUE);
  for (unsigned int i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"status\":\"%s\"}", rows[i][1]);

      storage_test_put (test, storage, rows[i][0], storage_test_id (test), "c:1", storage_test_move (storage), body);
      n += rows[i][2] != NULL;
    }
  listed = storage->funcs->list_waiting (storage, &error);
  g_assert_no_error (error);
  g_assert_cmpint (listed->len, ==, n);
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

/* The ids found, in order, as one text. */
static char *
find (ForlopServerStorage *storage,
      const char          *text,
      unsigned int         limit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) needles = forlop_people_needles (text);
  g_autoptr (GPtrArray) found = NULL;

  g_assert_nonnull (needles);
  found = storage->funcs->search_people (storage, needles, limit, &error);
  g_assert_no_error (error);
  g_ptr_array_add (found, NULL);

  return g_strjoinv (" ", (char **) found->pdata);
}

static void
assert_found (ForlopServerStorage *storage,
              const char          *text,
              const char          *expected)
{
  g_autofree char *found = find (storage, text, 50);

  g_assert_cmpstr (found, ==, expected);
}

static void
people_are_found_by_name_birth_and_number (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (ForlopServerStorage) other = storage_test_open (test, 1);
  const char *kari = storage_test_id (test), *ase = storage_test_id (test);
  g_autofree char *both = g_strconcat (kari, " ", ase, NULL);

  storage_test_begin (storage, TRUE);
  storage_test_put (test, storage, "citizen", kari, "c:k", storage_test_move (storage),
                    "{\"id_number\":\"15872949884\",\"birth_date\":\"1940-03-12\","
                    "\"given_name\":\"Kari-Anne\",\"family_name\":\"Li\"}");
  storage_test_put (test, storage, "citizen", ase, "c:a", storage_test_move (storage),
                    "{\"given_name\":\"Åse\",\"family_name\":\"Karisen\"}");
  storage_test_commit (storage);

  storage_test_begin (storage, FALSE);
  assert_found (storage, "kari", both);
  assert_found (storage, "KARI li", kari);
  assert_found (storage, "anne", kari);
  assert_found (storage, "åse karis", ase);
  assert_found (storage, "158729 49884", kari);
  assert_found (storage, "Kari 12.03.1940", kari);
  assert_found (storage, "1940-03-12", kari);
  assert_found (storage, "15872", "");
  assert_found (storage, "aris", "");
  assert_found (storage, "%%kar", both);
  storage_test_commit (storage);

  storage_test_begin (other, FALSE);
  assert_found (other, "kari", "");
  storage_test_commit (other);
}

static void
a_person_is_found_as_registered_last (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  const char *id = storage_test_id (test);
  static const char *const never[] = {
    "{\"given_name\":\"Kari\",\"family_name\":\"Li\",\"address_protection\":\"confidential\"}",
    "{\"given_name\":\"Kari\",\"family_name\":\"Li\","
    "\"merged_into_id\":\"01980000-0000-7000-8000-000000000001\"}",
    NULL,
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (never); i++)
    {
      storage_test_begin (storage, TRUE);
      storage_test_put (test, storage, "citizen", id, "c:k", storage_test_move (storage),
                        "{\"given_name\":\"Kari\",\"family_name\":\"Li\",\"address_protection\":\"none\"}");
      assert_found (storage, "kari", id);
      storage_test_put (test, storage, "citizen", id, "c:k", storage_test_move (storage),
                        "{\"given_name\":\"Berit\",\"family_name\":\"Li\"}");
      assert_found (storage, "kari", "");
      assert_found (storage, "berit", id);
      storage_test_put (test, storage, "citizen", id, "c:k", storage_test_move (storage), never[i]);
      assert_found (storage, "kari", "");
      assert_found (storage, "berit", "");
      storage_test_commit (storage);
    }
}

static void
a_search_needs_three_letters_and_has_a_limit (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autofree char *found = NULL;

  g_assert_null (forlop_people_needles ("ka"));
  g_assert_null (forlop_people_needles (" - k % a"));
  g_assert_null (forlop_people_needles (""));
  storage_test_begin (storage, TRUE);
  for (unsigned int i = 0; i < 5; i++)
    storage_test_put (test, storage, "citizen", storage_test_id (test), "c:k", storage_test_move (storage),
                      "{\"given_name\":\"Bo\",\"family_name\":\"Li\"}");
  found = find (storage, "Bo Li", 3);
  g_assert_cmpuint (strlen (found), ==, 3 * 36 + 2);
  storage_test_commit (storage);
}

static void
grants_whose_time_is_over_are_listed (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  const char *user = storage_test_id (test);
  g_autoptr (GPtrArray) ended = NULL;
  const ForlopServerGrant *grant;

  storage_test_begin (storage, TRUE);
  storage_test_grant (storage, user, "c:a", TRUE, NOW, 1);
  storage_test_grant (storage, user, "c:b", TRUE, NOW + 1, 1);
  storage_test_grant (storage, user, "c:c", TRUE, FORLOP_INSTANT_NONE, 1);
  storage_test_grant (storage, user, "c:d", FALSE, NOW - 1, 1);
  ended = storage->funcs->list_ended_grants (storage, NOW, NULL);
  g_assert_cmpuint (ended->len, ==, 1);
  grant = g_ptr_array_index (ended, 0);
  g_assert_cmpstr (grant->scope, ==, "c:a");
  g_assert_cmpstr (grant->user_id, ==, user);
  storage_test_commit (storage);
}

/* A note that is blocked: its row is the same, and where it was nothing of it is left. */
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
  g_test_add_func ("/storage-rows/a-user-s-functions-are-listed-alone", a_user_s_functions_are_listed_alone);
  g_test_add_func ("/storage-rows/kinds-that-are-asked-for-are-listed-alone",
                   kinds_that_are_asked_for_are_listed_alone);
  g_test_add_func ("/storage-rows/followed-citizens-are-listed-from-a-place-on",
                   followed_citizens_are_listed_from_a_place_on);
  g_test_add_func ("/storage-rows/alerts-are-listed-from-an-instant-on", alerts_are_listed_from_an_instant_on);
  g_test_add_func ("/storage-rows/changed-scopes-are-listed-up-to-a-number", changed_scopes_are_listed_up_to_a_number);
  g_test_add_func ("/storage-rows/measurements-of-a-time-are-listed", measurements_of_a_time_are_listed);
  g_test_add_func ("/storage-rows/red-alerts-that-nobody-has-taken-are-listed",
                   red_alerts_that_nobody_has_taken_are_listed);
  g_test_add_func ("/storage-rows/what-waits-is-listed", what_waits_is_listed);
  g_test_add_func ("/storage-rows/only-what-active-grants-cover-is-sent", only_what_active_grants_cover_is_sent);
  g_test_add_func ("/storage-rows/measurements-come-in-the-order-of-the-log",
                   measurements_come_in_the_order_of_the_log);
  g_test_add_func ("/storage-rows/a-page-ends-at-a-whole-position", a_page_ends_at_a_whole_position);
  g_test_add_func ("/storage-rows/a-scope-is-read-page-by-page", a_scope_is_read_page_by_page);
  g_test_add_func ("/storage-rows/a-row-changes-its-scope", a_row_changes_its_scope);
  g_test_add_func ("/storage-rows/sums-are-what-one-works-out", sums_are_what_one_works_out);

  g_test_add_func ("/storage-rows/people-are-found-by-name-birth-and-number",
                   people_are_found_by_name_birth_and_number);
  g_test_add_func ("/storage-rows/a-person-is-found-as-registered-last", a_person_is_found_as_registered_last);
  g_test_add_func ("/storage-rows/a-search-needs-three-letters-and-has-a-limit",
                   a_search_needs_three_letters_and_has_a_limit);
  g_test_add_func ("/storage-rows/grants-whose-time-is-over-are-listed", grants_whose_time_is_over_are_listed);

  return g_test_run ();
}
