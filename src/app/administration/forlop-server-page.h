/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* Which server the file belongs to, and as whom one is signed in there. */

#define FORLOP_TYPE_SERVER_PAGE (forlop_server_page_get_type ())
G_DECLARE_FINAL_TYPE (ForlopServerPage, forlop_server_page, FORLOP, SERVER_PAGE, AdwBin)

void forlop_server_page_set_session (ForlopServerPage *self,
                                     ForlopSession    *session);

G_END_DECLS
