/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-http-request.h"

G_BEGIN_DECLS

/* How much is taken at a time: from one device, from an address that shows wrong tokens, and by the server as a
 * whole. On the thread of HTTP. */

#define FORLOP_HTTP_BUSY_RETRY_MS 2000
/* The storage has not answered for as long as a request may take. */
#define FORLOP_HTTP_STUCK_RETRY_MS 30000

typedef struct _ForlopHttpLoad ForlopHttpLoad;

/* @max_queued: requests taken and not yet answered. @max_bytes: bodies of all of them together. @per_second:
 * requests of one device, after @burst. */
ForlopHttpLoad *forlop_http_load_new         (unsigned int       max_queued,
                                              gsize              max_bytes,
                                              double             per_second,
                                              double             burst) G_GNUC_WARN_UNUSED_RESULT;
void            forlop_http_load_free        (ForlopHttpLoad    *self);
/* Counts the request, or refuses it. */
void            forlop_http_load_take        (ForlopHttpLoad    *self,
                                              ForlopHttpRequest *request,
                                              gboolean           is_stopping);
/* It has its answer, or nobody waits for one any more. */
void            forlop_http_load_leave       (ForlopHttpLoad    *self,
                                              ForlopHttpRequest *request);
/* A wrong token came from @address. */
void            forlop_http_load_note_wrong  (ForlopHttpLoad    *self,
                                              const char        *address);
unsigned int    forlop_http_load_count       (ForlopHttpLoad    *self);
/* What those are told who come again later. */
const char     *forlop_http_load_busy_words  (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopHttpLoad, forlop_http_load_free)

G_END_DECLS
