/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-shift-dialog.h"

#include <glib/gi18n-lib.h>

#include "forlop-board-run.h"
#include "forlop-board-text.h"
#include "forlop-choice-store.h"
#include "forlop-window.h"

#define WIDTH 560
#define HEIGHT 640

/* One citizen that can be handed over. */
typedef struct {
  char *case_id;
  GtkCheckButton *check;
  GtkEditable *entry;
} Line;

typedef struct {
  AdwDialog *dialog;  /* borrowed: it owns this */
  GtkWidget *parent;  /* borrowed: the dialog stands on it */
  ForlopBoardPlace *place;
  AdwComboRow *to;
  GtkEditable *message;
  GArray *lines;
  char *shift_id;
  const char *act;
} Form;

static void
line_clear (gpointer data)
{
  g_free (((Line *) data)->case_id);
}

static void
form_free (gpointer data)
{
  Form *self = data;

  forlop_board_place_unref (self->place);
  g_array_unref (self->lines);
  g_free (self->shift_id);
  g_free (self);
}

static const char *
my_id (ForlopBoardPlace *place)
{
  ForlopIdentity *actor = forlop_session_get_actor (place->session);

  return actor != NULL ? forlop_identity_get_user_id (actor) : NULL;
}

static gboolean
is_mine (ForlopBoardPlace *place,
         const char       *user_id)
{
  return user_id != NULL && g_strcmp0 (user_id, my_id (place)) == 0;
}

/* The dialog with its one button; it owns the form. */
static Form *
form_new (GtkWidget        *parent,
          ForlopBoardPlace *place,
          const char       *title,
          const char       *button_label,
          GtkWidget        *content,
          GtkWidget       **button)
{
  Form *self = g_new0 (Form, 1);
  AdwToolbarView *view = ADW_TOOLBAR_VIEW (adw_toolbar_view_new ());
  GtkWidget *bar = adw_header_bar_new ();

  self->parent = parent;
  self->place = forlop_board_place_ref (place);
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_array_set_clear_func (self->lines, line_clear);
  self->dialog = adw_dialog_new ();
  adw_dialog_set_title (self->dialog, title);
  adw_dialog_set_content_width (self->dialog, WIDTH);
  adw_dialog_set_content_height (self->dialog, HEIGHT);
  if (button_label != NULL)
    {
      *button = gtk_button_new_with_mnemonic (button_label);
      gtk_widget_add_css_class (*button, "suggested-action");
      adw_header_bar_pack_end (ADW_HEADER_BAR (bar), *button);
      adw_dialog_set_default_widget (self->dialog, *button);
    }
  adw_toolbar_view_add_top_bar (view, bar);
  adw_toolbar_view_set_content (view, content);
  adw_dialog_set_child (self->dialog, GTK_WIDGET (view));
  g_object_set_data_full (G_OBJECT (self->dialog), "form", self, form_free);

  return self;
}

static char *
dup_cases (Form *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (unsigned int i = 0; i < self->lines->len; i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);
      g_autofree char *note = g_strdelimit (g_strdup (gtk_editable_get_text (line->entry)), "\n\r", ' ');

      if (gtk_check_button_get_active (line->check))
        g_string_append_printf (text, "%s %s\n", line->case_id, note);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
hand_over_cb (Form *self)
{
  GPtrArray *colleagues = self->place->colleagues;
  unsigned int selected = adw_combo_row_get_selected (self->to);
  const ForlopNamed *to = selected < colleagues->len ? g_ptr_array_index (colleagues, selected) : NULL;
  g_autofree char *cases = dup_cases (self);
  ForlopRecord *arguments;

  if (to == NULL)
    return;
  arguments = forlop_board_arguments ("hand-over-shift", "to_user_id", to->id, "cases", cases, "message",
                                      gtk_editable_get_text (self->message), NULL);
  forlop_board_run (self->parent, self->place->session, "hand-over-shift", arguments, NULL, NULL, NULL);
  adw_dialog_close (self->dialog);
}

static void
answer_cb (Form *self)
{
  forlop_board_run (self->parent, self->place->session, self->act,
                    forlop_board_arguments (self->act, "shift_handover_id", self->shift_id, NULL), NULL, NULL, NULL);
  adw_dialog_close (self->dialog);
}

static void
add_line (Form                 *self,
          AdwPreferencesGroup  *group,
          const ForlopBoardRow *row,
          gint64                now)
{
  g_autofree char *who = forlop_board_text_who (row, now);
  g_autofree char *why = forlop_board_text_why (row, now);
  g_autofree char *title = g_strdup_printf ("%s · %s · %s", who, forlop_board_text_word (row), why);
  GtkWidget *entry = adw_entry_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  Line line = { g_strdup (row->case_id), GTK_CHECK_BUTTON (check), GTK_EDITABLE (entry) };

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (entry), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), title);
  gtk_widget_add_css_class (entry, "named-entry");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_entry_row_add_prefix (ADW_ENTRY_ROW (entry), check);
  adw_preferences_group_add (group, entry);
  g_array_append_val (self->lines, line);
}

