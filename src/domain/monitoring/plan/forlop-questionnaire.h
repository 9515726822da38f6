/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-record.h"
#include "forlop-severity.h"

G_BEGIN_DECLS

/* A symptom form: questions in order, each with the answers one can choose from. Each answer may have
 * a colour and a score. The worst colour among what was answered is the colour of the whole; the sum
 * of the scores is information and never a colour. */

/**
 * ForlopOption:
 * @severity: green, yellow or red; %FORLOP_SEVERITY_NONE for an answer without a colour.
 * @has_score: whether @score was given.
 */
typedef struct {
  char *text;
  ForlopSeverity severity;
  gboolean has_score;
  int score;
} ForlopOption;

typedef struct {
  char *text;
  GPtrArray *options; /* of ForlopOption, never empty */
} ForlopQuestion;

typedef struct {
  char *title;
  int version;
  GPtrArray *questions; /* of ForlopQuestion, in order, never empty */
} ForlopQuestionnaire;

/**
 * ForlopFormJudgement:
 * @severity: the worst colour among the answers, %FORLOP_SEVERITY_NONE where none of them has one.
 * @answers: the answers as they are kept: a line for each question, in the words of the form.
 * @reason: what the sentence about it needs, as JSON.
 */
typedef struct {
  ForlopSeverity severity;
  gboolean has_score;
  int score;
  char *answers;
  char *reason;
} ForlopFormJudgement;

/* The answers of one question, a line each: "Much worse; red; 3". Colour and score may be left out.
 * GPtrArray of ForlopOption. */
GPtrArray           *forlop_options_parse              (const char                 *text,
                                                        GError                    **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopQuestionnaire *forlop_questionnaire_read         (ForlopRecord               *form,
                                                        GPtrArray                  *questions,
                                                        GError                    **error) G_GNUC_WARN_UNUSED_RESULT;
void                 forlop_questionnaire_free         (ForlopQuestionnaire        *self);
/* "How is your breathing? Much worse": how an answer is written. */
char                *forlop_questionnaire_format_answer (const ForlopQuestion      *question,
                                                        const ForlopOption         *option) G_GNUC_WARN_UNUSED_RESULT;
gboolean             forlop_questionnaire_judge        (const ForlopQuestionnaire  *self,
                                                        const char                 *answers,
                                                        ForlopFormJudgement        *judgement,
                                                        GError                    **error);
void                 forlop_form_judgement_clear       (ForlopFormJudgement        *self);
/* "Red: How is your breathing? Much worse (Heart failure, version 2)"; NULL when @reason is something
 * else. */
char                *forlop_form_reason_describe       (const char                 *reason) G_GNUC_WARN_UNUSED_RESULT;
/* Only the answer that decided: "How is your breathing? Much worse"; NULL as above. */
char                *forlop_form_reason_brief          (const char                 *reason) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopQuestionnaire, forlop_questionnaire_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ForlopFormJudgement, forlop_form_judgement_clear)

G_END_DECLS
