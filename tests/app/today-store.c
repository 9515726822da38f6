/* SPDX-License-Identifier: EUPL-1.2 */

/* today-store: makes a file with something to do in every role, and prints its path. The passphrase
 * is "en lang setning for prøving"; the clock stood at 12 on 22 November 2026, which was a Sunday. */

#include <locale.h>

#include "acts-test-util.h"
#include "forlop-duty-store.h"
#include "forlop-keyring.h"

#define PASSPHRASE "en lang setning for prøving"

typedef struct {
  ActsTest *test;
  GPtrArray *duties;
} Plant;

static void
refer (ActsTest   *test,
       const char *given,
       const char *family,
       const char *born,
       const char *received,
       char      **citizen_id,
       char      **case_id)
{
  g_autoptr (ForlopActResult) citizen = acts_test_do (
    test, test->caseworker, "register-citizen",
    "{\"given_name\":\"%s\",\"family_name\":\"%s\",\"birth_date\":\"%s\",\"unit_id\":\"%s\"}", given,
    family, born, test->zone);
  g_autoptr (ForlopActResult) referral = acts_test_do (
    test, test->caseworker, "register-referral",
    "{\"citizen_id\":\"%s\",\"source\":\"gp\",\"channel\":\"e_message\",\"received_on\":\"%s\","
    "\"reason\":\"KOLS\"}", citizen->citizen_id, received);

  if (citizen_id != NULL)
    *citizen_id = g_steal_pointer (&referral->citizen_id);
  if (case_id != NULL)
    *case_id = g_steal_pointer (&referral->case_id);
}

static void
map_need (ActsTest   *test,
          const char *case_id)
{
  acts_test_must (test, test->caseworker, "save-assessment",
                  "{\"case_id\":\"%s\",\"what_matters\":\"Bo hjemme\"}", case_id);
  acts_test_must (test, test->caseworker, "finish-office-mapping",
                  "{\"case_id\":\"%s\",\"unit_id\":\"%s\"}", case_id, test->zone);
}

static void
add_alert (Plant      *plant,
           const char *citizen_id,
           const char *case_id,
           const char *rule,
           const char *severity,
           gint64      minutes,
           const char *arguments)
{
  gint64 now = forlop_clock_now (plant->test->clock);
  ForlopDuty *duty = g_new0 (ForlopDuty, 1);

  duty->rule = rule;
  duty->severity = severity;
  duty->subject_type = "case";
  duty->subject_id = g_strdup (case_id);
  duty->citizen_id = g_strdup (citizen_id);
  duty->case_id = g_strdup (case_id);
  duty->role = g_strdup ("resource_person");
  duty->unit_id = g_strdup (plant->test->zone);
  duty->visible_from = now - minutes * FORLOP_MINUTE;
  duty->since = duty->visible_from;
  duty->due_at = FORLOP_INSTANT_NONE;
  duty->arguments = g_strdup (arguments);
  g_ptr_array_add (plant->duties, duty);
}

static gpointer
plant_on_worker (ForlopConnection  *connection,
                 gpointer           user_data,
                 GCancellable      *cancellable G_GNUC_UNUSED,
                 GError           **error)
{
  Plant *plant = user_data;

  return GINT_TO_POINTER (
    forlop_duty_store_replace (connection, plant->test->profile, plant->duties, error));
}

static void
lock (ActsTest *test)
{
  const ForlopKeyringCost cheap = { 1, 8192 * 4 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopKeyring) keyring = forlop_keyring_new (test->zone, test->key);
  g_autofree char *path = forlop_keyring_dup_path (test->path);

  g_assert_true (forlop_keyring_set_passphrase (keyring, test->key, PASSPHRASE, &cheap, &error));
  g_assert_true (forlop_keyring_save (keyring, path, &error));
  g_assert_true (forlop_store_close (test->store, &error));
  g_assert_no_error (error);
}

int
main (void)
{
  ActsTest *test;
  Plant plant;
  char *anna, *anna_case, *odd, *odd_case, *liv, *liv_case;
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;

  setlocale (LC_ALL, "");
  test = acts_test_new ("2026-11-22");
  forlop_clock_set (test->clock, forlop_clock_now (test->clock) + 3 * FORLOP_HOUR);
  plant = (Plant) { test, g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_duty_free) };

  refer (test, "Anna", "Berg", "1943-05-17", "2026-11-02", &anna, &anna_case);
  refer (test, "Odd", "Lie", "1948-01-30", "2026-11-09", &odd, &odd_case);
  refer (test, "Liv", "Haug", "1954-03-12", "2026-11-16", &liv, &liv_case);
  refer (test, "Arne", "Moen", "1962-11-03", "2026-10-19", NULL, NULL);
  refer (test, "Per", "Vik", "1945-08-08", "2026-11-20", NULL, NULL);
  refer (test, "Eva", "Dahl-Kristoffersen", "1957-02-14", "2026-10-27", NULL, NULL);
  map_need (test, anna_case);
  map_need (test, odd_case);
  map_need (test, liv_case);

  add_alert (&plant, anna, anna_case, "alert", "red", 14, NULL);
  add_alert (&plant, odd, odd_case, "alert", "red", 62, NULL);
  add_alert (&plant, odd, odd_case, "alert-yellow", "yellow", 61,
             "{\"code\":\"beyond_limit\",\"severity\":\"yellow\",\"measure\":\"pulse\",\"value\":112,"
             "\"limit_kind\":\"yellow_high\",\"limit\":110,\"plan_version\":1}");
  add_alert (&plant, liv, liv_case, "alert", "yellow", 32, NULL);
  add_alert (&plant, odd, odd_case, "missing-measurement", NULL, 120,
             "{\"code\":\"weight\",\"expected_at\":1795000000000}");
  forlop_store_write_sync (test->store, plant_on_worker, &plant, NULL, NULL, &error);
  g_assert_no_error (error);

  acts_test_must (test, test->nurse, "add-task",
                  "{\"unit_id\":\"%s\",\"role\":\"resource_person\",\"citizen_id\":\"%s\","
                  "\"kind\":\"general\",\"title\":\"Ring datteren\",\"due_on\":\"2026-11-24\"}",
                  test->zone, liv);
  lock (test);
  g_print ("%s\n", test->path);

  return 0;
}
