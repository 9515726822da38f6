/* SPDX-License-Identifier: EUPL-1.2 */

/* What a form knows before anybody writes in it. */

#include <libdex.h>

#include "equipment-test-util.h"
#include "follow-up-test-util.h"
#include "forlop-act-preparation.h"
#include "forlop-case-data.h"
#include "forlop-reference.h"

#define DAY "2026-03-16"

typedef struct {
  const ForlopActRequest *request;
  gint64 now;
} Prepare;

static gpointer
prepare_on_worker (ForlopConnection  *connection,
                   gpointer           user_data,
                   GCancellable      *cancellable G_GNUC_UNUSED,
                   GError           **error)
{
  Prepare *prepare = user_data;

  return forlop_act_prepare (connection, prepare->request, prepare->now, error);
}

static ForlopActPreparation *
prepare_again (ActsTest   *test,
               const char *act,
               const char *case_id,
               const char *op_id)
{
  g_autoptr (ForlopActRequest) request =
    forlop_act_request_new (forlop_act_find (act), "case", case_id, case_id, NULL);
  Prepare call = { request, forlop_clock_now (test->clock) };
  g_autoptr (GError) error = NULL;
  ForlopActPreparation *preparation;

  request->actor = forlop_actor_copy (test->nurse);
  request->again = g_strdup (op_id);
  preparation = forlop_store_read_sync (test->store, prepare_on_worker, &call,
                                        (GDestroyNotify) forlop_act_preparation_free, NULL, &error);
  g_assert_no_error (error);

  return preparation;
}

static ForlopActPreparation *
prepare (ActsTest   *test,
         const char *act,
         const char *case_id)
{
  return prepare_again (test, act, case_id, NULL);
}

static ForlopActPreparation *
prepare_service (Stock      *stock,
                 const char *item_id)
{
  g_autoptr (ForlopActRequest) request =
    forlop_act_request_new (forlop_act_find ("record-service"), "item", item_id, NULL, NULL);
  Prepare call = { request, forlop_clock_now (stock->test->clock) };
  g_autoptr (GError) error = NULL;
  ForlopActPreparation *preparation =
    forlop_store_read_sync (stock->test->store, prepare_on_worker, &call,
                            (GDestroyNotify) forlop_act_preparation_free, NULL, &error);

  g_assert_no_error (error);

  return preparation;
}

/* The worklist says that service is due; nobody is asked which. */
static void
test_the_service_that_is_due_first_is_known (void)
{
  g_autoptr (Stock) stock = stock_new ();
  g_autofree char *item_id = stock_make_ready (stock, "1");
  g_autoptr (ForlopActPreparation) before = prepare_service (stock, item_id);
  g_autoptr (ForlopActPreparation) after = NULL;
  g_autoptr (ForlopReference) plan = NULL;
  g_autofree char *sooner = NULL;
  GListModel *plans;

  g_assert_cmpstr (forlop_record_get_text (before->arguments, "service_plan_id"), ==, stock->plan);
  g_assert_cmpstr (forlop_record_get_text (before->arguments, "kind"), ==, "calibration");
  sooner = stock_do (stock, stock->test->coordinator, "save-service-plan",
                     "{\"item_id\":\"%s\",\"kind\":\"maintenance\",\"interval_days\":7}", item_id);
  after = prepare_service (stock, item_id);
  g_assert_cmpstr (forlop_record_get_text (after->arguments, "service_plan_id"), ==, sooner);
  g_assert_cmpstr (forlop_record_get_text (after->arguments, "kind"), ==, "maintenance");

  plans = g_hash_table_lookup (before->choices, "service_plan_id");
  plan = g_list_model_get_item (plans, 0);
  g_assert_cmpstr (forlop_reference_get_label (plan), ==, "Calibration · Interval, days 30");
}

static gboolean
hides (const ForlopActPreparation *preparation,
       const char                 *name)
{
  return g_strv_contains ((const char *const *) preparation->hidden, name);
}

static void
test_one_call_answers_every_open_alert (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopActPreparation) alone = NULL;
  g_autoptr (ForlopActPreparation) several = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  acts_test_set_day (test, "2026-03-18");
  first = follow_up_measure (test, case_id, "spo2", "86", "2026-03-17T08:00:00");
  alone = prepare (test, "handle-alert", case_id);
  g_assert_true (hides (alone, "others"));
  g_assert_false (forlop_record_get_boolean (alone->arguments, "others"));

  second = follow_up_measure (test, case_id, "spo2", "85", "2026-03-18T08:00:00");
  several = prepare (test, "handle-alert", case_id);
  g_assert_false (hides (several, "others"));
  g_assert_true (forlop_record_get_boolean (several->arguments, "others"));
}

