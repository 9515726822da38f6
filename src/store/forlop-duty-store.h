/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"
#include "forlop-duty.h"

G_BEGIN_DECLS

/* The duties of every case and item, as the worklist reads them. */

gboolean forlop_duty_store_add          (ForlopConnection *connection,
                                         const char       *source_id,
                                         GPtrArray        *duties,
                                         GError          **error);
gboolean forlop_duty_store_replace      (ForlopConnection *connection,
                                         const char       *source_id,
                                         GPtrArray        *duties,
                                         GError          **error);
gboolean forlop_duty_store_refresh_delivery (ForlopConnection *connection,
                                         const char       *case_id,
                                         gint64            now,
                                         GError          **error);
gboolean forlop_duty_store_refresh_case (ForlopConnection *connection,
                                         const char       *case_id,
                                         gint64            now,
                                         GError          **error);

G_END_DECLS
