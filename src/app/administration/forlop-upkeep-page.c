/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-upkeep-page.h"

#include <glib/gi18n-lib.h>

#include "forlop-access-log.h"
#include "forlop-access-store.h"
#include "forlop-store-backup.h"
#include "forlop-store-check.h"
#include "forlop-window.h"
#include "forlop-worker.h"

struct _ForlopUpkeepPage
{
  AdwBin parent_instance;

  /* Template widgets */
  AdwActionRow *check_row;
  GtkButton *check_button;
  AdwSpinner *check_spinner;
  AdwActionRow *backup_row;
  GtkButton *backup_button;
  AdwSpinner *backup_spinner;

  /* Owned */
  ForlopSession *session;
};

G_DEFINE_FINAL_TYPE (ForlopUpkeepPage, forlop_upkeep_page, ADW_TYPE_BIN)

/* Work on its way for a page that may be gone when it ends. */
typedef struct {
  GWeakRef page;
  char *target;
} Work;

static Work *
work_new (ForlopUpkeepPage *self,
          char             *target)
{
  Work *work = g_new0 (Work, 1);

  g_weak_ref_init (&work->page, self);
  work->target = target;

  return work;
}

static void
work_free (gpointer data)
{
  Work *work = data;

  g_weak_ref_clear (&work->page);
  g_free (work->target);
  g_free (work);
}

static ForlopStore *
get_store (ForlopUpkeepPage *self)
{
  return self->session != NULL ? forlop_session_get_store (self->session) : NULL;
}

static void
say (AdwActionRow *row,
     const char   *sentence)
{
  adw_action_row_set_subtitle (row, sentence);
  gtk_accessible_announce (GTK_ACCESSIBLE (row), sentence,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static DexFuture *
checked_cb (DexFuture *future,
            gpointer   user_data)
{
  Work *work = user_data;
  g_autoptr (ForlopUpkeepPage) self = g_weak_ref_get (&work->page);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = forlop_worker_steal (future, &error);
  g_autoptr (GString) sentence = g_string_new (NULL);

  if (self == NULL)
    return NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->check_spinner), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->check_button), TRUE);
  if (problems == NULL)
    g_string_append (sentence, error->message);
  else if (problems->len == 0)
    g_string_append (sentence, _("● Everything is in order."));
  for (unsigned int i = 0; problems != NULL && i < problems->len; i++)
    g_string_append_printf (sentence, "%s■ %s", i > 0 ? "\n" : "",
                            (const char *) g_ptr_array_index (problems, i));
  say (self->check_row, sentence->str);

  return NULL;
}

static void
check_cb (ForlopUpkeepPage *self)
{
  if (get_store (self) == NULL)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->check_spinner), TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->check_button), FALSE);
  say (self->check_row, _("The file is being read from end to end…"));
  dex_future_disown (dex_future_finally (forlop_store_check (get_store (self)), checked_cb,
                                         work_new (self, NULL), work_free));
}

static DexFuture *
backed_up_cb (DexFuture *future,
              gpointer   user_data)
{
  Work *work = user_data;
  g_autoptr (ForlopUpkeepPage) self = g_weak_ref_get (&work->page);
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (self == NULL)
    return NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->backup_spinner), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->backup_button), TRUE);
  if (dex_future_get_value (future, &error) == NULL)
    sentence = g_strdup (error->message);
  else
    sentence = g_strdup_printf (_("● The copy is kept in %s. It is encrypted with the same key."),
                                work->target);
  say (self->backup_row, sentence);

  return NULL;
}

static DexFuture *
backup_logged_cb (DexFuture *completed G_GNUC_UNUSED,
                  gpointer   user_data)
{
  Work *work = user_data;
  g_autoptr (ForlopUpkeepPage) self = g_weak_ref_get (&work->page);

  if (self == NULL || get_store (self) == NULL)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The page is gone");

  return forlop_store_backup (get_store (self), work->target, NULL, NULL, NULL);
}

static void
target_chosen_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (ForlopUpkeepPage) self = FORLOP_UPKEEP_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, &error);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  DexFuture *logged;

  if (path == NULL || get_store (self) == NULL)
    {
      if (error != NULL && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
        forlop_toast_error (GTK_WIDGET (self), error);
      return;
    }

  gtk_widget_set_visible (GTK_WIDGET (self->backup_spinner), TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->backup_button), FALSE);
  say (self->backup_row, _("The copy is being made…"));
  logged = forlop_access_log_append (self->session, NULL, FORLOP_ACCESS_BACKED_UP, "all");
  dex_future_disown (
    dex_future_finally (dex_future_then (logged, backup_logged_cb, work_new (self, g_strdup (path)),
                                         work_free),
                        backed_up_cb, work_new (self, g_strdup (path)), work_free));
}

static void
backup_cb (ForlopUpkeepPage *self)
{
  g_autoptr (GtkFileDialog) dialog = NULL;
  g_autofree char *date = NULL;
  g_autofree char *name = NULL;

  if (get_store (self) == NULL)
    return;

  dialog = gtk_file_dialog_new ();
  date = forlop_date_to_iso (forlop_session_today (self->session));
  name = g_strdup_printf ("forlop-%s.db", date);
  gtk_file_dialog_set_title (dialog, _("Keep a copy"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                        target_chosen_cb, g_object_ref (self));
}

static void
forlop_upkeep_page_finalize (GObject *object)
{
  g_clear_object (&FORLOP_UPKEEP_PAGE (object)->session);

  G_OBJECT_CLASS (forlop_upkeep_page_parent_class)->finalize (object);
}

static void
forlop_upkeep_page_class_init (ForlopUpkeepPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = forlop_upkeep_page_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/forlop/Forlop/administration/forlop-upkeep-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopUpkeepPage, check_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopUpkeepPage, check_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopUpkeepPage, check_spinner);
  gtk_widget_class_bind_template_child (widget_class, ForlopUpkeepPage, backup_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopUpkeepPage, backup_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopUpkeepPage, backup_spinner);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, backup_cb);
}

static void
forlop_upkeep_page_init (ForlopUpkeepPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
forlop_upkeep_page_set_session (ForlopUpkeepPage *self,
                                ForlopSession    *session)
{
  g_return_if_fail (FORLOP_IS_UPKEEP_PAGE (self));
  g_return_if_fail (FORLOP_IS_SESSION (session));

  g_set_object (&self->session, session);
}
