/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"
#include "forlop-record.h"

G_BEGIN_DECLS

/* Measurements from outside that wait for somebody to say whose they are, or what. */

/* Records of unknown_measurement that are new, the newest first, at most @limit. */
GPtrArray *forlop_unknown_store_list (ForlopConnection  *connection,
                                      unsigned int       limit,
                                      GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* The status of the one with this id; "" where there is none, NULL on error. */
char      *forlop_unknown_store_dup_status (ForlopConnection *connection,
                                      const char        *id,
                                      GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whose they are, as far as that is known here: id of the citizen → name. @records: of unknown_measurement. */
GHashTable *forlop_unknown_store_list_names (ForlopConnection *connection,
                                      GPtrArray         *records,
                                      GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
