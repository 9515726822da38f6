/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-duty.h"

/**
 * forlop_duties_add_follow_up:
 *
 * The duties of daily follow-up.
 */
void
forlop_duties_add_follow_up (ForlopSnapshot *snapshot,
                             GPtrArray      *duties)
{
  g_return_if_fail (snapshot != NULL);
  g_return_if_fail (duties != NULL);
}
