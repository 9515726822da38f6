/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-first-fetch-page.h"

#include <glib/gi18n-lib.h>

#include "forlop-format.h"
#include "forlop-sign-in-dialog.h"
#include "forlop-sync-watch.h"

struct _ForlopFirstFetchPage
{
  AdwBin parent_instance;

  /* Template widgets */
  AdwStatusPage *status_page;
  GtkProgressBar *progress;
  GtkLabel *count_label;
  GtkWidget *sign_in_button;
  GtkWidget *now_button;

  /* Owned references */
  ForlopSession *session;
};

G_DEFINE_FINAL_TYPE (ForlopFirstFetchPage, forlop_first_fetch_page, ADW_TYPE_BIN)

static const ForlopSyncFacts *
get_facts (ForlopSession *session)
{
  ForlopSyncWatch *watch = forlop_session_get_sync (session);

  return watch != NULL ? forlop_sync_watch_get_facts (watch) : NULL;
}

static void
show (ForlopFirstFetchPage *self)
{
  const ForlopSyncFacts *facts = get_facts (self->session);
  gboolean is_working, has_begun;
  g_autofree char *sentence = NULL;

  if (facts == NULL || !facts->is_paired)
    return;

  is_working = facts->standing == FORLOP_SYNC_WORKING || facts->standing == FORLOP_SYNC_IDLE;
  has_begun = facts->head > 0;
  sentence = g_markup_escape_text (is_working ? _("It is encrypted and kept on this machine, so that you can "
                                                  "work without a network. The lists open when what is most "
                                                  "urgent is here; the rest comes while you work.")
                                              : forlop_session_get_status_text (self->session), -1);
  adw_status_page_set_description (self->status_page, sentence);
  gtk_widget_set_visible (self->sign_in_button, facts->standing == FORLOP_SYNC_SIGNED_OUT);
  gtk_widget_set_visible (self->now_button, !is_working && facts->standing != FORLOP_SYNC_SIGNED_OUT);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), is_working);
  gtk_widget_set_visible (GTK_WIDGET (self->count_label), is_working && has_begun);
  if (has_begun)
    {
      g_autofree char *here = forlop_number_format ((double) CLAMP (facts->pos, 0, facts->head), 0, FALSE);
      g_autofree char *all = forlop_number_format ((double) facts->head, 0, FALSE);
      /* Translators: how many changes have come, and how many there are. */
      g_autofree char *count = g_strdup_printf (_("%s of about %s changes"), here, all);

      gtk_progress_bar_set_fraction (self->progress,
                                     (double) CLAMP (facts->pos, 0, facts->head) / (double) facts->head);
      gtk_label_set_label (self->count_label, count);
    }
}

static void
sign_in_cb (ForlopFirstFetchPage *self)
{
  forlop_sign_in_dialog_present (GTK_WIDGET (self), self->session);
}

static void
now_cb (ForlopFirstFetchPage *self)
{
  forlop_sync_watch_wake (forlop_session_get_sync (self->session));
}

static void
forlop_first_fetch_page_dispose (GObject *object)
{
  g_clear_object (&FORLOP_FIRST_FETCH_PAGE (object)->session);

  G_OBJECT_CLASS (forlop_first_fetch_page_parent_class)->dispose (object);
}

static void
forlop_first_fetch_page_class_init (ForlopFirstFetchPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = forlop_first_fetch_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/sync/forlop-first-fetch-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopFirstFetchPage, status_page);
  gtk_widget_class_bind_template_child (widget_class, ForlopFirstFetchPage, progress);
  gtk_widget_class_bind_template_child (widget_class, ForlopFirstFetchPage, count_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopFirstFetchPage, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopFirstFetchPage, now_button);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, now_cb);
}

static void
forlop_first_fetch_page_init (ForlopFirstFetchPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

gboolean
forlop_first_fetch_page_is_needed (ForlopSession *session)
{
  const ForlopSyncFacts *facts;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), FALSE);

  facts = get_facts (session);

  return facts != NULL && facts->is_paired && facts->is_first && facts->last_ok_at == FORLOP_INSTANT_NONE;
}

GtkWidget *
forlop_first_fetch_page_new (ForlopSession *session)
{
  ForlopFirstFetchPage *self;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), NULL);

  self = g_object_new (FORLOP_TYPE_FIRST_FETCH_PAGE, NULL);
  self->session = g_object_ref (session);
  if (forlop_session_get_sync (session) != NULL)
    g_signal_connect_object (forlop_session_get_sync (session), "changed", G_CALLBACK (show), self,
                             G_CONNECT_SWAPPED);
  show (self);

  return GTK_WIDGET (self);
}
