/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-board-place.h"

G_BEGIN_DECLS

/* Measurements that came from outside and that nobody could use as they came, the newest first. Each is placed
 * with a citizen, or set aside with a reason. */

#define FORLOP_TYPE_UNKNOWN_PAGE (forlop_unknown_page_get_type ())
G_DECLARE_FINAL_TYPE (ForlopUnknownPage, forlop_unknown_page, FORLOP, UNKNOWN_PAGE, AdwBin)

/* GPtrArray of ForlopBoardPlace. Returns how many there are. */
unsigned int forlop_unknown_page_set_places (ForlopUnknownPage *self,
                                             GPtrArray         *places,
                                             gint64             now);

G_END_DECLS
