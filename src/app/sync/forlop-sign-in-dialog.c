/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sign-in-dialog.h"

#include <glib/gi18n-lib.h>

#include "forlop-sign-in-form.h"
#include "forlop-sync-account.h"
#include "forlop-window.h"

struct _ForlopSignInDialog
{
  AdwDialog parent_instance;

  /* Template widgets */
  GtkLabel *server_label;
  ForlopSignInForm *form;
  GtkButton *sign_in_button;
  AdwSpinner *spinner;

  /* Owned references */
  ForlopSyncAccount *account;
};

G_DEFINE_FINAL_TYPE (ForlopSignInDialog, forlop_sign_in_dialog, ADW_TYPE_DIALOG)

static void
set_waiting (ForlopSignInDialog *self,
             gboolean            waiting)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->sign_in_button), !waiting);
  forlop_sign_in_form_set_waiting (self->form, waiting);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), waiting);
}

static DexFuture *
signed_in_cb (DexFuture *future,
              gpointer   user_data)
{
  g_autoptr (ForlopSignInDialog) self = g_weak_ref_get (user_data);
  g_autoptr (GError) error = NULL;

  if (self == NULL || self->account == NULL)
    return NULL;

  set_waiting (self, FALSE);
  if (dex_future_get_value (future, &error) == NULL)
    {
      forlop_sign_in_form_refuse (self->form, error);
      return NULL;
    }

  forlop_toast (GTK_WIDGET (self), _("Signed in. What waits is sent now."));
  adw_dialog_close (ADW_DIALOG (self));

  return NULL;
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
sign_in_cb (ForlopSignInDialog *self)
{
  ForlopServerJoin join;
  GWeakRef *weak;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->sign_in_button)) ||
      !forlop_sign_in_form_check (self->form))
    return;

  forlop_sign_in_form_read (self->form, &join);
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  set_waiting (self, TRUE);
  dex_future_disown (dex_future_finally (
    forlop_sync_account_sign_in (self->account, &join),
    signed_in_cb, weak, weak_ref_free));
}

static void
forlop_sign_in_dialog_closed (AdwDialog *dialog)
{
  ForlopSignInDialog *self = FORLOP_SIGN_IN_DIALOG (dialog);

  forlop_sign_in_form_forget (self->form);
  /* Nobody waits for a browser behind a dialog that is gone. */
  if (self->account != NULL && gtk_widget_get_visible (GTK_WIDGET (self->spinner)))
    forlop_sync_account_cancel (self->account);
}

static void
forlop_sign_in_dialog_dispose (GObject *object)
{
  g_clear_object (&FORLOP_SIGN_IN_DIALOG (object)->account);

  G_OBJECT_CLASS (forlop_sign_in_dialog_parent_class)->dispose (object);
}

static void
forlop_sign_in_dialog_class_init (ForlopSignInDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = forlop_sign_in_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = forlop_sign_in_dialog_closed;

  g_type_ensure (FORLOP_TYPE_SIGN_IN_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/sync/forlop-sign-in-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopSignInDialog, server_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopSignInDialog, form);
  gtk_widget_class_bind_template_child (widget_class, ForlopSignInDialog, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopSignInDialog, spinner);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
}

static void
forlop_sign_in_dialog_init (ForlopSignInDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
forlop_sign_in_dialog_present (GtkWidget     *parent,
                               ForlopSession *session)
{
  ForlopSyncWatch *watch;
  ForlopSyncAccount *account;
  ForlopSignInDialog *self;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (FORLOP_IS_SESSION (session));

  watch = forlop_session_get_sync (session);
  account = watch != NULL ? forlop_sync_watch_get_account (watch) : NULL;
  if (account == NULL || forlop_sync_account_get_server (account) == NULL)
    return;

  self = g_object_new (FORLOP_TYPE_SIGN_IN_DIALOG, NULL);
  self->account = g_object_ref (account);
  gtk_label_set_label (self->server_label, forlop_sync_account_get_server (account));
  forlop_sign_in_form_fill (self->form, forlop_sync_account_get_tenant (account),
                            forlop_sync_account_get_name (account));
  adw_dialog_present (ADW_DIALOG (self), parent);
  forlop_sign_in_form_begin (self->form);
}
