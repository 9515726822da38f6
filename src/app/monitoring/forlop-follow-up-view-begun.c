/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-follow-up-view-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-begun-store.h"
#include "forlop-format.h"
#include "forlop-window.h"

/* What was begun about somebody who is not on the board that is shown, told of above the list: a filter or a
 * unit leaves them out, or their follow-up has ended meanwhile. */

#define TEXT_HEIGHT 240

/* Who it is about, and where it was begun. */
typedef struct {
  GWeakRef view;
  ForlopBoardPlace *place;
  ForlopBegun *begun; /* borrowed from the place */
} Left;

static void
left_free (gpointer  data,
           GClosure *closure G_GNUC_UNUSED)
{
  Left *left = data;

  g_weak_ref_clear (&left->view);
  forlop_board_place_unref (left->place);
  g_free (left);
}

static Left *
left_new (ForlopFollowUpView *self,
          ForlopBoardPlace   *place,
          ForlopBegun        *begun)
{
  Left *left = g_new0 (Left, 1);

  g_weak_ref_init (&left->view, self);
  left->place = forlop_board_place_ref (place);
  left->begun = begun;

  return left;
}

/* The words of it, as they would stand in a record. */
static char *
dup_words (const ForlopBoardDraft *draft)
{
  g_autoptr (GString) words = g_string_new (draft->text);

  if (draft->task != NULL && *draft->task != '\0')
    {
      if (words->len > 0)
        g_string_append_c (words, '\n');
      /* Translators: what somebody was going to leave as a task */
      g_string_append_printf (words, _("Follow-up task: %s"), draft->task);
    }
  if (words->len == 0)
    {
      g_autofree char *minutes = forlop_duration_format (draft->minutes * FORLOP_MINUTE);

      g_string_append (words, minutes);
    }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
response_cb (AdwAlertDialog *dialog G_GNUC_UNUSED,
             const char     *response,
             Left           *left)
{
  g_autoptr (ForlopFollowUpView) self = g_weak_ref_get (&left->view);
  const ForlopBoardDraft *draft = self != NULL
    ? forlop_board_drafts_find (self->drafts, left->place, left->begun->case_id) : NULL;

  if (draft == NULL)
    return;

  if (g_str_equal (response, "copy"))
    {
      g_autofree char *words = dup_words (draft);

      gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), words);
      forlop_toast (GTK_WIDGET (self), _("Text copied. It is kept here until you throw it away"));
    }
  else if (g_str_equal (response, "discard"))
    {
      forlop_board_drafts_put (self->drafts, left->place->session, left->place->reader_id, left->begun->case_id, NULL);
      forlop_view_queue_refresh (FORLOP_VIEW (self));
    }
}

static GtkWidget *
new_text (const char *words)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), TEXT_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), label);

  return scroller;
}

static void
show_clicked_cb (GtkWidget *button G_GNUC_UNUSED,
                 Left      *left)
{
  g_autoptr (ForlopFollowUpView) self = g_weak_ref_get (&left->view);
  const ForlopBoardDraft *draft = self != NULL
    ? forlop_board_drafts_find (self->drafts, left->place, left->begun->case_id) : NULL;
  g_autofree char *words = NULL;
  AdwAlertDialog *dialog;

  if (draft == NULL)
    return;

  words = dup_words (draft);
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (left->begun->name != NULL ? left->begun->name
                                                                             : _("Begun, not saved"), NULL));
  adw_alert_dialog_set_body (dialog, _("You wrote this and did not save it. The citizen is not on the board that is "
                                       "shown: a filter leaves them out, or the follow-up has ended."));
  adw_alert_dialog_set_extra_child (dialog, new_text (words));
  adw_alert_dialog_add_responses (dialog, "keep", _("_Keep"), "discard", _("_Throw away"), "copy", _("_Copy"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "keep");
  adw_alert_dialog_set_close_response (dialog, "keep");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), left_new (self, left->place, left->begun),
                         left_free, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
add_notice (ForlopFollowUpView *self,
            ForlopBoardPlace   *place,
            ForlopBegun        *begun)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Show"));
  /* Translators: the name of a citizen */
  g_autofree char *sentence = begun->name != NULL
    ? g_strdup_printf (_("What you began to write about %s is kept."), begun->name)
    : g_strdup (_("What you began to write about somebody who is no longer here is kept."));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_data (button, "clicked", G_CALLBACK (show_clicked_cb), left_new (self, place, begun), left_free,
                         G_CONNECT_DEFAULT);
  forlop_place_add_notice_with (self->notices, sentence, button);
}

/* Borrowed case ids. */
static GHashTable *
list_shown (ForlopBoard *board)
{
  GHashTable *shown = g_hash_table_new (g_str_hash, g_str_equal);

  for (unsigned int i = 0; i < board->rows->len; i++)
    g_hash_table_add (shown, ((ForlopBoardRow *) g_ptr_array_index (board->rows, i))->case_id);

  return shown;
}

unsigned int
forlop_follow_up_view_fill_begun (ForlopFollowUpView *self,
                                  ForlopBoard        *board)
{
  g_autoptr (GHashTable) shown = NULL;
  unsigned int n = 0;

  for (unsigned int i = 0; i < self->places->len; i++)
    {
      ForlopBoardPlace *place = g_ptr_array_index (self->places, i);
      GHashTableIter iter;
      gpointer begun;

      if (place->begun == NULL || g_hash_table_size (place->begun) == 0)
        continue;
      if (shown == NULL)
        shown = list_shown (board);
      g_hash_table_iter_init (&iter, place->begun);
      while (g_hash_table_iter_next (&iter, NULL, &begun))
        if (!g_hash_table_contains (shown, ((ForlopBegun *) begun)->case_id) &&
            forlop_board_drafts_find (self->drafts, place, ((ForlopBegun *) begun)->case_id) != NULL)
          {
            add_notice (self, place, begun);
            n++;
          }
    }

  return n;
}
