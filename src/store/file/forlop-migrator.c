/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-store"

#include "forlop-migrator.h"

#include <gio/gio.h>
#include <string.h>

#include "forlop-connection-private.h"
#include "forlop-store-error.h"
#include "forlop-store-resources.h"

#define SCHEMA_FOLDER "/no/forlop/Forlop/schema/"

/* "Frlp" in the file's header, so that an encrypted file of another program with the same key is
 * not taken for ours. */
#define APPLICATION_ID 0x46726c70

static int
compare_names (const void *a,
               const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * forlop_migrator_load_scripts:
 * @folder: a folder of @resource, with a slash at its end.
 *
 * Script names are "0001-what.sql"; the number is the version.
 *
 * Returns: a list for the rest of the program's life.
 */
ForlopMigration *
forlop_migrator_load_scripts (GResource  *resource,
                              const char *folder)
{
  g_return_val_if_fail (resource != NULL && folder != NULL, NULL);

  g_autoptr(GError) error = NULL;
  g_auto(GStrv) names = g_resource_enumerate_children (resource, folder,
                                                       G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  unsigned int n = names != NULL ? g_strv_length (names) : 0;
  ForlopMigration *scripts = g_new0 (ForlopMigration, n + 1);

  if (n > 0)
    qsort (names, n, sizeof *names, compare_names);
  for (unsigned int i = 0; i < n; i++)
    {
      g_autofree char *path = g_strconcat (folder, names[i], NULL);
      g_autoptr(GBytes) text =
        g_resource_lookup_data (resource, path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
      g_assert_no_error (error);
      scripts[i].version = (int) g_ascii_strtoll (names[i], NULL, 10);
      scripts[i].name = g_intern_string (names[i]);
      scripts[i].sql = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
    }

  return scripts;
}

const ForlopMigration *
forlop_migrator_get_scripts (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    g_once_init_leave (&once, (gsize) forlop_migrator_load_scripts (forlop_store_get_resource (),
                                                                   SCHEMA_FOLDER));

  return (const ForlopMigration *) once;
}

int
forlop_migrator_get_latest (const ForlopMigration *scripts)
{
  g_return_val_if_fail (scripts != NULL, 0);

  int n = 0;
  while (scripts[n].sql != NULL)
    {
      g_assert (scripts[n].version == n + 1);
      n++;
    }

  return n;
}

char *
forlop_migrator_dup_copy (const char *path,
                          int         version)
{
  g_return_val_if_fail (path != NULL && version > 0, NULL);

  return g_strdup_printf ("%s.before-v%d", path, version);
}

static gboolean
read_version (ForlopConnection  *connection,
              gint64            *version,
              GError           **error)
{
  gint64 application;
  gint64 n_tables;

  if (!forlop_connection_query_integer (connection, "PRAGMA application_id", &application, error)
      || !forlop_connection_query_integer (connection, "PRAGMA user_version", version, error)
      || !forlop_connection_query_integer (connection, "SELECT count(*) FROM sqlite_schema",
                                           &n_tables, error))
    return FALSE;

  gboolean fresh = application == 0 && *version == 0 && n_tables == 0;
  if (application == APPLICATION_ID || fresh)
    return TRUE;

  forlop_store_error_set (error, FORLOP_STORE_ERROR_NOT_A_STORE,
                          forlop_connection_get_path (connection), "application id");
  return FALSE;
}

static gboolean
keep_copy (ForlopConnection  *connection,
           int                version,
           GError           **error)
{
  g_autofree char *copy =
    forlop_migrator_dup_copy (forlop_connection_get_path (connection), version);

  return forlop_connection_checkpoint (connection, error)
         && forlop_connection_copy_file (connection, copy, error);
}

/* Foreign keys are off while tables are rebuilt, so every reference is looked up before the end. */
static gboolean
check_references (ForlopConnection  *connection,
                  GError           **error)
{
  g_autoptr(ForlopStatement) statement =
    forlop_connection_prepare (connection, "PRAGMA foreign_key_check", error);
  gboolean broken;

  if (statement == NULL || !forlop_statement_step (statement, &broken, error))
    return FALSE;

  if (!broken)
    return TRUE;

  g_autofree char *detail = g_strdup_printf ("broken reference in table %s",
                                             forlop_statement_get_text (statement, 0));
  forlop_store_error_set (error, FORLOP_STORE_ERROR_CONSTRAINT,
                          forlop_connection_get_path (connection), detail);
  return FALSE;
}

static gboolean
run_scripts (ForlopConnection       *connection,
             const ForlopMigration  *scripts,
             int                     from,
             GError                **error)
{
  int latest = forlop_migrator_get_latest (scripts);
  g_autofree char *stamp = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d;",
                                            APPLICATION_ID, latest);

  if (!forlop_connection_execute_script (connection, "BEGIN EXCLUSIVE", error))
    return FALSE;

  gboolean done = TRUE;
  for (int i = from; i < latest && done; i++)
    done = forlop_connection_execute_script (connection, scripts[i].sql, error);
  done = done
         && check_references (connection, error)
         && forlop_connection_execute_script (connection, stamp, error)
         && forlop_connection_commit (connection, error);
  if (!done)
    forlop_connection_rollback (connection);

  return done;
}

/**
 * forlop_migrator_run:
 * @connection: A writer that nobody else uses yet.
 * @scripts: Every script there is; those the file has seen are left out.
 *
 * Brings the file to the newest version in one exclusive transaction, after a copy of it is safe
 * beside it. When a script fails, the file is as it was.
 *
 * Returns: %FALSE with NEWER_FILE when a newer program has upgraded the file, or with the error of
 *   the script.
 */
gboolean
forlop_migrator_run (ForlopConnection       *connection,
                     const ForlopMigration  *scripts,
                     GError                **error)
{
  g_return_val_if_fail (FORLOP_IS_CONNECTION (connection) && scripts != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  int latest = forlop_migrator_get_latest (scripts);
  gint64 version;
  if (!read_version (connection, &version, error))
    return FALSE;

  if (version > latest)
    {
      g_autofree char *detail = g_strdup_printf ("version %" G_GINT64_FORMAT " of %d", version,
                                                 latest);
      forlop_store_error_set (error, FORLOP_STORE_ERROR_NEWER_FILE,
                              forlop_connection_get_path (connection), detail);
      return FALSE;
    }

  if (version == latest)
    return TRUE;

  if (version > 0 && !keep_copy (connection, latest, error))
    return FALSE;

  if (!forlop_connection_execute_script (connection, "PRAGMA foreign_keys = OFF", error))
    return FALSE;

  gboolean done = run_scripts (connection, scripts, (int) version, error);
  return forlop_connection_execute_script (connection, "PRAGMA foreign_keys = ON",
                                           done ? error : NULL)
         && done;
}
