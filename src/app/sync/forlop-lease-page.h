/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* Stands before the work when the machine has been without its server for too long, or when the administrator
 * had it emptied: says what happened, what is kept, and what to do. */

#define FORLOP_TYPE_LEASE_PAGE (forlop_lease_page_get_type ())
G_DECLARE_FINAL_TYPE (ForlopLeasePage, forlop_lease_page, FORLOP, LEASE_PAGE, AdwBin)

GtkWidget *forlop_lease_page_new         (ForlopSession *session) G_GNUC_WARN_UNUSED_RESULT;
/* What stands there when the file is gone. */
GtkWidget *forlop_lease_page_new_emptied (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
