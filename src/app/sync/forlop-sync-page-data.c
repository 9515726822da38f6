/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-page-data.h"

void
forlop_sync_page_data_free (ForlopSyncPageData *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->refused, g_ptr_array_unref);
  g_clear_pointer (&self->conflicts, g_ptr_array_unref);
  g_free (self);
}

gpointer
forlop_sync_page_data_load (ForlopConnection  *connection,
                            gpointer           user_data G_GNUC_UNUSED,
                            GCancellable      *cancellable G_GNUC_UNUSED,
                            GError           **error)
{
  g_autoptr (ForlopSyncPageData) self = g_new0 (ForlopSyncPageData, 1);

  g_return_val_if_fail (connection != NULL, NULL);

  self->waiting = forlop_sync_list_waiting (connection, FORLOP_SYNC_PAGE_WAITING, error);
  if (self->waiting == NULL)
    return NULL;
  self->refused = forlop_sync_list_refused (connection, error);
  if (self->refused == NULL)
    return NULL;
  self->conflicts = forlop_sync_list_conflicts (connection, error);
  if (self->conflicts == NULL)
    return NULL;

  return g_steal_pointer (&self);
}
