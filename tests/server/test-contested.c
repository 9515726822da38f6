/* SPDX-License-Identifier: EUPL-1.2 */

/* Two who work offline write one value that is never merged, over real HTTP. Until the one who was second has
 * chosen, everybody goes by the more careful of the two. One user has two machines here. */

#include "machine-test-util.h"

#include <libdex.h>
#include <string.h>

#include "forlop-gate.h"
#include "forlop-plan-store.h"
#include "forlop-record-store.h"
#include "forlop-snapshot-store.h"

typedef struct {
  Machine *first;
  Machine *second;
  Machine *kari;
} Trio;

static Trio *
trio_new (HttpTest   *test,
          const char *name)
{
  g_autofree char *other = g_strconcat (name, "-second", NULL);
  Trio *self = g_new0 (Trio, 1);

  self->first = machine_new (test, name, NULL);
  self->second = machine_new (test, name, other);
  self->kari = machine_new (test, "kari", "kari-third");
  machine_catch_up (self->first);
  machine_catch_up (self->second);
  machine_catch_up (self->kari);

  return self;
}

static void
trio_free (Trio *self)
{
  machine_free (self->first);
  machine_free (self->second);
  machine_free (self->kari);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Trio, trio_free)

static void
settle (Trio *trio)
{
  for (unsigned int n = 0; n < 2; n++)
    {
      machine_catch_up (trio->first);
      machine_catch_up (trio->second);
      machine_catch_up (trio->kari);
    }
}

static void
resolve (Trio              *trio,
         const ForlopActor *actor,
         const char        *resolution)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) open =
    forlop_record_store_list (trio->second->connection, "conflict", "status", "open", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (open->len, ==, 1);
  g_free (machine_do (trio->second, actor, "resolve-conflict", "{\"conflict_id\":\"%s\",\"resolution\":\"%s\"}",
                      forlop_record_get_id (g_ptr_array_index (open, 0)), resolution));
  machine_catch_up (trio->second);
  settle (trio);
  g_clear_pointer (&open, g_ptr_array_unref);
  open = forlop_record_store_list (trio->second->connection, "conflict", "status", "open", &error);
  g_assert_cmpuint (open->len, ==, 0);
}

static ForlopPlanVersion
load_plan (Machine    *machine,
           const char *plan_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopRecord) plan = forlop_record_store_load (machine->connection, "care_plan", plan_id, &error);
  ForlopPlanVersion version;

  g_assert_no_error (error);
  g_assert_true (forlop_plan_store_load_version (machine->connection, plan, &version, &error));
  g_assert_no_error (error);

  return version;
}

#define RULE \
  "{\"care_plan_id\":\"%s\",\"plan_rule_id\":\"%s\",\"kind\":\"change\",\"code\":\"weight\",\"amount\":%.1f," \
  "\"days\":%d,\"severity\":\"yellow\"}"

static void
both_trend_rules_hold (HttpTest *test)
{
  const ForlopActor *nurse = test->acts->nurse;
  g_autoptr (Trio) trio = trio_new (test, "kari");
  g_autofree char *plan =
    machine_do (trio->first, nurse, "draft-plan", "{\"case_id\":\"%s\"}", test->case_id);
  g_autofree char *rule =
    machine_do (trio->first, nurse, "save-plan-rule",
                "{\"care_plan_id\":\"%s\",\"kind\":\"change\",\"code\":\"weight\",\"amount\":2.5,\"days\":3,"
                "\"severity\":\"yellow\"}", plan);
  unsigned int before;
  ForlopPlanVersion version;
  gboolean has_small = FALSE, has_fast = FALSE;

  settle (trio);
  before = load_plan (trio->kari, plan).n_rules;
  g_free (machine_do (trio->first, nurse, "save-plan-rule", RULE, plan, rule, 1.5, 3));
  g_free (machine_do (trio->second, nurse, "save-plan-rule", RULE, plan, rule, 2.5, 2));
  settle (trio);

  version = load_plan (trio->kari, plan);
  g_assert_cmpuint (version.n_rules, ==, before + 1);
  for (unsigned int i = 0; i < version.n_rules; i++)
    {
      has_small = has_small || (version.rules[i].amount == 1.5 && version.rules[i].days == 3);
      has_fast = has_fast || version.rules[i].days == 2;
    }
  g_assert_true (has_small && has_fast);

  resolve (trio, nurse, "theirs");
  g_assert_cmpuint (load_plan (trio->kari, plan).n_rules, ==, before);
}

static gboolean
is_granted (Machine    *machine,
            const char *case_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopSnapshot) snapshot = forlop_snapshot_store_load_case (
    machine->connection, case_id, forlop_clock_now (machine->test->acts->clock), &error);

  g_assert_no_error (error);

  return forlop_granting_decision (snapshot) != NULL;
}

