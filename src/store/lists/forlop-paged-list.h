/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-paged-row.h"
#include "forlop-store.h"

G_BEGIN_DECLS

/* Any list that is sorted and filtered in SQL, as a list model of ForlopPagedRow. Which rows there
 * are is read first; what a row says is read when somebody asks for it, a page at a time. Lives in
 * the main thread. */

/* What one page holds. */
#define FORLOP_PAGED_LIST_PAGE 32

/**
 * ForlopPagedSource:
 * @load_order: on a thread of the store: a #GArray of #gint64, the numbers of the rows in order.
 * @load_fields: on a thread of the store: a #GPtrArray of structs that begin with the number of their
 *   row, for those of the rows that still exist, in no order.
 * @fields_free: frees one of them.
 * @query_free: frees a query.
 * @tables: a change of one of these makes the list read anew; ended by %NULL.
 *
 * Where the rows come from. Static.
 */
typedef struct {
  GArray *(*load_order) (ForlopConnection *connection,
                         gconstpointer     query,
                         GError          **error);
  GPtrArray *(*load_fields) (ForlopConnection *connection,
                             gconstpointer     query,
                             const gint64     *rows,
                             unsigned int      n_rows,
                             GError          **error);
  GDestroyNotify fields_free;
  GDestroyNotify query_free;
  const char *const *tables;
} ForlopPagedSource;

#define FORLOP_TYPE_PAGED_LIST (forlop_paged_list_get_type ())
G_DECLARE_FINAL_TYPE (ForlopPagedList, forlop_paged_list, FORLOP, PAGED_LIST, GObject)

ForlopPagedList *forlop_paged_list_new        (ForlopStore             *store,
                                               const ForlopPagedSource *source,
                                               gpointer                 query) G_GNUC_WARN_UNUSED_RESULT;
/* Reads anew with another query, which is taken over. */
void             forlop_paged_list_take_query (ForlopPagedList         *self,
                                               gpointer                 query);
/* What it is asked now; borrowed. */
gconstpointer    forlop_paged_list_get_query  (ForlopPagedList         *self);
void             forlop_paged_list_refresh    (ForlopPagedList         *self);
/* Whether something is on its way; property "loading". */
gboolean         forlop_paged_list_is_loading (ForlopPagedList         *self);

G_END_DECLS
