/* SPDX-License-Identifier: EUPL-1.2 */

#include "equipment-test-util.h"

#include <string.h>

#include "forlop-error.h"
#include "forlop-item-life.h"

static void
test_full_life_of_an_item (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *case_id = stock_grant (stock, "Liv");
  g_autofree char *item_id = stock_make_ready (stock, "500123");
  g_autofree char *delivery = NULL;
  g_autofree char *loan_id = NULL;
  g_autofree char *line = NULL;
  g_autoptr (ForlopRecord) item = NULL;
  g_autoptr (ForlopRecord) loan = NULL;

  delivery = stock_do (stock, test->nurse, "request-equipment",
                       "{\"case_id\":\"%s\",\"wanted\":\"oximeter\"}", case_id);
  g_assert_true (acts_test_has_duty (test, case_id, "prepare-delivery"));
  acts_test_must (test, test->coordinator, "reserve-item",
                  "{\"case_id\":\"%s\",\"item_id\":\"%s\"}", case_id, item_id);
  acts_test_must (test, test->coordinator, "deliver-equipment", "{\"delivery_id\":\"%s\"}",
                  delivery);
  item = acts_test_load (test, "item", item_id);
  g_assert_cmpstr (forlop_record_get_text (item, "location_id"), ==, stock->zone_place);
  g_assert_true (acts_test_has_duty (test, case_id, "hand-out"));

  loan_id = stock_hand_out (stock, case_id, item_id);
  g_assert_false (acts_test_has_duty (test, case_id, "hand-out"));
  stock_return (stock, loan_id);
  acts_test_must (test, test->coordinator, "start-cleaning", "{\"item_id\":\"%s\"}", item_id);
  acts_test_must (test, test->coordinator, "finish-cleaning", "{\"item_id\":\"%s\"}", item_id);
  acts_test_must (test, test->coordinator, "finish-check",
                  "{\"item_id\":\"%s\",\"result\":\"ok\"}", item_id);

  line = stock_life_line (stock, item_id);
  g_assert_cmpstr (line, ==, "received preparing ready reserved reserved on_loan returned cleaning "
                             "checking ready");
  g_clear_object (&item);
  item = acts_test_load (test, "item", item_id);
  g_assert_false (forlop_record_has (item, "reserved_case_id"));
  g_assert_cmpstr (forlop_record_get_text (item, "next_calibration_on"), ==, "2026-04-11");
  loan = acts_test_load (test, "loan", loan_id);
  g_assert_cmpstr (forlop_record_get_text (loan, "returned_on"), ==, "2026-03-12");
  g_assert_cmpstr (forlop_record_get_text (loan, "handed_out_by"), ==, test->nurse->user_id);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM service_record"), ==, 2);
}

