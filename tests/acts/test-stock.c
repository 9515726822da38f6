/* SPDX-License-Identifier: EUPL-1.2 */

#include "equipment-test-util.h"

#include <math.h>
#include <string.h>

#include "forlop-chart-store.h"
#include "forlop-error.h"
#include "forlop-item-store.h"

/* What follows from the register: duties, orders, scanning, tracing. */

static void
test_item_duties_appear_and_vanish (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *case_id = stock_grant (stock, "Liv");
  g_autofree char *item_id = stock_receive (stock, "1");
  g_autofree char *loan_id = NULL;
  const char *const steps[][2] = {
    { "clean-item", "start-cleaning" }, { "finish-cleaning", "finish-cleaning" },
  };

  g_assert_cmpuint (stock_n_duties (stock, item_id, "prepare-item"), ==, 1);
  g_assert_cmpuint (stock_n_duties (stock, item_id, "service-due"), ==, 1);
  acts_test_must (test, test->coordinator, "prepare-item", "{\"item_id\":\"%s\"}", item_id);
  g_assert_cmpuint (stock_n_duties (stock, item_id, "prepare-item"), ==, 0);
  g_assert_cmpuint (stock_n_duties (stock, item_id, "make-item-ready"), ==, 1);
  acts_test_must (test, test->coordinator, "make-item-ready", "{\"item_id\":\"%s\"}", item_id);
  g_assert_cmpuint (stock_n_duties (stock, item_id, "make-item-ready"), ==, 0);

  loan_id = stock_hand_out (stock, case_id, item_id);
  stock_return (stock, loan_id);
  for (unsigned int i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_assert_cmpuint (stock_n_duties (stock, item_id, steps[i][0]), ==, 1);
      acts_test_must (test, test->coordinator, steps[i][1], "{\"item_id\":\"%s\"}", item_id);
      g_assert_cmpuint (stock_n_duties (stock, item_id, steps[i][0]), ==, 0);
    }
  g_assert_cmpuint (stock_n_duties (stock, item_id, "check-item"), ==, 1);
  acts_test_must (test, test->coordinator, "discard-item",
                  "{\"item_id\":\"%s\",\"reason\":\"Slitt\"}",
                  item_id);
  g_assert_cmpuint (stock_n_duties (stock, item_id, "check-item"), ==, 0);
  g_assert_cmpuint (stock_n_duties (stock, item_id, "service-due"), ==, 0);
}

static void
test_duty_of_an_item_taken_back_vanishes (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autoptr (ForlopActResult) received =
    acts_test_do (test, test->coordinator, "receive-item",
                  "{\"product_id\":\"%s\",\"serial_number\":\"1\"}", stock->oximeter);

  g_assert_cmpuint (stock_n_duties (stock, received->subject_id, "prepare-item"), ==, 1);
  acts_test_must (test, test->coordinator, "undo", "{\"op_id\":\"%s\"}", received->op_id);
  g_assert_cmpuint (stock_n_duties (stock, received->subject_id, "prepare-item"), ==, 0);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM duty WHERE citizen_id IS NULL"),
                   ==, 0);
}

static void
test_items_in_the_zone_are_prepared_there (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *item_id = stock_receive (stock, "1");

  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM duty WHERE rule = 'prepare-item' "
                                          "AND role = 'coordinator'"), ==, 1);
  acts_test_must (test, test->coordinator, "move-item",
                  "{\"item_id\":\"%s\",\"location_id\":\"%s\"}", item_id, stock->zone_place);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM duty WHERE rule = 'prepare-item' "
                                          "AND role = 'resource_person' AND unit_id IS NOT NULL"), ==, 1);
  acts_test_refused (test, test->coordinator, "move-item", FORLOP_ERROR_ALREADY, "Sone Nord",
                     "{\"item_id\":\"%s\",\"location_id\":\"%s\"}", item_id, stock->zone_place);
}

