/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Opens @url in the system's browser. From any thread; a #ForlopBrowserOpen. */
void forlop_browser_open (const char *url,
                          gpointer    user_data);

G_END_DECLS
