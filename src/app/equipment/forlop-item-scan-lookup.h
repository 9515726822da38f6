/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-item-list.h"

G_BEGIN_DECLS

/* What a scanned code means: an item, several, or one that is not in the register yet. */

/**
 * ForlopItemScan:
 * @code: as it was scanned.
 * @serial: what stands for the serial number in it.
 * @lot, @expires_on: (nullable): from a GS1 code.
 * @product_id, @product_name: (nullable): the product with the article number of a GS1 code.
 * @found: of #ForlopItemFields.
 */
typedef struct {
  char *code;
  char *gtin;
  char *serial;
  char *lot;
  ForlopDate expires_on;
  gboolean is_gs1;
  gboolean with_holder;
  char *product_id;
  char *product_name;
  GPtrArray *found;
} ForlopItemScan;

ForlopItemScan *forlop_item_scan_new    (const char       *code,
                                         ForlopDate        today,
                                         gboolean          with_holder) G_GNUC_WARN_UNUSED_RESULT;
void            forlop_item_scan_free   (ForlopItemScan   *self);
/* On a thread of the store. */
gboolean        forlop_item_scan_look_up (ForlopItemScan   *self,
                                          ForlopConnection *connection,
                                          GError          **error);
/* What is known of the item, as arguments of receive-item in JSON. */
char           *forlop_item_scan_to_json (ForlopItemScan   *self) G_GNUC_WARN_UNUSED_RESULT;

/* Several codes, one on each line, as the numbers that stand in the register. */
char           *forlop_item_scan_numbers (const char       *lines,
                                          ForlopDate        today) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopItemScan, forlop_item_scan_free)

G_END_DECLS
