/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-accounts-dialog.h"

#include <glib/gi18n-lib.h>

#include "forlop-accounts-query.h"
#include "forlop-sync-account.h"
#include "forlop-worker.h"

struct _ForlopAccountsDialog
{
  AdwDialog parent_instance;

  /* Borrowed: parts of it */
  AdwPreferencesPage *page;
  AdwPreferencesGroup *group;

  /* Owned */
  ForlopSession *session;
};

G_DEFINE_FINAL_TYPE (ForlopAccountsDialog, forlop_accounts_dialog, ADW_TYPE_DIALOG)

/* What is to be done; @user_id NULL to ask for the list alone. */
typedef struct {
  GWeakRef dialog;
  ForlopSyncAccount *account;
  char *user_id;
  char *subject; /* NULL to unlink */
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_weak_ref_clear (&wish->dialog);
  g_object_unref (wish->account);
  g_free (wish->user_id);
  g_free (wish->subject);
  g_free (wish);
}

static void ask (ForlopAccountsDialog *self,
                 const char           *user_id,
                 const char           *subject);

static gpointer
ask_on_worker (ForlopServerAccount  *account,
               ForlopHttpTransport  *transport,
               gpointer              user_data,
               GCancellable         *cancellable,
               GError              **error)
{
  Wish *wish = user_data;

  if (wish->user_id != NULL &&
      !forlop_accounts_link_user (account, transport, wish->user_id, wish->subject, cancellable, error))
    return NULL;

  return forlop_accounts_list_users (account, transport, cancellable, error);
}

static void
say (ForlopAccountsDialog *self,
     const char           *sentence)
{
  adw_preferences_group_set_description (self->group, sentence);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
number_chosen_cb (AdwAlertDialog *question,
                  const char     *response,
                  gpointer        user_data)
{
  ForlopAccountsDialog *self = user_data;
  GtkEditable *row = GTK_EDITABLE (adw_alert_dialog_get_extra_child (question));
  g_autofree char *subject = g_strstrip (g_strdup (gtk_editable_get_text (row)));

  if (g_str_equal (response, "link") && *subject != '\0')
    ask (self, g_object_get_data (G_OBJECT (question), "user-id"), subject);
}

static void
link_clicked_cb (GtkButton            *button,
                 ForlopAccountsDialog *self)
{
  AdwDialog *question = adw_alert_dialog_new (_("Link to sign-in by browser"), NULL);
  GtkWidget *row = adw_entry_row_new ();

  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (question),
                             _("Who signs in by browser without being linked is told a number. Write it here; look "
                               "that it is the right person who tells you."));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("The person's number with the sign-in service"));
  gtk_widget_add_css_class (row, "card");
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (question), row);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (question), "cancel", _("_Cancel"), "link", _("_Link"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (question), "link", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (question), "link");
  g_object_set_data_full (G_OBJECT (question), "user-id",
                          g_strdup (g_object_get_data (G_OBJECT (button), "user-id")), g_free);
  g_signal_connect_object (question, "response", G_CALLBACK (number_chosen_cb), self, G_CONNECT_DEFAULT);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  adw_dialog_set_focus (question, row);
  adw_dialog_present (question, GTK_WIDGET (self));
}

static void
unlink_clicked_cb (GtkButton            *button,
                   ForlopAccountsDialog *self)
{
  ask (self, g_object_get_data (G_OBJECT (button), "user-id"), NULL);
}

static GtkWidget *
new_row (ForlopAccountsDialog   *self,
         const ForlopServerUser *user)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (user->by_browser ? _("_Unlink") : _("_Link…"));
  g_autofree char *label = g_strdup_printf (user->by_browser ? _("Unlink %s") : _("Link %s"), user->name);

  g_object_set (row, "use-markup", FALSE, "title", user->name != NULL ? user->name : "", "subtitle",
                !user->is_open      ? _("The account is closed")
                : user->by_browser  ? _("Signs in by browser")
                                    : _("Signs in with name and password"),
                NULL);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  g_object_set_data_full (G_OBJECT (button), "user-id", g_strdup (user->user_id), g_free);
  g_signal_connect_object (button, "clicked",
                           user->by_browser ? G_CALLBACK (unlink_clicked_cb) : G_CALLBACK (link_clicked_cb), self,
                           G_CONNECT_DEFAULT);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return row;
}

