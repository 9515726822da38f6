/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-gateway-dialog.h"

#include <glib/gi18n-lib.h>

#include "forlop-format.h"
#include "forlop-gateway-query.h"
#include "forlop-server-dialog.h"
#include "forlop-sync-account.h"
#include "forlop-words-row.h"

static void
answered_cb (AdwAlertDialog     *question,
             const char         *response,
             ForlopServerDialog *dialog)
{
  if (g_str_equal (response, "send"))
    forlop_server_dialog_change (dialog, forlop_server_dialog_get_id (question), NULL);
}

/* It rings somebody on duty, so a question comes first. */
static void
test_clicked_cb (GtkButton          *button,
                 ForlopServerDialog *dialog)
{
  AdwAlertDialog *question = ADW_ALERT_DIALOG (adw_alert_dialog_new (
    _("Send a test message?"),
    _("It goes to the unit's telephone at once, and begins with a word that says that it is a test.")));

  adw_alert_dialog_add_responses (question, "cancel", _("_Cancel"), "send", _("_Send"), NULL);
  adw_alert_dialog_set_response_appearance (question, "send", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (question, "cancel");
  forlop_server_dialog_ask (dialog, ADW_DIALOG (question), button, G_CALLBACK (answered_cb));
}

static GtkWidget *
new_settings_row (const ForlopGatewayFact *fact)
{
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  if (fact->name == NULL)
    return forlop_words_row_new (_("No message gateway is set"),
                                 _("Whoever runs the server sets it up. Until then a red alert that nobody takes is told "
                                   "to the leader alone."));

  /* Translators: what a message says */
  text = g_strdup_printf (_("Every message reads: “%s”"), fact->text != NULL ? fact->text : "");

  /* Translators: the name of a machine */
  title = g_strdup_printf (_("Sent through %s"), fact->name);

  return forlop_words_row_new (title, text);
}

static GtkWidget *
new_unit_row (ForlopServerDialog      *dialog,
              const ForlopGatewayFact *fact)
{
  const char *who = fact->name != NULL ? fact->name : _("A unit without a name");
  g_autofree char *address = fact->address != NULL
    ? forlop_phone_format (fact->address) : g_strdup (_("No telephone: the leader alone is told"));
  GtkWidget *row = forlop_words_row_new (who, address);

  if (fact->may_try)
    {
      /* Translators: a unit */
      g_autofree char *name = g_strdup_printf (_("Send a test message to %s"), who);

      forlop_server_dialog_add_button (dialog, row, _("_Test…"), name, fact->id, G_CALLBACK (test_clicked_cb));
    }

  return row;
}

static GtkWidget *
new_message_row (ForlopServerDialog      *dialog,
                 const ForlopGatewayFact *fact)
{
  g_autofree char *words = forlop_gateway_dup_words (fact);
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_autofree char *subtitle = NULL;
  g_auto (GStrv) all = NULL;
  GtkWidget *row;

  if (fact->at != FORLOP_INSTANT_NONE)
    g_strv_builder_take (parts, forlop_instant_format_relative (
                                  fact->at, forlop_session_now (forlop_server_dialog_get_session (dialog))));
  if (fact->name != NULL)
    g_strv_builder_add (parts, fact->name);
  if (fact->address != NULL)
    g_strv_builder_take (parts, forlop_phone_format (fact->address));
  if (fact->n_tries > 1)
    g_strv_builder_take (parts, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u try", "%u tries",
                                                              (unsigned long) fact->n_tries),
                                                 (unsigned int) fact->n_tries));
  all = g_strv_builder_end (parts);
  subtitle = g_strjoinv (" · ", all);
  row = forlop_words_row_new (words, subtitle);
  if (forlop_gateway_is_missed (fact))
    forlop_words_row_add_warning (row);

  return row;
}

static GtkWidget *
new_row (ForlopServerDialog *dialog,
         gconstpointer       each)
{
  const ForlopGatewayFact *fact = each;

  if (fact->kind == FORLOP_GATEWAY_SETTINGS)
    return new_settings_row (fact);

  return fact->kind == FORLOP_GATEWAY_UNIT ? new_unit_row (dialog, fact) : new_message_row (dialog, fact);
}

static const char *
heading (gconstpointer each)
{
  const ForlopGatewayFact *fact = each;

  if (fact->kind == FORLOP_GATEWAY_SETTINGS)
    return NULL;

  return fact->kind == FORLOP_GATEWAY_UNIT ? _("Who gets a message") : _("Sent last");
}

/* What waits is told first. */
static char *
describe (GPtrArray *facts)
{
  const ForlopGatewayFact *settings = g_ptr_array_index (facts, 0);

  for (unsigned int i = 1; settings->name != NULL && i < facts->len; i++)
    {
      const ForlopGatewayFact *fact = g_ptr_array_index (facts, i);

      if (g_strcmp0 (fact->state, "waiting") == 0 && fact->n_tries > 0)
        return g_strdup (_("A message is not sent yet. The server tries again by itself until somebody has taken the alert: see "
                           "to it in Follow-up, and tell whoever runs the server."));
    }

  return g_strdup (_("Where a message goes when nobody takes a red alert in time. It never says whom it is about. What "
                     "the gateway has taken is not known to have been read."));
}

static char *
done (const char *value G_GNUC_UNUSED,
      GPtrArray  *facts)
{
  const ForlopGatewayFact *test = forlop_gateway_find_test (facts);
  g_autofree char *address = test != NULL && test->address != NULL ? forlop_phone_format (test->address) : NULL;
  g_autofree char *words = NULL;

  if (test != NULL && address != NULL && g_strcmp0 (test->state, "test_sent") == 0)
    /* Translators: a telephone number */
    return g_strdup_printf (_("The gateway has taken the test message. Look that it comes to %s."), address);

  if (test == NULL)
    return g_strdup (_("Whether it was sent is not known."));
  words = forlop_gateway_dup_words (test);

  /* Translators: "Test message, not sent: the gateway answered 503" */
  return g_strdup_printf (_("%s. Tell whoever runs the server; nothing is sent again."), words);
}

gboolean
forlop_gateway_dialog_is_offered (ForlopSession *session)
{
  ForlopSyncWatch *watch;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), FALSE);

  watch = forlop_session_get_sync (session);

  return (forlop_session_is_role (session, "administrator") || forlop_session_is_role (session, "manager")) &&
         watch != NULL && forlop_sync_watch_get_account (watch) != NULL;
}

void
forlop_gateway_dialog_present (GtkWidget     *parent,
                               ForlopSession *session)
{
  static const ForlopServerList list = {
    N_("Message gateway"), forlop_gateway_list, forlop_gateway_send_test, new_row, describe, done, heading,
  };

  forlop_server_dialog_present (parent, session, &list);
}
