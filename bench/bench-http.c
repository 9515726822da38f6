/* SPDX-License-Identifier: EUPL-1.2 */

#include "bench-http.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define CONTENT_LENGTH "\r\nContent-Length:"

int
bench_http_connect (const char *address)
{
  struct sockaddr_in at = { .sin_family = AF_INET };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int one = 1;

  at.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  at.sin_port = htons ((guint16) strtoul (strrchr (address, ':') + 1, NULL, 10));
  if (fd < 0 || connect (fd, (struct sockaddr *) &at, sizeof at) != 0 ||
      setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) != 0)
    g_error ("the benchmark cannot go on: %s", g_strerror (errno));

  return fd;
}

char *
bench_http_make_request (const char *method,
                         const char *path,
                         const char *token,
                         const char *body)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s %s HTTP/1.1\r\nHost: a\r\n", method, path);
  if (token != NULL)
    g_string_append_printf (text, "Authorization: Bearer %s\r\n", token);
  if (body != NULL)
    g_string_append_printf (text, "Content-Type: application/json\r\nContent-Length: %zu\r\n", strlen (body));
  g_string_append_printf (text, "\r\n%s", body != NULL ? body : "");

  return g_string_free (text, FALSE);
}

void
bench_http_send (int         fd,
                 const char *text)
{
  gsize length = strlen (text);

  if (send (fd, text, length, MSG_NOSIGNAL) != (gssize) length)
    g_error ("the benchmark cannot go on: %s", g_strerror (errno));
}

void
bench_http_receive (int      fd,
                    GString *into)
{
  char buffer[65536];
  gssize n = recv (fd, buffer, sizeof buffer, 0);

  if (n <= 0)
    g_error ("the server ended a connection: %s%s", n < 0 ? g_strerror (errno) : "", into->str);
  g_string_append_len (into, buffer, n);
}

const char *
bench_http_find_body (const GString *text)
{
  const char *end = strstr (text->str, "\r\n\r\n");
  const char *length = strcasestr (text->str, CONTENT_LENGTH);

  if (end == NULL || length == NULL)
    return NULL;

  return text->len >= (gsize) (end + 4 - text->str) + strtoul (length + strlen (CONTENT_LENGTH), NULL, 10)
           ? end + 4
           : NULL;
}

typedef struct {
  int fd;
  GPtrArray *requests;
  unsigned int n_sent;
  GString *answer;
} Connection;

static void
check_answer (const GString *answer,
              const char    *status,
              const char    *word)
{
  g_autofree char *begin = g_strconcat ("HTTP/1.1 ", status, NULL);

  if (!g_str_has_prefix (answer->str, begin) || strstr (answer->str, word) == NULL)
    g_error ("a request was not taken: %s", answer->str);
}

/* FALSE when there is no more to send. */
static gboolean
send_next (Connection *self)
{
  if (self->n_sent == self->requests->len)
    return FALSE;
  bench_http_send (self->fd, g_ptr_array_index (self->requests, self->n_sent++));

  return TRUE;
}

static unsigned int
begin (int          epoll,
       const char  *address,
       Connection  *connections,
       GPtrArray  **requests,
       unsigned int n)
{
  unsigned int n_open = 0;

  for (unsigned int i = 0; i < n; i++)
    {
      struct epoll_event event = { .events = EPOLLIN, .data.u32 = i };

      connections[i] = (Connection) { bench_http_connect (address), requests[i], 0, g_string_new (NULL) };
      if (epoll_ctl (epoll, EPOLL_CTL_ADD, connections[i].fd, &event) != 0)
        g_error ("the benchmark cannot go on: %s", g_strerror (errno));
      if (send_next (&connections[i]))
        n_open++;
    }

  return n_open;
}

double
bench_http_drive (const char    *address,
                  GPtrArray    **requests,
                  unsigned int   n_connections,
                  const char    *status,
                  const char    *word)
{
  g_autofree Connection *connections = g_new0 (Connection, n_connections);
  gint64 start = g_get_monotonic_time (), end;
  int epoll = epoll_create1 (EPOLL_CLOEXEC);
  unsigned int n_open = begin (epoll, address, connections, requests, n_connections);

  while (n_open > 0)
    {
      struct epoll_event events[64];
      int n = epoll_wait (epoll, events, G_N_ELEMENTS (events), -1);

      for (int i = 0; i < n; i++)
        {
          Connection *connection = &connections[events[i].data.u32];

          bench_http_receive (connection->fd, connection->answer);
          if (bench_http_find_body (connection->answer) == NULL)
            continue;
          check_answer (connection->answer, status, word);
          g_string_truncate (connection->answer, 0);
          if (!send_next (connection))
            n_open--;
        }
    }
  end = g_get_monotonic_time ();

  for (unsigned int i = 0; i < n_connections; i++)
    {
      close (connections[i].fd);
      g_string_free (connections[i].answer, TRUE);
    }
  close (epoll);

  return (double) (end - start) / G_USEC_PER_SEC;
}
