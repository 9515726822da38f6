/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-lease-page.h"

#include <glib/gi18n-lib.h>

#include "forlop-sign-in-dialog.h"
#include "forlop-sync-watch.h"

struct _ForlopLeasePage
{
  AdwBin parent_instance;

  /* Template widgets */
  AdwStatusPage *status_page;
  GtkLabel *kept_label;
  GtkLabel *standing_label;
  GtkWidget *sign_in_button;
  GtkWidget *now_button;
  GtkWidget *quit_button;

  /* Owned references */
  ForlopSession *session; /* nullable */
};

G_DEFINE_FINAL_TYPE (ForlopLeasePage, forlop_lease_page, ADW_TYPE_BIN)

static char *
dup_kept (const ForlopSyncFacts *facts)
{
  if (facts->n_waiting == 0)
    return g_strdup (_("Everything that was done here is with the server."));

  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%d change that was saved here is kept, and is sent then.",
                 "%d changes that were saved here are kept, and are sent then.", (gulong) facts->n_waiting),
    (int) facts->n_waiting);
}

static void
show (ForlopLeasePage *self)
{
  const ForlopSyncFacts *facts = forlop_sync_watch_get_facts (forlop_session_get_sync (self->session));
  g_autofree char *since = forlop_instant_format (facts->last_ok_at);
  g_autofree char *kept = dup_kept (facts);
  g_autofree char *sentence = NULL;
  /* What stands in the way is its first line. */
  g_auto (GStrv) standing = g_strsplit (forlop_session_get_status_text (self->session), "\n", 2);
  gboolean is_signed_out = facts->standing == FORLOP_SYNC_SIGNED_OUT;

  if (facts->last_ok_at == FORLOP_INSTANT_NONE)
    return;

  /* Translators: a date and a time. */
  sentence = g_strdup_printf (_("This machine has not reached the server since %s. A machine that may be lost does "
                                "not go on showing records. Connect it to the network%s; then it opens by itself."),
                              since, is_signed_out ? _(" and sign in") : "");
  adw_status_page_set_description (self->status_page, sentence);
  gtk_label_set_label (self->kept_label, kept);
  gtk_label_set_label (self->standing_label, standing[0]);
  gtk_widget_set_visible (self->sign_in_button, is_signed_out);
  gtk_widget_set_visible (self->now_button, !is_signed_out);
}

static void
sign_in_cb (ForlopLeasePage *self)
{
  forlop_sign_in_dialog_present (GTK_WIDGET (self), self->session);
}

static void
now_cb (ForlopLeasePage *self)
{
  forlop_sync_watch_wake (forlop_session_get_sync (self->session));
}

static void
forlop_lease_page_dispose (GObject *object)
{
  g_clear_object (&FORLOP_LEASE_PAGE (object)->session);

  G_OBJECT_CLASS (forlop_lease_page_parent_class)->dispose (object);
}

static void
forlop_lease_page_class_init (ForlopLeasePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = forlop_lease_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/no/forlop/Forlop/sync/forlop-lease-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopLeasePage, status_page);
  gtk_widget_class_bind_template_child (widget_class, ForlopLeasePage, kept_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopLeasePage, standing_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopLeasePage, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopLeasePage, now_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopLeasePage, quit_button);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, now_cb);
}

static void
forlop_lease_page_init (ForlopLeasePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
forlop_lease_page_new (ForlopSession *session)
{
  ForlopLeasePage *self;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), NULL);
  g_return_val_if_fail (forlop_session_get_sync (session) != NULL, NULL);

  self = g_object_new (FORLOP_TYPE_LEASE_PAGE, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (forlop_session_get_sync (session), "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);

  return GTK_WIDGET (self);
}

GtkWidget *
forlop_lease_page_new_emptied (void)
{
  ForlopLeasePage *self = g_object_new (FORLOP_TYPE_LEASE_PAGE, NULL);

  adw_status_page_set_icon_name (self->status_page, "user-trash-symbolic");
  adw_status_page_set_title (self->status_page, _("This machine was emptied"));
  adw_status_page_set_description (self->status_page,
                                   _("The administrator asked for it on the server, as for a machine that was lost. The "
                                     "file, its key and its attachments are deleted; what the server has confirmed is "
                                     "there. If the machine is yours, ask the administrator, and make a new file."));
  gtk_widget_set_visible (GTK_WIDGET (self->kept_label), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->standing_label), FALSE);
  gtk_widget_set_visible (self->now_button, FALSE);
  gtk_widget_set_visible (self->quit_button, TRUE);

  return GTK_WIDGET (self);
}
