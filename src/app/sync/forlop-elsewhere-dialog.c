/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-elsewhere-dialog.h"

#include <glib/gi18n-lib.h>

#include "forlop-connection.h"
#include "forlop-format.h"
#include "forlop-people-query.h"
#include "forlop-sign-in-dialog.h"
#include "forlop-statement.h"
#include "forlop-sync-account.h"
#include "forlop-window.h"
#include "forlop-worker.h"

struct _ForlopElsewhereDialog
{
  AdwDialog parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkWidget *back_button;
  GtkEntry *text_entry;
  GtkWidget *search_button;
  GtkWidget *search_spinner;
  GtkLabel *search_label;
  GtkWidget *list_window;
  GtkListBox *list;
  GtkLabel *person_label;
  GtkWidget *blocked_box;
  GtkLabel *blocked_label;
  AdwEntryRow *reason_row;
  GtkLabel *refusal_label;
  GtkWidget *sign_in_button;
  GtkWidget *open_spinner;
  GtkWidget *take_up_box;
  GtkWidget *take_up_button;
  GtkWidget *break_glass_button;

  /* Owned */
  ForlopSession *session;
  ForlopSyncAccount *account;
  GPtrArray *people; /* of ForlopPerson, as in the list */
  char *citizen_id; /* whose record is wanted */
  gboolean is_for_note; /* the rest of the record is here */

  GtkWidget *parent; /* weak */
};

G_DEFINE_FINAL_TYPE (ForlopElsewhereDialog, forlop_elsewhere_dialog, ADW_TYPE_DIALOG)

/* What one asks the server for; owns what it points to. */
typedef struct {
  char *text;
  ForlopPeopleWay way;
  char *citizen_id;
  char *reason;
} Wish;

typedef struct {
  GPtrArray *people;
  gboolean more;
} Found;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->text);
  g_free (wish->citizen_id);
  g_free (wish->reason);
  g_free (wish);
}

static void
found_free (gpointer data)
{
  Found *found = data;

  g_clear_pointer (&found->people, g_ptr_array_unref);
  g_free (found);
}

static GWeakRef *
weak_ref_to (gpointer object)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, object);

  return weak;
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static gboolean
is_alive (ForlopElsewhereDialog *self)
{
  return self != NULL && self->account != NULL;
}

static void
say (ForlopElsewhereDialog *self,
     const char            *sentence)
{
  gtk_label_set_label (self->search_label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->search_label), sentence != NULL);
}

/* When the person was born, and whose she is or that she is blocked. */
static char *
dup_subtitle (const ForlopPerson *person)
{
  const char *where = person->is_blocked ? _("Blocked for you") : person->unit;
  g_autofree char *birth = NULL;
  ForlopDate date;

  if (person->birth_date != NULL && forlop_date_from_iso (person->birth_date, &date))
    birth = forlop_date_format (date);

  return g_strjoin (birth != NULL && where != NULL ? " · " : "", birth != NULL ? birth : "",
                    where != NULL ? where : "", NULL);
}

static GtkWidget *
new_row (const ForlopPerson *person)
{
  g_autofree char *name = g_strdup_printf ("%s, %s", person->family_name,
                                           person->given_name != NULL ? person->given_name : "");
  g_autofree char *subtitle = dup_subtitle (person);
  GtkWidget *row = adw_action_row_new ();

  g_object_set (row, "use-markup", FALSE, "title", name, "subtitle", subtitle, "activatable", TRUE, NULL);
  if (person->is_blocked)
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("changes-prevent-symbolic"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));

  return row;
}

static void
show_found (ForlopElsewhereDialog *self,
            Found                 *found)
{
  g_clear_pointer (&self->people, g_ptr_array_unref);
  self->people = g_steal_pointer (&found->people);
  for (unsigned int i = 0; i < self->people->len; i++)
    gtk_list_box_append (self->list, new_row (g_ptr_array_index (self->people, i)));
  gtk_widget_set_visible (self->list_window, self->people->len > 0);
  if (self->people->len == 0)
    say (self, _("The server found nobody. Look for the beginning of a name, a whole date of birth or a whole identity "
                 "number. Who has blocked the record for you is found by the whole number alone, and who has a "
                 "protected address not at all."));
  else
    say (self, found->more ? _("There are more than fifty. Write more to find fewer.") : NULL);
}

