/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-session.h"

G_BEGIN_DECLS

/* Logs whom a search showed, once the typing has come to rest: the hits of a half-written name that
 * are gone at the next key are nobody's business. Belongs to what searches, in the main thread. */

typedef struct _ForlopFoundLog ForlopFoundLog;

ForlopFoundLog *forlop_found_log_new  (void) G_GNUC_WARN_UNUSED_RESULT;
/* Logs at once what still waits. */
void            forlop_found_log_free (ForlopFoundLog *self);
/* What is shown now. Takes the place of what has not come to rest. */
void            forlop_found_log_show (ForlopFoundLog *self,
                                       ForlopSession  *session,
                                       GStrv           citizen_ids);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopFoundLog, forlop_found_log_free)

G_END_DECLS
