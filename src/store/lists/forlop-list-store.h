/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-changeset.h"
#include "forlop-connection.h"

G_BEGIN_DECLS

/* What lists and the search read: derived from the records in the same transaction. */

gboolean forlop_list_store_update      (ForlopConnection       *connection,
                                        const ForlopOperation  *operation,
                                        GError                **error);
gboolean forlop_list_store_update_case (ForlopConnection       *connection,
                                        const char             *citizen_id,
                                        const char             *case_id,
                                        const char             *status,
                                        const char             *step,
                                        GError                **error);
char    *forlop_sort_key               (const char             *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
