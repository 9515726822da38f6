/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <sqlite3.h>

#include "forlop-connection.h"

G_BEGIN_DECLS

/* Opens, keys, configures and verifies a handle. What was opened is closed again on failure, and a
 * file made here is removed. */
gboolean forlop_connection_open_handle (ForlopConnection       *self,
                                        const char             *path,
                                        ForlopKey              *key,
                                        ForlopConnectionFlags   flags,
                                        sqlite3               **handle,
                                        GError                **error);

/* Before anything else of SQLite's is called. */
void     forlop_connection_prepare_library (void);

G_END_DECLS
