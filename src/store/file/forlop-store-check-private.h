/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"

G_BEGIN_DECLS

/* Reads the structure of tables and indexes and every reference on @connection, and adds a sentence
 * to @problems for each fault found. */
gboolean forlop_connection_find_problems (ForlopConnection  *connection,
                                          GPtrArray         *problems,
                                          GError           **error);

G_END_DECLS
