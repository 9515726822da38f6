/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <sqlite3.h>

#include "forlop-connection.h"

G_BEGIN_DECLS

/* One writer and readers of a write-ahead log do not wait for each other; this is for the moments
 * of opening and closing. */
#define FORLOP_CONNECTION_BUSY_TIMEOUT_MS 5000

sqlite3 *forlop_connection_get_handle     (ForlopConnection  *self);
void     forlop_connection_give_back      (ForlopConnection  *self,
                                           ForlopStatement   *statement);
/* Sets the sentence that fits the connection's last failure. @sql is static text for the detail. */
void     forlop_connection_set_error      (ForlopConnection  *self,
                                           int                code,
                                           const char        *sql,
                                           GError           **error);

/* The first @length bytes of the file, read through SQLite: to open and close the file a second
 * time would drop the locks that SQLite holds on it. */
gboolean forlop_connection_read_head      (ForlopConnection  *self,
                                           char              *bytes,
                                           gsize              length,
                                           GError           **error);
/* Copies the encrypted file as it is on disk; the log must be empty (checkpoint first). */
gboolean forlop_connection_copy_file      (ForlopConnection  *self,
                                           const char        *target,
                                           GError           **error);

G_END_DECLS
