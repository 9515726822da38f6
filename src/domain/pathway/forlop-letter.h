/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-snapshot.h"

G_BEGIN_DECLS

/* What a citizen gets on paper: the letter of a decision, or the self-treatment plan. These are the facts; how they
 * are worded and laid out is elsewhere. */

/* Pasient- og brukerrettighetsloven § 7-5: the time to appeal is four weeks from when the person received, or should
 * have received, knowledge of the decision. */
#define FORLOP_APPEAL_DAYS 28

/**
 * ForlopLetter:
 * @subject: a decision or a care_plan of the snapshot's case.
 * @signatory: (nullable): the user who made the decision.
 * @office: (nullable): the allocation office of the case.
 * @answers: (nullable): the unit that follows up, and answers.
 * @references: code → citation of the legal references in force on the day of the decision.
 * @names: id → name of products lent and forms asked for.
 */
typedef struct {
  ForlopSnapshot *snapshot;
  ForlopRecord *subject;
  ForlopRecord *signatory;
  ForlopRecord *office;
  ForlopRecord *answers;
  GHashTable *references;
  GHashTable *names;
} ForlopLetter;

/* Everything else is empty. */
ForlopLetter *forlop_letter_new          (ForlopSnapshot      *snapshot,
                                          ForlopRecord        *subject) G_GNUC_WARN_UNUSED_RESULT;
void          forlop_letter_free         (ForlopLetter        *self);

gboolean      forlop_letter_is_plan      (const ForlopLetter  *self);
/* The document's kind in the case. */
const char   *forlop_letter_get_kind     (const ForlopLetter  *self);
/* "nb" or "nn": what the citizen has chosen, else the municipality. */
const char   *forlop_letter_get_language (const ForlopLetter  *self);
/* Whether the service goes on after the decision. */
gboolean      forlop_letter_goes_on      (const ForlopLetter  *self);
/* The items that are with the citizen: #GPtrArray of loan records. */
GPtrArray    *forlop_letter_list_loans   (const ForlopLetter  *self) G_GNUC_WARN_UNUSED_RESULT;
/* What the paper would have holes without: sentences that name it and where it is written. Empty when nothing is. */
GStrv         forlop_letter_find_missing (const ForlopLetter  *self) G_GNUC_WARN_UNUSED_RESULT;

/* The id of the record a letter is about: the newest decision of @snapshot's case, or with @of_plan the plan in force.
 * NOT_FOUND with a sentence when there is none. */
const char   *forlop_letter_find_subject (ForlopSnapshot      *snapshot,
                                          gboolean             of_plan,
                                          GError             **error);

/* Whether the legal reference of @code is about how a case is handled and its letters are written, so that a decision
 * does not name it among the rules it applies. */
gboolean      forlop_letter_handles      (const char          *code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopLetter, forlop_letter_free)

G_END_DECLS
