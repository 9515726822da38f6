/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "forlop-fault-vfs.h"
#include "sim-template.h"

/* Stories of a municipality, each out of one number. Without arguments a test; with them a tool:
 *
 *   test-simulation --seeds FROM N [--jobs J]  plays N stories in J processes and says what happened
 *   test-simulation --story SEED               tells one
 *   test-simulation --errors N                 plants each mistake and says how many stories it took */

#define N_STEPS 60
#define N_SEEDS 500
#define MAX_STORIES 400
#define N_COMPARED 30
#define MAX_JOBS 64
/* Of one process; then something is wrong with all of them. */
#define MAX_FAILED 5

static char *
make_folder (void)
{
  const char *root = g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm" : g_get_tmp_dir ();
  char *folder = g_build_filename (root, "forlop-simulation-XXXXXX", NULL);

  g_assert_nonnull (g_mkdtemp (folder));

  return folder;
}

/* The shortest story with this number that fails: the steps are the same for every length. */
static unsigned int
shorten (const SimTemplate *template,
         guint64            seed,
         SimError           planted)
{
  for (unsigned int n = 1; n < N_STEPS; n++)
    {
      SimWorld *world = sim_world_new (template, seed, planted);
      gboolean holds = sim_world_play (world, template, n);

      sim_world_free (world);
      if (!holds)
        return n;
    }

  return N_STEPS;
}

static char *
play (const SimTemplate *template,
      guint64            seed,
      SimError           planted,
      unsigned int       n_steps,
      char             **story)
{
  SimWorld *world = sim_world_new (template, seed, planted);
  char *failure;

  sim_world_play (world, template, n_steps);
  failure = g_steal_pointer (&world->failure);
  if (story != NULL)
    *story = g_strdup (world->story->str);
  sim_world_free (world);

  return failure;
}

/* In a world of its own, as few steps as fail. */
static void
tell_failure (const SimTemplate *template,
              guint64            seed,
              const char        *failure)
{
  unsigned int shortest = shorten (template, seed, SIM_SOUND);
  g_autofree char *story = NULL;
  g_autofree char *again = play (template, seed, SIM_SOUND, shortest, &story);

  g_printerr ("Seed %" G_GUINT64_FORMAT " fails after %u steps: %s\n%s", seed, shortest,
              again != NULL ? again : failure, story);
}

/* Every @stride-th story. Returns how many failed; what happened is added to @counts. */
static guint64
play_seeds (const SimTemplate *template,
            guint64            from,
            guint64            n,
            guint64            stride,
            SimCounts         *counts)
{
  SimWorld *world = NULL;
  guint64 n_failed = 0;

  for (guint64 seed = from; seed < from + n && n_failed < MAX_FAILED; seed += stride)
    {
      if (world == NULL)
        world = sim_world_new (template, seed, SIM_SOUND);
      else
        sim_world_begin_again (world, template, seed);
      world->counts = *counts;
      if (!sim_world_play (world, template, N_STEPS))
        {
          g_autofree char *failure = g_steal_pointer (&world->failure);

          n_failed++;
          *counts = world->counts;
          g_clear_pointer (&world, sim_world_free);
          tell_failure (template, seed, failure);
          continue;
        }
      *counts = world->counts;
      counts->stories++;
    }
  g_clear_pointer (&world, sim_world_free);

  return n_failed;
}

/* How many stories it takes until a checker sees @planted; 0 when none does. */
static unsigned int
catch_error (const SimTemplate *template,
             SimError           planted,
             unsigned int       max,
             char             **failure)
{
  for (unsigned int seed = 1; seed <= max; seed++)
    {
      *failure = play (template, seed, planted, N_STEPS, NULL);
      if (*failure != NULL)
        return seed;
    }

  return 0;
}

static SimTemplate *template;

/* The stories are shared out over several runs, so that every core plays some. */
static void
test_seeds (void)
{
  const char *from = g_getenv ("FORLOP_SIMULATION_FROM");

  SimCounts counts = { 0 };

  g_assert_cmpuint (play_seeds (template, from != NULL ? g_ascii_strtoull (from, NULL, 10) : 1, N_SEEDS, 1,
                                &counts), ==, 0);
  g_assert_cmpuint (counts.stories, ==, N_SEEDS);
}

/* Nothing of one story is left when the next begins in the same files. */
static void
test_begin_again (void)
{
  SimWorld *world = sim_world_new (template, 1, SIM_SOUND);

  for (guint64 seed = 1; seed <= N_COMPARED; seed++)
    {
      g_autofree char *story = NULL;
      g_autofree char *failure = play (template, seed, SIM_SOUND, N_STEPS, &story);

      g_assert_cmpstr (failure, ==, NULL);
      sim_world_begin_again (world, template, seed);
      g_assert_true (sim_world_play (world, template, N_STEPS));
      g_assert_cmpstr (world->story->str, ==, story);
    }
  sim_world_free (world);
}

static void
test_errors (void)
{
  for (SimError planted = SIM_SOUND + 1; planted < SIM_N_ERRORS; planted++)
    {
      g_autofree char *failure = NULL;
      unsigned int n = catch_error (template, planted, MAX_STORIES, &failure);

      g_test_message ("%s: %u stories, %s", sim_error_name (planted), n, failure);
      if (n == 0)
        g_test_fail_printf ("no checker sees “%s”", sim_error_name (planted));
    }
}

typedef struct {
  SimCounts counts;
  guint64 failed;
} Part;

