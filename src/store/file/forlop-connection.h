/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

#include "forlop-key.h"
#include "forlop-statement.h"

G_BEGIN_DECLS

/* One connection to the encrypted file. It belongs to the thread that opened it, and every
 * function here aborts when another thread calls it. */

#define FORLOP_TYPE_CONNECTION (forlop_connection_get_type ())
G_DECLARE_FINAL_TYPE (ForlopConnection, forlop_connection, FORLOP, CONNECTION, GObject)

/**
 * ForlopConnectionFlags:
 * @FORLOP_CONNECTION_READER: Reads only; never checkpoints.
 * @FORLOP_CONNECTION_WRITER: The one connection of the process that writes and checkpoints.
 * @FORLOP_CONNECTION_CREATE: Makes the file, which must not exist. Implies a writer.
 */
typedef enum {
  FORLOP_CONNECTION_READER = 0,
  FORLOP_CONNECTION_WRITER = 1 << 0,
  FORLOP_CONNECTION_CREATE = 1 << 1,
} ForlopConnectionFlags;

ForlopConnection *forlop_connection_open            (const char             *path,
                                                     ForlopKey              *key,
                                                     ForlopConnectionFlags   flags,
                                                     GError                **error)
                                                     G_GNUC_WARN_UNUSED_RESULT;
/* Ends the connection; borrowed statements must have been given back. Also done by the last
 * unref, which must then happen on the owning thread. */
void              forlop_connection_close           (ForlopConnection       *self);
const char       *forlop_connection_get_path        (ForlopConnection       *self);
gboolean          forlop_connection_is_writer       (ForlopConnection       *self);

/* Borrows a prepared statement from the connection's cache; a g_autoptr gives it back. @sql is
 * static text, one statement, with values only as parameters. */
ForlopStatement  *forlop_connection_prepare         (ForlopConnection       *self,
                                                     const char             *sql,
                                                     GError                **error)
                                                     G_GNUC_WARN_UNUSED_RESULT;
/* One statement without parameters; rows are thrown away. */
gboolean          forlop_connection_execute         (ForlopConnection       *self,
                                                     const char             *sql,
                                                     GError                **error);
/* Several statements, as in a migration. Not cached. */
gboolean          forlop_connection_execute_script  (ForlopConnection       *self,
                                                     const char             *script,
                                                     GError                **error);
/* First column of the first row of @sql; an error when there is no row. */
gboolean          forlop_connection_query_integer   (ForlopConnection       *self,
                                                     const char             *sql,
                                                     gint64                 *value,
                                                     GError                **error);
/* Rows changed by the last statement. */
gint64            forlop_connection_get_changes     (ForlopConnection       *self);
/* Rows changed since the file was opened, also those that were rolled back. */
gint64            forlop_connection_get_total_changes (ForlopConnection     *self);
gint64            forlop_connection_get_last_row_id (ForlopConnection       *self);

/* BEGIN IMMEDIATE on the writer, a snapshot for reading on a reader. Prefer ForlopTransaction. */
gboolean          forlop_connection_begin           (ForlopConnection       *self,
                                                     GError                **error);
gboolean          forlop_connection_commit          (ForlopConnection       *self,
                                                     GError                **error);
/* Never fails; does nothing when SQLite has already rolled back. */
void              forlop_connection_rollback        (ForlopConnection       *self);
gboolean          forlop_connection_in_transaction  (ForlopConnection       *self);
/* @name: lower-case letters, digits and underscores. */
gboolean          forlop_connection_savepoint       (ForlopConnection       *self,
                                                     const char             *name,
                                                     GError                **error);
gboolean          forlop_connection_release         (ForlopConnection       *self,
                                                     const char             *name,
                                                     GError                **error);
/* Undoes what was done since the savepoint and removes it. Never fails. */
void              forlop_connection_rollback_to     (ForlopConnection       *self,
                                                     const char             *name);

/* Says that rows of @table are changed in this transaction, so that list models refresh after the
 * commit. Forgotten on rollback. */
void              forlop_connection_touch           (ForlopConnection       *self,
                                                     const char             *table);
/* The tables touched by transactions committed since the last call, sorted; NULL when none. */
char            **forlop_connection_steal_touched   (ForlopConnection       *self)
                                                     G_GNUC_WARN_UNUSED_RESULT;

/* While set, a cancelled @cancellable ends running statements with G_IO_ERROR_CANCELLED. */
void              forlop_connection_set_cancellable (ForlopConnection       *self,
                                                     GCancellable           *cancellable);
/* Moves everything from the write-ahead log into the file and empties the log. Writer only. */
gboolean          forlop_connection_checkpoint      (ForlopConnection       *self,
                                                     GError                **error);

G_END_DECLS
