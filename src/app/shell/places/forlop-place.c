/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-place.h"

#include <glib/gi18n-lib.h>

#include "forlop-first-fetch-page.h"

void
forlop_place_free (ForlopPlace *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->workplace);
  g_clear_object (&self->session);
  g_free (self->name);
  g_free (self);
}

GPtrArray *
forlop_places_new (ForlopSession *own,
                   gboolean       everywhere)
{
  GPtrArray *places = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_place_free);
  ForlopPlace *first = g_new0 (ForlopPlace, 1);
  GListModel *known;
  unsigned int n;

  g_return_val_if_fail (FORLOP_IS_SESSION (own), places);

  first->session = g_object_ref (own);
  g_ptr_array_add (places, first);
  known = forlop_session_get_places (own);
  n = everywhere && known != NULL ? g_list_model_get_n_items (known) : 0;
  for (unsigned int i = 0; n > 1 && i < n; i++)
    {
      g_autoptr(ForlopWorkplace) workplace = g_list_model_get_item (known, i);
      ForlopSession *session = forlop_workplace_get_session (workplace);
      ForlopPlace *place = session == own ? first : NULL;

      /* One that is just being added is not set up yet. */
      if (session == NULL)
        continue;
      if (place == NULL)
        {
          place = g_new0 (ForlopPlace, 1);
          place->session = g_object_ref (session);
          g_ptr_array_add (places, place);
        }
      place->name = g_strdup (forlop_workplace_get_name (workplace));
      place->workplace = g_steal_pointer (&workplace);
    }

  return places;
}

static void
follow (ForlopView   *view,
        GListModel   *places,
        unsigned int  position,
        unsigned int  added)
{
  for (unsigned int i = position; i < position + added; i++)
    {
      g_autoptr(ForlopWorkplace) workplace = g_list_model_get_item (places, i);
      ForlopSession *session = forlop_workplace_get_session (workplace);

      if (session == forlop_view_get_session (view))
        continue;
      g_signal_connect_object (session, "changed", G_CALLBACK (forlop_view_queue_refresh), view,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "notify::status-text", G_CALLBACK (forlop_view_queue_refresh), view,
                               G_CONNECT_SWAPPED);
    }
}

static void
places_changed_cb (ForlopView   *view,
                   unsigned int  position,
                   unsigned int  removed G_GNUC_UNUSED,
                   unsigned int  added,
                   GListModel   *places)
{
  follow (view, places, position, added);
  forlop_view_queue_refresh (view);
}

void
forlop_places_follow (ForlopView *view)
{
  ForlopSession *session;
  GListModel *places;

  g_return_if_fail (FORLOP_IS_VIEW (view));

  session = forlop_view_get_session (view);
  places = session != NULL ? forlop_session_get_places (session) : NULL;
  if (places == NULL)
    return;

  g_signal_connect_object (places, "items-changed", G_CALLBACK (places_changed_cb), view, G_CONNECT_SWAPPED);
  follow (view, places, 0, g_list_model_get_n_items (places));
}

GtkWidget *
forlop_place_go_to (const ForlopPlace *self,
                    GtkWidget         *widget)
{
  GtkWindow *window;

  g_return_val_if_fail (self != NULL, widget);
  g_return_val_if_fail (GTK_IS_WIDGET (widget), widget);

  window = self->workplace != NULL ? forlop_workplace_get_window (self->workplace) : NULL;
  if (self->workplace == NULL || (window != NULL && GTK_ROOT (window) == gtk_widget_get_root (widget)))
    return widget;

  forlop_workplace_present (self->workplace);
  window = forlop_workplace_get_window (self->workplace);

  return window != NULL ? GTK_WIDGET (window) : widget;
}

char *
forlop_place_dup_notice (const ForlopPlace *self,
                         const GError      *error)
{
  ForlopStatus status;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->name == NULL)
    return NULL;
  if (forlop_session_get_store (self->session) == NULL)
    return g_strdup_printf (_("%s is not open. Nobody from there is shown."), self->name);
  if (error != NULL)
    /* Translators: a municipality, and a sentence that says why */
    return g_strdup_printf (_("%s could not be read, so nobody from there is shown. %s"), self->name,
                            error->message);
  if (forlop_first_fetch_page_is_needed (self->session))
    return g_strdup_printf (_("%s is being fetched. Not everybody from there is shown yet."), self->name);
  status = forlop_session_get_status (self->session);
  if (status == FORLOP_STATUS_OFFLINE || status == FORLOP_STATUS_STOPPED)
    /* Translators: a municipality, and how it stands with its server: "No contact with the server since
     * 09.12; your work is saved here" */
    return g_strdup_printf (_("%s is shown as it was last heard of: %s"), self->name,
                            forlop_session_get_status_text (self->session));

  return NULL;
}

static void
open_clicked_cb (ForlopWorkplace *workplace)
{
  forlop_workplace_present (workplace);
}

void
forlop_place_add_notice_with (GtkBox     *notices,
                              const char *sentence,
                              GtkWidget  *button)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-information-symbolic");
  GtkWidget *label = gtk_label_new (sentence);

  g_return_if_fail (GTK_IS_BOX (notices));

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  /* A long sentence does not make the list wider. */
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  if (button != NULL)
    gtk_box_append (GTK_BOX (box), button);
  gtk_widget_add_css_class (box, "forlop-board-notice");
  gtk_box_append (notices, box);
  gtk_widget_set_visible (GTK_WIDGET (notices), TRUE);
}

void
forlop_place_add_notice (const ForlopPlace *self,
                         GtkBox            *notices,
                         const char        *sentence)
{
  GtkWidget *button = NULL;

  g_return_if_fail (self != NULL);

  if (self->workplace != NULL && forlop_session_get_store (self->session) == NULL)
    {
      button = gtk_button_new_with_mnemonic (_("_Open"));
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_signal_connect_object (button, "clicked", G_CALLBACK (open_clicked_cb), self->workplace, G_CONNECT_SWAPPED);
    }
  forlop_place_add_notice_with (notices, sentence, button);
}

void
forlop_place_clear_notices (GtkBox *notices)
{
  GtkWidget *child;

  g_return_if_fail (GTK_IS_BOX (notices));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (notices))) != NULL)
    gtk_box_remove (notices, child);
  gtk_widget_set_visible (GTK_WIDGET (notices), FALSE);
}
