/* SPDX-License-Identifier: EUPL-1.2 */

#include "follow-up-test-util.h"

#include "forlop-snapshot-store.h"

static const char *const criteria[] = {
  "motivated", "has_device", "chronic_illness", "needs_home_service", "can_measure",
};

gint64
follow_up_at (const char *text)
{
  gint64 at;

  g_assert_true (forlop_instant_from_iso (text, &at));

  return at;
}

void
follow_up_set_time (ActsTest   *test,
                    const char *text)
{
  forlop_clock_set (test->clock, follow_up_at (text));
}

static void
assess (ActsTest   *test,
        const char *case_id,
        const char *day)
{
  acts_test_must (test, test->caseworker, "save-assessment",
                  "{\"case_id\":\"%s\",\"what_matters\":\"Bo hjemme\"}", case_id);
  acts_test_must (test, test->caseworker, "finish-office-mapping",
                  "{\"case_id\":\"%s\",\"unit_id\":\"%s\"}", case_id, test->zone);
  for (unsigned int i = 0; i < G_N_ELEMENTS (criteria); i++)
    acts_test_must (test, test->nurse, "answer-criterion",
                    "{\"case_id\":\"%s\",\"criterion\":\"%s\",\"answer\":\"yes\"}", case_id,
                    criteria[i]);
  acts_test_must (test, test->nurse, "answer-criterion",
                  "{\"case_id\":\"%s\",\"criterion\":\"cognitive_impairment\",\"answer\":\"no\"}",
                  case_id);
  acts_test_must (test, test->nurse, "complete-assessment",
                  "{\"case_id\":\"%s\",\"conclusion\":\"suitable\",\"conclusion_reason\":\"Kan måle\"}",
                  case_id);
  acts_test_must (test, test->caseworker, "record-consent",
                  "{\"case_id\":\"%s\",\"kind\":\"service\",\"given\":true,\"assessed_on\":\"%s\","
                  "\"capacity\":\"full\",\"given_by\":\"citizen\"}", case_id, day);
  acts_test_must (test, test->nurse, "record-consent",
                  "{\"case_id\":\"%s\",\"kind\":\"measure\",\"given\":true,\"assessed_on\":\"%s\","
                  "\"capacity\":\"full\",\"given_by\":\"citizen\"}", case_id, day);
}

static char *
grant (ActsTest   *test,
       const char *id_number,
       const char *given_name,
       const char *family_name,
       const char *day)
{
  g_autoptr (ForlopActResult) referral = NULL;

  acts_test_set_day (test, day);
  referral = acts_test_do (test, test->caseworker, "register-referral",
                           "{\"id_number\":\"%s\",\"given_name\":\"%s\","
                           "\"family_name\":\"%s\",\"source\":\"gp\",\"channel\":\"e_message\","
                           "\"received_on\":\"%s\",\"reason\":\"Hjertesvikt\"}", id_number,
                           given_name, family_name, day);
  assess (test, referral->case_id, day);
  acts_test_must (test, test->caseworker, "decide",
                  "{\"case_id\":\"%s\",\"kind\":\"grant\",\"decided_on\":\"%s\",\"granted\":\"DHO\","
                  "\"reasons\":\"Vilkårene er oppfylt\"}", referral->case_id, day);

  return g_steal_pointer (&referral->case_id);
}

char *
follow_up_grant (ActsTest   *test,
                 const char *day)
{
  return grant (test, "12835430098", "Liv", "Haug", day);
}

char *
follow_up_draft (ActsTest   *test,
                 const char *case_id,
                 const char *starts_on)
{
  g_autoptr (ForlopActResult) plan =
    acts_test_do (test, test->nurse, "draft-plan", "{\"case_id\":\"%s\",\"goal\":\"Bo hjemme\"}",
                  case_id);

  acts_test_must (test, test->nurse, "set-limit",
                  "{\"care_plan_id\":\"%s\",\"code\":\"spo2\",\"red_low\":88,\"yellow_low\":92}",
                  plan->subject_id);
  acts_test_must (test, test->nurse, "save-plan-rule",
                  "{\"care_plan_id\":\"%s\",\"kind\":\"change\",\"code\":\"weight\",\"amount\":2,"
                  "\"days\":3,\"severity\":\"yellow\"}", plan->subject_id);
  acts_test_must (test, test->nurse, "save-schedule",
                  "{\"care_plan_id\":\"%s\",\"code\":\"weight\",\"cadence\":\"daily\","
                  "\"times\":\"8.00\",\"starts_on\":\"%s\",\"grace_minutes\":120}", plan->subject_id,
                  starts_on);

  return g_steal_pointer (&plan->subject_id);
}

