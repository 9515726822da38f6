/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-act-item-private.h"
#include "forlop-acts-loan-private.h"
#include "forlop-error.h"

/* The ways out when a loan says something else than what stands where: two may have handed out one
 * item, and either may have read the wrong number. */

static void
end_as_wrong (ForlopActContext *self,
              ForlopRecord     *loan)
{
  loan = forlop_act_change (self, loan);
  forlop_record_set_boolean (loan, "voided", TRUE);
  forlop_record_set_date (loan, "returned_on",
                          MAX (self->today, forlop_record_get_date (loan, "handed_out_on")));
  forlop_record_set_text (loan, "returned_by", self->actor->user_id);
}

/* A loan that never was. Nobody knows where the item has been meanwhile, so it is cleaned and
 * checked like any other that was out; what was handed out with the delivery is wanted again. */
static gboolean
void_loan (ForlopActContext  *self,
           GError           **error)
{
  ForlopRecord *loan = forlop_act_load_open_loan (self, error);
  ForlopRecord *item = loan != NULL ? forlop_act_load_lent_item (self, loan, error) : NULL;
  ForlopRecord *delivery;

  if (item == NULL)
    return FALSE;

  end_as_wrong (self, loan);
  if (!forlop_act_place_here (self, forlop_act_change (self, item), error) ||
      !forlop_act_set_item_state (self, item, FORLOP_ITEM_RETURNED,
                                  forlop_act_text (self, "reason"), error))
    return FALSE;

  delivery = forlop_snapshot_latest (self->snapshot, "delivery");
  if (delivery != NULL && forlop_record_text_is (delivery, "status", "handed_out"))
    forlop_record_set_text (forlop_act_change (self, delivery), "status", "ready");

  return TRUE;
}

/* A loan like @wrong, of another item or another case: handed out the same day by the same person. */
static void
make_right (ForlopActContext *self,
            ForlopRecord     *wrong,
            const char       *item_id)
{
  ForlopRecord *loan = forlop_act_make (self, "loan");

  forlop_record_set_text (loan, "item_id", item_id);
  forlop_record_set_date (loan, "handed_out_on", forlop_record_get_date (wrong, "handed_out_on"));
  forlop_record_set_text (loan, "handed_out_by", forlop_record_get_text (wrong, "handed_out_by"));
  forlop_record_set_text (loan, "receipt", forlop_record_get_text (wrong, "receipt"));
}

/* The number was read wrong: another item stands there. The one that was written is looked at like any
 * that nobody knows where has been. */
static gboolean
correct_loan_item (ForlopActContext  *self,
                   GError           **error)
{
  const char *reason = forlop_act_text (self, "reason");
  ForlopRecord *loan = forlop_act_load_open_loan (self, error);
  ForlopRecord *wrong = loan != NULL ? forlop_act_load_lent_item (self, loan, error) : NULL;
  ForlopRecord *right;

  if (wrong == NULL)
    return FALSE;
  if (forlop_act_text (self, "right_item_id") == NULL)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("It is not said which item stands there. Choose it; nothing was "
                                "changed."));
  right = forlop_act_load (self, "item", "right_item_id", error);
  if (right == NULL)
    return FALSE;
  if (right == wrong)
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                              _("The loan is of this item already. Nothing was changed. Choose the one "
                                "that really stands there."));
  if (!forlop_act_check_can_be_lent (self, right, error))
    return FALSE;

  make_right (self, loan, forlop_record_get_id (right));
  end_as_wrong (self, loan);
  forlop_record_clear (forlop_act_change (self, right), "location_id");

  return forlop_act_place_here (self, forlop_act_change (self, wrong), error) &&
         forlop_act_set_item_state (self, wrong, FORLOP_ITEM_RETURNED, reason, error) &&
         forlop_act_set_item_state (self, right, FORLOP_ITEM_ON_LOAN, reason, error);
}

/* The case that loses the loan has it on its time line as well. */
static void
tell_other_case (ForlopActContext *self,
                 ForlopRecord     *loan)
{
  ForlopRecord *event = forlop_act_make (self, "event");

  forlop_record_set_text (event, "citizen_id", forlop_record_get_text (loan, "citizen_id"));
  forlop_record_set_text (event, "case_id", forlop_record_get_text (loan, "case_id"));
  forlop_record_set_instant (event, "at", self->now);
  forlop_record_set_text (event, "act", self->act->name);
  forlop_record_set_text (event, "subject_type", "loan");
  forlop_record_set_text (event, "subject_id", forlop_record_get_id (loan));
  forlop_record_set_text (event, "user_id", self->actor->user_id);
  forlop_record_set_text (event, "role", self->actor->role);
  forlop_record_set_text (event, "unit_id", self->actor->unit_id);
}

/* The item is really in the home of another: it stays on loan, and the loan is his. The new loan comes
 * first, so that the conditions are asked of his case. */
static gboolean
move_loan (ForlopActContext  *self,
           GError           **error)
{
  g_autoptr (ForlopRecord) loan =
    forlop_record_store_load (self->connection, "loan", forlop_act_text (self, "loan_id"), error);
  g_autoptr (ForlopRecord) item = NULL;

  if (loan == NULL)
    return FALSE;
  if (forlop_record_has (loan, "returned_on"))
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                              _("The loan has ended already. Nothing was changed. Hand the item out."));
  if (forlop_record_text_is (loan, "case_id", self->case_id))
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                              _("The loan belongs to this case already. Nothing was changed."));
  item = forlop_record_store_load (self->connection, "item", forlop_record_get_text (loan, "item_id"),
                                   error);
  if (item == NULL)
    return FALSE;
  if (forlop_record_text_is (item, "ownership", "citizen"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("The device is registered as another citizen's own. Nothing "
                                "was changed. See that it is the right device."));

  make_right (self, loan, forlop_record_get_id (item));
  end_as_wrong (self, loan);
  forlop_act_change (self, item);
  forlop_act_log_item (self, item, forlop_act_text (self, "reason"));
  tell_other_case (self, loan);

  return forlop_act_finish_delivery (self, item, error);
}

const ForlopActFunction forlop_act_functions_wrong_loan[] = {
  { "void-loan", void_loan },
  { "correct-loan-item", correct_loan_item },
  { "move-loan", move_loan },
  { NULL, NULL },
};
