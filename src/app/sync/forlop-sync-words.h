/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-lease.h"
#include "forlop-session.h"
#include "forlop-sync-client.h"
#include "forlop-sync-list.h"

G_BEGIN_DECLS

/* How sync stands, in words. */

/**
 * ForlopSyncFacts:
 * @is_paired: whether the file belongs to a server at all.
 * @server: (nullable): its address.
 * @n_waiting: changes that the server has not confirmed.
 * @n_uploads: attachments that are not on the server.
 * @n_refused: changes and conflicts that a person must look at.
 * @last_ok_at: when the server last confirmed that everything was received.
 * @skew_ms: how far this machine's clock is ahead of the server's.
 * @clock_is_wrong: that is more than it may be.
 * @seen_at: the newest instant that this machine has seen since then.
 * @lease_hours: how long the machine works without the server; 0 for the standard.
 * @log_differs: the server's access log is not what this machine remembers of it.
 * @is_first: nothing has been shown yet: it is being fetched for the first time.
 * @pos: how far the log has been fetched.
 * @head: where it ends.
 * @error: (nullable): why the server was not reached, or why what came was not kept.
 */
typedef struct {
  gboolean is_paired;
  char *server;
  ForlopSyncStanding standing;
  gint64 n_waiting;
  gint64 n_uploads;
  gint64 n_refused;
  gint64 last_ok_at;
  gint64 skew_ms;
  gboolean clock_is_wrong;
  gint64 seen_at;
  gint64 lease_hours;
  gboolean log_differs;
  gboolean is_first;
  gint64 pos;
  gint64 head;
  GError *error;
} ForlopSyncFacts;

/* How long the machine may show what it has. */
ForlopLease forlop_sync_words_judge_lease (const ForlopSyncFacts *facts,
                                 gint64                 now);

void  forlop_sync_facts_clear   (ForlopSyncFacts       *self);

/* The foot of the sidebar: what stands in the way, what needs a person, what waits, one on each line. */
char *forlop_sync_words_dup     (const ForlopSyncFacts *facts,
                                 gint64                 now,
                                 ForlopStatus          *status) G_GNUC_WARN_UNUSED_RESULT;
/* When the server last confirmed everything, as a sentence; NULL when it never has. */
char *forlop_sync_words_dup_confirmed (const ForlopSyncFacts *facts,
                                 gint64                 now) G_GNUC_WARN_UNUSED_RESULT;
/* Why a change was refused, and what one can do. */
char *forlop_sync_words_dup_reason (const ForlopSyncEntry *entry) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ForlopSyncFacts, forlop_sync_facts_clear)

G_END_DECLS
