/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

#include "forlop-board-item.h"

G_BEGIN_DECLS

/* One line of the board: shape, who, what and why, its course, how long, whose. */

#define FORLOP_TYPE_BOARD_LINE (forlop_board_line_get_type ())
G_DECLARE_FINAL_TYPE (ForlopBoardLine, forlop_board_line, FORLOP, BOARD_LINE, GtkWidget)

GtkWidget       *forlop_board_line_new      (void) G_GNUC_WARN_UNUSED_RESULT;
ForlopBoardItem *forlop_board_line_get_item (ForlopBoardLine *self);
void             forlop_board_line_set_item (ForlopBoardLine *self,
                                             ForlopBoardItem *item);
void             forlop_board_line_set_brief (ForlopBoardLine *self,
                                             gboolean         brief);

G_END_DECLS
