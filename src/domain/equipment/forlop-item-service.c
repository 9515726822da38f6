/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-item-service.h"

static gboolean
has_own_plan (ForlopRecord *item,
              GPtrArray    *plans,
              const char   *kind)
{
  for (unsigned int i = 0; i < plans->len; i++)
    {
      ForlopRecord *plan = g_ptr_array_index (plans, i);

      if (forlop_record_text_is (plan, "item_id", forlop_record_get_id (item)) &&
          forlop_record_text_is (plan, "kind", kind))
        return TRUE;
    }

  return FALSE;
}

GPtrArray *
forlop_item_service_plans (ForlopRecord *item,
                           GPtrArray    *plans)
{
  GPtrArray *running = g_ptr_array_new ();

  g_return_val_if_fail (FORLOP_IS_RECORD (item), running);
  g_return_val_if_fail (plans != NULL, running);

  for (unsigned int i = 0; i < plans->len; i++)
    {
      ForlopRecord *plan = g_ptr_array_index (plans, i);
      gboolean own = forlop_record_text_is (plan, "item_id", forlop_record_get_id (item));
      gboolean shared = !forlop_record_has (plan, "item_id") &&
                        forlop_record_text_is (plan, "product_id",
                                               forlop_record_get_text (item, "product_id")) &&
                        !has_own_plan (item, plans, forlop_record_get_text (plan, "kind"));

      if ((own || shared) && forlop_record_get_boolean (plan, "active"))
        g_ptr_array_add (running, plan);
    }

  return running;
}

/* The newest record that answers @plan, or NULL. */
static ForlopRecord *
last_service (ForlopRecord *item,
              ForlopRecord *plan,
              GPtrArray    *records)
{
  ForlopRecord *last = NULL;

  for (unsigned int i = 0; i < records->len; i++)
    {
      ForlopRecord *record = g_ptr_array_index (records, i);
      const char *plan_id = forlop_record_get_text (record, "service_plan_id");

      if (!forlop_record_text_is (record, "item_id", forlop_record_get_id (item)) ||
          !forlop_record_text_is (record, "kind", forlop_record_get_text (plan, "kind")))
        continue;
      if (plan_id != NULL && !g_str_equal (plan_id, forlop_record_get_id (plan)))
        continue;
      if (last == NULL || forlop_record_get_date (record, "done_on") >=
                            forlop_record_get_date (last, "done_on"))
        last = record;
    }

  return last;
}

/**
 * forlop_item_service_due:
 * @records: the item's service records.
 *
 * The day the next service of @plan is due: its interval after the last one, or after the goods
 * receipt where there has been none. A service that failed is due again the same day.
 *
 * Returns: the day, or %FORLOP_DATE_NONE where it was never done and the day of receipt is unknown.
 */
ForlopDate
forlop_item_service_due (ForlopRecord *item,
                         ForlopRecord *plan,
                         GPtrArray    *records)
{
  ForlopRecord *last;
  ForlopDate from;

  g_return_val_if_fail (FORLOP_IS_RECORD (item), FORLOP_DATE_NONE);
  g_return_val_if_fail (FORLOP_IS_RECORD (plan), FORLOP_DATE_NONE);
  g_return_val_if_fail (records != NULL, FORLOP_DATE_NONE);

  last = last_service (item, plan, records);
  if (last != NULL && forlop_record_text_is (last, "result", "failed"))
    return forlop_record_get_date (last, "done_on");

  from = last != NULL ? forlop_record_get_date (last, "done_on")
                      : forlop_record_get_date (item, "received_on");
  if (from == FORLOP_DATE_NONE)
    return FORLOP_DATE_NONE;

  return from + (ForlopDate) forlop_record_get_integer (plan, "interval_days");
}

/**
 * forlop_item_next_calibration:
 *
 * Returns: the earliest day a calibration is due by the plans that run on @item, or
 *   %FORLOP_DATE_NONE.
 */
ForlopDate
forlop_item_next_calibration (ForlopRecord *item,
                              GPtrArray    *plans,
                              GPtrArray    *records)
{
  g_autoptr (GPtrArray) running = forlop_item_service_plans (item, plans);
  ForlopDate next = FORLOP_DATE_NONE;

  for (unsigned int i = 0; i < running->len; i++)
    {
      ForlopRecord *plan = g_ptr_array_index (running, i);
      ForlopDate due;

      if (!forlop_record_text_is (plan, "kind", "calibration"))
        continue;
      due = forlop_item_service_due (item, plan, records);
      if (due != FORLOP_DATE_NONE && (next == FORLOP_DATE_NONE || due < next))
        next = due;
    }

  return next;
}

/**
 * forlop_item_quality:
 * @on: the day of measuring.
 *
 * The measuring quality of an item, copied to what is measured with it: an overdue calibration
 * makes measurements uncertain. On the day itself the calibration still holds.
 *
 * Returns: (nullable): "calibrated", "uncalibrated", or %NULL for an item that is not calibrated.
 */
const char *
forlop_item_quality (ForlopRecord *item,
                     ForlopDate    on)
{
  ForlopDate next;

  g_return_val_if_fail (FORLOP_IS_RECORD (item), NULL);

  next = forlop_record_get_date (item, "next_calibration_on");
  if (next == FORLOP_DATE_NONE)
    return NULL;

  return next < on ? "uncalibrated" : "calibrated";
}
