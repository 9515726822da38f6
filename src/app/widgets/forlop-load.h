/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

#include "forlop-store.h"

G_BEGIN_DECLS

/**
 * ForlopLoadedFunc:
 * @widget: the widget that asked; still alive.
 * @result: (transfer full) (nullable): what was read; %NULL when it failed, which has been said.
 */
typedef void (*ForlopLoadedFunc) (GtkWidget *widget,
                                  gpointer   result);

/* Reads on a thread of the store and gives the result to the widget in the main thread. A widget that
 * is gone by then is not called, and a failure is told at the foot of its window. */
void forlop_load (GtkWidget        *widget,
                  ForlopStore      *store,
                  ForlopStoreFunc   func,
                  gpointer          user_data,
                  GDestroyNotify    user_data_free,
                  GDestroyNotify    result_free,
                  ForlopLoadedFunc  loaded);

G_END_DECLS
