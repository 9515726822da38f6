/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-base"

#include "forlop-digest.h"

#include <openssl/evp.h>
#include <string.h>

/* Finding it by its name takes longer than the digest of a row. */
static const EVP_MD *
get_sha256 (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    g_once_init_leave (&once, (gsize) EVP_MD_fetch (NULL, "SHA256", NULL));

  return (const EVP_MD *) once;
}

/**
 * forlop_digest:
 * @data: (array length=length): bytes
 * @length: how many
 * @digest: (out): their SHA-256
 */
void
forlop_digest (gconstpointer data,
               gsize         length,
               guint8        digest[FORLOP_DIGEST_BYTES])
{
  g_return_if_fail (data != NULL || length == 0);

  if (!EVP_Digest (data, length, digest, NULL, get_sha256 (), NULL))
    g_error ("The system makes no digests");
}

/**
 * forlop_digest_dup:
 * @text: ended by NUL
 *
 * Returns: (transfer full): 64 digits
 */
char *
forlop_digest_dup (const char *text)
{
  static const char digits[] = "0123456789abcdef";
  guint8 digest[FORLOP_DIGEST_BYTES];
  char *made;

  g_return_val_if_fail (text != NULL, NULL);

  forlop_digest (text, strlen (text), digest);
  made = g_malloc (2 * sizeof digest + 1);
  for (unsigned int i = 0; i < sizeof digest; i++)
    {
      made[2 * i] = digits[digest[i] >> 4];
      made[2 * i + 1] = digits[digest[i] & 0xf];
    }
  made[2 * sizeof digest] = '\0';

  return made;
}
