/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-load.h"

#include "forlop-window.h"
#include "forlop-worker.h"

typedef struct {
  GWeakRef widget;
  ForlopLoadedFunc loaded;
  GDestroyNotify result_free;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_weak_ref_clear (&load->widget);
  g_free (load);
}

static DexFuture *
loaded_cb (DexFuture *future,
           gpointer   user_data)
{
  Load *load = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&load->widget);
  gpointer result = forlop_worker_steal (future, &error);

  if (widget == NULL)
    {
      if (result != NULL && load->result_free != NULL)
        load->result_free (result);
      return NULL;
    }

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    forlop_toast_error (widget, error);
  load->loaded (widget, result);

  return NULL;
}

void
forlop_load (GtkWidget        *widget,
             ForlopStore      *store,
             ForlopStoreFunc   func,
             gpointer          user_data,
             GDestroyNotify    user_data_free,
             GDestroyNotify    result_free,
             ForlopLoadedFunc  loaded)
{
  Load *load;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (FORLOP_IS_STORE (store));
  g_return_if_fail (func != NULL);
  g_return_if_fail (loaded != NULL);

  load = g_new0 (Load, 1);
  g_weak_ref_init (&load->widget, widget);
  load->loaded = loaded;
  load->result_free = result_free;
  dex_future_disown (
    dex_future_finally (forlop_store_read (store, func, user_data, user_data_free, result_free),
                        loaded_cb, load, load_free));
}
