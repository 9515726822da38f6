/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-view.h"

#include <glib/gi18n-lib.h>

#include "forlop-act.h"
#include "forlop-change-row.h"
#include "forlop-conflict-row.h"
#include "forlop-empty-state.h"
#include "forlop-format.h"
#include "forlop-load.h"
#include "forlop-open-record.h"
#include "forlop-refused-row.h"
#include "forlop-sign-in-dialog.h"
#include "forlop-sync-page-data.h"
#include "forlop-sync-watch.h"
#include "forlop-window.h"
#include "forlop-worker.h"

struct _ForlopSyncView
{
  ForlopView parent_instance;

  /* Template widgets */
  GtkImage *status_icon;
  GtkLabel *status_label;
  GtkLabel *server_label;
  GtkProgressBar *progress;
  GtkWidget *sign_in_button;
  GtkWidget *now_button;
  GtkWidget *refused_part;
  GtkListBox *refused_list;
  GtkWidget *waiting_part;
  GtkListBox *waiting_list;
  GtkLabel *more_label;
  ForlopEmptyState *empty;

  gboolean is_watching;
  gboolean is_told_of_dialogs;
};

G_DEFINE_FINAL_TYPE (ForlopSyncView, forlop_sync_view, FORLOP_TYPE_VIEW)

static GtkWidget *
new_waiting_row (const ForlopSyncEntry *entry,
                 gint64                 now)
{
  g_autofree char *about = forlop_change_row_dup_about (entry->who, entry->item, entry->created_at, now);

  return forlop_change_row_new ("document-send-symbolic", forlop_change_row_title (entry->act), about,
                                NULL);
}

static void
show_more (ForlopSyncView *self,
           gint64          n_more)
{
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->more_label), n_more > 0);
  if (n_more <= 0)
    return;

  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "and %d more", "and %d more",
                                       (gulong) n_more), (int) n_more);
  gtk_label_set_label (self->more_label, text);
}

static const ForlopSyncFacts *
get_facts (ForlopSyncView *self)
{
  ForlopSyncWatch *watch = forlop_session_get_sync (forlop_view_get_session (FORLOP_VIEW (self)));

  return watch != NULL ? forlop_sync_watch_get_facts (watch) : NULL;
}

static void
show_empty (ForlopSyncView *self,
            gboolean        has_rows)
{
  const ForlopSyncFacts *facts = get_facts (self);
  ForlopSession *session = forlop_view_get_session (FORLOP_VIEW (self));

  /* A tick would deny what stands above it. */
  gtk_widget_set_visible (GTK_WIDGET (self->empty),
                          !has_rows && forlop_session_get_status (session) < FORLOP_STATUS_REFUSED);
  if (facts != NULL && facts->is_paired)
    g_object_set (self->empty, "icon-name", "object-select-symbolic", "title", _("Nothing waits"),
                  "description", _("What you write is sent by itself. What the server does not take "
                                   "shows here, with what you can do."), NULL);
  else
    g_object_set (self->empty, "icon-name", "network-offline-symbolic",
                  "title", _("This file belongs to no server"),
                  "description", _("Everything is saved on this machine, and nothing is sent."), NULL);
}

static void
loaded_cb (GtkWidget *widget,
           gpointer   result)
{
  ForlopSyncView *self = FORLOP_SYNC_VIEW (widget);
  g_autoptr (ForlopSyncPageData) data = result;
  const ForlopSyncFacts *facts = get_facts (self);
  ForlopSession *session = forlop_view_get_session (FORLOP_VIEW (self));
  gint64 now = forlop_session_now (session);
  g_autofree char *keyboard = NULL;
  gboolean needs_me;

  forlop_view_set_busy (FORLOP_VIEW (self), FALSE);
  if (data == NULL)
    return;

  keyboard = forlop_change_row_dup_keyboard (self->refused_list);
  gtk_list_box_remove_all (self->refused_list);
  gtk_list_box_remove_all (self->waiting_list);
  for (unsigned int i = 0; i < data->conflicts->len; i++)
    gtk_list_box_append (self->refused_list,
                         forlop_conflict_row_new (session, g_ptr_array_index (data->conflicts, i)));
  for (unsigned int i = 0; i < data->refused->len; i++)
    gtk_list_box_append (self->refused_list,
                         forlop_refused_row_new (session, g_ptr_array_index (data->refused, i), FALSE));
  for (unsigned int i = 0; i < data->waiting->len; i++)
    gtk_list_box_append (self->waiting_list,
                         new_waiting_row (g_ptr_array_index (data->waiting, i), now));
  needs_me = data->refused->len > 0 || data->conflicts->len > 0;
  gtk_widget_set_visible (self->refused_part, needs_me);
  gtk_widget_set_visible (self->waiting_part, data->waiting->len > 0);
  if (keyboard != NULL && needs_me)
    forlop_change_row_give_keyboard (self->refused_list, keyboard);
  else if (keyboard != NULL)
    gtk_widget_grab_focus (self->now_button);
  show_more (self, facts != NULL ? facts->n_waiting - data->waiting->len : 0);
  show_empty (self, needs_me || data->waiting->len > 0);
}

