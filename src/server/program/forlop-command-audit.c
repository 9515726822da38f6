/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "forlop-access-checkpoint.h"
#include "forlop-access-extract.h"
#include "forlop-access-review.h"
#include "forlop-server-key.h"
#include "forlop-server-program.h"
#include "forlop-sqlite-storage.h"
#include "forlop-store-error.h"
#include "forlop-tenant.h"

static ForlopServerStorage *
open_in_database (const char   *conninfo,
                  const char   *name,
                  ForlopKey    *server_key,
                  ForlopKey   **key,
                  GError      **error)
{
  g_autoptr (ForlopPostgresTenant) found = forlop_postgres_storage_find_tenant (conninfo, name, error);

  *key = found != NULL ? forlop_tenant_unwrap_text (found, server_key, error) : NULL;

  return *key != NULL ? forlop_postgres_storage_open (conninfo, found->id, error) : NULL;
}

/* Reads beside a server that runs. */
static ForlopServerStorage *
open_log (const ForlopServerOptions  *options,
          ForlopKey                 **key,
          GError                    **error)
{
  g_autoptr (ForlopKey) server_key = forlop_server_key_load (options->key_file, options->folder, error);
  g_autofree char *path = NULL;

  if (server_key == NULL)
    return NULL;
  if (options->postgres != NULL)
    return open_in_database (options->postgres, options->tenant, server_key, key, error);
  path = forlop_tenant_dup_log_path (options->folder, options->tenant);
  *key = forlop_tenant_unwrap_key (path, server_key, error);

  return *key != NULL ? forlop_sqlite_storage_open_reader (path, *key, error) : NULL;
}

static int
verify (ForlopServerStorage *storage,
        ForlopKey           *key)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = NULL;
  g_autofree char *checkpoints = NULL;
  gint64 n_access, n_marks, n_checkpoints;

  if (!forlop_tenant_storage_verify (storage, &n_access, &n_marks, &error) ||
      !forlop_access_checkpoint_verify (storage, key, &n_checkpoints, &error))
    return forlop_server_fail (error);
  rows = g_strdup_printf ("%" G_GINT64_FORMAT, n_access);
  checkpoints = g_strdup_printf ("%" G_GINT64_FORMAT, n_checkpoints);
  printf (_("The access log hangs together: %s rows, %s signed checkpoints."), rows, checkpoints);
  printf ("\n");

  return FORLOP_SERVER_DONE;
}

static int
extract (ForlopServerStorage *storage,
         const char          *citizen_id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = forlop_access_extract (storage, citizen_id, &error);

  if (text == NULL)
    return forlop_server_fail (error);
  fputs (text, stdout);

  return FORLOP_SERVER_DONE;
}

static int
review (ForlopServerStorage *storage)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopClock) clock = forlop_clock_new_system ();
  g_autofree char *text = forlop_access_review (storage, forlop_clock_now (clock), &error);

  if (text == NULL)
    return forlop_server_fail (error);
  fputs (text, stdout);

  return FORLOP_SERVER_DONE;
}

int
forlop_server_audit (const ForlopServerOptions *options,
                     char                     **words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopKey) key = NULL;
  g_autoptr (ForlopServerStorage) storage = NULL;
  static const char *const commands[] = { "verify", "extract", "review", NULL };
  gboolean is_extract = g_strcmp0 (words[0], "extract") == 0;

  if (words[0] == NULL || !g_strv_contains (commands, words[0]) || options->tenant == NULL || !forlop_tenant_name_is_valid (options->tenant) ||
      (is_extract && (options->citizen == NULL || !forlop_id_is_valid (options->citizen))))
    return forlop_server_usage (_("Write: audit verify|review --tenant NAME, or audit extract --tenant NAME "
                                  "--citizen ID, with --dir DIR or --postgres CONNINFO."));
  storage = open_log (options, &key, &error);
  if (storage == NULL)
    return forlop_server_fail (error);
  if (is_extract)
    return extract (storage, options->citizen);

  return g_str_equal (words[0], "verify") ? verify (storage, key) : review (storage);
}
