/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* Writes a picture of every section and its scenes, wide and narrow, light and dark:
 * today-wide-light.png. */

void     forlop_screenshots_run    (GtkApplication       *application,
                                    ForlopSession        *session,
                                    const char           *folder,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
gboolean forlop_screenshots_finish (GAsyncResult         *result,
                                    GError              **error);

G_END_DECLS
