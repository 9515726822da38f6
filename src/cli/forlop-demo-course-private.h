/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-demo-private.h"

G_BEGIN_DECLS

/* Days from referral to start when nothing waits. */
#define DEMO_START_DAY 26

typedef enum {
  DEMO_COPD,
  DEMO_HEART_FAILURE,
  DEMO_DIABETES,
  DEMO_FRAIL,
  DEMO_N_CONDITIONS,
} ForlopDemoCondition;

typedef struct {
  /* Borrowed references */
  ForlopDemo *demo;
  const ForlopActor *caseworker;
  const ForlopActor *nurse;
  const char *zone;

  /* Owned references */
  char *citizen_id;
  char *case_id;
  GPtrArray *loans; /* ids */

  unsigned int number;
  ForlopDemoStage stage;
  ForlopDemoCondition condition;
  gboolean handed_over;
  ForlopDate referred;
  ForlopDate started;
} ForlopDemoCourse;

/* Plan from draft to in force, or only as far as to the GP. */
void forlop_demo_plan      (ForlopDemoCourse *course,
                            gboolean          in_force);
/* What kind of plan it is, by the code of a template. */
void forlop_demo_plan_kind (ForlopDemoCourse *course,
                            const char       *plan_id,
                            const char       *code);
/* Equipment from the wish to the citizen's hands, or only the wish. */
void forlop_demo_equip     (ForlopDemoCourse *course,
                            gboolean          handed_out);
void forlop_demo_take_back (ForlopDemoCourse *course,
                            ForlopDate        day);
/* Measurements every day to @until, each alert answered but those of the last morning. */
void forlop_demo_measure   (ForlopDemoCourse *course,
                            ForlopDate        until);

void forlop_demo_save_form     (ForlopDemo        *self);
void forlop_demo_schedule_form (ForlopDemoCourse  *course,
                                const char        *plan_id);
void forlop_demo_answer_form   (ForlopDemoCourse  *course,
                                ForlopDate         date);

/* One reading from a device. */
void forlop_demo_reading       (ForlopDemo        *self,
                                const char        *citizen_id,
                                const char        *code,
                                double             value,
                                gint64             measured_at);
void forlop_demo_answer_alerts (ForlopDemo        *self,
                                const ForlopActor *nurse,
                                const char        *citizen_id,
                                gboolean           carry_over);
void forlop_demo_carry_over    (ForlopDemo        *self,
                                const ForlopActor *nurse,
                                const char        *citizen_id,
                                const char        *alert_id);

G_END_DECLS
