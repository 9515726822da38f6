/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FORLOP_STORE_ERROR:
 *
 * The error domain of the local file. The message is a whole sentence for the user: what happened,
 * what was kept and what to do. A technical detail may follow after a line break; it never holds a
 * value that somebody entered. Use forlop_store_error_dup_sentence() and
 * forlop_store_error_dup_detail() to tell the two apart.
 */
#define FORLOP_STORE_ERROR (forlop_store_error_quark ())

/**
 * ForlopStoreError:
 * @FORLOP_STORE_ERROR_WRONG_KEY: The key or passphrase does not open the file.
 * @FORLOP_STORE_ERROR_WRONG_PIN: The PIN does not open the file; the message says how many tries are left.
 * @FORLOP_STORE_ERROR_PIN_SPENT: The PIN was wrong too often; the passphrase still opens the file.
 * @FORLOP_STORE_ERROR_NEWER_FILE: A newer version of the program has upgraded the file.
 * @FORLOP_STORE_ERROR_DAMAGED: The file cannot be read as it should; restore a backup.
 * @FORLOP_STORE_ERROR_READ_ONLY: The file, folder or disk cannot be written to.
 * @FORLOP_STORE_ERROR_DISK_FULL: There is no room for the change; what was saved before is kept.
 * @FORLOP_STORE_ERROR_NO_ACCESS: The user may not read the file.
 * @FORLOP_STORE_ERROR_IN_USE: Another process has the file open.
 * @FORLOP_STORE_ERROR_NOT_A_STORE: The file is something else than a file of this program.
 * @FORLOP_STORE_ERROR_BUSY: The file was locked for too long; trying again helps.
 * @FORLOP_STORE_ERROR_CONSTRAINT: The change contradicts what is registered.
 * @FORLOP_STORE_ERROR_MISSING: There is no such file.
 * @FORLOP_STORE_ERROR_EXISTS: There is a file already where a new one should be made.
 * @FORLOP_STORE_ERROR_NO_KEYRING: The key store of the desktop does not answer, or stays locked.
 * @FORLOP_STORE_ERROR_KEYRING_EMPTY: The key store has nothing for this file; the passphrase opens it.
 * @FORLOP_STORE_ERROR_BLOB_MISSING: An attachment is not on this machine.
 * @FORLOP_STORE_ERROR_BLOB_NOT_COME: An attachment is on another machine still.
 * @FORLOP_STORE_ERROR_BLOB_DAMAGED: An attachment was changed or damaged outside the program.
 * @FORLOP_STORE_ERROR_FAILED: Anything else; the detail says what.
 */
typedef enum {
  FORLOP_STORE_ERROR_WRONG_KEY,
  FORLOP_STORE_ERROR_WRONG_PIN,
  FORLOP_STORE_ERROR_PIN_SPENT,
  FORLOP_STORE_ERROR_NEWER_FILE,
  FORLOP_STORE_ERROR_DAMAGED,
  FORLOP_STORE_ERROR_READ_ONLY,
  FORLOP_STORE_ERROR_DISK_FULL,
  FORLOP_STORE_ERROR_NO_ACCESS,
  FORLOP_STORE_ERROR_IN_USE,
  FORLOP_STORE_ERROR_NOT_A_STORE,
  FORLOP_STORE_ERROR_BUSY,
  FORLOP_STORE_ERROR_CONSTRAINT,
  FORLOP_STORE_ERROR_MISSING,
  FORLOP_STORE_ERROR_EXISTS,
  FORLOP_STORE_ERROR_NO_KEYRING,
  FORLOP_STORE_ERROR_KEYRING_EMPTY,
  FORLOP_STORE_ERROR_BLOB_MISSING,
  FORLOP_STORE_ERROR_BLOB_NOT_COME,
  FORLOP_STORE_ERROR_BLOB_DAMAGED,
  FORLOP_STORE_ERROR_FAILED,
} ForlopStoreError;

GQuark  forlop_store_error_quark        (void);

/* Sets the sentence of @code; @path is named in it where that helps, and @detail (nullable, no
 * values of records) follows on a line of its own. */
void    forlop_store_error_set          (GError          **error,
                                         ForlopStoreError  code,
                                         const char       *path,
                                         const char       *detail);
/* The same, with the code that fits an errno of a failed call on @path. */
void    forlop_store_error_set_errno    (GError          **error,
                                         const char       *path,
                                         int               number,
                                         const char       *what);
ForlopStoreError forlop_store_error_code_from_errno (int number);
/* What the user reads, without the detail. Works for an error of any domain. */
char   *forlop_store_error_dup_sentence (const GError     *error) G_GNUC_WARN_UNUSED_RESULT;
/* The technical detail, or NULL. */
char   *forlop_store_error_dup_detail   (const GError     *error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
