/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-gp-trend.h"
#include "forlop-paper.h"

G_BEGIN_DECLS

/* A small chart of one measure over both periods. It is read without colours: beyond a red limit is hatched, the red
 * limit is a whole line and the yellow one a broken one, and a reading outside has its shape. */
void forlop_paper_chart (ForlopPaper          *paper,
                         const ForlopGpTrend  *trend,
                         const ForlopGpPeriod *period,
                         double                left,
                         double                width,
                         double                height);

G_END_DECLS
