/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Asks on the controlling terminal without showing what is typed. Ctrl+C ends with
 * G_IO_ERROR_CANCELLED; without a terminal it is FORLOP_ERROR_INVALID. Free the answer with
 * forlop_secret_free(). */
char *forlop_terminal_ask (const char    *prompt,
                           GCancellable  *cancellable,
                           GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* Wipes the text before it is freed; @secret may be NULL. */
void  forlop_secret_free  (char          *secret);

G_END_DECLS
