/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where the browser comes back to after a sign-in (RFC 8252): a port of this machine that is free, reachable from
 * this machine alone, and open until it has. Belongs to the thread that made it. */

typedef struct _ForlopBrowserReturn ForlopBrowserReturn;

ForlopBrowserReturn *forlop_browser_return_new         (GError               **error) G_GNUC_WARN_UNUSED_RESULT;
void                 forlop_browser_return_free        (ForlopBrowserReturn   *self);
/* "http://127.0.0.1:PORT/". */
const char          *forlop_browser_return_get_address (ForlopBrowserReturn   *self);
/* Waits at most so many seconds for a browser that brings @state; others are told that there is nothing. @code and
 * @issuer: (out): what it brings; @issuer may be NULL. Errors are %FORLOP_SIGN_IN_ERROR_BROWSER. */
gboolean             forlop_browser_return_wait        (ForlopBrowserReturn   *self,
                                                        const char            *state,
                                                        unsigned int           seconds,
                                                        char                 **code,
                                                        char                 **issuer,
                                                        GCancellable          *cancellable,
                                                        GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopBrowserReturn, forlop_browser_return_free)

G_END_DECLS
