/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <sqlite3.h>

#include "forlop-connection.h"

G_BEGIN_DECLS

struct _ForlopStatement
{
  /* Borrowed references */
  ForlopConnection *connection;

  /* Owned references */
  sqlite3_stmt *handle;
  char *sql;
  GError *bind_error;

  /* Place in the connection's list of idle statements, most recently used first. */
  GList link;
  gboolean borrowed;
  gboolean is_kept; /* found by its text when it comes back */
};

ForlopStatement *forlop_statement_new  (ForlopConnection  *connection,
                                        const char        *sql,
                                        GError           **error);
void             forlop_statement_free (ForlopStatement   *self);

G_END_DECLS