static void
test_below_minimum_until_there_are_enough_ready (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *case_id = stock_grant (stock, "Liv");
  g_autofree char *level = stock_do (stock, test->coordinator, "save-stock-level",
                                     "{\"location_id\":\"%s\",\"product_id\":\"%s\",\"minimum\":1}",
                                     stock->store_place, stock->oximeter);
  g_autofree char *item_id = NULL;

  g_assert_cmpuint (stock_n_duties (stock, level, "below-minimum"), ==, 1);
  item_id = stock_receive (stock, "1");
  g_assert_cmpuint (stock_n_duties (stock, level, "below-minimum"), ==, 1);
  acts_test_must (test, test->coordinator, "prepare-item", "{\"item_id\":\"%s\"}", item_id);
  acts_test_must (test, test->coordinator, "make-item-ready", "{\"item_id\":\"%s\"}", item_id);
  g_assert_cmpuint (stock_n_duties (stock, level, "below-minimum"), ==, 0);
  acts_test_must (test, test->coordinator, "reserve-item",
                  "{\"case_id\":\"%s\",\"item_id\":\"%s\"}", case_id, item_id);
  g_assert_cmpuint (stock_n_duties (stock, level, "below-minimum"), ==, 1);
  acts_test_must (test, test->coordinator, "save-stock-level", "{\"id\":\"%s\",\"minimum\":0}",
                  level);
  g_assert_cmpuint (stock_n_duties (stock, level, "below-minimum"), ==, 0);
}

static void
test_order_is_followed_until_it_has_come (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *order = stock_do (stock, test->coordinator, "order-equipment",
                                     "{\"product_id\":\"%s\",\"quantity\":3}", stock->oximeter);
  g_autofree char *item_id = NULL;
  g_autoptr (ForlopRecord) stored = acts_test_load (test, "equipment_order", order);

  g_assert_cmpstr (forlop_record_get_text (stored, "expected_on"), ==, "2026-03-26");
  g_assert_cmpstr (forlop_record_get_text (stored, "supplier_id"), ==, stock->supplier);
  g_assert_cmpuint (stock_n_duties (stock, order, "order-overdue"), ==, 1);
  item_id = stock_do (stock, test->coordinator, "receive-item",
                      "{\"product_id\":\"%s\",\"serial_number\":\"1\",\"order_id\":\"%s\"}",
                      stock->oximeter, order);
  acts_test_refused (test, test->coordinator, "receive-order", FORLOP_ERROR_INVALID, "2 of 3",
                     "{\"order_id\":\"%s\",\"quantity\":3}", order);
  acts_test_must (test, test->coordinator, "receive-order", "{\"order_id\":\"%s\",\"quantity\":2}",
                  order);
  g_assert_cmpuint (stock_n_duties (stock, order, "order-overdue"), ==, 0);
  acts_test_refused (test, test->coordinator, "cancel-order", FORLOP_ERROR_INVALID, "whole order",
                     "{\"order_id\":\"%s\"}", order);
  acts_test_refused (test, test->coordinator, "receive-item", FORLOP_ERROR_ALREADY, "Received",
                     "{\"product_id\":\"%s\",\"serial_number\":\"1\"}", stock->oximeter);
}