static void
test_forbidden_steps_are_refused (void)
{
  /* With one item in each of these states, what must not be done with it. */
  static const struct {
    const char *state;
    const char *refused;
  } table[] = {
    { "received", "make-item-ready start-cleaning finish-cleaning start-check mark-item-found "
                  "release-item" },
    { "preparing", "prepare-item start-cleaning finish-cleaning start-check mark-item-found" },
    { "ready", "make-item-ready start-cleaning finish-cleaning mark-item-found release-item" },
    { "on_loan", "prepare-item make-item-ready start-cleaning finish-cleaning start-check "
                 "send-to-repair quarantine-item discard-item move-item release-item" },
    { "returned", "prepare-item make-item-ready finish-cleaning start-check release-item" },
    { "cleaning", "prepare-item make-item-ready start-cleaning start-check release-item" },
    { "checking", "prepare-item make-item-ready finish-cleaning start-check release-item" },
    { "lost", "prepare-item make-item-ready start-cleaning finish-cleaning start-check "
              "send-to-repair quarantine-item move-item" },
    { "discarded", "prepare-item make-item-ready start-cleaning finish-cleaning start-check "
                   "send-to-repair quarantine-item mark-item-lost mark-item-found move-item" },
  };
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *case_id = stock_grant (stock, "Liv");
  g_autofree char *item_id = stock_receive (stock, "1");
  g_autofree char *loan_id = NULL;

  for (unsigned int i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (GStrv) acts = g_strsplit (table[i].refused, " ", -1);
      const char *next[] = { "prepare-item", "make-item-ready" };

      stock_assert_state (stock, item_id, table[i].state);
      for (unsigned int k = 0; acts[k] != NULL; k++)
        {
          gboolean reason = strstr ("send-to-repair quarantine-item discard-item mark-item-lost",
                                    acts[k]) != NULL;
          g_autofree char *json = g_strdup_printf (
            "{\"item_id\":\"%s\"%s%s%s%s}", item_id, reason ? ",\"reason\":\"Prøve\"" : "",
            g_str_equal (acts[k], "move-item") ? ",\"location_id\":\"" : "",
            g_str_equal (acts[k], "move-item") ? stock->zone_place : "",
            g_str_equal (acts[k], "move-item") ? "\"" : "");

          if (stock_try (stock, test->coordinator, acts[k], json))
            g_error ("%s was done with an item that is %s", acts[k], table[i].state);
        }
      stock_assert_state (stock, item_id, table[i].state);

      if (i < 2)
        acts_test_must (test, test->coordinator, next[i], "{\"item_id\":\"%s\"}", item_id);
      else if (i == 2)
        loan_id = stock_hand_out (stock, case_id, item_id);
      else if (i == 3)
        stock_return (stock, loan_id);
      else if (i == 4)
        acts_test_must (test, test->coordinator, "start-cleaning", "{\"item_id\":\"%s\"}", item_id);
      else if (i == 5)
        acts_test_must (test, test->coordinator, "finish-cleaning", "{\"item_id\":\"%s\"}",
                        item_id);
      else if (i == 6)
        acts_test_must (test, test->coordinator, "mark-item-lost",
                        "{\"item_id\":\"%s\",\"reason\":\"Borte\"}", item_id);
      else if (i == 7)
        acts_test_must (test, test->coordinator, "discard-item",
                        "{\"item_id\":\"%s\",\"reason\":\"Ikke funnet\"}", item_id);
    }
}

static void
test_one_citizen_at_a_time (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *liv = stock_grant (stock, "Liv");
  g_autofree char *arne = stock_grant (stock, "Arne");
  g_autofree char *item_id = stock_make_ready (stock, "1");
  g_autofree char *reserved = stock_make_ready (stock, "2");
  g_autofree char *loan_id = stock_hand_out (stock, liv, item_id);

  acts_test_refused (test, test->nurse, "hand-out-item", FORLOP_ERROR_ALREADY, "since 12.03.2026",
                     "{\"case_id\":\"%s\",\"item_id\":\"%s\"}", arne, item_id);
  acts_test_refused (test, test->nurse, "hand-out-item", FORLOP_ERROR_ALREADY, "since 12.03.2026",
                     "{\"case_id\":\"%s\",\"item_id\":\"%s\"}", liv, item_id);
  stock_return (stock, loan_id);
  acts_test_refused (test, test->nurse, "hand-out-item", FORLOP_ERROR_INVALID, "Clean and check",
                     "{\"case_id\":\"%s\",\"item_id\":\"%s\"}", arne, item_id);
  acts_test_refused (test, test->nurse, "return-item", FORLOP_ERROR_ALREADY, "ended on 12.03.2026",
                     "{\"loan_id\":\"%s\"," CHECKLIST "}", loan_id);

  acts_test_must (test, test->coordinator, "reserve-item",
                  "{\"case_id\":\"%s\",\"item_id\":\"%s\"}", liv, reserved);
  acts_test_refused (test, test->coordinator, "reserve-item", FORLOP_ERROR_ALREADY, "another case",
                     "{\"case_id\":\"%s\",\"item_id\":\"%s\"}", arne, reserved);
  acts_test_refused (test, test->nurse, "hand-out-item", FORLOP_ERROR_ALREADY, "another case",
                     "{\"case_id\":\"%s\",\"item_id\":\"%s\"}", arne, reserved);
  acts_test_must (test, test->coordinator, "release-item", "{\"item_id\":\"%s\"}", reserved);
  g_free (stock_hand_out (stock, arne, reserved));
}

