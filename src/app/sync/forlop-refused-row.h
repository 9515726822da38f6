/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

#include "forlop-session.h"
#include "forlop-sync-list.h"

G_BEGIN_DECLS

/* A change that the server refused: what, about whom, why, and the ways forward. @on_its_page: it stands
 * on the page about the citizen, who need not be named or opened. */
GtkWidget *forlop_refused_row_new (ForlopSession          *session,
                                   const ForlopSyncEntry  *entry,
                                   gboolean                on_its_page) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
