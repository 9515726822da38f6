/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-record.h"

G_BEGIN_DECLS

/* Recurring service of one item: calibration, cleaning, software update, electrical test. Several
 * plans can run on one item; a plan for the item itself goes before the product's of the same kind.
 * */

/* Of @plans (of the item or of its product), those that run on @item. Borrowed records. */
GPtrArray  *forlop_item_service_plans     (ForlopRecord  *item,
                                           GPtrArray     *plans) G_GNUC_WARN_UNUSED_RESULT;
ForlopDate  forlop_item_service_due       (ForlopRecord  *item,
                                           ForlopRecord  *plan,
                                           GPtrArray     *records);
ForlopDate  forlop_item_next_calibration  (ForlopRecord  *item,
                                           GPtrArray     *plans,
                                           GPtrArray     *records);
const char *forlop_item_quality           (ForlopRecord  *item,
                                           ForlopDate     on);

G_END_DECLS
