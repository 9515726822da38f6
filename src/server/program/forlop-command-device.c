/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "forlop-accounts.h"
#include "forlop-error.h"
#include "forlop-server-program.h"

/* Machines, for those who run the server: when no administrator can sign in and a laptop is lost. */

typedef struct {
  ForlopTenant *tenant;
  const char *id;
  const char *state;
} Setting;

static gboolean
print_device (ForlopTenant              *tenant,
              const ForlopServerDevice  *device,
              GError                   **error)
{
  g_autofree char *name = NULL;
  g_autofree char *seen = device->seen_at > 0 ? forlop_instant_to_iso (device->seen_at) : g_strdup ("-");
  gint64 registered_at;

  if (!forlop_account_store_get_device (tenant->accounts, device->id, &name, &registered_at, error))
    return FALSE;
  printf ("%s %s %s %s %s\n", device->id, device->state, seen, device->user_id, name != NULL ? name : "-");

  return TRUE;
}

static gpointer
list_on_worker (gpointer       user_data,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error)
{
  Setting *self = user_data;
  ForlopServerStorage *storage = self->tenant->storage;
  g_autoptr (GPtrArray) devices = NULL;

  if (!storage->funcs->begin (storage, FALSE, error))
    return NULL;
  devices = storage->funcs->list_devices (storage, error);
  storage->funcs->rollback (storage);
  for (unsigned int i = 0; devices != NULL && i < devices->len; i++)
    {
      const ForlopServerDevice *device = g_ptr_array_index (devices, i);

      if (!forlop_sync_is_server_device (device->id) && !print_device (self->tenant, device, error))
        return NULL;
    }

  return devices != NULL ? self : NULL;
}

static gpointer
set_on_worker (gpointer       user_data,
               GCancellable  *cancellable G_GNUC_UNUSED,
               GError       **error)
{
  Setting *self = user_data;
  ForlopServerStorage *storage = self->tenant->storage;
  g_autoptr (ForlopServerDevice) device = NULL;

  if (!storage->funcs->begin (storage, TRUE, error))
    return NULL;
  if (storage->funcs->get_device (storage, self->id, &device, error))
    {
      if (device == NULL || forlop_sync_is_server_device (self->id))
        g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND,
                             _("There is no such machine. Nothing was changed."));
      else
        {
          g_set_str (&device->state, self->state);
          if (storage->funcs->put_device (storage, device, device->seen_at, error) &&
              storage->funcs->commit (storage, error))
            return self;
        }
    }
  storage->funcs->rollback (storage);

  return NULL;
}

int
forlop_server_device (const ForlopServerOptions *options,
                      char                     **words)
{
  static const struct { const char *word; const char *state; } states[] = {
    { "block", "blocked" }, { "wipe", "wiped" }, { "activate", "active" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopTenant) tenant = NULL;
  gboolean is_list = g_strcmp0 (words[0], "list") == 0;
  Setting self = { .id = words[0] != NULL ? words[1] : NULL };

  for (unsigned int i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (words[0], states[i].word) == 0)
      self.state = states[i].state;
  if (options->tenant == NULL ||
      (!is_list && (self.state == NULL || self.id == NULL || !forlop_id_is_valid (self.id))))
    return forlop_server_usage (_("Write: device list --tenant NAME, or device block|wipe|activate ID --tenant NAME."));
  tenant = forlop_server_open_tenant (options, options->tenant, &error);
  if (tenant == NULL)
    return forlop_server_fail (error);
  self.tenant = tenant;

  return forlop_worker_run_sync (tenant->worker, is_list ? list_on_worker : set_on_worker, &self, NULL, &error) != NULL
           ? FORLOP_SERVER_DONE
           : forlop_server_fail (error);
}
