/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The steps of a pathway: what is done, where we are, what comes. Where there is no room for all of
 * them it says "Step 3 of 8 · Decision" over a bar. */

/**
 * ForlopStepState:
 * @FORLOP_STEP_FUTURE: Not yet.
 * @FORLOP_STEP_CURRENT: Where we are.
 * @FORLOP_STEP_BLOCKED: Where we are, and something is missing.
 * @FORLOP_STEP_DONE: Behind us.
 */
typedef enum {
  FORLOP_STEP_FUTURE,
  FORLOP_STEP_CURRENT,
  FORLOP_STEP_BLOCKED,
  FORLOP_STEP_DONE,
} ForlopStepState;

/**
 * ForlopStep:
 * @label: One or two words.
 * @tooltip: (nullable): When it was done, or what is missing and who owns it.
 */
typedef struct {
  const char *label;
  ForlopStepState state;
  const char *tooltip;
} ForlopStep;

#define FORLOP_TYPE_STEPPER (forlop_stepper_get_type ())
G_DECLARE_FINAL_TYPE (ForlopStepper, forlop_stepper, FORLOP, STEPPER, GtkWidget)

GtkWidget    *forlop_stepper_new          (void) G_GNUC_WARN_UNUSED_RESULT;
/* The steps are copied. */
void          forlop_stepper_set_steps    (ForlopStepper    *self,
                                           const ForlopStep *steps,
                                           unsigned int      n_steps);
unsigned int  forlop_stepper_get_n_steps  (ForlopStepper    *self);
/* Whether there is no room for all steps. */
gboolean      forlop_stepper_is_brief     (ForlopStepper    *self);

G_END_DECLS
