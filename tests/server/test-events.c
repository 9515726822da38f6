/* SPDX-License-Identifier: EUPL-1.2 */

/* The stream that tells that there is something to get. */

#include "people-test-util.h"

#include <libdex.h>
#include <string.h>

/* More than forlop-http-streams.c pokes in one turn. */
#define STREAMS 13

static char *
dup_unit_push (HttpTest    *test,
               HttpSession *per,
               const char  *op_id)
{
  g_autofree char *unit_id = forlop_id_source_next (test->acts->ids, 0);

  return g_strdup_printf (
    "{\"epoch\":\"%s\",\"schema\":1,\"changesets\":[{\"op_no\":1,\"op_id\":\"%s\",\"act\":\"save-unit\","
    "\"created_at\":\"2026-03-12T08:00:00.000Z\",\"by\":{\"user_id\":\"%s\",\"role\":\"administrator\","
    "\"unit_id\":\"%s\"},\"ops\":[{\"type\":\"unit\",\"id\":\"%s\",\"scope\":\"cat\",\"set\":"
    "{\"name\":\"Sone Vest\",\"kind\":\"zone\"}}]}]}",
    test->epoch, op_id, per->user_id, test->acts->office, unit_id);
}

static void
a_stream_tells_the_head_and_nothing_else (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autoptr (HttpSession) per = http_test_sign_in (test, "skien", "per");
  g_autoptr (GSocketConnection) connection = http_test_connect (test);
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autofree char *ask = g_strdup_printf ("GET /v1/sync/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n\r\n",
                                          kari->access);
  g_autofree char *op_id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *push = dup_unit_push (test, per, op_id);
  gboolean is_pushed = FALSE, is_signed_out = FALSE;

  http_test_send (connection, ask);
  while (TRUE)
    {
      g_autofree char *some = http_test_read_some (connection);

      if (some == NULL)
        break;
      g_string_append (seen, some);
      if (!is_pushed && strstr (seen->str, ":\n\n") != NULL)
        {
          g_autoptr (HttpResult) pushed =
            http_test_expect (test, 200, "POST", "/v1/sync/push", per->access, push);

          g_assert_nonnull (strstr (pushed->body, "\"seq\""));
          is_pushed = TRUE;
        }
      if (is_pushed && !is_signed_out &&
          g_strrstr (seen->str, "event: poke") != strstr (seen->str, "event: poke"))
        {
          http_test_must (test, 200, NULL, "POST", "/v1/auth/sign-out", kari->access, "{}");
          is_signed_out = TRUE;
        }
      /* The chunk of length nothing: the stream ended with the session. */
      if (g_str_has_suffix (seen->str, "\r\n0\r\n\r\n"))
        break;
    }
  g_assert_true (is_signed_out);
  g_assert_null (strstr (seen->str, "Vest"));
  g_assert_null (strstr (seen->str, op_id));
}
/* More than are poked at once; those that have to wait are not forgotten, nor is one that goes away. */
static void
every_stream_is_poked_in_its_turn (HttpTest *test)
{
  g_autoptr (HttpSession) per = http_test_sign_in (test, "skien", "per");
  g_autofree char *op_id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *push = dup_unit_push (test, per, op_id);
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = 0; i < STREAMS; i++)
    {
      g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
      g_autofree char *ask = g_strdup_printf ("GET /v1/sync/events HTTP/1.1\r\nHost: a\r\n"
                                              "Authorization: Bearer %s\r\n\r\n", kari->access);
      GSocketConnection *connection = http_test_connect (test);

      g_ptr_array_add (connections, connection);
      http_test_send (connection, ask);
      while (TRUE)
        {
          g_autofree char *some = http_test_read_some (connection);

          g_assert_nonnull (some);
          if (strstr (some, "event: poke") != NULL)
            break;
        }
    }
  http_test_must (test, 200, NULL, "POST", "/v1/sync/push", per->access, push);
  g_assert_true (g_io_stream_close (g_ptr_array_index (connections, STREAMS - 1), NULL, NULL));
  for (int i = 0; i < STREAMS - 1; i++)
    while (TRUE)
      {
        g_autofree char *some = http_test_read_some (g_ptr_array_index (connections, i));

        g_assert_nonnull (some);
        if (strstr (some, "event: poke") != NULL)
          break;
      }
}

/* One machine cannot take all the connections. */
static void
a_session_has_two_streams_at_most (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autofree char *ask = g_strdup_printf ("GET /v1/sync/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n"
                                          "Connection: close\r\n\r\n", kari->access);
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (HttpResult) first = NULL;

  for (int i = 0; i < 3; i++)
    {
      GSocketConnection *connection = http_test_connect (test);
      g_autofree char *some = NULL;

      g_ptr_array_add (connections, connection);
      http_test_send (connection, ask);
      some = http_test_read_some (connection);
      g_assert_nonnull (some);
    }
  /* Reads to its end; the others go on. */
  first = http_test_read (g_ptr_array_index (connections, 0));
  for (int i = 1; i < 3; i++)
    {
      g_autofree char *comment = http_test_read_some (g_ptr_array_index (connections, i));

      g_assert_nonnull (comment);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  http_test_add ("/events/a-session-has-two-streams-at-most", a_session_has_two_streams_at_most, NULL);
  http_test_add ("/events/every-stream-is-poked-in-its-turn", every_stream_is_poked_in_its_turn,
                 &forlop_http_default_limits);
  http_test_add ("/events/a-stream-tells-the-head-and-nothing-else", a_stream_tells_the_head_and_nothing_else, NULL);

  return g_test_run ();
}
