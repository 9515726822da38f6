/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "forlop-backup-run.h"
#include "forlop-server-key.h"
#include "forlop-server-program.h"
#include "forlop-tenant-backup.h"
#include "forlop-tenants.h"

gboolean
forlop_server_backup_all (ForlopTenants  *tenants,
                          const char     *to,
                          gboolean        is_safe,
                          GError        **error)
{
  GHashTableIter iter;
  gpointer tenant;

  g_hash_table_iter_init (&iter, tenants->by_name);
  while (g_hash_table_iter_next (&iter, NULL, &tenant))
    {
      gint64 seq;

      if (!forlop_tenant_backup (tenant, to, &seq, error) ||
          (is_safe && !forlop_tenant_set_safe (tenant, seq, error)))
        return FALSE;
      printf ("%s %" G_GINT64_FORMAT "\n", ((ForlopTenant *) tenant)->name, seq);
      fflush (stdout);
    }

  return TRUE;
}

int
forlop_server_backup (const ForlopServerOptions *options,
                      char                     **words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopClock) clock = forlop_clock_new_system ();
  g_autoptr (ForlopKey) key = NULL;
  g_autoptr (ForlopTenants) tenants = NULL;

  if (options->folder == NULL)
    return forlop_server_usage (_("What is in PostgreSQL is copied by PostgreSQL's own programs."));
  if (words[0] != NULL || options->to == NULL)
    return forlop_server_usage (_("Say where the copy shall be: backup --dir DIR --to DIR."));
  key = forlop_server_key_load (options->key_file, options->folder, &error);
  tenants = key != NULL ? forlop_tenants_open (options->folder, key, clock, &error) : NULL;
  if (tenants == NULL || !forlop_server_backup_all (tenants, options->to, options->is_safe, &error))
    return forlop_server_fail (error);

  return FORLOP_SERVER_DONE;
}

/* PostgreSQL has restored them itself. */
static int
renew_all (const char *conninfo)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopClock) clock = forlop_clock_new_system ();
  g_autoptr (ForlopTenants) tenants = forlop_tenants_open_postgres (conninfo, 1, clock, &error);
  GHashTableIter iter;
  gpointer tenant;

  if (tenants == NULL)
    return forlop_server_fail (error);
  g_hash_table_iter_init (&iter, tenants->by_name);
  while (g_hash_table_iter_next (&iter, NULL, &tenant))
    {
      if (!forlop_tenant_renew (tenant, &error))
        return forlop_server_fail (error);
      printf ("%s\n", ((ForlopTenant *) tenant)->name);
    }

  return FORLOP_SERVER_DONE;
}

int
forlop_server_restore (const ForlopServerOptions *options,
                       char                     **words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopKey) key = NULL;
  g_auto (GStrv) names = NULL;

  if (options->postgres != NULL && words[0] == NULL)
    return renew_all (options->postgres);
  if (words[0] != NULL || options->from == NULL)
    return forlop_server_usage (_("Say where the copy is: restore --dir DIR --from DIR."));
  key = forlop_server_key_load (options->key_file, options->folder, &error);
  names = key != NULL ? forlop_tenants_list (options->from, &error) : NULL;
  if (names == NULL)
    return forlop_server_fail (error);
  for (char **name = names; *name != NULL; name++)
    {
      if (!forlop_tenant_restore (options->folder, *name, options->from, key, &error))
        return forlop_server_fail (error);
      printf ("%s\n", *name);
    }

  return FORLOP_SERVER_DONE;
}
