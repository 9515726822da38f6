/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FORLOP_OPENID_ERROR:
 *
 * Why a sign-in by browser was not accepted. The message is for those who run the server; the user
 * is told less.
 */
#define FORLOP_OPENID_ERROR (forlop_openid_error_quark ())

/**
 * ForlopOpenidError:
 * @FORLOP_OPENID_ERROR_SETTINGS: The municipality's settings or key cannot be used.
 * @FORLOP_OPENID_ERROR_UNREACHABLE: The provider did not answer, or not as a provider does.
 * @FORLOP_OPENID_ERROR_REFUSED: The provider said no.
 * @FORLOP_OPENID_ERROR_MALFORMED: A token or a key is not what it should be.
 * @FORLOP_OPENID_ERROR_ALGORITHM: The token is signed in a way that is not accepted, or not at all.
 * @FORLOP_OPENID_ERROR_UNKNOWN_KEY: The token names a key that the provider has not published.
 * @FORLOP_OPENID_ERROR_SIGNATURE: The signature is wrong.
 * @FORLOP_OPENID_ERROR_ISSUER: The token is another provider's.
 * @FORLOP_OPENID_ERROR_AUDIENCE: The token is for somebody else.
 * @FORLOP_OPENID_ERROR_TIME: The token has run out, or is from the future.
 * @FORLOP_OPENID_ERROR_NONCE: The token belongs to another sign-in.
 * @FORLOP_OPENID_ERROR_LEVEL: The person signed in with less than is asked for.
 * @FORLOP_OPENID_ERROR_OLD: The person signed in with the provider too long ago.
 */
typedef enum {
  FORLOP_OPENID_ERROR_SETTINGS,
  FORLOP_OPENID_ERROR_UNREACHABLE,
  FORLOP_OPENID_ERROR_REFUSED,
  FORLOP_OPENID_ERROR_MALFORMED,
  FORLOP_OPENID_ERROR_ALGORITHM,
  FORLOP_OPENID_ERROR_UNKNOWN_KEY,
  FORLOP_OPENID_ERROR_SIGNATURE,
  FORLOP_OPENID_ERROR_ISSUER,
  FORLOP_OPENID_ERROR_AUDIENCE,
  FORLOP_OPENID_ERROR_TIME,
  FORLOP_OPENID_ERROR_NONCE,
  FORLOP_OPENID_ERROR_LEVEL,
  FORLOP_OPENID_ERROR_OLD,
} ForlopOpenidError;

GQuark forlop_openid_error_quark (void);

G_END_DECLS