static void
test_service_plan_sets_and_service_moves_the_calibration (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *item_id = stock_make_ready (stock, "1");
  g_autoptr (ForlopRecord) before = acts_test_load (test, "item", item_id);
  g_autoptr (ForlopRecord) sooner = NULL;
  g_autoptr (ForlopRecord) after = NULL;
  g_autofree char *other = NULL;
  g_autofree char *plan = NULL;

  g_assert_cmpstr (forlop_record_get_text (before, "next_calibration_on"), ==, "2026-04-11");
  acts_test_must (test, test->coordinator, "save-service-plan",
                  "{\"item_id\":\"%s\",\"kind\":\"calibration\",\"interval_days\":7}", item_id);
  sooner = acts_test_load (test, "item", item_id);
  g_assert_cmpstr (forlop_record_get_text (sooner, "next_calibration_on"), ==, "2026-03-19");
  g_assert_cmpuint (stock_n_duties (stock, item_id, "service-due"), ==, 1);
  acts_test_set_day (test, "2026-03-18");
  acts_test_must (test, test->nurse, "record-service",
                  "{\"item_id\":\"%s\",\"kind\":\"calibration\",\"result\":\"adjusted\"}", item_id);
  after = acts_test_load (test, "item", item_id);
  g_assert_cmpstr (forlop_record_get_text (after, "next_calibration_on"), ==, "2026-03-25");
  other = stock_do (stock, test->coordinator, "save-product", "{\"name\":\"Vekt\",\"kind\":\"scale\"}");
  plan = stock_do (stock, test->coordinator, "save-service-plan",
                   "{\"product_id\":\"%s\",\"kind\":\"calibration\",\"interval_days\":30}", other);
  acts_test_refused (test, test->nurse, "record-service", FORLOP_ERROR_INVALID, "for other equipment",
                     "{\"item_id\":\"%s\",\"kind\":\"calibration\",\"result\":\"ok\",\"service_plan_id\":\"%s\"}",
                     item_id, plan);
  acts_test_refused (test, test->coordinator, "save-service-plan", FORLOP_ERROR_INVALID,
                     "a product or for one item", "{\"kind\":\"cleaning\",\"interval_days\":7}");
}

static void
test_agreement_warns_and_is_renewed (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *agreement = stock_do (stock, test->coordinator, "save-agreement",
                                         "{\"supplier_id\":\"%s\",\"title\":\"Leie\",\"kind\":\"rent\","
                                         "\"from_date\":\"2024-05-01\",\"to_date\":\"2026-04-30\"}",
                                         stock->supplier);

  g_assert_cmpuint (stock_n_duties (stock, agreement, "agreement-ending"), ==, 1);
  g_assert_cmpint (acts_test_count (test, "SELECT (visible_from + 3600000) / 86400000 FROM duty "
                                          "WHERE rule = 'agreement-ending'"), ==, 20483);
  acts_test_must (test, test->coordinator, "save-agreement",
                  "{\"id\":\"%s\",\"to_date\":\"2028-04-30\"}", agreement);
  g_assert_cmpint (acts_test_count (test, "SELECT (visible_from + 3600000) / 86400000 FROM duty "
                                          "WHERE rule = 'agreement-ending'"), ==, 20483 + 731);
}

static void
test_fault_is_followed_until_it_is_resolved (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *case_id = stock_grant (stock, "Liv");
  g_autofree char *item_id = stock_make_ready (stock, "1");
  g_autofree char *loan_id = stock_hand_out (stock, case_id, item_id);
  g_autofree char *fault = stock_do (stock, test->nurse, "report-fault",
                                     "{\"item_id\":\"%s\",\"description\":\"Slår seg av\"}", item_id);

  /* The citizen keeps it until it is fetched, and the time line shows what is wrong. */
  stock_assert_state (stock, item_id, "on_loan");
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM event WHERE act = 'report-fault' "
                                          "AND citizen_id IS NOT NULL"), ==, 1);
  g_assert_cmpuint (stock_n_duties (stock, item_id, "handle-fault"), ==, 1);
  acts_test_must (test, test->coordinator, "send-fault-to-supplier",
                  "{\"fault_id\":\"%s\",\"supplier_ticket\":\"T-7\"}", fault);
  g_assert_cmpuint (stock_n_duties (stock, item_id, "handle-fault"), ==, 0);
  g_assert_cmpuint (stock_n_duties (stock, item_id, "follow-fault"), ==, 1);
  acts_test_must (test, test->coordinator, "resolve-fault",
                  "{\"fault_id\":\"%s\",\"resolution\":\"Nytt batteri\"}", fault);
  g_assert_cmpuint (stock_n_duties (stock, item_id, "follow-fault"), ==, 0);
  acts_test_refused (test, test->coordinator, "resolve-fault", FORLOP_ERROR_ALREADY, "already",
                     "{\"fault_id\":\"%s\",\"resolution\":\"Igjen\"}", fault);
  g_assert_nonnull (loan_id);
}

