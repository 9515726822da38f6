/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Sockets to listen on. Ours have room for 128 waiting connections; the HTTP library's own have 10, and
 * then callers stand still for a second. */

/* @address: "127.0.0.1:8080", "[::1]:0" or "unix:/run/forlop/socket". Anything but this machine is
 * refused unless @allow_remote: the server belongs behind a proxy that ends TLS. */
GSocket *forlop_http_listen        (const char  *address,
                                    gboolean     allow_remote,
                                    GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* The sockets that the service manager opened; empty when there are none. */
GPtrArray *forlop_http_listen_inherited (GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* As one would write it in an address: "http://127.0.0.1:40123" or "unix:/run/forlop/socket". */
char    *forlop_http_describe      (GSocket     *socket) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