static void
test_hand_out_needs_a_grant_and_the_right_function (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *item_id = stock_make_ready (stock, "1");
  g_autoptr (ForlopActResult) referral =
    acts_test_do (test, test->caseworker, "register-referral",
                  "{\"given_name\":\"Liv\",\"family_name\":\"Haug\",\"source\":\"gp\","
                  "\"channel\":\"paper\",\"received_on\":\"2026-03-10\",\"reason\":\"KOLS\"}");

  acts_test_refused (test, test->nurse, "hand-out-item", FORLOP_ERROR_GATE, "No decision grants",
                     "{\"case_id\":\"%s\",\"item_id\":\"%s\"}", referral->case_id, item_id);
  acts_test_refused (test, test->nurse, "request-equipment", FORLOP_ERROR_GATE,
                     "No decision grants",
                     "{\"case_id\":\"%s\",\"wanted\":\"oximeter\"}", referral->case_id);
  acts_test_refused (test, test->coordinator, "hand-out-item", FORLOP_ERROR_NOT_ALLOWED,
                     "not for the function", "{\"case_id\":\"%s\",\"item_id\":\"%s\"}",
                     referral->case_id, item_id);
  acts_test_refused (test, test->nurse, "discard-item", FORLOP_ERROR_NOT_ALLOWED,
                     "not for the function", "{\"item_id\":\"%s\",\"reason\":\"Gammel\"}", item_id);
  acts_test_refused (test, test->nurse, "receive-item", FORLOP_ERROR_NOT_ALLOWED, "coordinator",
                     "{\"product_id\":\"%s\",\"serial_number\":\"3\"}", stock->oximeter);
  stock_assert_state (stock, item_id, "ready");
}

static void
test_preparing_in_the_zone_is_a_setting (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *item_id = stock_receive (stock, "1");

  acts_test_must (test, test->administrator, "save-profile",
                  "{\"id\":\"%s\",\"prepared_by\":\"store\"}",
                  test->profile);
  acts_test_refused (test, test->nurse, "prepare-item", FORLOP_ERROR_NOT_ALLOWED, "in the store",
                     "{\"item_id\":\"%s\"}", item_id);
  acts_test_must (test, test->administrator, "save-profile",
                  "{\"id\":\"%s\",\"prepared_by\":\"zone\"}",
                  test->profile);
  acts_test_must (test, test->nurse, "prepare-item", "{\"item_id\":\"%s\"}", item_id);
  acts_test_must (test, test->nurse, "make-item-ready", "{\"item_id\":\"%s\"}", item_id);
}

