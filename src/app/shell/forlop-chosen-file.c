/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-chosen-file.h"

#include "forlop-window.h"

typedef struct {
  GWeakRef widget;
  char *done;
} Writing;

static void
written_cb (GObject      *file,
            GAsyncResult *result,
            gpointer      user_data)
{
  Writing *writing = user_data;
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&writing->widget);
  g_autoptr (GError) error = NULL;
  gboolean is_written = g_file_replace_contents_finish (G_FILE (file), result, NULL, &error);

  if (widget != NULL && is_written)
    forlop_toast (widget, writing->done);
  else if (widget != NULL)
    forlop_toast_error (widget, error);
  g_weak_ref_clear (&writing->widget);
  g_free (writing->done);
  g_free (writing);
}

void
forlop_chosen_file_write (GtkWidget  *widget,
                          GFile      *file,
                          GBytes     *bytes,
                          const char *done)
{
  Writing *writing;

  g_return_if_fail (widget == NULL || GTK_IS_WIDGET (widget));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (bytes != NULL && done != NULL);

  writing = g_new0 (Writing, 1);
  g_weak_ref_init (&writing->widget, widget);
  writing->done = g_strdup (done);
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, written_cb, writing);
}