static void
show_standing (ForlopSyncView *self)
{
  ForlopSession *session = forlop_view_get_session (FORLOP_VIEW (self));
  const ForlopSyncFacts *facts = get_facts (self);
  gboolean is_paired = facts != NULL && facts->is_paired;
  gboolean is_fetching = is_paired && facts->is_first && facts->head > 0;
  g_autofree char *confirmed = NULL;
  g_autofree char *server = NULL;

  gtk_image_set_from_icon_name (self->status_icon,
                                forlop_status_get_icon_name (forlop_session_get_status (session)));
  gtk_label_set_label (self->status_label, forlop_session_get_status_text (session));
  gtk_widget_set_visible (self->now_button, is_paired);
  gtk_widget_set_visible (self->sign_in_button, is_paired && facts->standing == FORLOP_SYNC_SIGNED_OUT);
  gtk_widget_set_visible (GTK_WIDGET (self->server_label), is_paired);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), is_fetching);
  if (!is_paired)
    return;

  confirmed = forlop_sync_words_dup_confirmed (facts, forlop_session_now (session));
  server = g_strjoin (" · ", facts->server, confirmed, NULL);
  gtk_label_set_label (self->server_label, server);
  if (is_fetching)
    gtk_progress_bar_set_fraction (self->progress,
                                   (double) CLAMP (facts->pos, 0, facts->head) / (double) facts->head);
}

static void
watch_changed_cb (ForlopSyncView *self)
{
  show_standing (self);
  forlop_view_queue_refresh (FORLOP_VIEW (self));
}

/* A dialog gives the keyboard back to the button it was opened by, which has to be there still. */
static gboolean
waits_for_dialog (ForlopSyncView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!ADW_IS_APPLICATION_WINDOW (root) ||
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (root)) == NULL)
    return FALSE;
  if (!self->is_told_of_dialogs)
    g_signal_connect_object (root, "notify::visible-dialog", G_CALLBACK (forlop_view_queue_refresh), self,
                             G_CONNECT_SWAPPED);
  self->is_told_of_dialogs = TRUE;

  return TRUE;
}

static void
forlop_sync_view_refresh (ForlopView *view)
{
  ForlopSyncView *self = FORLOP_SYNC_VIEW (view);
  ForlopSession *session = forlop_view_get_session (view);
  ForlopSyncWatch *watch = forlop_session_get_sync (session);

  if (!self->is_watching && watch != NULL)
    {
      g_signal_connect_object (watch, "changed", G_CALLBACK (watch_changed_cb), self,
                               G_CONNECT_SWAPPED);
      self->is_watching = TRUE;
    }
  show_standing (self);
  if (forlop_session_get_store (session) == NULL)
    {
      show_empty (self, FALSE);
      return;
    }
  if (waits_for_dialog (self))
    return;

  forlop_load (GTK_WIDGET (self), forlop_session_get_store (session), forlop_sync_page_data_load,
               NULL, NULL, (GDestroyNotify) forlop_sync_page_data_free, loaded_cb);
}

static void
sign_in_cb (ForlopSyncView *self)
{
  forlop_sign_in_dialog_present (GTK_WIDGET (self), forlop_view_get_session (FORLOP_VIEW (self)));
}

static void
now_cb (ForlopSyncView *self)
{
  ForlopSyncWatch *watch = forlop_session_get_sync (forlop_view_get_session (FORLOP_VIEW (self)));

  if (watch != NULL)
    forlop_sync_watch_wake (watch);
}

static void
forlop_sync_view_class_init (ForlopSyncViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  FORLOP_VIEW_CLASS (klass)->refresh = forlop_sync_view_refresh;

  g_type_ensure (FORLOP_TYPE_EMPTY_STATE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/sync/forlop-sync-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopSyncView, status_icon);
  gtk_widget_class_bind_template_child (widget_class, ForlopSyncView, status_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopSyncView, server_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopSyncView, progress);
  gtk_widget_class_bind_template_child (widget_class, ForlopSyncView, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopSyncView, now_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopSyncView, refused_part);
  gtk_widget_class_bind_template_child (widget_class, ForlopSyncView, refused_list);
  gtk_widget_class_bind_template_child (widget_class, ForlopSyncView, waiting_part);
  gtk_widget_class_bind_template_child (widget_class, ForlopSyncView, waiting_list);
  gtk_widget_class_bind_template_child (widget_class, ForlopSyncView, more_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopSyncView, empty);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, now_cb);
}

static void
forlop_sync_view_init (ForlopSyncView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
