/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-questionnaire.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-error.h"
#include "forlop-json.h"

#define MAX_SCORE 1000

/* A form is written by people: the colour is its code, or the word for it in Norwegian. */
static const struct {
  const char *word;
  ForlopSeverity severity;
} colours[] = {
  { "green", FORLOP_SEVERITY_GREEN },   { "grønn", FORLOP_SEVERITY_GREEN },
  { "grøn", FORLOP_SEVERITY_GREEN },    { "yellow", FORLOP_SEVERITY_YELLOW },
  { "gul", FORLOP_SEVERITY_YELLOW },    { "red", FORLOP_SEVERITY_RED },
  { "rød", FORLOP_SEVERITY_RED },       { "raud", FORLOP_SEVERITY_RED },
  { "none", FORLOP_SEVERITY_NONE },     { "ingen", FORLOP_SEVERITY_NONE },
};

static void
option_free (gpointer data)
{
  ForlopOption *self = data;

  g_free (self->text);
  g_free (self);
}

static void
question_free (gpointer data)
{
  ForlopQuestion *self = data;

  g_free (self->text);
  g_clear_pointer (&self->options, g_ptr_array_unref);
  g_free (self);
}

void
forlop_questionnaire_free (ForlopQuestionnaire *self)
{
  if (self == NULL)
    return;

  g_free (self->title);
  g_clear_pointer (&self->questions, g_ptr_array_unref);
  g_free (self);
}

void
forlop_form_judgement_clear (ForlopFormJudgement *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->answers, g_free);
  g_clear_pointer (&self->reason, g_free);
}

G_GNUC_PRINTF (2, 3) static gboolean
refuse (GError     **error,
        const char  *format,
        ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID, message);

  return FALSE;
}

static gboolean
read_colour (const char      *word,
             ForlopSeverity  *severity)
{
  g_autofree char *folded = g_utf8_casefold (word, -1);

  for (unsigned int i = 0; i < G_N_ELEMENTS (colours); i++)
    {
      g_autofree char *known = g_utf8_casefold (colours[i].word, -1);

      if (!g_str_equal (folded, known))
        continue;
      *severity = colours[i].severity;
      return TRUE;
    }

  return FALSE;
}

/* What follows the words of an answer: a colour, a score, or both in any order. */
static gboolean
read_part (ForlopOption  *option,
           const char    *part,
           const char    *line,
           GError       **error)
{
  gint64 score;

  if (*part == '\0' || read_colour (part, &option->severity))
    return TRUE;
  if (!g_ascii_string_to_signed (part, 10, 0, MAX_SCORE, &score, NULL))
    /* Translators: a part of a line, then the whole line. */
    return refuse (error, _("“%s” in the answer “%s” is neither a colour nor a score from 0 to 1000. "
                            "Write for example: Much worse; red; 3"), part, line);
  option->score = (int) score;
  option->has_score = TRUE;

  return TRUE;
}

static gboolean
has_option (const GPtrArray *options,
            const char      *text)
{
  for (unsigned int i = 0; i < options->len; i++)
    if (g_str_equal (((const ForlopOption *) options->pdata[i])->text, text))
      return TRUE;

  return FALSE;
}

static ForlopOption *
option_parse (const char  *line,
              GError     **error)
{
  g_auto (GStrv) parts = g_strsplit (line, ";", -1);
  ForlopOption *option;

  if (*g_strstrip (parts[0]) == '\0')
    {
      refuse (error, _("The answer “%s” has no words before the colour. Write what can be answered."),
              line);
      return NULL;
    }

  option = g_new0 (ForlopOption, 1);
  option->text = g_strdup (parts[0]);
  option->severity = FORLOP_SEVERITY_NONE;
  for (unsigned int i = 1; parts[i] != NULL; i++)
    if (!read_part (option, g_strstrip (parts[i]), line, error))
      {
        option_free (option);
        return NULL;
      }

  return option;
}

GPtrArray *
forlop_options_parse (const char  *text,
                      GError     **error)
{
  g_autoptr (GPtrArray) options = g_ptr_array_new_with_free_func (option_free);
  g_auto (GStrv) lines = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  lines = g_strsplit (text, "\n", -1);
  for (unsigned int i = 0; lines[i] != NULL; i++)
    {
      ForlopOption *option;

      if (*g_strstrip (lines[i]) == '\0')
        continue;
      option = option_parse (lines[i], error);
      if (option == NULL)
        return NULL;
      if (has_option (options, option->text))
        {
          refuse (error, _("The answer “%s” is written twice. Keep one of them."), option->text);
          option_free (option);
          return NULL;
        }
      g_ptr_array_add (options, option);
    }

  if (options->len < 2)
    {
      refuse (error, _("A question needs at least two answers to choose from. Write one on each line."));
      return NULL;
    }

  return g_steal_pointer (&options);
}

