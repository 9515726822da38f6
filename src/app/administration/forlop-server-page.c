/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-server-page.h"

#include <glib/gi18n-lib.h>

#include "forlop-accounts-dialog.h"
#include "forlop-devices-dialog.h"
#include "forlop-empty-state.h"
#include "forlop-gateway-dialog.h"
#include "forlop-sign-in-dialog.h"
#include "forlop-sync-account.h"
#include "forlop-window.h"

struct _ForlopServerPage
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack;
  AdwActionRow *server_row;
  AdwActionRow *tenant_row;
  AdwActionRow *name_row;
  AdwActionRow *state_row;
  AdwActionRow *confirmed_row;
  GtkWidget *sign_in_button;
  GtkWidget *sign_out_button;
  GtkWidget *machines_button;
  GtkWidget *accounts_button;
  GtkWidget *gateway_button;

  /* Owned references */
  ForlopSession *session;
};

G_DEFINE_FINAL_TYPE (ForlopServerPage, forlop_server_page, ADW_TYPE_BIN)

static ForlopSyncWatch *
get_watch (ForlopServerPage *self)
{
  return self->session != NULL ? forlop_session_get_sync (self->session) : NULL;
}

static void
set_value (AdwActionRow *row,
           const char   *value)
{
  g_autofree char *markup = g_markup_escape_text (value != NULL ? value : "", -1);

  adw_action_row_set_subtitle (row, markup);
  gtk_widget_set_visible (GTK_WIDGET (row), value != NULL);
}

static void
show (ForlopServerPage *self)
{
  ForlopSyncWatch *watch = get_watch (self);
  const ForlopSyncFacts *facts = watch != NULL ? forlop_sync_watch_get_facts (watch) : NULL;
  ForlopSyncAccount *account = watch != NULL ? forlop_sync_watch_get_account (watch) : NULL;
  gboolean is_paired = facts != NULL && facts->is_paired;
  gboolean is_signed_out;
  g_autofree char *confirmed = NULL;

  gtk_stack_set_visible_child_name (self->stack, is_paired ? "server" : "none");
  if (!is_paired)
    return;

  is_signed_out = facts->standing == FORLOP_SYNC_SIGNED_OUT;
  confirmed = forlop_sync_words_dup_confirmed (facts, forlop_session_now (self->session));
  set_value (self->server_row, facts->server);
  set_value (self->tenant_row, account != NULL ? forlop_sync_account_get_tenant (account) : NULL);
  set_value (self->name_row, account != NULL ? forlop_sync_account_get_name (account) : NULL);
  set_value (self->state_row, forlop_session_get_status_text (self->session));
  set_value (self->confirmed_row, confirmed != NULL ? confirmed : _("Not yet"));
  gtk_widget_set_visible (self->sign_in_button, is_signed_out);
  gtk_widget_set_visible (self->sign_out_button, !is_signed_out && account != NULL);
  gtk_widget_set_visible (self->machines_button, !is_signed_out && account != NULL);
  gtk_widget_set_visible (self->accounts_button,
                          !is_signed_out && forlop_accounts_dialog_is_offered (self->session));
  gtk_widget_set_visible (self->gateway_button,
                          !is_signed_out && forlop_gateway_dialog_is_offered (self->session));
}

static void
sign_in_cb (ForlopServerPage *self)
{
  forlop_sign_in_dialog_present (GTK_WIDGET (self), self->session);
}

static void
machines_cb (ForlopServerPage *self)
{
  forlop_devices_dialog_present (GTK_WIDGET (self), self->session);
}

static void
accounts_cb (ForlopServerPage *self)
{
  forlop_accounts_dialog_present (GTK_WIDGET (self), self->session);
}

static void
gateway_cb (ForlopServerPage *self)
{
  forlop_gateway_dialog_present (GTK_WIDGET (self), self->session);
}

static void
now_cb (ForlopServerPage *self)
{
  forlop_sync_watch_wake (get_watch (self));
}

static DexFuture *
signed_out_cb (DexFuture *future,
               gpointer   user_data)
{
  g_autoptr (GtkWidget) self = g_weak_ref_get (user_data);
  g_autoptr (GError) error = NULL;

  if (self != NULL && dex_future_get_value (future, &error) == NULL)
    forlop_toast_error (self, error);
  else if (self != NULL)
    forlop_toast (self, _("Signed out. What you do is saved here, and sent when you have signed in."));

  return NULL;
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
sign_out_cb (ForlopServerPage *self)
{
  ForlopSyncAccount *account = forlop_sync_watch_get_account (get_watch (self));
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, self);
  dex_future_disown (dex_future_finally (forlop_sync_account_sign_out (account), signed_out_cb, weak,
                                         weak_ref_free));
}

static void
forlop_server_page_finalize (GObject *object)
{
  g_clear_object (&FORLOP_SERVER_PAGE (object)->session);

  G_OBJECT_CLASS (forlop_server_page_parent_class)->finalize (object);
}

static void
forlop_server_page_class_init (ForlopServerPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = forlop_server_page_finalize;

  g_type_ensure (FORLOP_TYPE_EMPTY_STATE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/forlop/Forlop/administration/forlop-server-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopServerPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopServerPage, server_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopServerPage, tenant_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopServerPage, name_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopServerPage, state_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopServerPage, confirmed_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopServerPage, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopServerPage, sign_out_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopServerPage, machines_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopServerPage, accounts_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopServerPage, gateway_button);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_out_cb);
  gtk_widget_class_bind_template_callback (widget_class, now_cb);
  gtk_widget_class_bind_template_callback (widget_class, machines_cb);
  gtk_widget_class_bind_template_callback (widget_class, accounts_cb);
  gtk_widget_class_bind_template_callback (widget_class, gateway_cb);
}

static void
forlop_server_page_init (ForlopServerPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
forlop_server_page_set_session (ForlopServerPage *self,
                                ForlopSession    *session)
{
  g_return_if_fail (FORLOP_IS_SERVER_PAGE (self));
  g_return_if_fail (FORLOP_IS_SESSION (session));

  if (!g_set_object (&self->session, session))
    return;

  if (get_watch (self) != NULL)
    g_signal_connect_object (get_watch (self), "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::actor", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}
