/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-interop"

#include "forlop-csv-reader.h"

#include <glib/gi18n-lib.h>

#include "forlop-csv-text.h"
#include "forlop-interop-error.h"

static void
add_name (GHashTable   *names,
          const char   *name,
          unsigned int  index)
{
  g_hash_table_insert (names, forlop_csv_text_fold (name), GUINT_TO_POINTER (index));
}

/* Every name the caller knows, folded, with its place among the caller's columns. */
static GHashTable *
fold_names (const ForlopCsvColumn *columns,
            unsigned int           n_columns)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (unsigned int i = 0; i < n_columns; i++)
    {
      add_name (names, columns[i].name, i);
      if (columns[i].aliases == NULL)
        continue;

      g_auto (GStrv) aliases = g_strsplit (columns[i].aliases, "|", -1);

      for (char **alias = aliases; *alias != NULL; alias++)
        add_name (names, *alias, i);
    }

  return names;
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
  g_autoptr (GHashTable) names = fold_names (columns, n_columns);

  for (unsigned int i = 0; i < n_columns; i++)
    indices[i] = -1;

  for (unsigned int at = 0; at < forlop_csv_reader_get_n_columns (self); at++)
    {
      const char *name = forlop_csv_reader_get_column_name (self, at);
      g_autofree char *folded = forlop_csv_text_fold (name);
      gpointer found = NULL;

      if (!g_hash_table_lookup_extended (names, folded, NULL, &found))
        {
          if (name[0] != '\0')
            g_strv_builder_add (others, name);
          continue;
        }

      unsigned int i = GPOINTER_TO_UINT (found);

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
