/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-server-storage.h"

G_BEGIN_DECLS

/* Records one user opens or finds in an hour before somebody should ask why. */
#define FORLOP_REVIEW_PER_HOUR 30

/* What the leader should look at, of the 24 hours before @now, in lines: records of people with the
 * user's own name or surname, many records in an hour, and emergency access after which nothing was
 * written. Outside of any transaction.
 *
 * Returns: (transfer full): an empty text when there is nothing; NULL with an error. */
char *forlop_access_review (ForlopServerStorage  *storage,
                            gint64                now,
                            GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