static void
test_return_goes_by_the_checklist (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *case_id = stock_grant (stock, "Liv");
  g_autofree char *item_id = stock_make_ready (stock, "1");
  g_autofree char *loan_id = NULL;

  acts_test_must (test, test->coordinator, "change-item",
                  "{\"item_id\":\"%s\",\"sim_number\":\"8947\"}", item_id);
  loan_id = stock_hand_out (stock, case_id, item_id);
  acts_test_refused (test, test->nurse, "return-item", FORLOP_ERROR_INVALID, "unpaired",
                     "{\"loan_id\":\"%s\",\"parts_complete\":true,\"cleaned\":true,"
                     "\"factory_reset\":true}", loan_id);
  acts_test_refused (test, test->nurse, "return-item", FORLOP_ERROR_INVALID, "SIM stopped",
                     "{\"loan_id\":\"%s\"," CHECKLIST "}", loan_id);
  acts_test_refused (test, test->nurse, "return-item", FORLOP_ERROR_INVALID, "All parts are there",
                     "{\"loan_id\":\"%s\",\"parts_complete\":false,\"cleaned\":true,"
                     "\"factory_reset\":true,\"unpaired\":true,\"sim_stopped\":true}", loan_id);
  acts_test_refused (test, test->nurse, "return-item", FORLOP_ERROR_INVALID, "before",
                     "{\"loan_id\":\"%s\"," CHECKLIST ",\"sim_stopped\":true,"
                     "\"returned_on\":\"2026-03-11\"}", loan_id);
  acts_test_refused (test, test->nurse, "return-item", FORLOP_ERROR_INVALID, "future",
                     "{\"loan_id\":\"%s\"," CHECKLIST ",\"sim_stopped\":true,"
                     "\"returned_on\":\"2026-03-13\"}", loan_id);
  stock_assert_state (stock, item_id, "on_loan");
  acts_test_must (test, test->nurse, "return-item",
                  "{\"loan_id\":\"%s\",\"parts_complete\":false,\"cleaned\":true,"
                  "\"factory_reset\":true,\"unpaired\":true,\"sim_stopped\":true,"
                  "\"return_note\":\"Lader mangler\"}", loan_id);
  stock_assert_state (stock, item_id, "returned");
}

static void
end_service (Stock      *stock,
             const char *case_id)
{
  acts_test_must (stock->test, stock->test->caseworker, "end-service",
                  "{\"case_id\":\"%s\",\"decided_on\":\"2026-03-12\",\"ended_on\":\"2026-03-12\","
                  "\"reason\":\"own_wish\",\"reasons\":\"Ønsker ikke mer\"}", case_id);
}

static void
test_case_closes_when_equipment_is_back_or_given_up (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *liv = stock_grant (stock, "Liv");
  g_autofree char *arne = stock_grant (stock, "Arne");
  g_autofree char *odd = stock_grant (stock, "Odd");
  g_autofree char *first = stock_make_ready (stock, "1");
  g_autofree char *second = stock_make_ready (stock, "2");
  g_autofree char *third = stock_make_ready (stock, "3");
  g_autofree char *loan_id = stock_hand_out (stock, liv, first);

  g_free (stock_hand_out (stock, arne, second));
  g_free (stock_hand_out (stock, odd, third));
  end_service (stock, liv);
  end_service (stock, arne);
  end_service (stock, odd);

  g_assert_true (acts_test_has_duty (test, liv, "return-equipment"));
  acts_test_refused (test, test->caseworker, "close-case", FORLOP_ERROR_GATE,
                     "Equipment is still out",
                     "{\"case_id\":\"%s\",\"closed_on\":\"2026-03-12\"}", liv);
  stock_return (stock, loan_id);
  acts_test_must (test, test->caseworker, "close-case",
                  "{\"case_id\":\"%s\",\"closed_on\":\"2026-03-12\"}", liv);

  acts_test_must (test, test->caseworker, "close-case",
                  "{\"case_id\":\"%s\",\"closed_on\":\"2026-03-12\","
                  "\"not_returned_reason\":\"Får ikke kontakt\"}", arne);
  stock_assert_state (stock, second, "on_loan");

  /* What is lost is not waited for. */
  acts_test_must (test, test->nurse, "mark-item-lost",
                  "{\"item_id\":\"%s\",\"reason\":\"Mistet på reise\"}", third);
  acts_test_must (test, test->caseworker, "close-case",
                  "{\"case_id\":\"%s\",\"closed_on\":\"2026-03-12\"}", odd);
}

