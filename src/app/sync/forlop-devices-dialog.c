/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-devices-dialog.h"

#include <glib/gi18n-lib.h>

#include "forlop-devices-query.h"
#include "forlop-format.h"
#include "forlop-server-dialog.h"
#include "forlop-words-row.h"

static void
answered_cb (AdwAlertDialog     *question,
             const char         *response,
             ForlopServerDialog *dialog)
{
  if (!g_str_equal (response, "cancel"))
    forlop_server_dialog_change (dialog, forlop_server_dialog_get_id (question), response);
}

/* @state: what the machine is to be, "blocked" or "wiped". */
static void
ask_first (ForlopServerDialog *dialog,
           GtkButton          *button,
           const char         *state,
           const char         *heading,
           const char         *body,
           const char         *label)
{
  AdwAlertDialog *question = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, body));

  adw_alert_dialog_add_responses (question, "cancel", _("_Cancel"), state, label, NULL);
  adw_alert_dialog_set_response_appearance (question, state, ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (question, "cancel");
  forlop_server_dialog_ask (dialog, ADW_DIALOG (question), button, G_CALLBACK (answered_cb));
}

static void
wipe_cb (GtkButton          *button,
         ForlopServerDialog *dialog)
{
  ask_first (dialog, button, "wiped", _("Wipe the machine?"),
             _("Everything Forløp has on it is deleted the next time it reaches the server, "
               "also what was never sent. It cannot be taken back."), _("_Wipe"));
}

static void
block_cb (GtkButton          *button,
          ForlopServerDialog *dialog)
{
  ask_first (dialog, button, "blocked", _("Block the machine?"),
             _("It gets nothing from the server and sends nothing until somebody lets it in "
               "again. What is on it is kept."), _("_Block"));
}

static void
let_in_cb (GtkButton          *button,
           ForlopServerDialog *dialog)
{
  forlop_server_dialog_change (dialog, forlop_server_dialog_get_id (button), "active");
}

static const char *
name_of (const ForlopServerMachine *machine)
{
  return machine->name != NULL ? machine->name : _("A machine that has not signed in");
}

static const char *
words_of_state (const ForlopServerMachine *machine)
{
  if (machine->is_this)
    return _("This machine");
  if (g_strcmp0 (machine->state, "blocked") == 0)
    return _("Blocked");
  if (g_strcmp0 (machine->state, "wiped") == 0)
    return _("To be wiped, or wiped");

  return NULL;
}

static char *
dup_subtitle (ForlopServerDialog        *dialog,
              const ForlopServerMachine *machine)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  gint64 seen_at;

  if (words_of_state (machine) != NULL)
    g_strv_builder_add (parts, words_of_state (machine));
  if (machine->person != NULL || machine->account != NULL)
    g_strv_builder_add (parts, machine->person != NULL ? machine->person : machine->account);
  if (machine->seen_at != NULL && forlop_instant_from_iso (machine->seen_at, &seen_at))
    {
      gint64 now = forlop_session_now (forlop_server_dialog_get_session (dialog));
      /* By the server's clock, which may be a few minutes ahead of this one. */
      g_autofree char *when = forlop_instant_format_relative (MIN (seen_at, now), now);
      g_autofree char *seen = g_strdup_printf (_("last heard of %s"), when);

      g_strv_builder_add (parts, seen);
    }
  all = g_strv_builder_end (parts);

  return g_strjoinv (" · ", all);
}

/* @name: "Block %s" or the like. */
static void
add_button (ForlopServerDialog        *dialog,
            GtkWidget                 *row,
            const ForlopServerMachine *machine,
            const char                *label,
            const char                *name,
            GCallback                  clicked)
{
  g_auto (GStrv) parts = g_strsplit (name, "%s", 2);
  g_autofree char *full_name = g_strjoinv (name_of (machine), parts);

  forlop_server_dialog_add_button (dialog, row, label, full_name, machine->id, clicked);
}

static GtkWidget *
new_row (ForlopServerDialog *dialog,
         gconstpointer       each)
{
  const ForlopServerMachine *machine = each;
  g_autofree char *subtitle = dup_subtitle (dialog, machine);
  GtkWidget *row = forlop_words_row_new (name_of (machine), subtitle);

  if (machine->is_this || machine->id == NULL || g_strcmp0 (machine->state, "wiped") == 0)
    return row;
  if (g_strcmp0 (machine->state, "blocked") == 0)
    add_button (dialog, row, machine, _("_Let in"), _("Let %s in"), G_CALLBACK (let_in_cb));
  else
    add_button (dialog, row, machine, _("_Block…"), _("Block %s"), G_CALLBACK (block_cb));
  add_button (dialog, row, machine, _("_Wipe…"), _("Wipe %s"), G_CALLBACK (wipe_cb));

  return row;
}

static char *
describe (GPtrArray *machines G_GNUC_UNUSED)
{
  return g_strdup (_("Machines that have synced with the server."));
}

static char *
done (const char *state,
      GPtrArray  *machines G_GNUC_UNUSED)
{
  if (g_str_equal (state, "wiped"))
    return g_strdup (_("It is wiped the next time it reaches the server."));

  return g_strdup (g_str_equal (state, "blocked") ? _("The machine is blocked.") : _("The machine may sync again."));
}

void
forlop_devices_dialog_present (GtkWidget     *parent,
                               ForlopSession *session)
{
  static const ForlopServerList list = {
    N_("Machines"), forlop_devices_list, forlop_devices_set_state, new_row, describe, done, NULL,
  };

  forlop_server_dialog_present (parent, session, &list);
}
