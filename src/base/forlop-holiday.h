/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-date.h"

G_BEGIN_DECLS

/* Norwegian public holidays that move a weekday aside: the days of the Act of 24 February 1995 no. 12 on public holidays
 * (section 2), and 1 and 17 May by the Act of 26 April 1947 no. 1. An ordinary Sunday is none, nor is the eve of one. */

/* Western Easter Sunday of the Gregorian @year. */
ForlopDate forlop_date_easter     (int         year);
gboolean   forlop_date_is_holiday (ForlopDate  date);

G_END_DECLS
