/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-date.h"

G_BEGIN_DECLS

typedef struct _ForlopClock ForlopClock;

ForlopClock *forlop_clock_new_system (void) G_GNUC_WARN_UNUSED_RESULT;
/* A clock that stands still at @at_ms until it is moved; for tests, the demo and simulation. */
ForlopClock *forlop_clock_new_manual (gint64       at_ms) G_GNUC_WARN_UNUSED_RESULT;
/* A clock that runs at normal speed but starts at @at_ms (the demo's fixed "today"). */
ForlopClock *forlop_clock_new_from   (gint64       at_ms) G_GNUC_WARN_UNUSED_RESULT;
ForlopClock *forlop_clock_ref        (ForlopClock *self);
void         forlop_clock_unref      (ForlopClock *self);
void         forlop_clock_set        (ForlopClock *self,
                                      gint64       at_ms);
gint64       forlop_clock_now        (ForlopClock *self);
ForlopDate   forlop_clock_today      (ForlopClock *self);
gint64       forlop_clock_get_tolerance (ForlopClock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopClock, forlop_clock_unref)

G_END_DECLS
