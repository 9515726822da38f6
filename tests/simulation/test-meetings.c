/* SPDX-License-Identifier: EUPL-1.2 */

#include "meetings-test-util.h"

#include <stdlib.h>
#include <string.h>

#include "forlop-plan-store.h"
#include "forlop-record-store.h"

/* Two who work offline meet at the server: what each sees afterwards, and the ways out. Siri is
 * caseworker, Kari and Ola nurses of one zone. */

/* Both have handed out the same item, Kari first: her loan. */
static char *
hand_out_twice (Fixture *self)
{
  g_autofree char *item = dup_id (self->kari, "item", 0);
  g_autofree char *anne = dup_id (self->kari, "case", 0);
  g_autofree char *liv = dup_id (self->kari, "case", 1);
  char *loan = must (self->kari, "hand-out-item", "{\"case_id\":\"%s\",\"item_id\":\"%s\"}", anne, item);

  g_free (must (self->ola, "hand-out-item", "{\"case_id\":\"%s\",\"item_id\":\"%s\"}", liv, item));
  synchronise (self->kari);
  synchronise (self->ola);
  settle (self);

  return loan;
}

static gint64
n_tasks (Fixture *self)
{
  static const char sql[] =
    "SELECT count (*) FROM record WHERE type = 'task' AND body LIKE '%two_hand_outs%'";
  gint64 n = 0;

  g_assert_true (forlop_connection_query_integer (sim_read_server (self->world), sql, &n, NULL));

  return n;
}

static void
test_coordinator_is_told (Fixture       *self,
                          gconstpointer  user_data G_GNUC_UNUSED)
{
  g_autofree char *loan = hand_out_twice (self);
  ForlopSyncEntry *entry = refused (self->ola);

  g_assert_cmpstr (entry->code, ==, "taken");
  g_assert_cmpstr (entry->type, ==, "loan");
  g_assert_cmpstr (entry->holder_id, ==, loan);
  g_assert_nonnull (strstr (entry->holder, "Anne"));
  g_assert_cmpint (n_tasks (self), ==, 1);
  forlop_sync_entry_free (entry);
  holds (self);
}

/* Ola is right: the item stands in Liv's home. */
static void
test_loan_is_moved (Fixture       *self,
                    gconstpointer  user_data G_GNUC_UNUSED)
{
  g_autofree char *loan = hand_out_twice (self);
  g_autofree char *liv = dup_id (self->ola, "case", 1);
  g_autofree char *moved =
    must (self->ola, "move-loan", "{\"case_id\":\"%s\",\"loan_id\":\"%s\",\"reason\":\"Står hos Liv\"}",
          liv, loan);
  g_autoptr (GPtrArray) loans = NULL;

  settle (self);
  loans = list (self->kari, "loan", "case_id", liv);
  g_assert_cmpuint (loans->len, ==, 1);
  g_assert_cmpstr (forlop_record_get_id (g_ptr_array_index (loans, 0)), ==, moved);
  g_assert_false (forlop_record_has (g_ptr_array_index (loans, 0), "returned_on"));
  g_assert_cmpint (n_tasks (self), ==, 1);
  holds (self);
}

/* Kari read the wrong number: another item stands in Anne's home, and then Ola's hand-out can be done. */
static void
test_item_is_corrected (Fixture       *self,
                        gconstpointer  user_data G_GNUC_UNUSED)
{
  g_autofree char *loan = hand_out_twice (self);
  g_autofree char *item = dup_id (self->kari, "item", 0);
  g_autofree char *right = dup_id (self->kari, "item", 1);
  g_autofree char *corrected =
    must (self->kari, "correct-loan-item",
          "{\"loan_id\":\"%s\",\"right_item_id\":\"%s\",\"reason\":\"Feil nummer\"}", loan, right);
  g_autoptr (GPtrArray) loans = NULL;
  g_autoptr (ForlopRecord) wrong = NULL;

  settle (self);
  loans = list (self->ola, "loan", "item_id", right);
  g_assert_cmpuint (loans->len, ==, 1);
  g_assert_cmpstr (forlop_record_get_id (g_ptr_array_index (loans, 0)), ==, corrected);
  wrong = forlop_record_store_load (self->ola->connection, "item", item, NULL);
  g_assert_cmpstr (forlop_record_get_text (wrong, "state"), ==, "returned");
  holds (self);
}

