/* SPDX-License-Identifier: EUPL-1.2 */

#include <string.h>

#include "forlop-error.h"
#include "forlop-questionnaire.h"

#define BREATH "Som vanlig; grønn; 0\nLitt tyngre; gul; 1\nMye tyngre; rød; 3"
#define LEGS "Nei; green; 0\nJa; yellow; 2"

static void
refused (GError     *error,
         const char *part)
{
  g_assert_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” has no “%s”", error->message, part);
  g_error_free (error);
}

static ForlopRecord *
question_new (const char *id,
              int         position,
              const char *question,
              const char *answers)
{
  ForlopRecord *record = forlop_record_new (forlop_record_type_find ("form_question"), id);

  forlop_record_set_text (record, "form_id", "form");
  forlop_record_set_integer (record, "position", position);
  forlop_record_set_text (record, "question", question);
  forlop_record_set_text (record, "answers", answers);

  return record;
}

static ForlopQuestionnaire *
heart_failure (void)
{
  g_autoptr (ForlopRecord) form = forlop_record_new (forlop_record_type_find ("form"), "form");
  g_autoptr (GPtrArray) questions = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  ForlopRecord *other;
  ForlopQuestionnaire *read;

  forlop_record_set_text (form, "title", "Hjertesvikt");
  forlop_record_set_integer (form, "version", 2);
  /* In another order than they were written in, and one of another form. */
  g_ptr_array_add (questions, question_new ("b", 2, "Hovne bein", LEGS));
  g_ptr_array_add (questions, question_new ("a", 1, "Hvordan er pusten?", BREATH));
  other = question_new ("c", 3, "Noe annet", LEGS);
  forlop_record_set_text (other, "form_id", "another");
  g_ptr_array_add (questions, other);

  read = forlop_questionnaire_read (form, questions, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->questions->len, ==, 2);

  return read;
}

static void
test_options (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) options = forlop_options_parse ("  Ja ; 4 ; RØD\n\n Nei\n", &error);
  const ForlopOption *yes, *no;

  g_assert_no_error (error);
  g_assert_cmpuint (options->len, ==, 2);
  yes = options->pdata[0];
  no = options->pdata[1];
  g_assert_cmpstr (yes->text, ==, "Ja");
  g_assert_cmpint (yes->severity, ==, FORLOP_SEVERITY_RED);
  g_assert_true (yes->has_score);
  g_assert_cmpint (yes->score, ==, 4);
  g_assert_cmpint (no->severity, ==, FORLOP_SEVERITY_NONE);
  g_assert_false (no->has_score);
}

static void
test_bad_options_are_refused (void)
{
  static const struct {
    const char *text;
    const char *part;
  } bad[] = {
    { "Ja", "at least two" },
    { "", "at least two" },
    { "Ja; blå\nNei", "neither a colour nor a score" },
    { "Ja; -1\nNei", "neither a colour nor a score" },
    { "; rød\nNei", "no words" },
    { "Ja\nJa; rød", "twice" },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      GError *error = NULL;

      g_assert_null (forlop_options_parse (bad[i].text, &error));
      refused (error, bad[i].part);
    }
}

static void
assert_judged (const char     *answers,
               ForlopSeverity  severity,
               int             score,
               const char     *sentence)
{
  g_autoptr (ForlopQuestionnaire) form = heart_failure ();
  g_auto (ForlopFormJudgement) judgement = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *described = NULL;

  g_assert_true (forlop_questionnaire_judge (form, answers, &judgement, &error));
  g_assert_no_error (error);
  g_assert_cmpint (judgement.severity, ==, severity);
  g_assert_cmpint (judgement.score, ==, score);
  described = forlop_form_reason_describe (judgement.reason);
  g_assert_cmpstr (described, ==, sentence);
}

static void
test_the_worst_answer_decides (void)
{
  assert_judged ("1: 1\n2: 1", FORLOP_SEVERITY_GREEN, 0,
                 "Green: no warning sign among the answers (Hjertesvikt, version 2)");
  assert_judged ("2: Ja\n1: Som vanlig", FORLOP_SEVERITY_YELLOW, 2,
                 "Yellow: Hovne bein: Ja (Hjertesvikt, version 2)");
  assert_judged ("Hvordan er pusten? Mye tyngre\nHovne bein: Ja", FORLOP_SEVERITY_RED, 5,
                 "Red: Hvordan er pusten? Mye tyngre (Hjertesvikt, version 2)");
  /* Of two that are as bad, the first. */
  assert_judged ("1: 2\n2: 2", FORLOP_SEVERITY_YELLOW, 3,
                 "Yellow: Hvordan er pusten? Litt tyngre (Hjertesvikt, version 2)");
}

