/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* So many requests a second and a burst, for each key. Times are monotonic microseconds and given.
 * Belongs to one thread. */

typedef struct _ForlopRateLimit ForlopRateLimit;

ForlopRateLimit *forlop_rate_limit_new    (double           per_second,
                                           double           burst) G_GNUC_WARN_UNUSED_RESULT;
void             forlop_rate_limit_free   (ForlopRateLimit *self);
/* Takes one; FALSE with the milliseconds until there is one again. */
gboolean         forlop_rate_limit_take   (ForlopRateLimit *self,
                                           const char      *key,
                                           gint64           now_us,
                                           gint64          *wait_ms);
/* Whether one could be taken. */
gboolean         forlop_rate_limit_has    (ForlopRateLimit *self,
                                           const char      *key,
                                           gint64           now_us,
                                           gint64          *wait_ms);
/* Forgets keys whose burst is whole again. */
void             forlop_rate_limit_forget (ForlopRateLimit *self,
                                           gint64           now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopRateLimit, forlop_rate_limit_free)

G_END_DECLS
