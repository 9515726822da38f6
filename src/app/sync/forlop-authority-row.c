/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-authority-row.h"

#include <glib/gi18n-lib.h>
#include <libdex.h>

#include "forlop-authority.h"
#include "forlop-paths.h"

struct _ForlopAuthorityRow
{
  AdwActionRow parent_instance;

  char *path;
};

G_DEFINE_FINAL_TYPE (ForlopAuthorityRow, forlop_authority_row, ADW_TYPE_ACTION_ROW)

typedef struct {
  GWeakRef row;
  GFile *file;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_weak_ref_clear (&choice->row);
  g_object_unref (choice->file);
  g_free (choice);
}

/* Words, not markup: what a certificate calls itself is anybody's text. */
static void
say (ForlopAuthorityRow *self,
     const char         *sentence)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), sentence);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static char *
keep_await (GFile            *file,
            ForlopAuthority **authority,
            GError          **error)
{
  g_autoptr (GBytes) bytes = dex_await_boxed (dex_file_load_contents_bytes (file), error);
  g_autoptr (GBytes) pem = NULL;
  g_autoptr (GFile) copy = NULL;
  g_autoptr (GFile) folder = NULL;
  g_autofree char *path = NULL;

  *authority = bytes != NULL ? forlop_authority_read (bytes, error) : NULL;
  if (*authority == NULL)
    return NULL;

  path = forlop_paths_dup_authority ((*authority)->fingerprint);
  copy = g_file_new_for_path (path);
  folder = g_file_get_parent (copy);
  pem = g_bytes_new ((*authority)->pem, strlen ((*authority)->pem));
  /* It is there already as a rule; what is really wrong is told by the writing. */
  dex_await (dex_file_make_directory (folder, G_PRIORITY_DEFAULT), NULL);
  if (!dex_await (dex_file_replace_contents_bytes (copy, pem, NULL, FALSE, G_FILE_CREATE_PRIVATE), error))
    return NULL;

  return g_steal_pointer (&path);
}

static DexFuture *
choose_fiber (gpointer user_data)
{
  Choice *choice = user_data;
  g_autoptr (ForlopAuthority) authority = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = keep_await (choice->file, &authority, &error);
  g_autoptr (ForlopAuthorityRow) self = g_weak_ref_get (&choice->row);
  g_autofree char *sentence = NULL;

  if (self == NULL)
    return NULL;
  if (path == NULL)
    {
      say (self, error->message);
      return NULL;
    }

  g_set_str (&self->path, path);
  /* Translators: whose certificate it says that it is, and its fingerprint. */
  sentence = g_strdup_printf (_("%s\nSHA-256: %s\nCompare this with the fingerprint you have from the municipality, "
                                "and go on only when they are the same."),
                              authority->subject, authority->fingerprint);
  say (self, sentence);

  return NULL;
}

static void
chosen_cb (GObject      *dialog,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (ForlopAuthorityRow) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (dialog), result, NULL);
  Choice *choice;

  if (file == NULL)
    return;

  choice = g_new0 (Choice, 1);
  g_weak_ref_init (&choice->row, self);
  choice->file = g_steal_pointer (&file);
  dex_future_disown (dex_scheduler_spawn (NULL, 0, choose_fiber, choice, choice_free));
}

static void
choose_cb (ForlopAuthorityRow *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _("Choose the authority's certificate"));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, chosen_cb,
                        g_object_ref (self));
}

static void
forlop_authority_row_finalize (GObject *object)
{
  g_free (FORLOP_AUTHORITY_ROW (object)->path);

  G_OBJECT_CLASS (forlop_authority_row_parent_class)->finalize (object);
}

static void
forlop_authority_row_class_init (ForlopAuthorityRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = forlop_authority_row_finalize;
}

static void
forlop_authority_row_init (ForlopAuthorityRow *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Choose file…"));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _("The municipality's own certificate authority"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self),
                               _("Where the municipality has one, choose the certificate file you have from it."));
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (self), TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (choose_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), button);
}

const char *
forlop_authority_row_get_path (ForlopAuthorityRow *self)
{
  g_return_val_if_fail (FORLOP_IS_AUTHORITY_ROW (self), NULL);

  return self->path;
}
