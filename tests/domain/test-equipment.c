/* SPDX-License-Identifier: EUPL-1.2 */

#include <string.h>

#include "forlop-delivery.h"
#include "forlop-duty-equipment.h"
#include "forlop-duty-task.h"
#include "forlop-error.h"
#include "forlop-item-life.h"
#include "forlop-item-service.h"
#include "forlop-order-proposal.h"

static ForlopRecord *
make (const char *type)
{
  static unsigned int n;
  g_autofree char *id = g_strdup_printf ("0198c000-0000-7000-8000-%012u", ++n);

  return forlop_record_new (forlop_record_type_find (type), id);
}

static ForlopDate
day (const char *iso)
{
  ForlopDate date;

  g_assert_true (forlop_date_from_iso (iso, &date));

  return date;
}

/* The states that can be reached from @from without passing through any of @closed. */
static unsigned int
reach (ForlopItemState from,
       unsigned int    closed,
       gboolean        own_device)
{
  unsigned int reached = 1u << from;
  gboolean grown = TRUE;

  while (grown)
    {
      grown = FALSE;
      for (unsigned int a = 0; a < FORLOP_N_ITEM_STATES; a++)
        for (unsigned int b = 0; b < FORLOP_N_ITEM_STATES; b++)
          if ((reached & (1u << a)) && !(reached & (1u << b)) && !(closed & (1u << b)) &&
              forlop_item_life_allows (a, b, own_device))
            {
              reached |= 1u << b;
              grown = TRUE;
            }
    }

  return reached;
}

static void
test_no_way_from_loan_to_ready_past_cleaning_and_check (void)
{
  const ForlopItemState gates[] = {
    FORLOP_ITEM_RETURNED, FORLOP_ITEM_CLEANING, FORLOP_ITEM_CHECKING,
  };
  const unsigned int fit = 1u << FORLOP_ITEM_READY | 1u << FORLOP_ITEM_RESERVED;

  for (int own_device = 0; own_device <= 1; own_device++)
    {
      g_assert_cmpuint (reach (FORLOP_ITEM_ON_LOAN, 0, own_device) & fit, ==, fit);
      for (unsigned int i = 0; i < G_N_ELEMENTS (gates); i++)
        g_assert_cmpuint (reach (FORLOP_ITEM_ON_LOAN, 1u << gates[i], own_device) & fit, ==, 0);
    }
}

static void
test_every_state_can_be_reached_and_left (void)
{
  for (unsigned int i = 0; i < FORLOP_N_ITEM_STATES; i++)
    {
      g_assert_true (reach (FORLOP_ITEM_ORDERED, 0, FALSE) & (1u << i));
      g_assert_true (reach (i, 0, FALSE) & (1u << FORLOP_ITEM_DISCARDED));
    }
  g_assert_cmpuint (reach (FORLOP_ITEM_DISCARDED, 0, FALSE), ==, 1u << FORLOP_ITEM_DISCARDED);
}

static void
test_every_refused_transition_has_a_sentence (void)
{
  unsigned int n_refused = 0;

  for (unsigned int from = 0; from < FORLOP_N_ITEM_STATES; from++)
    for (unsigned int to = 0; to < FORLOP_N_ITEM_STATES; to++)
      {
        g_autoptr (GError) error = NULL;

        if (forlop_item_life_check (from, to, FALSE, &error))
          {
            g_assert_no_error (error);
            g_assert_true (forlop_item_life_allows (from, to, FALSE));
            continue;
          }
        n_refused++;
        g_assert_cmpint (error->domain, ==, FORLOP_ERROR);
        g_assert_nonnull (strstr (error->message, "Nothing was changed."));
      }

  g_assert_cmpuint (n_refused, >, FORLOP_N_ITEM_STATES * 7);
}

static void
test_states_are_those_of_the_record (void)
{
  const ForlopField *field = forlop_record_type_field (forlop_record_type_find ("item"), "state");
  unsigned int n = 0;

  for (const ForlopChoice *choice = field->choices; choice->code != NULL; choice++, n++)
    {
      ForlopItemState state;

      g_assert_true (forlop_item_state_from_code (choice->code, &state));
      g_assert_cmpint (state, ==, n);
      g_assert_cmpstr (forlop_item_state_code (state), ==, choice->code);
    }
  g_assert_cmpuint (n, ==, FORLOP_N_ITEM_STATES);
}

static void
test_taking_back_never_makes_a_lent_item_ready (void)
{
  for (unsigned int to = 0; to < FORLOP_N_ITEM_STATES; to++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (forlop_item_life_may_take_back (FORLOP_ITEM_ON_LOAN, to, &error), ==,
                       to == FORLOP_ITEM_ON_LOAN);
    }
  g_assert_true (forlop_item_life_may_take_back (FORLOP_ITEM_RETURNED, FORLOP_ITEM_ON_LOAN, NULL));
}

