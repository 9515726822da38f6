/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-store"

#include "forlop-keyring-secret-private.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <sodium.h>
#include <string.h>

#include "forlop-store-error.h"

#define HEX_LENGTH (2 * FORLOP_KEY_LENGTH)

/* The digits of the secret, a space, one digit for the tries, and the end. */
#define ITEM_LENGTH (HEX_LENGTH + 3)

/* What is left of an item after too many tries. */
#define SPENT "spent"

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

static gboolean
parse_item (const char    *text,
            ForlopKey    **secret,
            unsigned int  *tries)
{
  guint8 bytes[FORLOP_KEY_LENGTH];
  gsize length = 0;

  if (g_str_equal (text, SPENT))
    {
      *tries = FORLOP_KEYRING_MAX_TRIES;
      return TRUE;
    }
  if (strlen (text) != ITEM_LENGTH - 1 || text[HEX_LENGTH] != ' '
      || !g_ascii_isdigit (text[HEX_LENGTH + 1]))
    return FALSE;

  if (sodium_hex2bin (bytes, sizeof bytes, text, HEX_LENGTH, NULL, &length, NULL) == 0
      && length == sizeof bytes)
    *secret = forlop_key_new (bytes);
  *tries = (unsigned int) g_ascii_digit_value (text[HEX_LENGTH + 1]);
  sodium_memzero (bytes, sizeof bytes);
  return *secret != NULL;
}

gboolean
forlop_keyring_secret_lookup (const char    *store_id,
                              GCancellable  *cancellable,
                              ForlopKey    **secret,
                              unsigned int  *tries,
                              GError       **error)
{
  g_return_val_if_fail (store_id != NULL && secret != NULL && tries != NULL, FALSE);

  g_autoptr(GError) problem = NULL;
  char *text = secret_password_lookup_nonpageable_sync (&schema, cancellable, &problem,
                                                        "store-id", store_id, NULL);
  *secret = NULL;
  *tries = 0;
  if (!translate_error (problem, error))
    return FALSE;

  if (text == NULL)
    return TRUE;

  gboolean understood = parse_item (text, secret, tries);
  secret_password_free (text);
  if (!understood)
    forlop_store_error_set (error, FORLOP_STORE_ERROR_NO_KEYRING, NULL, "the item is damaged");
  return understood;
}

gboolean
forlop_keyring_secret_save (const char    *store_id,
                            ForlopKey     *secret,
                            unsigned int   tries,
                            GCancellable  *cancellable,
                            GError       **error)
{
  g_return_val_if_fail (store_id != NULL && tries <= FORLOP_KEYRING_MAX_TRIES, FALSE);

  g_autoptr(GError) problem = NULL;
  char text[ITEM_LENGTH] = SPENT;
  if (secret != NULL)
    {
      sodium_bin2hex (text, sizeof text, forlop_key_get_bytes (secret), FORLOP_KEY_LENGTH);
      text[HEX_LENGTH] = ' ';
      text[HEX_LENGTH + 1] = (char) ('0' + tries);
      text[HEX_LENGTH + 2] = '\0';
    }
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
