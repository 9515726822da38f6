/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-lease.h"

/**
 * forlop_lease_judge:
 * @now: the clock's time.
 */
ForlopLease
forlop_lease_judge (const ForlopLeaseTerms *terms,
                    gint64                  now)
{
  ForlopLease lease = { FORLOP_LEASE_GOOD, FORLOP_INSTANT_NONE };
  gint64 hours;

  g_return_val_if_fail (terms != NULL, lease);

  if (terms->last_ok_at == FORLOP_INSTANT_NONE)
    return lease;

  hours = terms->hours > 0 ? terms->hours : FORLOP_LEASE_HOURS;
  lease.locks_at = terms->last_ok_at + hours * FORLOP_HOUR;
  if (terms->seen_at != FORLOP_INSTANT_NONE)
    now = MAX (now, terms->seen_at);

  if (now >= lease.locks_at)
    lease.state = FORLOP_LEASE_LOCKED;
  else if (terms->n_unsent > 0 && now >= terms->last_ok_at + FORLOP_DAY)
    lease.state = FORLOP_LEASE_WARNED;

  return lease;
}

gboolean
forlop_lease_was_put_right (gint64 last_ok_at,
                            gint64 skew_ms,
                            gint64 now)
{
  return last_ok_at != FORLOP_INSTANT_NONE && skew_ms > 0 && now < last_ok_at;
}
