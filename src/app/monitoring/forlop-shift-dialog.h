/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-board-place.h"
#include "forlop-shift-store.h"

G_BEGIN_DECLS

/* The end of a shift: who comes on, and which citizens he should know of. @rows: (element-type ForlopBoardRow):
 * those for whom something stands open. */
void forlop_shift_dialog_hand_over (GtkWidget         *widget,
                                    ForlopBoardPlace  *place,
                                    GPtrArray         *rows,
                                    gint64             now);
/* What is handed over. The one it is for accepts it; the one who handed it over can take it back. */
void forlop_shift_dialog_read      (GtkWidget         *widget,
                                    ForlopBoardPlace  *place,
                                    const ForlopShift *shift);
/* "Kari hands over the shift to you: 3 citizens" */
char *forlop_shift_dup_notice      (ForlopBoardPlace  *place,
                                    const ForlopShift *shift) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
