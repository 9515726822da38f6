/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-benefits.h"
#include "forlop-view.h"

G_BEGIN_DECLS

/* The tables of the benefits page, made anew each time. @view: bars are left out while it is narrow. */
void forlop_benefits_tables_show_use    (GtkGrid              *grid,
                                         const ForlopBenefits *sums,
                                         ForlopView           *view);
void forlop_benefits_tables_show_costs  (GtkGrid              *grid,
                                         GtkLabel             *note_label,
                                         const ForlopBenefits *sums);
void forlop_benefits_tables_show_survey (GtkGrid              *grid,
                                         GtkLabel             *note_label,
                                         const ForlopBenefits *sums);

G_END_DECLS
