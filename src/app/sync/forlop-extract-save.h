/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* The list of who has opened a record, for the citizen who asks: made by the server, which logs that it was taken
 * out, and kept as a file. The server decides who gets it. */

gboolean forlop_extract_save_is_offered (ForlopSession *session);
/* Asks where, and says how it went. A file whose name ends with ".csv" becomes a table. */
void     forlop_extract_save_ask        (GtkWidget     *widget,
                                         ForlopSession *session,
                                         const char    *citizen_id);

G_END_DECLS