static DexFuture *
found_cb (DexFuture *future,
          gpointer   user_data)
{
  g_autoptr (ForlopElsewhereDialog) self = g_weak_ref_get (user_data);
  g_autoptr (GError) error = NULL;
  Found *found = forlop_worker_steal (future, &error);

  if (is_alive (self))
    {
      gtk_widget_set_visible (self->search_spinner, FALSE);
      gtk_widget_set_sensitive (self->search_button, TRUE);
      if (found != NULL)
        show_found (self, found);
      else
        say (self, error->message);
    }
  g_clear_pointer (&found, found_free);

  return NULL;
}

static gpointer
search_on_worker (ForlopServerAccount  *account,
                  ForlopHttpTransport  *transport,
                  gpointer              user_data,
                  GCancellable         *cancellable,
                  GError              **error)
{
  Wish *wish = user_data;
  Found *found = g_new0 (Found, 1);

  found->people = forlop_people_search (account, transport, wish->text, &found->more, cancellable, error);
  if (found->people == NULL)
    g_clear_pointer (&found, found_free);

  return found;
}

static void
search_cb (ForlopElsewhereDialog *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text_entry))));
  Wish *wish;

  if (!gtk_widget_get_sensitive (self->search_button))
    return;

  gtk_list_box_remove_all (self->list);
  gtk_widget_set_visible (self->list_window, FALSE);
  if (g_utf8_strlen (text, -1) < FORLOP_PEOPLE_LEAST_SEARCH)
    {
      say (self, _("Write at least three letters, a whole date of birth or a whole identity number."));
      return;
    }

  say (self, NULL);
  gtk_widget_set_visible (self->search_spinner, TRUE);
  gtk_widget_set_sensitive (self->search_button, FALSE);
  wish = g_new0 (Wish, 1);
  wish->text = g_steal_pointer (&text);
  dex_future_disown (dex_future_finally (
    forlop_sync_account_ask (self->account, search_on_worker, wish, wish_free, found_free), found_cb,
    weak_ref_to (self), weak_ref_free));
}

static gboolean
is_caseworker (ForlopElsewhereDialog *self)
{
  ForlopIdentity *actor = forlop_session_get_actor (self->session);

  return actor != NULL && g_str_equal (forlop_identity_get_role (actor), "caseworker");
}

static void
row_activated_cb (ForlopElsewhereDialog *self,
                  GtkListBoxRow         *row)
{
  const ForlopPerson *person = g_ptr_array_index (self->people, (unsigned int) gtk_list_box_row_get_index (row));
  g_autofree char *who = g_strdup_printf ("%s · %s", adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)),
                                          adw_action_row_get_subtitle (ADW_ACTION_ROW (row)));

  g_set_str (&self->citizen_id, person->citizen_id);
  gtk_label_set_label (self->person_label, who);
  gtk_widget_set_visible (self->blocked_box, person->is_blocked);
  gtk_widget_set_visible (self->take_up_box, !person->is_blocked && is_caseworker (self));
  gtk_widget_set_visible (GTK_WIDGET (self->refusal_label), FALSE);
  gtk_widget_set_visible (self->sign_in_button, FALSE);
  gtk_widget_set_visible (self->back_button, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "reason");
  gtk_widget_grab_focus (GTK_WIDGET (self->reason_row));
}

static void
back_cb (ForlopElsewhereDialog *self)
{
  gtk_widget_set_visible (self->back_button, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "search");
  gtk_widget_grab_focus (GTK_WIDGET (self->text_entry));
}

static void
sign_in_cb (ForlopElsewhereDialog *self)
{
  forlop_sign_in_dialog_present (GTK_WIDGET (self), self->session);
}

static void
refuse (ForlopElsewhereDialog *self,
        const char            *sentence)
{
  gtk_label_set_label (self->refusal_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->refusal_label), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->reason_row));
}

