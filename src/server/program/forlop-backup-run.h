/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-tenants.h"

G_BEGIN_DECLS

/* Copies that the running server makes, one at a time, on a thread that waits for the municipalities'. */

typedef struct _ForlopBackupRun ForlopBackupRun;

/* Copies every municipality into @to and prints its name and the newest change in the copy. @is_safe: the
 * folder is on another machine. Blocks. */
gboolean         forlop_server_backup_all (ForlopTenants    *tenants,
                                           const char       *to,
                                           gboolean          is_safe,
                                           GError          **error);

/* @folder gets a new folder for each copy, named by the time. */
ForlopBackupRun *forlop_backup_run_new    (ForlopTenants    *tenants,
                                           const char       *folder,
                                           gboolean          is_safe) G_GNUC_WARN_UNUSED_RESULT;
/* Waits for a copy that is being made. */
void             forlop_backup_run_free   (ForlopBackupRun  *self);
void             forlop_backup_run_begin  (ForlopBackupRun  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopBackupRun, forlop_backup_run_free)

G_END_DECLS
