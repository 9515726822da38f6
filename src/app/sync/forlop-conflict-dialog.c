/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-conflict-dialog.h"

#include <glib/gi18n-lib.h>

#include "forlop-form.h"
#include "forlop-json.h"
#include "forlop-open-record.h"

typedef struct {
  GtkWidget *page; /* borrowed: the window outlives its dialogs */
  AdwDialog *dialog;
  ForlopForm *form;
  ForlopSession *session;
  ForlopRecord *conflict;
} Writing;

static void
writing_free (gpointer  data,
              GClosure *closure G_GNUC_UNUSED)
{
  Writing *writing = data;

  g_clear_object (&writing->session);
  g_clear_object (&writing->conflict);
  g_free (writing);
}

void
forlop_conflict_resolve (GtkWidget     *widget,
                         ForlopSession *session,
                         ForlopRecord  *conflict,
                         const char    *resolution,
                         const char    *values)
{
  const ForlopAct *act = forlop_act_find ("resolve-conflict");
  g_autoptr (ForlopRecord) arguments = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (FORLOP_IS_RECORD (conflict));
  g_return_if_fail (act != NULL && resolution != NULL);

  arguments = forlop_acts_new_arguments (act, NULL);
  forlop_record_set_text (arguments, "conflict_id", forlop_record_get_id (conflict));
  forlop_record_set_text (arguments, "resolution", resolution);
  forlop_record_set_text (arguments, "values", values);
  forlop_open_do (widget, session, act, arguments);
}

static void
save_cb (GtkWidget *widget G_GNUC_UNUSED,
         Writing   *writing)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (yyjson_mut_doc) doc = forlop_form_collect (writing->form, &error);
  g_autofree char *values = NULL;

  if (doc == NULL)
    return;
  values = forlop_json_write (doc, FALSE);
  forlop_conflict_resolve (writing->page, writing->session, writing->conflict, "edited", values);
  adw_dialog_close (writing->dialog);
}

static GtkWidget *
new_form (ForlopSession     *session,
          ForlopRecord      *conflict,
          const char *const *names)
{
  const ForlopRecordType *type =
    forlop_record_type_find (forlop_record_get_text (conflict, "record_type"));
  const char *mine = forlop_record_get_text (conflict, "mine");
  g_autoptr (yyjson_doc) doc = forlop_json_parse (mine != NULL ? mine : "{}", -1, NULL);
  GtkWidget *form = forlop_form_new (forlop_session_get_clock (session));

  forlop_form_add_group (FORLOP_FORM (form), NULL, type, names);
  if (doc != NULL)
    forlop_form_load_json (FORLOP_FORM (form), yyjson_doc_get_root (doc));

  return form;
}

static GtkWidget *
new_content (const char *theirs,
             GtkWidget  *form)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *whose = gtk_label_new (_("Theirs"));
  GtkWidget *text = gtk_label_new (theirs);

  gtk_label_set_xalign (GTK_LABEL (whose), 0);
  gtk_widget_add_css_class (whose, "caption");
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (side, "forlop-conflict-side");
  gtk_box_append (GTK_BOX (side), whose);
  gtk_box_append (GTK_BOX (side), text);
  gtk_box_append (GTK_BOX (content), side);
  gtk_box_append (GTK_BOX (content), form);
  gtk_widget_set_margin_top (content, 12);
  gtk_widget_set_margin_bottom (content, 12);
  gtk_widget_set_margin_start (content, 12);
  gtk_widget_set_margin_end (content, 12);

  return content;
}

void
forlop_conflict_dialog_present (GtkWidget         *widget,
                                ForlopSession     *session,
                                ForlopRecord      *conflict,
                                const char *const *names,
                                const char        *theirs)
{
  AdwDialog *dialog;
  GtkWidget *view, *bar, *save, *scroller, *form;
  Writing *writing;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (FORLOP_IS_RECORD (conflict));
  g_return_if_fail (names != NULL && theirs != NULL);

  dialog = adw_dialog_new ();
  view = adw_toolbar_view_new ();
  bar = adw_header_bar_new ();
  save = gtk_button_new_with_mnemonic (_("_Save"));
  scroller = gtk_scrolled_window_new ();
  form = new_form (session, conflict, names);
  writing = g_new0 (Writing, 1);
  writing->page = GTK_WIDGET (gtk_widget_get_root (widget));
  writing->dialog = dialog;
  writing->form = FORLOP_FORM (form);
  writing->session = g_object_ref (session);
  writing->conflict = g_object_ref (conflict);

  gtk_widget_add_css_class (save, "suggested-action");
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), save);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), new_content (theirs, form));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), bar);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scroller);
  adw_dialog_set_title (dialog, _("Write it anew"));
  adw_dialog_set_content_width (dialog, 560);
  adw_dialog_set_child (dialog, view);
  g_signal_connect_data (save, "clicked", G_CALLBACK (save_cb), writing, writing_free,
                         G_CONNECT_DEFAULT);
  g_signal_connect (form, "save", G_CALLBACK (save_cb), writing);
  adw_dialog_present (dialog, widget);
  gtk_widget_grab_focus (form);
}
