/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-worklist.h"

G_BEGIN_DECLS

/* How much there is of each sort; pressing a chip shows that sort alone, pressing it again shows
 * everything. Sorts of which there is nothing are left out. */

#define FORLOP_TYPE_WORKLIST_CHIPS (forlop_worklist_chips_get_type ())
G_DECLARE_FINAL_TYPE (ForlopWorklistChips, forlop_worklist_chips, FORLOP, WORKLIST_CHIPS, AdwBin)

/* Emits ForlopWorklistChips::changed when somebody has chosen another group. */
ForlopWorklistGroup forlop_worklist_chips_get_group  (ForlopWorklistChips *self);
void                forlop_worklist_chips_set_group  (ForlopWorklistChips *self,
                                                      ForlopWorklistGroup  group);
void                forlop_worklist_chips_set_counts (ForlopWorklistChips *self,
                                                      const unsigned int   counts[FORLOP_WORKLIST_N_GROUPS]);

G_END_DECLS
