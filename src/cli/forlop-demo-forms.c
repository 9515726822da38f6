/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-demo-course-private.h"

/* A symptom form that is invented for the demo and marked as a proposal. */
void
forlop_demo_save_form (ForlopDemo *self)
{
  static const struct {
    const char *question;
    const char *answers;
  } questions[] = {
    { "Hvordan er pusten i dag?",
      "Som vanlig; grønn; 0\\nLitt tyngre enn vanlig; gul; 1\\nMye tyngre, også i ro; rød; 3" },
    { "Er beina eller magen mer hovne?", "Nei; grønn; 0\\nLitt; gul; 1\\nMye; rød; 3" },
    { "Hvordan sov du i natt?",
      "Som vanlig; grønn; 0\\nMed flere puter; gul; 1\\nMåtte sitte oppe; rød; 3" },
    { "Har du tatt medisinene som avtalt?", "Ja; grønn; 0\\nIkke alle; gul; 1" },
  };

  self->form = forlop_demo_make (self, self->setup, "save-form",
                                 "{\"code\":\"hjertesvikt\",\"title\":\"Symptomer ved hjertesvikt\","
                                 "\"version\":1,\"proposal\":true}");
  for (unsigned int i = 0; i < G_N_ELEMENTS (questions); i++)
    forlop_demo_do (self, self->setup, "save-form-question",
                    "{\"form_id\":\"%s\",\"position\":%u,\"question\":\"%s\",\"answers\":\"%s\"}",
                    self->form, i + 1, questions[i].question, questions[i].answers);
}

/* Once a week, on the weekday of today. */
void
forlop_demo_schedule_form (ForlopDemoCourse *course,
                           const char       *plan_id)
{
  g_autofree char *from = forlop_date_to_iso (course->started);

  forlop_demo_do (course->demo, course->nurse, "save-schedule",
                  "{\"care_plan_id\":\"%s\",\"form_id\":\"%s\",\"cadence\":\"weekly\","
                  "\"times\":\"08.30\",\"weekdays\":\"%d\",\"starts_on\":\"%s\","
                  "\"grace_minutes\":240}", plan_id, course->demo->form,
                  forlop_date_weekday (course->demo->today), from);
}

/* Every week but today, when she has not been asked yet; one answer was yellow. */
void
forlop_demo_answer_form (ForlopDemoCourse *course,
                         ForlopDate        date)
{
  ForlopDemo *self = course->demo;
  const ForlopDate yellow = self->today - 35;

  if (date >= self->today || forlop_date_weekday (date) != forlop_date_weekday (self->today))
    return;

  forlop_demo_at (self, date, 9, 10);
  forlop_demo_do (self, course->nurse, "answer-form",
                  "{\"case_id\":\"%s\",\"form_id\":\"%s\",\"answered_by\":\"staff\","
                  "\"answers\":\"1: 1\\n2: %d\\n3: 1\\n4: 1\"}", course->case_id, self->form,
                  date == yellow ? 2 : 1);
  if (date == yellow)
    forlop_demo_answer_alerts (self, course->nurse, course->citizen_id, TRUE);
}
