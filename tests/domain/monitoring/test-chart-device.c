/* SPDX-License-Identifier: EUPL-1.2 */

#include <string.h>

#include "forlop-chart-device.h"

/* What the charts of a citizen show of the equipment. */

static ForlopDate
date_of (const char *iso)
{
  ForlopDate date;

  g_assert_true (forlop_date_from_iso (iso, &date));

  return date;
}

static gint64
wall (const char *iso)
{
  return forlop_instant_from_wall (date_of (iso), 0);
}

static ForlopRecord *
record_new (const char *type)
{
  g_autofree char *id = g_uuid_string_random ();

  return forlop_record_new (forlop_record_type_find (type), id);
}

static ForlopChartDevice *
add_device (GPtrArray  *devices,
            const char *name,
            const char *measures,
            const char *from,
            const char *to)
{
  ForlopChartDevice *device = g_new0 (ForlopChartDevice, 1);

  device->loan = record_new ("loan");
  device->item = record_new ("item");
  device->product = record_new ("product");
  device->name = g_strdup (name);
  device->faults = g_ptr_array_new_with_free_func (g_object_unref);
  device->plans = g_ptr_array_new_with_free_func (g_object_unref);
  device->services = g_ptr_array_new_with_free_func (g_object_unref);
  forlop_record_set_text (device->product, "kind", "oximeter");
  forlop_record_set_text (device->product, "measures", measures);
  forlop_record_set_text (device->item, "product_id", forlop_record_get_id (device->product));
  forlop_record_set_date (device->loan, "handed_out_on", date_of (from));
  if (to != NULL)
    forlop_record_set_date (device->loan, "returned_on", date_of (to));
  g_ptr_array_add (devices, device);

  return device;
}

static void
add_fault (ForlopChartDevice *device,
           const char        *day,
           const char        *description)
{
  ForlopRecord *fault = record_new ("fault");

  forlop_record_set_instant (fault, "reported_at", wall (day));
  forlop_record_set_text (fault, "description", description);
  g_ptr_array_add (device->faults, fault);
}

static void
add_calibration (ForlopChartDevice *device,
                 const char        *day,
                 const char        *result)
{
  ForlopRecord *service = record_new ("service_record");

  forlop_record_set_text (service, "item_id", forlop_record_get_id (device->item));
  forlop_record_set_text (service, "kind", "calibration");
  forlop_record_set_date (service, "done_on", date_of (day));
  forlop_record_set_text (service, "result", result);
  g_ptr_array_add (device->services, service);
}

static void
add_yearly_plan (ForlopChartDevice *device)
{
  ForlopRecord *plan = record_new ("service_plan");

  forlop_record_set_text (plan, "product_id", forlop_record_get_id (device->product));
  forlop_record_set_text (plan, "kind", "calibration");
  forlop_record_set_integer (plan, "interval_days", 365);
  forlop_record_set_boolean (plan, "active", TRUE);
  g_ptr_array_add (device->plans, plan);
}

/* In order of time, as "kind text". */
static void
assert_marks (GPtrArray         *devices,
              ForlopMeasure      measure,
              const char *const *expected)
{
  g_autoptr (ForlopChartSeries) series = forlop_chart_series_new_of (measure);
  const ForlopChartMark *marks;
  unsigned int n_marks;

  forlop_chart_add_devices (series, devices, wall ("2026-11-22"));
  marks = forlop_chart_series_get_marks (series, &n_marks);
  for (unsigned int i = 0; i < n_marks && expected[i] != NULL; i++)
    g_assert_cmpstr (marks[i].text, ==, expected[i]);
  g_assert_cmpuint (n_marks, ==, g_strv_length ((char **) expected));
}

static void
test_what_measures_something_else_is_left_out (void)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_chart_device_free);
  const char *const of_pressure[] = { "01.03.2026: Cuff was handed out", "01.04.2026: Tablet was handed out", NULL };
  const char *const of_weight[] = { "01.04.2026: Tablet was handed out", NULL };

  add_device (devices, "Cuff", "systolic,diastolic", "2026-03-01", NULL);
  add_device (devices, "Tablet", NULL, "2026-04-01", NULL);
  assert_marks (devices, FORLOP_MEASURE_BLOOD_PRESSURE, of_pressure);
  assert_marks (devices, FORLOP_MEASURE_WEIGHT, of_weight);
}

