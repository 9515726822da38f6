/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-server-dialog.h"

#include <glib/gi18n-lib.h>

#include "forlop-empty-state.h"
#include "forlop-sync-account.h"
#include "forlop-words-row.h"
#include "forlop-worker.h"

#define ID_KEY "forlop-server-id"

struct _ForlopServerDialog
{
  AdwDialog parent_instance;

  /* Borrowed: parts of it */
  GtkStack *stack;
  AdwPreferencesPage *page;
  AdwPreferencesGroup *group; /* the first; NULL until the server has answered */

  const ForlopServerList *list;

  /* Owned */
  ForlopSession *session;
  GPtrArray *groups; /* borrowed: parts of the page */
};

G_DEFINE_FINAL_TYPE (ForlopServerDialog, forlop_server_dialog, ADW_TYPE_DIALOG)

/* What is to be done; without an id the list alone is asked for. */
typedef struct {
  GWeakRef dialog;
  const ForlopServerList *list;
  char *id;
  char *value;
} Wish;

static Wish *
wish_new (ForlopServerDialog *self,
          const char         *id,
          const char         *value)
{
  Wish *wish = g_new0 (Wish, 1);

  g_weak_ref_init (&wish->dialog, self);
  wish->list = self->list;
  wish->id = g_strdup (id);
  wish->value = g_strdup (value);

  return wish;
}

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_weak_ref_clear (&wish->dialog);
  g_free (wish->id);
  g_free (wish->value);
  g_free (wish);
}

static gpointer
ask_on_worker (ForlopServerAccount  *account,
               ForlopHttpTransport  *transport,
               gpointer              user_data,
               GCancellable         *cancellable,
               GError              **error)
{
  const Wish *wish = user_data;

  if (wish->id != NULL && !wish->list->change (account, transport, wish->id, wish->value, cancellable, error))
    return NULL;

  return wish->list->list (account, transport, cancellable, error);
}

static void
announce (ForlopServerDialog *self,
          const char         *sentence)
{
  gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static AdwPreferencesGroup *
add_group (ForlopServerDialog *self,
           const char         *heading)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  if (heading != NULL)
    adw_preferences_group_set_title (group, heading);
  adw_preferences_page_add (self->page, group);
  g_ptr_array_add (self->groups, group);

  return group;
}

/* Groups of their own each time: their rows cannot be taken out of them together. */
static void
show_rows (ForlopServerDialog *self,
           GPtrArray          *rows,
           const char         *sentence)
{
  AdwPreferencesGroup *group;

  for (unsigned int i = 0; i < self->groups->len; i++)
    adw_preferences_page_remove (self->page, g_ptr_array_index (self->groups, i));
  g_ptr_array_set_size (self->groups, 0);
  group = self->group = add_group (self, NULL);
  adw_preferences_group_set_description (group, sentence);
  for (unsigned int i = 0; i < rows->len; i++)
    {
      gconstpointer row = g_ptr_array_index (rows, i);
      const char *heading = self->list->heading != NULL ? self->list->heading (row) : NULL;

      if (heading != NULL && g_strcmp0 (heading, adw_preferences_group_get_title (group)) != 0)
        group = add_group (self, heading);
      adw_preferences_group_add (group, self->list->new_row (self, row));
    }
  gtk_stack_set_visible_child_name (self->stack, "list");
}

/* What is listed stays; where there is nothing, the whole page says why. */
static void
show_failure (ForlopServerDialog *self,
              const char         *sentence)
{
  GtkWidget *failure;

  if (self->group != NULL)
    {
      adw_preferences_group_set_description (self->group, sentence);
      return;
    }

  failure = gtk_stack_get_child_by_name (self->stack, "failed");
  g_object_set (failure, "description", sentence, NULL);
  gtk_stack_set_visible_child (self->stack, failure);
}

static GtkWidget *
find_row (GtkWidget  *widget,
          const char *id)
{
  GtkWidget *found = NULL;

  if (g_strcmp0 (g_object_get_data (G_OBJECT (widget), ID_KEY), id) == 0)
    return gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_row (child, id);

  return found;
}

/* The button that had the keyboard is gone; its row is there anew. */
static void
give_keyboard (ForlopServerDialog *self,
               const char         *id)
{
  GtkWidget *row = id != NULL ? find_row (GTK_WIDGET (self->page), id) : NULL;

  if (row == NULL || !gtk_widget_grab_focus (row))
    gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static DexFuture *
asked_cb (DexFuture *future,
          gpointer   user_data)
{
  Wish *wish = user_data;
  g_autoptr (ForlopServerDialog) self = g_weak_ref_get (&wish->dialog);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = forlop_worker_steal (future, &error);
  g_autofree char *sentence = NULL;

  if (self == NULL || self->session == NULL)
    return NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self->page), TRUE);
  if (rows == NULL)
    sentence = g_strdup (error->message);
  else
    sentence = wish->id != NULL ? self->list->done (wish->value, rows) : self->list->describe (rows);
  if (rows != NULL)
    show_rows (self, rows, sentence);
  else
    show_failure (self, sentence);
  announce (self, sentence);
  give_keyboard (self, wish->id);

  return NULL;
}

