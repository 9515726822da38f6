/* SPDX-License-Identifier: EUPL-1.2 */

/* What it costs to ask for the newest 100 changes, with a million in the log and with ten thousand: the
 * shipped server over HTTP, both in the same run, one after the other. FORLOP_BENCH_SCALE makes the logs
 * smaller, such as 0.01, to try it out. */

#include <libdex.h>
#include <stdio.h>
#include <string.h>

#include "bench-client.h"
#include "forlop-json.h"

#define LARGE 1000000
#define SMALL 10000
#define CHANGES 100
#define ROUNDS 400

typedef struct {
  BenchServer *server;
  ForlopHttpTransport *transport;
  const BenchDevice *device;
  char *body;
  double times[ROUNDS];
} Side;

static void
ask (Side        *self,
     const char  *path,
     const char  *body,
     yyjson_doc **doc)
{
  g_autoptr (GError) error = NULL;
  g_auto (ForlopHttpAnswer) answer = { 0 };

  /* One device may ask ten times a second; a municipality has many. */
  self->device = g_ptr_array_index (self->server->devices, 1 + (unsigned int) g_random_int () %
                                    (self->server->devices->len - 1));
  if (!forlop_http_transport_send (self->transport, body != NULL ? "POST" : "GET", path, self->device->token, body,
                                   &answer, NULL, &error) ||
      answer.status != 200)
    g_error ("the benchmark cannot go on: %u %s", answer.status, error != NULL ? error->message : answer.text);
  *doc = forlop_json_parse (answer.text, -1, NULL);
}

/* The hash at a position is told by a pull that ends there: the mirror was there, and then 100 changes
 * were made. */
static void
prepare (Side         *self,
         unsigned int  n_changes)
{
  g_autoptr (yyjson_doc) hello = NULL;
  g_autofree char *hash = NULL;
  gint64 pos;

  self->server = bench_server_new (101);
  bench_server_fill (self->server, n_changes);
  hash = bench_server_get_hash (self->server, &pos);
  bench_server_fill (self->server, CHANGES);
  bench_server_start (self->server);
  self->transport = bench_transport_new (self->server);
  self->body = g_strdup_printf ("{\"epoch\":\"%s\",\"schema\":1,\"pos\":%" G_GINT64_FORMAT
                                ",\"hash\":\"%s\",\"limit\":1000}", self->server->epoch, pos, hash);
  ask (self, "/v1/sync/hello", NULL, &hello);
}

static void
pull (Side         *self,
      unsigned int  round)
{
  g_autoptr (yyjson_doc) doc = NULL;
  double start = bench_now ();

  ask (self, "/v1/sync/pull", self->body, &doc);
  self->times[round] = bench_now () - start;
  if (yyjson_arr_size (yyjson_obj_get (yyjson_doc_get_root (doc), "rows")) != CHANGES)
    g_error ("not the newest %u changes have come", CHANGES);
}

static void
side_clear (Side *self)
{
  forlop_http_transport_free (self->transport);
  bench_server_free (self->server);
  g_free (self->body);
}

int
main (void)
{
  const char *text = g_getenv ("FORLOP_BENCH_SCALE");
  double scale = text != NULL ? g_ascii_strtod (text, NULL) : 1;
  Side small = { 0 }, large = { 0 };
  double few, many, start = bench_now ();

  forlop_http_transport_init ();
  dex_init ();
  prepare (&small, (unsigned int) (SMALL * scale));
  prepare (&large, (unsigned int) (LARGE * scale));
  printf ("both logs made in %.0f s\n", bench_now () - start);
  for (unsigned int i = 0; i < ROUNDS; i++)
    {
      pull (&small, i);
      pull (&large, i);
    }
  few = bench_median (small.times, ROUNDS);
  many = bench_median (large.times, ROUNDS);
  printf ("asking for the newest %u changes, median of %u: %.2f ms of %.0f changes, %.2f ms of %.0f: %.2f times "
          "(aim 1.2)\n", CHANGES, ROUNDS, few * 1000, SMALL * scale, many * 1000, LARGE * scale, many / few);
  side_clear (&small);
  side_clear (&large);

  return EXIT_SUCCESS;
}
