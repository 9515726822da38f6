/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-case-documents.h"

#include <glib/gi18n-lib.h>

#include "forlop-access-log.h"
#include "forlop-access-store.h"
#include "forlop-act-dialog.h"
#include "forlop-case-sections.h"
#include "forlop-chosen-file.h"
#include "forlop-error.h"
#include "forlop-field-value.h"
#include "forlop-json.h"
#include "forlop-shown-files.h"
#include "forlop-window.h"
#include "forlop-worker.h"

typedef struct {
  GWeakRef widget;
  ForlopSession *session;
  char *case_id;
  char *citizen_id;
  ForlopRecord *document;
  GFile *file;
  char *media_type;
  DexFuture *future;
} Moving;

static Moving *
moving_new (GtkWidget     *widget,
            ForlopSession *session)
{
  Moving *moving = g_new0 (Moving, 1);

  g_weak_ref_init (&moving->widget, widget);
  moving->session = g_object_ref (session);

  return moving;
}

static void
moving_free (gpointer data)
{
  Moving *moving = data;

  g_weak_ref_clear (&moving->widget);
  g_clear_object (&moving->session);
  g_free (moving->case_id);
  g_free (moving->citizen_id);
  g_clear_object (&moving->document);
  g_clear_object (&moving->file);
  g_free (moving->media_type);
  dex_clear (&moving->future);
  g_free (moving);
}

/* Whoever gave up needs no message; everything else is told. */
static void
tell (Moving       *moving,
      const GError *error)
{
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&moving->widget);

  if (widget != NULL && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED))
    forlop_toast_error (widget, error);
}

static void
add_button (GtkWidget    *row,
            ForlopRecord *document,
            const char   *label,
            const char   *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", forlop_record_get_id (document));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GtkWidget *
row_new (ForlopRecord *document)
{
  g_autofree char *kind = forlop_record_dup_shown (document, "kind");
  g_autofree char *added = forlop_record_dup_shown (document, "added_at");
  g_autofree char *subtitle = g_strjoin (" · ", kind, added, NULL);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title",
                                 forlop_record_get_text (document, "title"), "subtitle", subtitle, NULL);

  add_button (row, document, _("_Open"), "case.show");
  add_button (row, document, _("_Save a copy"), "case.export");

  return row;
}

static GtkWidget *
new_list (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");

  return list;
}

static GtkWidget *
new_attach_button (void)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Attach document"));

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "case.attach");

  return button;
}

/* What can be made here: a document that is there already, or the page for the GP. */
static GtkWidget *
new_buttons (ForlopCaseData *data,
             const char     *role,
             gboolean        with_extract)
{
  GtkWidget *box = adw_wrap_box_new ();
  GtkWidget *button;

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 9);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 6);
  if (forlop_case_act_is_open (data, role, "attach-document"))
    adw_wrap_box_append (ADW_WRAP_BOX (box), new_attach_button ());
  if (data->case_id != NULL && forlop_case_act_is_open (data, role, "record-gp-summary"))
    {
      button = gtk_button_new_with_mnemonic (_("Trend _summary for the GP…"));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "case.gp-summary");
      adw_wrap_box_append (ADW_WRAP_BOX (box), button);
    }
  if (with_extract)
    {
      button = gtk_button_new_with_mnemonic (_("_Who has opened the record…"));
      gtk_widget_set_tooltip_text (button, _("The list for a citizen who asks. It is logged."));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "case.extract");
      adw_wrap_box_append (ADW_WRAP_BOX (box), button);
    }

  return box;
}

GtkWidget *
forlop_case_documents_new (ForlopCaseData *data,
                           const char     *role,
                           gboolean        with_extract)
{
  GPtrArray *documents;
  GtkWidget *box, *list;

  g_return_val_if_fail (data != NULL, NULL);

  documents = forlop_snapshot_list (data->snapshot, "document");
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  list = new_list ();
  gtk_box_append (GTK_BOX (box), new_buttons (data, role, with_extract));
  gtk_box_append (GTK_BOX (box), list);
  if (documents->len == 0)
    gtk_list_box_append (GTK_LIST_BOX (list), g_object_new (ADW_TYPE_ACTION_ROW, "title", _("No documents"), "subtitle",
                                                            _("Scans, letters and photos are kept encrypted."), NULL));
  for (unsigned int i = documents->len; i > 0; i--)
    gtk_list_box_append (GTK_LIST_BOX (list), row_new (g_ptr_array_index (documents, i - 1)));

  return box;
}

static void
ask_what_it_is (Moving     *moving,
                const char *hash)
{
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&moving->widget);
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  g_autofree char *known = NULL;

  if (widget == NULL || gtk_widget_get_root (widget) == NULL)
    return;

  yyjson_mut_doc_set_root (doc, root);
  forlop_json_add_text (doc, root, "content", hash);
  forlop_json_add_text (doc, root, "media_type", moving->media_type);
  known = forlop_json_write (doc, FALSE);
  forlop_act_dialog_present_known (widget, moving->session, "attach-document", NULL, NULL,
                                   moving->case_id, moving->citizen_id, known);
}

static DexFuture *
attach_fiber (gpointer data)
{
  Moving *moving = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = forlop_worker_await (g_steal_pointer (&moving->future), &error);

  if (hash != NULL)
    ask_what_it_is (moving, hash);
  else
    tell (moving, error);

  return NULL;
}

