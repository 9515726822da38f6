/* SPDX-License-Identifier: EUPL-1.2 */

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "forlop-accounts.h"
#include "forlop-keyring.h"
#include "forlop-openid-settings.h"
#include "forlop-postgres-storage.h"
#include "forlop-server-key.h"
#include "forlop-server-program.h"
#include "forlop-store-error.h"
#include "forlop-tenant-import.h"
#include "forlop-tenant-move.h"

static int
create (const ForlopServerOptions *options,
        const char                *name)
{
  g_autoptr (GError) error = NULL;
  ForlopClock *clock = options->clock;
  g_autoptr (ForlopKey) key = NULL;
  g_autoptr (ForlopTenant) tenant = NULL;

  if (g_mkdir_with_parents (options->folder, 0700) != 0)
    {
      forlop_store_error_set_errno (&error, options->folder, errno, "mkdir");
      return forlop_server_fail (error);
    }
  key = forlop_server_key_ensure (options->key_file, options->folder, &error);
  tenant = key != NULL ? forlop_tenant_create (options->folder, name, key, clock, &error) : NULL;
  if (tenant == NULL)
    return forlop_server_fail (error);
  printf (_("Made the municipality %s, encrypted."), name);
  printf ("\n");

  return FORLOP_SERVER_DONE;
}

/* By the owner's role. */
static int
create_in_database (const ForlopServerOptions *options,
                    const char                *name)
{
  g_autoptr (GError) error = NULL;
  ForlopClock *clock = options->clock;
  g_autoptr (ForlopKey) key = NULL;

  if (options->role == NULL)
    return forlop_server_usage (_("Say which role the server has in the database: --role NAME."));
  key = forlop_server_key_ensure (options->key_file, options->folder, &error);
  if (key == NULL || !forlop_postgres_storage_install (options->postgres, options->role, &error) ||
      !forlop_tenant_create_postgres (options->postgres, name, key, clock, &error))
    return forlop_server_fail (error);
  printf (_("Made the municipality %s in the database."), name);
  printf ("\n");

  return FORLOP_SERVER_DONE;
}

static char **
list_in_database (const char  *conninfo,
                  GError     **error)
{
  g_autoptr (GPtrArray) found = forlop_postgres_storage_list_tenants (conninfo, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_null_terminated (8, g_free, TRUE);

  if (found == NULL)
    return NULL;
  for (unsigned int i = 0; i < found->len; i++)
    g_ptr_array_add (names, g_strdup (((ForlopPostgresTenant *) g_ptr_array_index (found, i))->name));

  return (char **) g_ptr_array_steal (names, NULL);
}

static int
list (const ForlopServerOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = options->postgres != NULL ? list_in_database (options->postgres, &error)
                                                   : forlop_tenants_list (options->folder, &error);

  if (names == NULL)
    return forlop_server_fail (error);
  for (char **name = names; *name != NULL; name++)
    printf ("%s\n", *name);

  return FORLOP_SERVER_DONE;
}

static ForlopTenant *
open_in_database (const char   *conninfo,
                  const char   *name,
                  ForlopKey    *key,
                  ForlopClock  *clock,
                  GError      **error)
{
  g_autoptr (ForlopPostgresTenant) found = forlop_postgres_storage_find_tenant (conninfo, name, error);

  return found != NULL ? forlop_tenant_open_postgres (conninfo, found, key, 1, clock, error) : NULL;
}

ForlopTenant *
forlop_server_open_tenant (const ForlopServerOptions  *options,
                           const char                 *name,
                           GError                    **error)
{
  ForlopClock *clock = options->clock;
  g_autoptr (ForlopKey) key = NULL;

  if (!forlop_tenant_name_is_valid (name))
    {
      forlop_store_error_set (error, FORLOP_STORE_ERROR_MISSING, name, NULL);
      return NULL;
    }
  key = forlop_server_key_load (options->key_file, options->folder, error);
  if (key == NULL)
    return NULL;

  return options->postgres != NULL ? open_in_database (options->postgres, name, key, clock, error)
                                   : forlop_tenant_open (options->folder, name, key, clock, error);
}

static ForlopKey *
unlock_store (const ForlopServerOptions  *options,
              GError                    **error)
{
  g_autofree char *key_path = forlop_keyring_dup_path (options->store);
  g_autoptr (ForlopKeyring) keyring = forlop_keyring_load (key_path, error);
  ForlopKey *key;
  char *passphrase;
  gsize length;

  if (keyring == NULL || !g_file_get_contents (options->passphrase_file, &passphrase, &length, error))
    return NULL;
  passphrase[strcspn (passphrase, "\r\n")] = '\0';
  key = forlop_keyring_unlock_passphrase (keyring, passphrase, error);
  sodium_memzero (passphrase, length);
  g_free (passphrase);

  return key;
}

static int
import (const ForlopServerOptions *options,
        const char                *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopTenant) tenant = NULL;
  g_autoptr (ForlopKey) key = NULL;
  g_autoptr (ForlopImportReport) report = NULL;

  if (options->store == NULL || options->passphrase_file == NULL)
    return forlop_server_usage (_("Say which file to take in: --store FILE --passphrase-file FILE."));
  key = unlock_store (options, &error);
  tenant = key != NULL ? forlop_server_open_tenant (options, name, &error) : NULL;
  if (tenant != NULL)
    report = forlop_tenant_import (tenant, options->store, key, &error);
  if (report == NULL)
    return forlop_server_fail (error);

  printf (_("%u changes in the file: %u taken in, %u refused."), report->n_changesets, report->n_taken,
          report->n_refused);
  printf ("\n");
  if (report->first_refused != NULL)
    fprintf (stderr, "%s\n", report->first_refused);

  return report->n_refused == 0 ? FORLOP_SERVER_DONE : FORLOP_SERVER_REFUSED;
}

