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

/* @remembered: (nullable): what somebody else has kept of the log. */
static gboolean
has_remembered (ForlopServerStorage  *storage,
                const char           *remembered,
                GError              **error)
{
  guint8 hash[FORLOP_SYNC_HASH_BYTES];
  gint64 n;

  return remembered == NULL || (forlop_access_checkpoint_read_remembered (remembered, &n, hash) &&
                                forlop_access_checkpoint_has (storage, n, hash, error));
}

static int
verify (ForlopServerStorage *storage,
        ForlopKey           *key,
        const char          *remembered)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = NULL;
  g_autofree char *checkpoints = NULL;
  gint64 n_access, n_marks, n_checkpoints;

  if (!forlop_tenant_storage_verify (storage, &n_access, &n_marks, &error) ||
      !forlop_access_checkpoint_verify (storage, key, &n_checkpoints, &error) ||
      !has_remembered (storage, remembered, &error))
    return forlop_server_fail (error);
  rows = g_strdup_printf ("%" G_GINT64_FORMAT, n_access);
  checkpoints = g_strdup_printf ("%" G_GINT64_FORMAT, n_checkpoints);
  printf (_("The access log hangs together: %s rows, %s signed checkpoints."), rows, checkpoints);
  printf ("\n");
  if (remembered != NULL)
    printf ("%s\n", _("It has the row that was remembered elsewhere, as it was remembered."));

  return FORLOP_SERVER_DONE;
}

static int
extract (ForlopServerStorage *storage,
         const char          *citizen_id,
         gboolean             as_csv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = forlop_access_extract (storage, citizen_id,
                                                 as_csv ? FORLOP_EXTRACT_CSV : FORLOP_EXTRACT_TEXT, &error);

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

static gboolean
is_understood (const ForlopServerOptions *options,
               const char                *command)
{
  static const char *const commands[] = { "verify", "extract", "review", NULL };
  guint8 hash[FORLOP_SYNC_HASH_BYTES];
  gint64 n;

  if (command == NULL || !g_strv_contains (commands, command) || options->tenant == NULL ||
      !forlop_tenant_name_is_valid (options->tenant))
    return FALSE;
  if (g_str_equal (command, "extract"))
    return options->citizen != NULL && forlop_id_is_valid (options->citizen);

  return options->remembered == NULL || forlop_access_checkpoint_read_remembered (options->remembered, &n, hash);
}

int
forlop_server_audit (const ForlopServerOptions *options,
                     char                     **words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopKey) key = NULL;
  g_autoptr (ForlopServerStorage) storage = NULL;

  if (!is_understood (options, words[0]))
    return forlop_server_usage (_("Write: audit verify [--remembered ROW:HASH] --tenant NAME, audit review --tenant "
                                  "NAME, or audit extract --tenant NAME --citizen ID [--csv], with --dir DIR or "
                                  "--postgres CONNINFO."));
  storage = open_log (options, &key, &error);
  if (storage == NULL)
    return forlop_server_fail (error);
  if (g_str_equal (words[0], "extract"))
    return extract (storage, options->citizen, options->as_csv);

  return g_str_equal (words[0], "verify") ? verify (storage, key, options->remembered) : review (storage);
}
