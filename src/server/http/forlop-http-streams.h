/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

#include "forlop-tenants.h"

G_BEGIN_DECLS

/* Open poke streams. Each gets the head of its municipality and nothing else, a comment now and then,
 * and ends with its session. Their connections are taken from the HTTP library, which looks at each of its
 * own whenever anything happens. Belongs to the thread of its main context. */

typedef struct _ForlopHttpStreams ForlopHttpStreams;

/* @comment_ms: how often a comment line is sent and the session is looked at again. */
ForlopHttpStreams *forlop_http_streams_new   (unsigned int        comment_ms) G_GNUC_WARN_UNUSED_RESULT;
/* Ends every stream. */
void               forlop_http_streams_free  (ForlopHttpStreams  *self);
/* Answers with @header, and then a stream that begins with @head, over @connection (transfer full), of
 * which @socket is a part and which nobody else reads or writes. */
void               forlop_http_streams_add   (ForlopHttpStreams  *self,
                                              GIOStream          *connection,
                                              GSocket            *socket,
                                              const char         *header,
                                              gboolean            is_chunked,
                                              ForlopTenant       *tenant,
                                              const char         *session_id,
                                              gint64              head);
void               forlop_http_streams_poke  (ForlopHttpStreams  *self,
                                              ForlopTenant       *tenant,
                                              gint64              head);
unsigned int       forlop_http_streams_count (ForlopHttpStreams  *self);
/* Ends every stream; no more may be added. */
void               forlop_http_streams_end   (ForlopHttpStreams  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopHttpStreams, forlop_http_streams_free)

G_END_DECLS
