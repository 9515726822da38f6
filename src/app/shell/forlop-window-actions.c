/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-window-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-help-dialog.h"
#include "forlop-jump-dialog.h"
#include "forlop-open-record.h"
#include "forlop-shortcuts-dialog.h"
#include "forlop-elsewhere-dialog.h"
#include "forlop-intake-dialog.h"
#include "forlop-sign-in-dialog.h"
#include "forlop-sync-watch.h"

/* What the menus, keys and buttons of the window do, and the toasts. */

void
forlop_window_clear_undo (ForlopWindow *self)
{
  ForlopWindowUndo *undo = g_steal_pointer (&self->undo);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo", FALSE);
  if (undo == NULL)
    return;

  if (undo->destroy != NULL)
    undo->destroy (undo->user_data);
  g_clear_object (&undo->toast);
  g_free (undo);
}

static void
forlop_window_section_action (GtkWidget  *widget,
                              const char *action_name G_GNUC_UNUSED,
                              GVariant   *parameter)
{
  forlop_window_show_section (FORLOP_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
forlop_window_open_action (GtkWidget  *widget,
                           const char *action_name G_GNUC_UNUSED,
                           GVariant   *parameter)
{
  const char *kind;
  const char *id;

  g_variant_get (parameter, "(&s&s)", &kind, &id);
  forlop_window_open (FORLOP_WINDOW (widget), kind, id);
}

/* An act on what the page is about; elsewhere its form asks for everything. */
static void
forlop_window_act_action (GtkWidget  *widget,
                          const char *action_name G_GNUC_UNUSED,
                          GVariant   *parameter)
{
  ForlopWindow *self = FORLOP_WINDOW (widget);
  const char *kind;
  const char *id = forlop_window_get_subject (self, &kind);

  forlop_open_act (widget, self->session, g_variant_get_string (parameter, NULL), kind, id, NULL, NULL);
}

static void
forlop_window_jump_action (GtkWidget  *widget,
                           const char *action_name G_GNUC_UNUSED,
                           GVariant   *parameter G_GNUC_UNUSED)
{
  ForlopWindow *self = FORLOP_WINDOW (widget);
  AdwDialog *visible = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self));

  if (visible != NULL && FORLOP_IS_JUMP_DIALOG (visible))
    adw_dialog_close (visible);
  else
    adw_dialog_present (forlop_jump_dialog_new (G_LIST_MODEL (self->jump_providers)), widget);
}

static void
forlop_window_undo_action (GtkWidget  *widget,
                           const char *action_name G_GNUC_UNUSED,
                           GVariant   *parameter G_GNUC_UNUSED)
{
  ForlopWindow *self = FORLOP_WINDOW (widget);
  ForlopWindowUndo *undo = self->undo;
  g_autoptr(AdwToast) toast = NULL;

  if (undo == NULL)
    return;

  /* Undoing may itself tell about a new act, which replaces what is kept here. */
  self->undo = NULL;
  gtk_widget_action_set_enabled (widget, "win.undo", FALSE);
  toast = g_steal_pointer (&undo->toast);
  undo->func (undo->user_data);
  if (undo->destroy != NULL)
    undo->destroy (undo->user_data);
  g_free (undo);
  adw_toast_dismiss (toast);
}

/* The page is about this machine, so there is only one. One who is signed out is asked to sign in at once. */
static void
forlop_window_sync_action (GtkWidget  *widget,
                           const char *action_name G_GNUC_UNUSED,
                           GVariant   *parameter G_GNUC_UNUSED)
{
  ForlopWindow *self = FORLOP_WINDOW (widget);
  ForlopSyncWatch *watch = forlop_session_get_sync (self->session);
  const ForlopSyncFacts *facts = watch != NULL ? forlop_sync_watch_get_facts (watch) : NULL;

  forlop_window_open (self, "sync", "here");
  if (facts != NULL && facts->is_paired && facts->standing == FORLOP_SYNC_SIGNED_OUT)
    forlop_sign_in_dialog_present (widget, self->session);
}

/* The parameter is what to look for. */
static void
forlop_window_elsewhere_action (GtkWidget  *widget,
                                const char *action_name G_GNUC_UNUSED,
                                GVariant   *parameter)
{
  forlop_elsewhere_dialog_present (widget, FORLOP_WINDOW (widget)->session,
                                   g_variant_get_string (parameter, NULL));
}

