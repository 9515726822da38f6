/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-duty.h"

G_BEGIN_DECLS

/* What must be done with the equipment, most of it by the coordinator. The same kind of pure
 * function as the duties of a case; the source of each duty is the record it follows from. */

/**
 * ForlopItemFacts:
 * @location: (nullable): where the item lies.
 * @service_plans: of the item and of its product.
 * @service_records: of the item.
 * @faults: of the item.
 * @since: since when the item has had its state; %FORLOP_INSTANT_NONE when unknown.
 */
typedef struct {
  ForlopRecord *item;
  ForlopRecord *product;
  ForlopRecord *location;
  GPtrArray *service_plans;
  GPtrArray *service_records;
  GPtrArray *faults;
  gint64 since;
} ForlopItemFacts;

/* Each gives a GPtrArray of ForlopDuty. */
GPtrArray *forlop_duties_of_item        (const ForlopItemFacts *facts) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *forlop_duties_of_stock_level (ForlopRecord          *level,
                                         ForlopRecord          *product,
                                         ForlopRecord          *location,
                                         unsigned int           n_ready) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *forlop_duties_of_agreement   (ForlopRecord          *record) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *forlop_duties_of_order       (ForlopRecord          *order,
                                         ForlopRecord          *product) G_GNUC_WARN_UNUSED_RESULT;

/* "Nonin 3150, 500123": what people call an item. */
char      *forlop_item_dup_name         (ForlopRecord          *item,
                                         ForlopRecord          *product) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
