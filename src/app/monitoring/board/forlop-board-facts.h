/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

#include "forlop-board-detail.h"
#include "forlop-board-store.h"

G_BEGIN_DECLS

/* What the chosen citizen's records say, as lines of text. */

void        forlop_board_facts_clear        (GtkBox                  *box);
/* One line with its shape. */
void        forlop_board_facts_show_reason  (GtkBox                  *box,
                                             ForlopSeverity           severity,
                                             const char              *sentence);
/* Every open alert with the plan's version and date; leaves the box alone when there is none. */
void        forlop_board_facts_fill_reasons (GtkBox                  *box,
                                             const ForlopBoardDetail *detail);
/* Unit, plan, who has the medical responsibility. */
char       *forlop_board_facts_line         (const ForlopBoardDetail *detail) G_GNUC_WARN_UNUSED_RESULT;
/* What the plan says to do; borrowed, NULL when it says nothing. */
const char *forlop_board_facts_plan         (const ForlopBoardDetail *detail,
                                             ForlopBoardNeed          need,
                                             ForlopSeverity           severity,
                                             char                   **title);
void        forlop_board_facts_fill_contacts (GtkBox                  *box,
                                             const ForlopBoardDetail *detail);
void        forlop_board_facts_fill_history (GtkBox                  *box,
                                             const ForlopBoardDetail *detail);

G_END_DECLS
