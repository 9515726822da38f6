/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* Puts what is not yet carried over to the EPJ on the clipboard as ready text and marks it as carried
 * over; the toast that says so takes the mark back. @type and @id name one entry; with NULL it is
 * everything that who I am wrote about the citizen. */
void forlop_epj_copy (GtkWidget     *widget,
                      ForlopSession *session,
                      const char    *citizen_id,
                      const char    *type,
                      const char    *id);

G_END_DECLS