static void
test_order_proposal (void)
{
  static const struct {
    ForlopOrderNeed need;
    int proposal;
  } table[] = {
    /* use a month, lead days, review months, minimum, ready, on order */
    { { 0, 30, 1, 0, 0, 0 }, 0 },
    { { 0, 30, 1, 5, 0, 0 }, 5 },
    { { 0, 30, 1, 5, 3, 2 }, 0 },
    { { 4, 0, 1, 0, 0, 0 }, 4 },
    { { 4, 0, 3, 2, 0, 0 }, 14 },
    { { 4, 0, 3, 2, 6, 3 }, 5 },
    { { 4, 0, 3, 2, 20, 0 }, 0 },
    { { 4, 0, 3, 2, 0, 20 }, 0 },
    /* A year of lead time is twelve months. */
    { { 2, 365, 0, 0, 0, 0 }, 24 },
    /* Half an item is a whole one. */
    { { 0.5, 0, 1, 0, 0, 0 }, 1 },
    { { 1.0 / 3, 0, 3, 0, 0, 0 }, 1 },
    { { 1.0 / 6, 14, 1, 2, 1, 0 }, 2 },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (forlop_order_proposal (&table[i].need), ==, table[i].proposal);
}

static ForlopRecord *
make_plan (const char *kind,
           const char *owner_field,
           const char *owner,
           int         days)
{
  ForlopRecord *plan = make ("service_plan");

  forlop_record_set_text (plan, "kind", kind);
  if (g_str_equal (owner_field, "item_id"))
    forlop_record_set_text (plan, "item_id", owner);
  else
    forlop_record_set_text (plan, "product_id", owner);
  forlop_record_set_integer (plan, "interval_days", days);
  forlop_record_set_boolean (plan, "active", TRUE);

  return plan;
}

static void
add_service (GPtrArray    *records,
             ForlopRecord *item,
             const char   *kind,
             const char   *done_on,
             const char   *result)
{
  ForlopRecord *record = make ("service_record");

  forlop_record_set_text (record, "item_id", forlop_record_get_id (item));
  forlop_record_set_text (record, "kind", kind);
  forlop_record_set_text (record, "done_on", done_on);
  forlop_record_set_text (record, "result", result);
  g_ptr_array_add (records, record);
}

typedef struct {
  ForlopRecord *product;
  ForlopRecord *item;
  GPtrArray *plans;
  GPtrArray *records;
  GPtrArray *faults;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data G_GNUC_UNUSED)
{
  fixture->product = make ("product");
  fixture->item = make ("item");
  fixture->plans = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->records = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->faults = g_ptr_array_new_with_free_func (g_object_unref);
  forlop_record_set_text (fixture->product, "name", "Oksymeter");
  forlop_record_set_text (fixture->item, "product_id", forlop_record_get_id (fixture->product));
  forlop_record_set_text (fixture->item, "serial_number", "500123");
  forlop_record_set_text (fixture->item, "ownership", "own");
  forlop_record_set_text (fixture->item, "state", "ready");
  forlop_record_set_text (fixture->item, "received_on", "2026-01-01");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data G_GNUC_UNUSED)
{
  g_object_unref (fixture->product);
  g_object_unref (fixture->item);
  g_ptr_array_unref (fixture->plans);
  g_ptr_array_unref (fixture->records);
  g_ptr_array_unref (fixture->faults);
}

static void
test_service_is_counted_from_the_last_one (Fixture       *fixture,
                                           gconstpointer  data G_GNUC_UNUSED)
{
  ForlopRecord *plan =
    make_plan ("calibration", "product_id", forlop_record_get_id (fixture->product), 30);

  g_ptr_array_add (fixture->plans, plan);
  g_assert_cmpint (forlop_item_service_due (fixture->item, plan, fixture->records), ==,
                   day ("2026-01-31"));
  add_service (fixture->records, fixture->item, "calibration", "2026-02-10", "ok");
  add_service (fixture->records, fixture->item, "calibration", "2026-01-20", "ok");
  add_service (fixture->records, fixture->item, "cleaning", "2026-03-01", "ok");
  g_assert_cmpint (forlop_item_service_due (fixture->item, plan, fixture->records), ==,
                   day ("2026-03-12"));
  add_service (fixture->records, fixture->item, "calibration", "2026-02-20", "failed");
  g_assert_cmpint (forlop_item_next_calibration (fixture->item, fixture->plans, fixture->records),
                   ==, day ("2026-02-20"));
}

static void
test_own_plan_goes_before_the_products (Fixture       *fixture,
                                        gconstpointer  data G_GNUC_UNUSED)
{
  const char *product_id = forlop_record_get_id (fixture->product);
  const char *item_id = forlop_record_get_id (fixture->item);
  g_autoptr (GPtrArray) running = NULL;

  g_ptr_array_add (fixture->plans, make_plan ("calibration", "product_id", product_id, 365));
  g_ptr_array_add (fixture->plans, make_plan ("electrical_test", "product_id", product_id, 90));
  g_ptr_array_add (fixture->plans, make_plan ("calibration", "item_id", item_id, 7));
  running = forlop_item_service_plans (fixture->item, fixture->plans);

  g_assert_cmpuint (running->len, ==, 2);
  g_assert_cmpint (forlop_item_next_calibration (fixture->item, fixture->plans, fixture->records),
                   ==, day ("2026-01-08"));
}

static void
test_overdue_calibration_makes_measurements_uncertain (Fixture       *fixture,
                                                       gconstpointer  data G_GNUC_UNUSED)
{
  g_assert_cmpstr (forlop_item_quality (fixture->item, day ("2026-05-01")), ==, NULL);
  forlop_record_set_text (fixture->item, "next_calibration_on", "2026-05-01");
  g_assert_cmpstr (forlop_item_quality (fixture->item, day ("2026-05-01")), ==, "calibrated");
  g_assert_cmpstr (forlop_item_quality (fixture->item, day ("2026-05-02")), ==, "uncalibrated");
}

static GPtrArray *
duties_of (Fixture *fixture)
{
  ForlopItemFacts facts = {
    fixture->item, fixture->product, NULL, fixture->plans, fixture->records, fixture->faults,
    forlop_instant_from_wall (day ("2026-03-02"), 9 * 60),
  };

  return forlop_duties_of_item (&facts);
}

static void
test_each_state_has_its_duty (Fixture       *fixture,
                              gconstpointer  data G_GNUC_UNUSED)
{
  static const struct {
    const char *state;
    const char *rule;
  } table[] = {
    { "ordered", NULL }, { "received", "prepare-item" }, { "preparing", "make-item-ready" },
    { "ready", NULL }, { "reserved", NULL }, { "on_loan", NULL }, { "returned", "clean-item" },
    { "cleaning", "finish-cleaning" }, { "checking", "check-item" }, { "repair", "follow-repair" },
    { "quarantine", "clear-quarantine" }, { "lost", NULL }, { "discarded", NULL },
  };

  g_assert_cmpuint (G_N_ELEMENTS (table), ==, FORLOP_N_ITEM_STATES);
  for (unsigned int i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GPtrArray) duties = NULL;
      g_autofree char *sentence = NULL;
      ForlopDuty *duty;

      forlop_record_set_text (fixture->item, "state", table[i].state);
      duties = duties_of (fixture);
      g_assert_cmpuint (duties->len, ==, table[i].rule != NULL ? 1 : 0);
      if (table[i].rule == NULL)
        continue;
      duty = g_ptr_array_index (duties, 0);
      g_assert_cmpstr (duty->rule, ==, table[i].rule);
      g_assert_cmpstr (duty->role, ==, "coordinator");
      g_assert_cmpstr (duty->citizen_id, ==, NULL);
      g_assert_nonnull (forlop_duty_button (duty->rule));
      sentence = forlop_duty_describe (duty->rule, duty->arguments, day ("2026-03-02"));
      g_assert_true (g_str_has_prefix (sentence, "Oksymeter, 500123: "));
    }
}

