/* SPDX-License-Identifier: EUPL-1.2 */

/* A process is killed at a random moment while its user resolves conflicts. Each choice is made whole or not at
 * all, what was said to be done is done, and nothing is sent twice. */

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "acts-test-util.h"
#include "forlop-changeset-store.h"
#include "forlop-error.h"

#define ROUNDS 12
#define N_CONFLICTS 30
#define DAY "2026-03-12"

typedef struct {
  ActsTest *test;
  GPtrArray *citizens;
} Making;

/* What the server leaves with the author of a change that met another. */
static gpointer
make_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Making *making = user_data;
  ActsTest *test = making->test;
  gint64 now = forlop_clock_now (test->clock);
  g_autofree char *op_id = forlop_id_source_next (test->ids, now);
  g_autoptr (ForlopActor) server = forlop_actor_new (NULL, NULL, NULL);
  g_autoptr (ForlopChangeset) changeset = forlop_changeset_new (op_id, "keep-conflict", server, now);

  for (unsigned int i = 0; i < making->citizens->len; i++)
    {
      g_autofree char *id = forlop_id_source_next (test->ids, now);
      g_autofree char *mine = g_strdup_printf ("{\"phone\":\"910000%02u\"}", i);
      ForlopRecord *conflict = forlop_changeset_make (changeset, "conflict", id);

      forlop_record_set_text (conflict, "user_id", test->nurse->user_id);
      forlop_record_set_text (conflict, "kind", "field");
      forlop_record_set_text (conflict, "op_id", id);
      forlop_record_set_text (conflict, "act", "change-citizen");
      forlop_record_set_text (conflict, "record_type", "citizen");
      forlop_record_set_text (conflict, "record_id", g_ptr_array_index (making->citizens, i));
      forlop_record_set_text (conflict, "field", "phone");
      forlop_record_set_text (conflict, "mine", mine);
      forlop_record_set_instant (conflict, "at", now);
      forlop_record_set_text (conflict, "status", "open");
    }
  forlop_changeset_stamp (changeset);

  return forlop_changeset_store_apply (connection, changeset, NULL, NULL, error) &&
         forlop_connection_execute (
           connection, "INSERT INTO sync_state (n, server) VALUES (1, 'https://forlop.example')", error)
           ? making : NULL;
}

static ActsTest *
make_conflicts (const char *folder)
{
  ActsTest *test = acts_test_new_in (folder, DAY);
  g_autoptr (GPtrArray) citizens = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  Making making = { test, citizens };

  for (unsigned int i = 0; i < N_CONFLICTS; i++)
    {
      g_autoptr (ForlopActResult) result =
        acts_test_do (test, test->nurse, "register-citizen",
                      "{\"given_name\":\"Nr\",\"family_name\":\"%u\",\"phone\":\"41234567\"}", i);

      g_ptr_array_add (citizens, g_strdup (result->subject_id));
    }
  forlop_store_write_sync (test->store, make_on_worker, &making, NULL, NULL, &error);
  g_assert_no_error (error);

  return test;
}

static void
resolve (ActsTest   *test,
         const char *conflict_id)
{
  acts_test_must (test, test->nurse, "resolve-conflict", "{\"conflict_id\":\"%s\",\"resolution\":\"mine\"}",
                  conflict_id);
}

/* The child: resolves one after the other, and says so after each. */
static int
be_child (char **argv)
{
  const int pipe = atoi (argv[3]);
  ActsTest *test = make_conflicts (argv[2]);
  g_autoptr (GPtrArray) open = acts_test_list (test, "conflict", "status", "open");

  g_assert_cmpint (write (pipe, "00000000-0000-0000-0000-000000000000", FORLOP_ID_LENGTH), ==, FORLOP_ID_LENGTH);
  for (unsigned int i = 0; i < open->len; i++)
    {
      const char *id = forlop_record_get_id (g_ptr_array_index (open, i));

      resolve (test, id);
      g_assert_cmpint (write (pipe, id, FORLOP_ID_LENGTH), ==, FORLOP_ID_LENGTH);
    }
  pause ();

  return 1;
}

