/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-devices-dialog.h"

#include <glib/gi18n-lib.h>

#include "forlop-devices-query.h"
#include "forlop-format.h"
#include "forlop-sync-account.h"
#include "forlop-worker.h"

#define ID_KEY "forlop-device"
#define STATE_KEY "forlop-state"

struct _ForlopDevicesDialog
{
  AdwDialog parent_instance;

  /* Borrowed: parts of it */
  AdwPreferencesPage *page;
  AdwPreferencesGroup *group;

  /* Owned */
  ForlopSession *session;
};

G_DEFINE_FINAL_TYPE (ForlopDevicesDialog, forlop_devices_dialog, ADW_TYPE_DIALOG)

/* What is to be done; @device_id NULL to ask for the list alone. */
typedef struct {
  GWeakRef dialog;
  ForlopSyncAccount *account;
  char *device_id;
  char *state;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_weak_ref_clear (&wish->dialog);
  g_object_unref (wish->account);
  g_free (wish->device_id);
  g_free (wish->state);
  g_free (wish);
}

static void ask (ForlopDevicesDialog *self,
                 const char          *device_id,
                 const char          *state);

static gpointer
ask_on_worker (ForlopServerAccount  *account,
               ForlopHttpTransport  *transport,
               gpointer              user_data,
               GCancellable         *cancellable,
               GError              **error)
{
  Wish *wish = user_data;

  if (wish->device_id != NULL &&
      !forlop_devices_set_state (account, transport, wish->device_id, wish->state, cancellable, error))
    return NULL;

  return forlop_devices_list (account, transport, cancellable, error);
}

static void
say (ForlopDevicesDialog *self,
     const char          *sentence)
{
  adw_preferences_group_set_description (self->group, sentence);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
answered_cb (AdwAlertDialog      *question,
             const char          *response,
             ForlopDevicesDialog *self)
{
  if (!g_str_equal (response, "cancel"))
    ask (self, g_object_get_data (G_OBJECT (question), ID_KEY), response);
}

static void
question_cb (GtkButton           *button,
             ForlopDevicesDialog *self)
{
  gboolean is_wipe = g_str_equal (g_object_get_data (G_OBJECT (button), STATE_KEY), "wiped");
  AdwAlertDialog *question = ADW_ALERT_DIALOG (
    adw_alert_dialog_new (is_wipe ? _("Wipe the machine?") : _("Block the machine?"),
                          is_wipe ? _("Everything Forløp has on it is deleted the next time it reaches the server, "
                                      "also what was never sent. It cannot be taken back.")
                                  : _("It gets nothing from the server and sends nothing until somebody lets it in "
                                      "again. What is on it is kept.")));

  adw_alert_dialog_add_response (question, "cancel", _("_Cancel"));
  adw_alert_dialog_add_response (question, is_wipe ? "wiped" : "blocked", is_wipe ? _("_Wipe") : _("_Block"));
  adw_alert_dialog_set_response_appearance (question, is_wipe ? "wiped" : "blocked", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (question, "cancel");
  g_object_set_data_full (G_OBJECT (question), ID_KEY, g_strdup (g_object_get_data (G_OBJECT (button), ID_KEY)),
                          g_free);
  g_signal_connect_object (question, "response", G_CALLBACK (answered_cb), self, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (question), GTK_WIDGET (self));
}

static void
let_in_cb (GtkButton           *button,
           ForlopDevicesDialog *self)
{
  ask (self, g_object_get_data (G_OBJECT (button), ID_KEY), "active");
}

static void
add_button (ForlopDevicesDialog       *self,
            GtkWidget                 *row,
            const ForlopServerMachine *machine,
            const char                *label,
            const char                *state)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), ID_KEY, g_strdup (machine->id), g_free);
  g_object_set_data (G_OBJECT (button), STATE_KEY, (gpointer) state);
  g_signal_connect_object (button, "clicked",
                           g_str_equal (state, "active") ? G_CALLBACK (let_in_cb) : G_CALLBACK (question_cb), self,
                           G_CONNECT_DEFAULT);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
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
dup_subtitle (ForlopDevicesDialog       *self,
              const ForlopServerMachine *machine)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  gint64 seen_at;

  if (machine->account != NULL)
    g_strv_builder_add (parts, machine->account);
  if (words_of_state (machine) != NULL)
    g_strv_builder_add (parts, words_of_state (machine));
  if (machine->seen_at != NULL && forlop_instant_from_iso (machine->seen_at, &seen_at))
    {
      g_autofree char *when = forlop_instant_format_relative (seen_at, forlop_session_now (self->session));
      g_autofree char *seen = g_strdup_printf (_("last heard of %s"), when);

      g_strv_builder_add (parts, seen);
    }
  all = g_strv_builder_end (parts);

  return g_strjoinv (" · ", all);
}

