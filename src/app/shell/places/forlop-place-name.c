/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-place-name.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Municipalities are called on the server as in addresses: in small letters. */
static char *
dup_capitalized (const char *tenant)
{
  g_autofree char *first = g_utf8_substring (tenant, 0, MIN (g_utf8_strlen (tenant, -1), 1));
  g_autofree char *upper = g_utf8_strup (first, -1);

  return g_strconcat (upper, tenant + strlen (first), NULL);
}

char *
forlop_place_name_dup (const char *tenant,
                       const char *path,
                       gboolean    may_be_new)
{
  g_autofree char *file = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (tenant != NULL)
    return dup_capitalized (tenant);
  if (may_be_new && !g_file_test (path, G_FILE_TEST_EXISTS))
    return g_strdup (_("New municipality"));

  file = g_path_get_basename (path);
  if (strrchr (file, '.') != NULL && file[0] != '.')
    *strrchr (file, '.') = '\0';

  return dup_capitalized (file);
}