/* The parameter is what the rows of the file are. */
static void
forlop_window_import_action (GtkWidget  *widget,
                             const char *action_name G_GNUC_UNUSED,
                             GVariant   *parameter)
{
  gboolean is_people = g_str_equal (g_variant_get_string (parameter, NULL), "citizens");

  forlop_intake_dialog_begin (widget, FORLOP_WINDOW (widget)->session,
                              is_people ? FORLOP_INTAKE_CITIZENS : FORLOP_INTAKE_MEASUREMENTS);
}

/* The parameters are whose record it is, and who that is in words. */
static void
forlop_window_emergency_action (GtkWidget  *widget,
                                const char *action_name G_GNUC_UNUSED,
                                GVariant   *parameter)
{
  const char *citizen_id, *who;

  g_variant_get (parameter, "(&s&s)", &citizen_id, &who);
  forlop_elsewhere_dialog_present_note (widget, FORLOP_WINDOW (widget)->session, citizen_id, who);
}

static void
forlop_window_help_action (GtkWidget  *widget,
                           const char *action_name G_GNUC_UNUSED,
                           GVariant   *parameter G_GNUC_UNUSED)
{
  ForlopWindow *self = FORLOP_WINDOW (widget);
  ForlopView *view = forlop_window_get_visible_view (self);
  const char *page = view != NULL ? forlop_view_get_help (view) : NULL;

  if (page == NULL)
    page = forlop_window_get_section (self);
  adw_dialog_present (forlop_help_dialog_new (page), widget);
}

static void
forlop_window_shortcuts_action (GtkWidget  *widget,
                                const char *action_name G_GNUC_UNUSED,
                                GVariant   *parameter G_GNUC_UNUSED)
{
  adw_dialog_present (forlop_shortcuts_dialog_new (), widget);
}

static void
forlop_window_about_action (GtkWidget  *widget,
                            const char *action_name G_GNUC_UNUSED,
                            GVariant   *parameter G_GNUC_UNUSED)
{
  AdwDialog *dialog = adw_about_dialog_new ();

  g_object_set (dialog,
                "application-name", _("Forløp"),
                "application-icon", "no.forlop.Forlop",
                "version", FORLOP_VERSION,
                "developer-name", _("The Forløp authors"),
                "license-type", GTK_LICENSE_CUSTOM,
                "license", _("European Union Public Licence, version 1.2"),
                "comments", _("Forløp sorts and shows values against limits that a clinician has "
                              "set for one citizen. It does not diagnose and does not recommend "
                              "treatment."),
                NULL);
  adw_dialog_present (dialog, widget);
}

void
forlop_window_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.section", "s",
                                   forlop_window_section_action);
  gtk_widget_class_install_action (widget_class, "win.open", "(ss)", forlop_window_open_action);
  gtk_widget_class_install_action (widget_class, "win.act", "s", forlop_window_act_action);
  gtk_widget_class_install_action (widget_class, "win.jump", NULL, forlop_window_jump_action);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, forlop_window_undo_action);
  gtk_widget_class_install_action (widget_class, "win.sync", NULL, forlop_window_sync_action);
  gtk_widget_class_install_action (widget_class, "win.elsewhere", "s", forlop_window_elsewhere_action);
  gtk_widget_class_install_action (widget_class, "win.import", "s", forlop_window_import_action);
  gtk_widget_class_install_action (widget_class, "win.emergency", "(ss)", forlop_window_emergency_action);
  gtk_widget_class_install_action (widget_class, "win.help", NULL, forlop_window_help_action);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL,
                                   forlop_window_shortcuts_action);
  gtk_widget_class_install_action (widget_class, "win.about", NULL, forlop_window_about_action);
}

static ForlopWindow *
forlop_window_of_widget (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return root != NULL && FORLOP_IS_WINDOW (root) ? FORLOP_WINDOW (root) : NULL;
}

/* What comes next is not kept waiting by it, as long as the keyboard or the pointer is on it. */
static void
forlop_window_dismiss_said (ForlopWindow *self)
{
  if (self->said != NULL)
    adw_toast_dismiss (self->said);
  g_clear_object (&self->said);
}

/**
 * forlop_toast:
 * @text: What was done, as words and not as markup.
 *
 * Shows @text at the foot of the window and reads it aloud. Nothing happens when the widget has
 * left the window.
 */
void
forlop_toast (GtkWidget  *widget,
              const char *text)
{
  ForlopWindow *self;
  AdwToast *toast;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (text != NULL);

  self = forlop_window_of_widget (widget);
  if (self == NULL)
    return;

  toast = adw_toast_new ("");
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, text);
  forlop_window_dismiss_said (self);
  self->said = g_object_ref (toast);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}

