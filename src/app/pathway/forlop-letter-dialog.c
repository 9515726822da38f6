/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-letter-dialog.h"

#include <glib/gi18n-lib.h>

#include "forlop-acts.h"
#include "forlop-letter-paper.h"
#include "forlop-letter-store.h"
#include "forlop-paper-keep.h"
#include "forlop-worker.h"

#define WIDTH 720
#define HEIGHT 900

struct _ForlopLetterDialog
{
  AdwDialog parent_instance;

  /* Borrowed: parts of it */
  GtkWidget *sent_row;
  GtkBox *pages;
  GtkLabel *trouble;
  GtkButton *keep_button;
  GtkButton *print_button;

  /* Borrowed: the window outlives its dialogs */
  GtkWidget *page;

  /* Owned */
  ForlopSession *session;
  ForlopLetter *letter;
};

G_DEFINE_FINAL_TYPE (ForlopLetterDialog, forlop_letter_dialog, ADW_TYPE_DIALOG)

/* One reading of the facts. */
typedef struct {
  GWeakRef dialog;
  char *case_id;
  char *subject_type;
  char *subject_id;
  gint64 now;
  DexFuture *future;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_weak_ref_clear (&asking->dialog);
  g_free (asking->case_id);
  g_free (asking->subject_type);
  g_free (asking->subject_id);
  dex_clear (&asking->future);
  g_free (asking);
}

static gpointer
load_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Asking *asking = user_data;

  return forlop_letter_store_load (connection, asking->case_id, asking->subject_type, asking->subject_id, asking->now,
                                   error);
}

static void
draw_cb (cairo_t      *cr,
         unsigned int  page,
         gpointer      letter)
{
  forlop_letter_paper_draw (letter, page, cr);
}

static void
show_pages (ForlopLetterDialog *self)
{
  unsigned int n_pages = forlop_letter_paper_count_pages (self->letter);
  g_autofree char *title = forlop_letter_paper_dup_title (self->letter);

  for (unsigned int page = 0; page < n_pages; page++)
    {
      g_autoptr (GdkTexture) texture = forlop_paper_texture_new (draw_cb, self->letter, page);
      GtkWidget *picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));
      /* Translators: the name of a document, then which page it is of how many. */
      g_autofree char *words = g_strdup_printf (_("%s, page %u of %u"), title, page + 1, n_pages);

      gtk_picture_set_alternative_text (GTK_PICTURE (picture), words);
      gtk_widget_add_css_class (picture, "card");
      gtk_box_append (self->pages, picture);
    }
}

static void
show_trouble (ForlopLetterDialog *self,
              const GError       *error)
{
  g_autofree char *text = self->letter != NULL
                            ? g_strconcat (_("The letter cannot be written yet:"), "\n\n", error->message, NULL)
                            : g_strdup (error->message);

  gtk_label_set_label (self->trouble, text);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* A letter that is sent already is not sent again. */
static gboolean
can_be_sent (ForlopLetterDialog *self)
{
  g_autoptr (ForlopActor) actor = forlop_session_dup_actor (self->session);

  return !forlop_letter_is_plan (self->letter) && !forlop_record_has (self->letter->subject, "letter_sent_on") &&
         actor != NULL && forlop_act_allows_role (forlop_act_find ("send-decision-letter"), actor->role);
}

static void
set_ready (ForlopLetterDialog *self,
           gboolean            ready)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->keep_button), ready);
  gtk_widget_set_sensitive (GTK_WIDGET (self->print_button), ready);
}

static DexFuture *
load_fiber (gpointer data)
{
  Asking *asking = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopLetter) letter = forlop_worker_await (g_steal_pointer (&asking->future), &error);
  g_autoptr (ForlopLetterDialog) self = g_weak_ref_get (&asking->dialog);

  if (self == NULL || self->pages == NULL)
    return NULL;
  self->letter = g_steal_pointer (&letter);
  if (self->letter == NULL || !forlop_letter_paper_check (self->letter, &error))
    {
      show_trouble (self, error);
      return NULL;
    }
  show_pages (self);
  gtk_widget_set_visible (gtk_widget_get_parent (self->sent_row), can_be_sent (self));
  set_ready (self, TRUE);

  return NULL;
}

