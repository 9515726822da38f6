/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-store"

#include "forlop-keyring-secret-private.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <sodium.h>
#include <string.h>

#include "forlop-store-error.h"

#define SECRET_TEXT_LENGTH (2 * FORLOP_KEY_LENGTH + 1)

static const SecretSchema schema = {
  "no.forlop.Forlop",
  SECRET_SCHEMA_NONE,
  {
    { "store-id", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
  0, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
};

/* What the key store says of itself holds no secret; only cancellation keeps its own error. */
static gboolean
translate_error (GError  *problem,
                 GError **error)
{
  if (problem == NULL)
    return TRUE;

  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (problem));
  else
    forlop_store_error_set (error, FORLOP_STORE_ERROR_NO_KEYRING, NULL, problem->message);
  return FALSE;
}

gboolean
forlop_keyring_secret_lookup (const char    *store_id,
                              GCancellable  *cancellable,
                              ForlopKey    **secret,
                              GError       **error)
{
  g_return_val_if_fail (store_id != NULL && secret != NULL, FALSE);

  g_autoptr(GError) problem = NULL;
  char *text = secret_password_lookup_nonpageable_sync (&schema, cancellable, &problem,
                                                        "store-id", store_id, NULL);
  *secret = NULL;
  if (!translate_error (problem, error))
    return FALSE;

  if (text == NULL)
    return TRUE;

  guint8 bytes[FORLOP_KEY_LENGTH];
  gsize length = 0;
  if (sodium_hex2bin (bytes, sizeof bytes, text, strlen (text), NULL, &length, NULL) == 0
      && length == sizeof bytes)
    *secret = forlop_key_new (bytes);
  sodium_memzero (bytes, sizeof bytes);
  secret_password_free (text);
  if (*secret == NULL)
    forlop_store_error_set (error, FORLOP_STORE_ERROR_NO_KEYRING, NULL, "the item is damaged");
  return *secret != NULL;
}

gboolean
forlop_keyring_secret_save (const char    *store_id,
                            ForlopKey     *secret,
                            GCancellable  *cancellable,
                            GError       **error)
{
  g_return_val_if_fail (store_id != NULL && secret != NULL, FALSE);

  g_autoptr(GError) problem = NULL;
  char text[SECRET_TEXT_LENGTH];
  sodium_bin2hex (text, sizeof text, forlop_key_get_bytes (secret), FORLOP_KEY_LENGTH);
  secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, _("Key of a Forløp file"), text,
                              cancellable, &problem, "store-id", store_id, NULL);
  sodium_memzero (text, sizeof text);
  return translate_error (problem, error);
}

gboolean
forlop_keyring_secret_clear (const char    *store_id,
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_return_val_if_fail (store_id != NULL, FALSE);

  g_autoptr(GError) problem = NULL;
  secret_password_clear_sync (&schema, cancellable, &problem, "store-id", store_id, NULL);
  return translate_error (problem, error);
}