/* The board says it itself, with whom; here it is without a name, for it may come while anything is shown. */
void
forlop_window_tell_red (ForlopWindow *self,
                        unsigned int  n)
{
  g_autofree char *text = g_strdup_printf (ngettext ("%u new red alert in Follow-up",
                                                     "%u new red alerts in Follow-up", n), n);
  AdwToast *toast;

  if (g_strcmp0 (forlop_window_get_section (self), "follow-up") == 0)
    return;

  toast = adw_toast_new ("");
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, text);
  adw_toast_set_button_label (toast, _("_Show"));
  adw_toast_set_detailed_action_name (toast, "win.section::follow-up");
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_timeout (toast, 20);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}

/**
 * forlop_toast_undo:
 * @undo: Commits the inverse act.
 * @destroy: (nullable): Frees @user_data, whether it was undone or not.
 *
 * Only the last act can be taken back this way.
 */
void
forlop_toast_undo (GtkWidget      *widget,
                   const char     *text,
                   ForlopUndoFunc  undo,
                   gpointer        user_data,
                   GDestroyNotify  destroy)
{
  ForlopWindow *self;
  AdwToast *toast;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (text != NULL);
  g_return_if_fail (undo != NULL);

  self = forlop_window_of_widget (widget);
  if (self == NULL)
    {
      if (destroy != NULL)
        destroy (user_data);
      return;
    }

  toast = adw_toast_new ("");
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, text);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_action_name (toast, "win.undo");

  forlop_window_dismiss_said (self);
  if (self->undo != NULL && self->undo->toast != NULL)
    adw_toast_dismiss (self->undo->toast);
  forlop_window_clear_undo (self);
  self->undo = g_new0 (ForlopWindowUndo, 1);
  self->undo->func = undo;
  self->undo->user_data = user_data;
  self->undo->destroy = destroy;
  self->undo->toast = g_object_ref (toast);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo", TRUE);

  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}

typedef struct {
  GWeakRef widget;
  char *label;
  ForlopUndoFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
} Offer;

static void
offer_free (gpointer data)
{
  Offer *offer = data;

  if (offer->destroy != NULL)
    offer->destroy (offer->user_data);
  g_weak_ref_clear (&offer->widget);
  g_free (offer->label);
  g_free (offer);
}

static void
offer_closure_free (gpointer  data,
                    GClosure *closure G_GNUC_UNUSED)
{
  offer_free (data);
}

static void
offer_clicked_cb (GtkButton *button,
                  Offer     *offer)
{
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  offer->func (offer->user_data);
}

static gboolean
offer_cb (gpointer user_data)
{
  Offer *offer = user_data;
  g_autoptr(GtkWidget) widget = g_weak_ref_get (&offer->widget);
  ForlopWindow *self = widget != NULL ? forlop_window_of_widget (widget) : NULL;
  GtkWidget *box;
  GtkWidget *label;
  GtkWidget *button;

  if (self == NULL || self->undo == NULL || self->undo->toast == NULL)
    {
      offer_free (offer);
      return G_SOURCE_REMOVE;
    }

  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  label = gtk_label_new (adw_toast_get_title (self->undo->toast));
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  button = gtk_button_new_with_mnemonic (offer->label);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  g_signal_connect_data (button, "clicked", G_CALLBACK (offer_clicked_cb), offer, offer_closure_free,
                         G_CONNECT_DEFAULT);
  adw_toast_set_custom_title (self->undo->toast, box);

  return G_SOURCE_REMOVE;
}

/**
 * forlop_toast_offer:
 * @label: A verb with mnemonic: what one usually does next.
 * @func: Does it.
 *
 * For the moment after an act: the toast about it is there when the main loop turns next.
 */
void
forlop_toast_offer (GtkWidget      *widget,
                    const char     *label,
                    ForlopUndoFunc  func,
                    gpointer        user_data,
                    GDestroyNotify  destroy)
{
  Offer *offer;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (label != NULL && func != NULL);

  offer = g_new0 (Offer, 1);
  g_weak_ref_init (&offer->widget, widget);
  offer->label = g_strdup (label);
  offer->func = func;
  offer->user_data = user_data;
  offer->destroy = destroy;
  g_idle_add (offer_cb, offer);
}

void
forlop_toast_error (GtkWidget    *widget,
                    const GError *error)
{
  ForlopWindow *self;
  AdwToast *toast;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (error != NULL);

  self = forlop_window_of_widget (widget);
  if (self == NULL)
    return;

  toast = adw_toast_new ("");
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, error->message);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_timeout (toast, 0);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}
