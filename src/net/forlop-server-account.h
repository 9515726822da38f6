/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-clock.h"
#include "forlop-http-transport.h"
#include "forlop-store.h"
#include "forlop-sync-request.h"

G_BEGIN_DECLS

/* The user's session with the server: signs in, keeps the tokens, and gets new ones before they run out.
 * What must survive the program is in the encrypted file and goes with it. May be used from any thread
 * but the main one; each thread brings a transport of its own. */

/**
 * FORLOP_SIGN_IN_ERROR:
 *
 * Why it did not come to anything. The message is a sentence for the user.
 */
#define FORLOP_SIGN_IN_ERROR (forlop_sign_in_error_quark ())

/**
 * ForlopSignInError:
 * @FORLOP_SIGN_IN_ERROR_ADDRESS: No server answers there, or not one of ours.
 * @FORLOP_SIGN_IN_ERROR_CERTIFICATE: The server cannot prove who it is.
 * @FORLOP_SIGN_IN_ERROR_CLOCK: The clock of this machine is wrong by hours.
 * @FORLOP_SIGN_IN_ERROR_TOO_OLD: The server does not work with this version.
 * @FORLOP_SIGN_IN_ERROR_WRONG: The server does not know municipality, name and password.
 * @FORLOP_SIGN_IN_ERROR_TOO_MANY: Too many wrong passwords, or too many at once; the server asks to wait.
 * @FORLOP_SIGN_IN_ERROR_DEVICE: The file is somebody else's, or this machine is blocked.
 * @FORLOP_SIGN_IN_ERROR_ONE_TIME: The password was for one time; a new one must be chosen.
 * @FORLOP_SIGN_IN_ERROR_NEW_PASSWORD: The new password is too easy to guess.
 * @FORLOP_SIGN_IN_ERROR_BROWSER: The sign-in by browser did not come to an end, or is not offered.
 * @FORLOP_SIGN_IN_ERROR_UNKNOWN: The person signed in, but no user is linked to that.
 * @FORLOP_SIGN_IN_ERROR_REFUSED: The server refused for another reason.
 */
typedef enum {
  FORLOP_SIGN_IN_ERROR_ADDRESS,
  FORLOP_SIGN_IN_ERROR_CERTIFICATE,
  FORLOP_SIGN_IN_ERROR_CLOCK,
  FORLOP_SIGN_IN_ERROR_TOO_OLD,
  FORLOP_SIGN_IN_ERROR_WRONG,
  FORLOP_SIGN_IN_ERROR_TOO_MANY,
  FORLOP_SIGN_IN_ERROR_DEVICE,
  FORLOP_SIGN_IN_ERROR_ONE_TIME,
  FORLOP_SIGN_IN_ERROR_NEW_PASSWORD,
  FORLOP_SIGN_IN_ERROR_BROWSER,
  FORLOP_SIGN_IN_ERROR_UNKNOWN,
  FORLOP_SIGN_IN_ERROR_REFUSED,
} ForlopSignInError;

GQuark forlop_sign_in_error_quark (void);

typedef struct _ForlopServerAccount ForlopServerAccount;

/**
 * ForlopSignIn:
 * @tenant: the municipality's name on the server.
 * @device_id: this file's id, made once.
 * @device_name: what the list of devices calls it.
 */
typedef struct {
  const char *tenant;
  const char *name;
  const char *password;
  const char *device_id;
  const char *device_name;
} ForlopSignIn;

/* Reads what the file has of an earlier run. @store outlives it. */
ForlopServerAccount *forlop_server_account_new       (ForlopStore            *store,
                                                      GError                **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopServerAccount *forlop_server_account_ref       (ForlopServerAccount    *self);
void                 forlop_server_account_unref     (ForlopServerAccount    *self);

/* Refused: an error of %FORLOP_SIGN_IN_ERROR. */
gboolean             forlop_server_account_sign_in   (ForlopServerAccount    *self,
                                                      ForlopHttpTransport    *transport,
                                                      const ForlopSignIn     *sign_in,
                                                      GCancellable           *cancellable,
                                                      GError                **error);
/* Asks @path for a session with @body and keeps it. The same errors. */
gboolean             forlop_server_account_enter     (ForlopServerAccount    *self,
                                                      ForlopHttpTransport    *transport,
                                                      const char             *path,
                                                      const char             *body,
                                                      GCancellable           *cancellable,
                                                      GError                **error);
/* What the server refused, as an error in the user's words. Always FALSE. */
gboolean             forlop_server_account_set_refused (const ForlopHttpAnswer *answer,
                                                      GError                **error);
gboolean             forlop_server_account_set_password (ForlopServerAccount *self,
                                                      ForlopHttpTransport    *transport,
                                                      const char             *old_password,
                                                      const char             *new_password,
                                                      GCancellable           *cancellable,
                                                      GError                **error);
/* Forgets the session here, whether or not the server hears of it. */
gboolean             forlop_server_account_sign_out  (ForlopServerAccount    *self,
                                                      ForlopHttpTransport    *transport,
                                                      GCancellable           *cancellable,
                                                      GError                **error);
gboolean             forlop_server_account_is_signed_in (ForlopServerAccount *self);
gboolean             forlop_server_account_must_change_password (ForlopServerAccount *self);

/* Sends with the session's token, and once more with a new one when it has run out. 401 in @answer: the
 * user must sign in. */
gboolean             forlop_server_account_send      (ForlopServerAccount    *self,
                                                      ForlopHttpTransport    *transport,
                                                      const char             *method,
                                                      const char             *path,
                                                      const char             *body,
                                                      ForlopHttpAnswer       *answer,
                                                      GCancellable           *cancellable,
                                                      GError                **error);
/* A token that is good now; NULL without an error when the user must sign in. */
char                *forlop_server_account_dup_token (ForlopServerAccount    *self,
                                                      ForlopHttpTransport    *transport,
                                                      GCancellable           *cancellable,
                                                      GError                **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopServerAccount, forlop_server_account_unref)

G_END_DECLS
