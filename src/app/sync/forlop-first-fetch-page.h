/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* Stands before the lists until what the server has is here for the first time: empty lists would say that
 * there is nothing to do. */

#define FORLOP_TYPE_FIRST_FETCH_PAGE (forlop_first_fetch_page_get_type ())
G_DECLARE_FINAL_TYPE (ForlopFirstFetchPage, forlop_first_fetch_page, FORLOP, FIRST_FETCH_PAGE, AdwBin)

/* Whether the page is needed just now. */
gboolean   forlop_first_fetch_page_is_needed (ForlopSession *session);
GtkWidget *forlop_first_fetch_page_new       (ForlopSession *session) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