static gpointer
is_here_on_worker (ForlopConnection  *connection,
                   gpointer           user_data,
                   GCancellable      *cancellable G_GNUC_UNUSED,
                   GError           **error)
{
  g_autoptr (ForlopStatement) statement =
    forlop_connection_prepare (connection, "SELECT 1 FROM citizen WHERE id = ? AND deleted = 0", error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  forlop_statement_bind_id (statement, 1, user_data);
  if (!forlop_statement_step (statement, &has_row, error))
    return NULL;

  return g_strdup (has_row ? "here" : "");
}

static DexFuture *
looked_cb (DexFuture *future,
           gpointer   user_data)
{
  g_autoptr (ForlopElsewhereDialog) self = g_weak_ref_get (user_data);
  g_autofree char *answer = forlop_worker_steal (future, NULL);

  if (!is_alive (self) || answer == NULL || *answer == '\0')
    return NULL;

  if (self->parent != NULL)
    gtk_widget_activate_action (self->parent, "win.open", "(ss)", "citizen", self->citizen_id);
  adw_dialog_force_close (ADW_DIALOG (self));

  return NULL;
}

static void
look_whether_it_came (ForlopElsewhereDialog *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->stack);
  ForlopStore *store = forlop_session_get_store (self->session);

  if (store != NULL && g_str_equal (page, "coming"))
    dex_future_disown (dex_future_finally (
      forlop_store_read (store, is_here_on_worker, g_strdup (self->citizen_id), g_free, g_free), looked_cb,
      weak_ref_to (self), weak_ref_free));
}

static void
set_opening (ForlopElsewhereDialog *self,
             gboolean               opening)
{
  gtk_widget_set_visible (self->open_spinner, opening);
  gtk_widget_set_sensitive (self->take_up_button, !opening);
  gtk_widget_set_sensitive (self->break_glass_button, !opening);
  gtk_widget_set_sensitive (self->back_button, !opening);
}

static void
say_until (ForlopElsewhereDialog *self,
           gint64                 until)
{
  g_autofree char *at = NULL;
  g_autofree char *text = NULL;

  if (until == FORLOP_INSTANT_NONE || self->parent == NULL)
    return;
  at = forlop_instant_format (until);
  /* Translators: date and time. */
  text = g_strdup_printf (_("Emergency access until %s"), at);
  forlop_toast (self->parent, text);
}

static DexFuture *
opened_cb (DexFuture *future,
           gpointer   user_data)
{
  g_autoptr (ForlopElsewhereDialog) self = g_weak_ref_get (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *until = forlop_worker_steal (future, &error);

  if (!is_alive (self))
    return NULL;

  set_opening (self, FALSE);
  if (until == NULL)
    {
      refuse (self, error->message);
      gtk_widget_set_visible (self->sign_in_button,
                              g_error_matches (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_WRONG));
      return NULL;
    }

  say_until (self, *until);
  forlop_sync_watch_wake (forlop_session_get_sync (self->session));
  if (self->is_for_note)
    {
      adw_dialog_force_close (ADW_DIALOG (self));
      return NULL;
    }
  gtk_widget_set_visible (self->back_button, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "coming");
  look_whether_it_came (self);

  return NULL;
}

static gpointer
open_on_worker (ForlopServerAccount  *account,
                ForlopHttpTransport  *transport,
                gpointer              user_data,
                GCancellable         *cancellable,
                GError              **error)
{
  Wish *wish = user_data;
  gint64 until;

  return forlop_people_open (account, transport, wish->way, wish->citizen_id, wish->reason, &until, cancellable, error)
           ? g_memdup2 (&until, sizeof until)
           : NULL;
}

static void
open_record (ForlopElsewhereDialog *self,
             ForlopPeopleWay        way)
{
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->reason_row))));
  Wish *wish;

  if (g_utf8_strlen (reason, -1) < FORLOP_PEOPLE_LEAST_REASON)
    {
      refuse (self, _("Write why, in at least ten characters. The citizen and the leader can read it."));
      return;
    }

  gtk_widget_set_visible (GTK_WIDGET (self->refusal_label), FALSE);
  gtk_widget_set_visible (self->sign_in_button, FALSE);
  set_opening (self, TRUE);
  wish = g_new0 (Wish, 1);
  wish->way = way;
  wish->citizen_id = g_strdup (self->citizen_id);
  wish->reason = g_steal_pointer (&reason);
  dex_future_disown (dex_future_finally (
    forlop_sync_account_ask (self->account, open_on_worker, wish, wish_free, g_free), opened_cb,
    weak_ref_to (self), weak_ref_free));
}

static void
take_up_cb (ForlopElsewhereDialog *self)
{
  open_record (self, FORLOP_PEOPLE_TAKE_UP);
}

static void
break_glass_cb (ForlopElsewhereDialog *self)
{
  open_record (self, FORLOP_PEOPLE_BREAK_GLASS);
}

static void
forlop_elsewhere_dialog_dispose (GObject *object)
{
  ForlopElsewhereDialog *self = FORLOP_ELSEWHERE_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_object (&self->account);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->citizen_id, g_free);
  g_clear_weak_pointer (&self->parent);

  G_OBJECT_CLASS (forlop_elsewhere_dialog_parent_class)->dispose (object);
}

