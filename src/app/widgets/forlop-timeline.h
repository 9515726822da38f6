/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-clock.h"
#include "forlop-timeline-item.h"

G_BEGIN_DECLS

/* Everything that happened in a case, newest first, with a filter. The filter is a wish: whoever
 * gives the model reads it anew when the filter changes, because rows are chosen in SQL. */

#define FORLOP_TYPE_TIMELINE (forlop_timeline_get_type ())
G_DECLARE_FINAL_TYPE (ForlopTimeline, forlop_timeline, FORLOP, TIMELINE, AdwBin)

/**
 * ForlopTimelineKind:
 * @kind: A kind of ForlopTimelineContent.
 * @label: What people call it, marked with N_().
 */
typedef struct {
  const char *kind;
  const char *label;
} ForlopTimelineKind;

GtkWidget  *forlop_timeline_new       (void) G_GNUC_WARN_UNUSED_RESULT;
/* Relative times are told from this clock. */
void        forlop_timeline_set_clock (ForlopTimeline           *self,
                                       ForlopClock              *clock);
/* A list of ForlopTimelineItem. */
void        forlop_timeline_set_model (ForlopTimeline           *self,
                                       GListModel               *model);
/* What one can filter by, ended by an entry without kind; static. "All" is added. */
void        forlop_timeline_set_kinds (ForlopTimeline           *self,
                                       const ForlopTimelineKind *kinds);
/* The kind that is wished, or NULL for all; property "filter". */
const char *forlop_timeline_get_filter (ForlopTimeline          *self);

G_END_DECLS
