/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-cli.h"
#include "forlop-keyring.h"

G_BEGIN_DECLS

/* The key of the file: by --passphrase-file, else by the PIN and the desktop's key store, else by the
 * passphrase, both asked for on the terminal. Never from the command line or the environment, which
 * others can read. */
ForlopKey     *forlop_cli_unlock      (ForlopCli      *self,
                                       GError        **error) G_GNUC_WARN_UNUSED_RESULT;
/* The wrappings of a new key. @store_id NULL is for a file that is about to be made. */
ForlopKeyring *forlop_cli_wrap_key    (ForlopCli      *self,
                                       ForlopKey      *key,
                                       const char     *store_id,
                                       GError        **error) G_GNUC_WARN_UNUSED_RESULT;
/* Asks for a PIN and adds its wrapping; @keyring is not saved. */
gboolean       forlop_cli_wrap_by_pin (ForlopCli      *self,
                                       ForlopKeyring  *keyring,
                                       ForlopKey      *key,
                                       GError        **error);

G_END_DECLS
