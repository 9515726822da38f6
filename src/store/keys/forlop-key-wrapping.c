/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-store"

#include "forlop-key-wrapping-private.h"

#include <string.h>

#include "forlop-store-error.h"

#define MAX_OPERATIONS 20
#define MIN_MEMORY (G_GUINT64_CONSTANT (8) * 1024)
#define MAX_MEMORY (G_GUINT64_CONSTANT (4) * 1024 * 1024 * 1024)

static const char *const kind_names[] = {
  [FORLOP_KEYRING_PASSPHRASE] = "passphrase",
  [FORLOP_KEYRING_SECRET_SERVICE] = "secret-service",
};

/* Sealed with the box, so that nobody can weaken the cost or move a wrapping to another store. */
static char *
build_label (const ForlopKeyWrapping *self,
             const char              *store_id)
{
  return g_strdup_printf ("forlop %s %s %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, store_id,
                          kind_names[self->kind], self->cost.operations, self->cost.memory);
}

static ForlopKey *
stretch (const ForlopKeyWrapping  *self,
         const char               *phrase,
         GError                  **error)
{
  guint8 bytes[FORLOP_KEY_LENGTH];

  if (crypto_pwhash (bytes, sizeof bytes, phrase, strlen (phrase), self->salt,
                     self->cost.operations, self->cost.memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
    {
      forlop_store_error_set (error, FORLOP_STORE_ERROR_FAILED, NULL,
                              "not enough memory to derive the key");
      return NULL;
    }

  ForlopKey *key = forlop_key_new (bytes);
  sodium_memzero (bytes, sizeof bytes);
  return key;
}

/* The key that wraps: the stretched phrase, or a keyed hash of it and the secret. */
static ForlopKey *
build_wrapping_key (const ForlopKeyWrapping  *self,
                    ForlopKey                *secret,
                    const char               *phrase,
                    GError                  **error)
{
  g_autoptr(ForlopKey) stretched = stretch (self, phrase, error);

  if (stretched == NULL || secret == NULL)
    return g_steal_pointer (&stretched);

  guint8 bytes[FORLOP_KEY_LENGTH];
  crypto_generichash (bytes, sizeof bytes, forlop_key_get_bytes (stretched), FORLOP_KEY_LENGTH,
                      forlop_key_get_bytes (secret), FORLOP_KEY_LENGTH);
  ForlopKey *key = forlop_key_new (bytes);
  sodium_memzero (bytes, sizeof bytes);
  return key;
}

ForlopKeyWrapping *
forlop_key_wrapping_new (ForlopKeyringKind         kind,
                         const char               *store_id,
                         ForlopKey                *data_key,
                         ForlopKey                *secret,
                         const char               *phrase,
                         const ForlopKeyringCost  *cost,
                         GError                  **error)
{
  g_return_val_if_fail (store_id != NULL && data_key != NULL, NULL);
  g_return_val_if_fail (phrase != NULL, NULL);

  g_autofree ForlopKeyWrapping *self = g_new0 (ForlopKeyWrapping, 1);
  self->kind = kind;
  self->cost = cost != NULL ? *cost : forlop_keyring_default_cost;
  randombytes_buf (self->salt, sizeof self->salt);
  randombytes_buf (self->nonce, sizeof self->nonce);

  g_autoptr(ForlopKey) key = build_wrapping_key (self, secret, phrase, error);
  if (key == NULL)
    return NULL;

  g_autofree char *label = build_label (self, store_id);
  crypto_aead_xchacha20poly1305_ietf_encrypt (self->box, NULL, forlop_key_get_bytes (data_key),
                                              FORLOP_KEY_LENGTH, (const guint8 *) label,
                                              strlen (label), NULL, self->nonce,
                                              forlop_key_get_bytes (key));
  return g_steal_pointer (&self);
}

ForlopKey *
forlop_key_wrapping_unwrap (const ForlopKeyWrapping  *self,
                            const char               *store_id,
                            ForlopKey                *secret,
                            const char               *phrase,
                            GError                  **error)
{
  g_return_val_if_fail (self != NULL && store_id != NULL, NULL);
  g_return_val_if_fail (phrase != NULL, NULL);

  g_autoptr(ForlopKey) key = build_wrapping_key (self, secret, phrase, error);
  if (key == NULL)
    return NULL;

  guint8 bytes[FORLOP_KEY_LENGTH];
  g_autofree char *label = build_label (self, store_id);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (bytes, NULL, NULL, self->box, sizeof self->box,
                                                  (const guint8 *) label, strlen (label),
                                                  self->nonce, forlop_key_get_bytes (key)) != 0)
    {
      forlop_store_error_set (error, FORLOP_STORE_ERROR_WRONG_KEY, NULL, NULL);
      return NULL;
    }

  ForlopKey *data_key = forlop_key_new (bytes);
  sodium_memzero (bytes, sizeof bytes);
  return data_key;
}

void
forlop_key_wrapping_add_bytes (yyjson_mut_doc *doc,
                               yyjson_mut_val *object,
                               const char     *key,
                               const guint8   *bytes,
                               gsize           length)
{
  gsize size = sodium_base64_ENCODED_LEN (length, sodium_base64_VARIANT_ORIGINAL);
  g_autofree char *text = g_malloc (size);

  sodium_bin2base64 (text, size, bytes, length, sodium_base64_VARIANT_ORIGINAL);
  yyjson_mut_obj_add_strcpy (doc, object, key, text);
}

gboolean
forlop_key_wrapping_get_bytes (yyjson_val *object,
                               const char *key,
                               guint8     *bytes,
                               gsize       length)
{
  yyjson_val *value = yyjson_obj_get (object, key);
  gsize found = 0;

  return yyjson_is_str (value)
         && sodium_base642bin (bytes, length, yyjson_get_str (value), yyjson_get_len (value), NULL,
                               &found, NULL, sodium_base64_VARIANT_ORIGINAL) == 0
         && found == length;
}

static gboolean
read_kind (yyjson_val        *object,
           ForlopKeyringKind *kind)
{
  const char *name = yyjson_get_str (yyjson_obj_get (object, "kind"));

  for (unsigned int i = 0; i < G_N_ELEMENTS (kind_names); i++)
    {
      if (g_strcmp0 (name, kind_names[i]) == 0)
        {
          *kind = i;
          return TRUE;
        }
    }

  return FALSE;
}

/* Bounded, so that a changed file cannot make the program fill the memory. */
static gboolean
read_cost (yyjson_val        *object,
           ForlopKeyringCost *cost)
{
  cost->operations = yyjson_get_uint (yyjson_obj_get (object, "operations"));
  cost->memory = yyjson_get_uint (yyjson_obj_get (object, "memory"));
  return cost->operations >= 1 && cost->operations <= MAX_OPERATIONS
         && cost->memory >= MIN_MEMORY && cost->memory <= MAX_MEMORY;
}

ForlopKeyWrapping *
forlop_key_wrapping_read (yyjson_val *object)
{
  g_autofree ForlopKeyWrapping *self = g_new0 (ForlopKeyWrapping, 1);
  const char *kdf = yyjson_get_str (yyjson_obj_get (object, "kdf"));

  if (!read_kind (object, &self->kind)
      || g_strcmp0 (kdf, "argon2id13") != 0
      || !read_cost (object, &self->cost)
      || !forlop_key_wrapping_get_bytes (object, "salt", self->salt, sizeof self->salt)
      || !forlop_key_wrapping_get_bytes (object, "nonce", self->nonce, sizeof self->nonce)
      || !forlop_key_wrapping_get_bytes (object, "box", self->box, sizeof self->box))
    return NULL;

  return g_steal_pointer (&self);
}

yyjson_mut_val *
forlop_key_wrapping_write (const ForlopKeyWrapping *self,
                           yyjson_mut_doc          *doc)
{
  g_return_val_if_fail (self != NULL && doc != NULL, NULL);

  yyjson_mut_val *object = yyjson_mut_obj (doc);
  yyjson_mut_obj_add_str (doc, object, "kind", kind_names[self->kind]);
  yyjson_mut_obj_add_str (doc, object, "kdf", "argon2id13");
  yyjson_mut_obj_add_uint (doc, object, "operations", self->cost.operations);
  yyjson_mut_obj_add_uint (doc, object, "memory", self->cost.memory);
  forlop_key_wrapping_add_bytes (doc, object, "salt", self->salt, sizeof self->salt);
  forlop_key_wrapping_add_bytes (doc, object, "nonce", self->nonce, sizeof self->nonce);
  forlop_key_wrapping_add_bytes (doc, object, "box", self->box, sizeof self->box);
  return object;
}