static void
test_wrongly_registered_loan (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *case_id = stock_grant (stock, "Liv");
  g_autofree char *item_id = stock_make_ready (stock, "1");
  g_autoptr (ForlopActResult) handed_out =
    acts_test_do (test, test->nurse, "hand-out-item", "{\"case_id\":\"%s\",\"item_id\":\"%s\"}",
                  case_id, item_id);
  g_autoptr (ForlopRecord) loan = NULL;

  acts_test_refused (test, test->nurse, "undo", FORLOP_ERROR_NOT_ALLOWED, "not made ready again",
                     "{\"op_id\":\"%s\"}", handed_out->op_id);
  acts_test_must (test, test->nurse, "void-loan", "{\"loan_id\":\"%s\",\"reason\":\"Feil nummer\"}",
                  handed_out->subject_id);
  loan = acts_test_load (test, "loan", handed_out->subject_id);
  g_assert_true (forlop_record_get_boolean (loan, "voided"));
  stock_assert_state (stock, item_id, "returned");
  acts_test_refused (test, test->nurse, "void-loan", FORLOP_ERROR_ALREADY, "ended",
                     "{\"loan_id\":\"%s\",\"reason\":\"Feil\"}", handed_out->subject_id);
}

static void
test_item_of_a_loan_is_corrected (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *case_id = stock_grant (stock, "Liv");
  g_autofree char *wrong = stock_make_ready (stock, "1");
  g_autofree char *right = stock_make_ready (stock, "2");
  g_autofree char *lent = stock_make_ready (stock, "3");
  g_autofree char *loan_id = stock_hand_out (stock, case_id, wrong);
  g_autofree char *corrected = NULL;
  g_autoptr (ForlopRecord) before = NULL;
  g_autoptr (ForlopRecord) after = NULL;

  g_free (stock_hand_out (stock, case_id, lent));
  acts_test_refused (test, test->nurse, "correct-loan-item", FORLOP_ERROR_INVALID, "which item",
                     "{\"loan_id\":\"%s\",\"reason\":\"Feil\"}", loan_id);
  acts_test_refused (test, test->nurse, "correct-loan-item", FORLOP_ERROR_ALREADY, "this item already",
                     "{\"loan_id\":\"%s\",\"right_item_id\":\"%s\",\"reason\":\"Feil\"}", loan_id, wrong);
  acts_test_refused (test, test->nurse, "correct-loan-item", FORLOP_ERROR_ALREADY, "out on loan",
                     "{\"loan_id\":\"%s\",\"right_item_id\":\"%s\",\"reason\":\"Feil\"}", loan_id, lent);

  corrected = stock_do (stock, test->nurse, "correct-loan-item",
                        "{\"loan_id\":\"%s\",\"right_item_id\":\"%s\",\"reason\":\"Feil nummer\"}",
                        loan_id, right);
  before = acts_test_load (test, "loan", loan_id);
  after = acts_test_load (test, "loan", corrected);
  g_assert_true (forlop_record_get_boolean (before, "voided"));
  g_assert_cmpstr (forlop_record_get_text (after, "item_id"), ==, right);
  g_assert_false (forlop_record_has (after, "returned_on"));
  stock_assert_state (stock, wrong, "returned");
  stock_assert_state (stock, right, "on_loan");
}

static void
test_loan_is_moved_to_who_has_the_item (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *liv = stock_grant (stock, "Liv");
  g_autofree char *arne = stock_grant (stock, "Arne");
  g_autofree char *item_id = stock_make_ready (stock, "1");
  g_autofree char *loan_id = stock_hand_out (stock, liv, item_id);
  g_autofree char *moved = NULL;
  g_autoptr (ForlopRecord) after = NULL;
  g_autoptr (GPtrArray) events = NULL;

  acts_test_refused (test, test->nurse, "move-loan", FORLOP_ERROR_ALREADY, "this case already",
                     "{\"case_id\":\"%s\",\"loan_id\":\"%s\",\"reason\":\"Feil\"}", liv, loan_id);
  moved = stock_do (stock, test->nurse, "move-loan",
                    "{\"case_id\":\"%s\",\"loan_id\":\"%s\",\"reason\":\"Står hos Arne\"}", arne, loan_id);
  after = acts_test_load (test, "loan", moved);
  g_assert_cmpstr (forlop_record_get_text (after, "case_id"), ==, arne);
  stock_assert_state (stock, item_id, "on_loan");
  events = acts_test_list (test, "event", "act", "move-loan");
  g_assert_cmpuint (events->len, ==, 2);
  acts_test_refused (test, test->nurse, "move-loan", FORLOP_ERROR_ALREADY, "ended already",
                     "{\"case_id\":\"%s\",\"loan_id\":\"%s\",\"reason\":\"Feil\"}", arne, loan_id);
}