static void
test_own_device_is_not_cleaned_by_the_municipality (Fixture       *fixture,
                                                    gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) duties = NULL;

  forlop_record_set_text (fixture->item, "ownership", "citizen");
  forlop_record_set_text (fixture->item, "state", "returned");
  duties = duties_of (fixture);
  g_assert_cmpuint (duties->len, ==, 0);
}

static void
test_service_is_shown_a_fortnight_before (Fixture       *fixture,
                                          gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) duties = NULL;
  g_autofree char *sentence = NULL;
  ForlopDuty *duty;

  g_ptr_array_add (fixture->plans, make_plan ("calibration", "product_id",
                                              forlop_record_get_id (fixture->product), 30));
  duties = duties_of (fixture);
  g_assert_cmpuint (duties->len, ==, 1);
  duty = g_ptr_array_index (duties, 0);
  g_assert_cmpstr (duty->rule, ==, "service-due");
  g_assert_cmpint (duty->visible_from, ==, forlop_instant_from_wall (day ("2026-01-17"), 0));
  g_assert_cmpint (duty->due_at, ==, forlop_instant_from_wall (day ("2026-01-31"), 16 * 60));
  sentence = forlop_duty_describe (duty->rule, duty->arguments, day ("2026-01-20"));
  g_assert_nonnull (strstr (sentence, "(Calibration)"));
}

