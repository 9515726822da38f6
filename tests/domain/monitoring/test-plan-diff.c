/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-error.h"
#include "forlop-plan-diff.h"
#include "forlop-plan-template.h"
#include "monitoring-fixture.h"

typedef struct {
  ForlopSnapshot *snapshot;
  ForlopRecord *was;
  ForlopRecord *is;
  unsigned int n;
} Fixture;

static ForlopRecord *
put (Fixture      *fixture,
     const char   *type,
     ForlopRecord *plan)
{
  g_autofree char *id = g_strdup_printf ("%u", ++fixture->n);
  g_autoptr (ForlopRecord) record = forlop_record_new (forlop_record_type_find (type), id);

  if (plan != NULL)
    forlop_record_set_text (record, "care_plan_id", forlop_record_get_id (plan));
  forlop_snapshot_put (fixture->snapshot, record);

  return forlop_snapshot_get (fixture->snapshot, type, id);
}

static void
put_limit (Fixture      *fixture,
           ForlopRecord *plan,
           const char   *code,
           double        yellow_low,
           double        red_high)
{
  ForlopRecord *limit = put (fixture, "limit", plan);

  forlop_record_set_text (limit, "code", code);
  if (!isnan (yellow_low))
    forlop_record_set_real (limit, "yellow_low", yellow_low);
  if (!isnan (red_high))
    forlop_record_set_real (limit, "red_high", red_high);
}

static void
put_schedule (Fixture      *fixture,
              ForlopRecord *plan,
              const char   *code,
              const char   *times)
{
  ForlopRecord *schedule = put (fixture, "schedule", plan);

  forlop_record_set_text (schedule, "code", code);
  forlop_record_set_text (schedule, "cadence", "daily");
  forlop_record_set_text (schedule, "times", times);
  forlop_record_set_integer (schedule, "grace_minutes", 120);
  forlop_record_set_text (schedule, "starts_on", "2026-03-16");
}