static void
test_taking_a_step_back_is_on_the_life_line (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *item_id = stock_receive (stock, "1");
  g_autoptr (ForlopActResult) prepared =
    acts_test_do (test, test->coordinator, "prepare-item", "{\"item_id\":\"%s\"}", item_id);
  g_autofree char *line = NULL;

  acts_test_must (test, test->coordinator, "undo", "{\"op_id\":\"%s\"}", prepared->op_id);
  line = stock_life_line (stock, item_id);
  g_assert_cmpstr (line, ==, "received preparing received");
}

static void
test_own_device (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *liv = stock_grant (stock, "Liv");
  g_autofree char *arne = stock_grant (stock, "Arne");
  g_autofree char *item_id = stock_do (stock, test->nurse, "receive-item",
                                       "{\"product_id\":\"%s\",\"serial_number\":\"9\","
                                       "\"ownership\":\"citizen\"}", stock->oximeter);
  g_autofree char *loan_id = stock_hand_out (stock, liv, item_id);

  stock_return (stock, loan_id);
  acts_test_refused (test, test->nurse, "hand-out-item", FORLOP_ERROR_INVALID, "another citizen's",
                     "{\"case_id\":\"%s\",\"item_id\":\"%s\"}", arne, item_id);
  g_free (stock_hand_out (stock, liv, item_id));
  stock_assert_state (stock, item_id, "on_loan");
}

static void
test_faulty_item_is_kept_from_citizens (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *item_id = stock_make_ready (stock, "1");
  g_autofree char *fault = stock_do (stock, test->nurse, "report-fault",
                                     "{\"item_id\":\"%s\",\"description\":\"Viser ikke tall\"}", item_id);
  g_autoptr (ForlopRecord) solved = NULL;

  stock_assert_state (stock, item_id, "quarantine");
  acts_test_must (test, test->coordinator, "send-fault-to-supplier",
                  "{\"fault_id\":\"%s\",\"supplier_ticket\":\"T-1\"}", fault);
  acts_test_must (test, test->coordinator, "send-to-repair",
                  "{\"item_id\":\"%s\",\"reason\":\"T-1\"}", item_id);
  acts_test_set_day (test, "2026-03-20");
  acts_test_must (test, test->coordinator, "return-from-repair",
                  "{\"item_id\":\"%s\",\"result\":\"ok\"}", item_id);
  acts_test_must (test, test->coordinator, "finish-cleaning", "{\"item_id\":\"%s\"}", item_id);
  acts_test_refused (test, test->coordinator, "finish-check", FORLOP_ERROR_INVALID,
                     "reported fault",
                     "{\"item_id\":\"%s\",\"result\":\"ok\"}", item_id);
  acts_test_must (test, test->coordinator, "resolve-fault",
                  "{\"fault_id\":\"%s\",\"resolution\":\"Ny skjerm\"}", fault);
  acts_test_must (test, test->coordinator, "finish-check",
                  "{\"item_id\":\"%s\",\"result\":\"ok\"}", item_id);
  stock_assert_state (stock, item_id, "ready");
  solved = acts_test_load (test, "fault", fault);
  g_assert_cmpstr (forlop_record_get_text (solved, "down_from"), ==, "2026-03-12");
  g_assert_cmpstr (forlop_record_get_text (solved, "down_to"), ==, "2026-03-20");
}

