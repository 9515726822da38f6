/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* HTTP on raw sockets, played by the thread that asks: what is measured is the server, whichever it is. */

/* @address: http://127.0.0.1:PORT. */
int      bench_http_connect      (const char   *address);
char    *bench_http_make_request (const char   *method,
                                  const char   *path,
                                  const char   *token,
                                  const char   *body) G_GNUC_WARN_UNUSED_RESULT;
void     bench_http_send         (int           fd,
                                  const char   *text);
void     bench_http_receive      (int           fd,
                                  GString      *into);
/* NULL until a whole answer has come; then its body, which ends with @text. */
const char *bench_http_find_body (const GString *text);

/* Sends each connection's requests (element-type utf8) one after the other, over all connections at once.
 * Every answer begins with @status and has @word in it. Returns how many seconds that took. */
double   bench_http_drive        (const char   *address,
                                  GPtrArray   **requests,
                                  unsigned int  n_connections,
                                  const char   *status,
                                  const char   *word);

G_END_DECLS
