/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* Asks where to, and writes the minutes of a meeting there as PDF. They leave the encrypted file, so that it is logged
 * first. */
void forlop_meeting_minutes_save (GtkWidget     *widget,
                                  ForlopSession *session,
                                  const char    *meeting_id);

G_END_DECLS
