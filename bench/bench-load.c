/* SPDX-License-Identifier: EUPL-1.2 */

/* A thousand clients of one server process for a minute: each has its poke stream open, makes one change
 * a minute, and asks for what is new when it is poked. They are played by one thread on raw sockets, so
 * that the machine is the server's. FORLOP_BENCH_CLIENTS and FORLOP_BENCH_SECONDS change the numbers. */

#include <errno.h>
#include <libdex.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>

#include "bench-http.h"
#include "bench-server.h"
#include "forlop-http-transport.h"
#include "forlop-json.h"

#define CLIENTS 1000
#define SECONDS 60
#define CHANGE_EVERY 60.0
#define SETTLE_SECONDS 2
#define EVENTS 256
#define LIMIT 1000

typedef enum { NOTHING, PUSH, PULL, N_KINDS } Kind;

typedef struct {
  struct _Load *load;
  BenchDevice *device;
  int stream;
  int requests;
  GString *stream_text;
  GString *answer;
  Kind asked;
  double asked_at;
  double change_at;
  gint64 pos;
  gint64 poked;
  char *hash;
} Client;

typedef struct _Load {
  BenchServer *server;
  int epoll;
  unsigned int n_clients;
  unsigned int n_connected;
  Client *clients;
  GArray *times[N_KINDS]; /* of double: milliseconds */
  GArray *pokes;          /* of double: milliseconds from the answer to the push */
  GHashTable *told_at;    /* head → double */
  double measured_from; /* what is asked after that counts */
  unsigned int n_failed;
} Load;

static unsigned int
number (const char   *name,
        unsigned int  standard)
{
  const char *text = g_getenv (name);

  return text != NULL ? (unsigned int) strtoul (text, NULL, 10) : standard;
}

static int
open_socket (Load   *load,
             Client *client,
             guint64 which)
{
  struct epoll_event event = { .events = EPOLLIN };
  int fd = bench_http_connect (load->server->address);

  event.data.u64 = (guint64) (client - load->clients) * 2 + which;
  if (epoll_ctl (load->epoll, EPOLL_CTL_ADD, fd, &event) != 0)
    g_error ("the benchmark cannot go on: %s", g_strerror (errno));

  return fd;
}

static void
ask (Client     *self,
     Kind        kind,
     const char *path,
     const char *body)
{
  g_autofree char *text = bench_http_make_request ("POST", path, self->device->token, body);

  self->asked = kind;
  self->asked_at = bench_now ();
  bench_http_send (self->requests, text);
}

static void
ask_pull (Client *self)
{
  g_autofree char *body = g_strdup_printf (
    "{\"epoch\":\"%s\",\"schema\":1,\"pos\":%" G_GINT64_FORMAT ",\"hash\":\"%s\",\"limit\":%u}",
    self->load->server->epoch, self->pos, self->hash != NULL ? self->hash : "", LIMIT);

  ask (self, PULL, "/v1/sync/pull", body);
}

static void
ask_push (Client *self)
{
  g_autofree char *body = bench_make_push (self->load->server, self->device, 1);

  self->change_at += CHANGE_EVERY;
  ask (self, PUSH, "/v1/sync/push", body);
}

static void
take_answer (Client     *self,
             const char *body)
{
  g_autoptr (yyjson_doc) doc = forlop_json_parse (body, -1, NULL);
  yyjson_val *root = yyjson_doc_get_root (doc);
  double now = bench_now (), ms = (now - self->asked_at) * 1000;
  Load *load = self->load;

  if (self->asked_at >= load->measured_from)
    g_array_append_val (load->times[self->asked], ms);
  if (self->asked == PUSH)
    {
      gint64 head = yyjson_get_sint (yyjson_obj_get (root, "head"));

      g_hash_table_insert (load->told_at, g_memdup2 (&head, sizeof head), g_memdup2 (&now, sizeof now));
    }
  else
    {
      self->pos = yyjson_get_sint (yyjson_obj_get (root, "pos"));
      g_set_str (&self->hash, yyjson_get_str (yyjson_obj_get (root, "hash")));
      if (!yyjson_get_bool (yyjson_obj_get (root, "complete")))
        self->poked = MAX (self->poked, self->pos + 1);
    }
  self->asked = NOTHING;
}

static void
read_answer (Client *self)
{
  const char *body = bench_http_find_body (self->answer);

  if (body == NULL)
    return;
  if (!g_str_has_prefix (self->answer->str, "HTTP/1.1 200"))
    {
      self->load->n_failed++;
      g_printerr ("%s\n", self->answer->str);
      self->asked = NOTHING;
    }
  else
    {
      take_answer (self, body);
    }
  g_string_truncate (self->answer, 0);
}

static void
go_on (Client *self)
{
  if (self->asked != NOTHING)
    return;
  if (bench_now () >= self->change_at)
    ask_push (self);
  else if (self->poked > self->pos)
    ask_pull (self);
}

