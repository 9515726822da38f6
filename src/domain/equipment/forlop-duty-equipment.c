/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-duty-equipment.h"

#include "forlop-item-life.h"
#include "forlop-item-service.h"
#include "forlop-json.h"

/* Days before a service at which its duty is shown. */
#define SERVICE_NOTICE_DAYS 14

/* Days an item or a fault may be away before somebody asks for it. */
#define FOLLOW_UP_DAYS 14

/* Where an agreement does not say how long before its end it is to warn. */
#define AGREEMENT_NOTICE_DAYS 90

/* The end of the working day on which something is due: 16.00 in Oslo. */
#define DUE_MINUTE (16 * 60)

/* The duty that follows from a state alone; without limit where @days is 0. */
static const struct {
  ForlopItemState state;
  const char *rule;
  const char *act;
  int days;
  gboolean later; /* shown when the days have passed, not from the first */
} by_state[] = {
  { FORLOP_ITEM_RECEIVED, "prepare-item", "prepare-item", 7, FALSE },
  { FORLOP_ITEM_PREPARING, "make-item-ready", "make-item-ready", 7, FALSE },
  { FORLOP_ITEM_RETURNED, "clean-item", "start-cleaning", 3, FALSE },
  { FORLOP_ITEM_CLEANING, "finish-cleaning", "finish-cleaning", 3, FALSE },
  { FORLOP_ITEM_CHECKING, "check-item", "finish-check", 3, FALSE },
  { FORLOP_ITEM_REPAIR, "follow-repair", "return-from-repair", FOLLOW_UP_DAYS, TRUE },
  { FORLOP_ITEM_QUARANTINE, "clear-quarantine", "start-cleaning", 7, FALSE },
};

static gint64
start_of (ForlopDate date)
{
  return forlop_instant_from_wall (date, 0);
}

static gint64
due_on (ForlopDate date)
{
  return forlop_instant_from_wall (date, DUE_MINUTE);
}

char *
forlop_item_dup_name (ForlopRecord *item,
                      ForlopRecord *product)
{
  const char *tag;

  g_return_val_if_fail (FORLOP_IS_RECORD (item), NULL);
  g_return_val_if_fail (FORLOP_IS_RECORD (product), NULL);

  tag = forlop_record_get_text (item, "asset_tag");
  if (tag == NULL)
    tag = forlop_record_get_text (item, "serial_number");

  return g_strdup_printf ("%s, %s", forlop_record_get_text (product, "name"), tag);
}

static GPtrArray *
duties_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_duty_free);
}

/* A duty of the coordinators, whichever unit they sit in. */
static ForlopDuty *
add_duty (GPtrArray    *duties,
          const char   *rule,
          const char   *act,
          ForlopRecord *subject,
          const char   *name)
{
  ForlopDuty *duty = g_new0 (ForlopDuty, 1);
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, root);
  forlop_json_add_text (doc, root, "name", name);

  duty->rule = rule;
  duty->act = act;
  duty->subject_type = forlop_record_get_rtype (subject)->name;
  duty->subject_id = g_strdup (forlop_record_get_id (subject));
  duty->role = g_strdup ("coordinator");
  duty->visible_from = G_MININT64 + 1;
  duty->due_at = FORLOP_INSTANT_NONE;
  duty->since = FORLOP_INSTANT_NONE;
  duty->arguments = forlop_json_write (doc, FALSE);
  g_ptr_array_add (duties, duty);

  return duty;
}

/* In some municipalities items are delivered to the zone as they come and prepared there. */
static void
give_to_zone (ForlopDuty   *duty,
              ForlopRecord *location)
{
  if (location == NULL || !forlop_record_text_is (location, "kind", "zone") ||
      !forlop_record_has (location, "unit_id"))
    return;

  g_set_str (&duty->role, "resource_person");
  g_set_str (&duty->unit_id, forlop_record_get_text (location, "unit_id"));
}

static void
add_state_duty (GPtrArray             *duties,
                const ForlopItemFacts *facts,
                ForlopItemState        state,
                const char            *name)
{
  for (unsigned int i = 0; i < G_N_ELEMENTS (by_state); i++)
    {
      ForlopDuty *duty;
      ForlopDate from;

      if (by_state[i].state != state)
        continue;

      duty = add_duty (duties, by_state[i].rule, by_state[i].act, facts->item, name);
      duty->since = facts->since;
      if (state == FORLOP_ITEM_RECEIVED || state == FORLOP_ITEM_PREPARING)
        give_to_zone (duty, facts->location);
      if (facts->since == FORLOP_INSTANT_NONE)
        continue;

      from = forlop_instant_to_date (facts->since);
      duty->due_at = due_on (from + by_state[i].days);
      if (by_state[i].later)
        duty->visible_from = start_of (from + by_state[i].days);
    }
}

static void
add_service_duties (GPtrArray             *duties,
                    const ForlopItemFacts *facts,
                    const char            *name)
{
  g_autoptr (GPtrArray) plans = forlop_item_service_plans (facts->item, facts->service_plans);

  for (unsigned int i = 0; i < plans->len; i++)
    {
      ForlopRecord *plan = g_ptr_array_index (plans, i);
      ForlopDate due = forlop_item_service_due (facts->item, plan, facts->service_records);
      g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
      yyjson_mut_val *root = yyjson_mut_obj (doc);
      ForlopDuty *duty = add_duty (duties, "service-due", "record-service", facts->item, name);

      yyjson_mut_doc_set_root (doc, root);
      forlop_json_add_text (doc, root, "name", name);
      forlop_json_add_text (doc, root, "kind", forlop_record_get_text (plan, "kind"));
      g_free (duty->arguments);
      duty->arguments = forlop_json_write (doc, FALSE);
      if (due == FORLOP_DATE_NONE)
        continue;

      duty->due_at = due_on (due);
      duty->visible_from = start_of (due - SERVICE_NOTICE_DAYS);
      duty->since = duty->visible_from;
    }
}

