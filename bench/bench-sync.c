/* SPDX-License-Identifier: EUPL-1.2 */

/* First sync, bulk push and single changes, beside express-pouchdb and pouchdb in the same run. */

#include <libdex.h>
#include <stdio.h>
#include <string.h>

#include "bench-client.h"
#include "bench-http.h"
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

static void
free_requests (GPtrArray **requests)
{
  for (unsigned int i = 0; i < CONNECTIONS; i++)
    g_ptr_array_unref (requests[i]);
}

/* Made in the order in which they are sent, about: ids ascend with the time at which a record is made. */
static double
time_singles (BenchServer *server)
{
  GPtrArray *requests[CONNECTIONS];
  double seconds;

  for (unsigned int i = 0; i < CONNECTIONS; i++)
    requests[i] = g_ptr_array_new_with_free_func (g_free);
  for (unsigned int i = 0; i < SINGLES; i++)
    {
      unsigned int n = i % CONNECTIONS, turn = i / CONNECTIONS % DEVICES_PER_CONNECTION;
      BenchDevice *device =
        g_ptr_array_index (server->devices, FIRST_SINGLE + n * DEVICES_PER_CONNECTION + turn);
      g_autofree char *body = bench_make_push (server, device, 1);

      g_ptr_array_add (requests[n], bench_http_make_request ("POST", "/v1/sync/push", device->token, body));
    }
  seconds = bench_http_drive (server->address, requests, CONNECTIONS, "200", "\"applied\"");
  free_requests (requests);

  return seconds;
}

static double
time_reference_singles (unsigned int port)
{
  GPtrArray *requests[CONNECTIONS];
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u", port);
  double seconds;

  for (unsigned int i = 0; i < CONNECTIONS; i++)
    requests[i] = g_ptr_array_new_with_free_func (g_free);
  for (unsigned int i = 0; i < SINGLES; i++)
    {
      g_autofree char *id = g_uuid_string_random ();
      g_autofree char *unit_id = g_uuid_string_random ();
      g_autofree char *path = g_strconcat ("/records/", id, NULL);
      g_autofree char *body = g_strdup_printf (
        "{\"_id\":\"%s\",\"type\":\"task\",\"unit_id\":\"%s\",\"role\":\"resource_person\","
        "\"kind\":\"general\",\"title\":\"Ring lageret\",\"status\":\"open\"}", id, unit_id);

      g_ptr_array_add (requests[i % CONNECTIONS], bench_http_make_request ("PUT", path, NULL, body));
    }
  seconds = bench_http_drive (address, requests, CONNECTIONS, "201", "\"ok\"");
  free_requests (requests);

  return seconds;
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

static GSubprocess *
start_reference (const char *tools,
                 const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *records = g_strdup_printf ("%u", RECORDS);
  g_autofree char *singles = g_strdup_printf ("%u", SINGLES);
  GSubprocess *process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "node",
                      g_getenv ("FORLOP_BENCH_REFERENCE"), tools, folder, records, singles, NULL);

  if (process == NULL)
    g_error ("%s", error->message);

  return process;
}

static yyjson_doc *
read_figures (GDataInputStream *output)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  yyjson_doc *doc = line != NULL ? forlop_json_parse (line, -1, &error) : NULL;

  if (doc == NULL)
    g_error ("the reference did not come to its end: %s", error != NULL ? error->message : "it said nothing");

  return doc;
}

/* Leaves the figures at nothing when it is not installed. */
static void
measure_reference (Figures *figures)
{
  g_autofree char *folder = NULL;
  g_autofree char *command = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (yyjson_doc) first = NULL;
  g_autoptr (yyjson_doc) last = NULL;
  const char *tools = g_getenv ("FORLOP_BENCH_TOOLS");
  yyjson_val *root;

  if (tools == NULL)
    {
      printf ("The reference is not installed (build-aux/test-tools --bench), so there is no ratio.\n");
      return;
    }
  folder = g_dir_make_tmp ("forlop-bench-XXXXXX", NULL);
  process = start_reference (tools, folder);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  first = read_figures (output);
  root = yyjson_doc_get_root (first);
  figures->push = yyjson_get_num (yyjson_obj_get (root, "push"));
  figures->pull = yyjson_get_num (yyjson_obj_get (root, "pull"));
  figures->singles = time_reference_singles ((unsigned int) yyjson_get_uint (yyjson_obj_get (root, "port")));
  g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, NULL);
  last = read_figures (output);
  figures->memory = yyjson_get_num (yyjson_obj_get (yyjson_doc_get_root (last), "memory"));
  g_subprocess_wait (process, NULL, NULL);

  command = g_strdup_printf ("rm -rf '%s'", folder);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
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
