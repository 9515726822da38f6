/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-accounts-dialog.h"

#include <glib/gi18n-lib.h>

#include "forlop-accounts-query.h"
#include "forlop-server-dialog.h"
#include "forlop-sync-account.h"
#include "forlop-words-row.h"

static void
number_chosen_cb (AdwAlertDialog     *question,
                  const char         *response,
                  ForlopServerDialog *dialog)
{
  GtkEditable *row = GTK_EDITABLE (adw_alert_dialog_get_extra_child (question));
  g_autofree char *subject = g_strstrip (g_strdup (gtk_editable_get_text (row)));

  if (g_str_equal (response, "link") && *subject != '\0')
    forlop_server_dialog_change (dialog, forlop_server_dialog_get_id (question), subject);
}

static void
number_changed_cb (AdwAlertDialog *question,
                   GtkEditable    *row)
{
  g_autofree char *subject = g_strstrip (g_strdup (gtk_editable_get_text (row)));

  adw_alert_dialog_set_response_enabled (question, "link", *subject != '\0');
}

static void
link_clicked_cb (GtkButton          *button,
                 ForlopServerDialog *dialog)
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
  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (question), "link", FALSE);
  g_signal_connect_object (row, "changed", G_CALLBACK (number_changed_cb), question, G_CONNECT_SWAPPED);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  adw_dialog_set_focus (question, row);
  forlop_server_dialog_ask (dialog, question, button, G_CALLBACK (number_chosen_cb));
}

static void
unlink_clicked_cb (GtkButton          *button,
                   ForlopServerDialog *dialog)
{
  forlop_server_dialog_change (dialog, forlop_server_dialog_get_id (button), NULL);
}

static const char *
words_of_way (const ForlopServerUser *user)
{
  if (!user->is_open)
    return _("The account is closed");
  if (user->by_browser)
    return _("Signs in by browser");

  return user->by_password ? _("Signs in with name and password") : _("Neither linked nor with a password that is good");
}

static GtkWidget *
new_row (ForlopServerDialog *dialog,
         gconstpointer       each)
{
  const ForlopServerUser *user = each;
  const char *account = user->name != NULL ? user->name : "";
  const char *who = user->person != NULL ? user->person : account;
  g_autofree char *subtitle = g_strjoin (" · ", account, words_of_way (user), NULL);
  g_autofree char *name = g_strdup_printf (user->by_browser ? _("Unlink %s") : _("Link %s"), who);
  GtkWidget *row = forlop_words_row_new (who, subtitle);

  if (user->by_browser)
    forlop_server_dialog_add_button (dialog, row, _("_Unlink"), name, user->user_id, G_CALLBACK (unlink_clicked_cb));
  else if (user->is_open)
    forlop_server_dialog_add_button (dialog, row, _("_Link…"), name, user->user_id, G_CALLBACK (link_clicked_cb));

  return row;
}

static char *
describe (GPtrArray *users)
{
  return g_strdup (users->len > 0 ? _("Those who have an account on the server.")
                                  : _("Nobody has an account on the server."));
}

static char *
done (const char *subject,
      GPtrArray  *users G_GNUC_UNUSED)
{
  return g_strdup (subject != NULL ? _("Linked. The person signs in by browser from now on.")
                                   : _("Unlinked. Who is signed in stays so until the session ends."));
}

gboolean
forlop_accounts_dialog_is_offered (ForlopSession *session)
{
  ForlopSyncWatch *watch;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), FALSE);

  watch = forlop_session_get_sync (session);

  return forlop_session_is_role (session, "administrator") && watch != NULL &&
         forlop_sync_watch_get_account (watch) != NULL;
}

void
forlop_accounts_dialog_present (GtkWidget     *parent,
                                ForlopSession *session)
{
  static const ForlopServerList list = {
    N_("Who signs in"), forlop_accounts_list_users, forlop_accounts_link_user, new_row, describe, done, NULL,
  };

  forlop_server_dialog_present (parent, session, &list);
}
