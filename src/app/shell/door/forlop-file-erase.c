/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-file-erase.h"

#include "forlop-store-erase.h"
#include "forlop-worker.h"

static gpointer
erase_on_worker (gpointer       user_data,
                 GCancellable  *cancellable G_GNUC_UNUSED,
                 GError       **error G_GNUC_UNUSED)
{
  if (!forlop_store_erase (user_data))
    g_warning ("Something of the file %s could not be deleted.", (const char *) user_data);

  return user_data;
}

static DexFuture *
erased_cb (DexFuture *completed G_GNUC_UNUSED,
           gpointer   worker G_GNUC_UNUSED)
{
  return NULL;
}

void
forlop_file_erase_later (const char *path)
{
  g_autoptr (ForlopWorker) worker = forlop_worker_new ("forlop-erase");

  g_return_if_fail (path != NULL);

  dex_future_disown (dex_future_finally (
    forlop_worker_run (worker, erase_on_worker, g_strdup (path), g_free, NULL), erased_cb, g_object_ref (worker),
    g_object_unref));
}
