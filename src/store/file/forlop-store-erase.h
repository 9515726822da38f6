/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Deletes the closed store at @path with everything beside it: its key first, so that whatever cannot be
 * removed, or comes back from the disk, is worth nothing. May ask the desktop's key store; not on the main
 * thread. FALSE when something of it is still there. */
gboolean forlop_store_erase (const char *path);

G_END_DECLS
