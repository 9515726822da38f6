/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-view.h"

G_BEGIN_DECLS

/* The weekly meeting of a unit, which the page is about: the agenda, worked through one by one. */

#define FORLOP_TYPE_MEETING_PAGE (forlop_meeting_page_get_type ())
G_DECLARE_FINAL_TYPE (ForlopMeetingPage, forlop_meeting_page, FORLOP, MEETING_PAGE, ForlopView)

G_END_DECLS
