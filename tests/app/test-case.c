/* SPDX-License-Identifier: EUPL-1.2 */

#include "app-test.h"

#include <string.h>

#include "forlop-acts.h"
#include "forlop-case-page.h"
#include "forlop-case-sections.h"
#include "forlop-case-timeline.h"
#include "forlop-criteria-layout.h"

static void
test_every_act_and_condition_of_the_page_exists (void)
{
  for (const ForlopCaseSection *section = forlop_case_sections (); section->tab != NULL; section++)
    {
      const ForlopRecordType *type = forlop_record_type_find (section->type);

      g_assert_nonnull (type);
      for (unsigned int i = 0; section->acts[i] != NULL; i++)
        {
          const ForlopAct *act = forlop_act_find (section->acts[i]);

          g_assert_nonnull (act);
          g_assert_true (forlop_acts_can_perform (act));
        }
      for (unsigned int i = 0; section->record_acts[i] != NULL; i += 2)
        {
          g_auto (GStrv) fields = g_strsplit (section->record_acts[i + 1], " ", -1);

          g_assert_nonnull (forlop_act_find (section->record_acts[i]));
          for (unsigned int f = 0; fields[f] != NULL; f++)
            {
              const char *field = g_strdelimit (fields[f], "=", '\0');

              g_assert_nonnull (forlop_record_type_field (type, *field == '!' ? field + 1 : field));
            }
        }
    }
}

static void
test_condition_is_read_as_it_is_written (void)
{
  g_autoptr (ForlopRecord) loan = forlop_record_new (forlop_record_type_find ("loan"), "1");
  g_autoptr (ForlopRecord) plan = forlop_record_new (forlop_record_type_find ("care_plan"), "2");
  g_autoptr (ForlopRecord) handover = forlop_record_new (forlop_record_type_find ("handover"), "3");

  g_assert_true (forlop_case_condition_holds (loan, NULL, ""));
  g_assert_true (forlop_case_condition_holds (loan, NULL, "!returned_on"));
  g_assert_false (forlop_case_condition_holds (loan, NULL, "returned_on"));
  forlop_record_set_date (loan, "returned_on", 1000);
  g_assert_false (forlop_case_condition_holds (loan, NULL, "!returned_on"));
  g_assert_true (forlop_case_condition_holds (loan, NULL, "returned_on"));

  forlop_record_set_text (plan, "status", "draft");
  g_assert_true (forlop_case_condition_holds (plan, NULL, "status=draft"));
  g_assert_false (forlop_case_condition_holds (plan, NULL, "status=approved"));

  forlop_record_set_text (handover, "to_unit_id", "north");
  g_assert_true (forlop_case_condition_holds (handover, "north", "to_unit_id=@mine"));
  g_assert_false (forlop_case_condition_holds (handover, "south", "to_unit_id=@mine"));
  g_assert_false (forlop_case_condition_holds (handover, NULL, "to_unit_id=@mine"));
}

static void
test_page_without_a_file_comes_and_goes (void)
{
  g_autoptr (ForlopClock) clock = forlop_clock_new_manual (NOON);
  g_autoptr (ForlopSession) session = forlop_session_new (clock);
  GType types[] = { FORLOP_TYPE_CASE_PAGE, FORLOP_TYPE_CITIZEN_PAGE };

  for (unsigned int i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GtkWidget *page = g_object_new (types[i], "session", session, "subject-id",
                                      "018f0000-0000-7000-8000-000000000001", NULL);

      g_object_ref_sink (page);
      g_object_set (page, "narrow", TRUE, NULL);
      gtk_widget_activate_action (page, "case.act", "(sss)", "decide", "case", "1");
      gtk_widget_activate_action (page, "case.reveal", NULL);
      settle ();
      g_assert_finalize_object (page);
    }
}

