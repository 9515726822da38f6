/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-session.h"

G_BEGIN_DECLS

/* Keeps the numbers of the sidebar right also for sections that nobody has opened: read after the
 * start and after every change, when there is nothing else to do, and every minute. */

#define FORLOP_TYPE_SECTION_COUNTS (forlop_section_counts_get_type ())
G_DECLARE_FINAL_TYPE (ForlopSectionCounts, forlop_section_counts, FORLOP, SECTION_COUNTS, GObject)

ForlopSectionCounts *forlop_section_counts_new (ForlopSession *session) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
