/* SPDX-License-Identifier: EUPL-1.2 */

/* A process is killed at a random moment while it does random acts. Every act it said was done must
 * be there afterwards, whole, and the file must be sound. */

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "acts-test-util.h"
#include "forlop-changeset-store.h"
#include "forlop-store-check.h"

#define ROUNDS 25

static void
report (int         pipe,
        const char *op_id)
{
  g_assert_cmpint (write (pipe, op_id, FORLOP_ID_LENGTH), ==, FORLOP_ID_LENGTH);
}

/* The child: acts until it is killed, and says so after each. */
static void
act_for_ever (ActsTest     *test,
              unsigned int  round,
              int           pipe)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (round);
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func (g_free);

  for (unsigned int i = 0;; i++)
    {
      g_autoptr (ForlopActResult) result = NULL;

      if (cases->len == 0 || g_rand_int_range (random, 0, 4) == 0)
        {
          result = acts_test_do (test, test->caseworker, "register-referral",
                                 "{\"given_name\":\"Test\",\"family_name\":\"Nr %u-%u\","
                                 "\"source\":\"gp\",\"channel\":\"paper\","
                                 "\"received_on\":\"2026-03-10\",\"reason\":\"KOLS\"}", round, i);
          g_ptr_array_add (cases, g_strdup (result->case_id));
        }
      else
        {
          const char *case_id =
            g_ptr_array_index (cases, (unsigned int) g_rand_int_range (random, 0, (int) cases->len));

          result = acts_test_do (test, test->caseworker, "add-goal",
                                 "{\"case_id\":\"%s\",\"goal\":\"Mål %u\"}", case_id, i);
        }
      report (pipe, result->op_id);
    }
}

/* A new program, because a process with threads must not go on after fork. */
static pid_t
start_child (const char   *folder,
             unsigned int  round,
             int           pipe)
{
  g_autofree char *number = g_strdup_printf ("%u", round);
  g_autofree char *end = g_strdup_printf ("%d", pipe);
  pid_t child = fork ();

  if (child != 0)
    return child;

  execl ("/proc/self/exe", "test-kill", "--child", folder, number, end, NULL);
  _exit (127);
}

static int
be_child (char **argv)
{
  const int pipe = atoi (argv[4]);
  ActsTest *test = acts_test_new_in (argv[2], "2026-03-12");

  report (pipe, "00000000-0000-0000-0000-000000000000");
  act_for_ever (test, (unsigned int) atoi (argv[3]), pipe);

  return 1;
}

static GPtrArray *
read_acknowledged (int pipe)
{
  GPtrArray *acknowledged = g_ptr_array_new_with_free_func (g_free);
  char op_id[FORLOP_ID_LENGTH + 1] = { 0 };

  while (read (pipe, op_id, FORLOP_ID_LENGTH) == FORLOP_ID_LENGTH)
    g_ptr_array_add (acknowledged, g_strdup (op_id));

  return acknowledged;
}

static gpointer
find_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  g_autofree char *act = NULL;
  g_autofree char *before = NULL;
  g_autofree char *undone_by = NULL;

  forlop_changeset_store_load (connection, user_data, &act, &before, &undone_by, error);

  return NULL;
}

static void
assert_whole (ActsTest  *test,
              GPtrArray *acknowledged)
{
  for (unsigned int i = 0; i < acknowledged->len; i++)
    {
      g_autoptr (GError) error = NULL;

      forlop_store_read_sync (test->store, find_on_worker, g_ptr_array_index (acknowledged, i), NULL,
                              NULL, &error);
      g_assert_no_error (error);
    }

  /* Every referral has its case, its citizen, its line on the time line and its duties. */
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM referral r WHERE NOT EXISTS "
                                          "(SELECT 1 FROM \"case\" c WHERE c.id = r.case_id)"), ==, 0);
  g_assert_cmpint (acts_test_count (test, "SELECT (SELECT count (*) FROM referral) - "
                                          "(SELECT count (*) FROM event WHERE act = 'register-referral')"),
                   ==, 0);
  g_assert_cmpint (acts_test_count (test, "SELECT (SELECT count (*) FROM event) - (SELECT count (*) "
                                          "FROM changeset WHERE citizen_id IS NOT NULL)"), ==, 0);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM \"case\" c WHERE NOT EXISTS "
                                          "(SELECT 1 FROM duty d WHERE d.source_id = c.id)"), ==, 0);
  g_assert_cmpint (acts_test_count (test, "SELECT (SELECT count (*) FROM citizen) - "
                                          "(SELECT count (*) FROM citizen_row)"), ==, 0);
}

static void
test_no_acknowledged_act_is_lost (void)
{
  guint32 seed = g_random_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  unsigned int total = 0;

  g_test_message ("seed %u", seed);
  for (unsigned int round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GPtrArray) acknowledged = NULL;
      g_autoptr (GPtrArray) problems = NULL;
      g_autoptr (GError) error = NULL;
      int ends[2], status;
      pid_t child;
      ActsTest *test;
      g_autofree char *folder = g_dir_make_tmp ("forlop-kill-XXXXXX", NULL);

      g_assert_cmpint (pipe (ends), ==, 0);
      child = start_child (folder, round, ends[1]);
      close (ends[1]);
      {
        char ready[FORLOP_ID_LENGTH];

        /* The municipality is made; from here on every instant may be the last. */
        g_assert_cmpint (read (ends[0], ready, sizeof ready), ==, FORLOP_ID_LENGTH);
        g_usleep ((gulong) g_rand_int_range (random, 0, 60000));
      }
      kill (child, SIGKILL);
      acknowledged = read_acknowledged (ends[0]);
      close (ends[0]);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFSIGNALED (status));

      test = acts_test_open_in (folder, "2026-03-12");
      assert_whole (test, acknowledged);
      problems = forlop_store_check_sync (test->store, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (problems->len, ==, 0);
      total += acknowledged->len;
      acts_test_free (test);
    }

  g_test_message ("%u acknowledged acts survived %d kills", total, ROUNDS);
  g_assert_cmpuint (total, >, 0);
}

int
main (int    argc,
      char **argv)
{
  dex_init ();
  if (argc == 5 && g_str_equal (argv[1], "--child"))
    return be_child (argv);

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/acts/no-acknowledged-act-is-lost-by-kill", test_no_acknowledged_act_is_lost);

  return g_test_run ();
}
