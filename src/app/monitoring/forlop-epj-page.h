/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* What is written here and not yet carried over to the EPJ, oldest first. Enter or E copies one entry
 * and marks it. */

#define FORLOP_TYPE_EPJ_PAGE (forlop_epj_page_get_type ())
G_DECLARE_FINAL_TYPE (ForlopEpjPage, forlop_epj_page, FORLOP, EPJ_PAGE, AdwBin)

void forlop_epj_page_set_session (ForlopEpjPage *self,
                                  ForlopSession *session);
/* GPtrArray of ForlopEpjEntry. */
void forlop_epj_page_set_entries (ForlopEpjPage *self,
                                  GPtrArray     *entries,
                                  gint64         now);

G_END_DECLS
