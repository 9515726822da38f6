/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-date.h"

G_BEGIN_DECLS

/* How long a machine may have what it has without its server: a lost laptop forgets by itself. */

#define FORLOP_LEASE_HOURS 72
#define FORLOP_LEASE_DESTROY_DAYS 14

/**
 * ForlopLeaseState:
 * @FORLOP_LEASE_GOOD: nothing to say.
 * @FORLOP_LEASE_WARNED: work waits since more than a day; it would be lost in the end.
 * @FORLOP_LEASE_LOCKED: nothing is shown until the server has been reached.
 * @FORLOP_LEASE_SPENT: the key is to be destroyed.
 */
typedef enum {
  FORLOP_LEASE_GOOD,
  FORLOP_LEASE_WARNED,
  FORLOP_LEASE_LOCKED,
  FORLOP_LEASE_SPENT,
} ForlopLeaseState;

/**
 * ForlopLeaseTerms:
 * @last_ok_at: when the server last confirmed everything; %FORLOP_INSTANT_NONE before the first time.
 * @newest_at: the newest instant that the file itself has seen, so that a clock that was put back gains nothing.
 * @hours: until it locks, as the server said; 0 for %FORLOP_LEASE_HOURS.
 * @destroy_days: until the key is destroyed; 0 for %FORLOP_LEASE_DESTROY_DAYS.
 * @n_unsent: changes that the server has not confirmed.
 */
typedef struct {
  gint64 last_ok_at;
  gint64 newest_at;
  gint64 hours;
  gint64 destroy_days;
  gint64 n_unsent;
} ForlopLeaseTerms;

/**
 * ForlopLease:
 * @locks_at: instant; %FORLOP_INSTANT_NONE when nothing has been received that could be lost.
 * @destroys_at: the same; never before @locks_at.
 */
typedef struct {
  ForlopLeaseState state;
  gint64 locks_at;
  gint64 destroys_at;
} ForlopLease;

ForlopLease forlop_lease_judge (const ForlopLeaseTerms *terms,
                                gint64                  now);

G_END_DECLS
