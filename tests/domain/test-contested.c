/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-contested-value.h"

#include "forlop-gate.h"

#define CITIZEN "01980000-0000-7000-8000-000000000001"
#define LIMIT "01980000-0000-7000-8000-000000000002"
#define CONSENT "01980000-0000-7000-8000-000000000003"

static GPtrArray *
contest (const char *type,
         const char *id,
         const char *mine)
{
  GPtrArray *contested = g_ptr_array_new_with_free_func (g_object_unref);
  ForlopRecord *record = forlop_record_new (forlop_record_type_find ("contested_value"),
                                            "01980000-0000-7000-8000-000000000009");

  forlop_record_set_text (record, "citizen_id", CITIZEN);
  forlop_record_set_text (record, "record_type", type);
  forlop_record_set_text (record, "record_id", id);
  forlop_record_set_text (record, "mine", mine);
  g_ptr_array_add (contested, record);

  return contested;
}

static ForlopRecord *
new_limit (void)
{
  ForlopRecord *limit = forlop_record_new (forlop_record_type_find ("limit"), LIMIT);

  forlop_record_set_text (limit, "code", "spo2");
  forlop_record_set_real (limit, "red_low", 85);
  forlop_record_set_real (limit, "yellow_low", 90);

  return limit;
}

static void
test_narrower_limit (void)
{
  g_autoptr (ForlopRecord) limit = new_limit ();
  g_autoptr (GPtrArray) contested =
    contest ("limit", LIMIT, "{\"red_low\":82,\"yellow_low\":92,\"yellow_high\":99}");
  g_autoptr (ForlopRecord) careful = forlop_contested_limit (limit, contested);

  g_assert_cmpfloat (forlop_record_get_real (careful, "red_low"), ==, 85);
  g_assert_cmpfloat (forlop_record_get_real (careful, "yellow_low"), ==, 92);
  g_assert_cmpfloat (forlop_record_get_real (careful, "yellow_high"), ==, 99);
  g_assert_cmpfloat (forlop_record_get_real (limit, "yellow_low"), ==, 90);
}

static void
test_nothing_contested (void)
{
  g_autoptr (ForlopRecord) limit = new_limit ();
  g_autoptr (GPtrArray) other = contest ("limit", CONSENT, "{\"yellow_low\":92}");
  g_autoptr (ForlopRecord) same = forlop_contested_limit (limit, other);

  g_assert_true (same == limit);
}

/* Crossed limits would judge nothing: what is there applies. */
static void
test_crossed (void)
{
  g_autoptr (ForlopRecord) limit = new_limit ();
  g_autoptr (GPtrArray) contested = contest ("limit", LIMIT, "{\"yellow_high\":80,\"red_high\":83}");
  g_autoptr (ForlopRecord) careful = forlop_contested_limit (limit, contested);

  g_assert_true (careful == limit);
}

static void
test_withdrawn_consent (void)
{
  g_autoptr (ForlopSnapshot) snapshot = forlop_snapshot_new (0);
  g_autoptr (ForlopRecord) consent = forlop_record_new (forlop_record_type_find ("consent"), CONSENT);
  g_autoptr (GPtrArray) edited = contest ("consent", CONSENT, "{\"capacity\":\"partial\"}");
  g_autoptr (GPtrArray) withdrawn = contest ("consent", CONSENT, "{\"withdrawn_on\":\"2026-03-12\"}");

  forlop_record_set_text (consent, "kind", "measure");
  forlop_record_set_boolean (consent, "given", TRUE);
  forlop_snapshot_put (snapshot, consent);
  g_assert_true (forlop_gate_check (FORLOP_GATE_CONSENT_MEASURE, snapshot, NULL, NULL));
  forlop_snapshot_put (snapshot, g_ptr_array_index (edited, 0));
  g_assert_true (forlop_gate_check (FORLOP_GATE_CONSENT_MEASURE, snapshot, NULL, NULL));
  forlop_snapshot_put (snapshot, g_ptr_array_index (withdrawn, 0));
  g_assert_false (forlop_gate_check (FORLOP_GATE_CONSENT_MEASURE, snapshot, NULL, NULL));
}

static void
test_protected_address (void)
{
  g_autoptr (ForlopRecord) citizen = forlop_record_new (forlop_record_type_find ("citizen"), CITIZEN);
  g_autoptr (GPtrArray) none = contest ("citizen", CITIZEN, "{\"address_protection\":\"none\"}");
  g_autoptr (GPtrArray) hidden = contest ("citizen", CITIZEN, "{\"address_protection\":\"confidential\"}");

  g_assert_false (forlop_contested_address (citizen, none));
  g_assert_true (forlop_contested_address (citizen, hidden));
}

/* Neither rule is the more careful by itself. */
static void
test_both_trend_rules (void)
{
  g_autoptr (ForlopRecord) rule = forlop_record_new (forlop_record_type_find ("plan_rule"), CITIZEN);
  g_autoptr (GPtrArray) faster = contest ("plan_rule", CITIZEN, "{\"days\":2}");
  g_autoptr (GPtrArray) other = contest ("plan_rule", CONSENT, "{\"days\":2}");
  g_autoptr (GPtrArray) more = NULL;
  g_autoptr (GPtrArray) none = NULL;

  forlop_record_set_real (rule, "amount", 2);
  forlop_record_set_integer (rule, "days", 3);
  more = forlop_contested_rules (rule, faster);
  none = forlop_contested_rules (rule, other);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (more->len, ==, 1);
  g_assert_cmpint (forlop_record_get_integer (g_ptr_array_index (more, 0), "days"), ==, 2);
  g_assert_cmpfloat (forlop_record_get_real (g_ptr_array_index (more, 0), "amount"), ==, 2);
  g_assert_cmpint (forlop_record_get_integer (rule, "days"), ==, 3);
}

static void
test_ended_decision (void)
{
  g_autoptr (ForlopRecord) decision = forlop_record_new (forlop_record_type_find ("decision"), CITIZEN);
  g_autoptr (GPtrArray) change = contest ("decision", CITIZEN, "{\"kind\":\"change\"}");
  g_autoptr (GPtrArray) end = contest ("decision", CITIZEN, "{\"kind\":\"end\"}");
  g_autoptr (GPtrArray) shorter = contest ("decision", CITIZEN, "{\"kind\":\"change\",\"valid_to\":\"2026-03-12\"}");
  ForlopDate last;

  g_assert_true (forlop_date_from_iso ("2026-03-12", &last));
  g_assert_false (forlop_contested_decision (decision, change, last));
  g_assert_true (forlop_contested_decision (decision, end, last));
  g_assert_false (forlop_contested_decision (decision, shorter, last));
  g_assert_true (forlop_contested_decision (decision, shorter, last + 1));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/contested/narrower-limit-applies", test_narrower_limit);
  g_test_add_func ("/contested/other-limits-are-as-they-are", test_nothing_contested);
  g_test_add_func ("/contested/crossed-limits-are-not-made", test_crossed);
  g_test_add_func ("/contested/withdrawn-consent-counts-as-withdrawn", test_withdrawn_consent);
  g_test_add_func ("/contested/protected-address-counts-as-protected", test_protected_address);
  g_test_add_func ("/contested/both-trend-rules-hold", test_both_trend_rules);
  g_test_add_func ("/contested/ended-decision-grants-nothing", test_ended_decision);

  return g_test_run ();
}
