/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-store"

#include "forlop-keyring.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "forlop-file-private.h"
#include "forlop-id.h"
#include "forlop-json.h"
#include "forlop-key-wrapping-private.h"
#include "forlop-keyring-secret-private.h"
#include "forlop-store-error.h"
#include "forlop-store-rekey.h"

#define KEY_SUFFIX ".key"
#define FORMAT 1
#define MAX_FILE_LENGTH 65536
#define N_KINDS 2
#define CHECK_LENGTH 32
#define CHECK_PURPOSE "frlpchck"

const ForlopKeyringCost forlop_keyring_default_cost = { 3, 256 * 1024 * 1024 };

struct _ForlopKeyring
{
  char *store_id;

  /* A keyed hash that tells the right data key from another without opening the database. */
  guint8 check[CHECK_LENGTH];

  /* At most one wrapping of each kind. */
  ForlopKeyWrapping *wrappings[N_KINDS];
};

static void
compute_check (const char *store_id,
               ForlopKey  *data_key,
               guint8      check[CHECK_LENGTH])
{
  g_autoptr(ForlopKey) key = forlop_key_derive (data_key, CHECK_PURPOSE, 1);

  crypto_generichash (check, CHECK_LENGTH, (const guint8 *) store_id, strlen (store_id),
                      forlop_key_get_bytes (key), FORLOP_KEY_LENGTH);
}

ForlopKeyring *
forlop_keyring_new (const char *store_id,
                    ForlopKey  *data_key)
{
  g_return_val_if_fail (forlop_id_is_valid (store_id) && data_key != NULL, NULL);

  ForlopKeyring *self = g_new0 (ForlopKeyring, 1);
  self->store_id = g_strdup (store_id);
  compute_check (store_id, data_key, self->check);
  return self;
}

void
forlop_keyring_free (ForlopKeyring *self)
{
  g_return_if_fail (self != NULL);

  for (unsigned int i = 0; i < N_KINDS; i++)
    g_free (self->wrappings[i]);
  g_free (self->store_id);
  g_free (self);
}

char *
forlop_keyring_dup_path (const char *store_path)
{
  g_return_val_if_fail (store_path != NULL, NULL);

  return g_strconcat (store_path, KEY_SUFFIX, NULL);
}

/* A wrapping that this version does not understand is left alone by it, but would be lost at the
 * next save: the whole file is then refused as newer. */
static gboolean
read_wrappings (ForlopKeyring *self,
                yyjson_val    *array)
{
  yyjson_val *object;
  size_t i;
  size_t n;

  yyjson_arr_foreach (array, i, n, object)
    {
      ForlopKeyWrapping *wrapping = forlop_key_wrapping_read (object);
      if (wrapping == NULL)
        return FALSE;

      g_free (self->wrappings[wrapping->kind]);
      self->wrappings[wrapping->kind] = wrapping;
    }

  return yyjson_is_arr (array);
}

static ForlopKeyring *
parse (const char  *path,
       GBytes      *bytes,
       GError     **error)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr(yyjson_doc) doc = yyjson_read (text, length, YYJSON_READ_NOFLAG);
  yyjson_val *root = yyjson_doc_get_root (doc);
  const char *store_id = yyjson_get_str (yyjson_obj_get (root, "store_id"));
  gint64 format = yyjson_get_sint (yyjson_obj_get (root, "format"));

  if (format > FORMAT)
    {
      forlop_store_error_set (error, FORLOP_STORE_ERROR_NEWER_FILE, path, NULL);
      return NULL;
    }

  g_autoptr(ForlopKeyring) self = g_new0 (ForlopKeyring, 1);
  self->store_id = g_strdup (store_id);
  if (format != FORMAT
      || store_id == NULL || !forlop_id_is_valid (store_id)
      || !forlop_key_wrapping_get_bytes (root, "check", self->check, sizeof self->check)
      || !read_wrappings (self, yyjson_obj_get (root, "wrappings"))) {
    forlop_store_error_set (error, FORLOP_STORE_ERROR_DAMAGED, path, NULL);
    return NULL;
  }

  return g_steal_pointer (&self);
}

ForlopKeyring *
forlop_keyring_load (const char  *key_path,
                     GError     **error)
{
  g_return_val_if_fail (key_path != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autofree char *waiting = forlop_store_rekey_dup_waiting (key_path);
  g_autoptr(GBytes) bytes = forlop_file_read (waiting != NULL ? waiting : key_path, MAX_FILE_LENGTH,
                                              error);
  return bytes != NULL ? parse (key_path, bytes, error) : NULL;
}

ForlopKeyring *
forlop_keyring_from_text (const char  *text,
                          const char  *name,
                          GError     **error)
{
  g_return_val_if_fail (text != NULL && name != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));
  return parse (name, bytes, error);
}