/* Two who have not heard of each other register the same person; Ola also writes about her, and opens
 * a case. Kari comes first: her record. */
static char *
register_twice (Fixture *self)
{
  char *first = must (self->kari, "register-citizen",
                      "{\"id_number\":\"" ANNE "\",\"given_name\":\"Anne\",\"family_name\":\"Vik\","
                      "\"unit_id\":\"%s\"}", self->kari->actor->unit_id);
  g_autofree char *second =
    must (self->ola, "register-citizen",
          "{\"id_number\":\"" ANNE "\",\"given_name\":\"Anne\",\"family_name\":\"Vik\",\"gp\":\"Dr. Moe\","
          "\"unit_id\":\"%s\"}", self->ola->actor->unit_id);

  g_free (must (self->ola, "write-note", "{\"citizen_id\":\"%s\",\"text\":\"Ringte datteren\"}", second));
  g_free (must (self->ola, "save-next-of-kin",
                "{\"citizen_id\":\"%s\",\"name\":\"Eva Vik\",\"relation\":\"datter\"}", second));
  g_free (must (self->ola, "register-referral",
                "{\"citizen_id\":\"%s\",\"source\":\"gp\",\"channel\":\"phone\",\"received_on\":\"2026-03-12\",\"reason\":\"KOLS\"}", second));
  synchronise (self->kari);
  synchronise (self->ola);
  settle (self);

  return first;
}

static void
test_chain_is_joined (Fixture       *self,
                      gconstpointer  user_data G_GNUC_UNUSED)
{
  g_autofree char *first = register_twice (self);
  ForlopSyncEntry *entry = refused (self->ola);
  g_autoptr (ForlopRecord) anne = NULL;
  g_autoptr (ForlopRecord) alias = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GPtrArray) kin = NULL;
  g_autoptr (GPtrArray) cases = NULL;
  g_autoptr (GPtrArray) left = NULL;

  g_assert_cmpstr (entry->code, ==, "taken");
  g_assert_cmpstr (entry->join_id, ==, first);
  g_assert_true (sim_join (self->ola));
  settle (self);

  anne = forlop_record_store_load (self->kari->connection, "citizen", first, NULL);
  g_assert_cmpstr (forlop_record_get_text (anne, "gp"), ==, "Dr. Moe");
  notes = list (self->kari, "note", "citizen_id", first);
  kin = list (self->kari, "next_of_kin", "citizen_id", first);
  cases = list (self->kari, "case", "citizen_id", first);
  g_assert_cmpuint (notes->len, ==, 1);
  g_assert_cmpuint (kin->len, ==, 1);
  g_assert_cmpuint (cases->len, ==, 1);
  alias = forlop_record_store_load (self->ola->connection, "citizen", entry->citizen_id, NULL);
  g_assert_cmpstr (forlop_record_get_text (alias, "merged_into_id"), ==, first);
  left = forlop_sync_list_refused (self->ola->connection, NULL);
  g_assert_cmpuint (left->len, ==, 0);
  forlop_sync_entry_free (entry);
  holds (self);
}

/* Kari does not see the record that was there, and is told no name. When she does, what she wrote is
 * joined by the number. */
static void
test_unseen_record_is_not_named (Fixture       *self,
                                 gconstpointer  user_data G_GNUC_UNUSED)
{
  g_autofree char *first = must (self->siri, "register-citizen",
                                 "{\"id_number\":\"" ANNE "\",\"given_name\":\"Anne\",\"family_name\":\"Vik\"}");
  g_autofree char *second = must (self->kari, "register-citizen",
                                  "{\"id_number\":\"" ANNE "\",\"given_name\":\"A.\",\"family_name\":\"Vik\"}");
  ForlopSyncEntry *entry;
  g_autoptr (GPtrArray) notes = NULL;

  g_free (must (self->kari, "write-note", "{\"citizen_id\":\"%s\",\"text\":\"Ringte datteren\"}", second));
  synchronise (self->siri);
  settle (self);
  entry = refused (self->kari);
  g_assert_cmpstr (entry->code, ==, "taken");
  g_assert_null (entry->holder);
  g_assert_null (entry->join_id);
  forlop_sync_entry_free (entry);

  g_free (must (self->siri, "change-citizen", "{\"citizen_id\":\"%s\",\"unit_id\":\"%s\"}", first,
                self->kari->actor->unit_id));
  settle (self);
  entry = refused (self->kari);
  g_assert_cmpstr (entry->join_id, ==, first);
  forlop_sync_entry_free (entry);
  g_assert_true (sim_join (self->kari));
  settle (self);
  notes = list (self->kari, "note", "citizen_id", first);
  g_assert_cmpuint (notes->len, ==, 1);
  holds (self);
}