static void
load (ForlopLetterDialog *self,
      const char         *case_id,
      const char         *subject_type,
      const char         *subject_id)
{
  ForlopStore *store = forlop_session_get_store (self->session);
  Asking *asking;

  if (store == NULL)
    return;
  asking = g_new0 (Asking, 1);
  g_weak_ref_init (&asking->dialog, self);
  asking->case_id = g_strdup (case_id);
  asking->subject_type = g_strdup (subject_type);
  asking->subject_id = g_strdup (subject_id);
  asking->now = forlop_session_now (self->session);
  asking->future = forlop_store_read (store, load_on_worker, asking, NULL, (GDestroyNotify) forlop_letter_free);
  dex_future_disown (dex_scheduler_spawn (NULL, 0, load_fiber, asking, asking_free));
}

static void
dialog_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
kept_cb (const GError *error,
         gpointer      user_data)
{
  g_autoptr (ForlopLetterDialog) self = g_weak_ref_get (user_data);

  if (self == NULL)
    return;
  if (error != NULL)
    {
      gtk_label_set_label (self->trouble, error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->trouble), TRUE);
    }
  else
    adw_dialog_force_close (ADW_DIALOG (self));
}

static ForlopRecord *
new_document (ForlopLetterDialog *self)
{
  ForlopRecord *arguments = forlop_acts_new_arguments (forlop_act_find ("attach-document"), NULL);
  ForlopSnapshot *snapshot = self->letter->snapshot;
  g_autofree char *title = forlop_letter_paper_dup_title (self->letter);

  forlop_record_set_text (arguments, "citizen_id", forlop_record_get_id (forlop_snapshot_get_citizen (snapshot)));
  forlop_record_set_text (arguments, "case_id", forlop_record_get_id (forlop_snapshot_get_case (snapshot)));
  forlop_record_set_text (arguments, "kind", forlop_letter_get_kind (self->letter));
  forlop_record_set_text (arguments, "title", title);
  forlop_record_set_text (arguments, "media_type", "application/pdf");

  return arguments;
}

static ForlopRecord *
new_sending (ForlopLetterDialog *self)
{
  ForlopRecord *arguments = forlop_acts_new_arguments (forlop_act_find ("send-decision-letter"), NULL);

  forlop_record_set_text (arguments, "decision_id", forlop_record_get_id (self->letter->subject));
  forlop_record_set_date (arguments, "letter_sent_on", forlop_snapshot_get_today (self->letter->snapshot));

  return arguments;
}

static void
keep (ForlopLetterDialog *self,
      gboolean            print)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = forlop_letter_paper_to_pdf (self->letter, &error);
  gboolean sent = can_be_sent (self) && adw_switch_row_get_active (ADW_SWITCH_ROW (self->sent_row));
  g_autoptr (ForlopRecord) sending = NULL;
  g_autoptr (ForlopRecord) document = NULL;
  ForlopActCall calls[2];
  unsigned int n_calls = 0;
  ForlopPaperPrint printing;
  GWeakRef *dialog;

  if (pdf == NULL)
    {
      show_trouble (self, error);
      return;
    }

  sending = new_sending (self);
  document = new_document (self);
  if (sent)
    calls[n_calls++] = (ForlopActCall) { forlop_act_find ("send-decision-letter"), sending };
  calls[n_calls++] = (ForlopActCall) { forlop_act_find ("attach-document"), document };
  printing = (ForlopPaperPrint) {
    .job_name = forlop_letter_is_plan (self->letter) ? _("Self-treatment plan") : _("Decision letter"),
    .citizen_id = forlop_record_get_id (forlop_snapshot_get_citizen (self->letter->snapshot)),
    .n_pages = forlop_letter_paper_count_pages (self->letter),
    .draw = draw_cb, .data_free = (GDestroyNotify) forlop_letter_free,
  };
  if (print)
    printing.data = g_steal_pointer (&self->letter);
  set_ready (self, FALSE);
  dialog = g_new0 (GWeakRef, 1);
  g_weak_ref_init (dialog, self);
  forlop_paper_keep (self->page, self->session, pdf, calls, n_calls, print ? &printing : NULL, kept_cb, dialog,
                     dialog_ref_free);
}

