/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

/* A thread with a queue: what it owns is touched by that thread alone. */

#define FORLOP_TYPE_WORKER (forlop_worker_get_type ())
G_DECLARE_FINAL_TYPE (ForlopWorker, forlop_worker, FORLOP, WORKER, GObject)

/**
 * ForlopWorkerFunc:
 *
 * Runs on the worker's thread. Returns what the future resolves to (transfer full, freed with the
 * destroy function that was given if nobody takes it) or NULL with @error set.
 */
typedef gpointer (*ForlopWorkerFunc) (gpointer       user_data,
                                      GCancellable  *cancellable,
                                      GError       **error);

ForlopWorker *forlop_worker_new      (const char       *name) G_GNUC_WARN_UNUSED_RESULT;
/* The future resolves to a holder of the result: read it with await or steal. */
DexFuture    *forlop_worker_run      (ForlopWorker     *self,
                                      ForlopWorkerFunc  func,
                                      gpointer          user_data,
                                      GDestroyNotify    user_data_free,
                                      GDestroyNotify    result_free) G_GNUC_WARN_UNUSED_RESULT;
/* Awaits @future (transfer full) inside a fiber and takes the result out of it. */
gpointer      forlop_worker_await    (DexFuture        *future,
                                      GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* Takes the result out of a @future that has completed, in a callback. */
gpointer      forlop_worker_steal    (DexFuture        *future,
                                      GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* Runs @func on the worker and blocks this thread until it is done. For programs without a main
 * loop; never called from the desktop's main thread. */
gpointer      forlop_worker_run_sync (ForlopWorker     *self,
                                      ForlopWorkerFunc  func,
                                      gpointer          user_data,
                                      GCancellable     *cancellable,
                                      GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      forlop_worker_is_current (ForlopWorker   *self);

G_END_DECLS
