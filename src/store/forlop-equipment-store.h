/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-changeset.h"
#include "forlop-connection.h"

G_BEGIN_DECLS

/* The duties that follow from items, stock, orders, agreements and tasks, kept up to date in the
 * transaction that changed them. */

gboolean   forlop_equipment_store_refresh_after (ForlopConnection  *connection,
                                                 ForlopChangeset   *changeset,
                                                 GError           **error);
gboolean   forlop_equipment_store_refresh_item  (ForlopConnection  *connection,
                                                 const char        *item_id,
                                                 GError           **error);
GPtrArray *forlop_equipment_store_list_plans    (ForlopConnection  *connection,
                                                 ForlopRecord      *item,
                                                 GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