static void
add_fault_duties (GPtrArray             *duties,
                  const ForlopItemFacts *facts,
                  const char            *name)
{
  for (unsigned int i = 0; i < facts->faults->len; i++)
    {
      ForlopRecord *fault = g_ptr_array_index (facts->faults, i);
      gint64 reported = forlop_record_get_instant (fault, "reported_at");
      ForlopDuty *duty;

      if (forlop_record_text_is (fault, "status", "reported"))
        {
          duty = add_duty (duties, "handle-fault", "send-fault-to-supplier", fault, name);
          duty->due_at = due_on (forlop_instant_to_date (reported) + 1);
        }
      else if (forlop_record_text_is (fault, "status", "at_supplier"))
        {
          duty = add_duty (duties, "follow-fault", "resolve-fault", fault, name);
          duty->visible_from = start_of (forlop_instant_to_date (reported) + FOLLOW_UP_DAYS);
          duty->due_at = due_on (forlop_instant_to_date (reported) + FOLLOW_UP_DAYS);
        }
      else
        continue;
      duty->since = reported;
    }
}

/**
 * forlop_duties_of_item:
 *
 * What must be done with one item: the next step of its life, recurring service and open faults.
 * The citizen's own device is neither prepared nor cleaned by the municipality.
 */
GPtrArray *
forlop_duties_of_item (const ForlopItemFacts *facts)
{
  GPtrArray *duties = duties_new ();
  g_autofree char *name = NULL;
  ForlopItemState state;

  g_return_val_if_fail (facts != NULL, duties);
  g_return_val_if_fail (FORLOP_IS_RECORD (facts->item), duties);
  g_return_val_if_fail (FORLOP_IS_RECORD (facts->product), duties);

  if (!forlop_item_state_from_code (forlop_record_get_text (facts->item, "state"), &state) ||
      state == FORLOP_ITEM_DISCARDED)
    return duties;

  name = forlop_item_dup_name (facts->item, facts->product);
  if (!forlop_record_text_is (facts->item, "ownership", "citizen"))
    add_state_duty (duties, facts, state, name);
  if (state != FORLOP_ITEM_ORDERED && state != FORLOP_ITEM_LOST)
    add_service_duties (duties, facts, name);
  add_fault_duties (duties, facts, name);

  return duties;
}

/**
 * forlop_duties_of_stock_level:
 * @n_ready: ready items of the product at the location.
 */
GPtrArray *
forlop_duties_of_stock_level (ForlopRecord *level,
                              ForlopRecord *product,
                              ForlopRecord *location,
                              unsigned int  n_ready)
{
  GPtrArray *duties = duties_new ();
  g_autofree char *name = NULL;

  g_return_val_if_fail (FORLOP_IS_RECORD (level), duties);
  g_return_val_if_fail (FORLOP_IS_RECORD (product), duties);
  g_return_val_if_fail (FORLOP_IS_RECORD (location), duties);

  if (n_ready >= forlop_record_get_integer (level, "minimum"))
    return duties;

  name = g_strdup_printf ("%s, %s", forlop_record_get_text (product, "name"),
                          forlop_record_get_text (location, "name"));
  add_duty (duties, "below-minimum", "order-equipment", level, name);

  return duties;
}

GPtrArray *
forlop_duties_of_agreement (ForlopRecord *agreement)
{
  GPtrArray *duties = duties_new ();
  ForlopDuty *duty;
  ForlopDate ends;
  int notice = AGREEMENT_NOTICE_DAYS;

  g_return_val_if_fail (FORLOP_IS_RECORD (agreement), duties);

  ends = forlop_record_get_date (agreement, "to_date");
  if (ends == FORLOP_DATE_NONE)
    return duties;
  if (forlop_record_has (agreement, "warn_days"))
    notice = (int) forlop_record_get_integer (agreement, "warn_days");

  duty = add_duty (duties, "agreement-ending", "save-agreement", agreement,
                   forlop_record_get_text (agreement, "title"));
  duty->visible_from = start_of (ends - notice);
  duty->due_at = due_on (ends);
  duty->since = duty->visible_from;

  return duties;
}

GPtrArray *
forlop_duties_of_order (ForlopRecord *order,
                        ForlopRecord *product)
{
  GPtrArray *duties = duties_new ();
  ForlopDuty *duty;
  ForlopDate expected;

  g_return_val_if_fail (FORLOP_IS_RECORD (order), duties);
  g_return_val_if_fail (FORLOP_IS_RECORD (product), duties);

  expected = forlop_record_get_date (order, "expected_on");
  if (expected == FORLOP_DATE_NONE || forlop_record_text_is (order, "status", "received") ||
      forlop_record_text_is (order, "status", "cancelled"))
    return duties;

  duty = add_duty (duties, "order-overdue", "receive-order", order,
                   forlop_record_get_text (product, "name"));
  duty->visible_from = start_of (expected + 1);
  duty->due_at = due_on (expected);
  duty->since = start_of (expected);

  return duties;
}