static void
test_what_was_taken_back_is_struck (void)
{
  ForlopTimelineEntry entry = {
    .id = (char *) "1", .at = NOON, .act = (char *) "add-goal",
    .arguments = (char *) "{\"goal\":\"Walk\"}", .by = (char *) "Kari",
    .taken_back_by = (char *) "Ola", .taken_back_at = NOON,
  };
  g_autoptr (ForlopTimelineItem) item = forlop_case_timeline_item_new (&entry);
  const ForlopTimelineContent *content = forlop_timeline_item_get_content (item);

  g_assert_true (content->struck);
  g_assert_cmpstr (content->text, ==, "Goal added");
  g_assert_true (g_str_has_prefix (content->note, "Taken back by Ola, 22.11.2026"));
  g_assert_nonnull (strstr (content->note, "Goal: Walk"));
}

static ForlopRecord *
answered (const char *criterion,
          const char *answer)
{
  ForlopRecord *record = forlop_record_new (forlop_record_type_find ("criterion"), criterion);

  forlop_record_set_text (record, "criterion", criterion);
  forlop_record_set_text (record, "answer", answer);

  return record;
}

static void
test_only_new_answers_are_saved (void)
{
  const ForlopAct *act = forlop_act_find ("answer-criterion");
  g_autoptr (ForlopClock) clock = forlop_clock_new_manual (NOON);
  g_autoptr (GPtrArray) existing = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (ForlopRecord) common = forlop_acts_new_arguments (act, NULL);
  g_autoptr (GPtrArray) calls = NULL;
  GtkWidget *form = g_object_ref_sink (forlop_form_new (clock));

  g_ptr_array_add (existing, answered ("motivated", "yes"));
  forlop_criteria_layout_build (FORLOP_FORM (form), existing);
  forlop_field_row_set_wire (forlop_form_get_row (FORLOP_FORM (form), "has_device"), "yes");
  calls = forlop_criteria_layout_collect (FORLOP_FORM (form), act, common, existing);

  g_assert_nonnull (calls);
  g_assert_cmpuint (calls->len, ==, 1);
  g_assert_true (forlop_record_text_is (g_ptr_array_index (calls, 0), "criterion", "has_device"));
  g_assert_finalize_object (form);
}

static void
test_answer_that_speaks_against_asks_why (void)
{
  const ForlopAct *act = forlop_act_find ("answer-criterion");
  g_autoptr (ForlopClock) clock = forlop_clock_new_manual (NOON);
  g_autoptr (GPtrArray) existing = g_ptr_array_new ();
  g_autoptr (ForlopRecord) common = forlop_acts_new_arguments (act, NULL);
  g_autoptr (GPtrArray) calls = NULL;
  GtkWidget *form = g_object_ref_sink (forlop_form_new (clock));
  ForlopFieldRow *reason;

  forlop_criteria_layout_build (FORLOP_FORM (form), existing);
  reason = forlop_form_get_row (FORLOP_FORM (form), "cognitive_impairment_reason");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (reason)));
  forlop_field_row_set_wire (forlop_form_get_row (FORLOP_FORM (form), "cognitive_impairment"), "yes");
  forlop_criteria_layout_update (FORLOP_FORM (form));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (reason)));

  calls = forlop_criteria_layout_collect (FORLOP_FORM (form), act, common, existing);
  g_assert_null (calls);
  g_assert_nonnull (forlop_field_row_get_error (reason));

  forlop_field_row_set_wire (reason, "The daughter helps");
  calls = forlop_criteria_layout_collect (FORLOP_FORM (form), act, common, existing);
  g_assert_nonnull (calls);
  g_assert_cmpuint (calls->len, ==, 1);
  g_assert_finalize_object (form);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  adw_init ();

  g_test_add_func ("/case/every-act-and-condition-of-the-page-exists",
                   test_every_act_and_condition_of_the_page_exists);
  g_test_add_func ("/case/condition-is-read-as-it-is-written", test_condition_is_read_as_it_is_written);
  g_test_add_func ("/case/page-without-a-file-comes-and-goes", test_page_without_a_file_comes_and_goes);
  g_test_add_func ("/case/what-was-taken-back-is-struck", test_what_was_taken_back_is_struck);
  g_test_add_func ("/criteria/only-new-answers-are-saved", test_only_new_answers_are_saved);
  g_test_add_func ("/criteria/answer-that-speaks-against-asks-why",
                   test_answer_that_speaks_against_asks_why);

  return g_test_run ();
}
