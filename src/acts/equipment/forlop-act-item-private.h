/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-act-context-private.h"
#include "forlop-item-life.h"

G_BEGIN_DECLS

/* What the acts on equipment share: one way to change the state or place of an item, which writes
 * its life line. */

/* The item of the argument "item_id". Lives as long as the act. */
ForlopRecord *forlop_act_load_item      (ForlopActContext  *self,
                                         GError           **error);
gboolean      forlop_act_set_item_state (ForlopActContext  *self,
                                         ForlopRecord      *item,
                                         ForlopItemState    state,
                                         const char        *reason,
                                         GError           **error);
/* Writes the item's movement from how it was read to how this act leaves it. */
void          forlop_act_log_item       (ForlopActContext  *self,
                                         ForlopRecord      *item,
                                         const char        *reason);
/* NULL also when the act has no such argument. */
const char   *forlop_act_maybe_text     (ForlopActContext  *self,
                                         const char        *argument);
/* The date of an argument, today where it is not given; refused when it is in the future. */
gboolean      forlop_act_past_date      (ForlopActContext  *self,
                                         const char        *argument,
                                         ForlopDate        *date,
                                         GError           **error);
/* Puts it where the argument "location_id" says, or else where the actor's unit keeps things. */
gboolean      forlop_act_place_here     (ForlopActContext  *self,
                                         ForlopRecord      *item,
                                         GError           **error);
/* The place of a unit in the register; *@location stays NULL where it has none. */
gboolean      forlop_act_find_place     (ForlopActContext  *self,
                                         const char        *unit_id,
                                         ForlopRecord     **location,
                                         GError           **error);
/* Makes it an act on the citizen of @case_id as well, with a line on the time line. */
gboolean      forlop_act_concern_case   (ForlopActContext  *self,
                                         const char        *case_id,
                                         GError           **error);
gboolean      forlop_act_update_calibration (ForlopActContext *self,
                                         ForlopRecord      *item,
                                         ForlopRecord      *new_plan,
                                         ForlopRecord      *new_record,
                                         GError           **error);

G_END_DECLS
