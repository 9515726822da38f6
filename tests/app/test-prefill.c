/* SPDX-License-Identifier: EUPL-1.2 */

/* What a form knows before anybody writes in it. */

#include <libdex.h>

#include "follow-up-test-util.h"
#include "forlop-act-preparation.h"
#include "forlop-case-data.h"

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
prepare (ActsTest   *test,
         const char *act,
         const char *case_id)
{
  g_autoptr (ForlopActRequest) request =
    forlop_act_request_new (forlop_act_find (act), "case", case_id, case_id, NULL);
  Prepare call = { request, forlop_clock_now (test->clock) };
  g_autoptr (GError) error = NULL;
  ForlopActPreparation *preparation;

  request->actor = forlop_actor_copy (test->nurse);
  preparation = forlop_store_read_sync (test->store, prepare_on_worker, &call,
                                        (GDestroyNotify) forlop_act_preparation_free, NULL, &error);
  g_assert_no_error (error);

  return preparation;
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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/prefill/one-call-answers-every-open-alert",
                   test_one_call_answers_every_open_alert);
  g_test_add_func ("/case/measurements-cover-the-period", test_measurements_cover_the_period);
  g_test_add_func ("/prefill/what-is-missing-is-known", test_what_is_missing_is_known);

  return g_test_run ();
}
