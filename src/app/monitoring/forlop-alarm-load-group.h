/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* Which limits and rules give how many alerts, and whether anybody needed them. */
#define FORLOP_TYPE_ALARM_LOAD_GROUP (forlop_alarm_load_group_get_type ())
G_DECLARE_FINAL_TYPE (ForlopAlarmLoadGroup, forlop_alarm_load_group, FORLOP, ALARM_LOAD_GROUP, AdwPreferencesGroup)

/* Reads anew, from the first row, what is about one unit, or one case alone; both may be NULL. Of several
 * citizens a row leads to the plan. */
void forlop_alarm_load_group_show (ForlopAlarmLoadGroup *self,
                                   ForlopSession        *session,
                                   const char           *unit_id,
                                   const char           *case_id,
                                   gint64                now);

G_END_DECLS