static int
move (const ForlopServerOptions *options,
      const char                *name)
{
  g_autoptr (GError) error = NULL;
  ForlopClock *clock = options->clock;
  g_autoptr (ForlopKey) key = NULL;
  ForlopTenantMove words = {
    .folder = options->folder, .name = name, .owner = options->postgres, .role = options->role
  };
  gint64 n_rows;

  if (options->folder == NULL || options->postgres == NULL || options->role == NULL)
    return forlop_server_usage (_("Write: tenant move NAME --dir DIR --postgres CONNINFO --role NAME."));
  key = forlop_server_key_load (options->key_file, options->folder, &error);
  words.server_key = key;
  if (key == NULL || !forlop_tenant_move (&words, clock, &n_rows, &error))
    return forlop_server_fail (error);
  printf (_("Moved the municipality %s to the database and checked it. The files are kept, under other names."), name);
  printf ("\n");

  return FORLOP_SERVER_DONE;
}

/* By the owner's role; the tables of every municipality in the database. */
static int
upgrade_database (const ForlopServerOptions *options)
{
  g_autoptr (GError) error = NULL;

  if (options->postgres == NULL || options->role == NULL)
    return forlop_server_usage (_("Write: tenant upgrade --postgres CONNINFO --role NAME."));
  if (!forlop_postgres_storage_install (options->postgres, options->role, &error))
    return forlop_server_fail (error);
  printf ("%s\n", _("The database is up to date."));

  return FORLOP_SERVER_DONE;
}

int
forlop_server_tenant (const ForlopServerOptions *options,
                      char                     **words)
{
  const char *command = words[0];
  const char *name = command != NULL ? words[1] : NULL;

  if (g_strcmp0 (command, "list") == 0)
    return list (options);
  if (g_strcmp0 (command, "upgrade") == 0)
    return upgrade_database (options);
  if (name == NULL && command != NULL)
    return forlop_server_usage (_("Say which municipality."));
  if (g_strcmp0 (command, "create") == 0)
    return options->postgres != NULL ? create_in_database (options, name) : create (options, name);
  if (g_strcmp0 (command, "import") == 0)
    return import (options, name);
  if (g_strcmp0 (command, "move") == 0)
    return move (options, name);

  return forlop_server_usage (_("Say what to do with the municipality: create, list, import, move or upgrade."));
}

static int
add_account (const ForlopServerOptions *options,
             ForlopTenant              *tenant,
             const char                *name)
{
  g_autoptr (GError) error = NULL;
  char *password = forlop_accounts_add (tenant, name, options->user, &error);

  if (password == NULL)
    return forlop_server_fail (error);
  printf ("%s\n", password);
  sodium_memzero (password, strlen (password));
  g_free (password);

  return FORLOP_SERVER_DONE;
}

static int
link_account (const ForlopServerOptions *options,
              ForlopTenant              *tenant,
              const char                *name)
{
  g_autoptr (GError) error = NULL;
  const ForlopAccountLink link = {
    .name = name, .short_name = options->user, .issuer = options->issuer, .subject = options->subject,
  };

  if (!forlop_accounts_link (tenant, &link, &error))
    return forlop_server_fail (error);
  printf (_("%s signs in by browser."), options->user);
  printf ("\n");

  return FORLOP_SERVER_DONE;
}

int
forlop_server_account (const ForlopServerOptions *options,
                       char                     **words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopTenant) tenant = NULL;
  static const char *const commands[] = { "add", "first", "link", NULL };
  gboolean is_link = g_strcmp0 (words[0], "link") == 0;
  gboolean is_first = g_strcmp0 (words[0], "first") == 0;

  if (words[0] == NULL || !g_strv_contains (commands, words[0]) || words[1] == NULL || options->tenant == NULL ||
      options->user == NULL)
    return forlop_server_usage (_("Write: account add NAME --tenant NAME --user SHORT_NAME."));
  if (is_first && (options->full_name == NULL || options->unit == NULL))
    return forlop_server_usage (_("Write: account first NAME --tenant NAME --user SHORT_NAME --full-name NAME --unit "
                                  "NAME."));
  if (is_link && (options->issuer == NULL || options->subject == NULL))
    return forlop_server_usage (_("Write: account link NAME --tenant NAME --user SHORT_NAME --issuer URL --subject "
                                  "NUMBER."));
  tenant = forlop_server_open_tenant (options, options->tenant, &error);
  if (tenant == NULL)
    return forlop_server_fail (error);

  if (is_first)
    {
      const ForlopSyncSetUp first = { options->full_name, options->user, options->unit };

      if (!forlop_accounts_set_up (tenant, &first, &error))
        return forlop_server_fail (error);
    }

  return is_link ? link_account (options, tenant, words[1]) : add_account (options, tenant, words[1]);
}

int
forlop_server_openid (const ForlopServerOptions *options G_GNUC_UNUSED,
                      char                     **words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *published = NULL;

  if (g_strcmp0 (words[0], "key") != 0 || words[1] == NULL || words[2] != NULL)
    return forlop_server_usage (_("Write: openid key FILE."));
  published = forlop_openid_make_key (words[1], &error);
  if (published == NULL)
    return forlop_server_fail (error);
  printf ("%s\n", published);

  return FORLOP_SERVER_DONE;
}
