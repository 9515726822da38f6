/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

#include "forlop-board-place.h"
#include "forlop-board-store.h"
#include "forlop-chart-series.h"

G_BEGIN_DECLS

/* One line of the board: a citizen, or the fold with those for whom nothing waits. What it says is
 * fixed when it is made; the course may come later. */

#define FORLOP_TYPE_BOARD_ITEM (forlop_board_item_get_type ())
G_DECLARE_FINAL_TYPE (ForlopBoardItem, forlop_board_item, FORLOP, BOARD_ITEM, GObject)

/* Takes over @row. @place: (nullable): whose file it is in. */
ForlopBoardItem      *forlop_board_item_new          (ForlopBoardRow   *row,
                                                      ForlopBoardPlace *place,
                                                      gint64            now) G_GNUC_WARN_UNUSED_RESULT;
/* The fold. @round: whether a round runs, so that they can be ticked. */
ForlopBoardItem      *forlop_board_item_new_fold     (unsigned int     n_calm,
                                                      unsigned int     n_unticked,
                                                      gboolean         expanded,
                                                      gboolean         round) G_GNUC_WARN_UNUSED_RESULT;
/* NULL for the fold. */
const ForlopBoardRow *forlop_board_item_get_row      (ForlopBoardItem *self);
ForlopBoardPlace     *forlop_board_item_get_place    (ForlopBoardItem *self);
/* The municipality, where the board has several; else NULL. */
const char           *forlop_board_item_get_place_name (ForlopBoardItem *self);
gboolean              forlop_board_item_is_fold      (ForlopBoardItem *self);
gboolean              forlop_board_item_get_expanded (ForlopBoardItem *self);
/* How many the fold can tick in the round. */
unsigned int          forlop_board_item_get_n_unticked (ForlopBoardItem *self);
/* What stays the same when the board is read anew. */
const char           *forlop_board_item_get_key      (ForlopBoardItem *self);
const char           *forlop_board_item_get_who      (ForlopBoardItem *self);
const char           *forlop_board_item_get_word     (ForlopBoardItem *self);
const char           *forlop_board_item_get_why      (ForlopBoardItem *self);
const char           *forlop_board_item_get_waited   (ForlopBoardItem *self);
const char           *forlop_board_item_get_contact  (ForlopBoardItem *self);
const char           *forlop_board_item_get_owner    (ForlopBoardItem *self);
/* NULL where the severity's own shape says it. */
const char           *forlop_board_item_get_icon     (ForlopBoardItem *self);
/* The whole line, for a screen reader. */
char                 *forlop_board_item_dup_sentence (ForlopBoardItem *self) G_GNUC_WARN_UNUSED_RESULT;
/* Whether both say the same. */
gboolean              forlop_board_item_equal        (ForlopBoardItem *self,
                                                      ForlopBoardItem *other);
/* Something is written about it and not saved; property "begun". */
void                  forlop_board_item_set_begun    (ForlopBoardItem *self,
                                                      gboolean         begun);
gboolean              forlop_board_item_get_begun    (ForlopBoardItem *self);
/* What says the same stays where it is, with what was read last: also what is not shown, such as the round. */
void                  forlop_board_item_adopt        (ForlopBoardItem *self,
                                                      ForlopBoardItem *newer);
/* Property "series"; NULL until the course has been read. */
ForlopChartSeries    *forlop_board_item_get_series   (ForlopBoardItem *self);
void                  forlop_board_item_set_trend    (ForlopBoardItem        *self,
                                                      const ForlopBoardTrend *trend);

G_END_DECLS
