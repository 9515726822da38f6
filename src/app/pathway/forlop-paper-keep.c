/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-paper-keep.h"

#include <glib/gi18n-lib.h>

#include "forlop-access-log.h"
#include "forlop-access-store.h"
#include "forlop-printers.h"
#include "forlop-window.h"
#include "forlop-worker.h"

/* Pixels for each point of the paper. */
#define SCALE 2.0
#define MOST_CALLS 2

/* What is under way after a button: the file is stored, the acts are done, and then perhaps it is printed. */
typedef struct {
  GtkWidget *page;
  ForlopSession *session;
  GBytes *pdf;
  ForlopActCall calls[MOST_CALLS];
  unsigned int n_calls;
  gboolean is_printed;
  ForlopPaperPrint print;
  char *job_name;
  char *citizen_id;
  ForlopActDoneFunc done;
  gpointer user_data;
  GDestroyNotify user_data_free;
} Keeping;

static void
keeping_free (gpointer data)
{
  Keeping *keeping = data;

  for (unsigned int i = 0; i < keeping->n_calls; i++)
    g_object_unref (keeping->calls[i].arguments);
  if (keeping->print.data_free != NULL)
    keeping->print.data_free (keeping->print.data);
  if (keeping->user_data_free != NULL)
    keeping->user_data_free (keeping->user_data);
  g_clear_object (&keeping->page);
  g_clear_object (&keeping->session);
  g_clear_pointer (&keeping->pdf, g_bytes_unref);
  g_free (keeping->job_name);
  g_free (keeping->citizen_id);
  g_free (keeping);
}

GdkTexture *
forlop_paper_texture_new (ForlopPaperFunc draw,
                          gpointer        data,
                          unsigned int    page)
{
  int width = (int) (FORLOP_PAPER_WIDTH * SCALE);
  int height = (int) (FORLOP_PAPER_HEIGHT * SCALE);
  cairo_surface_t *surface;
  cairo_t *cr;
  int stride;
  g_autoptr (GBytes) pixels = NULL;

  g_return_val_if_fail (draw != NULL, NULL);

  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cr = cairo_create (surface);
  stride = cairo_image_surface_get_stride (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, SCALE, SCALE);
  draw (cr, page, data);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  pixels = g_bytes_new (cairo_image_surface_get_data (surface), (gsize) stride * (gsize) height);
  cairo_surface_destroy (surface);

  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, pixels, (gsize) stride);
}

static void
draw_page_cb (GtkPrintOperation *operation G_GNUC_UNUSED,
              GtkPrintContext   *context,
              int                page,
              Keeping           *keeping)
{
  keeping->print.draw (gtk_print_context_get_cairo_context (context), (unsigned int) page, keeping->print.data);
}

static void
print_done_cb (GtkPrintOperation       *operation,
               GtkPrintOperationResult  result,
               Keeping                 *keeping)
{
  g_autoptr (GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  forlop_toast_error (keeping->page, error);
}

/* Nothing is printed before it is logged. Takes @data. */
static DexFuture *
print_fiber (gpointer data)
{
  Keeping *keeping = data;
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autoptr (GtkPageSetup) setup = NULL;
  g_autoptr (GtkPaperSize) paper = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkPrintSettings) settings = gtk_print_settings_new ();
  g_autofree char *file_printer = NULL;
  GtkRoot *root;

  if (dex_await_boolean (forlop_printers_any (&file_printer), NULL))
    g_clear_pointer (&file_printer, g_free);
  else if (!dex_await_boolean (forlop_printers_tell_none (keeping->page), NULL))
    {
      keeping_free (keeping);
      return NULL;
    }
  if (!dex_await (forlop_access_log_append (keeping->session, keeping->citizen_id, FORLOP_ACCESS_PRINTED,
                                            "document"), &error))
    {
      forlop_toast_error (keeping->page, error);
      keeping_free (keeping);
      return NULL;
    }

  operation = gtk_print_operation_new ();
  setup = gtk_page_setup_new ();
  paper = gtk_paper_size_new (GTK_PAPER_NAME_A4);
  gtk_page_setup_set_paper_size (setup, paper);
  gtk_print_operation_set_default_page_setup (operation, setup);
  if (file_printer != NULL)
    gtk_print_settings_set_printer (settings, file_printer);
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_BASENAME, keeping->job_name);
  gtk_print_operation_set_print_settings (operation, settings);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_n_pages (operation, (int) keeping->print.n_pages);
  gtk_print_operation_set_job_name (operation, keeping->job_name);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), keeping);
  g_signal_connect (operation, "done", G_CALLBACK (print_done_cb), keeping);
  g_object_set_data_full (G_OBJECT (operation), "forlop-keeping", keeping, keeping_free);
  root = gtk_widget_get_root (keeping->page);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL);

  return NULL;
}

static void
kept_cb (const GError *error,
         gpointer      user_data)
{
  Keeping *keeping = user_data;

  keeping->done (error, keeping->user_data);
  if (error == NULL && keeping->is_printed)
    dex_future_disown (dex_scheduler_spawn (NULL, 0, print_fiber, keeping, NULL));
  else
    keeping_free (keeping);
}

static DexFuture *
keep_fiber (gpointer data)
{
  Keeping *keeping = data;
  ForlopStore *store = forlop_session_get_store (keeping->session);
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = NULL;

  if (store != NULL)
    hash = forlop_worker_await (forlop_store_put_blob (store, keeping->pdf), &error);
  if (hash == NULL)
    {
      if (error != NULL)
        keeping->done (error, keeping->user_data);
      keeping_free (keeping);
      return NULL;
    }

  forlop_record_set_text (keeping->calls[keeping->n_calls - 1].arguments, "content", hash);
  forlop_act_run (keeping->page, keeping->session, keeping->calls, keeping->n_calls, kept_cb, keeping, NULL);

  return NULL;
}

void
forlop_paper_keep (GtkWidget              *page,
                   ForlopSession          *session,
                   GBytes                 *pdf,
                   const ForlopActCall    *calls,
                   unsigned int            n_calls,
                   const ForlopPaperPrint *print,
                   ForlopActDoneFunc       done,
                   gpointer                user_data,
                   GDestroyNotify          user_data_free)
{
  Keeping *keeping;

  g_return_if_fail (GTK_IS_WIDGET (page));
  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (pdf != NULL && done != NULL);
  g_return_if_fail (n_calls > 0 && n_calls <= MOST_CALLS);

  keeping = g_new0 (Keeping, 1);
  keeping->page = g_object_ref (page);
  keeping->session = g_object_ref (session);
  keeping->pdf = g_bytes_ref (pdf);
  keeping->n_calls = n_calls;
  for (unsigned int i = 0; i < n_calls; i++)
    keeping->calls[i] = (ForlopActCall) { calls[i].act, g_object_ref (calls[i].arguments) };
  if (print != NULL)
    {
      keeping->is_printed = TRUE;
      keeping->print = *print;
      keeping->job_name = g_strdup (print->job_name);
      keeping->citizen_id = g_strdup (print->citizen_id);
    }
  keeping->done = done;
  keeping->user_data = user_data;
  keeping->user_data_free = user_data_free;
  dex_future_disown (dex_scheduler_spawn (NULL, 0, keep_fiber, keeping, NULL));
}
