/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-tenants.h"

#include <glib/gi18n-lib.h>

#include "forlop-store-error.h"

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

char **
forlop_tenants_list (const char  *folder,
                     GError     **error)
{
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_null_terminated (8, g_free, TRUE);
  const char *name;

  g_return_val_if_fail (folder != NULL, NULL);

  dir = g_dir_open (folder, 0, error);
  if (dir == NULL)
    return NULL;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *log_path = forlop_tenant_dup_log_path (folder, name);

      if (forlop_tenant_name_is_valid (name) && g_file_test (log_path, G_FILE_TEST_EXISTS))
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_sort (names, compare_names);

  return (char **) g_ptr_array_steal (names, NULL);
}

static ForlopTenants *
tenants_new (ForlopClock *clock)
{
  ForlopTenants *self = g_new0 (ForlopTenants, 1);

  self->clock = forlop_clock_ref (clock);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) forlop_tenant_free);
  self->passwords = forlop_worker_new ("passwords");
  self->providers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) forlop_openid_provider_free);
  self->gateways = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) forlop_gateway_free);

  return self;
}

ForlopTenants *
forlop_tenants_open (const char   *folder,
                     ForlopKey    *server_key,
                     ForlopClock  *clock,
                     GError      **error)
{
  g_autoptr (ForlopTenants) self = NULL;
  g_auto (GStrv) names = NULL;

  g_return_val_if_fail (folder != NULL && server_key != NULL && clock != NULL, NULL);

  names = forlop_tenants_list (folder, error);
  if (names == NULL)
    return NULL;

  self = tenants_new (clock);
  for (char **name = names; *name != NULL; name++)
    {
      ForlopTenant *tenant = forlop_tenant_open (folder, *name, server_key, clock, error);

      if (tenant == NULL)
        {
          g_prefix_error (error, "%s: ", *name);
          return NULL;
        }
      g_hash_table_insert (self->by_name, tenant->name, tenant);
    }

  return g_steal_pointer (&self);
}

ForlopTenants *
forlop_tenants_open_postgres (const char    *conninfo,
                              ForlopKey     *server_key,
                              unsigned int   n_threads,
                              ForlopClock   *clock,
                              GError       **error)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (ForlopTenants) self = NULL;

  g_return_val_if_fail (conninfo != NULL && server_key != NULL && n_threads > 0 && clock != NULL, NULL);

  found = forlop_postgres_storage_list_tenants (conninfo, error);
  if (found == NULL)
    return NULL;

  self = tenants_new (clock);
  for (unsigned int i = 0; i < found->len; i++)
    {
      const ForlopPostgresTenant *one = g_ptr_array_index (found, i);
      ForlopTenant *tenant = forlop_tenant_open_postgres (conninfo, one, server_key, n_threads, clock, error);

      if (tenant == NULL)
        {
          g_prefix_error (error, "%s: ", one->name);
          return NULL;
        }
      g_hash_table_insert (self->by_name, tenant->name, tenant);
    }

  return g_steal_pointer (&self);
}

void
forlop_tenants_free (ForlopTenants *self)
{
  if (self == NULL)
    return;

  /* They ask the municipalities' threads, so they end before them. */
  g_clear_object (&self->passwords);
  g_clear_pointer (&self->providers, g_hash_table_unref);
  g_clear_pointer (&self->gateways, g_hash_table_unref);
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  forlop_clock_unref (self->clock);
  g_free (self);
}

ForlopTenant *
forlop_tenants_find (ForlopTenants *self,
                     const char    *name)
{
  g_return_val_if_fail (self != NULL, NULL);

  return name != NULL ? g_hash_table_lookup (self->by_name, name) : NULL;
}

gboolean
forlop_tenants_load_providers (ForlopTenants  *self,
                               const char     *folder,
                               GError        **error)
{
  GHashTableIter iter;
  gpointer name;

  g_return_val_if_fail (self != NULL && folder != NULL, FALSE);

  g_hash_table_iter_init (&iter, self->by_name);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_autoptr (GError) problem = NULL;
      ForlopOpenidSettings *settings = forlop_openid_settings_load (folder, name, &problem);

      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (settings != NULL)
        g_hash_table_insert (self->providers, g_strdup (name), forlop_openid_provider_new (settings, self->clock));
    }

  return TRUE;
}

ForlopOpenidProvider *
forlop_tenants_find_provider (ForlopTenants *self,
                              const char    *name)
{
  g_return_val_if_fail (self != NULL, NULL);

  return name != NULL ? g_hash_table_lookup (self->providers, name) : NULL;
}

gboolean
forlop_tenants_load_gateways (ForlopTenants  *self,
                              const char     *folder,
                              GError        **error)
{
  GHashTableIter iter;
  gpointer name, tenant;

  g_return_val_if_fail (self != NULL, FALSE);

  g_hash_table_iter_init (&iter, self->by_name);
  while (g_hash_table_iter_next (&iter, &name, &tenant))
    {
      g_autoptr (GError) problem = NULL;
      ForlopGatewaySettings *settings =
        folder != NULL ? forlop_gateway_settings_load (folder, name, &problem) : NULL;
      ForlopGateway *gateway = problem == NULL ? forlop_gateway_new (tenant, settings, &problem) : NULL;

      if (gateway == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      g_hash_table_insert (self->gateways, g_strdup (name), gateway);
    }

  return TRUE;
}

ForlopGateway *
forlop_tenants_find_gateway (ForlopTenants *self,
                             const char    *name)
{
  g_return_val_if_fail (self != NULL, NULL);

  return name != NULL ? g_hash_table_lookup (self->gateways, name) : NULL;
}

ForlopTenant *
forlop_tenants_find_id (ForlopTenants *self,
                        const char    *id)
{
  GHashTableIter iter;
  gpointer tenant;

  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  g_hash_table_iter_init (&iter, self->by_name);
  while (g_hash_table_iter_next (&iter, NULL, &tenant))
    if (g_strcmp0 (((ForlopTenant *) tenant)->id, id) == 0)
      return tenant;

  return NULL;
}