static void
test_tasks_are_on_the_worklist_of_their_function (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *case_id = stock_grant (stock, "Liv");
  g_autofree char *loose = stock_do (stock, test->manager, "add-task",
                                     "{\"unit_id\":\"%s\",\"role\":\"coordinator\","
                                     "\"title\":\"Tell opp lageret\",\"due_on\":\"2026-03-20\"}",
                                     test->stock);
  g_autofree char *bound = stock_do (stock, test->nurse, "add-task",
                                     "{\"unit_id\":\"%s\",\"role\":\"resource_person\","
                                     "\"case_id\":\"%s\",\"title\":\"Ring datteren\"}", test->zone,
                                     case_id);

  g_assert_cmpuint (stock_n_duties (stock, loose, "task"), ==, 1);
  g_assert_true (acts_test_has_duty (test, case_id, "task"));
  acts_test_must (test, test->coordinator, "take-task", "{\"task_id\":\"%s\"}", loose);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM duty WHERE rule = 'task' "
                                          "AND taken_by IS NOT NULL AND due_at IS NOT NULL"), ==, 1);
  acts_test_must (test, test->coordinator, "finish-task", "{\"task_id\":\"%s\"}", loose);
  g_assert_cmpuint (stock_n_duties (stock, loose, "task"), ==, 0);
  acts_test_must (test, test->nurse, "cancel-task", "{\"task_id\":\"%s\"}", bound);
  g_assert_false (acts_test_has_duty (test, case_id, "task"));
}

static void
measure_by_device (Stock      *stock,
                   const char *case_id,
                   const char *at)
{
  acts_test_must (stock->test, stock->test->nurse, "record-measurement",
                  "{\"case_id\":\"%s\",\"code\":\"spo2\",\"value\":95,\"source\":\"device\","
                  "\"measured_at\":\"%s\"}", case_id, at);
}

static gpointer
load_charts_on_worker (ForlopConnection  *connection,
                       gpointer           user_data,
                       GCancellable      *cancellable G_GNUC_UNUSED,
                       GError           **error)
{
  return forlop_chart_store_load (connection, user_data, error);
}

/* As the citizen's chart shows it: the value, the time it lasts, and what was done. */
static void
assert_chart_shows_overdue (Stock      *stock,
                            const char *case_id)
{
  g_autoptr (ForlopRecord) the_case = acts_test_load (stock->test, "case", case_id);
  ForlopChartQuery query = {
    .citizen_id = (char *) forlop_record_get_text (the_case, "citizen_id"), .period = FORLOP_CHART_MONTH,
    .measure = FORLOP_MEASURE_SPO2, .last_day = FORLOP_DATE_NONE, .n_stretches = 600,
    .now = forlop_clock_now (stock->test->clock),
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopCharts) charts =
    forlop_store_read_sync (stock->test->store, load_charts_on_worker, &query, NULL, NULL, &error);
  const ForlopChartPoint *points;
  const ForlopChartMark *marks;
  unsigned int n_points, n_marks, n_overdue = 0, n_done = 0;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  points = forlop_chart_series_get_points (g_ptr_array_index (charts->series, 0), &n_points);
  g_assert_false (forlop_chart_point_is_uncertain (&points[0]));
  g_assert_true (forlop_chart_point_is_uncertain (&points[1]));
  text = forlop_chart_series_format_reading (g_ptr_array_index (charts->series, 0), &points[1]);
  g_assert_nonnull (strstr (text, "Calibration overdue"));
  marks = forlop_chart_series_get_marks (g_ptr_array_index (charts->series, 0), &n_marks);
  for (unsigned int i = 0; i < n_marks; i++)
    {
      n_overdue += marks[i].kind == FORLOP_CHART_MARK_UNCERTAIN &&
                   strstr (marks[i].text, "calibration overdue from 12.04.2026 to 19.04.2026") != NULL;
      n_done += marks[i].kind == FORLOP_CHART_MARK_EQUIPMENT &&
                strstr (marks[i].text, "was calibrated") != NULL;
    }
  g_assert_cmpuint (n_overdue, ==, 1);
  g_assert_cmpuint (n_done, ==, 1);
}

