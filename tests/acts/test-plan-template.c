/* SPDX-License-Identifier: EUPL-1.2 */

#include "follow-up-test-util.h"

#include "forlop-error.h"
#include "forlop-set-up.h"

#define DAY "2026-03-16"

static gpointer
set_up_templates_on_worker (ForlopConnection  *connection,
                            gpointer           user_data,
                            GCancellable      *cancellable G_GNUC_UNUSED,
                            GError           **error)
{
  ActsTest *test = user_data;

  forlop_set_up_templates (connection, test->ids, forlop_clock_now (test->clock), error);

  return NULL;
}

/* Every template that comes with the program can be drafted from, and none of them has a limit. */
static void
test_a_plan_begins_with_each_template (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_grant (test, DAY);
  g_autoptr (GPtrArray) templates = NULL;
  g_autoptr (GError) error = NULL;

  for (unsigned int i = 0; i < 2; i++)
    forlop_store_write_sync (test->store, set_up_templates_on_worker, test, NULL, NULL, &error);
  g_assert_no_error (error);
  templates = acts_test_list (test, "template", "kind", "plan");
  g_assert_cmpuint (templates->len, ==, 6);

  for (unsigned int i = 0; i < templates->len; i++)
    {
      ForlopRecord *template = g_ptr_array_index (templates, i);
      g_autoptr (ForlopActResult) draft = NULL;
      g_autoptr (GPtrArray) schedules = NULL;
      g_autoptr (GPtrArray) limits = NULL;

      g_assert_true (forlop_record_get_boolean (template, "proposal"));
      draft = acts_test_do (test, test->nurse, "draft-plan",
                            "{\"case_id\":\"%s\",\"template_id\":\"%s\"}", case_id,
                            forlop_record_get_id (template));
      schedules = acts_test_list (test, "schedule", "care_plan_id", draft->subject_id);
      limits = acts_test_list (test, "limit", "care_plan_id", draft->subject_id);
      g_assert_cmpuint (schedules->len, >, 0);
      g_assert_cmpuint (limits->len, ==, 0);
      g_assert_true (forlop_record_text_is (g_ptr_array_index (schedules, 0), "starts_on", DAY));
      acts_test_must (test, test->nurse, "discard-plan", "{\"care_plan_id\":\"%s\"}",
                      draft->subject_id);
    }
}

static void
test_a_template_that_cannot_be_used_drafts_nothing (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_grant (test, DAY);
  static const struct {
    const char *kind;
    const char *body;
    const char *says;
  } rows[] = {
    { "phrase", "Ringte.", "not a template for a plan" },
    { "plan", "Ringte.", "no plan was drafted" },
    { "plan", "{\\\"limits\\\":[{\\\"code\\\":\\\"spo2\\\",\\\"red_low\\\":92,"
              "\\\"yellow_low\\\":88}]}", "is above" },
    { "plan", "{\\\"schedules\\\":[{\\\"form\\\":\\\"borte\\\",\\\"cadence\\\":\\\"daily\\\","
              "\\\"times\\\":\\\"8.00\\\",\\\"grace_minutes\\\":60}]}", "“borte”" },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ForlopActResult) template = acts_test_do (
        test, test->nurse, "save-template",
        "{\"code\":\"x%u\",\"kind\":\"%s\",\"title\":\"X\",\"body\":\"%s\",\"language\":\"nb\"}", i,
        rows[i].kind, rows[i].body);

      acts_test_refused (test, test->nurse, "draft-plan", FORLOP_ERROR_INVALID, rows[i].says,
                         "{\"case_id\":\"%s\",\"template_id\":\"%s\"}", case_id,
                         template->subject_id);
    }
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM care_plan"), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/plan/begins-with-each-template", test_a_plan_begins_with_each_template);
  g_test_add_func ("/plan/a-template-that-cannot-be-used-drafts-nothing",
                   test_a_template_that_cannot_be_used_drafts_nothing);

  return g_test_run ();
}
