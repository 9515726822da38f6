/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-cli.h"
#include "forlop-keyring.h"

G_BEGIN_DECLS

/* The key of the file: from --passphrase-file, else from the desktop's key store, else asked for on
 * the terminal. Never from the command line or the environment, which others can read. */
ForlopKey     *forlop_cli_unlock       (ForlopCli  *self,
                                        GError    **error) G_GNUC_WARN_UNUSED_RESULT;
/* The wrappings of a new file's @key, found in the same order. */
ForlopKeyring *forlop_cli_wrap_key     (ForlopCli  *self,
                                        ForlopKey  *key,
                                        GError    **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
