/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-changeset.h"
#include "forlop-connection.h"

G_BEGIN_DECLS

gboolean forlop_judging_store_rejudge (ForlopConnection  *connection,
                                       const char        *citizen_id,
                                       gint64             from,
                                       gint64             to,
                                       GError           **error);
gboolean forlop_judging_store_after   (ForlopConnection  *connection,
                                       ForlopChangeset   *changeset,
                                       GError           **error);

G_END_DECLS
