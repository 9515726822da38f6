/* SPDX-License-Identifier: EUPL-1.2 */

/* Anne's whole course by the command line alone: from referral to closure, and the offer to resume.
 * The person is invented and the number synthetic. */

#include <string.h>
#include <yyjson.h>

#include "cli-test-util.h"
#include "forlop-date.h"

#define YELLOW 21
#define RED 20

typedef struct {
  CliTest *test;
  GHashTable *names; /* what the JSON of later steps calls an id by */
} Course;

/* One act. @json may name what earlier steps made as @name@. */
typedef struct {
  const char *day;
  const char *act;
  const char *json;
  const char *name; /* of what it makes, or NULL */
} Step;

static const Step until_start[] = {
  { "2022-11-01", "save-location", "{\"name\":\"Lageret\",\"kind\":\"store\"}", "location" },
  { "2022-11-01", "save-product",
    "{\"name\":\"Fingeroksymeter\",\"kind\":\"oximeter\",\"measures\":\"spo2,pulse\"}", "product" },
  { "2022-11-02", "receive-item",
    "{\"product_id\":\"@product@\",\"serial_number\":\"X1\",\"ownership\":\"own\",\"location_id\":\"@location@\"}",
    "item" },
  { "2022-11-03", "prepare-item", "{\"item_id\":\"@item@\"}", NULL },
  { "2022-11-03", "make-item-ready", "{\"item_id\":\"@item@\"}", NULL },
  { "2022-12-19", "register-referral",
    "{\"id_number\":\"15872949884\",\"given_name\":\"Anne\",\"family_name\":\"Berg\",\"source\":\"hospital\","
    "\"channel\":\"e_message\",\"received_on\":\"2022-12-19\",\"reason\":\"Innlagt med hjertesvikt.\"}", "case" },
  { "2022-12-19", "save-assessment", "{\"case_id\":\"2022-0001\",\"what_matters\":\"Å bo hjemme\"}", NULL },
  { "2022-12-20", "finish-office-mapping", "{\"case_id\":\"2022-0001\",\"unit_id\":\"Home care zone 1\"}", NULL },
  { "2022-12-22", "answer-criterion", "{\"case_id\":\"2022-0001\",\"criterion\":\"motivated\",\"answer\":\"yes\"}", NULL },
  { "2022-12-22", "answer-criterion", "{\"case_id\":\"2022-0001\",\"criterion\":\"has_device\",\"answer\":\"yes\"}", NULL },
  { "2022-12-22", "answer-criterion", "{\"case_id\":\"2022-0001\",\"criterion\":\"chronic_illness\",\"answer\":\"yes\"}", NULL },
  { "2022-12-22", "answer-criterion", "{\"case_id\":\"2022-0001\",\"criterion\":\"needs_home_service\",\"answer\":\"yes\"}", NULL },
  { "2022-12-22", "answer-criterion", "{\"case_id\":\"2022-0001\",\"criterion\":\"can_measure\",\"answer\":\"yes\"}", NULL },
  { "2022-12-22", "answer-criterion", "{\"case_id\":\"2022-0001\",\"criterion\":\"cognitive_impairment\",\"answer\":\"no\"}", NULL },
  { "2022-12-22", "complete-assessment",
    "{\"case_id\":\"2022-0001\",\"conclusion\":\"suitable\",\"conclusion_reason\":\"Mestrer utstyret.\"}", NULL },
  { "2022-12-28", "record-consent",
    "{\"case_id\":\"2022-0001\",\"kind\":\"service\",\"given\":true,\"assessed_on\":\"2022-12-28\","
    "\"capacity\":\"full\",\"given_by\":\"citizen\"}", NULL },
  { "2022-12-28", "decide",
    "{\"case_id\":\"2022-0001\",\"kind\":\"grant\",\"decided_on\":\"2022-12-28\",\"granted\":\"DHO\","
    "\"reasons\":\"Vilkårene er oppfylt.\"}", "decision" },
  { "2022-12-29", "send-decision-letter", "{\"decision_id\":\"@decision@\",\"letter_sent_on\":\"2022-12-29\"}", NULL },
  { "2023-01-01", "record-decision-receipt", "{\"decision_id\":\"@decision@\",\"received_on\":\"2023-01-01\"}", NULL },
  { "2023-01-02", "record-consent",
    "{\"case_id\":\"2022-0001\",\"kind\":\"measure\",\"given\":true,\"assessed_on\":\"2023-01-02\","
    "\"capacity\":\"full\",\"given_by\":\"citizen\"}", NULL },
  { "2023-01-02", "record-baseline",
    "{\"case_id\":\"2022-0001\",\"period\":\"before\",\"from_date\":\"2022-11-14\",\"to_date\":\"2023-01-01\","
    "\"visits\":49,\"visit_minutes\":2940,\"driving_minutes\":686,\"hospital_admissions\":1}", NULL },
  { "2023-01-02", "draft-plan", "{\"case_id\":\"2022-0001\"}", "plan" },
  { "2023-01-02", "save-plan",
    "{\"care_plan_id\":\"@plan@\",\"goal\":\"Å bo hjemme\",\"green_actions\":\"Fortsett\","
    "\"yellow_actions\":\"Mål igjen\",\"red_actions\":\"Hjemmetjenesten ringer\",\"contacts\":\"Ring 113\"}", NULL },
  { "2023-01-02", "set-limit", "{\"care_plan_id\":\"@plan@\",\"code\":\"spo2\",\"red_low\":88,\"yellow_low\":92}", NULL },
  { "2023-01-02", "send-plan-to-gp", "{\"care_plan_id\":\"@plan@\",\"sent_on\":\"2023-01-02\"}", NULL },
  { "2023-01-04", "approve-plan",
    "{\"care_plan_id\":\"@plan@\",\"approved_on\":\"2023-01-04\",\"approved_by\":\"Fastlegen\",\"approved_how\":\"meeting\"}", NULL },
  { "2023-01-04", "put-plan-in-force", "{\"care_plan_id\":\"@plan@\",\"valid_from\":\"2023-01-04T13:00:00+01:00\"}", NULL },
  { "2023-01-09", "hand-out-item", "{\"case_id\":\"2022-0001\",\"item_id\":\"@item@\"}", "loan" },
  { NULL, NULL, NULL, NULL },
};