static GtkWidget *
make_receiver (Form *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *to = adw_combo_row_new ();
  GtkWidget *message = adw_entry_row_new ();

  for (unsigned int i = 0; i < self->place->colleagues->len; i++)
    gtk_string_list_append (names, ((const ForlopNamed *) g_ptr_array_index (self->place->colleagues, i))->name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (to), _("To"));
  adw_combo_row_set_model (ADW_COMBO_ROW (to), G_LIST_MODEL (names));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (message), _("Message that names no citizen"));
  adw_preferences_group_add (group, to);
  adw_preferences_group_add (group, message);
  self->to = ADW_COMBO_ROW (to);
  self->message = GTK_EDITABLE (message);

  return GTK_WIDGET (group);
}

void
forlop_shift_dialog_hand_over (GtkWidget        *widget,
                               ForlopBoardPlace *place,
                               GPtrArray        *rows,
                               gint64            now)
{
  GtkWidget *page, *group, *button;
  Form *self;

  g_return_if_fail (GTK_IS_WIDGET (widget) && place != NULL && rows != NULL);

  if (place->colleagues == NULL || place->colleagues->len == 0)
    {
      forlop_toast (widget, _("There is no other resource person in your unit to hand over to."));
      return;
    }
  page = adw_preferences_page_new ();
  group = adw_preferences_group_new ();
  self = form_new (widget, place, _("Hand over the shift"), _("_Hand over"), page, &button);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (make_receiver (self)));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Stands open"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         rows->len > 0 ? _("Write what the next should know. Who is not ticked is not "
                                                           "handed over by name.")
                                                       : _("Nothing stands open."));
  for (unsigned int i = 0; i < rows->len; i++)
    add_line (self, ADW_PREFERENCES_GROUP (group), g_ptr_array_index (rows, i), now);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (hand_over_cb), self);
  adw_dialog_present (self->dialog, widget);
  gtk_widget_grab_focus (GTK_WIDGET (self->to));
}

static GtkWidget *
make_notes (const ForlopShift *shift)
{
  GtkWidget *page = adw_preferences_page_new ();
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  if (shift->message != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (shift->message, -1);

      adw_preferences_group_set_description (group, escaped);
    }
  for (unsigned int i = 0; i < shift->notes->len; i++)
    {
      const ForlopShiftNote *note = g_ptr_array_index (shift->notes, i);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), note->name);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), note->note != NULL ? note->note : _("No note"));
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
      adw_preferences_group_add (group, row);
    }
  if (shift->notes->len == 0)
    adw_preferences_group_set_title (group, _("No citizens are handed over by name"));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), group);

  return page;
}

void
forlop_shift_dialog_read (GtkWidget         *widget,
                          ForlopBoardPlace  *place,
                          const ForlopShift *shift)
{
  GtkWidget *button = NULL;
  const char *label = NULL;
  g_autofree char *title = NULL;
  Form *self;

  g_return_if_fail (GTK_IS_WIDGET (widget) && place != NULL && shift != NULL);

  if (is_mine (place, shift->to_user_id))
    label = _("_Accept");
  else if (is_mine (place, shift->from_user_id))
    label = _("_Take back");
  /* Translators: two names */
  title = g_strdup_printf (_("Shift from %s to %s"), shift->from_name, shift->to_name);
  self = form_new (widget, place, title, label, make_notes (shift), &button);
  self->shift_id = g_strdup (shift->id);
  self->act = is_mine (place, shift->to_user_id) ? "accept-shift" : "withdraw-shift";
  if (button != NULL)
    g_signal_connect_swapped (button, "clicked", G_CALLBACK (answer_cb), self);
  adw_dialog_present (self->dialog, widget);
}

char *
forlop_shift_dup_notice (ForlopBoardPlace  *place,
                         const ForlopShift *shift)
{
  g_return_val_if_fail (place != NULL && shift != NULL, NULL);

  if (is_mine (place, shift->to_user_id))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s hands over the shift to you: %u citizen",
                                         "%s hands over the shift to you: %u citizens", shift->notes->len),
                            shift->from_name, shift->notes->len);
  if (is_mine (place, shift->from_user_id))
    /* Translators: a name */
    return g_strdup_printf (_("You have handed over the shift; %s has not accepted it"), shift->to_name);

  /* Translators: two names */
  return g_strdup_printf (_("%s has handed over the shift; %s has not accepted it"), shift->from_name, shift->to_name);
}