static void
read_cb (GObject      *file,
         GAsyncResult *result,
         gpointer      user_data)
{
  Moving *moving = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) contents = g_file_load_bytes_finish (G_FILE (file), result, NULL, &error);
  g_autofree char *name = g_file_get_basename (G_FILE (file));
  g_autofree char *content_type = NULL;
  ForlopStore *store = forlop_session_get_store (moving->session);
  gsize length;
  gconstpointer bytes;

  if (contents == NULL || store == NULL)
    {
      if (error != NULL)
        tell (moving, error);
      moving_free (moving);
      return;
    }

  bytes = g_bytes_get_data (contents, &length);
  content_type = g_content_type_guess (name, bytes, length, NULL);
  moving->media_type = g_content_type_get_mime_type (content_type);
  moving->future = forlop_store_put_blob (store, contents);
  dex_future_disown (dex_scheduler_spawn (NULL, 0, attach_fiber, moving, moving_free));
}

static void
chosen_cb (GObject      *dialog,
           GAsyncResult *result,
           gpointer      user_data)
{
  Moving *moving = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (dialog), result, &error);

  if (file == NULL)
    {
      tell (moving, error);
      moving_free (moving);
      return;
    }

  g_file_load_bytes_async (file, NULL, read_cb, moving);
}

void
forlop_case_documents_attach (GtkWidget     *widget,
                              ForlopSession *session,
                              const char    *case_id,
                              const char    *citizen_id)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  Moving *moving;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (FORLOP_IS_SESSION (session));

  moving = moving_new (widget, session);
  moving->case_id = g_strdup (case_id);
  moving->citizen_id = g_strdup (citizen_id);
  gtk_file_dialog_set_title (dialog, _("Attach document"));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, chosen_cb, moving);
}

/* Nothing leaves the file before it is logged. */
static GBytes *
log_and_read (Moving  *moving,
              GError **error)
{
  ForlopStore *store = forlop_session_get_store (moving->session);

  if (!dex_await (forlop_access_log_append (moving->session,
                                            forlop_record_get_text (moving->document, "citizen_id"),
                                            FORLOP_ACCESS_EXPORTED, "document"), error))
    return NULL;

  return forlop_worker_await (
    forlop_store_get_blob (store, forlop_record_get_text (moving->document, "content")), error);
}

static DexFuture *
export_fiber (gpointer data)
{
  Moving *moving = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) contents = log_and_read (moving, &error);
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&moving->widget);

  if (contents == NULL)
    tell (moving, error);
  else
    forlop_chosen_file_write (widget, moving->file, contents, _("The copy is saved. It is not encrypted."));
  moving_free (moving);

  return NULL;
}

static void
place_cb (GObject      *dialog,
          GAsyncResult *result,
          gpointer      user_data)
{
  Moving *moving = user_data;
  g_autoptr (GError) error = NULL;
  ForlopStore *store = forlop_session_get_store (moving->session);

  moving->file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (dialog), result, &error);
  if (moving->file == NULL || store == NULL)
    {
      if (error != NULL)
        tell (moving, error);
      moving_free (moving);
      return;
    }

  dex_future_disown (dex_scheduler_spawn (NULL, 0, export_fiber, moving, NULL));
}

void
forlop_case_documents_export (GtkWidget     *widget,
                              ForlopSession *session,
                              ForlopRecord  *document)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  Moving *moving;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (FORLOP_IS_RECORD (document));

  moving = moving_new (widget, session);
  moving->document = g_object_ref (document);
  gtk_file_dialog_set_title (dialog, _("Save a copy"));
  gtk_file_dialog_set_initial_name (dialog, forlop_record_get_text (document, "title"));
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, place_cb, moving);
}

static void
launched_cb (GObject      *launcher,
             GAsyncResult *result,
             gpointer      user_data)
{
  Moving *moving = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_file_launcher_launch_finish (GTK_FILE_LAUNCHER (launcher), result, &error))
    tell (moving, error);
  moving_free (moving);
}

/* Nothing is shown before it is logged. */
static DexFuture *
show_fiber (gpointer data)
{
  Moving *moving = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GtkWidget) widget = NULL;
  g_autoptr (GtkFileLauncher) launcher = NULL;

  if (dex_await (forlop_access_log_append (moving->session,
                                           forlop_record_get_text (moving->document, "citizen_id"),
                                           FORLOP_ACCESS_OPENED, "document"), &error))
    file = forlop_shown_files_await (moving->session, forlop_record_get_text (moving->document, "content"),
                                     forlop_record_get_text (moving->document, "media_type"), &error);
  widget = g_weak_ref_get (&moving->widget);
  if (file == NULL || widget == NULL)
    {
      if (error != NULL)
        tell (moving, error);
      moving_free (moving);
      return NULL;
    }

  launcher = gtk_file_launcher_new (file);
  gtk_file_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, launched_cb, moving);

  return NULL;
}

void
forlop_case_documents_show (GtkWidget     *widget,
                            ForlopSession *session,
                            ForlopRecord  *document)
{
  Moving *moving;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (FORLOP_IS_RECORD (document));

  if (forlop_session_get_store (session) == NULL)
    return;
  moving = moving_new (widget, session);
  moving->document = g_object_ref (document);
  dex_future_disown (dex_scheduler_spawn (NULL, 0, show_fiber, moving, NULL));
}
