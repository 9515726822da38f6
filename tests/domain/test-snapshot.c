/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-snapshot.h"

static void
put_decision (ForlopSnapshot *snapshot,
              const char     *id,
              const char     *decided_on)
{
  g_autoptr (ForlopRecord) record = forlop_record_new (forlop_record_type_find ("decision"), id);
  ForlopDate day;

  g_assert_true (forlop_date_from_iso (decided_on, &day));
  forlop_record_set_date (record, "decided_on", day);
  forlop_snapshot_put (snapshot, record);
}

static void
assert_latest (ForlopSnapshot *snapshot,
               const char     *type,
               const char     *id)
{
  g_assert_cmpstr (forlop_record_get_id (forlop_snapshot_latest (snapshot, type)), ==, id);
}

#define EARLY "019ce10f-4400-7000-8000-000000000001"
#define LATE "019ce2ff-4400-7000-8000-000000000001"
#define LATEST "019ce3ff-4400-7000-8000-000000000001"

/* A machine whose clock is a day ahead gives ids that come after everybody else's. */
static void
test_latest_is_by_the_records_own_day (void)
{
  g_autoptr (ForlopSnapshot) snapshot = forlop_snapshot_new (0);

  g_assert_null (forlop_snapshot_latest (snapshot, "decision"));
  put_decision (snapshot, LATE, "2026-03-10");
  put_decision (snapshot, EARLY, "2026-03-11");
  assert_latest (snapshot, "decision", EARLY);
}

static void
test_latest_of_one_day_was_made_last (void)
{
  g_autoptr (ForlopSnapshot) snapshot = forlop_snapshot_new (0);

  put_decision (snapshot, LATE, "2026-03-11");
  put_decision (snapshot, LATEST, "2026-03-10");
  put_decision (snapshot, EARLY, "2026-03-11");
  assert_latest (snapshot, "decision", LATE);
}

static void
test_latest_without_a_day_was_made_last (void)
{
  g_autoptr (ForlopSnapshot) snapshot = forlop_snapshot_new (0);
  g_autoptr (ForlopRecord) early = forlop_record_new (forlop_record_type_find ("assessment"), EARLY);
  g_autoptr (ForlopRecord) late = forlop_record_new (forlop_record_type_find ("assessment"), LATE);
  g_autoptr (ForlopRecord) plan = forlop_record_new (forlop_record_type_find ("care_plan"), EARLY);
  g_autoptr (ForlopRecord) other = forlop_record_new (forlop_record_type_find ("care_plan"), LATE);

  forlop_snapshot_put (snapshot, late);
  forlop_snapshot_put (snapshot, early);
  forlop_snapshot_put (snapshot, other);
  forlop_snapshot_put (snapshot, plan);
  assert_latest (snapshot, "assessment", LATE);
  assert_latest (snapshot, "care_plan", LATE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/snapshot/latest-is-by-the-records-own-day", test_latest_is_by_the_records_own_day);
  g_test_add_func ("/snapshot/latest-of-one-day-was-made-last", test_latest_of_one_day_was_made_last);
  g_test_add_func ("/snapshot/latest-without-a-day-was-made-last", test_latest_without_a_day_was_made_last);

  return g_test_run ();
}
