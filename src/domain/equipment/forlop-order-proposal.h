/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ForlopOrderNeed:
 * @use_per_month: items handed out in an average month.
 * @lead_days: days from order to goods receipt.
 * @review_months: months until the stock is looked at again.
 * @minimum: the stock that must always be there.
 * @ready: items that can be handed out today. Reserved, lent and returned ones do not count.
 * @on_order: ordered and not yet received.
 */
typedef struct {
  double use_per_month;
  int lead_days;
  double review_months;
  int minimum;
  int ready;
  int on_order;
} ForlopOrderNeed;

int forlop_order_proposal (const ForlopOrderNeed *need);

G_END_DECLS
