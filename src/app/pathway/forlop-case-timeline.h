/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-timeline.h"
#include "forlop-timeline-store.h"

G_BEGIN_DECLS

/* What the store has on the time line, in words. */

/* What one can filter by; static, ended by an entry without kind. */
const ForlopTimelineKind *forlop_case_timeline_kinds    (void);
ForlopTimelineItem       *forlop_case_timeline_item_new (const ForlopTimelineEntry *entry) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