static void
test_overdue_calibration_marks_what_is_measured (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *case_id = stock_grant (stock, "Liv");
  g_autofree char *item_id = stock_make_ready (stock, "1");
  g_autofree char *other = stock_make_ready (stock, "2");

  g_free (stock_hand_out (stock, case_id, item_id));
  acts_test_set_day (test, "2026-04-20");
  measure_by_device (stock, case_id, "2026-04-11T08:00:00");
  measure_by_device (stock, case_id, "2026-04-12T08:00:00");
  g_assert_cmpint (acts_test_count (test,
                                    "SELECT count (*) FROM measurement WHERE item_id IS NOT NULL "
                                          "AND quality = 'calibrated'"), ==, 1);
  g_assert_cmpint (acts_test_count (test,
                                    "SELECT count (*) FROM measurement WHERE item_id IS NOT NULL "
                                          "AND quality = 'uncalibrated'"), ==, 1);
  acts_test_must (test, test->nurse, "record-service",
                  "{\"item_id\":\"%s\",\"kind\":\"calibration\",\"result\":\"ok\"}", item_id);
  measure_by_device (stock, case_id, "2026-04-20T08:00:00");
  g_assert_cmpint (acts_test_count (test,
                                    "SELECT count (*) FROM measurement WHERE item_id IS NOT NULL "
                                          "AND quality = 'calibrated'"), ==, 2);
  assert_chart_shows_overdue (stock, case_id);

  /* With two of them nobody knows which. */
  g_free (stock_hand_out (stock, case_id, other));
  measure_by_device (stock, case_id, "2026-04-20T08:30:00");
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM measurement WHERE item_id IS NULL "
                                          "AND quality IS NULL"), ==, 1);
}

typedef struct {
  const char *text;
  const char *gtin;
  const char *serial;
} Scan;

static gpointer
scan_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Scan *scan = user_data;
  ForlopRecord *item;

  if (!forlop_item_store_find_scanned (connection, scan->text, scan->gtin, scan->serial, &item,
                                       error))
    return NULL;

  return item != NULL ? (gpointer) item : g_object_new (G_TYPE_OBJECT, NULL);
}

/* The id of the item that answers the scan, "none", or NULL with an error. */
static char *
scan (Stock       *stock,
      const char  *text,
      const char  *gtin,
      const char  *serial,
      GError     **error)
{
  Scan what = { text, gtin, serial };
  g_autoptr (GObject) found = forlop_store_read_sync (stock->test->store, scan_on_worker, &what,
                                                      g_object_unref, NULL, error);

  if (found == NULL)
    return NULL;

  return g_strdup (FORLOP_IS_RECORD (found) ? forlop_record_get_id (FORLOP_RECORD (found)) : "none");
}