static int
compare_positions (gconstpointer a,
                   gconstpointer b)
{
  gint64 one = forlop_record_get_integer (*(ForlopRecord *const *) a, "position");
  gint64 other = forlop_record_get_integer (*(ForlopRecord *const *) b, "position");

  return one < other ? -1 : one > other;
}

/**
 * forlop_questionnaire_read:
 * @questions: #GPtrArray of form_question records; those of other forms are passed over.
 *
 * Returns: (transfer full): the form, or %NULL with a sentence when it has no questions or one of
 *   them cannot be read.
 */
ForlopQuestionnaire *
forlop_questionnaire_read (ForlopRecord  *form,
                           GPtrArray     *questions,
                           GError       **error)
{
  g_autoptr (ForlopQuestionnaire) self = NULL;
  g_autoptr (GPtrArray) own = g_ptr_array_new ();

  g_return_val_if_fail (FORLOP_IS_RECORD (form), NULL);
  g_return_val_if_fail (questions != NULL, NULL);

  self = g_new0 (ForlopQuestionnaire, 1);
  self->title = g_strdup (forlop_record_get_text (form, "title"));
  self->version = (int) forlop_record_get_integer (form, "version");
  self->questions = g_ptr_array_new_with_free_func (question_free);

  for (unsigned int i = 0; i < questions->len; i++)
    if (forlop_record_text_is (questions->pdata[i], "form_id", forlop_record_get_id (form)))
      g_ptr_array_add (own, questions->pdata[i]);
  g_ptr_array_sort (own, compare_positions);

  for (unsigned int i = 0; i < own->len; i++)
    {
      ForlopRecord *record = own->pdata[i];
      GPtrArray *options = forlop_options_parse (forlop_record_get_text (record, "answers"), error);
      ForlopQuestion *question;

      if (options == NULL)
        return NULL;
      question = g_new0 (ForlopQuestion, 1);
      question->text = g_strstrip (g_strdup (forlop_record_get_text (record, "question")));
      question->options = options;
      g_ptr_array_add (self->questions, question);
    }

  if (self->questions->len == 0)
    {
      refuse (error, _("The form “%s” has no questions. Ask the administrator to write them."),
              self->title);
      return NULL;
    }

  return g_steal_pointer (&self);
}

char *
forlop_questionnaire_format_answer (const ForlopQuestion *question,
                                    const ForlopOption   *option)
{
  const char *between;

  g_return_val_if_fail (question != NULL && option != NULL, NULL);

  between = g_str_has_suffix (question->text, "?") || g_str_has_suffix (question->text, ":") ? " " : ": ";

  return g_strconcat (question->text, between, option->text, NULL);
}

/* Where in @line the answer to the question begins: after its words or its number; NULL when the line
 * is about something else. */
static const char *
answer_in (const char           *line,
           const ForlopQuestion *question,
           unsigned int          number)
{
  g_autofree char *numbered = g_strdup_printf ("%u:", number);
  const char *rest = NULL;

  if (g_str_has_prefix (line, question->text))
    rest = line + strlen (question->text);
  else if (g_str_has_prefix (line, numbered))
    rest = line + strlen (numbered);
  if (rest == NULL)
    return NULL;
  while (*rest == ' ' || *rest == ':')
    rest++;

  return rest;
}

/* By its words, or by its number among the answers. */
static const ForlopOption *
find_option (const ForlopQuestion *question,
             const char           *answer)
{
  guint64 number;

  for (unsigned int i = 0; i < question->options->len; i++)
    if (g_str_equal (((ForlopOption *) question->options->pdata[i])->text, answer))
      return question->options->pdata[i];
  if (g_ascii_string_to_unsigned (answer, 10, 1, question->options->len, &number, NULL))
    return question->options->pdata[number - 1];

  return NULL;
}

/* The question a line answers: of several whose words begin it, the longest. */
static int
find_question (const ForlopQuestionnaire  *self,
               const char                 *line,
               const char                **answer)
{
  int found = -1;

  for (unsigned int i = 0; i < self->questions->len; i++)
    {
      const char *rest = answer_in (line, self->questions->pdata[i], i + 1);

      if (rest == NULL || (found >= 0 && rest <= *answer))
        continue;
      found = (int) i;
      *answer = rest;
    }

  return found;
}

static gboolean
read_line (const ForlopQuestionnaire  *self,
           const char                 *line,
           const ForlopOption        **chosen,
           GError                    **error)
{
  const char *answer = NULL;
  int position = find_question (self, line, &answer);
  const ForlopQuestion *question;

  if (position < 0)
    return refuse (error, _("“%s” answers none of the questions of the form. Begin the line with the "
                            "question or its number."), line);
  question = self->questions->pdata[position];
  if (chosen[position] != NULL)
    return refuse (error, _("“%s” is answered twice. Keep one of the answers."), question->text);

  chosen[position] = find_option (question, answer);
  if (chosen[position] == NULL)
    /* Translators: what was answered, then the question. */
    return refuse (error, _("“%s” is not one of the answers to “%s”. Choose one of those the form has."),
                   answer, question->text);

  return TRUE;
}

