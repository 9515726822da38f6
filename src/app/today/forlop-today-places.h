/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-place.h"
#include "forlop-worklist.h"

G_BEGIN_DECLS

/* What there is to do today, in one municipality or in several. */

/**
 * ForlopTodayPlace:
 * @place: where.
 * @role: (nullable): in which role one reads there; %NULL where one has none, or the file is not open.
 * @error: (nullable): why nothing was read.
 */
typedef struct {
  ForlopPlace *place;
  char *role;
  DexFuture *asked;
  GError *error;
} ForlopTodayPlace;

/* Asks the session's own file first, and then the others it knows of, each for the function one is in there:
 * of ForlopTodayPlace. */
GPtrArray      *forlop_today_places_ask   (ForlopSession       *own,
                                           ForlopWorklistGroup  group,
                                           unsigned int         limit,
                                           gint64               now) G_GNUC_WARN_UNUSED_RESULT;
/* What they answered, worst first, inside a fiber. What could not be read is told by its place, and counted
 * as nothing. */
ForlopWorklist *forlop_today_places_await (GPtrArray           *places,
                                           unsigned int         limit) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