/* A group of its own each time: its rows cannot be taken out of it together. */
static void
fill (ForlopAccountsDialog *self,
      GPtrArray            *users)
{
  if (self->group != NULL)
    adw_preferences_page_remove (self->page, self->group);
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_page_add (self->page, self->group);
  for (unsigned int i = 0; users != NULL && i < users->len; i++)
    adw_preferences_group_add (self->group, new_row (self, g_ptr_array_index (users, i)));
}

static DexFuture *
asked_cb (DexFuture *future,
          gpointer   user_data)
{
  Wish *wish = user_data;
  g_autoptr (ForlopAccountsDialog) self = g_weak_ref_get (&wish->dialog);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = forlop_worker_steal (future, &error);

  if (self == NULL || self->page == NULL)
    return NULL;
  gtk_widget_set_sensitive (GTK_WIDGET (self->page), TRUE);
  if (users == NULL)
    {
      say (self, error->message);
      return NULL;
    }

  fill (self, users);
  /* The button that had the keyboard is gone. */
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
  if (wish->user_id != NULL)
    say (self, wish->subject != NULL ? _("Linked. The person signs in by browser from now on.")
                                     : _("Unlinked. Who is signed in stays so until the session ends."));
  else
    say (self, users->len > 0 ? _("Those who have an account on the server.")
                              : _("Nobody has an account on the server."));

  return NULL;
}

static void
ask (ForlopAccountsDialog *self,
     const char           *user_id,
     const char           *subject)
{
  ForlopSyncAccount *account = forlop_sync_watch_get_account (forlop_session_get_sync (self->session));
  Wish *wish[2];

  /* One for the worker, one for the answer. */
  for (unsigned int i = 0; i < G_N_ELEMENTS (wish); i++)
    {
      wish[i] = g_new0 (Wish, 1);
      g_weak_ref_init (&wish[i]->dialog, self);
      wish[i]->account = g_object_ref (account);
      wish[i]->user_id = g_strdup (user_id);
      wish[i]->subject = g_strdup (subject);
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->page), FALSE);
  dex_future_disown (dex_future_finally (
    forlop_sync_account_ask (account, ask_on_worker, wish[0], wish_free, (GDestroyNotify) g_ptr_array_unref),
    asked_cb, wish[1], wish_free));
}

static void
forlop_accounts_dialog_dispose (GObject *object)
{
  ForlopAccountsDialog *self = FORLOP_ACCOUNTS_DIALOG (object);

  self->page = NULL;
  g_clear_object (&self->session);

  G_OBJECT_CLASS (forlop_accounts_dialog_parent_class)->dispose (object);
}

static void
forlop_accounts_dialog_class_init (ForlopAccountsDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = forlop_accounts_dialog_dispose;
}

static void
forlop_accounts_dialog_init (ForlopAccountsDialog *self)
{
  GtkWidget *view = adw_toolbar_view_new ();

  self->page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->page));
  adw_dialog_set_title (ADW_DIALOG (self), _("Who signs in"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 480);
  adw_dialog_set_content_height (ADW_DIALOG (self), 560);
  adw_dialog_set_child (ADW_DIALOG (self), view);
  fill (self, NULL);
}

gboolean
forlop_accounts_dialog_is_offered (ForlopSession *session)
{
  ForlopIdentity *actor;
  ForlopSyncWatch *watch;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), FALSE);

  actor = forlop_session_get_actor (session);
  watch = forlop_session_get_sync (session);

  return actor != NULL && g_strcmp0 (forlop_identity_get_role (actor), "administrator") == 0 && watch != NULL &&
         forlop_sync_watch_get_account (watch) != NULL;
}

void
forlop_accounts_dialog_present (GtkWidget     *parent,
                                ForlopSession *session)
{
  ForlopAccountsDialog *self;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (FORLOP_IS_SESSION (session));

  self = g_object_new (FORLOP_TYPE_ACCOUNTS_DIALOG, NULL);
  self->session = g_object_ref (session);
  adw_dialog_present (ADW_DIALOG (self), parent);
  ask (self, NULL, NULL);
}
