/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A request that is sent before its answer is wanted, so that the server works on it meanwhile. One that comes to
 * nothing is sent anew by whoever wants the answer: nothing is told of what went wrong. */

typedef struct _ForlopHttpAhead ForlopHttpAhead;

/* Sends @message as far as it goes without waiting; @context is @session's and the thread's, here and
 * in all that follows; @cancellable is of this request alone. */
ForlopHttpAhead *forlop_http_ahead_new  (SoupSession     *session,
                                         GMainContext    *context,
                                         SoupMessage     *message,
                                         GCancellable    *cancellable) G_GNUC_WARN_UNUSED_RESULT;
/* Waits for the answer to begin. Returns: (transfer full) (nullable): what is to be read; %NULL when it came to
 * nothing. */
GInputStream    *forlop_http_ahead_take (ForlopHttpAhead *self,
                                         GCancellable    *cancellable) G_GNUC_WARN_UNUSED_RESULT;
SoupMessage     *forlop_http_ahead_get_message (ForlopHttpAhead *self);
/* Gives up what is not answered. */
void             forlop_http_ahead_free (ForlopHttpAhead *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopHttpAhead, forlop_http_ahead_free)

G_END_DECLS
