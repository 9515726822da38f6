/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words of the time line: an event keeps the act's name and its arguments, and the sentence is
 * made from them in the reader's language. */

/**
 * ForlopEventKind:
 * @FORLOP_EVENT_KIND_PATHWAY: Referral, assessment, consent, training, hand-over, evaluation.
 * @FORLOP_EVENT_KIND_DECISION: Decision, letter, appeal, end and closure.
 * @FORLOP_EVENT_KIND_PLAN: Plan, limits, schedule, pause.
 * @FORLOP_EVENT_KIND_MEASUREMENT: Measurements, alerts and rounds.
 * @FORLOP_EVENT_KIND_CONTACT: Telephone, video, visit or message.
 * @FORLOP_EVENT_KIND_EQUIPMENT: Delivery, loan, return, fault.
 * @FORLOP_EVENT_KIND_NOTE: Notes, documents and deviations.
 * @FORLOP_EVENT_KIND_PERSON: The citizen's own data and next of kin.
 *
 * What one can choose to see on the time line.
 */
typedef enum {
  FORLOP_EVENT_KIND_PATHWAY,
  FORLOP_EVENT_KIND_DECISION,
  FORLOP_EVENT_KIND_PLAN,
  FORLOP_EVENT_KIND_MEASUREMENT,
  FORLOP_EVENT_KIND_CONTACT,
  FORLOP_EVENT_KIND_EQUIPMENT,
  FORLOP_EVENT_KIND_NOTE,
  FORLOP_EVENT_KIND_PERSON,
} ForlopEventKind;

#define FORLOP_N_EVENT_KINDS (FORLOP_EVENT_KIND_PERSON + 1)

const char      *forlop_event_kind_code  (ForlopEventKind  kind);
/* Marked with N_(). */
const char      *forlop_event_kind_label (ForlopEventKind  kind);
ForlopEventKind  forlop_event_kind_of    (const char      *act,
                                          const char      *subject_type);
/* The record types that an event of @kind is about, ended by NULL. Every other type is a matter of
 * the pathway. */
const char *const *forlop_event_kind_types (ForlopEventKind kind);

/* "Decision made". What this program does not know is shown by its name. */
const char      *forlop_event_title      (const char      *act);
/* "Decision: Granted · Decided: 12.03.2026", or NULL when there is nothing more to say. */
char            *forlop_event_describe   (const char      *act,
                                          const char      *arguments) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
