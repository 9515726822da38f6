/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"
#include "forlop-record.h"

G_BEGIN_DECLS

/* Records that something else names. */

/* @id: (nullable). *@record is NULL where nothing is named, and where it is not on this machine or was taken back. */
gboolean   forlop_record_pick_named  (ForlopConnection  *connection,
                                      const char        *type,
                                      const char        *id,
                                      ForlopRecord     **record,
                                      GError           **error);
/* The records whose ids are the first column of @statement, in its order. */
GPtrArray *forlop_record_pick_listed (ForlopConnection  *connection,
                                      const char        *type,
                                      ForlopStatement   *statement,
                                      GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
