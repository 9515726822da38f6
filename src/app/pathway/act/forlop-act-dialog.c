/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-act-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-act-again.h"
#include "forlop-act-draft.h"
#include "forlop-act-layout.h"
#include "forlop-act-run.h"
#include "forlop-format.h"
#include "forlop-sheet-keyboard.h"
#include "forlop-window.h"
#include "forlop-worker.h"

/* Pixels. */
#define MISTAKE_ROOM 48

struct _ForlopActDialog
{
  AdwDialog parent_instance;

  /* Template widgets */
  AdwWindowTitle *window_title;
  GtkWidget *save_button;
  GtkStack *save_stack;
  AdwBanner *draft_banner;
  GtkStack *stack;
  AdwStatusPage *failed_page;
  GtkWidget *refusal_box;
  GtkLabel *refusal_label;
  GtkWidget *missing_box;
  GtkLabel *missing_label;
  AdwBin *form_bin;
  GtkWidget *final_label;

  /* Borrowed references */
  ForlopForm *form;

  /* Owned references */
  ForlopSession *session;
  ForlopActRequest *request;
  ForlopActPreparation *preparation;
  GWeakRef opener; /* the window it was opened in: toasts are shown there */
  GWeakRef parent; /* the view it was opened from: the keyboard goes back there */

  gboolean saving;
  gboolean saved;
  gboolean show_mistakes;
};

G_DEFINE_FINAL_TYPE (ForlopActDialog, forlop_act_dialog, ADW_TYPE_DIALOG)

typedef struct {
  ForlopActRequest *request;
  gint64 now;
} Prepare;

typedef struct {
  GWeakRef dialog;
  DexFuture *future;
} Prepared;

static void
prepare_free (gpointer data)
{
  Prepare *prepare = data;

  forlop_act_request_free (prepare->request);
  g_free (prepare);
}

static gpointer
prepare_on_worker (ForlopConnection  *connection,
                   gpointer           user_data,
                   GCancellable      *cancellable G_GNUC_UNUSED,
                   GError           **error)
{
  Prepare *prepare = user_data;

  return forlop_act_prepare (connection, prepare->request, prepare->now, error);
}

static void
prepared_free (gpointer data)
{
  Prepared *prepared = data;

  g_weak_ref_clear (&prepared->dialog);
  dex_clear (&prepared->future);
  g_free (prepared);
}

