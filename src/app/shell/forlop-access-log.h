/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <libdex.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* What is logged when somebody looks at a citizen. */

/* Logs that a page about a record is opened. @kind is the page: "case", "plan" or "citizen"; the others are not
 * about one citizen and are not logged. */
void       forlop_access_log_opened         (ForlopSession *session,
                                             const char    *kind,
                                             const char    *id);
/* Logs that the identity number is shown, and resolves to the number as it is read, for
 * forlop_worker_steal() and g_free(). An empty text where there is none. */
DexFuture *forlop_access_log_show_id_number (ForlopSession *session,
                                             const char    *citizen_id) G_GNUC_WARN_UNUSED_RESULT;
/* Logs @action, such as FORLOP_ACCESS_EXPORTED, on @kinds of information, of one citizen or, where
 * @citizen_id is NULL, of many. Resolves when it is durable; what is taken out waits for that. */
DexFuture *forlop_access_log_append         (ForlopSession *session,
                                             const char    *citizen_id,
                                             const char    *action,
                                             const char    *kinds) G_GNUC_WARN_UNUSED_RESULT;
/* Logs that a search showed who these citizens are. */
void       forlop_access_log_found          (ForlopSession     *session,
                                             const char *const *citizen_ids);

G_END_DECLS
