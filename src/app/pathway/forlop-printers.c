/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-printers.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtkunixprint.h>

#define PATIENCE_SECONDS 3

/* One look for printers. Owned by the enumeration and by the time limit, whichever ends last. */
typedef struct {
  DexPromise *promise;
  char **file_printer; /* borrowed until it is answered */
  unsigned int source; /* 0: the time is up */
  gboolean answered;
  int n_owners;
} Looking;

static void
looking_unref (Looking *looking)
{
  if (--looking->n_owners > 0)
    return;

  dex_clear (&looking->promise);
  g_free (looking);
}

static void
answer (Looking  *looking,
        gboolean  any)
{
  if (looking->answered)
    return;

  looking->answered = TRUE;
  dex_promise_resolve_boolean (looking->promise, any);
  if (looking->source != 0)
    {
      g_clear_handle_id (&looking->source, g_source_remove);
      looking_unref (looking);
    }
}

/* TRUE ends the enumeration. */
static gboolean
found_cb (GtkPrinter *printer,
          gpointer    user_data)
{
  Looking *looking = user_data;

  if (!gtk_printer_is_virtual (printer))
    answer (looking, TRUE);
  else if (!looking->answered)
    g_set_str (looking->file_printer, gtk_printer_get_name (printer));

  return looking->answered;
}

static void
all_found_cb (gpointer user_data)
{
  answer (user_data, FALSE);
  looking_unref (user_data);
}

static gboolean
time_is_up_cb (gpointer user_data)
{
  Looking *looking = user_data;

  looking->source = 0;
  answer (looking, TRUE);
  looking_unref (looking);

  return G_SOURCE_REMOVE;
}

DexFuture *
forlop_printers_any (char **file_printer)
{
  Looking *looking;
  DexFuture *future;

  g_return_val_if_fail (file_printer != NULL, NULL);

  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    return dex_future_new_for_boolean (TRUE);

  looking = g_new0 (Looking, 1);
  looking->promise = dex_promise_new ();
  looking->file_printer = file_printer;
  looking->n_owners = 2;
  looking->source = g_timeout_add_seconds (PATIENCE_SECONDS, time_is_up_cb, looking);
  future = dex_ref (DEX_FUTURE (looking->promise));
  gtk_enumerate_printers (found_cb, looking, all_found_cb, FALSE);

  return future;
}

static void
chosen_cb (GObject      *dialog,
           GAsyncResult *result,
           gpointer      user_data)
{
  DexPromise *promise = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (dialog), result);

  dex_promise_resolve_boolean (promise, g_str_equal (response, "file"));
  dex_unref (promise);
}

DexFuture *
forlop_printers_tell_none (GtkWidget *parent)
{
  DexPromise *promise;
  AdwAlertDialog *dialog;

  g_return_val_if_fail (GTK_IS_WIDGET (parent), NULL);

  promise = dex_promise_new ();
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (
    _("No printer was found"),
    _("The page is kept in the case. Ask whoever looks after this computer to add a printer. Then save a copy from the "
      "case's documents and print that. A file can be made now; it is not encrypted.")));
  adw_alert_dialog_add_responses (dialog, "close", _("_Close"), "file", _("Print to a _file…"), NULL);
  adw_alert_dialog_set_default_response (dialog, "close");
  adw_alert_dialog_set_close_response (dialog, "close");
  adw_alert_dialog_choose (dialog, parent, NULL, chosen_cb, dex_ref (promise));

  return DEX_FUTURE (promise);
}
