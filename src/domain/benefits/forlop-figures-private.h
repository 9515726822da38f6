/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-figures.h"

G_BEGIN_DECLS

ForlopFigures *forlop_figures_new     (void) G_GNUC_WARN_UNUSED_RESULT;
void           forlop_figures_add_day (GArray              *days,
                                       ForlopDate           date,
                                       unsigned int         n);
ForlopRecord  *forlop_figures_write   (const ForlopFigures *self,
                                       const char          *unit_id) G_GNUC_WARN_UNUSED_RESULT;

/* The unit performs the service, or follows up; without a unit each case is of it. */
gboolean       forlop_figures_is_of_unit (ForlopRecord      *the_case,
                                      const char          *unit_id);
/* @cases: ids → #ForlopRecord. */
void           forlop_figures_count_alarms (ForlopFigureAlarms *self,
                                      GPtrArray           *alerts,
                                      GHashTable          *cases,
                                      const char          *unit_id,
                                      ForlopDate           today);

G_END_DECLS
