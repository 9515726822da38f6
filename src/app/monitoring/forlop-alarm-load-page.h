/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-board-place.h"

G_BEGIN_DECLS

/* Which limits and rules give how many alerts, and whether anybody needed them. */
#define FORLOP_TYPE_ALARM_LOAD_PAGE (forlop_alarm_load_page_get_type ())
G_DECLARE_FINAL_TYPE (ForlopAlarmLoadPage, forlop_alarm_load_page, FORLOP, ALARM_LOAD_PAGE, AdwBin)

/* Reads anew, from the first row, what the place's board is about. */
void forlop_alarm_load_page_show (ForlopAlarmLoadPage *self,
                                  ForlopBoardPlace    *place,
                                  gint64               now);

G_END_DECLS