static void
read_pokes (Client *self)
{
  char *at, *end;
  double now = bench_now ();

  while ((at = strstr (self->stream_text->str, "data: ")) != NULL &&
         (end = strchr (at, '\n')) != NULL)
    {
      gint64 head = g_ascii_strtoll (at + strlen ("data: "), NULL, 10);
      const double *told = g_hash_table_lookup (self->load->told_at, &head);

      if (told != NULL && *told >= self->load->measured_from)
        {
          double ms = (now - *told) * 1000;

          g_array_append_val (self->load->pokes, ms);
        }
      self->poked = MAX (self->poked, head);
      g_string_erase (self->stream_text, 0, end - self->stream_text->str);
    }
}

static void
run_until (Load   *load,
           double  until)
{
  struct epoll_event events[EVENTS];

  while (bench_now () < until)
    {
      int n = epoll_wait (load->epoll, events, EVENTS, 5);

      for (int i = 0; i < n; i++)
        {
          Client *client = &load->clients[events[i].data.u64 / 2];

          if (events[i].data.u64 % 2 == 0)
            {
              bench_http_receive (client->stream, client->stream_text);
              read_pokes (client);
            }
          else
            {
              bench_http_receive (client->requests, client->answer);
              read_answer (client);
            }
        }
      for (unsigned int i = 0; i < load->n_connected; i++)
        go_on (&load->clients[i]);
    }
}

static void
connect_all (Load *load)
{
  double start;

  load->clients = g_new0 (Client, load->n_clients);
  for (unsigned int i = 0; i < load->n_clients; i++)
    {
      Client *client = &load->clients[i];
      g_autofree char *text = NULL;

      client->load = load;
      client->device = g_ptr_array_index (load->server->devices, i);
      client->stream_text = g_string_new (NULL);
      client->answer = g_string_new (NULL);
      client->change_at = G_MAXDOUBLE;
      client->stream = open_socket (load, client, 0);
      client->requests = open_socket (load, client, 1);
      text = bench_http_make_request ("GET", "/v1/sync/events", client->device->token, NULL);
      bench_http_send (client->stream, text);
      load->n_connected++;
      if (i % 50 == 0)
        run_until (load, bench_now () + 0.02);
    }
  /* A connection may have had to wait for a second try, and everybody with it. */
  start = bench_now () + SETTLE_SECONDS;
  for (unsigned int i = 0; i < load->n_clients; i++)
    load->clients[i].change_at = start + CHANGE_EVERY * i / load->n_clients;
  run_until (load, start);
}

static double
share (GArray *values,
       double  part)
{
  return values->len > 0 ? g_array_index (values, double, MIN ((unsigned int) (part * values->len), values->len - 1))
                         : 0;
}

static int
compare (const void *a,
         const void *b)
{
  const double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static void
print_times (const char *what,
             GArray     *values)
{
  g_array_sort (values, compare);
  printf ("%-44s %6u   p50 %7.1f ms   p95 %7.1f ms   p99 %7.1f ms\n", what, values->len, share (values, 0.5),
          share (values, 0.95), share (values, 0.99));
}

static void
allow_sockets (unsigned int n)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return;
  limit.rlim_cur = limit.rlim_max;
  if (limit.rlim_max < n || setrlimit (RLIMIT_NOFILE, &limit) != 0)
    g_error ("this needs %u open files, and the system allows %lu", n, (unsigned long) limit.rlim_max);
}

int
main (void)
{
  Load load = { .n_clients = number ("FORLOP_BENCH_CLIENTS", CLIENTS), .measured_from = G_MAXDOUBLE };
  unsigned int seconds = number ("FORLOP_BENCH_SECONDS", SECONDS);
  g_autoptr (BenchServer) server = NULL;
  gint64 empty;

  forlop_http_transport_init ();
  dex_init ();
  allow_sockets (2 * load.n_clients + 100);
  load.server = server = bench_server_new (load.n_clients);
  bench_server_start (server);
  load.epoll = epoll_create1 (EPOLL_CLOEXEC);
  load.told_at = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  load.pokes = g_array_new (FALSE, FALSE, sizeof (double));
  for (unsigned int i = 0; i < N_KINDS; i++)
    load.times[i] = g_array_new (FALSE, FALSE, sizeof (double));
  empty = bench_server_get_memory (server, FALSE);
  connect_all (&load);
  load.measured_from = bench_now ();
  run_until (&load, bench_now () + seconds);

  printf ("%u clients for %u s, one change a minute each; %u requests failed\n", load.n_clients, seconds,
          load.n_failed);
  print_times ("a change, until it is durable", load.times[PUSH]);
  print_times ("asking for what is new", load.times[PULL]);
  print_times ("from the answer to a change to another's poke", load.pokes);
  printf ("resident memory of the server: %.0f MB, at most %.0f MB; %.0f MB before the first client (aim 64 MB)\n",
          (double) bench_server_get_memory (server, FALSE) / 1024,
          (double) bench_server_get_memory (server, TRUE) / 1024, (double) empty / 1024);

  return load.n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
