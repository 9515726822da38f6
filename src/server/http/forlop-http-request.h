/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <libsoup/soup.h>

#include "forlop-http-routes.h"

G_BEGIN_DECLS

/**
 * ForlopHttpRequest:
 * @route: (nullable): %NULL when it was refused before its path was known.
 * @refusal: (nullable): what to answer without asking anybody.
 * @allowed: (nullable): methods, told with 405.
 * @device_key: (nullable): what its rate is counted by; a hash of the token.
 * @budget: bytes of body that are counted for it.
 * @is_gone: nobody waits for the answer any more.
 *
 * One request with its message. Counted, because it is on a thread while its caller may go away.
 */
typedef struct {
  SoupServerMessage *message;
  const ForlopHttpRoute *route;
  ForlopServerCall *call;
  ForlopSyncReply *refusal;
  char *allowed;
  char *device_key;
  gsize budget;
  gsize received;
  gint64 started_us;
  gint64 retry_ms;
  gboolean is_counted;
  gboolean is_gone;
} ForlopHttpRequest;

ForlopHttpRequest *forlop_http_request_new      (SoupServerMessage  *message) G_GNUC_WARN_UNUSED_RESULT;
ForlopHttpRequest *forlop_http_request_ref      (ForlopHttpRequest  *self);
void               forlop_http_request_unref    (ForlopHttpRequest  *self);
/* The one that belongs to @message; NULL when it has none. */
ForlopHttpRequest *forlop_http_request_get      (SoupServerMessage  *message);

/* Reads what the header says and checks it against the limits; sets what refuses it. */
void               forlop_http_request_read     (ForlopHttpRequest  *self,
                                                 const char         *path,
                                                 ForlopTenants      *tenants,
                                                 gboolean            behind_proxy);
void               forlop_http_request_refuse   (ForlopHttpRequest  *self,
                                                 unsigned int        status,
                                                 const char         *code,
                                                 const char         *detail);
/* Whether a body follows that will not be read. */
gboolean           forlop_http_request_has_body (ForlopHttpRequest  *self);
/* Writes @reply (transfer full) as the answer. */
void               forlop_http_request_answer   (ForlopHttpRequest  *self,
                                                 ForlopSyncReply    *reply);
/* The refusal as bytes, for a connection that was taken from the HTTP library. */
char              *forlop_http_request_dup_refusal (ForlopHttpRequest *self) G_GNUC_WARN_UNUSED_RESULT;
/* What comes before the pokes, for the same. */
char              *forlop_http_request_dup_stream_header (ForlopHttpRequest *self,
                                                          gboolean           is_chunked) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