static void
put_rule (Fixture      *fixture,
          ForlopRecord *plan,
          double        amount)
{
  ForlopRecord *rule = put (fixture, "plan_rule", plan);

  forlop_record_set_text (rule, "kind", "change");
  forlop_record_set_text (rule, "code", "weight");
  forlop_record_set_real (rule, "amount", amount);
  forlop_record_set_integer (rule, "days", 3);
  forlop_record_set_text (rule, "severity", "yellow");
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data G_GNUC_UNUSED)
{
  fixture->snapshot = forlop_snapshot_new (AT);
  fixture->was = put (fixture, "care_plan", NULL);
  fixture->is = put (fixture, "care_plan", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data G_GNUC_UNUSED)
{
  forlop_snapshot_unref (fixture->snapshot);
}

static char *
diff (Fixture *fixture)
{
  g_autoptr (GPtrArray) changes =
    forlop_plan_diff (fixture->snapshot, fixture->was, fixture->is, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (unsigned int i = 0; i < changes->len; i++)
    {
      const ForlopPlanChange *change = g_ptr_array_index (changes, i);

      g_string_append_printf (text, "%s|%s|%s\n", change->what, change->was != NULL ? change->was : "-",
                              change->is != NULL ? change->is : "-");
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
test_equal_plans_differ_in_nothing (Fixture       *fixture,
                                    gconstpointer  data G_GNUC_UNUSED)
{
  ForlopRecord *plans[] = { fixture->was, fixture->is };
  g_autofree char *text = NULL;

  for (unsigned int i = 0; i < G_N_ELEMENTS (plans); i++)
    {
      forlop_record_set_text (plans[i], "goal", "Bo hjemme");
      put_limit (fixture, plans[i], "spo2", 90, UNSET);
      put_rule (fixture, plans[i], 2);
      put_schedule (fixture, plans[i], "weight", "08:00");
      put_schedule (fixture, plans[i], "weight", "20:00");
    }
  /* Where they stand in their lives is no difference between what they say. */
  forlop_record_set_text (fixture->was, "status", "superseded");
  forlop_record_set_text (fixture->is, "status", "in_force");
  text = diff (fixture);
  g_assert_cmpstr (text, ==, "");
}

static void
test_every_kind_of_difference_is_told (Fixture       *fixture,
                                       gconstpointer  data G_GNUC_UNUSED)
{
  g_autofree char *text = NULL;

  forlop_record_set_text (fixture->was, "goal", "Bo hjemme");
  forlop_record_set_text (fixture->is, "goal", "Gå tur");
  forlop_record_set_integer (fixture->is, "repeat_minutes", 30);
  put_limit (fixture, fixture->was, "spo2", 90, UNSET);
  put_limit (fixture, fixture->is, "spo2", 88, UNSET);
  put_limit (fixture, fixture->was, "pulse", UNSET, 130);
  put_limit (fixture, fixture->is, "weight", UNSET, 90);
  put_schedule (fixture, fixture->was, "weight", "08:00");
  put_schedule (fixture, fixture->is, "weight", "09:00");
  put_schedule (fixture, fixture->was, "spo2", "08:00");
  put_rule (fixture, fixture->is, 2);
  text = diff (fixture);
  g_assert_cmpstr (text, ==,
                   "Goal|Bo hjemme|Gå tur\n"
                   "New reading within, minutes|-|30\n"
                   "SpO₂: Yellow below|90 %|88 %\n"
                   "Pulse: Red above|130 beats/min|-\n"
                   "Weight: Red above|-|90,0 kg\n"
                   "Schedule: Weight|Every day at 08.00, missing after 120 minutes|"
                   "Every day at 09.00, missing after 120 minutes\n"
                   "Schedule: SpO₂|Every day at 08.00, missing after 120 minutes|-\n"
                   "Trend rule: Weight|-|Yellow when weight has risen more than 2,0 kg in 3 days\n");
}

/* A second time of the day is new; the first is not called changed. */
static void
test_what_says_the_same_is_paired_first (Fixture       *fixture,
                                         gconstpointer  data G_GNUC_UNUSED)
{
  g_autofree char *text = NULL;

  put_schedule (fixture, fixture->was, "weight", "08:00");
  put_schedule (fixture, fixture->is, "weight", "20:00");
  put_schedule (fixture, fixture->is, "weight", "08:00");
  text = diff (fixture);
  g_assert_cmpstr (text, ==,
                   "Schedule: Weight|-|Every day at 20.00, missing after 120 minutes\n");
}

/* What is written as a template is read as what it was, without what belongs to the citizen. */
static void
test_a_template_is_read_as_it_was_written (Fixture       *fixture,
                                           gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (GHashTable) forms = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (ForlopPlanTemplate) template = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;
  ForlopRecord *asked;

  forlop_record_set_text (fixture->was, "goal", "Danse i datterens bryllup");
  forlop_record_set_text (fixture->was, "contacts", "Datter 912 34 567");
  forlop_record_set_text (fixture->was, "red_actions", "Ring 113.");
  forlop_record_set_integer (fixture->was, "repeat_minutes", 30);
  put_limit (fixture, fixture->was, "spo2", 90, UNSET);
  put_rule (fixture, fixture->was, 2);
  put_schedule (fixture, fixture->was, "spo2", "08:00");
  asked = put (fixture, "schedule", fixture->was);
  forlop_record_set_text (asked, "form_id", "the-form");
  forlop_record_set_text (asked, "cadence", "weekly");
  forlop_record_set_text (asked, "times", "09:00");
  g_hash_table_insert (forms, (gpointer) "the-form", (gpointer) "kols");

  body = forlop_plan_template_write (fixture->snapshot, fixture->was, forms);
  g_assert_null (strstr (body, "bryllup"));
  g_assert_null (strstr (body, "Datter"));
  template = forlop_plan_template_parse (body, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (forlop_record_get_text (template->plan, "red_actions"), ==, "Ring 113.");
  g_assert_cmpint (forlop_record_get_integer (template->plan, "repeat_minutes"), ==, 30);
  g_assert_cmpuint (template->parts->len, ==, 4);
  g_assert_cmpstr (((ForlopPlanTemplatePart *) g_ptr_array_index (template->parts, 3))->form, ==, "kols");
}

/* What is changed in a template is all that is changed. */
static void
test_a_template_is_changed_and_nothing_is_lost (Fixture       *fixture G_GNUC_UNUSED,
                                                gconstpointer  user_data G_GNUC_UNUSED)
{
  static const char body[] =
    "{\"goal\":\"Tur\",\"red_actions\":\"Ring 113.\",\"limits\":[{\"code\":\"spo2\",\"red_low\":88.0}],\"rules\":[],"
    "\"schedules\":[{\"cadence\":\"weekly\",\"times\":\"08.00\",\"grace_minutes\":60,\"form\":\"kols\"}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopPlanTemplate) template = forlop_plan_template_parse (body, &error);
  g_autoptr (ForlopPlanTemplate) again = NULL;
  g_autoptr (ForlopPlanTemplatePart) wrong = NULL;
  ForlopPlanTemplatePart *added = forlop_plan_template_part_new ("schedule");
  g_autofree char *words = NULL;
  g_autofree char *changed = NULL;
  const char *field;

  g_assert_no_error (error);
  forlop_record_set_text (added->record, "code", "weight");
  forlop_record_set_text (added->record, "cadence", "daily");
  forlop_record_set_text (added->record, "times", "25.00");
  forlop_record_set_integer (added->record, "grace_minutes", 60);
  g_assert_false (forlop_plan_template_part_check (added, &field, &error));
  g_assert_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID);
  g_assert_cmpstr (field, ==, "times");
  g_clear_error (&error);
  forlop_record_set_text (added->record, "times", "07.15");
  g_assert_true (forlop_plan_template_part_check (added, &field, &error));
  g_ptr_array_add (template->parts, added);

  changed = forlop_plan_template_dup_body (template);
  again = forlop_plan_template_parse (changed, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (forlop_record_get_text (again->plan, "goal"), ==, "Tur");
  g_assert_cmpuint (again->parts->len, ==, 3);
  g_assert_cmpstr (((ForlopPlanTemplatePart *) g_ptr_array_index (again->parts, 1))->form, ==, "kols");
  words = forlop_plan_template_part_describe (g_ptr_array_index (again->parts, 0));
  g_assert_cmpstr (words, ==, "Red below 88");

  wrong = forlop_plan_template_part_new ("schedule");
  g_assert_false (forlop_plan_template_part_check (wrong, &field, NULL));
}

static void
test_a_template_that_is_wrong_is_refused (Fixture       *fixture G_GNUC_UNUSED,
                                          gconstpointer  data G_GNUC_UNUSED)
{
  static const struct {
    const char *body;
    const char *says;
  } rows[] = {
    { "{\"golas\":\"x\"}", "golas" },
    { "{\"limits\":[{\"code\":\"spo2\",\"red_low\":92,\"yellow_low\":88}]}", "is above" },
    { "{\"limits\":[{\"code\":\"weight\",\"red_high\":80000}]}", "Check the unit" },
    { "{\"rules\":[{\"kind\":\"change\",\"code\":\"weight\",\"amount\":0,\"days\":3,"
      "\"severity\":\"yellow\"}]}", "" },
    { "{\"schedules\":[{\"citizen_id\":\"x\"}]}", "citizen_id" },
    { "not json", "" },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ForlopPlanTemplate) template = forlop_plan_template_parse (rows[i].body, &error);

      g_assert_null (template);
      g_assert_nonnull (error);
      if (strstr (error->message, rows[i].says) == NULL)
        g_error ("“%s” does not say “%s”", error->message, rows[i].says);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/plan-diff/equal-plans-differ-in-nothing", test_equal_plans_differ_in_nothing);
  ADD ("/plan-diff/every-kind-of-difference-is-told", test_every_kind_of_difference_is_told);
  ADD ("/plan-diff/what-says-the-same-is-paired-first", test_what_says_the_same_is_paired_first);
  ADD ("/plan-template/is-read-as-it-was-written", test_a_template_is_read_as_it_was_written);
  ADD ("/plan-template/is-changed-and-nothing-is-lost", test_a_template_is_changed_and_nothing_is_lost);
  ADD ("/plan-template/that-is-wrong-is-refused", test_a_template_that_is_wrong_is_refused);

  return g_test_run ();
}
