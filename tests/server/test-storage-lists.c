/* SPDX-License-Identifier: EUPL-1.2 */

/* What both storages promise of what the server asks for by kind, time, place or name. Run once for each kind of
 * storage. */

#include "storage-test-util.h"

#include "forlop-measurement.h"
#include "forlop-people-search.h"

#define NOW 1795000000000

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
int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/storage-lists/a-user-s-functions-are-listed-alone", a_user_s_functions_are_listed_alone);
  g_test_add_func ("/storage-lists/kinds-that-are-asked-for-are-listed-alone",
                   kinds_that_are_asked_for_are_listed_alone);
  g_test_add_func ("/storage-lists/followed-citizens-are-listed-from-a-place-on",
                   followed_citizens_are_listed_from_a_place_on);
  g_test_add_func ("/storage-lists/alerts-are-listed-from-an-instant-on", alerts_are_listed_from_an_instant_on);
  g_test_add_func ("/storage-lists/changed-scopes-are-listed-up-to-a-number", changed_scopes_are_listed_up_to_a_number);
  g_test_add_func ("/storage-lists/measurements-of-a-time-are-listed", measurements_of_a_time_are_listed);
  g_test_add_func ("/storage-lists/red-alerts-that-nobody-has-taken-are-listed",
                   red_alerts_that_nobody_has_taken_are_listed);
  g_test_add_func ("/storage-lists/what-waits-is-listed", what_waits_is_listed);
  g_test_add_func ("/storage-lists/people-are-found-by-name-birth-and-number",
                   people_are_found_by_name_birth_and_number);
  g_test_add_func ("/storage-lists/a-person-is-found-as-registered-last", a_person_is_found_as_registered_last);
  g_test_add_func ("/storage-lists/a-search-needs-three-letters-and-has-a-limit",
                   a_search_needs_three_letters_and_has_a_limit);
  g_test_add_func ("/storage-lists/grants-whose-time-is-over-are-listed", grants_whose_time_is_over_are_listed);

  return g_test_run ();
}