/* Resolved is one change with the choice in it, once among what is to be sent; open is nothing of it. */
static void
assert_whole (ActsTest *test,
              gint64    n_resolved)
{
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM conflict WHERE status = 'resolved'"), ==, n_resolved);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM conflict c JOIN citizen p "
                                          "ON lower (hex (p.id)) = replace (c.record_id, '-', '') "
                                          "AND p.phone LIKE '%' || json_extract (c.mine, '$.phone')"), ==, n_resolved);
  g_assert_cmpint (acts_test_count (test, "SELECT count (DISTINCT resolves) FROM outbox"), ==, n_resolved);
  g_assert_cmpint (acts_test_count (test, "SELECT count (resolves) FROM outbox"), ==, n_resolved);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM changeset WHERE act = 'resolve-conflict'"), ==,
                   n_resolved);
}

static void
play (GRand        *random,
      unsigned int *n_cut)
{
  g_autofree char *folder = g_dir_make_tmp ("forlop-kill-XXXXXX", NULL);
  char id[FORLOP_ID_LENGTH + 1] = { 0 };
  g_autofree char *end = NULL;
  ActsTest *test;
  int ends[2], status;
  gint64 n_said = 0, n_resolved;
  pid_t child;

  g_assert_cmpint (pipe (ends), ==, 0);
  end = g_strdup_printf ("%d", ends[1]);
  child = fork ();
  if (child == 0)
    {
      execl ("/proc/self/exe", "test-kill-conflict", "--child", folder, end, NULL);
      _exit (127);
    }
  close (ends[1]);
  g_assert_cmpint (read (ends[0], id, FORLOP_ID_LENGTH), ==, FORLOP_ID_LENGTH);
  g_usleep ((gulong) g_rand_int_range (random, 0, 60000));
  kill (child, SIGKILL);
  while (read (ends[0], id, FORLOP_ID_LENGTH) == FORLOP_ID_LENGTH)
    n_said++;
  close (ends[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));

  test = acts_test_open_in (folder, DAY);
  n_resolved = acts_test_count (test, "SELECT count (*) FROM conflict WHERE status = 'resolved'");
  g_assert_cmpint (n_resolved, >=, n_said);
  g_assert_cmpint (n_resolved, <=, n_said + 1);
  assert_whole (test, n_resolved);
  *n_cut += n_resolved > 0 && n_resolved < N_CONFLICTS;
  acts_test_free (test);
}

static void
test_no_choice_is_lost_or_made_twice (void)
{
  guint32 seed = g_random_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  unsigned int n_cut = 0;

  g_test_message ("seed %u", seed);
  for (unsigned int round = 0; round < ROUNDS; round++)
    play (random, &n_cut);
  g_test_message ("killed in the middle %u of %d times", n_cut, ROUNDS);
  g_assert_cmpuint (n_cut, >, 0);
}

static void
test_second_choice_is_refused (void)
{
  g_autofree char *folder = g_dir_make_tmp ("forlop-kill-XXXXXX", NULL);
  ActsTest *test = make_conflicts (folder);
  g_autoptr (GPtrArray) open = acts_test_list (test, "conflict", "status", "open");
  const char *id = forlop_record_get_id (g_ptr_array_index (open, 0));

  resolve (test, id);
  acts_test_refused (test, test->nurse, "resolve-conflict", FORLOP_ERROR_ALREADY, "already resolved",
                     "{\"conflict_id\":\"%s\",\"resolution\":\"mine\"}", id);
  assert_whole (test, 1);
  acts_test_free (test);
}

int
main (int    argc,
      char **argv)
{
  dex_init ();
  if (argc == 4 && g_str_equal (argv[1], "--child"))
    return be_child (argv);

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/acts/no-choice-is-lost-or-made-twice-by-kill", test_no_choice_is_lost_or_made_twice);
  g_test_add_func ("/acts/second-choice-is-refused", test_second_choice_is_refused);

  return g_test_run ();
}
