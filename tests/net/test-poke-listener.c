/* SPDX-License-Identifier: EUPL-1.2 */

/* What the client takes from a poke stream, whoever writes it. */

#include "forlop-poke-listener.h"

static void
note_cb (gint64   head,
         gpointer user_data)
{
  g_array_append_val ((GArray *) user_data, head);
}

static GArray *
hear (const char *text,
      gboolean   *is_stream)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, -1, NULL);
  GArray *heads = g_array_new (FALSE, FALSE, sizeof (gint64));

  *is_stream = forlop_poke_listener_read (stream, NULL, note_cb, heads);

  return heads;
}

static void
heads_are_told_and_the_rest_is_passed_over (void)
{
  gboolean is_stream;
  g_autoptr (GArray) heads = hear ("event: poke\ndata: 7\n\n:\n\nevent: poke\ndata: 12\r\n\n", &is_stream);

  g_assert_true (is_stream);
  g_assert_cmpint (heads->len, ==, 2);
  g_assert_cmpint (g_array_index (heads, gint64, 0), ==, 7);
  g_assert_cmpint (g_array_index (heads, gint64, 1), ==, 12);
}

static void
a_line_without_end_is_not_waited_for (void)
{
  g_autofree char *endless = g_strnfill (64 * 1024, 'a');
  g_autofree char *text = g_strconcat ("data: 7\n", endless, "\ndata: 8\n", NULL);
  gboolean is_stream;
  g_autoptr (GArray) heads = hear (text, &is_stream);

  g_assert_false (is_stream);
  g_assert_cmpint (heads->len, ==, 1);
  g_assert_cmpint (g_array_index (heads, gint64, 0), ==, 7);
}

static void
nothing_heard_is_no_stream (void)
{
  gboolean is_stream;
  g_autoptr (GArray) heads = hear ("", &is_stream);

  g_assert_false (is_stream);
  g_assert_cmpint (heads->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/poke-listener/heads-are-told-and-the-rest-is-passed-over",
                   heads_are_told_and_the_rest_is_passed_over);
  g_test_add_func ("/poke-listener/a-line-without-end-is-not-waited-for", a_line_without_end_is_not_waited_for);
  g_test_add_func ("/poke-listener/nothing-heard-is-no-stream", nothing_heard_is_no_stream);

  return g_test_run ();
}
