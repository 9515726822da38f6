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

G_END_DECLS
