/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-order-proposal.h"

#include <math.h>

#define DAYS_PER_MONTH (365.25 / 12)

/* Less than this part of an item is an error of the arithmetic, not a need. */
#define TOLERANCE 1e-6

/**
 * forlop_order_proposal:
 *
 * Average monthly use × (lead time + review period) + minimum − ready − on order.
 *
 * Returns: whole items to order, rounded up; never below zero.
 */
int
forlop_order_proposal (const ForlopOrderNeed *need)
{
  double months, wanted;

  g_return_val_if_fail (need != NULL, 0);
  g_return_val_if_fail (need->use_per_month >= 0, 0);

  months = need->lead_days / DAYS_PER_MONTH + need->review_months;
  wanted = ceil (need->use_per_month * months - TOLERANCE) + need->minimum - need->ready -
           need->on_order;

  return wanted > 0 ? (int) wanted : 0;
}