static void
forlop_act_dialog_refuse (ForlopActDialog *self,
                          const char      *sentence)
{
  gtk_label_set_label (self->refusal_label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->refusal_box, sentence != NULL);
  if (sentence != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
forlop_act_dialog_set_saving (ForlopActDialog *self,
                              gboolean         saving)
{
  self->saving = saving;
  gtk_stack_set_visible_child_name (self->save_stack, saving ? "busy" : "label");
  gtk_widget_set_sensitive (self->save_button,
                            !saving && self->preparation != NULL && !self->preparation->forbidden);
}

/* A refusal that names a field stands beside it; the others stand above the form. */
static void
forlop_act_dialog_show_refusal (ForlopActDialog *self,
                                const GError    *error)
{
  const ForlopField *fields = forlop_act_get_arguments (self->request->act)->fields;

  for (unsigned int i = 0; fields[i].name != NULL; i++)
    {
      /* The sentences of the rules name a field by its label, in quotation marks or first with a colon. */
      g_autofree char *quoted = g_strdup_printf ("“%s”", _(fields[i].label));
      g_autofree char *first = g_strdup_printf ("%s: ", _(fields[i].label));

      if ((strstr (error->message, quoted) == NULL && !g_str_has_prefix (error->message, first)) ||
          forlop_form_get_row (self->form, fields[i].name) == NULL)
        continue;
      forlop_form_set_error (self->form, fields[i].name, error->message);
      return;
    }

  forlop_act_dialog_refuse (self, error->message);
}

static void
forlop_act_dialog_done_cb (const GError *error,
                           gpointer      user_data)
{
  g_autoptr (ForlopActDialog) self = g_weak_ref_get (user_data);

  if (self == NULL)
    return;

  forlop_act_dialog_set_saving (self, FALSE);
  if (error != NULL)
    {
      forlop_act_dialog_show_refusal (self, error);
      return;
    }

  self->saved = TRUE;
  forlop_act_draft_keep (self->session, self->request, NULL);
  if (self->request->settles != NULL)
    forlop_act_again_settle (self->session, self->request->settles);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
forlop_act_dialog_save (ForlopActDialog *self)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autofree ForlopActCall *calls = NULL;
  g_autoptr (GtkWidget) opener = g_weak_ref_get (&self->opener);
  GWeakRef *weak;

  if (self->saving || self->preparation == NULL || self->preparation->forbidden || opener == NULL)
    return;

  forlop_act_dialog_refuse (self, NULL);
  all = forlop_act_layout_collect (self->form, self->request->act, self->preparation);
  if (all == NULL)
    return;
  if (all->len == 0)
    {
      self->saved = TRUE;
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }

  calls = g_new0 (ForlopActCall, all->len);
  for (unsigned int i = 0; i < all->len; i++)
    calls[i] = (ForlopActCall) { self->request->act, g_ptr_array_index (all, i) };

  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  forlop_act_dialog_set_saving (self, TRUE);
  forlop_act_run (opener, self->session, calls, all->len, forlop_act_dialog_done_cb, weak,
                  weak_ref_free);
}

static void
forlop_act_dialog_show_missing (ForlopActDialog *self)
{
  g_autofree char *sentences = NULL;

  gtk_widget_set_visible (self->missing_box, self->preparation->missing != NULL);
  if (self->preparation->missing == NULL)
    return;

  sentences = g_strjoinv ("\n• ", self->preparation->missing);
  if (self->preparation->missing[1] != NULL)
    {
      g_autofree char *first = g_steal_pointer (&sentences);

      sentences = g_strconcat ("• ", first, NULL);
    }
  gtk_label_set_label (self->missing_label, sentences);
}

static void
forlop_act_dialog_show_form (ForlopActDialog *self)
{
  const ForlopAct *act = self->request->act;

  self->form = FORLOP_FORM (forlop_form_new (forlop_session_get_clock (self->session)));
  forlop_act_layout_build (self->form, act, self->preparation);
  g_signal_connect_object (self->form, "save", G_CALLBACK (forlop_act_dialog_save), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->form_bin, GTK_WIDGET (self->form));
}

/* As high as its form, as far as the window allows; with room for a mistake or two. */
static void
forlop_act_dialog_fit_height (ForlopActDialog *self)
{
  AdwDialog *dialog = ADW_DIALOG (self);
  int natural;

  gtk_widget_measure (adw_dialog_get_child (dialog), GTK_ORIENTATION_VERTICAL,
                      adw_dialog_get_content_width (dialog), NULL, &natural, NULL, NULL);
  adw_dialog_set_content_height (dialog, natural + MISTAKE_ROOM);
}

static void
forlop_act_dialog_show_draft (ForlopActDialog *self)
{
  ForlopDraft *draft = self->preparation->draft;
  g_autofree char *when = NULL;
  g_autofree char *sentence = NULL;

  if (draft == NULL || !forlop_act_layout_load_draft (self->form, self->request->act, draft->body))
    return;

  when = forlop_instant_format_relative (draft->saved_at, forlop_session_now (self->session));
  /* Translators: when, such as "12 min ago". */
  sentence = g_strdup_printf (_("What you wrote was kept (%s)."), when);
  adw_banner_set_title (self->draft_banner, sentence);
  adw_banner_set_revealed (self->draft_banner, TRUE);
}

static void
take_keyboard (ForlopActDialog *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus;

  gtk_widget_grab_focus (GTK_WIDGET (self->form));
  if (self->show_mistakes)
    forlop_act_dialog_show_mistakes (self);
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (focus != NULL)
    forlop_sheet_keep_keyboard (ADW_DIALOG (self), focus);
}

static void
forlop_act_dialog_show (ForlopActDialog      *self,
                        ForlopActPreparation *preparation)
{
  const ForlopAct *act = self->request->act;

  self->preparation = preparation;
  if (preparation->whose != NULL)
    adw_window_title_set_subtitle (self->window_title, preparation->whose);
  forlop_act_dialog_show_missing (self);
  forlop_act_dialog_show_form (self);
  forlop_act_dialog_show_draft (self);
  gtk_widget_set_visible (self->final_label, act->undo == FORLOP_UNDO_NONE && act->inverse == NULL);
  forlop_act_dialog_set_saving (self, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "form");
  forlop_act_dialog_fit_height (self);
  take_keyboard (self);
}

static DexFuture *
forlop_act_dialog_prepared_fiber (gpointer data)
{
  Prepared *prepared = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopActPreparation) preparation =
    forlop_worker_await (g_steal_pointer (&prepared->future), &error);
  g_autoptr (ForlopActDialog) self = g_weak_ref_get (&prepared->dialog);
  g_autofree char *sentence = NULL;

  /* Closed before it was filled. */
  if (self == NULL || self->form_bin == NULL)
    return NULL;

  if (preparation != NULL)
    {
      forlop_act_dialog_show (self, g_steal_pointer (&preparation));
      return NULL;
    }

  sentence = g_markup_escape_text (error->message, -1);
  adw_status_page_set_description (self->failed_page, sentence);
  gtk_stack_set_visible_child_name (self->stack, "failed");

  return NULL;
}

static void
forlop_act_dialog_prepare (ForlopActDialog *self)
{
  ForlopStore *store = forlop_session_get_store (self->session);
  Prepare *prepare;
  Prepared *prepared;

  if (store == NULL)
    {
      adw_status_page_set_description (self->failed_page, _("The file is not open yet."));
      gtk_stack_set_visible_child_name (self->stack, "failed");
      return;
    }

  prepare = g_new0 (Prepare, 1);
  prepare->request = forlop_act_request_copy (self->request);
  prepare->now = forlop_session_now (self->session);

  prepared = g_new0 (Prepared, 1);
  g_weak_ref_init (&prepared->dialog, self);
  prepared->future = forlop_store_read (store, prepare_on_worker, prepare, prepare_free,
                                        (GDestroyNotify) forlop_act_preparation_free);
  dex_future_disown (dex_scheduler_spawn (NULL, 0, forlop_act_dialog_prepared_fiber, prepared,
                                          prepared_free));
}

static void
forlop_act_dialog_cancel_cb (ForlopActDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
forlop_act_dialog_start_over_cb (ForlopActDialog *self)
{
  adw_banner_set_revealed (self->draft_banner, FALSE);
  forlop_act_draft_keep (self->session, self->request, NULL);
  forlop_act_dialog_refuse (self, NULL);
  forlop_act_dialog_show_form (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->form));
}

/* What had the keyboard may be gone now that the act is done, before the dialog was: then the window has given it to the
 * first thing it has. */
static gboolean
give_keyboard_back_cb (gpointer user_data)
{
  g_autoptr (GtkWidget) parent = g_weak_ref_get (user_data);
  GtkRoot *root = parent != NULL ? gtk_widget_get_root (parent) : NULL;
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean has_dialog = ADW_IS_APPLICATION_WINDOW (root) &&
                        adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (root)) != NULL;

  /* This one may be on its way out still. */
  if (has_dialog)
    return G_SOURCE_CONTINUE;
  if (root != NULL && focus != parent && (focus == NULL || !gtk_widget_is_ancestor (focus, parent)))
    gtk_widget_grab_focus (parent);

  return G_SOURCE_REMOVE;
}