void
follow_up_approve (ActsTest   *test,
                   const char *plan_id,
                   const char *day)
{
  acts_test_must (test, test->nurse, "approve-plan",
                  "{\"care_plan_id\":\"%s\",\"approved_on\":\"%s\",\"approved_by\":\"Dr. Berg\","
                  "\"approved_how\":\"meeting\"}", plan_id, day);
}

char *
follow_up_start (ActsTest   *test,
                 const char *day)
{
  return follow_up_start_for (test, "12835430098", "Liv", "Haug", day);
}

void
follow_up_begin (ActsTest   *test,
                 const char *case_id,
                 const char *day)
{
  acts_test_must (test, test->nurse, "record-baseline",
                  "{\"case_id\":\"%s\",\"period\":\"before\",\"missing_reason\":\"Ny i kommunen\"}",
                  case_id);
  acts_test_must (test, test->nurse, "hold-training",
                  "{\"case_id\":\"%s\",\"held_on\":\"%s\",\"device_use\":true,"
                  "\"plan_explained\":true,\"teach_back\":true}", case_id, day);
  acts_test_must (test, test->nurse, "start-service",
                  "{\"case_id\":\"%s\",\"started_on\":\"%s\"}", case_id, day);
}

char *
follow_up_start_for (ActsTest   *test,
                     const char *id_number,
                     const char *given_name,
                     const char *family_name,
                     const char *day)
{
  g_autofree char *case_id = grant (test, id_number, given_name, family_name, day);
  g_autofree char *plan_id = follow_up_draft (test, case_id, day);

  follow_up_approve (test, plan_id, day);
  acts_test_must (test, test->nurse, "put-plan-in-force",
                  "{\"care_plan_id\":\"%s\",\"valid_from\":\"%sT00:00:00\"}", plan_id, day);
  follow_up_begin (test, case_id, day);

  return g_steal_pointer (&case_id);
}

char *
follow_up_measure (ActsTest   *test,
                   const char *case_id,
                   const char *code,
                   const char *value,
                   const char *at)
{
  g_autoptr (ForlopActResult) result =
    acts_test_do (test, test->nurse, "record-measurement",
                  "{\"case_id\":\"%s\",\"code\":\"%s\",\"value\":%s,\"measured_at\":\"%s\"}", case_id,
                  code, value, at);

  return g_steal_pointer (&result->subject_id);
}

typedef struct {
  const char *case_id;
  const char *id;
} Query;

static char *
dup_citizen (ForlopConnection *connection,
             const char       *case_id)
{
  g_autoptr (ForlopRecord) the_case = forlop_record_store_load (connection, "case", case_id, NULL);

  return g_strdup (forlop_record_get_text (the_case, "citizen_id"));
}

static gpointer
find_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Query *query = user_data;
  g_autofree char *citizen_id = dup_citizen (connection, query->case_id);

  return forlop_measurement_store_find (connection, citizen_id, query->id, error);
}

ForlopStoredMeasurement *
follow_up_find (ActsTest   *test,
                const char *case_id,
                const char *measurement_id)
{
  Query query = { case_id, measurement_id };
  g_autoptr (GError) error = NULL;
  ForlopStoredMeasurement *found = forlop_store_read_sync (
    test->store, find_on_worker, &query, (GDestroyNotify) forlop_stored_measurement_free, NULL,
    &error);

  g_assert_no_error (error);

  return found;
}

void
follow_up_assert (ActsTest   *test,
                  const char *case_id,
                  const char *measurement_id,
                  const char *severity,
                  int         plan_version)
{
  g_autoptr (ForlopStoredMeasurement) found = follow_up_find (test, case_id, measurement_id);

  g_assert_cmpstr (found->severity, ==, severity);
  g_assert_cmpint (found->plan_version, ==, plan_version);
}

ForlopRecord *
follow_up_alert (ActsTest   *test,
                 const char *measurement_id,
                 const char *rule)
{
  g_autoptr (GPtrArray) alerts = acts_test_list (test, "alert", "measurement_id", measurement_id);

  for (unsigned int i = 0; i < alerts->len; i++)
    if (forlop_record_text_is (g_ptr_array_index (alerts, i), "rule", rule))
      return g_object_ref (g_ptr_array_index (alerts, i));

  return NULL;
}

void
follow_up_assert_alert (ActsTest   *test,
                        const char *measurement_id,
                        const char *rule,
                        const char *status)
{
  g_autoptr (ForlopRecord) alert = follow_up_alert (test, measurement_id, rule);

  g_assert_nonnull (alert);
  g_assert_cmpstr (forlop_record_get_text (alert, "status"), ==, status);
}