static void
test_one_for_another_is_a_replacement (void)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_chart_device_free);
  const char *const expected[] = {
    "01.03.2026: Old was handed out", "05.05.2026: Old was replaced by New", "01.06.2026: New was lost", NULL
  };

  add_device (devices, "Old", "spo2", "2026-03-01", "2026-05-05");
  forlop_record_set_boolean (add_device (devices, "New", "spo2", "2026-05-05", "2026-06-01")->loan, "lost", TRUE);
  assert_marks (devices, FORLOP_MEASURE_SPO2, expected);
}

static void
test_wrongly_registered_never_happened (void)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_chart_device_free);
  const char *const expected[] = { "01.03.2026: Old was handed out", "05.05.2026: Old was returned", NULL };

  add_device (devices, "Old", "spo2", "2026-03-01", "2026-05-05");
  forlop_record_set_boolean (add_device (devices, "New", "spo2", "2026-05-05", NULL)->loan, "voided", TRUE);
  assert_marks (devices, FORLOP_MEASURE_SPO2, expected);
}

static void
test_fault_counts_while_it_is_with_the_citizen (void)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_chart_device_free);
  const char *const expected[] = {
    "01.03.2026: Clip was handed out", "02.04.2026 00.00: fault on Clip: Shows nothing",
    "05.05.2026: Clip was returned", NULL
  };
  ForlopChartDevice *clip = add_device (devices, "Clip", "spo2", "2026-03-01", "2026-05-05");

  add_fault (clip, "2026-02-01", "Of another citizen");
  add_fault (clip, "2026-04-02", "Shows nothing");
  add_fault (clip, "2026-06-02", "Of the next citizen");
  assert_marks (devices, FORLOP_MEASURE_SPO2, expected);
}

static void
test_overdue_calibration_lasts_until_it_is_done (void)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_chart_device_free);
  const char *const expected[] = {
    "01.01.2025: Cuff was handed out",
    "Cuff: calibration overdue from 02.03.2025 to 31.05.2025, its values are uncertain",
    "01.06.2025: Cuff was calibrated",
    "Cuff: calibration overdue since 02.06.2026, its values are uncertain", NULL
  };
  ForlopChartDevice *cuff = add_device (devices, "Cuff", "systolic", "2025-01-01", NULL);

  add_yearly_plan (cuff);
  add_calibration (cuff, "2024-03-01", "ok");
  add_calibration (cuff, "2025-06-01", "adjusted");
  forlop_record_set_date (cuff->item, "next_calibration_on", date_of ("2026-06-01"));
  assert_marks (devices, FORLOP_MEASURE_BLOOD_PRESSURE, expected);
}

static void
test_overdue_of_others_is_not_shown (void)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_chart_device_free);
  const char *const expected[] = {
    "01.05.2026: Cuff was handed out",
    "Cuff: calibration overdue from 02.06.2026 to 10.06.2026, its values are uncertain",
    "10.06.2026: Cuff was returned", NULL
  };
  ForlopChartDevice *cuff = add_device (devices, "Cuff", "systolic", "2026-05-01", "2026-06-10");

  forlop_record_set_date (cuff->item, "next_calibration_on", date_of ("2026-06-01"));
  assert_marks (devices, FORLOP_MEASURE_SYSTOLIC, expected);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chart-device/what-measures-something-else-is-left-out",
                   test_what_measures_something_else_is_left_out);
  g_test_add_func ("/chart-device/one-for-another-is-a-replacement", test_one_for_another_is_a_replacement);
  g_test_add_func ("/chart-device/wrongly-registered-never-happened", test_wrongly_registered_never_happened);
  g_test_add_func ("/chart-device/fault-counts-while-it-is-with-the-citizen",
                   test_fault_counts_while_it_is_with_the_citizen);
  g_test_add_func ("/chart-device/overdue-calibration-lasts-until-it-is-done",
                   test_overdue_calibration_lasts_until_it_is_done);
  g_test_add_func ("/chart-device/overdue-of-others-is-not-shown", test_overdue_of_others_is_not_shown);

  return g_test_run ();
}
