/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-act-inline.h"

#include <glib/gi18n-lib.h>

#include "forlop-act-draft.h"
#include "forlop-act-layout.h"
#include "forlop-act-run.h"
#include "forlop-worker.h"

struct _ForlopActInline
{
  AdwBin parent_instance;

  /* Borrowed: parts of it */
  GtkLabel *trouble;
  ForlopForm *form; /* NULL before it is read */
  AdwBin *form_bin;
  GtkWidget *save_button;

  /* Owned */
  ForlopSession *session;
  ForlopActRequest *request;
  ForlopActPreparation *preparation;
  ForlopRecord *sent; /* what the act was given last */
  ForlopMistakeFunc find_mistake;
  gpointer user_data;
  gboolean saving;
  gboolean settled; /* saved or given up */
};

enum {
  SIGNAL_CLOSED,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopActInline, forlop_act_inline, ADW_TYPE_BIN)

/* One reading of what the form needs. */
typedef struct {
  GWeakRef form;
  ForlopActRequest *request;
  gint64 now;
  DexFuture *future;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_weak_ref_clear (&asking->form);
  forlop_act_request_free (asking->request);
  dex_clear (&asking->future);
  g_free (asking);
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static gpointer
prepare_on_worker (ForlopConnection  *connection,
                   gpointer           user_data,
                   GCancellable      *cancellable G_GNUC_UNUSED,
                   GError           **error)
{
  Asking *asking = user_data;

  return forlop_act_prepare (connection, asking->request, asking->now, error);
}

static void
show_trouble (ForlopActInline *self,
              const char      *sentence)
{
  gtk_label_set_label (self->trouble, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), sentence != NULL);
  if (sentence != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
close_form (ForlopActInline *self)
{
  self->settled = TRUE;
  forlop_act_draft_keep (self->session, self->request, NULL);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
show_refusal (ForlopActInline *self,
              const GError    *error)
{
  const char *field = self->find_mistake != NULL ? self->find_mistake (self->sent, self->user_data) : NULL;

  if (field != NULL && forlop_form_get_row (self->form, field) != NULL)
    forlop_form_set_error (self->form, field, error->message);
  else
    show_trouble (self, error->message);
}

static void
done_cb (const GError *error,
         gpointer      user_data)
{
  g_autoptr (ForlopActInline) self = g_weak_ref_get (user_data);

  if (self == NULL || self->form == NULL)
    return;
  self->saving = FALSE;
  gtk_widget_set_sensitive (self->save_button, TRUE);
  if (error != NULL)
    show_refusal (self, error);
  else
    close_form (self);
}

static void
save (ForlopActInline *self)
{
  g_autoptr (GPtrArray) all = NULL;
  ForlopActCall call;
  GWeakRef *weak;

  if (self->saving || self->form == NULL)
    return;
  show_trouble (self, NULL);
  all = forlop_act_layout_collect (self->form, self->request->act, self->preparation);
  if (all == NULL || all->len != 1)
    return;

  g_set_object (&self->sent, g_ptr_array_index (all, 0));
  call = (ForlopActCall) { self->request->act, self->sent };
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  self->saving = TRUE;
  gtk_widget_set_sensitive (self->save_button, FALSE);
  forlop_act_run (GTK_WIDGET (self), self->session, &call, 1, done_cb, weak, weak_ref_free);
}

static void
show_form (ForlopActInline *self)
{
  self->form = FORLOP_FORM (forlop_form_new (forlop_session_get_clock (self->session)));
  forlop_act_layout_build (self->form, self->request->act, self->preparation);
  g_signal_connect_object (self->form, "save", G_CALLBACK (save), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->form_bin, GTK_WIDGET (self->form));
  if (self->preparation->draft != NULL &&
      forlop_act_layout_load_draft (self->form, self->request->act, self->preparation->draft->body))
    show_trouble (self, _("What you typed was kept"));
  if (self->preparation->missing != NULL)
    {
      g_autofree char *sentences = g_strjoinv ("\n", self->preparation->missing);

      show_trouble (self, sentences);
    }
  gtk_widget_set_sensitive (self->save_button, !self->preparation->forbidden);
  gtk_widget_child_focus (GTK_WIDGET (self->form), GTK_DIR_TAB_FORWARD);
}

static DexFuture *
prepared_fiber (gpointer data)
{
  Asking *asking = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopActPreparation) preparation = forlop_worker_await (g_steal_pointer (&asking->future), &error);
  g_autoptr (ForlopActInline) self = g_weak_ref_get (&asking->form);

  if (self == NULL || self->form_bin == NULL)
    return NULL;
  if (preparation == NULL)
    {
      show_trouble (self, error->message);
      return NULL;
    }
  self->preparation = g_steal_pointer (&preparation);
  show_form (self);

  return NULL;
}

static void
prepare (ForlopActInline *self)
{
  ForlopStore *store = forlop_session_get_store (self->session);
  Asking *asking;

  if (store == NULL)
    return;
  asking = g_new0 (Asking, 1);
  g_weak_ref_init (&asking->form, self);
  asking->request = forlop_act_request_copy (self->request);
  asking->now = forlop_session_now (self->session);
  asking->future = forlop_store_read (store, prepare_on_worker, asking, NULL,
                                      (GDestroyNotify) forlop_act_preparation_free);
  dex_future_disown (dex_scheduler_spawn (NULL, 0, prepared_fiber, asking, asking_free));
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments G_GNUC_UNUSED,
           gpointer   user_data G_GNUC_UNUSED)
{
  close_form (FORLOP_ACT_INLINE (widget));

  return TRUE;
}

/* Leaving never loses what was typed. */
static void
forlop_act_inline_dispose (GObject *object)
{
  ForlopActInline *self = FORLOP_ACT_INLINE (object);

  if (!self->settled && self->form != NULL && forlop_form_get_changed (self->form) &&
      forlop_session_get_store (self->session) != NULL)
    forlop_act_draft_keep (self->session, self->request, forlop_form_dup_draft (self->form));
  self->form = NULL;
  self->form_bin = NULL;

  G_OBJECT_CLASS (forlop_act_inline_parent_class)->dispose (object);
}

static void
forlop_act_inline_finalize (GObject *object)
{
  ForlopActInline *self = FORLOP_ACT_INLINE (object);

  g_clear_object (&self->session);
  g_clear_object (&self->sent);
  g_clear_pointer (&self->request, forlop_act_request_free);
  g_clear_pointer (&self->preparation, forlop_act_preparation_free);

  G_OBJECT_CLASS (forlop_act_inline_parent_class)->finalize (object);
}

static void
forlop_act_inline_class_init (ForlopActInlineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = forlop_act_inline_dispose;
  object_class->finalize = forlop_act_inline_finalize;
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, escape_cb, NULL);

  /**
   * ForlopActInline::closed:
   *
   * It is saved or given up, and can go.
   */
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
}

static void
forlop_act_inline_init (ForlopActInline *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *cancel = gtk_button_new_with_label (_("Cancel"));

  self->trouble = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->trouble, TRUE);
  gtk_label_set_xalign (self->trouble, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), FALSE);
  self->form_bin = ADW_BIN (adw_bin_new ());
  self->save_button = gtk_button_new_with_label (_("Save"));
  gtk_widget_add_css_class (self->save_button, "suggested-action");
  gtk_widget_set_tooltip_text (self->save_button, _("Save (Ctrl+Enter)"));
  gtk_widget_set_sensitive (self->save_button, FALSE);
  g_signal_connect_object (self->save_button, "clicked", G_CALLBACK (save), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (close_form), self, G_CONNECT_SWAPPED);
  gtk_widget_set_halign (foot, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (foot), cancel);
  gtk_box_append (GTK_BOX (foot), self->save_button);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->trouble));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->form_bin));
  gtk_box_append (GTK_BOX (box), foot);
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
forlop_act_inline_new (ForlopSession     *session,
                       ForlopActRequest  *request,
                       ForlopMistakeFunc  find_mistake,
                       gpointer           user_data)
{
  ForlopActInline *self;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), NULL);
  g_return_val_if_fail (request != NULL, NULL);

  self = g_object_new (FORLOP_TYPE_ACT_INLINE, NULL);
  self->session = g_object_ref (session);
  self->request = request;
  self->request->actor = forlop_session_dup_actor (session);
  self->find_mistake = find_mistake;
  self->user_data = user_data;
  prepare (self);

  return GTK_WIDGET (self);
}
