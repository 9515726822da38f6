/* SPDX-License-Identifier: EUPL-1.2 */

#include "follow-up-test-util.h"
#include "forlop-alarm-load.h"

static gpointer
load_alarms_on_worker (ForlopConnection  *connection,
                       gpointer           user_data,
                       GCancellable      *cancellable G_GNUC_UNUSED,
                       GError           **error)
{
  return forlop_alarm_load_list (connection, user_data, error);
}

static GPtrArray *
load_alarms (ForlopStore          *store,
             ForlopAlarmLoadQuery *query)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *loads = forlop_store_read_sync (store, load_alarms_on_worker, query, (GDestroyNotify) g_ptr_array_unref,
                                             NULL, &error);

  g_assert_no_error (error);

  return loads;
}

static void
test_alarm_load_counts_each_limit (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-16");
  g_autofree char *case_id = follow_up_start (test, "2026-03-16");
  g_autofree char *first = follow_up_measure (test, case_id, "spo2", "86", "2026-03-16T08:10:00");
  g_autoptr (ForlopRecord) red = follow_up_alert (test, first, "red_low");
  g_autofree char *yellow_id = NULL;
  g_autofree char *late = NULL;
  g_autoptr (ForlopRecord) yellow = NULL;
  g_autoptr (GPtrArray) loads = NULL;
  g_autoptr (GPtrArray) none = NULL;
  ForlopAlarmLoadQuery query = { test->zone, NULL, 0, 0, 10 };
  const ForlopAlarmLoad *load;

  acts_test_must (test, test->nurse, "handle-alert", "{\"alert_id\":\"%s\",\"way\":\"phone\",\"text\":\"Ringte\"}",
                  forlop_record_get_id (red));
  follow_up_set_time (test, "2026-03-30T09:00:00");
  late = follow_up_measure (test, case_id, "spo2", "85", "2026-03-30T08:10:00");
  yellow_id = follow_up_measure (test, case_id, "spo2", "90", "2026-03-30T08:20:00");
  yellow = follow_up_alert (test, yellow_id, "yellow_low");
  acts_test_must (test, test->nurse, "ignore-alert", "{\"alert_id\":\"%s\",\"ignored_reason\":\"Kald finger\"}",
                  forlop_record_get_id (yellow));

  query.now = forlop_clock_now (test->clock);
  loads = load_alarms (test->store, &query);
  g_assert_cmpuint (loads->len, ==, 2);
  load = g_ptr_array_index (loads, 0);
  g_assert_cmpstr (load->rule, ==, "red_low");
  g_assert_cmpint (load->measure, ==, FORLOP_MEASURE_SPO2);
  g_assert_cmpuint (load->n_7, ==, 1);
  g_assert_cmpuint (load->n_30, ==, 2);
  g_assert_cmpuint (load->n_90, ==, 2);
  g_assert_cmpuint (load->n_handled, ==, 1);
  g_assert_cmpuint (load->n_open, ==, 1);
  g_assert_cmpint (forlop_alarm_load_share (load), ==, 100);
  load = g_ptr_array_index (loads, 1);
  g_assert_cmpstr (load->rule, ==, "yellow_low");
  g_assert_cmpint (forlop_alarm_load_share (load), ==, 0);
  g_assert_false (forlop_alarm_load_is_idle (load));

  query.unit_id = test->other_zone;
  none = load_alarms (test->store, &query);
  g_assert_cmpuint (none->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/alarm-load/counts-each-limit", test_alarm_load_counts_each_limit);

  return g_test_run ();
}
