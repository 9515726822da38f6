/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-gate.h"

G_BEGIN_DECLS

/* A duty is what somebody must do: derived from the records by a pure function, never written by
 * anybody. The store keeps the duties of each subject as a table it can rebuild, so that a worklist
 * is one query over them and an instant. */

/**
 * ForlopDuty:
 * @rule: which rule made it, a code such as "provisional-answer".
 * @act: (nullable): the act that answers it.
 * @subject_type: record type of @subject_id: what the act is done on.
 * @severity: "red" and "yellow" for clinical alerts, else %NULL.
 * @role: the function it belongs to.
 * @unit_id: (nullable): the unit of that function.
 * @visible_from: not shown before this instant.
 * @due_at: when it must be done; %FORLOP_INSTANT_NONE for no limit.
 * @since: since when it has waited.
 * @arguments: JSON with what the sentence needs, or %NULL.
 * @taken_by: (nullable): the user who has taken it.
 *
 * @rule, @act, @severity and @subject_type are static text; the rest is owned.
 */
typedef struct {
  const char *rule;
  const char *act;
  const char *subject_type;
  const char *severity;
  char *subject_id;
  char *citizen_id;
  char *case_id;
  char *role;
  char *unit_id;
  gint64 visible_from;
  gint64 due_at;
  gint64 since;
  char *arguments;
  char *taken_by;
} ForlopDuty;

void        forlop_duty_free            (ForlopDuty      *self);
/* Adds a duty on the snapshot's case with the function that owns @activity. Borrowed. */
ForlopDuty *forlop_duty_add             (GPtrArray       *duties,
                                         ForlopSnapshot  *snapshot,
                                         const char      *rule,
                                         const char      *act,
                                         ForlopRecord    *subject,
                                         const char      *activity);

/* All duties of a case: GPtrArray of ForlopDuty. */
GPtrArray  *forlop_duties_of_case       (ForlopSnapshot  *snapshot) G_GNUC_WARN_UNUSED_RESULT;
/* The parts it is made of, each in its own area. */
/* What the delivery side alone asks for. */
void        forlop_duties_add_delivery  (ForlopSnapshot  *snapshot,
                                         GPtrArray       *duties);
void        forlop_duties_add_pathway   (ForlopSnapshot  *snapshot,
                                         GPtrArray       *duties);
void        forlop_duties_add_follow_up (ForlopSnapshot  *snapshot,
                                         GPtrArray       *duties);

/* Whether nobody has finished with the alert: new, taken or snoozed. */
gboolean    forlop_alert_is_open        (ForlopRecord    *alert);

/* What must be done and why, in the reader's language. @severity, @arguments as stored. */
char       *forlop_duty_describe        (const char      *rule,
                                         const char      *arguments,
                                         ForlopDate       today) G_GNUC_WARN_UNUSED_RESULT;
/* The same as one of a list: "pulse 112 /min"; NULL where that tells nothing. */
char       *forlop_duty_brief           (const char      *rule,
                                         const char      *arguments) G_GNUC_WARN_UNUSED_RESULT;
/* The verb on the row's button: the act's label shortened; NULL for no act. */
const char *forlop_duty_button          (const char      *rule);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopDuty, forlop_duty_free)

G_END_DECLS
