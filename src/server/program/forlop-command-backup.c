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

static ForlopTenants *
open_all (const ForlopServerOptions  *options,
          ForlopClock                *clock,
          GError                    **error)
{
  g_autoptr (ForlopKey) key = forlop_server_key_load (options->key_file, options->folder, error);

  if (key == NULL)
    return NULL;

  return options->postgres != NULL ? forlop_tenants_open_postgres (options->postgres, key, 1, clock, error)
                                   : forlop_tenants_open (options->folder, key, clock, error);
}

int
forlop_server_backup (const ForlopServerOptions *options,
                      char                     **words)
{
  g_autoptr (GError) error = NULL;
  ForlopClock *clock = options->clock;
  g_autoptr (ForlopTenants) tenants = NULL;

  if (options->postgres != NULL)
    return forlop_server_usage (_("What is in PostgreSQL is copied by PostgreSQL's own programs."));
  if (words[0] != NULL || options->to == NULL)
    return forlop_server_usage (_("Say where the copy shall be: backup --dir DIR --to DIR."));
  tenants = open_all (options, clock, &error);
  if (tenants == NULL || !forlop_server_backup_all (tenants, options->to, options->is_safe, &error))
    return forlop_server_fail (error);

  return FORLOP_SERVER_DONE;
}

static int
list_heads (ForlopTenants *tenants)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = g_hash_table_get_values_as_ptr_array (tenants->by_name);

  for (unsigned int i = 0; i < list->len; i++)
    {
      ForlopTenant *tenant = g_ptr_array_index (list, i);
      ForlopServerHead head;

      if (!forlop_tenant_get_head (tenant, &head, &error))
        return forlop_server_fail (error);
      printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", tenant->name, head.seq, head.safe_seq);
    }

  return FORLOP_SERVER_DONE;
}

/* Who makes copies by other means says here what is in them. */
int
forlop_server_safe (const ForlopServerOptions *options,
                    char                     **words)
{
  g_autoptr (GError) error = NULL;
  ForlopClock *clock = options->clock;
  g_autoptr (ForlopTenants) tenants = NULL;
  ForlopTenant *tenant;
  gint64 seq = 0;

  if (words[0] != NULL && (words[1] == NULL || words[2] != NULL || !g_ascii_string_to_signed (words[1], 10, 0, G_MAXINT64, &seq, NULL)))
    return forlop_server_usage (_("Write: safe, or safe NAME POSITION."));
  tenants = open_all (options, clock, &error);
  if (tenants == NULL)
    return forlop_server_fail (error);
  if (words[0] == NULL)
    return list_heads (tenants);
  tenant = forlop_tenants_find (tenants, words[0]);
  if (tenant == NULL)
    return forlop_server_usage (_("There is no municipality “%s” here."), words[0]);
  if (!forlop_tenant_set_safe (tenant, seq, &error))
    return forlop_server_fail (error);

  return list_heads (tenants);
}

/* PostgreSQL has restored them itself. */
static int
renew_all (const ForlopServerOptions *options)
{
  g_autoptr (GError) error = NULL;
  ForlopClock *clock = options->clock;
  g_autoptr (ForlopTenants) tenants = open_all (options, clock, &error);
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
    return renew_all (options);
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