static void
test_failed_check_does_not_make_it_ready (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *item_id = stock_make_ready (stock, "1");
  g_autoptr (ForlopRecord) item = NULL;

  acts_test_must (test, test->coordinator, "start-check", "{\"item_id\":\"%s\"}", item_id);
  acts_test_must (test, test->coordinator, "finish-check",
                  "{\"item_id\":\"%s\",\"result\":\"failed\",\"note\":\"Viser for mye\"}", item_id);
  stock_assert_state (stock, item_id, "quarantine");
  item = acts_test_load (test, "item", item_id);
  g_assert_cmpstr (forlop_record_get_text (item, "next_calibration_on"), ==, "2026-03-11");
}

static void
test_delivery_needs_reserved_items_and_a_place (void)
{
  g_autoptr (Stock) stock = stock_new ();
  ActsTest *test = stock->test;
  g_autofree char *case_id = stock_grant (stock, "Liv");
  g_autofree char *item_id = stock_make_ready (stock, "1");
  g_autofree char *delivery = stock_do (stock, test->nurse, "request-equipment",
                                        "{\"case_id\":\"%s\",\"wanted\":\"oximeter\"}", case_id);
  g_autoptr (ForlopRecord) stored = acts_test_load (test, "delivery", delivery);

  g_assert_cmpstr (forlop_record_get_text (stored, "name"), ==, "Liv Haug");
  g_assert_cmpstr (forlop_record_get_text (stored, "unit_id"), ==, test->zone);
  acts_test_refused (test, test->nurse, "request-equipment", FORLOP_ERROR_ALREADY, "already",
                     "{\"case_id\":\"%s\",\"wanted\":\"scale\"}", case_id);
  acts_test_refused (test, test->coordinator, "deliver-equipment", FORLOP_ERROR_INVALID,
                     "nothing to deliver", "{\"delivery_id\":\"%s\"}", delivery);
  acts_test_must (test, test->coordinator, "reserve-item",
                  "{\"case_id\":\"%s\",\"item_id\":\"%s\"}", case_id, item_id);
  acts_test_must (test, test->coordinator, "cancel-delivery", "{\"delivery_id\":\"%s\"}", delivery);
  stock_assert_state (stock, item_id, "ready");
  g_assert_true (acts_test_has_duty (test, case_id, "request-equipment"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/equipment/full-life-of-an-item", test_full_life_of_an_item);
  g_test_add_func ("/equipment/forbidden-steps-are-refused", test_forbidden_steps_are_refused);
  g_test_add_func ("/equipment/one-citizen-at-a-time", test_one_citizen_at_a_time);
  g_test_add_func ("/equipment/hand-out-needs-a-grant-and-the-right-function",
                   test_hand_out_needs_a_grant_and_the_right_function);
  g_test_add_func ("/equipment/preparing-in-the-zone-is-a-setting",
                   test_preparing_in_the_zone_is_a_setting);
  g_test_add_func ("/equipment/return-goes-by-the-checklist", test_return_goes_by_the_checklist);
  g_test_add_func ("/equipment/case-closes-when-equipment-is-back-or-given-up",
                   test_case_closes_when_equipment_is_back_or_given_up);
  g_test_add_func ("/equipment/wrongly-registered-loan", test_wrongly_registered_loan);
  g_test_add_func ("/equipment/item-of-a-loan-is-corrected", test_item_of_a_loan_is_corrected);
  g_test_add_func ("/equipment/loan-is-moved-to-who-has-the-item",
                   test_loan_is_moved_to_who_has_the_item);
  g_test_add_func ("/equipment/taking-a-step-back-is-on-the-life-line",
                   test_taking_a_step_back_is_on_the_life_line);
  g_test_add_func ("/equipment/own-device", test_own_device);
  g_test_add_func ("/equipment/faulty-item-is-kept-from-citizens",
                   test_faulty_item_is_kept_from_citizens);
  g_test_add_func ("/equipment/failed-check-does-not-make-it-ready",
                   test_failed_check_does_not_make_it_ready);
  g_test_add_func ("/equipment/delivery-needs-reserved-items-and-a-place",
                   test_delivery_needs_reserved_items_and_a_place);

  return g_test_run ();
}
