/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-gp-dialog.h"

#include <glib/gi18n-lib.h>

#include "forlop-error.h"
#include "forlop-form.h"
#include "forlop-gp-page.h"
#include "forlop-gp-summary-store.h"
#include "forlop-json.h"
#include "forlop-paper-keep.h"
#include "forlop-worker.h"

/* Milliseconds without a key before the page is read anew. */
#define PAUSE 350
#define WIDTH 860
#define HEIGHT 900

struct _ForlopGpDialog
{
  AdwDialog parent_instance;

  /* Borrowed: parts of it */
  ForlopForm *form;
  GtkPicture *picture;
  GtkLabel *trouble;
  GtkButton *keep_button;
  GtkButton *print_button;

  /* Borrowed: the window outlives its dialogs */
  GtkWidget *page;

  /* Owned */
  ForlopSession *session;
  char *case_id;
  char *citizen_id;
  ForlopGpSummary *summary;
  unsigned int timeout;
  unsigned int asked;
  unsigned int answered;

  /* What was asked for before the page had what was written last. */
  gboolean keeps;
  gboolean prints;
};

G_DEFINE_FINAL_TYPE (ForlopGpDialog, forlop_gp_dialog, ADW_TYPE_DIALOG)

static const ForlopField fields[] = {
  { .name = "since", .label = N_("Tells of the time since"), .kind = FORLOP_KIND_DATE,
    .hint = N_("Empty: since the last summary, or the last 90 days.") },
  { .name = "question", .label = N_("What you ask of the GP"), .kind = FORLOP_KIND_NOTE,
    .hint = N_("It stands first on the page. Leave it empty when it is only for information.") },
};

/* One reading of the facts. */
typedef struct {
  GWeakRef dialog;
  unsigned int number;
  char *case_id;
  char *user_id;
  char *question;
  gint64 since;
  gint64 now;
  DexFuture *future;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_weak_ref_clear (&asking->dialog);
  g_free (asking->case_id);
  g_free (asking->user_id);
  g_free (asking->question);
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

  return forlop_gp_summary_store_load (connection, asking->case_id, asking->since, asking->now, asking->question,
                                       asking->user_id, error);
}

static void
draw_cb (cairo_t      *cr,
         unsigned int  page G_GNUC_UNUSED,
         gpointer      summary)
{
  forlop_gp_page_draw (summary, cr);
}

/* The page as it will be printed, for the eye; what it says is said to a screen reader in short. */
static void
show_page (ForlopGpDialog *self)
{
  g_autoptr (GdkTexture) texture = forlop_paper_texture_new (draw_cb, self->summary, 0);
  g_autofree char *words = forlop_gp_page_dup_words (self->summary);

  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_picture_set_alternative_text (self->picture, words);
}

static void
show_result (ForlopGpDialog *self,
             const GError   *error)
{
  gtk_label_set_label (self->trouble, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), error != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->picture), error == NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->keep_button), error == NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->print_button), error == NULL);
  if (error == NULL)
    show_page (self);
  else
    gtk_accessible_announce (GTK_ACCESSIBLE (self), error->message, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void keep (ForlopGpDialog *self,
                  gboolean        print);

static DexFuture *
load_fiber (gpointer data)
{
  Asking *asking = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopGpSummary) summary = forlop_worker_await (g_steal_pointer (&asking->future), &error);
  g_autoptr (ForlopGpDialog) self = g_weak_ref_get (&asking->dialog);
  gboolean keeps;

  if (self == NULL || self->asked != asking->number || self->form == NULL)
    return NULL;
  self->answered = asking->number;
  if (summary != NULL && forlop_gp_question_check (summary->question, &error))
    {
      g_clear_pointer (&self->summary, forlop_gp_summary_free);
      self->summary = g_steal_pointer (&summary);
    }
  show_result (self, error);
  keeps = self->keeps && error == NULL;
  self->keeps = FALSE;
  if (keeps)
    keep (self, self->prints);

  return NULL;
}

static void
load (ForlopGpDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (yyjson_mut_doc) doc = forlop_form_collect (self->form, &error);
  ForlopStore *store = forlop_session_get_store (self->session);
  g_autoptr (ForlopActor) actor = forlop_session_dup_actor (self->session);
  yyjson_mut_val *root;
  const char *since;
  Asking *asking;
  ForlopDate date;

  if (doc == NULL || store == NULL || actor == NULL)
    return;

  root = yyjson_mut_doc_get_root (doc);
  since = yyjson_mut_get_str (yyjson_mut_obj_get (root, "since"));
  asking = g_new0 (Asking, 1);
  g_weak_ref_init (&asking->dialog, self);
  asking->number = ++self->asked;
  asking->case_id = g_strdup (self->case_id);
  asking->user_id = g_strdup (actor->user_id);
  asking->question = g_strdup (yyjson_mut_get_str (yyjson_mut_obj_get (root, "question")));
  asking->since = since != NULL && forlop_date_from_iso (since, &date) ? forlop_instant_from_wall (date, 0)
                                                                       : FORLOP_INSTANT_NONE;
  asking->now = forlop_session_now (self->session);
  asking->future = forlop_store_read (store, load_on_worker, asking, NULL,
                                      (GDestroyNotify) forlop_gp_summary_free);
  dex_future_disown (dex_scheduler_spawn (NULL, 0, load_fiber, asking, asking_free));
}

static gboolean
timeout_cb (gpointer user_data)
{
  ForlopGpDialog *self = user_data;

  self->timeout = 0;
  load (self);

  return G_SOURCE_REMOVE;
}