static void
test_what_is_missing_is_known (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopActPreparation) preparation = NULL;

  acts_test_set_day (test, "2026-03-19");
  preparation = prepare (test, "register-missing", case_id);
  g_assert_cmpstr (forlop_record_get_text (preparation->arguments, "code"), ==, "weight");
}

static gpointer
load_case_on_worker (ForlopConnection  *connection,
                     gpointer           user_data,
                     GCancellable      *cancellable G_GNUC_UNUSED,
                     GError           **error)
{
  return forlop_case_data_load (connection, user_data, error);
}

static unsigned int
count_measurements (ActsTest     *test,
                    const char   *case_id,
                    unsigned int  days)
{
  g_autoptr (ForlopCaseQuery) query = g_new0 (ForlopCaseQuery, 1);
  g_autoptr (ForlopCaseData) data = NULL;
  g_autoptr (GError) error = NULL;

  query->kind = g_strdup ("case");
  query->id = g_strdup (case_id);
  query->now = forlop_clock_now (test->clock);
  query->measured_days = days;
  query->timeline_entries = 1;
  data = forlop_store_read_sync (test->store, load_case_on_worker, query,
                                 (GDestroyNotify) forlop_case_data_unref, NULL, &error);
  g_assert_no_error (error);

  return data->measurements->len;
}

static void
test_measurements_cover_the_period (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autofree char *early = NULL;
  g_autofree char *late = NULL;

  acts_test_set_day (test, "2026-03-18");
  early = follow_up_measure (test, case_id, "spo2", "93", "2026-03-17T08:00:00");
  acts_test_set_day (test, "2026-03-28");
  late = follow_up_measure (test, case_id, "spo2", "94", "2026-03-28T08:00:00");

  g_assert_cmpuint (count_measurements (test, case_id, 7), ==, 1);
  g_assert_cmpuint (count_measurements (test, case_id, 30), ==, 2);
}

static void
test_what_was_entered_is_there_again (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopActResult) result =
    acts_test_do (test, test->nurse, "add-goal",
                  "{\"case_id\":\"%s\",\"goal\":\"Gå tur hver dag\"}", case_id);
  g_autoptr (ForlopActPreparation) again = NULL;
  g_autoptr (ForlopActPreparation) empty = prepare (test, "add-goal", case_id);

  g_assert_nonnull (result);
  again = prepare_again (test, "add-goal", case_id, result->op_id);
  g_assert_cmpstr (forlop_record_get_text (again->arguments, "goal"), ==, "Gå tur hver dag");
  g_assert_false (hides (again, "goal"));
  g_assert_true (hides (again, "case_id"));
  g_assert_false (forlop_record_has (empty->arguments, "goal"));
}

/* Who changed a contact goes on with that contact, and not with a new one. */
static void
test_a_change_is_done_again_on_the_same_record (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopRecord) the_case = acts_test_load (test, "case", case_id);
  const char *citizen_id = forlop_record_get_text (the_case, "citizen_id");
  g_autoptr (ForlopActResult) made =
    acts_test_do (test, test->nurse, "save-contact",
                  "{\"citizen_id\":\"%s\",\"kind\":\"gp\",\"name\":\"Ola Vik\",\"phone\":\"91000000\"}", citizen_id);
  g_autoptr (ForlopActResult) changed = NULL;
  g_autoptr (ForlopActPreparation) again = NULL;

  g_assert_nonnull (made);
  changed = acts_test_do (test, test->nurse, "save-contact",
                          "{\"id\":\"%s\",\"phone\":\"92222222\"}", made->subject_id);
  g_assert_nonnull (changed);
  again = prepare_again (test, "save-contact", case_id, changed->op_id);
  g_assert_cmpstr (forlop_record_get_id (again->arguments), ==, made->subject_id);
  g_assert_cmpstr (forlop_record_get_text (again->arguments, "phone"), ==, "92222222");
  g_assert_cmpstr (forlop_record_get_text (again->arguments, "name"), ==, "Ola Vik");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/prefill/one-call-answers-every-open-alert",
                   test_one_call_answers_every_open_alert);
  g_test_add_func ("/case/measurements-cover-the-period", test_measurements_cover_the_period);
  g_test_add_func ("/prefill/the-service-that-is-due-first-is-known", test_the_service_that_is_due_first_is_known);
  g_test_add_func ("/prefill/what-is-missing-is-known", test_what_is_missing_is_known);

  g_test_add_func ("/again/what-was-entered-is-there", test_what_was_entered_is_there_again);
  g_test_add_func ("/again/a-change-is-done-on-the-same-record",
                   test_a_change_is_done_again_on_the_same_record);

  return g_test_run ();
}
