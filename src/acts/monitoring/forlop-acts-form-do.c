/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-acts-follow-up-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-alert-wish.h"
#include "forlop-error.h"
#include "forlop-questionnaire.h"

/* A form can raise one alert. */
#define RULE "form"

static gboolean
is_answered (ForlopActContext  *self,
             const char        *form_id,
             gboolean          *answered,
             GError           **error)
{
  static const char sql[] = "SELECT 1 FROM form_answer WHERE form_id = ?1 AND deleted = 0 LIMIT 1";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (self->connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, form_id);

  return forlop_statement_step (statement, answered, error);
}

static gboolean
changes (ForlopActContext *self,
         ForlopRecord     *question,
         const char       *field)
{
  const char *text = forlop_act_text (self, field);

  return text != NULL && g_strcmp0 (text, forlop_record_get_text (question, field)) != 0;
}

/* Answers are compared over time: what was asked stays what was asked. It may stand elsewhere in the
 * form. */
static gboolean
check_unanswered (ForlopActContext  *self,
                  GError           **error)
{
  g_autoptr (ForlopRecord) question = NULL;
  g_autoptr (ForlopRecord) form = NULL;
  const char *id = forlop_record_get_id (self->arguments);
  gboolean answered;

  if (!forlop_id_is_valid (id))
    return TRUE;
  question = forlop_record_store_load (self->connection, "form_question", id, error);
  if (question == NULL)
    return FALSE;
  if (!changes (self, question, "question") && !changes (self, question, "answers"))
    return TRUE;

  form = forlop_record_store_load (self->connection, "form",
                                   forlop_record_get_text (question, "form_id"), error);
  if (form == NULL || !is_answered (self, forlop_record_get_id (form), &answered, error))
    return FALSE;

  return !answered ||
         forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                            _("The form %s has been answered, and what was asked stays as it was. Nothing "
                              "was changed. Add a new question, or make a new form and take this one out "
                              "of use."), forlop_record_get_text (form, "title"));
}

/* Questions are written by people, and must be readable before anybody is asked them. */
gboolean
forlop_do_save_form_question (ForlopActContext  *self,
                              GError           **error)
{
  const char *text = forlop_act_text (self, "answers");

  if (text != NULL)
    {
      g_autoptr (GPtrArray) options = forlop_options_parse (text, error);

      if (options == NULL)
        return FALSE;
    }

  return check_unanswered (self, error) && forlop_act_save (self, error);
}

static ForlopQuestionnaire *
load_questionnaire (ForlopActContext  *self,
                    GError           **error)
{
  ForlopRecord *form = forlop_act_load (self, "form", "form_id", error);
  g_autoptr (GPtrArray) questions = NULL;

  if (form == NULL)
    return NULL;
  questions = forlop_record_store_list (self->connection, "form_question", "form_id",
                                        forlop_record_get_id (form), error);

  return questions != NULL ? forlop_questionnaire_read (form, questions, error) : NULL;
}

static void
raise_alert (ForlopActContext          *self,
             const char                *answer_id,
             const ForlopFormJudgement *judgement)
{
  g_autofree char *id = forlop_alert_id (answer_id, RULE);
  ForlopRecord *alert = forlop_act_make_with_id (self, "alert", id);

  forlop_record_set_text (alert, "kind", "form");
  forlop_record_set_text (alert, "form_answer_id", answer_id);
  forlop_record_set_text (alert, "rule", RULE);
  forlop_record_set_text (alert, "severity", forlop_severity_code (judgement->severity));
  forlop_record_set_text (alert, "reason", judgement->reason);
  forlop_record_set_instant (alert, "raised_at", self->now);
  forlop_record_set_text (alert, "status", "new");
}

/**
 * forlop_do_answer_form:
 *
 * Keeps the answers in the words of the form, with the colour, the score and the reason it gives them
 * now. While the service runs a red or yellow answer is an alert, also in a pause and in observation:
 * somebody was asked how they are.
 */
gboolean
forlop_do_answer_form (ForlopActContext  *self,
                       GError           **error)
{
  g_autoptr (ForlopQuestionnaire) form = load_questionnaire (self, error);
  g_auto (ForlopFormJudgement) judgement = { 0 };
  gint64 answered_at = forlop_record_has (self->arguments, "answered_at")
                         ? forlop_record_get_instant (self->arguments, "answered_at") : self->now;
  ForlopRecord *answer;

  if (form == NULL)
    return FALSE;
  if (answered_at > self->now)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Answered: the time is in the future. Write when it was answered."));
  if (!forlop_questionnaire_judge (form, forlop_act_text (self, "answers"), &judgement, error))
    return FALSE;

  /* The time line says them in words, too. */
  forlop_record_set_text (self->arguments, "answers", judgement.answers);
  answer = forlop_act_make (self, "form_answer");
  forlop_act_copy_arguments (self, answer);
  forlop_record_set_instant (answer, "answered_at", answered_at);
  forlop_record_set_text (answer, "severity", forlop_severity_code (judgement.severity));
  if (judgement.has_score)
    forlop_record_set_integer (answer, "score", judgement.score);
  forlop_record_set_text (answer, "reason", judgement.reason);
  forlop_record_set_text (answer, "entered_by", self->actor->user_id);

  if (forlop_severity_is_alert (judgement.severity) &&
      forlop_record_text_is (self->the_case, "status", "running"))
    raise_alert (self, forlop_record_get_id (answer), &judgement);

  return TRUE;
}
