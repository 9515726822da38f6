/* SPDX-License-Identifier: EUPL-1.2 */

/* From the POST of a red reading by another system to the board that has it: the shipped server as a process of its
 * own, and a machine with the shipped parts that hears the poke, fetches, judges its lists anew and reads the board.
 * What the window paints after that is in bench-board. */

#include <libdex.h>
#include <stdio.h>
#include <string.h>

#include "bench-client.h"
#include "follow-up-test-util.h"
#include "forlop-board-store.h"
#include "forlop-id-number.h"
#include "forlop-poke-listener.h"

#define CITIZENS 200
#define READINGS 12
#define WAIT_US (10 * G_USEC_PER_SEC)

static char *numbers[CITIZENS];

static void
add_citizens (ActsTest *acts)
{
  for (unsigned int i = 0; i < CITIZENS; i++)
    {
      ForlopDate born;

      g_assert_true (forlop_date_from_ymd (1940, 1, 1, &born));
      numbers[i] = forlop_id_number_compose (born + (ForlopDate) i, 'f', i);
      g_free (follow_up_start_for (acts, numbers[i], "Liv", "Haug", "2026-03-20"));
    }
}

typedef struct {
  GInputStream *stream;
  GAsyncQueue *heads;
} Listening;

static void
poked_cb (gint64   head,
          gpointer user_data)
{
  g_async_queue_push (user_data, GSIZE_TO_POINTER ((gsize) head + 1));
}

static gpointer
listen_thread (gpointer user_data)
{
  Listening *self = user_data;

  forlop_poke_listener_read (self->stream, NULL, poked_cb, self->heads);

  return NULL;
}

static void
post_red (ForlopHttpTransport *transport,
          const char          *token,
          unsigned int         citizen)
{
  g_autofree char *body = g_strdup_printf (
    "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":\"http://loinc.org\","
    "\"code\":\"2708-6\"}]},\"subject\":{\"identifier\":{\"system\":\"urn:oid:2.16.578.1.12.4.1.4.1\",\"value\":\"%s\"}},"
    "\"effectiveDateTime\":\"2026-03-20T08:00:00+01:00\",\"valueQuantity\":{\"value\":86,\"code\":\"%%\"}}",
    numbers[citizen]);
  g_auto (ForlopHttpAnswer) answer = { 0 };
  g_autoptr (GError) error = NULL;

  forlop_http_transport_send (transport, "POST", "/fhir/Observation", token, body, &answer, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (answer.status, ==, 201);
}

static unsigned int
count_reds (BenchClient *client)
{
  const ForlopBoardQuery query = { NULL, g_get_real_time () / 1000, 40 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopBoard) board = forlop_board_load (client->connection, &query, &error);

  g_assert_no_error (error);

  return board->counts[FORLOP_BOARD_RED];
}

/* Seconds until the board has one red more. */
static double
read_once (BenchClient         *client,
           ForlopHttpTransport *sender,
           const char          *token,
           GAsyncQueue         *heads,
           unsigned int         n)
{
  double start = bench_now ();

  post_red (sender, token, n);
  while (count_reds (client) <= n)
    {
      gpointer head = g_async_queue_timeout_pop (heads, WAIT_US);

      g_assert_nonnull (head);
      forlop_sync_client_poke (client->client, (gint64) GPOINTER_TO_SIZE (head) - 1);
      bench_client_sync (client);
    }

  return bench_now () - start;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (BenchServer) server = NULL;
  g_autoptr (BenchClient) client = NULL;
  g_autoptr (ForlopHttpTransport) sender = NULL;
  g_autoptr (ForlopHttpTransport) poked = NULL;
  g_autoptr (GAsyncQueue) heads = g_async_queue_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  Listening listening = { .heads = heads };
  double seconds[READINGS];
  double longest = 0;
  unsigned int status;

  g_test_init (&argc, &argv, NULL);
  dex_init ();
  server = bench_server_new_filled (1, add_citizens);
  token = bench_server_add_system (server, "Heim", FALSE);
  bench_server_start (server);
  client = bench_client_new (server, 0);
  bench_client_sync (client);
  sender = bench_transport_new (server);
  poked = bench_transport_new (server);
  listening.stream = forlop_http_transport_open (poked, "/v1/sync/events", client->device->token, &status, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (status, ==, 200);
  g_thread_unref (g_thread_new ("poked", listen_thread, &listening));

  for (unsigned int i = 0; i < READINGS; i++)
    {
      seconds[i] = read_once (client, sender, token, heads, i);
      longest = MAX (longest, seconds[i]);
    }
  printf ("From POST to the board of %d citizens: %.0f ms in the middle, %.0f ms at most, of %d\n", CITIZENS,
          1000 * bench_median (seconds, READINGS), 1000 * longest, READINGS);
  fflush (stdout);
  /* The stream has no end of its own. */
  g_subprocess_force_exit (server->process);

  return 0;
}
