/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"

G_BEGIN_DECLS

/**
 * ForlopMigration:
 * @version: 1, 2, 3 … without a gap; the file's version after the script.
 * @name: For messages.
 * @sql: The script. It has no BEGIN or COMMIT of its own. NULL ends a list.
 */
typedef struct {
  int version;
  const char *name;
  const char *sql;
} ForlopMigration;

ForlopMigration       *forlop_migrator_load_scripts (GResource            *resource,
                                                     const char           *folder)
                                                     G_GNUC_WARN_UNUSED_RESULT;
/* The scripts of src/store/schema, in their order. */
const ForlopMigration *forlop_migrator_get_scripts (void);
/* Version of a file that has seen every script. */
int                    forlop_migrator_get_latest  (const ForlopMigration  *scripts);
/* Path of the copy that is kept when a file is upgraded to @version. */
char                  *forlop_migrator_dup_copy    (const char             *path,
                                                    int                     version)
                                                    G_GNUC_WARN_UNUSED_RESULT;
gboolean               forlop_migrator_run         (ForlopConnection       *connection,
                                                    const ForlopMigration  *scripts,
                                                    GError                **error);

G_END_DECLS