static const Step start[] = {
  { "2023-01-09", "hold-training",
    "{\"case_id\":\"2022-0001\",\"held_on\":\"2023-01-09\",\"devices_tested\":true,\"network_tested\":true,"
    "\"device_use\":true,\"plan_explained\":true,\"teach_back\":true}", NULL },
  { "2023-01-09", "start-service", "{\"case_id\":\"2022-0001\",\"started_on\":\"2023-01-09\"}", NULL },
  { "2023-01-23", "review-trial",
    "{\"case_id\":\"2022-0001\",\"trial_reviewed_on\":\"2023-01-23\",\"text\":\"Grensene passer.\"}", NULL },
  { "2023-01-23", "evaluate",
    "{\"case_id\":\"2022-0001\",\"held_on\":\"2023-01-23\",\"appropriate\":true,\"outcome\":\"continue\"}", NULL },
  { NULL, NULL, NULL, NULL },
};

static const Step end[] = {
  { "2023-04-27", "end-service",
    "{\"case_id\":\"2022-0001\",\"decided_on\":\"2023-04-27\",\"ended_on\":\"2023-04-27\",\"reason\":\"goal_reached\","
    "\"reasons\":\"Stabil over tid.\",\"treatment_to\":\"Fastlegen\",\"coordination_to\":\"Hjemmetjenesten\","
    "\"may_resume\":true}", "ending" },
  { "2023-04-27", "send-decision-letter", "{\"decision_id\":\"@ending@\",\"letter_sent_on\":\"2023-04-27\"}", NULL },
  { "2023-04-28", "evaluate",
    "{\"case_id\":\"2022-0001\",\"held_on\":\"2023-04-28\",\"appropriate\":true,\"gained\":\"Trygg.\","
    "\"outcome\":\"end\",\"final\":true}", NULL },
  { NULL, NULL, NULL, NULL },
};

static const Step close_down[] = {
  { "2023-04-28", "return-item",
    "{\"loan_id\":\"@loan@\",\"parts_complete\":true,\"cleaned\":false,\"factory_reset\":true,\"unpaired\":true,"
    "\"sim_stopped\":true}", NULL },
  { "2023-05-02", "record-decision-receipt", "{\"decision_id\":\"@ending@\",\"received_on\":\"2023-05-02\"}", NULL },
  { "2023-05-02", "close-case",
    "{\"case_id\":\"2022-0001\",\"closed_on\":\"2023-05-02\",\"letter_sent_on\":\"2023-05-02\",\"may_resume\":true}", NULL },
  { NULL, NULL, NULL, NULL },
};

