/* SPDX-License-Identifier: EUPL-1.2 */

/* Poke streams over a pair of sockets, without HTTP: what is sent, what waits, and when one is let go. */

#include "forlop-http-streams.h"

#include <string.h>
#include <sys/socket.h>

#define NEVER_MS (3600 * 1000)
#define HEADER "HTTP/1.1 200 OK\r\n\r\n"
#define AT_MOST_US (10 * G_USEC_PER_SEC)
/* More than two sockets hold between them. */
#define TOO_MUCH (4 * 1024 * 1024)

typedef struct {
  ForlopHttpStreams *streams;
  ForlopTenant tenant;
  GSocket *other_side;
  GString *seen;
} StreamTest;

static void
stream_test_begin (StreamTest *self,
                   const char *header,
                   gboolean    is_chunked)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = NULL;
  int fds[2];

  *self = (StreamTest) { .streams = forlop_http_streams_new (NEVER_MS), .tenant = { .name = (char *) "skien" } };
  self->seen = g_string_new (NULL);
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), ==, 0);
  socket = g_socket_new_from_fd (fds[0], &error);
  g_assert_no_error (error);
  self->other_side = g_socket_new_from_fd (fds[1], &error);
  g_assert_no_error (error);
  g_socket_set_blocking (self->other_side, FALSE);
  forlop_http_streams_add (self->streams, G_IO_STREAM (g_socket_connection_factory_create_connection (socket)),
                           socket, header, is_chunked, &self->tenant, "session", 7);
}

static void
stream_test_end (StreamTest *self)
{
  forlop_http_streams_free (self->streams);
  g_object_unref (self->other_side);
  g_string_free (self->seen, TRUE);
}

/* Reads what has come. FALSE when the stream has ended. */
static gboolean
read_some (StreamTest *self)
{
  char buffer[65536];
  gssize n;

  while ((n = g_socket_receive (self->other_side, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_string_append_len (self->seen, buffer, n);

  return n < 0;
}

/* Turns the loop until the other side has read @end, or, without it, until the stream has ended. */
static void
read_until (StreamTest *self,
            const char *end)
{
  gint64 deadline = g_get_monotonic_time () + AT_MOST_US;

  while (read_some (self) && (end == NULL || !g_str_has_suffix (self->seen->str, end)))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_true (end == NULL || g_str_has_suffix (self->seen->str, end));
}

static void
wait_until_let_go (StreamTest *self)
{
  gint64 deadline = g_get_monotonic_time () + AT_MOST_US;

  while (forlop_http_streams_count (self->streams) > 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, FALSE);
    }
}

static void
one_is_told_each_head_once (void)
{
  StreamTest test;

  stream_test_begin (&test, HEADER, TRUE);
  read_until (&test, "data: 7\n\n\r\n");
  g_assert_cmpstr (test.seen->str, ==, HEADER "15\r\nevent: poke\ndata: 7\n\n\r\n");
  forlop_http_streams_poke (test.streams, &test.tenant, 7);
  forlop_http_streams_poke (test.streams, &test.tenant, 8);
  read_until (&test, "data: 8\n\n\r\n");
  g_assert_cmpstr (test.seen->str, ==, HEADER "15\r\nevent: poke\ndata: 7\n\n\r\n15\r\nevent: poke\ndata: 8\n\n\r\n");
  stream_test_end (&test);
}

static void
one_that_hangs_up_is_let_go (void)
{
  StreamTest test;

  stream_test_begin (&test, HEADER, TRUE);
  g_assert_cmpint (forlop_http_streams_count (test.streams), ==, 1);
  g_assert_true (g_socket_close (test.other_side, NULL));
  wait_until_let_go (&test);
  stream_test_end (&test);
}

static void
what_does_not_fit_waits_and_the_newest_head_comes_after_it (void)
{
  g_autofree char *header = g_strnfill (TOO_MUCH, 'a');
  StreamTest test;

  stream_test_begin (&test, header, TRUE);
  forlop_http_streams_poke (test.streams, &test.tenant, 8);
  read_until (&test, "data: 8\n\n\r\n");
  g_assert_cmpmem (test.seen->str, TOO_MUCH, header, TOO_MUCH);
  g_assert_null (strstr (test.seen->str, "data: 7"));
  stream_test_end (&test);
}

static void
one_that_is_full_and_gone_is_let_go (void)
{
  g_autofree char *header = g_strnfill (TOO_MUCH, 'a');
  StreamTest test;

  stream_test_begin (&test, header, TRUE);
  g_assert_true (g_socket_close (test.other_side, NULL));
  forlop_http_streams_poke (test.streams, &test.tenant, 8);
  wait_until_let_go (&test);
  stream_test_end (&test);
}

static void
an_end_is_told_and_then_the_connection_is_closed (void)
{
  StreamTest test;

  stream_test_begin (&test, HEADER, TRUE);
  forlop_http_streams_end (test.streams);
  read_until (&test, NULL);
  g_assert_true (g_str_has_suffix (test.seen->str, "data: 7\n\n\r\n0\r\n\r\n"));
  wait_until_let_go (&test);
  stream_test_end (&test);
}

static void
one_that_is_full_is_told_of_the_end_as_well (void)
{
  g_autofree char *header = g_strnfill (TOO_MUCH, 'a');
  StreamTest test;

  stream_test_begin (&test, header, TRUE);
  forlop_http_streams_end (test.streams);
  read_until (&test, NULL);
  g_assert_true (g_str_has_suffix (test.seen->str, "a0\r\n\r\n"));
  wait_until_let_go (&test);
  stream_test_end (&test);
}

static void
http_1_0_gets_no_chunks (void)
{
  StreamTest test;

  stream_test_begin (&test, HEADER, FALSE);
  forlop_http_streams_end (test.streams);
  read_until (&test, NULL);
  g_assert_cmpstr (test.seen->str, ==, HEADER "event: poke\ndata: 7\n\n");
  stream_test_end (&test);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/streams/one-is-told-each-head-once", one_is_told_each_head_once);
  g_test_add_func ("/streams/one-that-hangs-up-is-let-go", one_that_hangs_up_is_let_go);
  g_test_add_func ("/streams/what-does-not-fit-waits-and-the-newest-head-comes-after-it",
                   what_does_not_fit_waits_and_the_newest_head_comes_after_it);
  g_test_add_func ("/streams/one-that-is-full-and-gone-is-let-go", one_that_is_full_and_gone_is_let_go);
  g_test_add_func ("/streams/an-end-is-told-and-then-the-connection-is-closed",
                   an_end_is_told_and_then_the_connection_is_closed);
  g_test_add_func ("/streams/one-that-is-full-is-told-of-the-end-as-well",
                   one_that_is_full_is_told_of_the_end_as_well);
  g_test_add_func ("/streams/http-1-0-gets-no-chunks", http_1_0_gets_no_chunks);

  return g_test_run ();
}
