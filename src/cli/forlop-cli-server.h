/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-cli.h"
#include "forlop-http-transport.h"
#include "forlop-server-account.h"

G_BEGIN_DECLS

/* The file's server, asked in the session that the file has.
 *
 * @ca_file: (nullable): whom the server's certificate must come from; else what the file remembers.
 * @account: (out): who asks.
 *
 * Returns: (transfer full): the way there, or %NULL with a sentence. */
ForlopHttpTransport *forlop_cli_open_server (ForlopCli            *self,
                                             ForlopStore          *store,
                                             const char           *ca_file,
                                             ForlopServerAccount **account,
                                             GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
