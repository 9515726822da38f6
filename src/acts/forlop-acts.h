/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <libdex.h>

#include "forlop-act.h"
#include "forlop-store.h"

G_BEGIN_DECLS

/* What a user does. The desktop and the command line call the same acts; each runs whole inside one
 * write transaction or leaves nothing. */

/**
 * ForlopActMade:
 * @type: static: the kind of record.
 * @id: its id.
 *
 * A record that an act made.
 */
typedef struct {
  const char *type;
  char *id;
} ForlopActMade;

/**
 * ForlopActResult:
 * @op_id: the changeset, for taking the act back; %NULL when there was nothing to change.
 * @citizen_id: (nullable): whose record it was.
 * @case_id: (nullable): the case.
 * @subject_type: (nullable): static: the kind of record that was made or changed first.
 * @subject_id: (nullable): its id.
 * @made: ForlopActMade for every record that is new, in the order they were made.
 */
typedef struct {
  char *op_id;
  char *citizen_id;
  char *case_id;
  const char *subject_type;
  char *subject_id;
  GPtrArray *made;
} ForlopActResult;

void             forlop_act_result_free (ForlopActResult   *self);

/* An empty set of arguments, filled in with the record's setters. @id is the record to change, for
 * an act that saves one record; NULL for a new one and for every other act. */
ForlopRecord    *forlop_acts_new_arguments (const ForlopAct *act,
                                            const char      *id) G_GNUC_WARN_UNUSED_RESULT;
/* The same, from a JSON object whose keys are the arguments' names. */
ForlopRecord    *forlop_acts_parse_arguments (const ForlopAct *act,
                                              const char      *json,
                                              GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* Inside a write transaction of the store; many acts may share one. */
ForlopActResult *forlop_acts_perform    (ForlopConnection  *connection,
                                         const ForlopActor *actor,
                                         ForlopIdSource    *ids,
                                         gint64             now,
                                         const ForlopAct   *act,
                                         ForlopRecord      *arguments,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* In a transaction of its own; the future resolves to a ForlopActResult when it is durable. */
DexFuture       *forlop_acts_run        (ForlopStore       *store,
                                         const ForlopActor *actor,
                                         const ForlopAct   *act,
                                         ForlopRecord      *arguments) G_GNUC_WARN_UNUSED_RESULT;
ForlopActResult *forlop_acts_run_sync   (ForlopStore       *store,
                                         const ForlopActor *actor,
                                         const ForlopAct   *act,
                                         ForlopRecord      *arguments,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the program has the function of a declared act. */
gboolean         forlop_acts_can_perform (const ForlopAct  *act);

/* What stands in the way of @act on the snapshot's case: a sentence for each closed gate, with the
 * owner's role; NULL when nothing does. Asked ahead, to explain a step that cannot start. */
char           **forlop_acts_explain    (const ForlopAct   *act,
                                         ForlopSnapshot    *snapshot) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopActResult, forlop_act_result_free)

G_END_DECLS