/* Both opened a case: what Ola wrote in his belongs in the one that is open. */
static void
test_open_case_takes_the_chain (Fixture       *self,
                                gconstpointer  user_data G_GNUC_UNUSED)
{
  g_autofree char *first = register_twice (self);
  g_autoptr (GPtrArray) cases = NULL;
  g_autoptr (GPtrArray) referrals = NULL;

  g_free (must (self->kari, "register-referral",
                "{\"citizen_id\":\"%s\",\"source\":\"hospital\",\"channel\":\"phone\",\"received_on\":\"2026-03-12\",\"reason\":\"KOLS\"}", first));
  settle (self);
  g_assert_true (sim_join (self->ola));
  settle (self);
  cases = list (self->kari, "case", "citizen_id", first);
  g_assert_cmpuint (cases->len, ==, 1);
  referrals = list (self->kari, "referral", "case_id",
                    forlop_record_get_id (g_ptr_array_index (cases, 0)));
  g_assert_cmpuint (referrals->len, ==, 2);
  holds (self);
}

/* A record with a D-number and one with a birth number: the birth number stands, and who did not know of it
 * and wrote on the other wrote on the person. */
static void
test_two_records_are_merged (Fixture       *self,
                             gconstpointer  user_data G_GNUC_UNUSED)
{
  g_autofree char *stays = must (self->kari, "register-citizen",
                                 "{\"given_name\":\"Anne\",\"family_name\":\"Vik\",\"phone\":\"91000000\"}");
  g_autofree char *goes =
    must (self->kari, "register-citizen",
          "{\"id_number\":\"" ANNE "\",\"given_name\":\"Anne\",\"family_name\":\"Vik\"}");
  g_autoptr (ForlopRecord) citizen = NULL;
  g_autoptr (GPtrArray) left = NULL;

  settle (self);
  g_free (must (self->kari, "merge-citizens", "{\"citizen_id\":\"%s\",\"other_id\":\"%s\"}", stays, goes));
  g_free (must (self->ola, "write-note", "{\"citizen_id\":\"%s\",\"text\":\"Ringte\"}", goes));
  synchronise (self->kari);
  settle (self);

  citizen = forlop_record_store_load (self->ola->connection, "citizen", stays, NULL);
  g_assert_cmpstr (forlop_record_get_text (citizen, "id_number"), ==, ANNE);
  left = forlop_sync_list_refused (self->ola->connection, NULL);
  g_assert_cmpuint (left->len, ==, 0);
  {
    g_autoptr (GPtrArray) notes = list (self->kari, "note", "citizen_id", stays);
    g_autoptr (GPtrArray) same = list (self->ola, "note", "citizen_id", goes);

    g_assert_cmpuint (notes->len, ==, 1);
    g_assert_cmpuint (same->len, ==, 1);
  }
  holds (self);
}

/* Somebody opens a case in the record that another merges: it goes on, and where there are two the office is
 * asked. */
