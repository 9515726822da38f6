/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-store"

#include "forlop-blob-cipher-private.h"

#include <sodium.h>
#include <string.h>

#define MARK "FLB1"
#define MARK_LENGTH 4
#define CHUNK 65536
#define OVERHEAD crypto_secretstream_xchacha20poly1305_ABYTES
#define HEADER crypto_secretstream_xchacha20poly1305_HEADERBYTES

typedef crypto_secretstream_xchacha20poly1305_state StreamState;

/* An empty blob is one empty chunk. */
static gsize
count_chunks (gsize length)
{
  return length == 0 ? 1 : (length + CHUNK - 1) / CHUNK;
}

gsize
forlop_blob_cipher_size (gsize length)
{
  return MARK_LENGTH + HEADER + length + count_chunks (length) * OVERHEAD;
}

GByteArray *
forlop_blob_cipher_seal (ForlopKey *key,
                         GBytes    *contents)
{
  g_return_val_if_fail (key != NULL && contents != NULL, NULL);

  gsize length;
  const guint8 *plain = g_bytes_get_data (contents, &length);
  GByteArray *sealed = g_byte_array_new ();
  StreamState state;

  g_byte_array_set_size (sealed, (guint) forlop_blob_cipher_size (length));
  guint8 *next = sealed->data;
  memcpy (next, MARK, MARK_LENGTH);
  next += MARK_LENGTH;
  crypto_secretstream_xchacha20poly1305_init_push (&state, next, forlop_key_get_bytes (key));
  next += HEADER;
  for (gsize n = count_chunks (length); n > 0; n--)
    {
      gsize chunk = MIN (length, CHUNK);
      guint8 tag = n == 1 ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0;
      crypto_secretstream_xchacha20poly1305_push (&state, next, NULL, plain, chunk, NULL, 0, tag);
      next += chunk + OVERHEAD;
      plain = chunk > 0 ? plain + chunk : plain;
      length -= chunk;
    }

  g_assert (next == sealed->data + sealed->len);
  sodium_memzero (&state, sizeof state);
  return sealed;
}

static gboolean
open_chunks (StreamState  *state,
             const guint8 *next,
             gsize         length,
             GByteArray   *plain)
{
  guint8 tag = 0;

  while (length >= OVERHEAD && tag == 0)
    {
      gsize chunk = MIN (length, CHUNK + OVERHEAD);
      guint offset = plain->len;
      g_byte_array_set_size (plain, offset + (guint) (chunk - OVERHEAD) + 1);
      if (crypto_secretstream_xchacha20poly1305_pull (state, plain->data + offset, NULL, &tag, next,
                                                      chunk, NULL, 0) != 0)
        return FALSE;

      g_byte_array_set_size (plain, plain->len - 1);
      next += chunk;
      length -= chunk;
    }

  return length == 0 && tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
}

GBytes *
forlop_blob_cipher_open (ForlopKey *key,
                         GBytes    *sealed)
{
  g_return_val_if_fail (key != NULL && sealed != NULL, NULL);

  gsize length;
  const guint8 *bytes = g_bytes_get_data (sealed, &length);
  StreamState state;
  if (length < MARK_LENGTH + HEADER || memcmp (bytes, MARK, MARK_LENGTH) != 0)
    return NULL;

  if (crypto_secretstream_xchacha20poly1305_init_pull (&state, bytes + MARK_LENGTH,
                                                       forlop_key_get_bytes (key)) != 0)
    return NULL;

  g_autoptr(GByteArray) plain = g_byte_array_sized_new ((guint) length);
  gboolean opened = open_chunks (&state, bytes + MARK_LENGTH + HEADER,
                                 length - MARK_LENGTH - HEADER, plain);
  sodium_memzero (&state, sizeof state);
  return opened ? g_byte_array_free_to_bytes (g_steal_pointer (&plain)) : NULL;
}
