/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-board-place.h"

G_BEGIN_DECLS

/* What is written here and not yet carried over to the EPJ, oldest first. Enter or E copies one entry
 * and marks it. */

#define FORLOP_TYPE_EPJ_PAGE (forlop_epj_page_get_type ())
G_DECLARE_FINAL_TYPE (ForlopEpjPage, forlop_epj_page, FORLOP, EPJ_PAGE, AdwBin)

/* GPtrArray of ForlopBoardPlace: each municipality's entries, in their order. */
void forlop_epj_page_set_places (ForlopEpjPage *self,
                                 GPtrArray     *places,
                                 gint64         now);

G_END_DECLS