static void
test_late_case_is_the_persons (Fixture       *self,
                               gconstpointer  user_data G_GNUC_UNUSED)
{
  g_autofree char *stays = must (self->kari, "register-citizen",
                                 "{\"given_name\":\"Anne\",\"family_name\":\"Vik\",\"unit_id\":\"%s\"}",
                                 self->kari->actor->unit_id);
  g_autofree char *goes =
    must (self->kari, "register-citizen",
          "{\"id_number\":\"" ANNE "\",\"given_name\":\"Anne\",\"family_name\":\"Vik\",\"unit_id\":\"%s\"}",
          self->kari->actor->unit_id);
  g_autoptr (GPtrArray) cases = NULL;
  g_autoptr (GPtrArray) tasks = NULL;

  g_free (must (self->kari, "register-referral",
                "{\"citizen_id\":\"%s\",\"source\":\"gp\",\"channel\":\"phone\",\"received_on\":\"2026-03-12\",\"reason\":\"KOLS\"}", stays));
  settle (self);
  g_free (must (self->ola, "register-referral",
                "{\"citizen_id\":\"%s\",\"source\":\"gp\",\"channel\":\"phone\",\"received_on\":\"2026-03-12\",\"reason\":\"KOLS\"}", goes));
  g_free (must (self->kari, "merge-citizens", "{\"citizen_id\":\"%s\",\"other_id\":\"%s\"}", stays, goes));
  synchronise (self->kari);
  synchronise (self->ola);
  settle (self);
  cases = list (self->kari, "case", "citizen_id", stays);
  g_assert_cmpuint (cases->len, ==, 2);
  tasks = list (self->siri, "task", "kind", "two_cases");
  g_assert_cmpuint (tasks->len, ==, 1);
  holds (self);
}

/* What the plan says of SpO2 on the machine: yellow below. */
static double
yellow_low (SimClient  *client,
            const char *plan_id)
{
  g_autoptr (ForlopRecord) plan =
    forlop_record_store_load (client->connection, "care_plan", plan_id, NULL);
  g_autoptr (GError) error = NULL;
  ForlopPlanVersion version;

  g_assert_nonnull (plan);
  g_assert_true (forlop_plan_store_load_version (client->connection, plan, &version, &error));
  g_assert_no_error (error);

  return version.limits[forlop_measure_find ("forlop", "spo2")].yellow_low;
}

/* Two set one limit: until the one who was second has chosen, everybody goes by the narrower. */
static void
test_narrower_limit (Fixture       *self,
                     gconstpointer  user_data G_GNUC_UNUSED)
{
  g_autofree char *anne = dup_id (self->kari, "case", 0);
  g_autofree char *plan = must (self->kari, "draft-plan", "{\"case_id\":\"%s\"}", anne);
  g_autoptr (GPtrArray) conflicts = NULL;

  g_free (must (self->kari, "set-limit", "{\"care_plan_id\":\"%s\",\"code\":\"spo2\",\"yellow_low\":88}", plan));
  settle (self);
  g_free (must (self->kari, "set-limit", "{\"care_plan_id\":\"%s\",\"code\":\"spo2\",\"yellow_low\":90}", plan));
  g_free (must (self->ola, "set-limit", "{\"care_plan_id\":\"%s\",\"code\":\"spo2\",\"yellow_low\":92}", plan));
  synchronise (self->kari);
  settle (self);

  g_assert_cmpfloat (yellow_low (self->siri, plan), ==, 92);
  g_assert_cmpfloat (yellow_low (self->kari, plan), ==, 92);
  g_assert_cmpfloat (yellow_low (self->ola, plan), ==, 92);

  conflicts = list (self->ola, "conflict", "status", "open");
  g_assert_cmpuint (conflicts->len, ==, 1);
  g_free (must (self->ola, "resolve-conflict", "{\"conflict_id\":\"%s\",\"resolution\":\"theirs\"}",
                forlop_record_get_id (g_ptr_array_index (conflicts, 0))));
  settle (self);
  g_assert_cmpfloat (yellow_low (self->siri, plan), ==, 90);
  g_assert_cmpfloat (yellow_low (self->ola, plan), ==, 90);
  holds (self);
}

/* Two who have not heard of each other open a case each, with the same number. Neither is refused: Ola's, which
 * comes second, gets the next one, and what he writes in it before he hears that stands. */
