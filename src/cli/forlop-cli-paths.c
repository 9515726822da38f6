/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-cli-paths.h"

const char *
forlop_cli_get_locale_dir (void)
{
  static char *locale_dir;
  static size_t once;

  if (g_once_init_enter (&once))
    {
      g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
      g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : g_strdup (".");
      g_autofree char *mark = g_build_filename (folder, "..", "..", "data", "gschemas.compiled", NULL);

      if (g_file_test (mark, G_FILE_TEST_EXISTS))
        locale_dir = g_build_filename (folder, "..", "..", "po", NULL);
      else
        locale_dir = g_strdup (FORLOP_LOCALEDIR);
      g_once_init_leave (&once, 1);
    }

  return locale_dir;
}