/* A process of its own that plays its share and writes what came of it to @fd. */
static pid_t
start_part (guint64 from,
            guint64 n,
            guint64 stride,
            int     fd)
{
  pid_t child = fork ();
  Part part = { 0 };

  g_assert_cmpint (child, >=, 0);
  if (child > 0)
    return child;
  part.failed = play_seeds (template, from, n, stride, &part.counts);
  if (write (fd, &part, sizeof part) != sizeof part)
    _exit (EXIT_FAILURE);
  _exit (EXIT_SUCCESS);
}

static void
add_part (Part       *sum,
          const Part *part)
{
  guint64 *into = (guint64 *) sum;
  const guint64 *from = (const guint64 *) part;

  for (unsigned int i = 0; i < sizeof *sum / sizeof *into; i++)
    into[i] += from[i];
}

static void
print_sum (const Part *sum,
           guint64     from,
           guint64     n,
           double      seconds)
{
  const SimCounts *counts = &sum->counts;

  g_print ("%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " stories from %" G_GUINT64_FORMAT " held, %"
           G_GUINT64_FORMAT " failed: %" G_GUINT64_FORMAT " steps, %" G_GUINT64_FORMAT " acts saved (%"
           G_GUINT64_FORMAT " confirmed, %" G_GUINT64_FORMAT " conflicts, %" G_GUINT64_FORMAT
           " refused), %" G_GUINT64_FORMAT " files, %" G_GUINT64_FORMAT " take-ups, %" G_GUINT64_FORMAT
           " requests (%" G_GUINT64_FORMAT " met trouble), %" G_GUINT64_FORMAT " times together, %"
           G_GUINT64_FORMAT " deaths at a write, %" G_GUINT64_FORMAT " restores, %.0f s\n",
           counts->stories, n, from, sum->failed, counts->steps, counts->acts, counts->confirmed,
           counts->conflicts, counts->refused, counts->files, counts->take_ups, counts->exchanges,
           counts->troubles, counts->together, counts->deaths, counts->restores, seconds);
}

static int
run_seeds (guint64      from,
           guint64      n,
           unsigned int jobs)
{
  gint64 start = g_get_monotonic_time ();
  Part sum = { 0 }, part;
  int fds[2];
  unsigned int n_parts = 0;

  g_assert_cmpint (pipe (fds), ==, 0);
  for (unsigned int i = 0; i < jobs && i < n; i++)
    start_part (from + i, n - i, jobs, fds[1]);
  close (fds[1]);
  while (read (fds[0], &part, sizeof part) == sizeof part)
    {
      n_parts++;
      add_part (&sum, &part);
    }
  while (wait (NULL) > 0)
    ;
  print_sum (&sum, from, n, (double) (g_get_monotonic_time () - start) / 1e6);

  return n_parts == MIN (jobs, n) && sum.failed == 0 && sum.counts.stories == n ? EXIT_SUCCESS
                                                                               : EXIT_FAILURE;
}

static int
run_tool (int    argc,
          char **argv)
{
  if ((argc == 4 || (argc == 6 && g_str_equal (argv[4], "--jobs"))) && g_str_equal (argv[1], "--seeds"))
    return run_seeds (g_ascii_strtoull (argv[2], NULL, 10), g_ascii_strtoull (argv[3], NULL, 10),
                      argc == 6 ? (unsigned int) CLAMP (atoi (argv[5]), 1, MAX_JOBS) : 1);
  if (argc == 3 && g_str_equal (argv[1], "--story"))
    {
      g_autofree char *story = NULL;
      g_autofree char *failure =
        play (template, g_ascii_strtoull (argv[2], NULL, 10), SIM_SOUND, N_STEPS, &story);

      g_print ("%s%s\n", story, failure != NULL ? failure : "Everything held.");
      return failure != NULL ? EXIT_FAILURE : EXIT_SUCCESS;
    }
  if (argc == 3 && g_str_equal (argv[1], "--errors"))
    {
      for (SimError planted = SIM_SOUND + 1; planted < SIM_N_ERRORS; planted++)
        {
          g_autofree char *failure = NULL;
          unsigned int n = catch_error (template, planted, (unsigned int) atoi (argv[2]), &failure);

          g_print ("%-20s %5u stories  %s\n", sim_error_name (planted), n,
                   failure != NULL ? failure : "not seen");
        }
      return EXIT_SUCCESS;
    }

  g_printerr ("Usage: %s [--seeds FROM N [--jobs J] | --story SEED | --errors N]\n", argv[0]);
  return 2;
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = make_folder ();
  gboolean is_tool = argc > 1 && (g_str_equal (argv[1], "--seeds") || g_str_equal (argv[1], "--story") ||
                                  g_str_equal (argv[1], "--errors"));
  int result;

  if (!is_tool)
    g_test_init (&argc, &argv, NULL);
  /* One process has the files, so that no lock and no index of a log need be a file's. */
  sqlite3_vfs_register (sqlite3_vfs_find ("unix-excl"), TRUE);
  forlop_fault_vfs_install ();
  template = sim_template_new (folder);
  if (is_tool)
    {
      result = run_tool (argc, argv);
    }
  else
    {
      g_test_add_func ("/simulation/every-story-holds", test_seeds);
      g_test_add_func ("/simulation/a-world-that-begins-again-is-a-new-one", test_begin_again);
      g_test_add_func ("/simulation/every-planted-mistake-is-seen", test_errors);
      result = g_test_run ();
    }
  sim_template_free (template);
  sim_remove_folder (folder);

  return result;
}
