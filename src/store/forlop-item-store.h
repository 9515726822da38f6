/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"
#include "forlop-date.h"
#include "forlop-order-proposal.h"
#include "forlop-record.h"

G_BEGIN_DECLS

/* Questions about equipment that take more than one table. */

/**
 * ForlopTracedMeasurement:
 * @named: the measurement names the item. Else the citizen had the item on loan, and it measures
 *   what
 *   was measured, but nobody wrote which device it was.
 */
typedef struct {
  char *id;
  const char *code; /* interned */
  double value;     /* NaN when the device gave none */
  gint64 measured_at;
  gboolean named;
} ForlopTracedMeasurement;

/**
 * ForlopTracedCitizen:
 * @from: handed out the first time.
 * @to: returned the last time; %FORLOP_DATE_NONE when it is still out.
 * @measurements: #GArray of #ForlopTracedMeasurement, oldest first.
 */
typedef struct {
  char *citizen_id;
  char *case_id;
  ForlopDate from;
  ForlopDate to;
  GArray *measurements;
} ForlopTracedCitizen;

/**
 * ForlopStockRow:
 *
 * One product as the stock list shows it, with what to order.
 */
typedef struct {
  char *product_id;
  char *name;
  ForlopOrderNeed need;
  int proposal;
} ForlopStockRow;

void          forlop_traced_citizen_free       (ForlopTracedCitizen *self);
void          forlop_stock_row_free            (ForlopStockRow      *self);

gboolean      forlop_item_store_open_loan      (ForlopConnection    *connection,
                                                const char          *item_id,
                                                ForlopRecord       **loan,
                                                GError             **error);
gboolean      forlop_item_store_has_open_fault (ForlopConnection    *connection,
                                                const char          *item_id,
                                                gboolean            *has_fault,
                                                GError             **error);
gboolean      forlop_item_store_count_ready    (ForlopConnection    *connection,
                                                const char          *product_id,
                                                const char          *location_id,
                                                unsigned int        *n_ready,
                                                GError             **error);
/* @text as scanned; @gtin and @serial where it is a GS1 code, else NULL. */
gboolean      forlop_item_store_find_scanned   (ForlopConnection    *connection,
                                                const char          *text,
                                                const char          *gtin,
                                                const char          *serial,
                                                ForlopRecord       **item,
                                                GError             **error);
GPtrArray    *forlop_item_store_trace          (ForlopConnection    *connection,
                                                const char          *item_id,
                                                ForlopDate           from,
                                                ForlopDate           to,
                                                GError             **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray    *forlop_item_store_list_stock     (ForlopConnection    *connection,
                                                ForlopDate           today,
                                                double               review_months,
                                                GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopTracedCitizen, forlop_traced_citizen_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopStockRow, forlop_stock_row_free)

G_END_DECLS