static void
test_scanned_item_is_found (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *item_id = stock_receive (stock, "ABC");
  g_autofree char *other = stock_do (stock, test->coordinator, "save-product",
                                     "{\"name\":\"Vekt\",\"kind\":\"scale\"}");
  g_autofree char *twin = stock_do (stock, test->coordinator, "receive-item",
                                    "{\"product_id\":\"%s\",\"serial_number\":\"ABC\","
                                    "\"asset_tag\":\"K-17\"}", other);
  g_autofree char *by_gs1 = scan (stock, "(01)07012345678908(21)ABC", "07012345678908", "ABC",
                                  NULL);
  g_autofree char *by_tag = scan (stock, "K-17", NULL, NULL, NULL);
  g_autofree char *unknown = scan (stock, "K-18", NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (by_gs1, ==, item_id);
  g_assert_cmpstr (by_tag, ==, twin);
  g_assert_cmpstr (unknown, ==, "none");
  g_assert_null (scan (stock, "ABC", NULL, NULL, &error));
  g_assert_error (error, FORLOP_ERROR, FORLOP_ERROR_CONFLICT);
}

static gpointer
trace_on_worker (ForlopConnection  *connection,
                 gpointer           user_data,
                 GCancellable      *cancellable G_GNUC_UNUSED,
                 GError           **error)
{
  ForlopDate from, to;

  g_assert_true (forlop_date_from_iso ("2026-03-13", &from));
  g_assert_true (forlop_date_from_iso ("2026-03-20", &to));

  return forlop_item_store_trace (connection, user_data, from, to, error);
}

static void
measure (Stock      *stock,
         const char *case_id,
         const char *code,
         const char *at,
         const char *item_id)
{
  acts_test_must (stock->test, stock->test->nurse, "record-measurement",
                  "{\"case_id\":\"%s\",\"code\":\"%s\",\"value\":95,\"measured_at\":\"%s\"%s%s%s}",
                  case_id, code, at, item_id != NULL ? ",\"item_id\":\"" : "",
                  item_id != NULL ? item_id : "", item_id != NULL ? "\"" : "");
}

static void
test_reverse_trace_finds_citizens_and_measurements (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *liv = stock_grant (stock, "Liv");
  g_autofree char *arne = stock_grant (stock, "Arne");
  g_autofree char *odd = stock_grant (stock, "Odd");
  g_autofree char *item_id = stock_make_ready (stock, "1");
  g_autofree char *other = stock_make_ready (stock, "2");
  g_autofree char *first = stock_hand_out (stock, liv, item_id);
  g_autofree char *second = NULL;
  g_autoptr (GPtrArray) citizens = NULL;
  g_autoptr (GError) error = NULL;
  ForlopTracedCitizen *traced;

  g_free (stock_hand_out (stock, odd, other));
  acts_test_set_day (test, "2026-03-16");
  measure (stock, liv, "spo2", "2026-03-12T12:00:00", item_id);
  measure (stock, liv, "spo2", "2026-03-14T08:00:00", item_id);
  measure (stock, liv, "spo2", "2026-03-15T08:00:00", NULL);
  measure (stock, liv, "pulse", "2026-03-15T08:00:00", other);
  measure (stock, liv, "weight", "2026-03-15T08:00:00", NULL);
  measure (stock, odd, "spo2", "2026-03-15T08:00:00", NULL);
  stock_return (stock, first);
  acts_test_must (test, test->coordinator, "start-cleaning", "{\"item_id\":\"%s\"}", item_id);
  acts_test_must (test, test->coordinator, "finish-cleaning", "{\"item_id\":\"%s\"}", item_id);
  acts_test_must (test, test->coordinator, "finish-check", "{\"item_id\":\"%s\",\"result\":\"ok\"}",
                  item_id);
  acts_test_set_day (test, "2026-03-18");
  second = stock_hand_out (stock, arne, item_id);
  acts_test_set_day (test, "2026-03-25");
  measure (stock, liv, "spo2", "2026-03-19T08:00:00", NULL);
  measure (stock, arne, "spo2", "2026-03-17T08:00:00", NULL);
  measure (stock, arne, "spo2", "2026-03-20T23:59:00", NULL);
  measure (stock, arne, "spo2", "2026-03-21T00:00:00", item_id);

  citizens = forlop_store_read_sync (test->store, trace_on_worker, item_id,
                                     (GDestroyNotify) g_ptr_array_unref, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (citizens->len, ==, 2);

  traced = g_ptr_array_index (citizens, 0);
  g_assert_cmpstr (traced->case_id, ==, liv);
  g_assert_cmpuint (traced->measurements->len, ==, 2);
  g_assert_true (g_array_index (traced->measurements, ForlopTracedMeasurement, 0).named);
  g_assert_false (g_array_index (traced->measurements, ForlopTracedMeasurement, 1).named);
  g_assert_cmpfloat (g_array_index (traced->measurements, ForlopTracedMeasurement, 1).value, ==,
                     95);

  traced = g_ptr_array_index (citizens, 1);
  g_assert_cmpstr (traced->case_id, ==, arne);
  g_assert_cmpint (traced->to, ==, FORLOP_DATE_NONE);
  g_assert_cmpuint (traced->measurements->len, ==, 1);
  g_assert_nonnull (second);
}

static gpointer
stock_on_worker (ForlopConnection  *connection,
                 gpointer           user_data G_GNUC_UNUSED,
                 GCancellable      *cancellable G_GNUC_UNUSED,
                 GError           **error)
{
  ForlopDate today;

  g_assert_true (forlop_date_from_iso ("2026-03-12", &today));

  return forlop_item_store_list_stock (connection, today, 1, error);
}

static void
test_stock_list_proposes_an_order (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *case_id = stock_grant (stock, "Liv");
  g_autofree char *lent = stock_make_ready (stock, "1");
  g_autofree char *ready = stock_make_ready (stock, "2");
  g_autofree char *received = stock_receive (stock, "3");
  g_autofree char *order = stock_do (stock, test->coordinator, "order-equipment",
                                     "{\"product_id\":\"%s\",\"quantity\":2}", stock->oximeter);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  ForlopStockRow *row;

  g_free (stock_hand_out (stock, case_id, lent));
  acts_test_must (test, test->coordinator, "save-stock-level",
                  "{\"location_id\":\"%s\",\"product_id\":\"%s\",\"minimum\":10}", stock->store_place,
                  stock->oximeter);
  acts_test_must (test, test->coordinator, "receive-order", "{\"order_id\":\"%s\",\"quantity\":1}",
                  order);

  rows = forlop_store_read_sync (test->store, stock_on_worker, NULL,
                                 (GDestroyNotify) g_ptr_array_unref, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpint (row->need.ready, ==, 1);
  g_assert_cmpint (row->need.on_order, ==, 1);
  g_assert_cmpint (row->need.minimum, ==, 10);
  g_assert_cmpint (row->need.lead_days, ==, 14);
  g_assert_cmpfloat_with_epsilon (row->need.use_per_month, 1.0 / 6, 1e-9);
  /* One sixth a month for a month and a half is one item; 1 + 10 − 1 − 1. */
  g_assert_cmpint (row->proposal, ==, 9);
  g_assert_nonnull (received);
  g_assert_nonnull (ready);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/stock/item-duties-appear-and-vanish", test_item_duties_appear_and_vanish);
  g_test_add_func ("/stock/duty-of-an-item-taken-back-vanishes",
                   test_duty_of_an_item_taken_back_vanishes);
  g_test_add_func ("/stock/items-in-the-zone-are-prepared-there",
                   test_items_in_the_zone_are_prepared_there);
  g_test_add_func ("/stock/below-minimum-until-there-are-enough-ready",
                   test_below_minimum_until_there_are_enough_ready);
  g_test_add_func ("/stock/order-is-followed-until-it-has-come",
                   test_order_is_followed_until_it_has_come);
  g_test_add_func ("/stock/service-plan-sets-and-service-moves-the-calibration",
                   test_service_plan_sets_and_service_moves_the_calibration);
  g_test_add_func ("/stock/agreement-warns-and-is-renewed", test_agreement_warns_and_is_renewed);
  g_test_add_func ("/stock/fault-is-followed-until-it-is-resolved",
                   test_fault_is_followed_until_it_is_resolved);
  g_test_add_func ("/stock/tasks-are-on-the-worklist-of-their-function",
                   test_tasks_are_on_the_worklist_of_their_function);
  g_test_add_func ("/stock/overdue-calibration-marks-what-is-measured",
                   test_overdue_calibration_marks_what_is_measured);
  g_test_add_func ("/stock/scanned-item-is-found", test_scanned_item_is_found);
  g_test_add_func ("/stock/reverse-trace-finds-citizens-and-measurements",
                   test_reverse_trace_finds_citizens_and_measurements);
  g_test_add_func ("/stock/stock-list-proposes-an-order", test_stock_list_proposes_an_order);

  return g_test_run ();
}
