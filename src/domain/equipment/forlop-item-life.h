/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The life of an item: which state may follow which. From loan there is one way back to ready, and
 * it goes through return, cleaning and check. */

typedef enum {
  FORLOP_ITEM_ORDERED,
  FORLOP_ITEM_RECEIVED,
  FORLOP_ITEM_PREPARING,
  FORLOP_ITEM_READY,
  FORLOP_ITEM_RESERVED,
  FORLOP_ITEM_ON_LOAN,
  FORLOP_ITEM_RETURNED,
  FORLOP_ITEM_CLEANING,
  FORLOP_ITEM_CHECKING,
  FORLOP_ITEM_REPAIR,
  FORLOP_ITEM_QUARANTINE,
  FORLOP_ITEM_LOST,
  FORLOP_ITEM_DISCARDED,
  FORLOP_N_ITEM_STATES,
} ForlopItemState;

const char *forlop_item_state_code      (ForlopItemState   state);
const char *forlop_item_state_label     (ForlopItemState   state);
gboolean    forlop_item_state_from_code (const char       *code,
                                         ForlopItemState  *state);

gboolean    forlop_item_life_allows     (ForlopItemState   from,
                                         ForlopItemState   to,
                                         gboolean          own_device);
gboolean    forlop_item_life_check      (ForlopItemState   from,
                                         ForlopItemState   to,
                                         gboolean          own_device,
                                         GError          **error);
gboolean    forlop_item_life_may_take_back (ForlopItemState  from,
                                         ForlopItemState   to,
                                         GError          **error);

G_END_DECLS
