/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-cli-key.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "forlop-error.h"
#include "forlop-store-error.h"
#include "forlop-terminal.h"

#define MAX_PASSPHRASE 4096

/* The first line of the file, which may be a pipe. */
static char *
read_passphrase_file (const char  *path,
                      GError     **error)
{
  g_autofd int fd = open (path, O_RDONLY | O_CLOEXEC);
  char *text;
  gsize length = 0;
  gssize n = -1;

  if (fd < 0)
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND,
                   _("The passphrase could not be read from “%s”: %s. Nothing was done."), path,
                   g_strerror (errno));
      return NULL;
    }

  text = g_malloc0 (MAX_PASSPHRASE + 1);
  while (length < MAX_PASSPHRASE && (n = read (fd, text + length, MAX_PASSPHRASE - length)) > 0)
    length += (gsize) n;
  text[strcspn (text, "\r\n")] = '\0';
  if (n >= 0 && *text != '\0')
    return text;

  explicit_bzero (text, MAX_PASSPHRASE);
  g_free (text);
  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
               _("There is no passphrase on the first line of “%s”. Nothing was done."), path);

  return NULL;
}

static ForlopKey *
unlock_by_passphrase (ForlopCli      *self,
                      ForlopKeyring  *keyring,
                      GError        **error)
{
  char *passphrase = self->passphrase_file != NULL
                       ? read_passphrase_file (self->passphrase_file, error)
                       : forlop_terminal_ask (_("Passphrase: "), self->cancellable, error);
  ForlopKey *key = NULL;

  if (passphrase != NULL)
    key = forlop_keyring_unlock_passphrase (keyring, passphrase, error);
  forlop_secret_free (passphrase);

  return key;
}

/* What is wrong with the key store or the PIN is no end of the matter: the passphrase opens the file. */
static gboolean
passphrase_helps (const GError *error)
{
  return g_error_matches (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_NO_KEYRING) ||
         g_error_matches (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_KEYRING_EMPTY) ||
         g_error_matches (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_PIN_SPENT);
}

static ForlopKey *
unlock_by_pin (ForlopCli      *self,
               ForlopKeyring  *keyring,
               GError        **error)
{
  char *pin;
  ForlopKey *key;

  if (!forlop_keyring_may_try_pin (keyring, self->cancellable, error))
    return NULL;
  pin = forlop_terminal_ask (_("PIN: "), self->cancellable, error);
  if (pin == NULL)
    return NULL;
  key = forlop_keyring_unlock_pin (keyring, pin, self->cancellable, error);
  forlop_secret_free (pin);

  return key;
}

static ForlopKey *
unlock_by_any (ForlopCli      *self,
               ForlopKeyring  *keyring,
               GError        **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sentence = NULL;
  ForlopKey *key;

  if (self->passphrase_file != NULL || !forlop_keyring_has (keyring, FORLOP_KEYRING_SECRET_SERVICE))
    return unlock_by_passphrase (self, keyring, error);

  key = unlock_by_pin (self, keyring, &local_error);
  if (key != NULL)
    return key;
  if (!passphrase_helps (local_error))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  sentence = forlop_store_error_dup_sentence (local_error);
  g_printerr ("%s\n", sentence);

  return unlock_by_passphrase (self, keyring, error);
}

ForlopKey *
forlop_cli_unlock (ForlopCli  *self,
                   GError    **error)
{
  g_autofree char *key_path = NULL;
  g_autoptr (ForlopKeyring) keyring = NULL;

  g_return_val_if_fail (self != NULL && self->store_path != NULL, NULL);

  /* The one who has just made the file is not asked again. */
  if (self->key != NULL)
    return forlop_key_ref (self->key);

  key_path = forlop_keyring_dup_path (self->store_path);
  keyring = forlop_keyring_load (key_path, error);

  return keyring != NULL ? unlock_by_any (self, keyring, error) : NULL;
}

/* Typed twice, because a slip would lock the file for ever. */
static char *
ask_new_passphrase (ForlopCli  *self,
                    GError    **error)
{
  char *first = forlop_terminal_ask (_("New passphrase, a long one: "), self->cancellable, error);
  char *second;

  if (first == NULL)
    return NULL;
  second = forlop_terminal_ask (_("The same again: "), self->cancellable, error);
  if (second != NULL && *first != '\0' && strcmp (first, second) == 0)
    {
      forlop_secret_free (second);
      return first;
    }

  if (second != NULL)
    g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                 _("The two passphrases are not the same, or are empty. Nothing was made. Try again."));
  forlop_secret_free (first);
  forlop_secret_free (second);

  return NULL;
}

static gboolean
wrap_by_passphrase (ForlopCli      *self,
                    ForlopKeyring  *keyring,
                    ForlopKey      *key,
                    GError        **error)
{
  char *passphrase = self->passphrase_file != NULL ? read_passphrase_file (self->passphrase_file, error)
                                                   : ask_new_passphrase (self, error);
  gboolean wrapped = passphrase != NULL &&
                     forlop_keyring_set_passphrase (keyring, key, passphrase, NULL, error);

  forlop_secret_free (passphrase);

  return wrapped;
}

gboolean
forlop_cli_wrap_by_pin (ForlopCli      *self,
                        ForlopKeyring  *keyring,
                        ForlopKey      *key,
                        GError        **error)
{
  char *pin;
  gboolean wrapped;

  g_return_val_if_fail (self != NULL && keyring != NULL && key != NULL, FALSE);

  pin = forlop_terminal_ask (_("PIN for this computer, at least four characters: "), self->cancellable,
                             error);
  if (pin == NULL)
    return FALSE;
  if (g_utf8_strlen (pin, -1) < FORLOP_KEYRING_LEAST_PIN)
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                   _("The PIN is shorter than four characters. Nothing was changed. Choose a longer one."));
      forlop_secret_free (pin);
      return FALSE;
    }
  wrapped = forlop_keyring_set_pin (keyring, key, pin, NULL, self->cancellable, error);
  forlop_secret_free (pin);

  return wrapped;
}

/* Where the desktop has a key store, a PIN goes with the passphrase; with --passphrase-file nobody is
 * there to be asked. */
ForlopKeyring *
forlop_cli_wrap_key (ForlopCli   *self,
                     ForlopKey   *key,
                     const char  *store_id,
                     GError     **error)
{
  g_autoptr (ForlopIdSource) ids = forlop_id_source_new_system ();
  g_autofree char *new_id = NULL;
  g_autoptr (ForlopKeyring) keyring = NULL;

  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  new_id = forlop_id_source_next (ids, g_get_real_time () / 1000);
  keyring = forlop_keyring_new (store_id != NULL ? store_id : new_id, key);
  if (!wrap_by_passphrase (self, keyring, key, error))
    return NULL;
  if (self->passphrase_file == NULL &&
      forlop_keyring_can_keep_pin (keyring, self->cancellable, NULL) &&
      !forlop_cli_wrap_by_pin (self, keyring, key, error))
    return NULL;

  g_clear_pointer (&self->key, forlop_key_unref);
  self->key = forlop_key_ref (key);

  return g_steal_pointer (&keyring);
}
