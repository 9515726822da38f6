/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"
#include "forlop-event-text.h"

G_BEGIN_DECLS

/* Everything that happened to a citizen, newest first, a page at a time: acts, and the measurements
 * that were red or yellow. */

/**
 * ForlopTimelineEntry:
 * @id: of the event or the measurement.
 * @act: (nullable): name of the act; %NULL for a measurement.
 * @op_id: (nullable): the changeset that the act committed.
 * @by: (nullable): name of the user.
 * @taken_back_by: (nullable): who took the act back.
 * @taken_back_at: when, or %FORLOP_INSTANT_NONE.
 * @code: (nullable): interned measure of a measurement.
 * @severity: (nullable): interned colour of a measurement.
 * @reason: (nullable): why it has that colour, JSON.
 */
typedef struct {
  char *id;
  gint64 at;
  ForlopEventKind kind;
  char *act;
  char *op_id;
  char *subject_type;
  char *subject_id;
  char *arguments;
  char *by;
  char *taken_back_by;
  gint64 taken_back_at;
  const char *code;
  double value;
  const char *severity;
  char *reason;
} ForlopTimelineEntry;

/**
 * ForlopTimelineQuery:
 * @case_id: (nullable): only this case and what belongs to no case.
 * @kind: (nullable): a code of #ForlopEventKind; %NULL for everything.
 * @before_at: older than this entry; %FORLOP_INSTANT_NONE begins at the newest.
 * @before_id: (nullable): its id.
 * @limit: how many at most.
 */
typedef struct {
  const char *citizen_id;
  const char *case_id;
  const char *kind;
  gint64 before_at;
  const char *before_id;
  unsigned int limit;
} ForlopTimelineQuery;

void       forlop_timeline_entry_free (ForlopTimelineEntry        *self);
/* GPtrArray of ForlopTimelineEntry; fewer than asked for means that there are no more. */
GPtrArray *forlop_timeline_store_list (ForlopConnection           *connection,
                                       const ForlopTimelineQuery  *query,
                                       GError                    **error) G_GNUC_WARN_UNUSED_RESULT;

/* @n: (out): how many notes of the citizen are blocked for somebody, as the time line says: also to whom they are
 * blocked, who does not have the blockings themselves. */
gboolean   forlop_timeline_store_count_blocked_notes (ForlopConnection *connection,
                                                      const char       *citizen_id,
                                                      unsigned int     *n,
                                                      GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopTimelineEntry, forlop_timeline_entry_free)

G_END_DECLS