static char *
reason_to_json (const ForlopQuestionnaire *self,
                const ForlopFormJudgement *judgement,
                const char                *answer)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, root);
  forlop_json_add_text (doc, root, "form", self->title);
  yyjson_mut_obj_add_int (doc, root, "version", self->version);
  forlop_json_add_text (doc, root, "severity", forlop_severity_code (judgement->severity));
  if (answer != NULL)
    forlop_json_add_text (doc, root, "answer", answer);
  if (judgement->has_score)
    yyjson_mut_obj_add_int (doc, root, "score", judgement->score);

  return forlop_json_write (doc, FALSE);
}

static gboolean
conclude (const ForlopQuestionnaire  *self,
          const ForlopOption        **chosen,
          ForlopFormJudgement        *judgement,
          GError                    **error)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autofree char *worst = NULL;

  *judgement = (ForlopFormJudgement) { .severity = FORLOP_SEVERITY_NONE };
  for (unsigned int i = 0; i < self->questions->len; i++)
    {
      const ForlopQuestion *question = self->questions->pdata[i];
      g_autofree char *line = NULL;

      if (chosen[i] == NULL)
        return refuse (error, _("“%s” is not answered. Choose an answer to every question."),
                       question->text);
      line = forlop_questionnaire_format_answer (question, chosen[i]);
      g_string_append_printf (lines, "%s%s", lines->len > 0 ? "\n" : "", line);
      judgement->score += chosen[i]->score;
      judgement->has_score |= chosen[i]->has_score;
      if (chosen[i]->severity <= judgement->severity)
        continue;
      judgement->severity = chosen[i]->severity;
      g_set_str (&worst, line);
    }

  judgement->answers = g_strdup (lines->str);
  judgement->reason =
    reason_to_json (self, judgement, forlop_severity_is_alert (judgement->severity) ? worst : NULL);

  return TRUE;
}

/**
 * forlop_questionnaire_judge:
 * @answers: a line for each question: the question or its number, a colon, the answer or its number.
 * @judgement: (out): cleared by the caller; filled only where TRUE is returned.
 *
 * Every question must be answered once. The first of the worst answers is the reason.
 */
gboolean
forlop_questionnaire_judge (const ForlopQuestionnaire  *self,
                            const char                 *answers,
                            ForlopFormJudgement        *judgement,
                            GError                    **error)
{
  g_autofree const ForlopOption **chosen = NULL;
  g_auto (GStrv) lines = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (answers != NULL, FALSE);
  g_return_val_if_fail (judgement != NULL, FALSE);

  chosen = g_new0 (const ForlopOption *, self->questions->len);
  lines = g_strsplit (answers, "\n", -1);
  for (unsigned int i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0' && !read_line (self, lines[i], chosen, error))
      return FALSE;

  return conclude (self, chosen, judgement, error);
}

char *
forlop_form_reason_brief (const char *reason)
{
  g_autoptr (yyjson_doc) doc = NULL;
  const char *form = NULL, *answer = NULL;

  if (reason == NULL)
    return NULL;
  doc = forlop_json_parse (reason, -1, NULL);
  if (doc == NULL || !forlop_json_get_text (yyjson_doc_get_root (doc), "form", &form, NULL) ||
      !forlop_json_get_text (yyjson_doc_get_root (doc), "answer", &answer, NULL) || form == NULL)
    return NULL;

  return g_strdup (answer != NULL ? answer : form);
}

char *
forlop_form_reason_describe (const char *reason)
{
  g_autofree char *brief = forlop_form_reason_brief (reason);
  g_autoptr (yyjson_doc) doc = NULL;
  const char *form = NULL, *code = NULL, *answer = NULL;
  ForlopSeverity severity = FORLOP_SEVERITY_NONE;
  gint64 version = 0;
  yyjson_val *root;

  if (brief == NULL)
    return NULL;

  doc = forlop_json_parse (reason, -1, NULL);
  root = yyjson_doc_get_root (doc);
  if (!forlop_json_get_text (root, "form", &form, NULL) ||
      !forlop_json_get_text (root, "severity", &code, NULL) ||
      !forlop_json_get_text (root, "answer", &answer, NULL) ||
      !forlop_json_get_integer (root, "version", &version, NULL) ||
      !forlop_severity_from_code (code, &severity))
    return NULL;

  if (answer != NULL)
    /* Translators: a colour, a question with its answer, the title of a form, its version. */
    return g_strdup_printf (_("%s: %s (%s, version %d)"), forlop_severity_label (severity), answer,
                            form, (int) version);
  if (severity == FORLOP_SEVERITY_GREEN)
    /* Translators: the title of a form, its version. */
    return g_strdup_printf (_("Green: no warning sign among the answers (%s, version %d)"), form,
                            (int) version);

  /* Translators: the title of a form, its version. */
  return g_strdup_printf (_("Answered, without colours (%s, version %d)"), form, (int) version);
}