char *
forlop_keyring_to_text (ForlopKeyring *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr(yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  yyjson_mut_val *array = yyjson_mut_arr (doc);
  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_int (doc, root, "format", FORMAT);
  yyjson_mut_obj_add_str (doc, root, "store_id", self->store_id);
  forlop_key_wrapping_add_bytes (doc, root, "check", self->check, sizeof self->check);
  for (unsigned int i = 0; i < N_KINDS; i++)
    {
      if (self->wrappings[i] != NULL)
        yyjson_mut_arr_append (array, forlop_key_wrapping_write (self->wrappings[i], doc));
    }
  yyjson_mut_obj_add_val (doc, root, "wrappings", array);

  return forlop_json_write (doc, TRUE);
}

gboolean
forlop_keyring_save (ForlopKeyring  *self,
                     const char     *key_path,
                     GError        **error)
{
  g_return_val_if_fail (self != NULL && key_path != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_autofree char *text = forlop_keyring_to_text (self);
  return forlop_file_write (key_path, text, strlen (text), error);
}

const char *
forlop_keyring_get_store_id (ForlopKeyring *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->store_id;
}

gboolean
forlop_keyring_has (ForlopKeyring     *self,
                    ForlopKeyringKind  kind)
{
  g_return_val_if_fail (self != NULL && kind < N_KINDS, FALSE);

  return self->wrappings[kind] != NULL;
}

gboolean
forlop_keyring_matches (ForlopKeyring *self,
                        ForlopKey     *key)
{
  g_return_val_if_fail (self != NULL && key != NULL, FALSE);

  guint8 check[CHECK_LENGTH];
  compute_check (self->store_id, key, check);
  return sodium_memcmp (check, self->check, sizeof check) == 0;
}

void
forlop_keyring_remove (ForlopKeyring     *self,
                       ForlopKeyringKind  kind)
{
  g_return_if_fail (self != NULL && kind < N_KINDS);

  g_clear_pointer (&self->wrappings[kind], g_free);
}

static gboolean
set_wrapping (ForlopKeyring            *self,
              ForlopKeyringKind         kind,
              ForlopKey                *data_key,
              ForlopKey                *secret,
              const char               *phrase,
              const ForlopKeyringCost  *cost,
              GError                  **error)
{
  g_assert (forlop_keyring_matches (self, data_key));

  ForlopKeyWrapping *wrapping =
    forlop_key_wrapping_new (kind, self->store_id, data_key, secret, phrase, cost, error);
  if (wrapping == NULL)
    return FALSE;

  g_free (self->wrappings[kind]);
  self->wrappings[kind] = wrapping;
  return TRUE;
}

gboolean
forlop_keyring_set_passphrase (ForlopKeyring            *self,
                               ForlopKey                *data_key,
                               const char               *passphrase,
                               const ForlopKeyringCost  *cost,
                               GError                  **error)
{
  g_return_val_if_fail (self != NULL && data_key != NULL && passphrase != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return set_wrapping (self, FORLOP_KEYRING_PASSPHRASE, data_key, NULL, passphrase, cost, error);
}

ForlopKey *
forlop_keyring_unlock_passphrase (ForlopKeyring  *self,
                                  const char     *passphrase,
                                  GError        **error)
{
  g_return_val_if_fail (self != NULL && passphrase != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  const ForlopKeyWrapping *wrapping = self->wrappings[FORLOP_KEYRING_PASSPHRASE];
  if (wrapping == NULL)
    {
      forlop_store_error_set (error, FORLOP_STORE_ERROR_WRONG_KEY, NULL, "no passphrase is set");
      return NULL;
    }

  return forlop_key_wrapping_unwrap (wrapping, self->store_id, NULL, passphrase, error);
}

/* Whether the desktop has a key store at all, and it answers. */
gboolean
forlop_keyring_can_keep_pin (ForlopKeyring  *self,
                             GCancellable   *cancellable,
                             GError        **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_autoptr(ForlopKey) secret = NULL;
  unsigned int tries;
  return forlop_keyring_secret_lookup (self->store_id, cancellable, &secret, &tries, error);
}

/* The secret of an earlier wrapping is used again, so that the item in the key store and the side
 * file fit together whichever of them is written last. */
gboolean
forlop_keyring_set_pin (ForlopKeyring            *self,
                        ForlopKey                *data_key,
                        const char               *pin,
                        const ForlopKeyringCost  *cost,
                        GCancellable             *cancellable,
                        GError                  **error)
{
  g_return_val_if_fail (self != NULL && data_key != NULL && pin != NULL, FALSE);
  g_return_val_if_fail (forlop_keyring_has (self, FORLOP_KEYRING_PASSPHRASE), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_autoptr(ForlopKey) secret = NULL;
  unsigned int tries;
  if (!forlop_keyring_secret_lookup (self->store_id, cancellable, &secret, &tries, error))
    return FALSE;

  if (secret == NULL)
    secret = forlop_key_new_random ();
  if (!forlop_keyring_secret_save (self->store_id, secret, 0, cancellable, error))
    return FALSE;

  return set_wrapping (self, FORLOP_KEYRING_SECRET_SERVICE, data_key, secret, pin, cost, error);
}

/* The secret that the PIN belongs to, when a PIN may be tried. */
static ForlopKey *
find_secret (ForlopKeyring  *self,
             unsigned int   *tries,
             GCancellable   *cancellable,
             GError        **error)
{
  g_autoptr(ForlopKey) secret = NULL;

  if (!forlop_keyring_secret_lookup (self->store_id, cancellable, &secret, tries, error))
    return NULL;

  if (*tries >= FORLOP_KEYRING_MAX_TRIES)
    forlop_store_error_set (error, FORLOP_STORE_ERROR_PIN_SPENT, NULL, NULL);
  else if (secret == NULL || self->wrappings[FORLOP_KEYRING_SECRET_SERVICE] == NULL)
    forlop_store_error_set (error, FORLOP_STORE_ERROR_KEYRING_EMPTY, NULL, NULL);
  else
    return g_steal_pointer (&secret);

  return NULL;
}

gboolean
forlop_keyring_may_try_pin (ForlopKeyring  *self,
                            GCancellable   *cancellable,
                            GError        **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  unsigned int tries;
  g_autoptr(ForlopKey) secret = find_secret (self, &tries, cancellable, error);
  return secret != NULL;
}

/* Tells how many tries are left; after the last one the secret goes, and copies of the file are as
 * safe as its passphrase. */
static void
refuse_pin (ForlopKeyring  *self,
            unsigned int    tries,
            GCancellable   *cancellable,
            GError        **error)
{
  unsigned int left = FORLOP_KEYRING_MAX_TRIES - tries;

  if (left > 0)
    g_set_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_WRONG_PIN,
                 ngettext ("That is not the PIN. Nothing was changed. %u try is left; then the "
                           "passphrase of the file is needed.",
                           "That is not the PIN. Nothing was changed. %u tries are left; then the "
                           "passphrase of the file is needed.", left),
                 left);
  else if (forlop_keyring_secret_save (self->store_id, NULL, tries, cancellable, error))
    forlop_store_error_set (error, FORLOP_STORE_ERROR_PIN_SPENT, NULL, NULL);
}

/* A try is counted before it is made: whoever pulls the plug gains none. */
ForlopKey *
forlop_keyring_unlock_pin (ForlopKeyring  *self,
                           const char     *pin,
                           GCancellable   *cancellable,
                           GError        **error)
{
  g_return_val_if_fail (self != NULL && pin != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  unsigned int tries;
  g_autoptr(ForlopKey) secret = find_secret (self, &tries, cancellable, error);
  if (secret == NULL
      || !forlop_keyring_secret_save (self->store_id, secret, ++tries, cancellable, error))
    return NULL;

  g_autoptr(GError) problem = NULL;
  g_autoptr(ForlopKey) key =
    forlop_key_wrapping_unwrap (self->wrappings[FORLOP_KEYRING_SECRET_SERVICE], self->store_id,
                                secret, pin, &problem);
  if (g_error_matches (problem, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_WRONG_KEY))
    refuse_pin (self, tries, cancellable, error);
  else if (key == NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (forlop_keyring_secret_save (self->store_id, secret, 0, cancellable, error))
    return g_steal_pointer (&key);

  return NULL;
}

gboolean
forlop_keyring_forget_pin (ForlopKeyring  *self,
                           GCancellable   *cancellable,
                           GError        **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  forlop_keyring_remove (self, FORLOP_KEYRING_SECRET_SERVICE);
  return forlop_keyring_secret_clear (self->store_id, cancellable, error);
}
