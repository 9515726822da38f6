/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-token.h"

#include <sodium.h>
#include <string.h>

#include "forlop-tenant.h"

#define RANDOM_BYTES 32
#define RANDOM_CHARS 43
#define VARIANT sodium_base64_VARIANT_URLSAFE_NO_PADDING

char *
forlop_token_new (const char *tenant)
{
  guint8 bytes[RANDOM_BYTES];
  char text[RANDOM_CHARS + 1];
  char *token;

  g_return_val_if_fail (tenant != NULL, NULL);

  randombytes_buf (bytes, sizeof bytes);
  sodium_bin2base64 (text, sizeof text, bytes, sizeof bytes, VARIANT);
  token = g_strconcat (tenant, ".", text, NULL);
  sodium_memzero (bytes, sizeof bytes);
  sodium_memzero (text, sizeof text);

  return token;
}

void
forlop_token_hash (const char *token,
                   guint8      hash[FORLOP_TOKEN_HASH_BYTES])
{
  g_return_if_fail (token != NULL);

  crypto_hash_sha256 (hash, (const guint8 *) token, strlen (token));
}

char *
forlop_token_dup_tenant (const char *token)
{
  const char *dot;
  g_autofree char *tenant = NULL;

  g_return_val_if_fail (token != NULL, NULL);

  dot = strchr (token, '.');
  if (dot == NULL || strlen (dot + 1) != RANDOM_CHARS)
    return NULL;
  tenant = g_strndup (token, (gsize) (dot - token));

  return forlop_tenant_name_is_valid (tenant) ? g_steal_pointer (&tenant) : NULL;
}
