/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>
#include <libdex.h>

/* Noon in Oslo on Sunday 22 November 2026. */
#define NOON G_GINT64_CONSTANT (1795345200000)

/* Lets everything that is ready happen. */
static inline void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static inline void
count_cb (gpointer user_data)
{
  unsigned int *count = user_data;

  (*count)++;
}

/* A window with the widget in it, on the screen and laid out. */
static inline GtkWidget *
show_in_window (GtkWidget *widget,
                int        width)
{
  GtkWidget *window = adw_window_new ();

  gtk_widget_set_size_request (window, 200, 200);
  gtk_window_set_default_size (GTK_WINDOW (window), width, 600);
  adw_window_set_content (ADW_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  for (unsigned int turns = 0; turns < 10000 && gtk_widget_get_width (widget) == 0; turns++)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (gtk_widget_get_width (widget), >, 0);

  return window;
}

static inline GtkWidget *
find_by_type (GtkWidget *root,
              GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_by_type (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}