static void
test_open_task_is_a_duty_of_its_function (void)
{
  g_autoptr (ForlopRecord) task = make ("task");
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GPtrArray) done = NULL;
  g_autofree char *sentence = NULL;
  ForlopDuty *duty;

  forlop_record_set_text (task, "unit_id", "0198c000-0000-7000-8000-00000000aaaa");
  forlop_record_set_text (task, "role", "manager");
  forlop_record_set_text (task, "title", "Ring \"leverandøren\"");
  forlop_record_set_text (task, "due_on", "2026-03-29");
  forlop_record_set_text (task, "status", "open");
  open = forlop_duties_of_task (task);
  g_assert_cmpuint (open->len, ==, 1);
  duty = g_ptr_array_index (open, 0);
  g_assert_cmpstr (duty->role, ==, "manager");
  g_assert_cmpstr (duty->unit_id, ==, "0198c000-0000-7000-8000-00000000aaaa");
  g_assert_cmpint (duty->due_at, ==, forlop_instant_from_wall (day ("2026-03-29"), 16 * 60));
  sentence = forlop_duty_describe (duty->rule, duty->arguments, day ("2026-03-02"));
  g_assert_cmpstr (sentence, ==, "Ring \"leverandøren\"");

  forlop_record_set_text (task, "status", "done");
  done = forlop_duties_of_task (task);
  g_assert_cmpuint (done->len, ==, 0);
}

static void
test_delivery_is_complete_when_all_is_out (void)
{
  static const struct {
    const char *wanted;
    const char *status;
    const char *out;
    unsigned int n_reserved;
    gboolean complete;
  } table[] = {
    { "scale", "ready", "", 0, FALSE },
    { "scale", "ready", "scale", 0, TRUE },
    { "scale", "ready", "scale", 1, FALSE },
    { "scale, oximeter", "ready", "scale", 0, FALSE },
    { "scale, oximeter", "ready", "oximeter,scale", 0, TRUE },
    { "scale,oximeter", "requested", "oximeter,scale,tablet", 0, TRUE },
    { "KOLS-pakke", "ready", "scale", 0, TRUE },
    { "KOLS-pakke", "ready", "scale", 2, FALSE },
    { "KOLS-pakke", "requested", "scale", 0, FALSE },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (ForlopRecord) delivery = make ("delivery");
      g_autoptr (GPtrArray) kinds = g_ptr_array_new ();
      g_auto (GStrv) out = g_strsplit (table[i].out, ",", -1);

      forlop_record_set_text (delivery, "wanted", table[i].wanted);
      forlop_record_set_text (delivery, "status", table[i].status);
      for (unsigned int k = 0; out[k] != NULL; k++)
        g_ptr_array_add (kinds, out[k]);
      g_assert_cmpint (forlop_delivery_is_complete (delivery, kinds, table[i].n_reserved), ==,
                       table[i].complete);
    }
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/item-life/no-way-from-loan-to-ready-past-cleaning-and-check",
                   test_no_way_from_loan_to_ready_past_cleaning_and_check);
  g_test_add_func ("/item-life/every-state-can-be-reached-and-left",
                   test_every_state_can_be_reached_and_left);
  g_test_add_func ("/item-life/every-refused-transition-has-a-sentence",
                   test_every_refused_transition_has_a_sentence);
  g_test_add_func ("/item-life/states-are-those-of-the-record",
                   test_states_are_those_of_the_record);
  g_test_add_func ("/item-life/taking-back-never-makes-a-lent-item-ready",
                   test_taking_back_never_makes_a_lent_item_ready);
  g_test_add_func ("/equipment/order-proposal", test_order_proposal);
  ADD ("/equipment/service-is-counted-from-the-last-one",
       test_service_is_counted_from_the_last_one);
  ADD ("/equipment/own-plan-goes-before-the-products", test_own_plan_goes_before_the_products);
  ADD ("/equipment/overdue-calibration-makes-measurements-uncertain",
       test_overdue_calibration_makes_measurements_uncertain);
  ADD ("/equipment/each-state-has-its-duty", test_each_state_has_its_duty);
  ADD ("/equipment/own-device-is-not-cleaned-by-the-municipality",
       test_own_device_is_not_cleaned_by_the_municipality);
  ADD ("/equipment/service-is-shown-a-fortnight-before", test_service_is_shown_a_fortnight_before);
  g_test_add_func ("/equipment/delivery-is-complete-when-all-is-out",
                   test_delivery_is_complete_when_all_is_out);
  g_test_add_func ("/tasks/open-task-is-a-duty-of-its-function",
                   test_open_task_is_a_duty_of_its_function);

  return g_test_run ();
}
