/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "forlop-accounts.h"
#include "forlop-error.h"
#include "forlop-server-program.h"

/* Other systems that send measurements or read. */

typedef struct {
  ForlopTenant *tenant;
  const char *name;
} Setting;

static gpointer
list_on_worker (gpointer       user_data,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error)
{
  Setting *self = user_data;
  g_autoptr (GPtrArray) systems = forlop_system_store_list (self->tenant->accounts, error);

  if (systems == NULL)
    return NULL;
  for (unsigned int i = 0; i < systems->len; i++)
    {
      const ForlopSystem *system = g_ptr_array_index (systems, i);
      g_autofree char *made = forlop_instant_to_iso (system->made_at);

      printf ("%s %s %s %s\n", made, system->unit_id, system->reads ? "sends,reads" : "sends", system->name);
    }

  return self;
}

static gpointer
end_on_worker (gpointer       user_data,
               GCancellable  *cancellable G_GNUC_UNUSED,
               GError       **error)
{
  Setting *self = user_data;
  g_autoptr (GPtrArray) systems = forlop_system_store_list (self->tenant->accounts, error);

  for (unsigned int i = 0; systems != NULL && i < systems->len; i++)
    if (g_str_equal (((ForlopSystem *) g_ptr_array_index (systems, i))->name, self->name))
      return forlop_system_store_remove (self->tenant->accounts, self->name, error) ? self : NULL;
  if (systems != NULL)
    g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND,
                 _("There is no system called “%s”. Nothing was changed."), self->name);

  return NULL;
}

static int
add (const ForlopServerOptions *options,
     ForlopTenant              *tenant,
     const char                *name)
{
  g_autoptr (GError) error = NULL;
  char *token = forlop_accounts_add_system (tenant, name, options->unit, options->reads, &error);

  if (token == NULL)
    return forlop_server_fail (error);
  printf ("%s\n", token);
  sodium_memzero (token, strlen (token));
  g_free (token);
  fprintf (stderr, "%s\n", _("The token is shown this once. Give it to the system in a safe way."));

  return FORLOP_SERVER_DONE;
}

int
forlop_server_system (const ForlopServerOptions *options,
                      char                     **words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopTenant) tenant = NULL;
  gboolean is_list = g_strcmp0 (words[0], "list") == 0;
  gboolean is_add = g_strcmp0 (words[0], "add") == 0;
  gboolean is_end = g_strcmp0 (words[0], "end") == 0;
  Setting self = { .name = words[0] != NULL ? words[1] : NULL };

  if (options->tenant == NULL || (!is_list && !is_add && !is_end) || (!is_list && self.name == NULL) ||
      (is_add && options->unit == NULL))
    return forlop_server_usage (_("Write: system list --tenant NAME, system add NAME --tenant NAME --unit UNIT "
                                  "[--reads], or system end NAME --tenant NAME."));
  tenant = forlop_server_open_tenant (options, options->tenant, &error);
  if (tenant == NULL)
    return forlop_server_fail (error);
  if (is_add)
    return add (options, tenant, self.name);
  self.tenant = tenant;

  return forlop_worker_run_sync (tenant->worker, is_list ? list_on_worker : end_on_worker, &self, NULL, &error) != NULL
           ? FORLOP_SERVER_DONE
           : forlop_server_fail (error);
}
