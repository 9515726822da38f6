/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-act.h"
#include "forlop-case-data.h"

G_BEGIN_DECLS

/* What stands where on the page about a case: one entry for each kind of record, with the acts that
 * belong to it. */

#define FORLOP_CASE_SECTION_ACTS 12

/**
 * ForlopCaseSection:
 * @tab: "overview", "plan", "equipment", "documents" or "benefits".
 * @title: marked with N_().
 * @type: kind of record; "case" is the case itself.
 * @step: the step of the pathway it belongs to; %FORLOP_N_STEPS for none.
 * @compact: many short records of equal weight, shown as one list.
 * @acts: acts on the case, the usual one first; ended by %NULL.
 * @record_acts: acts on one record, each followed by the condition under which it makes sense:
 *   "status=draft", "closed_on", "!returned_on", "to_unit_id=@mine" for one's own unit, several with a space between
 *   them, or "" for always; ended by %NULL.
 */
typedef struct {
  const char *tab;
  const char *title;
  const char *type;
  ForlopStep step;
  gboolean compact;
  const char *acts[FORLOP_CASE_SECTION_ACTS];
  const char *record_acts[2 * FORLOP_CASE_SECTION_ACTS];
} ForlopCaseSection;

/* Ended by a section without tab. */
const ForlopCaseSection *forlop_case_sections       (void);
/* Whether the person may do the act and nothing stands in its way. */
gboolean                 forlop_case_act_is_open    (const ForlopCaseData *data,
                                                     const char           *role,
                                                     const char           *act);
/* @unit_id is the unit one works in, or NULL. */
gboolean                 forlop_case_condition_holds (ForlopRecord        *record,
                                                     const char           *unit_id,
                                                     const char           *condition);

G_END_DECLS