static void
changed_cb (ForlopGpDialog *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add (PAUSE, timeout_cb, self);
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
  g_autoptr (ForlopGpDialog) self = g_weak_ref_get (user_data);

  if (self == NULL)
    return;
  if (error != NULL)
    show_result (self, error);
  else
    adw_dialog_force_close (ADW_DIALOG (self));
}

static void
keep_pdf (ForlopGpDialog *self,
          GBytes         *pdf,
          gboolean        print)
{
  const ForlopAct *act = forlop_act_find ("record-gp-summary");
  g_autoptr (ForlopRecord) arguments = forlop_acts_new_arguments (act, NULL);
  g_autofree char *title = forlop_gp_page_dup_title (self->summary);
  ForlopPaperPrint printing = {
    .job_name = _("Trend summary for the GP"), .citizen_id = self->citizen_id, .n_pages = 1, .draw = draw_cb,
    .data_free = (GDestroyNotify) forlop_gp_summary_free,
  };
  GWeakRef *dialog = g_new0 (GWeakRef, 1);

  g_weak_ref_init (dialog, self);
  forlop_record_set_text (arguments, "case_id", self->case_id);
  forlop_record_set_text (arguments, "title", title);
  forlop_record_set_instant (arguments, "covers_until", self->summary->period.to);
  if (print)
    printing.data = g_steal_pointer (&self->summary);
  forlop_paper_keep (self->page, self->session, pdf, &(ForlopActCall) { act, arguments }, 1, print ? &printing : NULL,
                     kept_cb, dialog, dialog_ref_free);
}

static void
keep (ForlopGpDialog *self,
      gboolean        print)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;

  if (self->timeout != 0 || self->answered != self->asked || self->summary == NULL)
    {
      /* What was written last is not yet on the page: it waits to be read, or is being read. */
      g_clear_handle_id (&self->timeout, g_source_remove);
      self->keeps = TRUE;
      self->prints = print;
      load (self);
      return;
    }
  pdf = forlop_gp_page_to_pdf (self->summary, &error);
  if (pdf == NULL)
    {
      show_result (self, error);
      return;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->keep_button), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->print_button), FALSE);
  keep_pdf (self, pdf, print);
}

static void
keep_clicked_cb (ForlopGpDialog *self)
{
  keep (self, FALSE);
}

static void
print_clicked_cb (ForlopGpDialog *self)
{
  keep (self, TRUE);
}

static void
forlop_gp_dialog_dispose (GObject *object)
{
  ForlopGpDialog *self = FORLOP_GP_DIALOG (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_object (&self->session);
  g_clear_pointer (&self->summary, forlop_gp_summary_free);
  g_clear_pointer (&self->case_id, g_free);
  g_clear_pointer (&self->citizen_id, g_free);
  self->form = NULL;

  G_OBJECT_CLASS (forlop_gp_dialog_parent_class)->dispose (object);
}

static void
forlop_gp_dialog_class_init (ForlopGpDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = forlop_gp_dialog_dispose;
}

static void
forlop_gp_dialog_init (ForlopGpDialog *self)
{
  adw_dialog_set_title (ADW_DIALOG (self), _("Trend summary for the GP"));
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

static void
build (ForlopGpDialog *self)
{
  GtkWidget *toolbar = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->form = FORLOP_FORM (forlop_form_new (forlop_session_get_clock (self->session)));
  for (unsigned int i = 0; i < G_N_ELEMENTS (fields); i++)
    forlop_form_add_field (self->form, &fields[i]);
  g_signal_connect_swapped (self->form, "draft-changed", G_CALLBACK (changed_cb), self);
  self->trouble = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->trouble, TRUE);
  gtk_label_set_xalign (self->trouble, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->trouble), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), FALSE);
  self->picture = GTK_PICTURE (gtk_picture_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->picture), "card");

  self->keep_button = new_button (_("_Keep in the case"), G_CALLBACK (keep_clicked_cb), self);
  self->print_button = new_button (_("Keep and _print…"), G_CALLBACK (print_clicked_cb), self);
  gtk_widget_add_css_class (GTK_WIDGET (self->keep_button), "suggested-action");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->form));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->trouble));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->picture));
  g_object_set (box, "margin-top", 12, "margin-bottom", 24, "margin-start", 12, "margin-end", 12, NULL);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), WIDTH - 80);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  /* The page is as wide as there is room, and is scrolled, not shrunk. */
  gtk_scrollable_set_vscroll_policy (GTK_SCROLLABLE (gtk_widget_get_parent (clamp)), GTK_SCROLL_NATURAL);

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), scroller);
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  g_object_set (box, "margin-top", 9, "margin-bottom", 9, "margin-start", 12, "margin-end", 12, "halign",
                GTK_ALIGN_END, NULL);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->print_button));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->keep_button));
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (toolbar), box);
  adw_dialog_set_child (ADW_DIALOG (self), toolbar);
}

void
forlop_gp_dialog_present (GtkWidget     *parent,
                          ForlopSession *session,
                          const char    *case_id,
                          const char    *citizen_id)
{
  ForlopGpDialog *self;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (case_id != NULL && citizen_id != NULL);

  self = g_object_new (FORLOP_TYPE_GP_DIALOG, NULL);
  self->page = parent;
  self->session = g_object_ref (session);
  self->case_id = g_strdup (case_id);
  self->citizen_id = g_strdup (citizen_id);
  build (self);
  adw_dialog_present (ADW_DIALOG (self), parent);
  load (self);
}
