/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-password.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "forlop-error.h"

#define OPERATIONS crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE
#define MEMORY crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE

#define ONE_TIME_GROUPS 4
#define ONE_TIME_GROUP_LENGTH 5

static void
init_sodium (void)
{
  if (sodium_init () < 0)
    g_error ("libsodium could not be initialised");
}

char *
forlop_password_hash (const char *password)
{
  char text[crypto_pwhash_argon2id_STRBYTES];

  g_return_val_if_fail (password != NULL, NULL);

  init_sodium ();
  if (crypto_pwhash_argon2id_str (text, password, strlen (password), OPERATIONS, MEMORY) != 0)
    g_error ("There was no memory to hash a password");

  return g_strdup (text);
}

/* Of a password that nobody knows, so that an unknown account takes as long as a known one. */
static const char *
get_nobodys_hash (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      g_autofree char *password = forlop_password_new_one_time ();

      g_once_init_leave (&once, (gsize) forlop_password_hash (password));
    }

  return (const char *) once;
}

gboolean
forlop_password_verify (const char *hash,
                        const char *password)
{
  gboolean is_right;

  g_return_val_if_fail (password != NULL, FALSE);

  init_sodium ();
  is_right = crypto_pwhash_argon2id_str_verify (hash != NULL ? hash : get_nobodys_hash (), password,
                                                strlen (password)) == 0;

  return is_right && hash != NULL;
}

char *
forlop_password_new_one_time (void)
{
  static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789";
  g_autoptr (GString) text = g_string_new (NULL);

  init_sodium ();
  for (unsigned int i = 0; i < ONE_TIME_GROUPS * ONE_TIME_GROUP_LENGTH; i++)
    {
      if (i > 0 && i % ONE_TIME_GROUP_LENGTH == 0)
        g_string_append_c (text, '-');
      g_string_append_c (text, letters[randombytes_uniform (sizeof letters - 1)]);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Two kinds of characters repeated are guessed early: "aaaaaaaaaaaa", "ababababab". */
static unsigned int
count_different (const char *password)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (const char *at = password; *at != '\0'; at = g_utf8_next_char (at))
    g_hash_table_add (seen, GUINT_TO_POINTER (g_utf8_get_char (at)));

  return g_hash_table_size (seen);
}

gboolean
forlop_password_check (const char  *password,
                       const char  *name,
                       GError     **error)
{
  g_autofree char *folded = NULL;
  g_autofree char *folded_name = NULL;

  g_return_val_if_fail (password != NULL && name != NULL, FALSE);

  if (!g_utf8_validate (password, -1, NULL) || strlen (password) > FORLOP_PASSWORD_MAX_BYTES)
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                   _("The new password is too long. The old one is kept; choose a shorter one."));
      return FALSE;
    }

  folded = g_utf8_casefold (password, -1);
  folded_name = g_utf8_casefold (name, -1);
  if (g_utf8_strlen (password, -1) >= FORLOP_PASSWORD_MIN_CHARS && count_different (password) >= 5 &&
      (strlen (folded_name) < 3 || strstr (folded, folded_name) == NULL))
    return TRUE;
  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
               _("The new password is too easy to guess. The old one is kept; choose one of at least %d "
                 "characters, without your name, such as four words that do not belong together."),
               FORLOP_PASSWORD_MIN_CHARS);

  return FALSE;
}