void
forlop_server_dialog_change (ForlopServerDialog *self,
                             const char         *id,
                             const char         *value)
{
  ForlopSyncAccount *account;

  g_return_if_fail (FORLOP_IS_SERVER_DIALOG (self));

  account = forlop_sync_watch_get_account (forlop_session_get_sync (self->session));
  gtk_widget_set_sensitive (GTK_WIDGET (self->page), FALSE);
  if (self->group == NULL)
    gtk_stack_set_visible_child_name (self->stack, "waiting");
  /* One wish for the worker, one for the answer. */
  dex_future_disown (dex_future_finally (
    forlop_sync_account_ask (account, ask_on_worker, wish_new (self, id, value), wish_free,
                             (GDestroyNotify) g_ptr_array_unref),
    asked_cb, wish_new (self, id, value), wish_free));
}

static void
again_action (GtkWidget  *widget,
              const char *action_name G_GNUC_UNUSED,
              GVariant   *parameter G_GNUC_UNUSED)
{
  forlop_server_dialog_change (FORLOP_SERVER_DIALOG (widget), NULL, NULL);
}

static void
forlop_server_dialog_dispose (GObject *object)
{
  ForlopServerDialog *self = FORLOP_SERVER_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->groups, g_ptr_array_unref);

  G_OBJECT_CLASS (forlop_server_dialog_parent_class)->dispose (object);
}

static void
forlop_server_dialog_class_init (ForlopServerDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = forlop_server_dialog_dispose;

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "server-list.again", NULL, again_action);
}

static void
forlop_server_dialog_init (ForlopServerDialog *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *failure = forlop_empty_state_new ("network-offline-symbolic", _("The list did not come"), NULL);

  forlop_empty_state_set_act (FORLOP_EMPTY_STATE (failure), _("_Try again"), "server-list.again");
  self->groups = g_ptr_array_new ();
  self->page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, adw_spinner_new (), "waiting");
  gtk_stack_add_named (self->stack, failure, "failed");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->page), "list");
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->stack));
  adw_dialog_set_content_width (ADW_DIALOG (self), 640);
  adw_dialog_set_content_height (ADW_DIALOG (self), 560);
  adw_dialog_set_child (ADW_DIALOG (self), view);
}

void
forlop_server_dialog_present (GtkWidget              *parent,
                              ForlopSession          *session,
                              const ForlopServerList *list)
{
  ForlopServerDialog *self;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (list != NULL);

  self = g_object_new (FORLOP_TYPE_SERVER_DIALOG, "title", _(list->title), NULL);
  self->session = g_object_ref (session);
  self->list = list;
  adw_dialog_present (ADW_DIALOG (self), parent);
  forlop_server_dialog_change (self, NULL, NULL);
}

ForlopSession *
forlop_server_dialog_get_session (ForlopServerDialog *self)
{
  g_return_val_if_fail (FORLOP_IS_SERVER_DIALOG (self), NULL);

  return self->session;
}

static void
give_id (gpointer    widget,
         const char *id)
{
  g_object_set_data_full (widget, ID_KEY, g_strdup (id), g_free);
}

const char *
forlop_server_dialog_get_id (gpointer widget)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  return g_object_get_data (widget, ID_KEY);
}

void
forlop_server_dialog_add_button (ForlopServerDialog *self,
                                 GtkWidget          *row,
                                 const char         *label,
                                 const char         *name,
                                 const char         *id,
                                 GCallback           clicked)
{
  GtkWidget *button;

  g_return_if_fail (FORLOP_IS_SERVER_DIALOG (self));

  button = gtk_button_new_with_mnemonic (label);
  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_add_css_class (button, "flat");
  give_id (button, id);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_DEFAULT);
  forlop_words_row_add_button (row, button);
}

void
forlop_server_dialog_ask (ForlopServerDialog *self,
                          AdwDialog          *question,
                          GtkButton          *button,
                          GCallback           answered)
{
  g_autofree char *body = NULL;

  g_return_if_fail (FORLOP_IS_SERVER_DIALOG (self));
  g_return_if_fail (ADW_IS_ALERT_DIALOG (question));
  g_return_if_fail (GTK_IS_BUTTON (button));

  body = g_strdup_printf ("%s\n\n%s", gtk_widget_get_tooltip_text (GTK_WIDGET (button)),
                          adw_alert_dialog_get_body (ADW_ALERT_DIALOG (question)));
  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (question), body);
  give_id (question, forlop_server_dialog_get_id (button));
  g_signal_connect_object (question, "response", answered, self, G_CONNECT_DEFAULT);
  adw_dialog_present (question, GTK_WIDGET (self));
}
