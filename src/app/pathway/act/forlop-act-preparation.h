/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

#include "forlop-acts.h"
#include "forlop-draft-store.h"
#include "forlop-questionnaire.h"

G_BEGIN_DECLS

/* Everything the form of an act needs before it can be shown, read in one go: what is known already,
 * what one can choose from, what stands in the way, and what was left half written. */

/**
 * ForlopActRequest:
 * @act: what is to be done.
 * @subject_type: (nullable): kind of record it is done on.
 * @subject_id: (nullable): its id.
 * @case_id: (nullable): in which case.
 * @citizen_id: (nullable): on whose record.
 * @known: (nullable): JSON object with values that are known already and not asked for.
 * @again: (nullable): the changeset whose values the form is filled with.
 * @settles: (nullable): the refused changeset that needs nobody any more when the act is done.
 * @actor: (nullable): who acts.
 */
typedef struct {
  const ForlopAct *act;
  char *subject_type;
  char *subject_id;
  char *case_id;
  char *citizen_id;
  char *known;
  char *again;
  char *settles;
  ForlopActor *actor;
} ForlopActRequest;

/* A symptom form that can be answered. */
typedef struct {
  char *id;
  ForlopQuestionnaire *questionnaire;
} ForlopActForm;

/**
 * ForlopActPreparation:
 * @arguments: filled with what is known.
 * @hidden: names of the arguments that are not asked for, ended by %NULL.
 * @missing: (nullable): a sentence for each thing that stands in the way.
 * @forbidden: whether @missing says that this person may not do it at all.
 * @choices: argument → #GListModel of #ForlopReference.
 * @existing: (nullable): GPtrArray of records the form shows besides, such as earlier answers.
 * @forms: (nullable): GPtrArray of #ForlopActForm, where the act is to answer one of them.
 * @draft: (nullable): what was left half written.
 * @whose: (nullable): name and age of the citizen, or what else it is done on.
 * @now: when it was read.
 */
typedef struct {
  ForlopRecord *arguments;
  char **hidden;
  char **missing;
  gboolean forbidden;
  GHashTable *choices;
  GPtrArray *existing;
  GPtrArray *forms;
  ForlopDraft *draft;
  char *whose;
  gint64 now;
} ForlopActPreparation;

ForlopActRequest     *forlop_act_request_new      (const ForlopAct        *act,
                                                   const char             *subject_type,
                                                   const char             *subject_id,
                                                   const char             *case_id,
                                                   const char             *citizen_id) G_GNUC_WARN_UNUSED_RESULT;
ForlopActRequest     *forlop_act_request_copy     (const ForlopActRequest *self) G_GNUC_WARN_UNUSED_RESULT;
void                  forlop_act_request_free     (ForlopActRequest       *self);
/* What the draft of this form is kept under. */
char                 *forlop_act_request_dup_key  (const ForlopActRequest *self) G_GNUC_WARN_UNUSED_RESULT;

/* On a thread of the store. */
ForlopActPreparation *forlop_act_prepare          (ForlopConnection       *connection,
                                                   const ForlopActRequest *request,
                                                   gint64                  now,
                                                   GError                **error) G_GNUC_WARN_UNUSED_RESULT;
void                  forlop_act_preparation_free (ForlopActPreparation   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopActRequest, forlop_act_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopActPreparation, forlop_act_preparation_free)

G_END_DECLS
