/* SPDX-License-Identifier: EUPL-1.2 */

#include <sys/prctl.h>
#include <sys/resource.h>

#include "forlop-process.h"

static void
test_crash_leaves_no_core (void)
{
  struct rlimit limit;

  /* The test framework may have turned them off already. */
  g_assert_cmpint (prctl (PR_SET_DUMPABLE, 1, 0, 0, 0), ==, 0);
  forlop_process_keep_memory_private ();
  g_assert_cmpint (prctl (PR_GET_DUMPABLE, 0, 0, 0, 0), ==, 0);
  g_assert_cmpint (getrlimit (RLIMIT_CORE, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_cur, ==, 0);
  g_assert_cmpuint (limit.rlim_max, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/process/crash-leaves-no-core", test_crash_leaves_no_core);

  return g_test_run ();
}
