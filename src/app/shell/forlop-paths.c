/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-paths.h"

#define SCHEMA_ID "no.forlop.Forlop"
/* So much of a fingerprint that no two meet in one folder: eight bytes of it. */
#define AUTHORITY_CHARS (8 * 3 - 1)

/* The top of the build tree this program lies in, or NULL when it is installed. A program lies two
 * folders below the top: src/app or tests/app. */
static const char *
forlop_paths_get_build_dir (void)
{
  static char *build_dir;
  static size_t once;

  if (g_once_init_enter (&once))
    {
      g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
      g_autofree char *top = NULL;
      g_autofree char *mark = NULL;

      if (program != NULL)
        {
          g_autofree char *folder = g_path_get_dirname (program);

          top = g_build_filename (folder, "..", "..", NULL);
          mark = g_build_filename (top, "data", "gschemas.compiled", NULL);
          if (g_file_test (mark, G_FILE_TEST_EXISTS))
            build_dir = g_canonicalize_filename (top, NULL);
        }
      g_once_init_leave (&once, 1);
    }

  return build_dir;
}

const char *
forlop_paths_get_locale_dir (void)
{
  static char *locale_dir;
  static size_t once;

  if (g_once_init_enter (&once))
    {
      const char *build_dir = forlop_paths_get_build_dir ();

      if (build_dir != NULL)
        locale_dir = g_build_filename (build_dir, "po", NULL);
      else
        locale_dir = g_strdup (FORLOP_LOCALEDIR);
      g_once_init_leave (&once, 1);
    }

  return locale_dir;
}

GSettings *
forlop_paths_new_settings (void)
{
  const char *build_dir = forlop_paths_get_build_dir ();
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr(GSettingsSchemaSource) build_source = NULL;
  g_autoptr(GSettingsSchema) schema = NULL;

  if (build_dir != NULL)
    {
      g_autofree char *folder = g_build_filename (build_dir, "data", NULL);

      build_source = g_settings_schema_source_new_from_directory (folder, source, TRUE, NULL);
      if (build_source != NULL)
        source = build_source;
    }

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SCHEMA_ID, TRUE);
  if (schema == NULL)
    return NULL;

  return g_settings_new_full (schema, NULL, NULL);
}

char *
forlop_paths_dup_usual_store (void)
{
  return g_build_filename (g_get_user_data_dir (), "forlop", "forlop.db", NULL);
}

char *
forlop_paths_dup_further_store (void)
{
  for (unsigned int n = 2;; n++)
    {
      g_autofree char *name = g_strdup_printf ("forlop-%u.db", n);
      g_autofree char *path = g_build_filename (g_get_user_data_dir (), "forlop", name, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
}

char *
forlop_paths_dup_authority (const char *fingerprint)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (fingerprint != NULL, NULL);

  name = g_strdup_printf ("authority-%.*s.pem", AUTHORITY_CHARS, fingerprint);
  g_strdelimit (name, ":", '-');

  return g_build_filename (g_get_user_data_dir (), "forlop", name, NULL);
}
