/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-follow-up-view-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-empty-state.h"
#include "forlop-format.h"

/* A board that cannot be read says so, and never shows an old one as if it were new. */

/* The first line is for people. */
static char *
dup_sentence (const GError *error)
{
  return g_strndup (error->message, strcspn (error->message, "\n"));
}

/* What follows is for whoever mends it: folded away, and to be copied. */
static GtkWidget *
new_details (const char *details)
{
  GtkWidget *expander = gtk_expander_new (_("Details"));
  GtkWidget *label = gtk_label_new (details);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_expander_set_child (GTK_EXPANDER (expander), label);
  gtk_widget_set_margin_start (expander, 24);
  gtk_widget_set_margin_end (expander, 24);
  gtk_widget_set_margin_bottom (expander, 24);

  return expander;
}

static void
add_page (ForlopFollowUpView *self,
          const GError       *error)
{
  g_autofree char *sentence = dup_sentence (error);
  GtkWidget *present = gtk_stack_get_child_by_name (self->stack, "trouble");
  GtkWidget *state = forlop_empty_state_new ("dialog-warning-symbolic", _("The board could not be read"), sentence);
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  if (present != NULL)
    gtk_stack_remove (self->stack, present);
  forlop_empty_state_set_act (FORLOP_EMPTY_STATE (state), _("_Try again"), "follow-up.again");
  gtk_widget_set_vexpand (state, TRUE);
  gtk_box_append (GTK_BOX (page), state);
  if (error->message[strlen (sentence)] != '\0')
    gtk_box_append (GTK_BOX (page), new_details (error->message + strlen (sentence) + 1));
  gtk_stack_add_named (self->stack, page, "trouble");
  gtk_stack_set_visible_child_name (self->stack, "trouble");
  forlop_follow_up_view_update_panes (self);
}

static void
add_notice (ForlopFollowUpView *self,
            const char         *sentence)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Try again"));

  if (self->trouble != NULL)
    gtk_box_remove (self->notices, self->trouble);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "follow-up.again");
  forlop_place_add_notice_with (self->notices, sentence, button);
  g_set_weak_pointer (&self->trouble, gtk_widget_get_last_child (GTK_WIDGET (self->notices)));
}

void
forlop_follow_up_view_tell_trouble (ForlopFollowUpView *self,
                                    const GError       *error)
{
  gint64 now = forlop_session_now (forlop_view_get_session (FORLOP_VIEW (self)));
  gboolean is_first = self->trouble_since == FORLOP_INSTANT_NONE;
  g_autofree char *reason = dup_sentence (error);
  g_autofree char *sentence = NULL;

  if (is_first)
    self->trouble_since = now;
  if (!forlop_follow_up_view_is_read (self))
    {
      add_page (self, error);
    }
  else
    {
      g_autofree char *when = forlop_instant_format (self->read_at);

      /* Translators: date and time, and a sentence that says why */
      sentence = g_strdup_printf (_("This is the board of %s. It could not be read since. %s"), when, reason);
      add_notice (self, sentence);
      gtk_widget_set_tooltip_text (self->trouble, error->message);
    }
  if (is_first)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence != NULL ? sentence : reason,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
  forlop_view_set_busy (FORLOP_VIEW (self), FALSE);
}

void
forlop_follow_up_view_again_action (GtkWidget  *widget,
                                    const char *action_name G_GNUC_UNUSED,
                                    GVariant   *parameter G_GNUC_UNUSED)
{
  forlop_view_queue_refresh (FORLOP_VIEW (widget));
}
