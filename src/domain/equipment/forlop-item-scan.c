/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-item-scan.h"

#define BIT(state) (1u << FORLOP_ITEM_##state)
#define ANYWHERE (~(BIT (DISCARDED) | BIT (LOST) | BIT (ORDERED)))
/* Where it is with the municipality and not in somebody's hands. */
#define IN_HOUSE (ANYWHERE & ~(BIT (ON_LOAN)))

/**
 * Step:
 * @from: states in which the act can be done.
 * @to: the state it leads to; FORLOP_N_ITEM_STATES when the item stays in its state.
 */
typedef struct {
  const char *act;
  unsigned int from;
  ForlopItemState to;
} Step;

/* The obvious step of each state comes first. */
static const Step steps[] = {
  { "prepare-item", BIT (RECEIVED), FORLOP_ITEM_PREPARING },
  { "make-item-ready", BIT (PREPARING), FORLOP_ITEM_READY },
  { "hand-out-item", BIT (RESERVED), FORLOP_ITEM_ON_LOAN },
  { "reserve-item", BIT (READY), FORLOP_ITEM_RESERVED },
  { "hand-out-item", BIT (READY), FORLOP_ITEM_ON_LOAN },
  { "return-item", BIT (ON_LOAN), FORLOP_ITEM_RETURNED },
  { "start-cleaning", BIT (RETURNED) | BIT (QUARANTINE), FORLOP_ITEM_CLEANING },
  { "finish-cleaning", BIT (CLEANING), FORLOP_ITEM_CHECKING },
  { "finish-check", BIT (CHECKING), FORLOP_ITEM_READY },
  { "return-from-repair", BIT (REPAIR), FORLOP_ITEM_CLEANING },
  { "mark-item-found", BIT (LOST), FORLOP_ITEM_RETURNED },
  { "release-item", BIT (RESERVED), FORLOP_ITEM_READY },
  { "start-check", BIT (READY), FORLOP_ITEM_CHECKING },
  { "record-service", ANYWHERE, FORLOP_N_ITEM_STATES },
  { "report-fault", ANYWHERE, FORLOP_N_ITEM_STATES },
  { "move-item", IN_HOUSE, FORLOP_N_ITEM_STATES },
  { "change-item", ANYWHERE, FORLOP_N_ITEM_STATES },
  { "send-to-repair", IN_HOUSE & ~BIT (REPAIR), FORLOP_ITEM_REPAIR },
  { "quarantine-item", IN_HOUSE & ~BIT (QUARANTINE), FORLOP_ITEM_QUARANTINE },
  { "mark-item-lost", ANYWHERE, FORLOP_ITEM_LOST },
  { "discard-item", IN_HOUSE | BIT (LOST), FORLOP_ITEM_DISCARDED },
};

static gboolean
is_possible (const Step      *step,
             ForlopItemState  state)
{
  if ((step->from & (1u << state)) == 0)
    return FALSE;

  return step->to == FORLOP_N_ITEM_STATES || forlop_item_life_allows (state, step->to, FALSE);
}

/**
 * forlop_item_next_act:
 *
 * What is obviously done next with an item in this state, or %NULL.
 */
const char *
forlop_item_next_act (ForlopItemState state)
{
  g_return_val_if_fail (state < FORLOP_N_ITEM_STATES, NULL);

  for (unsigned int i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i].to != FORLOP_N_ITEM_STATES && is_possible (&steps[i], state))
      return steps[i].act;

  return NULL;
}

/**
 * forlop_item_scan_act:
 * @item: the state of the item that was scanned.
 * @column: the state whose items one is working with.
 *
 * What a scan means: an item that stands in the column goes on from it, and one that comes from the
 * step before is brought into it. %NULL where nothing is obvious.
 */
const char *
forlop_item_scan_act (ForlopItemState item,
                      ForlopItemState column)
{
  g_return_val_if_fail (item < FORLOP_N_ITEM_STATES, NULL);
  g_return_val_if_fail (column < FORLOP_N_ITEM_STATES, NULL);

  if (item == column)
    return forlop_item_next_act (item);

  for (unsigned int i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i].to == column && column != FORLOP_ITEM_LOST && column != FORLOP_ITEM_DISCARDED &&
        is_possible (&steps[i], item))
      return steps[i].act;

  return NULL;
}

void
forlop_item_acts (ForlopItemState  state,
                  const char      *acts[FORLOP_ITEM_MAX_ACTS + 1])
{
  unsigned int n = 0;

  g_return_if_fail (state < FORLOP_N_ITEM_STATES);
  g_return_if_fail (acts != NULL);

  for (unsigned int i = 0; i < G_N_ELEMENTS (steps) && n < FORLOP_ITEM_MAX_ACTS; i++)
    if (is_possible (&steps[i], state))
      acts[n++] = steps[i].act;
  acts[n] = NULL;
}
