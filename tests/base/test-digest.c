/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-digest.h"

#include <string.h>

/* Whatever makes the digests, they are those that files and servers have. */
static void
test_as_glib_makes_them (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < 300; i++)
    {
      g_autofree char *ours = forlop_digest_dup (text->str);
      g_autofree char *theirs = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, -1);

      g_assert_cmpstr (ours, ==, theirs);
      g_string_append_c (text, (char) ('a' + i % 26));
    }
}

static void
test_known_one (void)
{
  guint8 digest[FORLOP_DIGEST_BYTES];
  static const guint8 begin[] = { 0xba, 0x78, 0x16, 0xbf };
  g_autofree char *digits = forlop_digest_dup ("abc");

  forlop_digest ("abc", 3, digest);
  g_assert_cmpmem (digest, sizeof begin, begin, sizeof begin);
  g_assert_cmpstr (digits, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/digest/as-glib-makes-them", test_as_glib_makes_them);
  g_test_add_func ("/digest/known-one", test_known_one);

  return g_test_run ();
}
