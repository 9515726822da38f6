/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-changeset.h"
#include "forlop-connection.h"

G_BEGIN_DECLS

gboolean forlop_refresh_store_after (ForlopConnection  *connection,
                                     ForlopChangeset   *changeset,
                                     gint64             now,
                                     GError           **error);

G_END_DECLS
