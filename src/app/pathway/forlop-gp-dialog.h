/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* The trend summary for the GP: from when it tells, what is asked, and the page as it will be. Kept in the case, and
 * printed when that is wished; a copy is saved from the case's documents. */

#define FORLOP_TYPE_GP_DIALOG (forlop_gp_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ForlopGpDialog, forlop_gp_dialog, FORLOP, GP_DIALOG, AdwDialog)

void forlop_gp_dialog_present (GtkWidget     *parent,
                               ForlopSession *session,
                               const char    *case_id,
                               const char    *citizen_id);

G_END_DECLS
