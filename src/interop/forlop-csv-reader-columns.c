/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-interop"

#include "forlop-csv-reader.h"

#include <glib/gi18n-lib.h>

#include "forlop-csv-text.h"
#include "forlop-interop-error.h"

static gboolean
name_matches (const char            *name,
              const ForlopCsvColumn *column)
{
  g_autofree char *folded = forlop_csv_text_fold (name);
  g_autofree char *wanted = forlop_csv_text_fold (column->name);

  if (g_str_equal (folded, wanted))
    return TRUE;

  if (column->aliases == NULL)
    return FALSE;

  g_auto (GStrv) aliases = g_strsplit (column->aliases, "|", -1);

  for (char **alias = aliases; *alias != NULL; alias++)
    {
      g_autofree char *other = forlop_csv_text_fold (*alias);

      if (g_str_equal (folded, other))
        return TRUE;
    }

  return FALSE;
}

static char *
list_missing (const ForlopCsvColumn *columns,
              unsigned int           n_columns,
              const int             *indices)
{
  GString *missing = g_string_new (NULL);

  for (unsigned int i = 0; i < n_columns; i++)
    if (columns[i].required && indices[i] < 0)
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", columns[i].name);

  return g_string_free_and_steal (missing);
}

/**
 * forlop_csv_reader_map_columns:
 * @columns: the columns the caller knows
 * @indices: (array length=n_columns): receives where each stands in the file, or -1
 * @unknown: (out) (optional) (transfer full): the names in the file that nobody asked for
 *
 * Finds the caller's columns whatever their order; capitals and blanks around a name do not count.
 *
 * Returns: %FALSE with %FORLOP_INTEROP_ERROR_HEADING where a required column is missing or a
 *   column stands there twice
 */
gboolean
forlop_csv_reader_map_columns (ForlopCsvReader        *self,
                               const ForlopCsvColumn  *columns,
                               unsigned int            n_columns,
                               int                    *indices,
                               char                 ***unknown,
                               GError                **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (columns != NULL && indices != NULL, FALSE);

  g_autoptr (GStrvBuilder) others = g_strv_builder_new ();

  for (unsigned int i = 0; i < n_columns; i++)
    indices[i] = -1;

  for (unsigned int at = 0; at < forlop_csv_reader_get_n_columns (self); at++)
    {
      const char *name = forlop_csv_reader_get_column_name (self, at);
      unsigned int i = 0;

      while (i < n_columns && !name_matches (name, &columns[i]))
        i++;

      if (i == n_columns && name[0] != '\0')
        g_strv_builder_add (others, name);
      if (i == n_columns)
        continue;

      if (indices[i] >= 0)
        {
          g_set_error (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_HEADING,
                       _("The column “%s” is in the heading twice. Nothing was imported; remove one "
                         "of them."), columns[i].name);
          return FALSE;
        }
      indices[i] = (int) at;
    }

  g_autofree char *missing = list_missing (columns, n_columns, indices);

  if (missing[0] != '\0')
    {
      g_set_error (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_HEADING,
                   _("These columns are missing from the heading: %s. Nothing was imported; add "
                     "them, or choose another file."), missing);
      return FALSE;
    }

  if (unknown != NULL)
    *unknown = g_strv_builder_end (others);

  return TRUE;
}