static GtkWidget *
new_row (ForlopDevicesDialog       *self,
         const ForlopServerMachine *machine)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *subtitle = dup_subtitle (self, machine);

  g_object_set (row, "use-markup", FALSE, "title", machine->name != NULL ? machine->name : _("A machine without a name"),
                "subtitle", subtitle, NULL);
  if (machine->is_this || machine->id == NULL || g_strcmp0 (machine->state, "wiped") == 0)
    return row;
  if (g_strcmp0 (machine->state, "blocked") == 0)
    add_button (self, row, machine, _("_Let in"), "active");
  else
    add_button (self, row, machine, _("_Block…"), "blocked");
  add_button (self, row, machine, _("_Wipe…"), "wiped");

  return row;
}

/* A group of its own each time: its rows cannot be taken out of it together. */
static void
fill (ForlopDevicesDialog *self,
      GPtrArray           *machines)
{
  if (self->group != NULL)
    adw_preferences_page_remove (self->page, self->group);
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_page_add (self->page, self->group);
  for (unsigned int i = 0; machines != NULL && i < machines->len; i++)
    adw_preferences_group_add (self->group, new_row (self, g_ptr_array_index (machines, i)));
}

static const char *
words_of_change (const char *state)
{
  if (state == NULL)
    return _("Machines that have synced with the server.");
  if (g_str_equal (state, "wiped"))
    return _("It is wiped the next time it reaches the server.");

  return g_str_equal (state, "blocked") ? _("The machine is blocked.") : _("The machine may sync again.");
}

static DexFuture *
asked_cb (DexFuture *future,
          gpointer   user_data)
{
  Wish *wish = user_data;
  g_autoptr (ForlopDevicesDialog) self = g_weak_ref_get (&wish->dialog);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) machines = forlop_worker_steal (future, &error);

  if (self == NULL || self->page == NULL)
    return NULL;
  gtk_widget_set_sensitive (GTK_WIDGET (self->page), TRUE);
  if (machines != NULL)
    fill (self, machines);
  say (self, machines != NULL ? words_of_change (wish->state) : error->message);
  /* The button that had the keyboard is gone. */
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);

  return NULL;
}

static void
ask (ForlopDevicesDialog *self,
     const char          *device_id,
     const char          *state)
{
  ForlopSyncAccount *account = forlop_sync_watch_get_account (forlop_session_get_sync (self->session));
  Wish *wish[2];

  /* One for the worker, one for the answer. */
  for (unsigned int i = 0; i < G_N_ELEMENTS (wish); i++)
    {
      wish[i] = g_new0 (Wish, 1);
      g_weak_ref_init (&wish[i]->dialog, self);
      wish[i]->account = g_object_ref (account);
      wish[i]->device_id = g_strdup (device_id);
      wish[i]->state = g_strdup (state);
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->page), FALSE);
  dex_future_disown (dex_future_finally (
    forlop_sync_account_ask (account, ask_on_worker, wish[0], wish_free, (GDestroyNotify) g_ptr_array_unref),
    asked_cb, wish[1], wish_free));
}

static void
forlop_devices_dialog_dispose (GObject *object)
{
  ForlopDevicesDialog *self = FORLOP_DEVICES_DIALOG (object);

  self->page = NULL;
  g_clear_object (&self->session);

  G_OBJECT_CLASS (forlop_devices_dialog_parent_class)->dispose (object);
}

static void
forlop_devices_dialog_class_init (ForlopDevicesDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = forlop_devices_dialog_dispose;
}

static void
forlop_devices_dialog_init (ForlopDevicesDialog *self)
{
  GtkWidget *view = adw_toolbar_view_new ();

  self->page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->page));
  adw_dialog_set_title (ADW_DIALOG (self), _("Machines"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 560);
  adw_dialog_set_content_height (ADW_DIALOG (self), 560);
  adw_dialog_set_child (ADW_DIALOG (self), view);
  fill (self, NULL);
}

void
forlop_devices_dialog_present (GtkWidget     *parent,
                               ForlopSession *session)
{
  ForlopDevicesDialog *self;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (FORLOP_IS_SESSION (session));

  self = g_object_new (FORLOP_TYPE_DEVICES_DIALOG, NULL);
  self->session = g_object_ref (session);
  adw_dialog_present (ADW_DIALOG (self), parent);
  ask (self, NULL, NULL);
}
