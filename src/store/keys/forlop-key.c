/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-key.h"

#include <sodium.h>
#include <string.h>

struct _ForlopKey
{
  gatomicrefcount references;
  guint8 bytes[FORLOP_KEY_LENGTH];
};

G_STATIC_ASSERT (crypto_kdf_KEYBYTES == FORLOP_KEY_LENGTH);
G_STATIC_ASSERT (crypto_kdf_CONTEXTBYTES == 8);

/* Guarded and locked memory, wiped by sodium_free(). Being out of it is being out of memory. */
static ForlopKey *
key_alloc (void)
{
  if (sodium_init () < 0)
    g_error ("libsodium could not be started");

  ForlopKey *self = sodium_malloc (sizeof (ForlopKey));
  if (self == NULL)
    g_error ("No protected memory is left for a key");

  g_atomic_ref_count_init (&self->references);
  return self;
}

ForlopKey *
forlop_key_new_random (void)
{
  ForlopKey *self = key_alloc ();

  randombytes_buf (self->bytes, sizeof self->bytes);
  return self;
}

ForlopKey *
forlop_key_new (const guint8 bytes[FORLOP_KEY_LENGTH])
{
  g_return_val_if_fail (bytes != NULL, NULL);

  ForlopKey *self = key_alloc ();
  memcpy (self->bytes, bytes, sizeof self->bytes);
  return self;
}

ForlopKey *
forlop_key_derive (const ForlopKey *self,
                   const char      *purpose,
                   guint64          number)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (purpose != NULL && strlen (purpose) == crypto_kdf_CONTEXTBYTES, NULL);

  ForlopKey *derived = key_alloc ();
  crypto_kdf_derive_from_key (derived->bytes, sizeof derived->bytes, number, purpose, self->bytes);
  return derived;
}

ForlopKey *
forlop_key_ref (ForlopKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
forlop_key_unref (ForlopKey *self)
{
  g_return_if_fail (self != NULL);

  if (g_atomic_ref_count_dec (&self->references))
    sodium_free (self);
}

const guint8 *
forlop_key_get_bytes (const ForlopKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->bytes;
}

gboolean
forlop_key_equal (const ForlopKey *self,
                  const ForlopKey *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  return sodium_memcmp (self->bytes, other->bytes, sizeof self->bytes) == 0;
}
