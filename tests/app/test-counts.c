/* SPDX-License-Identifier: EUPL-1.2 */

/* The numbers of the sidebar, of sections that nobody has opened. */

#include <adwaita.h>
#include <libdex.h>

#include "follow-up-test-util.h"
#include "forlop-section-counts.h"

#define DAY "2026-03-16"

static ForlopSession *
new_session (ActsTest *test)
{
  ForlopSession *session = forlop_session_new (test->clock);
  g_autoptr (ForlopIdentity) nurse =
    forlop_identity_new (test->nurse->user_id, "Kari", "resource_person", "resource person",
                         test->zone, "Sone Nord");

  forlop_session_set_store (session, test->store);
  forlop_session_set_actor (session, nurse);

  return session;
}

/* Waits for as long as the numbers take; the runner ends a test that hangs. */
static void
wait_for_count (ForlopSession *session,
                const char    *section,
                unsigned int   count)
{
  while (forlop_session_get_count (session, section) != count)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_sections_are_counted_before_they_are_opened (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (ForlopSession) session = NULL;
  g_autoptr (ForlopSectionCounts) counts = NULL;
  g_autoptr (GPtrArray) alerts = NULL;

  acts_test_set_day (test, "2026-03-18");
  first = follow_up_measure (test, case_id, "spo2", "86", "2026-03-17T08:00:00");
  second = follow_up_measure (test, case_id, "spo2", "85", "2026-03-18T08:00:00");
  session = new_session (test);
  counts = forlop_section_counts_new (session);

  wait_for_count (session, "follow-up", 1);
  g_assert_cmpuint (forlop_session_get_count (session, "today"), >=, 1);

  alerts = acts_test_list (test, "alert", "measurement_id", first);
  /* A change is counted, too: the citizen's two alerts are answered by one call. */
  acts_test_must (test, test->nurse, "handle-alert",
                  "{\"alert_id\":\"%s\",\"way\":\"phone\",\"text\":\"Ringte\",\"others\":true}",
                  forlop_record_get_id (g_ptr_array_index (alerts, 0)));
  forlop_session_emit_changed (session);
  wait_for_count (session, "follow-up", 0);
  forlop_session_set_store (session, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/counts/sections-are-counted-before-they-are-opened",
                   test_sections_are_counted_before_they_are_opened);

  return g_test_run ();
}