static char *
fill_in (Course     *course,
         const char *json)
{
  g_auto (GStrv) parts = g_strsplit (json, "@", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  /* Every second part is a name. */
  for (unsigned int i = 0; parts[i] != NULL; i++)
    {
      const char *part = i % 2 == 0 ? parts[i] : g_hash_table_lookup (course->names, parts[i]);

      g_assert_nonnull (part);
      g_string_append (text, part);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
take_step (Course     *course,
           const Step *step)
{
  g_autofree char *json = fill_in (course, step->json);
  g_autoptr (CliResult) result = cli_test_run (course->test, "--as", "Siri", "--today", step->day, "act",
                                               step->act, "--json", json, NULL);

  if (result->status != 0)
    g_error ("%s on %s was refused: %s", step->act, step->day, result->err);
  if (step->name != NULL)
    g_hash_table_insert (course->names, g_strdup (step->name), cli_json_text (result->out, "subject_id"));
}

static void
take_steps (Course     *course,
            const Step *steps)
{
  for (const Step *step = steps; step->act != NULL; step++)
    take_step (course, step);
}

static void
assert_refused (Course     *course,
                const char *day,
                const char *act,
                const char *json,
                const char *part)
{
  g_autoptr (CliResult) result =
    cli_test_run (course->test, "--as", "Siri", "--today", day, "act", act, "--json", json, NULL);

  cli_result_check (result, 1, part);
}

/* The one alert that waits on the resource person's worklist. */
static char *
find_alert (Course     *course,
            const char *day)
{
  g_autofree char *json = cli_test_must (course->test, "--today", day, "list", "worklist", "--role",
                                         "resource_person", "--json", NULL);
  yyjson_doc *doc = yyjson_read (json, strlen (json), 0);
  yyjson_val *row;
  size_t i, n;
  char *id = NULL;

  yyjson_arr_foreach (yyjson_obj_get (yyjson_doc_get_root (doc), "rows"), i, n, row)
    if (g_strcmp0 (yyjson_get_str (yyjson_obj_get (row, "act")), "handle-alert") == 0)
      {
        g_assert_null (id);
        id = g_strdup (yyjson_get_str (yyjson_obj_get (row, "subject_id")));
      }
  yyjson_doc_free (doc);
  g_assert_nonnull (id);

  return id;
}

/* A reading on each of so many days, and a telephone call about each. */
static void
measure (Course *course)
{
  ForlopDate first;

  g_assert_true (forlop_date_from_ymd (2023, 1, 24, &first));
  for (int i = 0; i < YELLOW + RED; i++)
    {
      g_autofree char *day = forlop_date_to_iso (first + i);
      g_autofree char *reading = g_strdup_printf (
        "{\"citizen_id\":\"15872949884\",\"code\":\"spo2\",\"value\":%d,\"unit\":\"%%\","
        "\"measured_at\":\"%sT08:05:00+01:00\",\"source\":\"device\"}", i % 2 == 0 ? 90 : 86, day);
      g_autofree char *alert = NULL;
      g_autofree char *answer = NULL;

      take_step (course, &(Step) { day, "record-measurement", reading, NULL });
      alert = find_alert (course, day);
      answer = g_strdup_printf ("{\"alert_id\":\"%s\",\"way\":\"phone\",\"minutes\":5,"
                                "\"text\":\"Ringte. Målte igjen.\"}", alert);
      take_step (course, &(Step) { day, "handle-alert", answer, NULL });
    }
}

static unsigned int
count (yyjson_val *records,
       const char *type,
       const char *field,
       const char *value)
{
  yyjson_val *record;
  size_t i, n;
  unsigned int found = 0;

  yyjson_arr_foreach (yyjson_obj_get (records, type), i, n, record)
    if (g_strcmp0 (yyjson_get_str (yyjson_obj_get (record, field)), value) == 0)
      found++;

  return found;
}

static void
check_records (Course *course)
{
  g_autofree char *json =
    cli_test_must (course->test, "--today", "2023-05-03", "case", "show", "2022-0001", "--json", NULL);
  yyjson_doc *doc = yyjson_read (json, strlen (json), 0);
  yyjson_val *root = yyjson_doc_get_root (doc);
  yyjson_val *records = yyjson_obj_get (root, "records");
  yyjson_val *step;
  size_t i, n;

  g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (yyjson_obj_get (root, "case"), "status")), ==, "closed");
  g_assert_cmpuint (count (records, "alert", "severity", "yellow"), ==, YELLOW);
  g_assert_cmpuint (count (records, "alert", "severity", "red"), ==, RED);
  g_assert_cmpuint (count (records, "contact_log", "way", "phone"), ==, YELLOW + RED);
  g_assert_cmpuint (count (records, "consent", "given_by", "citizen"), ==, 2);
  g_assert_cmpuint (yyjson_arr_size (yyjson_obj_get (records, "decision")), ==, 2);
  g_assert_cmpuint (yyjson_arr_size (yyjson_obj_get (records, "evaluation")), ==, 2);
  g_assert_cmpuint (yyjson_arr_size (yyjson_obj_get (root, "duties")), ==, 0);
  yyjson_arr_foreach (yyjson_obj_get (root, "steps"), i, n, step)
    g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (step, "state")), ==, "done");
  yyjson_doc_free (doc);
}

static void
test_anne_from_referral_to_closure (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Course course = { test, names };
  g_autofree char *whole = NULL;

  take_steps (&course, until_start);
  assert_refused (&course, "2023-01-09", "start-service", "{\"case_id\":\"2022-0001\",\"started_on\":\"2023-01-09\"}",
                  "Training is not documented.");
  take_steps (&course, start);
  measure (&course);
  take_steps (&course, end);
  assert_refused (&course, "2023-05-02", "close-case", "{\"case_id\":\"2022-0001\",\"closed_on\":\"2023-05-02\"}",
                  "Equipment is still out.");
  take_steps (&course, close_down);
  check_records (&course);

  take_step (&course, &(Step) { "2023-09-01", "resume-service",
                                "{\"case_id\":\"2022-0001\",\"received_on\":\"2023-09-01\","
                                "\"reason\":\"Ønsker å begynne igjen.\"}", NULL });
  whole = cli_test_must (test, "check", NULL);
  g_assert_nonnull (strstr (whole, "whole"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/anne-from-referral-to-closure", test_anne_from_referral_to_closure);

  return g_test_run ();
}
