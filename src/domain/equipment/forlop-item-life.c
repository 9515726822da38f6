/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-item-life.h"

#include <glib/gi18n-lib.h>

#include "forlop-error.h"
#include "forlop-record-type.h"

#define BIT(state) (1u << FORLOP_ITEM_##state)

/* What can happen to an item wherever it lies in the house. */
#define OUT_OF_USE (BIT (REPAIR) | BIT (QUARANTINE) | BIT (LOST) | BIT (DISCARDED))

typedef struct {
  const char *code;
  unsigned int next;
  const char *first; /* where the item is, and what must be done before anything else */
} State;

static const State states[FORLOP_N_ITEM_STATES] = {
  [FORLOP_ITEM_ORDERED] = {
    "ordered", BIT (RECEIVED) | BIT (LOST) | BIT (DISCARDED),
    N_("The item is ordered and not received. Receive it first.") },
  [FORLOP_ITEM_RECEIVED] = {
    "received", BIT (PREPARING) | OUT_OF_USE,
    N_("The item is received and not prepared. Prepare it and make it ready first.") },
  [FORLOP_ITEM_PREPARING] = {
    "preparing", BIT (READY) | OUT_OF_USE,
    N_("The item is being prepared. Make it ready first.") },
  [FORLOP_ITEM_READY] = {
    "ready", BIT (PREPARING) | BIT (RESERVED) | BIT (ON_LOAN) | BIT (CHECKING) | OUT_OF_USE,
    N_("The item is ready in stock: there is nothing to receive, return or clean.") },
  [FORLOP_ITEM_RESERVED] = {
    "reserved", BIT (READY) | BIT (ON_LOAN) | OUT_OF_USE,
    N_("The item is reserved. Release the reservation or hand the item out first.") },
  [FORLOP_ITEM_ON_LOAN] = {
    "on_loan", BIT (RETURNED) | BIT (LOST),
    N_("The item is on loan. Register its return first; it is cleaned and checked before it is "
       "used again.") },
  [FORLOP_ITEM_RETURNED] = {
    "returned", BIT (CLEANING) | OUT_OF_USE,
    N_("The item is returned. Clean and check it before it is used again.") },
  [FORLOP_ITEM_CLEANING] = {
    "cleaning", BIT (CHECKING) | OUT_OF_USE,
    N_("The item is being cleaned. Finish the cleaning, then check it.") },
  [FORLOP_ITEM_CHECKING] = {
    "checking", BIT (READY) | BIT (CLEANING) | OUT_OF_USE,
    N_("The item is being checked. Finish the check first.") },
  [FORLOP_ITEM_REPAIR] = {
    "repair", BIT (CLEANING) | BIT (QUARANTINE) | BIT (LOST) | BIT (DISCARDED),
    N_("The item is in repair. Register that it is back; then it is cleaned and checked.") },
  [FORLOP_ITEM_QUARANTINE] = {
    "quarantine", BIT (CLEANING) | BIT (REPAIR) | BIT (LOST) | BIT (DISCARDED),
    N_("The item is in quarantine. Clean and check it before it is used again.") },
  [FORLOP_ITEM_LOST] = {
    "lost", BIT (RETURNED) | BIT (DISCARDED),
    N_("The item is lost. Register that it is found first.") },
  [FORLOP_ITEM_DISCARDED] = {
    "discarded", 0,
    N_("The item is discarded and is not used again. Use another one.") },
};

const char *
forlop_item_state_code (ForlopItemState state)
{
  g_return_val_if_fail (state < FORLOP_N_ITEM_STATES, NULL);

  return states[state].code;
}

const char *
forlop_item_state_label (ForlopItemState state)
{
  const ForlopField *field = forlop_record_type_field (forlop_record_type_find ("item"), "state");

  g_return_val_if_fail (state < FORLOP_N_ITEM_STATES, NULL);

  return forlop_field_choice_label (field, states[state].code);
}

/**
 * forlop_item_state_from_code:
 * @code: (nullable): as in the field "state" of an item.
 *
 * Returns: whether there is such a state.
 */
gboolean
forlop_item_state_from_code (const char      *code,
                             ForlopItemState *state)
{
  g_return_val_if_fail (state != NULL, FALSE);

  for (unsigned int i = 0; i < FORLOP_N_ITEM_STATES; i++)
    if (g_strcmp0 (states[i].code, code) == 0)
      {
        *state = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * forlop_item_life_allows:
 * @own_device: the item is the citizen's own. It is not prepared by the municipality, and the
 *   citizen
 *   may begin to use it again.
 *
 * Never from loan to ready without cleaning and check: equipment that is lent to private persons is
 * cleaned and checked between them (regulation on handling of medical equipment).
 */
gboolean
forlop_item_life_allows (ForlopItemState from,
                         ForlopItemState to,
                         gboolean        own_device)
{
  g_return_val_if_fail (from < FORLOP_N_ITEM_STATES, FALSE);
  g_return_val_if_fail (to < FORLOP_N_ITEM_STATES, FALSE);

  if (own_device && to == FORLOP_ITEM_ON_LOAN &&
      (from == FORLOP_ITEM_RECEIVED || from == FORLOP_ITEM_RETURNED))
    return TRUE;

  return (states[from].next & (1u << to)) != 0;
}

/**
 * forlop_item_life_check:
 *
 * Returns: whether @to may follow @from; %FALSE with a sentence that says where the item is and
 * what
 *   must be done first.
 */
gboolean
forlop_item_life_check (ForlopItemState   from,
                        ForlopItemState   to,
                        gboolean          own_device,
                        GError          **error)
{
  if (forlop_item_life_allows (from, to, own_device))
    return TRUE;

  if (from == to)
    g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_ALREADY,
                 /* Translators: the state of an item, such as Ready. */
                 _("The item has the state “%s” already. Nothing was changed."),
                 forlop_item_state_label (from));
  else if (to == FORLOP_ITEM_RETURNED && from != FORLOP_ITEM_DISCARDED)
    g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                 _("The item is not on loan, so it cannot be returned. Its state is “%s”. Nothing "
                   "was changed. See that it is the right item."),
                 forlop_item_state_label (from));
  else
    g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID, "%s %s", _(states[from].first),
                 _("Nothing was changed."));

  return FALSE;
}

/**
 * forlop_item_life_may_take_back:
 * @from: the state the act left the item in.
 * @to: the state it had before.
 *
 * Whether taking an act back may give the item its former state. An item that has been handed out
 * cannot become ready by that: nobody knows where it has been since.
 */
gboolean
forlop_item_life_may_take_back (ForlopItemState   from,
                                ForlopItemState   to,
                                GError          **error)
{
  if (from != FORLOP_ITEM_ON_LOAN || to == FORLOP_ITEM_ON_LOAN)
    return TRUE;

  g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_NOT_ALLOWED,
                       _("An item that is handed out is not made ready again by taking the act "
                         "back. Nothing was changed. Mark the loan as wrongly registered, or "
                         "register the return; then clean and check the item."));

  return FALSE;
}
