/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-board-store.h"
#include "forlop-place.h"

G_BEGIN_DECLS

/* One municipality on the board: its file, what was read there, and what is to be told of it. A board of
 * several municipalities keeps each row in its own. */

/**
 * ForlopBoardPlace:
 * @workplace: (nullable): NULL where the window knows of no others.
 * @session: its file, and who acts there.
 * @name: (nullable): the municipality's, where the board has several.
 * @unit_id: (nullable): whose board was read; %NULL for every unit's.
 * @board: (nullable): what was read; its rows are in the merged board.
 * @n_rows: how many they would be without a filter.
 * @epj: (nullable): what is not carried over, #GPtrArray of #ForlopEpjEntry.
 * @unknown: (nullable): measurements nobody could use as they came, #GPtrArray of #ForlopRecord.
 * @unknown_names: (nullable): of those whose they are, as far as that is known: id → name.
 * @shifts: (nullable): those handed over in the unit one works in and not accepted, #GPtrArray of #ForlopShift.
 * @colleagues: (nullable): whom one can hand over to, #GPtrArray of #ForlopNamed.
 * @begun: (nullable): what @reader_id has begun to write and not saved: case id → #ForlopBegun.
 * @reader_id: (nullable): who acted there when it was read.
 * @asked: (nullable): the answer, until it is awaited.
 * @error: (nullable): why nothing was read.
 *
 * Counted references.
 */
typedef struct {
  ForlopWorkplace *workplace;
  ForlopSession *session;
  char *name;
  char *unit_id;
  ForlopBoard *board;
  unsigned int n_rows;
  GPtrArray *epj;
  GPtrArray *unknown;
  GHashTable *unknown_names;
  GPtrArray *shifts;
  GPtrArray *colleagues;
  GHashTable *begun;
  char *reader_id;
  DexFuture *asked;
  GError *error;
} ForlopBoardPlace;

ForlopBoardPlace       *forlop_board_place_new        (ForlopSession    *session) G_GNUC_WARN_UNUSED_RESULT;
ForlopBoardPlace       *forlop_board_place_ref        (ForlopBoardPlace *self);
void                    forlop_board_place_unref      (ForlopBoardPlace *self);
/* The session's own first, and then, @everywhere, the others it knows of: of ForlopBoardPlace. */
GPtrArray              *forlop_board_places_new       (ForlopSession    *own,
                                                       gboolean          everywhere) G_GNUC_WARN_UNUSED_RESULT;
/* The round that runs there, or NULL. */
const ForlopBoardRound *forlop_board_place_get_round  (ForlopBoardPlace *self);
/* Whether a round runs in any of them. */
gboolean                forlop_board_places_have_round (GPtrArray       *places);
/* The municipality itself; its parts are borrowed. */
ForlopPlace             forlop_board_place_get_place  (ForlopBoardPlace *self);
/* Begins to read all of them beside each other.
 * @query: for every one of them; its unit is whose board in the first; in the others, and in the first where it is
 * @usual, that of the function one is in, and everybody's where that unit follows nobody up. */
void                    forlop_board_places_ask       (GPtrArray        *places,
                                                       const ForlopBoardQuery *query,
                                                       gboolean          usual);
/* What was asked for, inside a fiber. What could not be read is told by its place. */
ForlopBoard            *forlop_board_places_await     (GPtrArray        *places) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopBoardPlace, forlop_board_place_unref)

G_END_DECLS
