/* SPDX-License-Identifier: EUPL-1.2 */

/* Runs a fuzz target without libFuzzer: every file of its corpus, and then random changes of them.
 * The seed is printed; FORLOP_FUZZ_SEED and FORLOP_FUZZ_ROUNDS repeat or lengthen a run. */

#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#define ROUNDS 20000
#define MAX_SIZE 8192

static GPtrArray *corpus; /* of GBytes */

static void
load_corpus (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "corpus", FUZZ_NAME, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort_values (names, (GCompareFunc) strcmp);

  corpus = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (unsigned int i = 0; i < names->len; i++)
    {
      char *data = NULL;
      gsize size = 0;

      g_assert_true (g_file_get_contents (g_ptr_array_index (names, i), &data, &size, &error));
      g_ptr_array_add (corpus, g_bytes_new_take (data, size));
    }
  g_assert_cmpuint (corpus->len, >, 0);
}

static void
run (const guint8 *data,
     gsize         size)
{
  g_assert_cmpint (LLVMFuzzerTestOneInput (data, size), ==, 0);
}

static void
test_corpus (void)
{
  run ((const guint8 *) "", 0);
  for (unsigned int i = 0; i < corpus->len; i++)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (corpus, i), &size);

      run (data, size);
    }
}

static GBytes *
pick (GRand *rand)
{
  return g_ptr_array_index (corpus, (unsigned int) g_rand_int_range (rand, 0, (int) corpus->len));
}

static unsigned int
place (GByteArray *bytes,
       GRand      *rand)
{
  return (unsigned int) g_rand_int_range (rand, 0, (int) bytes->len + 1);
}

static void
insert (GByteArray   *bytes,
        unsigned int  at,
        const guint8 *data,
        gsize         size)
{
  unsigned int behind = bytes->len - at;

  g_byte_array_set_size (bytes, bytes->len + (guint) size);
  memmove (bytes->data + at + size, bytes->data + at, behind);
  memcpy (bytes->data + at, data, size);
}

/* A piece of another file of the corpus at a random place. */
static void
splice (GByteArray *bytes,
        GRand      *rand)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (pick (rand), &size);
  gsize start = (gsize) g_rand_int_range (rand, 0, (int) size + 1);
  gsize length = (gsize) g_rand_int_range (rand, 0, 64);

  insert (bytes, place (bytes, rand), data + start, MIN (size - start, length));
}

static void
mutate (GByteArray *bytes,
        GRand      *rand)
{
  static const char telling[] = "0123456789;,\t\"\n\r'=+-@() ]\x1d\xef\xbb\xbf\xff\xfe\xc3\x81\\";
  guint8 byte = (guint8) g_rand_int (rand);
  unsigned int at = place (bytes, rand);

  switch (g_rand_int_range (rand, 0, 6))
    {
    case 0:
      insert (bytes, at, &byte, 1);
      return;
    case 1:
      /* The zero byte that ends the text is one of them. */
      byte = (guint8) telling[g_rand_int_range (rand, 0, sizeof telling)];
      insert (bytes, at, &byte, 1);
      return;
    case 2:
      if (at < bytes->len)
        g_byte_array_remove_index (bytes, at);
      return;
    case 3:
      if (at < bytes->len)
        bytes->data[at] ^= (guint8) (1 << g_rand_int_range (rand, 0, 8));
      return;
    case 4:
      if (g_rand_int_range (rand, 0, 8) == 0)
        g_byte_array_set_size (bytes, at);
      return;
    default:
      splice (bytes, rand);
    }
}

static void
test_random_changes (void)
{
  const char *given_seed = g_getenv ("FORLOP_FUZZ_SEED");
  const char *given_rounds = g_getenv ("FORLOP_FUZZ_ROUNDS");
  guint32 seed = given_seed != NULL ? (guint32) g_ascii_strtoull (given_seed, NULL, 10)
                                    : (guint32) g_test_rand_int ();
  gint64 rounds = given_rounds != NULL ? g_ascii_strtoll (given_rounds, NULL, 10) : ROUNDS;
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("FORLOP_FUZZ_SEED=%u, %" G_GINT64_FORMAT " rounds", seed, rounds);

  for (gint64 round = 0; round < rounds; round++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_sized_new (MAX_SIZE);
      gsize size;
      const guint8 *data = g_bytes_get_data (pick (rand), &size);

      g_byte_array_append (bytes, data, (guint) MIN (size, MAX_SIZE));
      for (int i = g_rand_int_range (rand, 1, 9); i > 0; i--)
        mutate (bytes, rand);

      run (bytes->data, bytes->len);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  LLVMFuzzerInitialize (&argc, &argv);
  load_corpus ();

  g_test_add_func ("/fuzz/" FUZZ_NAME "/corpus", test_corpus);
  g_test_add_func ("/fuzz/" FUZZ_NAME "/random-changes", test_random_changes);

  int status = g_test_run ();

  g_ptr_array_unref (corpus);

  return status;
}