/* One changes the decision, the other ends the service. */
static void
decide_twice (HttpTest *test,
              Trio     *trio)
{
  const ForlopActor *siri = test->acts->caseworker;
  g_autofree char *today = forlop_date_to_iso (forlop_instant_to_date (forlop_clock_now (test->acts->clock)));

  g_free (machine_do (trio->first, siri, "change-decision",
                      "{\"case_id\":\"%s\",\"decided_on\":\"%s\",\"granted\":\"DHO hver dag\",\"reasons\":\"Behovet er "
                      "større\"}", test->case_id, today));
  g_free (machine_do (trio->second, siri, "end-service",
                      "{\"case_id\":\"%s\",\"decided_on\":\"%s\",\"ended_on\":\"%s\",\"reason\":\"own_wish\","
                      "\"reasons\":\"Ønsker det selv\"}", test->case_id, today, today));
  g_assert_true (is_granted (trio->kari, test->case_id));
  settle (trio);
  g_assert_false (is_granted (trio->first, test->case_id));
  g_assert_false (is_granted (trio->kari, test->case_id));
}

static void
nothing_is_granted_that_one_ended (HttpTest *test)
{
  g_autoptr (Trio) trio = trio_new (test, "siri");

  decide_twice (test, trio);
  resolve (trio, test->acts->caseworker, "theirs");
  g_assert_true (is_granted (trio->first, test->case_id));
  g_assert_true (is_granted (trio->kari, test->case_id));
}

static void
an_ending_is_chosen_after_all (HttpTest *test)
{
  g_autoptr (Trio) trio = trio_new (test, "siri");
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopRecord) the_case = NULL;

  decide_twice (test, trio);
  resolve (trio, test->acts->caseworker, "mine");
  the_case = forlop_record_store_load (trio->kari->connection, "case", test->case_id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (forlop_record_get_text (the_case, "status"), ==, "ended");
  g_assert_false (is_granted (trio->kari, test->case_id));
}

static gboolean
is_found (HttpTest    *test,
          HttpSession *session)
{
  g_autoptr (HttpResult) found =
    http_test_expect (test, 200, "POST", "/v1/search", session->access, "{\"text\":\"Haug\"}");

  return strstr (found->body, test->citizen_id) != NULL;
}

/* Somebody moved and somebody protected the address: it is hidden from who searches and from who drives. */
static void
a_contested_address_is_protected (HttpTest *test)
{
  const ForlopActor *siri = test->acts->caseworker;
  g_autoptr (Trio) trio = trio_new (test, "siri");
  g_autoptr (HttpSession) tor = http_test_sign_in (test, "skien", "tor");
  g_autoptr (HttpSession) geir = http_test_sign_in (test, "skien", "geir");
  g_autofree char *before = NULL;
  g_autofree char *during = NULL;
  g_autofree char *after = NULL;

  g_free (machine_do (trio->first, siri, "change-citizen", "{\"citizen_id\":\"%s\",\"address\":\"Lia 4\"}",
                      test->citizen_id));
  machine_catch_up (trio->first);
  settle (trio);
  g_free (machine_do (trio->kari, test->acts->nurse, "request-equipment",
                      "{\"case_id\":\"%s\",\"wanted\":\"Vekt\"}", test->case_id));
  settle (trio);
  before = http_test_pull_all (test, geir);
  g_assert_nonnull (strstr (before, "Lia 4"));
  g_assert_true (is_found (test, tor));

  g_free (machine_do (trio->first, siri, "change-citizen",
                      "{\"citizen_id\":\"%s\",\"address_protection\":\"none\"}", test->citizen_id));
  g_free (machine_do (trio->second, siri, "change-citizen",
                      "{\"citizen_id\":\"%s\",\"address_protection\":\"confidential\"}", test->citizen_id));
  settle (trio);
  g_assert_false (is_found (test, tor));
  during = http_test_pull_all (test, geir);
  g_assert_null (strstr (during, "Lia 4"));

  resolve (trio, siri, "theirs");
  g_assert_true (is_found (test, tor));
  after = http_test_pull_all (test, geir);
  g_assert_nonnull (strstr (after, "Lia 4"));
}

int
main (int   argc,
      char *argv[])
{
  forlop_http_transport_init ();
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  http_test_add ("/contested/both-trend-rules-hold", both_trend_rules_hold, NULL);
  http_test_add ("/contested/nothing-is-granted-that-one-ended", nothing_is_granted_that_one_ended, NULL);
  http_test_add ("/contested/an-ending-is-chosen-after-all", an_ending_is_chosen_after_all, NULL);
  http_test_add ("/contested/a-contested-address-is-protected", a_contested_address_is_protected, NULL);

  return g_test_run ();
}