static void
test_number_is_given_once (Fixture       *self,
                           gconstpointer  user_data G_GNUC_UNUSED)
{
  SimClient *both[] = { self->kari, self->ola };
  static const char *const names[] = { "Anne", "Odd" };
  char *numbers[2];
  char *ids[2];
  g_autofree char *next = NULL;
  g_autofree char *odd = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GPtrArray) left = NULL;

  settle (self);
  for (unsigned int i = 0; i < 2; i++)
    {
      g_autofree char *citizen_id = must (both[i], "register-citizen",
                                          "{\"given_name\":\"%s\",\"family_name\":\"Vik\",\"unit_id\":\"%s\"}", names[i],
                                          both[i]->actor->unit_id);
      g_autoptr (GPtrArray) cases = NULL;
      ForlopRecord *the_case;

      g_free (must (both[i], "register-referral",
                    "{\"citizen_id\":\"%s\",\"source\":\"gp\",\"channel\":\"phone\",\"received_on\":\"2026-03-12\",\"reason\":\"KOLS\"}",
                    citizen_id));
      cases = list (both[i], "case", "citizen_id", citizen_id);
      the_case = g_ptr_array_index (cases, 0);
      g_set_str (&odd, citizen_id);
      ids[i] = g_strdup (forlop_record_get_id (the_case));
      numbers[i] = g_strdup (forlop_record_get_text (the_case, "number"));
    }
  g_assert_cmpstr (numbers[0], ==, numbers[1]);
  synchronise (self->kari);
  sim_exchange (self->ola);
  g_free (must (self->ola, "write-note", "{\"citizen_id\":\"%s\",\"text\":\"Ringte datteren\"}", odd));
  settle (self);

  left = forlop_sync_list_refused (self->ola->connection, NULL);
  g_assert_cmpuint (left->len, ==, 0);
  next = g_strdup_printf ("2026-%04d", atoi (numbers[0] + 5) + 1);
  for (unsigned int i = 0; i < 2; i++)
    {
      g_autoptr (ForlopRecord) first = forlop_record_store_load (both[i]->connection, "case", ids[0], NULL);
      g_autoptr (ForlopRecord) second = forlop_record_store_load (both[i]->connection, "case", ids[1], NULL);

      g_assert_cmpstr (forlop_record_get_text (first, "number"), ==, numbers[0]);
      g_assert_cmpstr (forlop_record_get_text (second, "number"), ==, next);
    }
  notes = list (self->kari, "note", "citizen_id", odd);
  g_assert_cmpuint (notes->len, ==, 1);
  events = list (self->kari, "event", "act", "renumber-case");
  g_assert_cmpuint (events->len, ==, 1);
  g_assert_cmpstr (forlop_record_get_text (g_ptr_array_index (events, 0), "case_id"), ==, ids[1]);
  holds (self);
  for (unsigned int i = 0; i < 2; i++)
    {
      g_free (numbers[i]);
      g_free (ids[i]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/meetings/coordinator-is-told-of-two-hand-outs", Fixture, NULL, set_up,
              test_coordinator_is_told, tear_down);
  g_test_add ("/meetings/loan-is-moved-to-who-has-the-item", Fixture, NULL, set_up, test_loan_is_moved,
              tear_down);
  g_test_add ("/meetings/item-of-a-loan-is-corrected", Fixture, NULL, set_up, test_item_is_corrected,
              tear_down);
  g_test_add ("/meetings/refused-registration-is-joined-with-its-chain", Fixture, NULL, set_up,
              test_chain_is_joined, tear_down);
  g_test_add ("/meetings/record-that-is-not-seen-is-not-named", Fixture, NULL, set_up,
              test_unseen_record_is_not_named, tear_down);
  g_test_add ("/meetings/open-case-takes-what-the-chain-wrote", Fixture, NULL, set_up,
              test_open_case_takes_the_chain, tear_down);
  g_test_add ("/meetings/two-records-of-one-person-are-merged", Fixture, NULL, set_up,
              test_two_records_are_merged, tear_down);
  g_test_add ("/meetings/late-case-is-the-persons", Fixture, NULL, set_up,
              test_late_case_is_the_persons, tear_down);
  g_test_add ("/meetings/narrower-limit-applies-until-it-is-resolved", Fixture, NULL, set_up,
              test_narrower_limit, tear_down);
  g_test_add ("/meetings/number-that-two-cases-took-is-the-firsts", Fixture, NULL, set_up,
              test_number_is_given_once, tear_down);

  return g_test_run ();
}
