/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-meeting-minutes.h"

#include <glib/gi18n-lib.h>

#include "forlop-access-log.h"
#include "forlop-access-store.h"
#include "forlop-chosen-file.h"
#include "forlop-meeting-store.h"
#include "forlop-minutes-paper.h"
#include "forlop-window.h"
#include "forlop-worker.h"

/* Minutes on their way out of the file. */
typedef struct {
  GWeakRef widget;
  ForlopSession *session;
  char *meeting_id;
  ForlopMinutes *minutes;
  GFile *file;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_weak_ref_clear (&saving->widget);
  g_clear_object (&saving->session);
  g_free (saving->meeting_id);
  g_clear_pointer (&saving->minutes, forlop_minutes_free);
  g_clear_object (&saving->file);
  g_free (saving);
}

static void
tell (Saving       *saving,
      const GError *error)
{
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&saving->widget);

  if (widget != NULL && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED))
    forlop_toast_error (widget, error);
}

static gpointer
load_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  return forlop_meeting_store_load_minutes (connection, user_data, error);
}

/* Of each citizen it is logged that something left the file, before it does. */
static gboolean
log_all (Saving  *saving,
         GError **error)
{
  for (unsigned int i = 0; i < saving->minutes->items->len; i++)
    {
      const ForlopMinutesItem *item = g_ptr_array_index (saving->minutes->items, i);

      if (!dex_await (forlop_access_log_append (saving->session,
                                                forlop_record_get_text (item->item, "citizen_id"),
                                                FORLOP_ACCESS_EXPORTED, "meeting_item"), error))
        return FALSE;
    }

  return TRUE;
}

static DexFuture *
write_fiber (gpointer data)
{
  Saving *saving = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = forlop_minutes_to_pdf (saving->minutes, forlop_session_now (saving->session), &error);
  g_autoptr (GtkWidget) widget = NULL;

  if (pdf == NULL || !log_all (saving, &error))
    tell (saving, error);
  else
    {
      widget = g_weak_ref_get (&saving->widget);
      forlop_chosen_file_write (widget, saving->file, pdf, _("The minutes are saved. They are not encrypted."));
    }
  saving_free (saving);

  return NULL;
}

static void
place_cb (GObject      *dialog,
          GAsyncResult *result,
          gpointer      user_data)
{
  Saving *saving = user_data;
  g_autoptr (GError) error = NULL;

  saving->file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (dialog), result, &error);
  if (saving->file == NULL)
    {
      tell (saving, error);
      saving_free (saving);
      return;
    }
  dex_future_disown (dex_scheduler_spawn (NULL, 0, write_fiber, saving, NULL));
}

static DexFuture *
ask_fiber (gpointer data)
{
  Saving *saving = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkFileDialog) dialog = NULL;
  g_autoptr (GtkWidget) widget = NULL;
  g_autofree char *name = NULL;

  saving->minutes = forlop_worker_await (
    forlop_store_read (forlop_session_get_store (saving->session), load_on_worker, g_strdup (saving->meeting_id), g_free,
                       (GDestroyNotify) forlop_minutes_free), &error);
  widget = g_weak_ref_get (&saving->widget);
  if (saving->minutes == NULL || widget == NULL)
    {
      if (error != NULL)
        tell (saving, error);
      saving_free (saving);
      return NULL;
    }

  dialog = gtk_file_dialog_new ();
  name = forlop_minutes_dup_title (saving->minutes);
  gtk_file_dialog_set_title (dialog, _("Save minutes"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, place_cb, saving);

  return NULL;
}

void
forlop_meeting_minutes_save (GtkWidget     *widget,
                             ForlopSession *session,
                             const char    *meeting_id)
{
  Saving *saving;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (meeting_id != NULL);

  if (forlop_session_get_store (session) == NULL)
    return;
  saving = g_new0 (Saving, 1);
  g_weak_ref_init (&saving->widget, widget);
  saving->session = g_object_ref (session);
  saving->meeting_id = g_strdup (meeting_id);
  dex_future_disown (dex_scheduler_spawn (NULL, 0, ask_fiber, saving, NULL));
}
