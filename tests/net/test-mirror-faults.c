/* SPDX-License-Identifier: EUPL-1.2 */

#include <string.h>

#include "forlop-fault-vfs.h"
#include "mirror-test-util.h"

#define CANARY "kanarifuglen"
#define MAX_ROUNDS 60

/* A server with a fixed story: citizen 1 is taken away, 2 gets another name, 3 is granted, and the
 * device's own note stands at 11. Asked again it says the same again. */
static char *
dup_pull_reply (MirrorTest *test,
                gint64      from,
                const char *op_id)
{
  g_autofree char *renamed = mirror_test_citizen (2, 5, 5, "Dahl");
  g_autofree char *revoked = mirror_test_grant (1, 1, FALSE);
  g_autofree char *granted = mirror_test_grant (3, 1, TRUE);

  if (from == 3)
    return g_strdup_printf ("{\"epoch\":\"%s\",\"pos\":5,\"hash\":\"0000000000000005\",\"head\":12,"
                            "\"complete\":false,\"safe_seq\":0,\"rows\":[%s]%s}",
                            test->epoch, renamed, revoked);
  if (from == 5)
    return g_strdup_printf ("{\"epoch\":\"%s\",\"pos\":12,\"hash\":\"0000000000000012\",\"head\":12,"
                            "\"complete\":true,\"safe_seq\":0,\"rows\":[{\"type\":\"note\",\"id\":\"%s\","
                            "\"scope\":\"c:%s\",\"seq\":11,\"vtag\":\"%s\",\"body\":{\"citizen_id\":\"%s\","
                            "\"text\":\"Mitt\"}}]%s}",
                            test->epoch, mirror_test_id ('e', 2), mirror_test_id ('c', 2), op_id,
                            mirror_test_id ('c', 2), granted);

  g_assert_cmpint (from, ==, 12);
  return g_strdup_printf ("{\"epoch\":\"%s\",\"pos\":12,\"hash\":\"0000000000000012\",\"head\":12,"
                          "\"complete\":true,\"safe_seq\":0,\"rows\":[]}", test->epoch);
}

static char *
dup_reply (MirrorTest              *test,
           const ForlopSyncRequest *request,
           const char              *op_id)
{
  g_autofree char *now = forlop_instant_to_iso (test->now);
  g_autofree char *citizen = mirror_test_citizen (3, 9, 9, "Lie");

  switch (request->kind)
    {
    case FORLOP_SYNC_REQUEST_HELLO:
      return g_strdup_printf ("{\"epoch\":\"%s\",\"head\":12,\"lease_hours\":72,\"server_time\":\"%s\"}",
                              test->epoch, now);
    case FORLOP_SYNC_REQUEST_PUSH:
      return g_strdup_printf ("{\"epoch\":\"%s\",\"head\":12,\"results\":[{\"op_no\":1,\"op_id\":\"%s\","
                              "\"status\":\"applied\",\"seq\":11}]}", test->epoch, op_id);
    case FORLOP_SYNC_REQUEST_PULL:
      return dup_pull_reply (test, request->from, op_id);
    case FORLOP_SYNC_REQUEST_SCOPE:
      return g_strdup_printf ("{\"epoch\":\"%s\",\"gen\":1,\"head\":12,\"rows\":[%s]}", test->epoch,
                              citizen);
    case FORLOP_SYNC_REQUEST_ACK:
      return g_strdup ("{}");
    case FORLOP_SYNC_REQUEST_PROOF:
    case FORLOP_SYNC_REQUEST_ASK:
    case FORLOP_SYNC_REQUEST_PUT:
    case FORLOP_SYNC_REQUEST_GET:
    default:
      g_assert_not_reached ();
    }
}

/* Nothing that is shown is half a turn. */
static void
assert_one_instant (MirrorTest *test)
{
  g_autoptr (ForlopRecord) first = mirror_test_load (test, "citizen", mirror_test_id ('c', 1));

  mirror_test_named (test, 2, first != NULL ? "Nilsen" : "Dahl");
  mirror_test_noted (test, 2, "Mitt");
}

/* Returns whether anything failed. What fails is a crash: only the file is left. */
static gboolean
play (MirrorTest *test,
      const char *op_id)
{
  gboolean has_failed = FALSE;

  for (unsigned int round = 0; round < MAX_ROUNDS; round++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ForlopSyncRequest) request =
        forlop_sync_client_next (test->client, test->now, &error);
      g_autofree char *reply = request != NULL ? dup_reply (test, request, op_id) : NULL;
      const ForlopSyncAnswer answer = { .status = 200, .text = reply };

      if (request == NULL && error == NULL)
        return has_failed;
      if (error == NULL)
        forlop_sync_client_take (test->client, request, &answer, test->now, &error);
      if (error != NULL)
        {
          has_failed = TRUE;
          forlop_fault_vfs_reset ();
          mirror_test_reopen (test);
        }
      assert_one_instant (test);
    }

  g_assert_not_reached ();
}

static gboolean
play_with_fault (ForlopFaultKind kind,
                 unsigned int    n)
{
  g_autoptr (MirrorTest) test = mirror_test_new ();
  g_autofree char *first = mirror_test_citizen (1, 1, 1, CANARY);
  g_autofree char *second = mirror_test_citizen (2, 2, 2, "Nilsen");
  g_autofree char *rows = g_strjoin (",", first, second, NULL);
  g_autofree char *grants = g_strdup_printf (
    ",\"grants\":[{\"scope\":\"c:%s\",\"gen\":1,\"active\":true},{\"scope\":\"c:%s\",\"gen\":1,\"active\":true}]",
    mirror_test_id ('c', 1), mirror_test_id ('c', 2));
  g_autofree char *op_id = NULL;
  gboolean has_failed;

  mirror_test_hello (test, 0);
  mirror_test_page (test, 3, rows, grants);
  op_id = mirror_test_write (test, 2, 2, "Mitt");
  mirror_test_reopen (test);

  forlop_fault_vfs_reset ();
  forlop_fault_vfs_fail (FORLOP_FAULT_WRITE | FORLOP_FAULT_SYNC | FORLOP_FAULT_TRUNCATE, n, kind, TRUE);
  has_failed = play (test, op_id);
  forlop_fault_vfs_reset ();

  mirror_test_named (test, 1, NULL);
  mirror_test_named (test, 2, "Dahl");
  mirror_test_named (test, 3, "Lie");
  mirror_test_noted (test, 2, "Mitt");
  g_assert_false (mirror_test_contains (test, CANARY));
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM outbox WHERE state = 'retained'"), ==, 1);
  g_assert_cmpint (mirror_test_count (test, "SELECT count (*) FROM stage"), ==, 0);

  return has_failed;
}

static void
test_every_write (gconstpointer data)
{
  const ForlopFaultKind kind = (ForlopFaultKind) GPOINTER_TO_INT (data);
  unsigned int n = 1;

  while (play_with_fault (kind, n))
    n++;
  g_test_message ("%u writes failed in turn", n - 1);
  g_assert_cmpuint (n, >, 20);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  forlop_fault_vfs_install ();

  g_test_add_data_func ("/mirror-faults/every-write-may-be-the-last",
                        GINT_TO_POINTER (FORLOP_FAULT_IO), test_every_write);
  g_test_add_data_func ("/mirror-faults/the-disk-may-be-full-at-every-write",
                        GINT_TO_POINTER (FORLOP_FAULT_FULL), test_every_write);

  return g_test_run ();
}
