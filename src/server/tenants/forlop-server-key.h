/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-key.h"

G_BEGIN_DECLS

/* The server's key: the file @path (nullable), else the credential "forlop-key" of the service
 * manager, else the file "server.key" in @folder (nullable). 64 hexadecimal digits in a file that nobody but its
 * owner may read. */
ForlopKey *forlop_server_key_load   (const char     *path,
                                     const char     *folder,
                                     GError        **error) G_GNUC_WARN_UNUSED_RESULT;
/* Makes the file when there is no key yet. */
ForlopKey *forlop_server_key_ensure (const char     *path,
                                     const char     *folder,
                                     GError        **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
