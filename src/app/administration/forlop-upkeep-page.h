/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* Whether the file is whole, and a copy of it. */

#define FORLOP_TYPE_UPKEEP_PAGE (forlop_upkeep_page_get_type ())
G_DECLARE_FINAL_TYPE (ForlopUpkeepPage, forlop_upkeep_page, FORLOP, UPKEEP_PAGE, AdwBin)

void forlop_upkeep_page_set_session (ForlopUpkeepPage *self,
                                     ForlopSession    *session);

G_END_DECLS
