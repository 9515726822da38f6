/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"
#include "forlop-figures.h"

G_BEGIN_DECLS

/* Sums what this file has. @unit_id: (nullable): the unit that performs the service. */
ForlopBenefits *forlop_benefits_store_load  (ForlopConnection  *connection,
                                             const char        *unit_id,
                                             GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* The figures without names that the server has worked out. @figures: (out) (nullable): %NULL where there are none.
 * @unit_id: (nullable): for the whole municipality. */
gboolean        forlop_benefits_store_figures (ForlopConnection *connection,
                                             const char        *unit_id,
                                             ForlopFigures    **figures,
                                             GError           **error);

G_END_DECLS