static gpointer
duties_on_worker (ForlopConnection  *connection,
                  gpointer           user_data,
                  GCancellable      *cancellable G_GNUC_UNUSED,
                  GError           **error)
{
  Query *query = user_data;
  g_autoptr (ForlopSnapshot) snapshot =
    forlop_snapshot_store_load_case (connection, query->case_id, 0, error);

  return snapshot != NULL ? forlop_duties_of_case (snapshot) : NULL;
}

GPtrArray *
follow_up_duties (ActsTest   *test,
                  const char *case_id)
{
  Query query = { case_id, NULL };
  g_autoptr (GError) error = NULL;
  GPtrArray *duties = forlop_store_read_sync (test->store, duties_on_worker, &query,
                                              (GDestroyNotify) g_ptr_array_unref, NULL, &error);

  g_assert_no_error (error);

  return duties;
}

ForlopDuty *
follow_up_duty (GPtrArray  *duties,
                const char *rule)
{
  for (unsigned int i = 0; i < duties->len; i++)
    {
      ForlopDuty *duty = g_ptr_array_index (duties, i);

      if (g_str_equal (duty->rule, rule))
        return duty;
    }

  return NULL;
}

typedef struct {
  ActsTest *test;
  const char *citizen_id;
  const char *at;
  char *id;
} Arrival;

/* As it comes from the server. */
static gpointer
add_on_worker (ForlopConnection  *connection,
               gpointer           user_data,
               GCancellable      *cancellable G_GNUC_UNUSED,
               GError           **error)
{
  Arrival *self = user_data;
  g_autofree char *op_id = forlop_id_source_next (self->test->ids, 1);
  g_autoptr (ForlopChangeset) changeset =
    forlop_changeset_new (op_id, "receive-measurements", self->test->nurse, 1);
  ForlopRecord *unknown;

  self->id = forlop_id_source_next (self->test->ids, 1);
  unknown = forlop_changeset_make (changeset, "unknown_measurement", self->id);
  forlop_record_set_text (unknown, "unit_id", self->test->zone);
  forlop_record_set_text (unknown, "sender", "Heim");
  forlop_record_set_text (unknown, "reason", self->at != NULL ? "unknown_citizen" : "unknown_code");
  if (self->at != NULL)
    {
      forlop_record_set_text (unknown, "code", "spo2");
      forlop_record_set_instant (unknown, "measured_at", follow_up_at (self->at));
    }
  forlop_record_set_text (unknown, "citizen_id", self->citizen_id);
  forlop_record_set_text (unknown, "codings", "http://loinc.org|2708-6");
  forlop_record_set_real (unknown, "value", 86);
  forlop_record_set_instant (unknown, "received_at", forlop_clock_now (self->test->clock));
  forlop_record_set_text (unknown, "status", "new");
  if (!forlop_changeset_finish (changeset, error) ||
      !forlop_record_store_write (connection, g_ptr_array_index (forlop_changeset_get_operations (changeset), 0), error))
    return NULL;

  return self;
}

char *
follow_up_add_unknown (ActsTest   *test,
                       const char *citizen_id,
                       const char *at)
{
  Arrival arrival = { .test = test, .citizen_id = citizen_id, .at = at };
  g_autoptr (GError) error = NULL;

  forlop_store_write_sync (test->store, add_on_worker, &arrival, NULL, NULL, &error);
  g_assert_no_error (error);

  return arrival.id;
}

char *
follow_up_lend_scale (ActsTest   *test,
                      const char *case_id)
{
  g_autoptr (ForlopActResult) place =
    acts_test_do (test, test->coordinator, "save-location",
                  "{\"name\":\"Lageret\",\"kind\":\"store\",\"unit_id\":\"%s\"}", test->stock);
  g_autoptr (ForlopActResult) product =
    acts_test_do (test, test->coordinator, "save-product",
                  "{\"name\":\"Vekt\",\"kind\":\"scale\",\"measures\":\"weight\"}");
  g_autoptr (ForlopActResult) item =
    acts_test_do (test, test->coordinator, "receive-item",
                  "{\"product_id\":\"%s\",\"serial_number\":\"V-1\",\"location_id\":\"%s\"}",
                  product->subject_id, place->subject_id);

  acts_test_must (test, test->coordinator, "prepare-item", "{\"item_id\":\"%s\"}",
                  item->subject_id);
  acts_test_must (test, test->coordinator, "make-item-ready", "{\"item_id\":\"%s\"}",
                  item->subject_id);
  acts_test_must (test, test->nurse, "hand-out-item", "{\"case_id\":\"%s\",\"item_id\":\"%s\"}",
                  case_id, item->subject_id);

  return g_steal_pointer (&item->subject_id);
}