/* Leaving never loses what was written. */
static void
forlop_act_dialog_closed (AdwDialog *dialog)
{
  ForlopActDialog *self = FORLOP_ACT_DIALOG (dialog);
  g_autoptr (GtkWidget) opener = g_weak_ref_get (&self->opener);
  g_autoptr (GtkWidget) parent = g_weak_ref_get (&self->parent);
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, parent);
  g_timeout_add_full (G_PRIORITY_LOW, 100, give_keyboard_back_cb, weak, weak_ref_free);

  if (self->saved || self->form == NULL || !forlop_form_get_changed (self->form))
    return;

  forlop_act_draft_keep (self->session, self->request, forlop_form_dup_draft (self->form));
  if (opener != NULL)
    forlop_toast (opener, _("What you wrote is kept until you open the form again"));
}

static void
forlop_act_dialog_dispose (GObject *object)
{
  ForlopActDialog *self = FORLOP_ACT_DIALOG (object);

  self->form = NULL;
  self->form_bin = NULL;
  g_weak_ref_set (&self->opener, NULL);
  g_weak_ref_set (&self->parent, NULL);

  G_OBJECT_CLASS (forlop_act_dialog_parent_class)->dispose (object);
}

static void
forlop_act_dialog_finalize (GObject *object)
{
  ForlopActDialog *self = FORLOP_ACT_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->request, forlop_act_request_free);
  g_clear_pointer (&self->preparation, forlop_act_preparation_free);
  g_weak_ref_clear (&self->opener);
  g_weak_ref_clear (&self->parent);

  G_OBJECT_CLASS (forlop_act_dialog_parent_class)->finalize (object);
}