static void
forlop_elsewhere_dialog_class_init (ForlopElsewhereDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = forlop_elsewhere_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/sync/forlop-elsewhere-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopElsewhereDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopElsewhereDialog, back_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopElsewhereDialog, text_entry);
  gtk_widget_class_bind_template_child (widget_class, ForlopElsewhereDialog, search_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopElsewhereDialog, search_spinner);
  gtk_widget_class_bind_template_child (widget_class, ForlopElsewhereDialog, search_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopElsewhereDialog, list_window);
  gtk_widget_class_bind_template_child (widget_class, ForlopElsewhereDialog, list);
  gtk_widget_class_bind_template_child (widget_class, ForlopElsewhereDialog, person_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopElsewhereDialog, blocked_box);
  gtk_widget_class_bind_template_child (widget_class, ForlopElsewhereDialog, blocked_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopElsewhereDialog, reason_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopElsewhereDialog, refusal_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopElsewhereDialog, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopElsewhereDialog, open_spinner);
  gtk_widget_class_bind_template_child (widget_class, ForlopElsewhereDialog, take_up_box);
  gtk_widget_class_bind_template_child (widget_class, ForlopElsewhereDialog, take_up_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopElsewhereDialog, break_glass_button);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, take_up_cb);
  gtk_widget_class_bind_template_callback (widget_class, break_glass_cb);
}

static void
forlop_elsewhere_dialog_init (ForlopElsewhereDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static ForlopSyncAccount *
get_account (ForlopSession *session)
{
  ForlopSyncWatch *watch = forlop_session_get_sync (session);
  ForlopSyncAccount *account = watch != NULL ? forlop_sync_watch_get_account (watch) : NULL;

  return account != NULL && forlop_sync_account_get_server (account) != NULL ? account : NULL;
}

gboolean
forlop_elsewhere_dialog_is_offered (ForlopSession *session)
{
  ForlopIdentity *actor;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), FALSE);

  actor = forlop_session_get_actor (session);

  return actor != NULL && get_account (session) != NULL &&
         (g_str_equal (forlop_identity_get_role (actor), "caseworker") ||
          g_str_equal (forlop_identity_get_role (actor), "resource_person"));
}

static ForlopElsewhereDialog *
forlop_elsewhere_dialog_new (GtkWidget     *parent,
                             ForlopSession *session)
{
  ForlopElsewhereDialog *self = g_object_new (FORLOP_TYPE_ELSEWHERE_DIALOG, NULL);

  self->session = g_object_ref (session);
  self->account = g_object_ref (get_account (session));
  g_set_weak_pointer (&self->parent, parent);

  return self;
}

void
forlop_elsewhere_dialog_present (GtkWidget     *parent,
                                 ForlopSession *session,
                                 const char    *text)
{
  ForlopElsewhereDialog *self;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (FORLOP_IS_SESSION (session));

  if (!forlop_elsewhere_dialog_is_offered (session))
    return;

  self = forlop_elsewhere_dialog_new (parent, session);
  g_signal_connect_object (session, "changed", G_CALLBACK (look_whether_it_came), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (self), parent);
  if (text == NULL || *text == '\0')
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->text_entry), text);
  search_cb (self);
}

void
forlop_elsewhere_dialog_present_note (GtkWidget     *parent,
                                      ForlopSession *session,
                                      const char    *citizen_id,
                                      const char    *who)
{
  ForlopElsewhereDialog *self;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (citizen_id != NULL && who != NULL);

  if (!forlop_elsewhere_dialog_is_offered (session))
    return;

  self = forlop_elsewhere_dialog_new (parent, session);
  self->citizen_id = g_strdup (citizen_id);
  self->is_for_note = TRUE;
  adw_dialog_set_title (ADW_DIALOG (self), _("Emergency access"));
  adw_dialog_set_content_height (ADW_DIALOG (self), 400);
  gtk_label_set_label (self->person_label, who);
  gtk_label_set_label (self->blocked_label,
                       _("The citizen has asked that you do not see a note here. Open it only when life or health is in "
                         "danger and it cannot wait."));
  gtk_widget_set_visible (self->blocked_box, TRUE);
  gtk_widget_set_visible (self->take_up_box, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "reason");
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->reason_row));
  adw_dialog_present (ADW_DIALOG (self), parent);
}
