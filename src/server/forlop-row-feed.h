/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-sync-row.h"

G_BEGIN_DECLS

/* Records and measurements lie in two tables and are read as one log. Each table is a feed of rows in
 * the order of position, type and id. */

typedef struct _ForlopRowFeed ForlopRowFeed;

/**
 * ForlopRowFeed:
 * @advance: puts the next row into @row; leaves %NULL there at the end.
 * @row: (nullable): the row that comes next.
 */
struct _ForlopRowFeed
{
  gboolean (*advance) (ForlopRowFeed  *self,
                       GError        **error);
  ForlopSyncRow *row;
};

/* Both feeds stand before their first row.
 *
 * Reads whole positions until @max_rows or @max_bytes is reached. @to: in: the head; out: the last
 * position read, or the head when nothing is left. */
GPtrArray *forlop_row_feed_read_positions (ForlopRowFeed  *records,
                                           ForlopRowFeed  *measurements,
                                           unsigned int    max_rows,
                                           gsize           max_bytes,
                                           gint64         *to,
                                           GError        **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *forlop_row_feed_read_rows      (ForlopRowFeed  *records,
                                           ForlopRowFeed  *measurements,
                                           unsigned int    max_rows,
                                           GError        **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