static void
forlop_act_dialog_class_init (ForlopActDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = forlop_act_dialog_dispose;
  object_class->finalize = forlop_act_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = forlop_act_dialog_closed;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/pathway/act/forlop-act-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopActDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, ForlopActDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopActDialog, save_stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopActDialog, draft_banner);
  gtk_widget_class_bind_template_child (widget_class, ForlopActDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopActDialog, failed_page);
  gtk_widget_class_bind_template_child (widget_class, ForlopActDialog, refusal_box);
  gtk_widget_class_bind_template_child (widget_class, ForlopActDialog, refusal_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopActDialog, missing_box);
  gtk_widget_class_bind_template_child (widget_class, ForlopActDialog, missing_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopActDialog, form_bin);
  gtk_widget_class_bind_template_child (widget_class, ForlopActDialog, final_label);
  gtk_widget_class_bind_template_callback_full (widget_class, "cancel_cb",
                                                G_CALLBACK (forlop_act_dialog_cancel_cb));
  gtk_widget_class_bind_template_callback_full (widget_class, "save_cb",
                                                G_CALLBACK (forlop_act_dialog_save));
  gtk_widget_class_bind_template_callback_full (widget_class, "start_over_cb",
                                                G_CALLBACK (forlop_act_dialog_start_over_cb));
}

static void
forlop_act_dialog_init (ForlopActDialog *self)
{
  g_weak_ref_init (&self->opener, NULL);
  g_weak_ref_init (&self->parent, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
forlop_act_dialog_present (GtkWidget     *parent,
                           ForlopSession *session,
                           const char    *act,
                           const char    *subject_type,
                           const char    *subject_id,
                           const char    *case_id,
                           const char    *citizen_id)
{
  forlop_act_dialog_present_known (parent, session, act, subject_type, subject_id, case_id, citizen_id,
                                   NULL);
}

static void
forlop_act_dialog_open (GtkWidget        *parent,
                        ForlopSession    *session,
                        ForlopActRequest *request)
{
  ForlopActDialog *self = g_object_new (FORLOP_TYPE_ACT_DIALOG, NULL);
  const char *title = forlop_act_layout_title (request->act, request->subject_type);

  self->session = g_object_ref (session);
  self->request = request;
  self->request->actor = forlop_session_dup_actor (session);
  g_weak_ref_set (&self->opener, gtk_widget_get_root (parent));
  g_weak_ref_set (&self->parent, parent);

  adw_window_title_set_title (self->window_title, title);
  adw_dialog_set_title (ADW_DIALOG (self), title);
  adw_dialog_present (ADW_DIALOG (self), parent);
  forlop_act_dialog_prepare (self);
}

void
forlop_act_dialog_present_known (GtkWidget     *parent,
                                 ForlopSession *session,
                                 const char    *act,
                                 const char    *subject_type,
                                 const char    *subject_id,
                                 const char    *case_id,
                                 const char    *citizen_id,
                                 const char    *known)
{
  const ForlopAct *declared;
  ForlopActRequest *request;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (act != NULL);

  declared = forlop_act_find (act);
  g_return_if_fail (declared != NULL);

  request = forlop_act_request_new (declared, subject_type, subject_id, case_id, citizen_id);
  request->known = g_strdup (known);
  forlop_act_dialog_open (parent, session, request);
}

void
forlop_act_dialog_present_again (GtkWidget     *parent,
                                 ForlopSession *session,
                                 const char    *act,
                                 const char    *op_id,
                                 const char    *case_id,
                                 const char    *citizen_id)
{
  const ForlopAct *declared;
  ForlopActRequest *request;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (act != NULL && op_id != NULL);

  declared = forlop_act_find (act);
  g_return_if_fail (declared != NULL);

  request = forlop_act_request_new (declared, case_id != NULL ? "case" : NULL, case_id, case_id, citizen_id);
  request->again = g_strdup (op_id);
  request->settles = g_strdup (op_id);
  forlop_act_dialog_open (parent, session, request);
}

void
forlop_act_dialog_present_instead (GtkWidget     *parent,
                                   ForlopSession *session,
                                   const char    *act,
                                   const char    *op_id,
                                   const char    *subject_type,
                                   const char    *subject_id,
                                   const char    *case_id)
{
  const ForlopAct *declared;
  ForlopActRequest *request;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (act != NULL && op_id != NULL);

  declared = forlop_act_find (act);
  g_return_if_fail (declared != NULL);

  request = forlop_act_request_new (declared, subject_type, subject_id, case_id, NULL);
  request->settles = g_strdup (op_id);
  forlop_act_dialog_open (parent, session, request);
}

void
forlop_act_dialog_show_mistakes (ForlopActDialog *self)
{
  g_autoptr (GPtrArray) collected = NULL;

  g_return_if_fail (FORLOP_IS_ACT_DIALOG (self));

  self->show_mistakes = self->preparation == NULL;
  if (self->preparation != NULL)
    collected = forlop_act_layout_collect (self->form, self->request->act, self->preparation);
}

gboolean
forlop_act_dialog_get_busy (ForlopActDialog *self)
{
  g_return_val_if_fail (FORLOP_IS_ACT_DIALOG (self), FALSE);

  return self->preparation == NULL &&
         g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "failed") != 0;
}