static void
keep_clicked_cb (ForlopLetterDialog *self)
{
  keep (self, FALSE);
}

static void
print_clicked_cb (ForlopLetterDialog *self)
{
  keep (self, TRUE);
}

static void
forlop_letter_dialog_dispose (GObject *object)
{
  ForlopLetterDialog *self = FORLOP_LETTER_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->letter, forlop_letter_free);
  self->pages = NULL;

  G_OBJECT_CLASS (forlop_letter_dialog_parent_class)->dispose (object);
}

static void
forlop_letter_dialog_class_init (ForlopLetterDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = forlop_letter_dialog_dispose;
}

static void
forlop_letter_dialog_init (ForlopLetterDialog *self)
{
  adw_dialog_set_content_width (ADW_DIALOG (self), WIDTH);
  adw_dialog_set_content_height (ADW_DIALOG (self), HEIGHT);
}

static GtkButton *
new_button (const char *label,
            GCallback   clicked,
            gpointer    self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_sensitive (button, FALSE);
  g_signal_connect_swapped (button, "clicked", clicked, self);

  return GTK_BUTTON (button);
}

/* What is shown above the pages: that it is sent, and what is in the way. */
static GtkWidget *
build_top (ForlopLetterDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *group = gtk_list_box_new ();

  self->sent_row = g_object_new (ADW_TYPE_SWITCH_ROW, "title", _("It is sent today"), "subtitle",
                                 _("Recorded on the decision together with the letter."), NULL);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (group), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (group, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (group), self->sent_row);
  gtk_widget_set_visible (group, FALSE);
  self->trouble = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->trouble, TRUE);
  gtk_label_set_xalign (self->trouble, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), FALSE);
  self->pages = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->trouble));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->pages));
  g_object_set (box, "margin-top", 12, "margin-bottom", 24, "margin-start", 12, "margin-end", 12, NULL);

  return box;
}

static void
build (ForlopLetterDialog *self)
{
  GtkWidget *toolbar = adw_toolbar_view_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  self->keep_button = new_button (_("_Keep in the case"), G_CALLBACK (keep_clicked_cb), self);
  self->print_button = new_button (_("Keep and _print…"), G_CALLBACK (print_clicked_cb), self);
  gtk_widget_add_css_class (GTK_WIDGET (self->keep_button), "suggested-action");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), WIDTH - 60);
  adw_clamp_set_child (ADW_CLAMP (clamp), build_top (self));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  /* The pages are as wide as there is room, and are scrolled, not shrunk. */
  gtk_scrollable_set_vscroll_policy (GTK_SCROLLABLE (gtk_widget_get_parent (clamp)), GTK_SCROLL_NATURAL);

  g_object_set (foot, "margin-top", 9, "margin-bottom", 9, "margin-start", 12, "margin-end", 12, "halign",
                GTK_ALIGN_END, NULL);
  gtk_box_append (GTK_BOX (foot), GTK_WIDGET (self->print_button));
  gtk_box_append (GTK_BOX (foot), GTK_WIDGET (self->keep_button));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), scroller);
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (toolbar), foot);
  adw_dialog_set_child (ADW_DIALOG (self), toolbar);
}

void
forlop_letter_dialog_present (GtkWidget     *parent,
                              ForlopSession *session,
                              const char    *case_id,
                              const char    *subject_type,
                              const char    *subject_id)
{
  ForlopLetterDialog *self;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (case_id != NULL && subject_type != NULL && subject_id != NULL);

  self = g_object_new (FORLOP_TYPE_LETTER_DIALOG, NULL);
  self->page = parent;
  self->session = g_object_ref (session);
  adw_dialog_set_title (ADW_DIALOG (self), g_str_equal (subject_type, "care_plan") ? _("Self-treatment plan on paper")
                                                                                   : _("Decision letter"));
  build (self);
  adw_dialog_present (ADW_DIALOG (self), parent);
  load (self, case_id, subject_type, subject_id);
}
