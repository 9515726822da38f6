/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "forlop-fault-vfs.h"
#include "sim-template.h"

/* Stories of a municipality, each out of one number. Without arguments a test; with them a tool:
 *
 *   test-simulation --seeds FROM N     plays N stories and says how many held
 *   test-simulation --story SEED       tells one
 *   test-simulation --errors N         plants each mistake and says how many stories it took */

#define N_STEPS 60
#define N_SEEDS 500
#define MAX_STORIES 400

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

static gboolean
play_seeds (const SimTemplate *template,
            guint64            from,
            guint64            n)
{
  for (guint64 seed = from; seed < from + n; seed++)
    {
      g_autofree char *failure = play (template, seed, SIM_SOUND, N_STEPS, NULL);
      g_autofree char *story = NULL;
      g_autofree char *again = NULL;
      unsigned int shortest;

      if (failure == NULL)
        continue;
      shortest = shorten (template, seed, SIM_SOUND);
      again = play (template, seed, SIM_SOUND, shortest, &story);
      g_printerr ("Seed %" G_GUINT64_FORMAT " fails after %u steps: %s\n%s", seed, shortest,
                  again != NULL ? again : failure, story);
      return FALSE;
    }

  return TRUE;
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

  g_assert_true (play_seeds (template, from != NULL ? g_ascii_strtoull (from, NULL, 10) : 1, N_SEEDS));
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

static int
run_tool (int    argc,
          char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--seeds"))
    {
      guint64 from = g_ascii_strtoull (argv[2], NULL, 10), n = g_ascii_strtoull (argv[3], NULL, 10);
      gint64 start = g_get_monotonic_time ();

      if (!play_seeds (template, from, n))
        return EXIT_FAILURE;
      g_print ("%" G_GUINT64_FORMAT " stories from %" G_GUINT64_FORMAT " held in %.0f s\n", n, from,
               (double) (g_get_monotonic_time () - start) / 1e6);
      return EXIT_SUCCESS;
    }
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

  g_printerr ("Usage: %s [--seeds FROM N | --story SEED | --errors N]\n", argv[0]);
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
  forlop_fault_vfs_install ();
  template = sim_template_new (folder);
  if (is_tool)
    {
      result = run_tool (argc, argv);
    }
  else
    {
      g_test_add_func ("/simulation/every-story-holds", test_seeds);
      g_test_add_func ("/simulation/every-planted-mistake-is-seen", test_errors);
      result = g_test_run ();
    }
  sim_template_free (template);
  sim_remove_folder (folder);

  return result;
}
