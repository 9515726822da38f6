/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The steps of a pathway: what is done, where we are, what comes. Where there is no room for all of
 * them it says "Step 3 of 8 · Decision" over a bar. */

/**
 * ForlopStepperState:
 * @FORLOP_STEPPER_FUTURE: Not yet.
 * @FORLOP_STEPPER_CURRENT: Where we are.
 * @FORLOP_STEPPER_BLOCKED: Where we are, and something is missing.
 * @FORLOP_STEPPER_DONE: Behind us.
 */
typedef enum {
  FORLOP_STEPPER_FUTURE,
  FORLOP_STEPPER_CURRENT,
  FORLOP_STEPPER_BLOCKED,
  FORLOP_STEPPER_DONE,
} ForlopStepperState;

/**
 * ForlopStepperStep:
 * @label: One or two words.
 * @tooltip: (nullable): When it was done, or what is missing and who owns it.
 */
typedef struct {
  const char *label;
  ForlopStepperState state;
  const char *tooltip;
} ForlopStepperStep;

#define FORLOP_TYPE_STEPPER (forlop_stepper_get_type ())
G_DECLARE_FINAL_TYPE (ForlopStepper, forlop_stepper, FORLOP, STEPPER, GtkWidget)

GtkWidget    *forlop_stepper_new          (void) G_GNUC_WARN_UNUSED_RESULT;
/* The steps are copied. */
void          forlop_stepper_set_steps    (ForlopStepper    *self,
                                           const ForlopStepperStep *steps,
                                           unsigned int      n_steps);
unsigned int  forlop_stepper_get_n_steps  (ForlopStepper    *self);
/* Whether there is no room for all steps. */
gboolean      forlop_stepper_is_brief     (ForlopStepper    *self);

G_END_DECLS
