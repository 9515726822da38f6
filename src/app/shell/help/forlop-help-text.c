/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-help-text.h"

#include <string.h>

/* Somebody who reads Nynorsk rather reads Bokmål than English. */
static const char *
forlop_help_text_fallback (const char *language)
{
  if (g_str_equal (language, "nn") || g_str_equal (language, "no") ||
      g_str_equal (language, "da") || g_str_equal (language, "sv"))
    return "nb";

  return NULL;
}

static char *
forlop_help_text_load_in (const char *language,
                          const char *page)
{
  g_autofree char *path = NULL;
  g_autoptr(GBytes) bytes = NULL;

  path = g_strdup_printf ("/no/forlop/Forlop/help/%s/%s.md", language, page);
  bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  if (bytes == NULL)
    return NULL;

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

char *
forlop_help_text_load (const char *page)
{
  const char *const *languages = g_get_language_names ();

  g_return_val_if_fail (page != NULL, NULL);

  for (unsigned int i = 0; languages[i] != NULL; i++)
    {
      const char *fallback = forlop_help_text_fallback (languages[i]);
      char *text = forlop_help_text_load_in (languages[i], page);

      if (text == NULL && fallback != NULL)
        text = forlop_help_text_load_in (fallback, page);
      if (text != NULL)
        return text;
    }

  return forlop_help_text_load_in ("en", page);
}

char *
forlop_help_text_markup (const char *line)
{
  g_autofree char *escaped = NULL;
  g_autoptr(GString) markup = NULL;
  gboolean emphasis = FALSE;
  gboolean key = FALSE;

  g_return_val_if_fail (line != NULL, NULL);

  escaped = g_markup_escape_text (line, -1);
  markup = g_string_new (NULL);
  for (const char *at = escaped; *at != '\0'; at++)
    {
      if (*at == '*' && !key)
        {
          g_string_append (markup, emphasis ? "</b>" : "<b>");
          emphasis = !emphasis;
        }
      else if (*at == '`' && !emphasis)
        {
          g_string_append (markup, key ? "</tt>" : "<tt>");
          key = !key;
        }
      else
        {
          g_string_append_c (markup, *at);
        }
    }
  if (emphasis)
    g_string_append (markup, "</b>");
  if (key)
    g_string_append (markup, "</tt>");

  return g_string_free_and_steal (g_steal_pointer (&markup));
}

static GtkWidget *
forlop_help_text_new_label (const char *line)
{
  g_autofree char *markup = forlop_help_text_markup (line);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);

  return label;
}

static GtkWidget *
forlop_help_text_new_heading (const char *line,
                              gboolean    first_level)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING,
                                   "label", line,
                                   "wrap", TRUE,
                                   "xalign", 0.0f,
                                   NULL);

  gtk_widget_add_css_class (label, first_level ? "title-1" : "title-4");
  gtk_accessible_update_property (GTK_ACCESSIBLE (label),
                                  GTK_ACCESSIBLE_PROPERTY_LEVEL, first_level ? 1 : 2, -1);

  return label;
}

static GtkWidget *
forlop_help_text_new_point (const char *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *mark = g_object_new (GTK_TYPE_LABEL,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                  "label", "•",
                                  "valign", GTK_ALIGN_START,
                                  NULL);

  gtk_widget_set_margin_start (box, 6);
  gtk_box_append (GTK_BOX (box), mark);
  gtk_box_append (GTK_BOX (box), forlop_help_text_new_label (line));

  return box;
}

void
forlop_help_text_append (GtkBox     *box,
                         const char *text)
{
  g_auto(GStrv) lines = NULL;

  g_return_if_fail (GTK_IS_BOX (box));
  g_return_if_fail (text != NULL);

  lines = g_strsplit (text, "\n", -1);
  for (unsigned int i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);

      if (*line == '\0')
        continue;
      else if (g_str_has_prefix (line, "## "))
        gtk_box_append (box, forlop_help_text_new_heading (line + strlen ("## "), FALSE));
      else if (g_str_has_prefix (line, "# "))
        gtk_box_append (box, forlop_help_text_new_heading (line + strlen ("# "), TRUE));
      else if (g_str_has_prefix (line, "- "))
        gtk_box_append (box, forlop_help_text_new_point (line + strlen ("- ")));
      else
        gtk_box_append (box, forlop_help_text_new_label (line));
    }
}
