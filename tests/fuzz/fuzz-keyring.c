/* SPDX-License-Identifier: EUPL-1.2 */

/* The side file with the wrapped key: it is refused with a sentence, or what was read is written and read
 * the same again. Nothing in it decides how much memory reading takes. */

#include "fuzz.h"

#include <string.h>

#include "forlop-keyring.h"

int
LLVMFuzzerInitialize (G_GNUC_UNUSED int    *argc,
                      G_GNUC_UNUSED char ***argv)
{
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  return 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *written = NULL;
  g_autofree char *written_again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopKeyring) keyring = forlop_keyring_from_text (text, "FILE.key", &error);
  g_autoptr (ForlopKeyring) again = NULL;

  g_assert_true ((keyring == NULL) == (error != NULL));
  if (keyring == NULL)
    return 0;

  written = forlop_keyring_to_text (keyring);
  again = forlop_keyring_from_text (written, "FILE.key", &error);
  g_assert_no_error (error);
  written_again = forlop_keyring_to_text (again);
  g_assert_cmpstr (written, ==, written_again);

  return 0;
}
