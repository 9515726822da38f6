/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-date.h"

G_BEGIN_DECLS

/* How long a machine shows what it has without its server. When the time is over it locks, and opens by itself
 * when the server has been reached. Time alone deletes nothing: a clock may be wrong. */

#define FORLOP_LEASE_HOURS 72

/**
 * ForlopLeaseState:
 * @FORLOP_LEASE_GOOD: nothing to say.
 * @FORLOP_LEASE_WARNED: work waits since more than a day, and the machine will lock.
 * @FORLOP_LEASE_LOCKED: nothing is shown until the server has been reached.
 */
typedef enum {
  FORLOP_LEASE_GOOD,
  FORLOP_LEASE_WARNED,
  FORLOP_LEASE_LOCKED,
} ForlopLeaseState;

/**
 * ForlopLeaseTerms:
 * @last_ok_at: when the server last confirmed everything; %FORLOP_INSTANT_NONE before the first time.
 * @seen_at: the newest instant that the machine has seen since then, so that a clock that was put back gains
 *   nothing; %FORLOP_INSTANT_NONE when that is not known.
 * @hours: until it locks, as the server said; 0 for %FORLOP_LEASE_HOURS.
 * @n_unsent: changes that the server has not confirmed.
 */
typedef struct {
  gint64 last_ok_at;
  gint64 seen_at;
  gint64 hours;
  gint64 n_unsent;
} ForlopLeaseTerms;

/**
 * ForlopLease:
 * @locks_at: instant; %FORLOP_INSTANT_NONE when nothing has been received that could be lost.
 */
typedef struct {
  ForlopLeaseState state;
  gint64 locks_at;
} ForlopLease;

ForlopLease forlop_lease_judge (const ForlopLeaseTerms *terms,
                                gint64                  now);

/* Whether a clock that was @skew_ms ahead of the server's at the last contact has been put right since: then that
 * contact was as much earlier as the clock says, and so is everything that was noted with it. */
gboolean    forlop_lease_was_put_right (gint64 last_ok_at,
                                        gint64 skew_ms,
                                        gint64 now);

G_END_DECLS
