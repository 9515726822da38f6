/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-pathway.h"

#include <glib/gi18n-lib.h>

static const struct {
  const char *code;
  const char *label;
} steps[FORLOP_N_STEPS] = {
  [FORLOP_STEP_REFERRAL] = { "referral", N_("Referral") },
  [FORLOP_STEP_ASSESSMENT] = { "assessment", N_("Assessment") },
  [FORLOP_STEP_DECISION] = { "decision", N_("Decision") },
  [FORLOP_STEP_EQUIPMENT] = { "equipment", N_("Equipment") },
  [FORLOP_STEP_TRAINING] = { "training", N_("Training") },
  [FORLOP_STEP_FOLLOW_UP] = { "follow_up", N_("Follow-up") },
  [FORLOP_STEP_EVALUATION] = { "evaluation", N_("Evaluation") },
  [FORLOP_STEP_CLOSURE] = { "closure", N_("Closure") },
};

const char *
forlop_step_code (ForlopStep step)
{
  g_return_val_if_fail (step < FORLOP_N_STEPS, NULL);
  return steps[step].code;
}

const char *
forlop_step_label (ForlopStep step)
{
  g_return_val_if_fail (step < FORLOP_N_STEPS, NULL);
  return _(steps[step].label);
}

static void
done (ForlopPathway *pathway,
      ForlopStep     step,
      ForlopRecord  *record,
      const char    *field)
{
  if (record == NULL || !forlop_record_has (record, field))
    return;

  pathway->states[step] = FORLOP_STEP_DONE;
  pathway->done_on[step] = forlop_record_get_date (record, field);
}

/* The first step that is not done; those before it that were passed over are skipped. */
static void
find_current (ForlopPathway *pathway,
              ForlopRecord  *the_case)
{
  ForlopStep last_done = FORLOP_STEP_REFERRAL;

  for (ForlopStep step = FORLOP_STEP_REFERRAL; step < FORLOP_N_STEPS; step++)
    if (pathway->states[step] == FORLOP_STEP_DONE)
      last_done = step;

  if (forlop_record_text_is (the_case, "status", "running"))
    pathway->current = FORLOP_STEP_FOLLOW_UP;
  else if (forlop_record_text_is (the_case, "status", "ended"))
    pathway->current = FORLOP_STEP_CLOSURE;
  else
    pathway->current = MIN (last_done + 1, FORLOP_STEP_TRAINING);

  for (ForlopStep step = FORLOP_STEP_REFERRAL; step < pathway->current; step++)
    if (pathway->states[step] != FORLOP_STEP_DONE)
      {
        if (forlop_record_text_is (the_case, "status", "open"))
          {
            pathway->current = step;
            break;
          }
        pathway->states[step] = FORLOP_STEP_SKIPPED;
      }

  pathway->states[pathway->current] = FORLOP_STEP_CURRENT;
}

/**
 * forlop_pathway_evaluate:
 * @pathway: (out caller-allocates):
 *
 * Where the snapshot's case stands. Derived from the records each time; no stage is ever stored.
 */
void
forlop_pathway_evaluate (ForlopSnapshot *snapshot,
                         ForlopPathway  *pathway)
{
  ForlopRecord *the_case;

  g_return_if_fail (snapshot != NULL);
  g_return_if_fail (pathway != NULL);

  *pathway = (ForlopPathway) { .current = FORLOP_N_STEPS };
  for (ForlopStep step = FORLOP_STEP_REFERRAL; step < FORLOP_N_STEPS; step++)
    pathway->done_on[step] = FORLOP_DATE_NONE;

  the_case = forlop_snapshot_get_case (snapshot);
  if (the_case == NULL)
    return;

  done (pathway, FORLOP_STEP_REFERRAL, forlop_snapshot_latest (snapshot, "referral"), "received_on");
  done (pathway, FORLOP_STEP_ASSESSMENT, forlop_snapshot_latest (snapshot, "assessment"), "completed_on");
  done (pathway, FORLOP_STEP_DECISION, forlop_snapshot_latest (snapshot, "decision"), "decided_on");
  done (pathway, FORLOP_STEP_EQUIPMENT, forlop_snapshot_latest (snapshot, "loan"), "handed_out_on");
  done (pathway, FORLOP_STEP_TRAINING, forlop_snapshot_find (snapshot, "training", "status", "held"), "held_on");
  done (pathway, FORLOP_STEP_FOLLOW_UP, the_case, "ended_on");
  done (pathway, FORLOP_STEP_EVALUATION, forlop_snapshot_latest (snapshot, "evaluation"), "held_on");

  if (forlop_record_text_is (the_case, "status", "closed") ||
      forlop_record_text_is (the_case, "status", "withdrawn"))
    {
      done (pathway, FORLOP_STEP_CLOSURE, the_case, "closed_on");
      for (ForlopStep step = FORLOP_STEP_REFERRAL; step < FORLOP_N_STEPS; step++)
        if (pathway->states[step] == FORLOP_STEP_FUTURE)
          pathway->states[step] = FORLOP_STEP_SKIPPED;
      return;
    }

  find_current (pathway, the_case);
}