static void
test_the_answers_are_kept_in_words_and_read_again (void)
{
  g_autoptr (ForlopQuestionnaire) form = heart_failure ();
  g_auto (ForlopFormJudgement) first = { 0 };
  g_auto (ForlopFormJudgement) second = { 0 };

  g_assert_true (forlop_questionnaire_judge (form, "2: 1\n1: 3", &first, NULL));
  g_assert_cmpstr (first.answers, ==, "Hvordan er pusten? Mye tyngre\nHovne bein: Nei");
  g_assert_true (forlop_questionnaire_judge (form, first.answers, &second, NULL));
  g_assert_cmpstr (second.answers, ==, first.answers);
  g_assert_cmpstr (second.reason, ==, first.reason);
}

static void
test_bad_answers_are_refused (void)
{
  static const struct {
    const char *text;
    const char *part;
  } bad[] = {
    { "1: 1", "“Hovne bein” is not answered" },
    { "1: 1\n1: 2\n2: 1", "answered twice" },
    { "1: 4\n2: 1", "is not one of the answers" },
    { "1: 0\n2: 1", "is not one of the answers" },
    { "1: Kanskje\n2: 1", "“Kanskje” is not one of the answers" },
    { "3: 1\n1: 1\n2: 1", "answers none of the questions" },
  };
  g_autoptr (ForlopQuestionnaire) form = heart_failure ();

  for (unsigned int i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_auto (ForlopFormJudgement) judgement = { 0 };
      GError *error = NULL;

      g_assert_false (forlop_questionnaire_judge (form, bad[i].text, &judgement, &error));
      refused (error, bad[i].part);
    }
}

static void
test_without_colours_it_is_not_judged (void)
{
  g_autoptr (ForlopRecord) form = forlop_record_new (forlop_record_type_find ("form"), "form");
  g_autoptr (GPtrArray) questions = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (ForlopQuestionnaire) read = NULL;
  g_auto (ForlopFormJudgement) judgement = { 0 };
  g_autofree char *sentence = NULL;
  GError *error = NULL;

  forlop_record_set_text (form, "title", "Skår");
  forlop_record_set_integer (form, "version", 1);
  g_assert_null (forlop_questionnaire_read (form, questions, &error));
  refused (error, "has no questions");

  g_ptr_array_add (questions, question_new ("a", 1, "Hoste", "Aldri; 0\nHele tiden; 5"));
  read = forlop_questionnaire_read (form, questions, NULL);
  g_assert_true (forlop_questionnaire_judge (read, "1: 2", &judgement, NULL));
  g_assert_cmpint (judgement.severity, ==, FORLOP_SEVERITY_NONE);
  g_assert_cmpint (judgement.score, ==, 5);
  sentence = forlop_form_reason_describe (judgement.reason);
  g_assert_cmpstr (sentence, ==, "Answered, without colours (Skår, version 1)");
}

static void
test_other_reasons_are_not_taken_for_answers (void)
{
  g_assert_null (forlop_form_reason_describe (NULL));
  g_assert_null (forlop_form_reason_describe ("no json"));
  g_assert_null (forlop_form_reason_describe ("{\"code\":\"beyond_limit\"}"));
  g_assert_null (forlop_form_reason_brief ("{\"form\":1}"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/questionnaire/options-have-colour-and-score", test_options);
  g_test_add_func ("/questionnaire/bad-options-are-refused", test_bad_options_are_refused);
  g_test_add_func ("/questionnaire/the-worst-answer-decides", test_the_worst_answer_decides);
  g_test_add_func ("/questionnaire/the-answers-are-kept-in-words-and-read-again",
                   test_the_answers_are_kept_in_words_and_read_again);
  g_test_add_func ("/questionnaire/bad-answers-are-refused", test_bad_answers_are_refused);
  g_test_add_func ("/questionnaire/without-colours-it-is-not-judged",
                   test_without_colours_it_is_not_judged);
  g_test_add_func ("/questionnaire/other-reasons-are-not-taken-for-answers",
                   test_other_reasons_are_not_taken_for_answers);

  return g_test_run ();
}
