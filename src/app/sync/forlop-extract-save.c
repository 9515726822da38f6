/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-extract-save.h"

#include <glib/gi18n-lib.h>

#include "forlop-audit-query.h"
#include "forlop-chosen-file.h"
#include "forlop-sync-account.h"
#include "forlop-window.h"
#include "forlop-worker.h"

/* What is under way. The question has its own, because it is asked in another thread. */
typedef struct {
  GWeakRef widget;
  ForlopSyncAccount *account;
  char *citizen_id;
  GFile *file;
} Saving;

typedef struct {
  char *citizen_id;
  gboolean as_csv;
} Question;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_weak_ref_clear (&saving->widget);
  g_object_unref (saving->account);
  g_free (saving->citizen_id);
  g_clear_object (&saving->file);
  g_free (saving);
}

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->citizen_id);
  g_free (question);
}

static gpointer
ask_on_worker (ForlopServerAccount  *account,
               ForlopHttpTransport  *transport,
               gpointer              user_data,
               GCancellable         *cancellable,
               GError              **error)
{
  const Question *question = user_data;

  return forlop_audit_extract (account, transport, question->citizen_id, question->as_csv, cancellable, error);
}

static DexFuture *
answered_cb (DexFuture *future,
             gpointer   user_data)
{
  Saving *saving = user_data;
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&saving->widget);
  g_autoptr (GError) error = NULL;
  char *text = forlop_worker_steal (future, &error);
  g_autoptr (GBytes) bytes = NULL;

  if (text != NULL)
    {
      bytes = g_bytes_new_take (text, strlen (text));
      forlop_chosen_file_write (widget, saving->file, bytes, _("Saved. That the list was taken out is in the access log."));
    }
  else if (widget != NULL)
    forlop_toast_error (widget, error);
  saving_free (saving);

  return NULL;
}

static void
place_chosen_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Saving *saving = user_data;
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&saving->widget);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  Question *question;

  saving->file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, &error);
  if (saving->file == NULL)
    {
      if (widget != NULL && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
        forlop_toast_error (widget, error);
      saving_free (saving);
      return;
    }

  name = g_file_get_basename (saving->file);
  question = g_new0 (Question, 1);
  question->citizen_id = g_strdup (saving->citizen_id);
  question->as_csv = g_str_has_suffix (name, ".csv");
  dex_future_disown (dex_future_finally (
    forlop_sync_account_ask (saving->account, ask_on_worker, question, question_free, g_free), answered_cb, saving,
    NULL));
}

static ForlopSyncAccount *
get_account (ForlopSession *session)
{
  ForlopSyncWatch *watch = forlop_session_get_sync (session);

  return watch != NULL ? forlop_sync_watch_get_account (watch) : NULL;
}

gboolean
forlop_extract_save_is_offered (ForlopSession *session)
{
  g_return_val_if_fail (FORLOP_IS_SESSION (session), FALSE);

  return get_account (session) != NULL &&
         (forlop_session_is_role (session, "caseworker") || forlop_session_is_role (session, "manager"));
}

void
forlop_extract_save_ask (GtkWidget     *widget,
                         ForlopSession *session,
                         const char    *citizen_id)
{
  g_autoptr (GtkFileDialog) dialog = NULL;
  Saving *saving;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (FORLOP_IS_SESSION (session) && get_account (session) != NULL);
  g_return_if_fail (citizen_id != NULL);

  saving = g_new0 (Saving, 1);
  g_weak_ref_init (&saving->widget, widget);
  saving->account = g_object_ref (get_account (session));
  saving->citizen_id = g_strdup (citizen_id);
  dialog = gtk_file_dialog_new ();
  gtk_file_dialog_set_title (dialog, _("Who has opened the record"));
  gtk_file_dialog_set_initial_name (dialog, _("who-has-opened-the-record.txt"));
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, place_chosen_cb, saving);
}
