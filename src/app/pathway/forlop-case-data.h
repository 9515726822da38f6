/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

#include "forlop-measurement-store.h"
#include "forlop-pathway.h"
#include "forlop-timeline-store.h"

G_BEGIN_DECLS

/* Everything the page about a case shows, read in one go so that it is of one moment. */

/* How far back the measurements of the page go unless another period is chosen. */
#define FORLOP_CASE_MEASURED_DAYS 30

/* A page of the time line. */
#define FORLOP_CASE_TIMELINE_PAGE 60
/* What fills the screen at first. */
#define FORLOP_CASE_TIMELINE_FIRST 20

/**
 * ForlopCaseData:
 * @snapshot: the citizen, the case if there is one, and their records.
 * @case_id: (nullable): %NULL for somebody who has no case.
 * @other_case_id: (nullable): another case that goes on, of somebody who was registered twice.
 * @pathway: where the case stands.
 * @duties: what must be done now: #GPtrArray of #ForlopDuty, the first first.
 * @names: id → name of the users, units, items … that the records refer to.
 * @entries: the newest of the time line.
 * @measurements: of the period, oldest first.
 * @measured_days: how many days the period has.
 * @has_hidden_note: a note is blocked that is not on this machine.
 * @refused: what the server refused of this citizen and nobody has dealt with: #ForlopSyncEntry.
 */
typedef struct {
  ForlopSnapshot *snapshot;
  char *citizen_id;
  char *case_id;
  char *other_case_id;
  char *other_case_number;
  ForlopPathway pathway;
  GPtrArray *duties;
  GHashTable *names;
  GPtrArray *entries;
  GPtrArray *measurements;
  unsigned int measured_days;
  gboolean has_hidden_note;
  GPtrArray *refused;
} ForlopCaseData;

/**
 * ForlopCaseQuery:
 * @kind: "case", or "citizen" for the newest case of the citizen or nothing but the citizen.
 * @role: (nullable): of the person who asks; what belongs to it comes first among the duties.
 * @timeline_kind: (nullable): only this kind on the time line.
 * @timeline_entries: how many of the newest at most.
 * @measured_days: how many days of measurements are read.
 */
typedef struct {
  char *kind;
  char *id;
  char *role;
  char *timeline_kind;
  unsigned int timeline_entries;
  gint64 now;
  unsigned int measured_days;
} ForlopCaseQuery;

void            forlop_case_query_free (ForlopCaseQuery        *self);
/* On a thread of the store. */
ForlopCaseData *forlop_case_data_load  (ForlopConnection       *connection,
                                        const ForlopCaseQuery  *query,
                                        GError                **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopCaseData *forlop_case_data_ref   (ForlopCaseData         *self);
void            forlop_case_data_unref (ForlopCaseData         *self);

/* What a field of a record says, with the names of what it refers to; NULL when it says nothing
 * that people read. */
char           *forlop_case_data_dup_value (const ForlopCaseData *self,
                                            ForlopRecord         *record,
                                            const ForlopField    *field) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopCaseQuery, forlop_case_query_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopCaseData, forlop_case_data_unref)

G_END_DECLS
