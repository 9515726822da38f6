/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-store-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (forlop-store-error-quark, forlop_store_error)

/* Each sentence may name the file once; those that do not simply leave the argument unused. */
static char *
build_sentence (ForlopStoreError  code,
                const char       *name)
{
  switch (code)
    {
    case FORLOP_STORE_ERROR_WRONG_KEY:
      return g_strdup (_("The passphrase does not open the file. Nothing was changed. Try again "
                         "with the one that was chosen for this file."));
    case FORLOP_STORE_ERROR_WRONG_PIN:
      return g_strdup (_("That is not the PIN. Nothing was changed. Try again, or use the passphrase "
                         "of the file."));
    case FORLOP_STORE_ERROR_PIN_SPENT:
      return g_strdup (_("The PIN was wrong five times and opens nothing any more. Nothing is lost. "
                         "Open the file with its passphrase, and choose a new PIN."));
    case FORLOP_STORE_ERROR_NEWER_FILE:
      return g_strdup_printf (_("“%s” was last used by a newer version of Forløp. Nothing was "
                                "changed. Update Forløp and open the file again."), name);
    case FORLOP_STORE_ERROR_DAMAGED:
      return g_strdup_printf (_("“%s” is damaged and cannot be read. It was left as it is. "
                                "Restore the latest backup, and keep the damaged file for those "
                                "who help you."), name);
    case FORLOP_STORE_ERROR_READ_ONLY:
      return g_strdup_printf (_("“%s” cannot be written to. Nothing was changed. Ask for write "
                                "access to the folder, or choose another one."), name);
    case FORLOP_STORE_ERROR_DISK_FULL:
      return g_strdup (_("The disk is full. Everything saved before is kept, but the last change "
                         "was not saved. Free some space and try again."));
    case FORLOP_STORE_ERROR_NO_ACCESS:
      return g_strdup_printf (_("You do not have access to “%s”. Nothing was changed. Ask the "
                                "owner of the file for access, or choose another file."), name);
    case FORLOP_STORE_ERROR_IN_USE:
      return g_strdup_printf (_("“%s” is already open in another program or window. Nothing was "
                                "changed. Close it there and try again."), name);
    case FORLOP_STORE_ERROR_NOT_A_STORE:
      return g_strdup_printf (_("“%s” is not a file of Forløp. It was left as it is. Choose "
                                "another file."), name);
    case FORLOP_STORE_ERROR_BUSY:
      return g_strdup (_("The file is busy with another task. The last change was not saved. "
                         "Try again in a moment."));
    case FORLOP_STORE_ERROR_CONSTRAINT:
      return g_strdup (_("The change does not fit with what is already registered. Nothing was "
                         "saved. Check what you entered and try again."));
    case FORLOP_STORE_ERROR_MISSING:
      return g_strdup_printf (_("There is no file “%s”. Nothing was changed. Choose another file, "
                                "or make a new one."), name);
    case FORLOP_STORE_ERROR_EXISTS:
      return g_strdup_printf (_("There is already a file “%s”. It was left as it is. Choose "
                                "another name."), name);
    case FORLOP_STORE_ERROR_NO_KEYRING:
      return g_strdup (_("The key store of this computer does not answer, or is locked. Nothing was "
                         "changed. Unlock the key store and try again, or use the passphrase of the "
                         "file."));
    case FORLOP_STORE_ERROR_KEYRING_EMPTY:
      return g_strdup (_("The key store of this computer does not have the key of this file any "
                         "more. Nothing is lost. Open the file with its passphrase, and choose a "
                         "new PIN."));
    case FORLOP_STORE_ERROR_BLOB_MISSING:
      return g_strdup (_("The attachment is not on this computer. The record it belongs to is "
                         "kept. Fetch it from the backup, or attach it again."));
    case FORLOP_STORE_ERROR_BLOB_NOT_COME:
      return g_strdup (_("The attachment has not yet come from the machine where it was added. The "
                         "record it belongs to is kept. It is fetched by itself; try again later."));
    case FORLOP_STORE_ERROR_BLOB_DAMAGED:
      return g_strdup (_("The attachment is damaged and was not opened. The record it belongs to "
                         "is kept. Fetch it from the backup, or attach it again."));
    case FORLOP_STORE_ERROR_FAILED:
      return g_strdup (_("Something went wrong while the file was read or saved. Everything saved "
                         "before is kept. Try again, and report the details if it happens again."));
    default:
      g_assert_not_reached ();
    }
}

ForlopStoreError
forlop_store_error_code_from_errno (int number)
{
  switch (number)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return FORLOP_STORE_ERROR_DISK_FULL;
    case EROFS:
      return FORLOP_STORE_ERROR_READ_ONLY;
    case EACCES:
    case EPERM:
      return FORLOP_STORE_ERROR_NO_ACCESS;
    case ENOENT:
    case ENOTDIR:
      return FORLOP_STORE_ERROR_MISSING;
    case EEXIST:
      return FORLOP_STORE_ERROR_EXISTS;
    case EISDIR:
      return FORLOP_STORE_ERROR_NOT_A_STORE;
    default:
      return FORLOP_STORE_ERROR_FAILED;
    }
}

void
forlop_store_error_set (GError           **error,
                        ForlopStoreError   code,
                        const char        *path,
                        const char        *detail)
{
  if (error == NULL)
    return;

  g_autofree char *name = path != NULL ? g_filename_display_basename (path) : g_strdup ("Forløp");
  g_autofree char *sentence = build_sentence (code, name);
  if (detail == NULL)
    g_set_error_literal (error, FORLOP_STORE_ERROR, code, sentence);
  else
    g_set_error (error, FORLOP_STORE_ERROR, code, _("%s\nDetails: %s"), sentence, detail);
}

void
forlop_store_error_set_errno (GError     **error,
                              const char  *path,
                              int          number,
                              const char  *what)
{
  g_autofree char *detail = g_strdup_printf ("%s: %s", what, g_strerror (number));

  forlop_store_error_set (error, forlop_store_error_code_from_errno (number), path, detail);
}

char *
forlop_store_error_dup_sentence (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  const char *end = strchr (error->message, '\n');
  return end != NULL ? g_strndup (error->message, (gsize) (end - error->message))
                     : g_strdup (error->message);
}

char *
forlop_store_error_dup_detail (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  const char *end = strchr (error->message, '\n');
  return end != NULL && end[1] != '\0' ? g_strdup (end + 1) : NULL;
}
