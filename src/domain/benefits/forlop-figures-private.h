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

G_END_DECLS
