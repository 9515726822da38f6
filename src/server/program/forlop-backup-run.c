/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-backup-run.h"

struct _ForlopBackupRun
{
  ForlopTenants *tenants;
  char *folder;
  gboolean is_safe;
  ForlopWorker *worker;
};

ForlopBackupRun *
forlop_backup_run_new (ForlopTenants *tenants,
                       const char    *folder,
                       gboolean       is_safe)
{
  ForlopBackupRun *self;

  g_return_val_if_fail (tenants != NULL && folder != NULL, NULL);

  self = g_new0 (ForlopBackupRun, 1);
  self->tenants = tenants;
  self->folder = g_strdup (folder);
  self->is_safe = is_safe;
  self->worker = forlop_worker_new ("backup");

  return self;
}

void
forlop_backup_run_free (ForlopBackupRun *self)
{
  if (self == NULL)
    return;

  g_object_unref (self->worker);
  g_free (self->folder);
  g_free (self);
}

/* "2026-11-22T02-00-00-123Z": a colon is not a letter of a name everywhere. */
static char *
dup_target (ForlopBackupRun *self)
{
  g_autofree char *time = forlop_instant_to_iso (forlop_clock_now (self->tenants->clock));

  return g_build_filename (self->folder, g_strdelimit (time, ":.", '-'), NULL);
}

/* Those who run the server hear of it in the journal. */
static gpointer
make_on_worker (gpointer       user_data,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error G_GNUC_UNUSED)
{
  ForlopBackupRun *self = user_data;
  g_autofree char *to = dup_target (self);
  g_autoptr (GError) problem = NULL;

  if (forlop_server_backup_all (self->tenants, to, self->is_safe, &problem))
    g_message ("Made a copy in %s.", to);
  else
    g_critical ("The copy in %s failed: %s", to, problem->message);

  return NULL;
}

void
forlop_backup_run_begin (ForlopBackupRun *self)
{
  g_return_if_fail (self != NULL);

  dex_future_disown (forlop_worker_run (self->worker, make_on_worker, self, NULL, NULL));
}
