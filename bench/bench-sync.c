/* SPDX-License-Identifier: EUPL-1.2 */

/* First sync, bulk push and single changes, beside express-pouchdb and pouchdb in the same run. */

#include <libdex.h>
#include <stdio.h>
#include <string.h>

#include "bench-server.h"
#include "forlop-json.h"

#define ROUNDS 3
#define RECORDS 20000
#define RECORDS_PER_CHANGESET 100
#define SINGLES 2000
#define CONNECTIONS 16
/* Of so many machines: one may send 40 at once and ten a second after that. */
#define DEVICES_PER_CONNECTION 4
#define FIRST_SINGLE 2

typedef struct {
  double push;
  double pull;
  double singles;
  double memory;
} Figures;

typedef struct {
  BenchServer *server;
  unsigned int n;
  GPtrArray *bodies;
} Connection;

static gpointer
push_singles (gpointer user_data)
{
  Connection *self = user_data;
  g_autoptr (ForlopHttpTransport) transport = bench_transport_new (self->server);

  for (unsigned int i = 0; i < self->bodies->len; i++)
    {
      const BenchDevice *device =
        g_ptr_array_index (self->server->devices,
                           FIRST_SINGLE + self->n * DEVICES_PER_CONNECTION + i % DEVICES_PER_CONNECTION);
      g_auto (ForlopHttpAnswer) answer = { 0 };

      if (!forlop_http_transport_send (transport, "POST", "/v1/sync/push", device->token,
                                       g_ptr_array_index (self->bodies, i), &answer, NULL, NULL) ||
          answer.status != 200 || strstr (answer.text, "\"applied\"") == NULL)
        g_error ("a single change was not taken: %u %s", answer.status, answer.text);
    }

  return NULL;
}

static double
time_singles (BenchServer *server)
{
  Connection connections[CONNECTIONS];
  GThread *threads[CONNECTIONS];
  double start;

  for (unsigned int i = 0; i < CONNECTIONS; i++)
    {
      connections[i] = (Connection) { server, i, g_ptr_array_new_with_free_func (g_free) };
      for (unsigned int j = 0; j < SINGLES / CONNECTIONS; j++)
        g_ptr_array_add (connections[i].bodies,
                         bench_make_push (server,
                                          g_ptr_array_index (server->devices,
                                                             FIRST_SINGLE + i * DEVICES_PER_CONNECTION +
                                                               j % DEVICES_PER_CONNECTION),
                                          1));
    }
  start = bench_now ();
  for (unsigned int i = 0; i < CONNECTIONS; i++)
    threads[i] = g_thread_new ("connection", push_singles, &connections[i]);
  for (unsigned int i = 0; i < CONNECTIONS; i++)
    {
      g_thread_join (threads[i]);
      g_ptr_array_unref (connections[i].bodies);
    }

  return bench_now () - start;
}

static double
time_first_sync (BenchServer *server)
{
  g_autoptr (BenchClient) client = bench_client_new (server, 1);
  double start = bench_now (), seconds;

  bench_client_sync (client);
  seconds = bench_now () - start;
  if (bench_client_count (client, "SELECT count (*) FROM task") < RECORDS)
    g_error ("not everything has come");

  return seconds;
}

static double
time_push (BenchServer  *server,
           unsigned int  device,
           unsigned int  n_records)
{
  g_autoptr (BenchClient) client = bench_client_new (server, device);
  double start;

  bench_client_sync (client);
  bench_client_write_tasks (client, RECORDS / n_records, n_records);
  start = bench_now ();
  bench_client_send (client);

  return bench_now () - start;
}

/* A log of its own for each, so that one does not carry the other's weight. */
static void
measure (Figures *figures)
{
  g_autoptr (BenchServer) bulk = bench_server_new (FIRST_SINGLE);
  g_autoptr (BenchServer) single = bench_server_new (FIRST_SINGLE + CONNECTIONS * DEVICES_PER_CONNECTION);

  bench_server_start (bulk);
  figures->push = time_push (bulk, 0, RECORDS_PER_CHANGESET);
  figures->pull = time_first_sync (bulk);
  bench_server_start (single);
  figures->singles = time_singles (single);
  figures->memory = (double) bench_server_get_memory (bulk, FALSE);
}

/* Leaves the figures at nothing when it is not installed. */
static void
measure_reference (Figures *figures)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("forlop-bench-XXXXXX", &error);
  g_autofree char *records = g_strdup_printf ("%u", RECORDS);
  g_autofree char *singles = g_strdup_printf ("%u", SINGLES);
  g_autofree char *connections = g_strdup_printf ("%u", CONNECTIONS);
  g_autofree char *output = NULL;
  g_autofree char *command = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  const char *words[] = {
    "node", g_getenv ("FORLOP_BENCH_REFERENCE"), g_getenv ("FORLOP_BENCH_TOOLS"), folder, records, singles,
    connections, NULL
  };
  yyjson_val *root;

  if (words[2] == NULL)
    {
      printf ("The reference is not installed (build-aux/test-tools --bench), so there is no ratio.\n");
      return;
    }
  if (!g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, NULL, &error))
    g_error ("%s", error->message);
  command = g_strdup_printf ("rm -rf '%s'", folder);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  doc = forlop_json_parse (output, -1, &error);
  if (doc == NULL)
    g_error ("the reference did not come to its end: %s", output);
  root = yyjson_doc_get_root (doc);
  figures->push = yyjson_get_num (yyjson_obj_get (root, "push"));
  figures->pull = yyjson_get_num (yyjson_obj_get (root, "pull"));
  figures->singles = yyjson_get_num (yyjson_obj_get (root, "singles"));
  figures->memory = yyjson_get_num (yyjson_obj_get (root, "memory"));
}

static double
median_of (const Figures *rounds,
           gsize          offset)
{
  double values[ROUNDS];

  for (unsigned int i = 0; i < ROUNDS; i++)
    values[i] = *(const double *) ((const char *) &rounds[i] + offset);

  return bench_median (values, ROUNDS);
}

static void
print (const char    *what,
       const Figures *ours,
       const Figures *theirs,
       gsize          offset,
       const char    *aim)
{
  double our_median = median_of (ours, offset), their_median = median_of (theirs, offset);

  printf ("%-52s %6.2f s", what, our_median);
  if (their_median > 0)
    printf ("   reference %6.2f s   %5.1f times as fast", their_median, their_median / our_median);
  printf ("   %s\n", aim);
}

/* In turn, so that both meet the same machine. */
int
main (void)
{
  Figures ours[ROUNDS] = { 0 }, theirs[ROUNDS] = { 0 };

  forlop_http_transport_init ();
  dex_init ();
  for (unsigned int i = 0; i < ROUNDS; i++)
    {
      measure (&ours[i]);
      measure_reference (&theirs[i]);
    }
  printf ("medians of %u rounds\n", ROUNDS);
  print ("first sync of 20,000 records into an encrypted file", ours, theirs, G_STRUCT_OFFSET (Figures, pull), "aim 10");
  print ("pushing 20,000 records in bulk", ours, theirs, G_STRUCT_OFFSET (Figures, push), "aim 3");
  print ("2,000 single durable changes over 16 connections", ours, theirs, G_STRUCT_OFFSET (Figures, singles), "aim 10");
  printf ("resident memory of the server after the first two: %.0f MB, of the reference %.0f MB\n",
          median_of (ours, G_STRUCT_OFFSET (Figures, memory)) / 1024,
          median_of (theirs, G_STRUCT_OFFSET (Figures, memory)) / 1024);

  return EXIT_SUCCESS;
}
