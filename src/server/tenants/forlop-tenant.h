/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-account-store.h"
#include "forlop-clock.h"
#include "forlop-id.h"
#include "forlop-postgres-storage.h"
#include "forlop-server-storage.h"
#include "forlop-worker.h"

G_BEGIN_DECLS

/* One municipality on this server: its log, its accounts, and the one thread that touches them. In
 * PostgreSQL it may have more such threads, each with connections of its own. */

typedef struct _ForlopTenant ForlopTenant;

/**
 * ForlopTenant:
 * @name: lower-case letters, digits and hyphens; in files the name of its folder.
 * @id: (nullable): in PostgreSQL.
 * @folder: (nullable): in files.
 * @conninfo: (nullable): in PostgreSQL: connection string of the server's role.
 * @key: its own: of its files, and of what its access log is signed with.
 * @worker: everything below it is touched on its thread alone.
 * @reviewed_on: the day on which the access log was last looked through.
 * @figures_on: the day for which the figures without names are worked out; of the thread that does that.
 * @checkpoint: (nullable): JSON: the newest signed end of the access log that was told to the journal.
 * @others: (nullable): of #ForlopTenant, the same municipality on other threads; the first one's.
 */
struct _ForlopTenant
{
  char *name;
  char *id;
  char *folder;
  char *conninfo;
  ForlopClock *clock;
  ForlopIdSource *ids;
  ForlopKey *key;
  ForlopWorker *worker;
  ForlopServerStorage *storage;
  ForlopAccountStore *accounts;
  GPtrArray *others;
  unsigned int turn;
  char *checkpoint;
  ForlopDate reviewed_on;
  ForlopDate figures_on;
};

gboolean      forlop_tenant_name_is_valid (const char        *name);
gboolean      forlop_tenant_check_name    (const char        *name,
                                           GError           **error);
/* @server_key opens the wrapping of the municipality's own key. Errors are #ForlopStoreError. */
ForlopTenant *forlop_tenant_open          (const char        *folder,
                                           const char        *name,
                                           ForlopKey         *server_key,
                                           ForlopClock       *clock,
                                           GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* Makes the folder and its files, and opens them. */
ForlopTenant *forlop_tenant_create        (const char        *folder,
                                           const char        *name,
                                           ForlopKey         *server_key,
                                           ForlopClock       *clock,
                                           GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* @conninfo: connection string of the server's role. @n_threads: at least one. */
ForlopTenant *forlop_tenant_open_postgres (const char     *conninfo,
                                           const ForlopPostgresTenant *found,
                                           ForlopKey         *server_key,
                                           unsigned int       n_threads,
                                           ForlopClock       *clock,
                                           GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* Adds a municipality to the database, with a key of its own. @owner: connection string of the owner. */
gboolean      forlop_tenant_create_postgres (const char       *owner,
                                           const char        *name,
                                           ForlopKey         *server_key,
                                           ForlopClock       *clock,
                                           GError           **error);
/* The log, to be read on a thread where nobody waits; forlop_server_storage_free() it there. */
ForlopServerStorage *forlop_tenant_open_reader (ForlopTenant *self,
                                           GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* The thread whose turn it is: @self or one of the others. Borrowed. */
ForlopTenant *forlop_tenant_take_turn     (ForlopTenant      *self);
/* Finishes what is queued and closes the files. */
void          forlop_tenant_free          (ForlopTenant      *self);
/* The file with the log; the others stand beside it. */
char         *forlop_tenant_dup_log_path  (const char        *folder,
                                           const char        *name) G_GNUC_WARN_UNUSED_RESULT;
char         *forlop_tenant_dup_accounts_path (const char    *folder,
                                           const char        *name) G_GNUC_WARN_UNUSED_RESULT;
/* The municipality's key, out of the wrapping beside @log_path. */
ForlopKey    *forlop_tenant_unwrap_key    (const char        *log_path,
                                           ForlopKey         *server_key,
                                           GError           **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopKey    *forlop_tenant_unwrap_text   (const ForlopPostgresTenant *found,
                                           ForlopKey         *server_key,
                                           GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopTenant, forlop_tenant_free)

G_END_DECLS
