/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Every open connection and until when it may stay as it is. The HTTP library waits for ever for the
 * rest of a header; who is late here loses the connection. Belongs to the thread of its main context. */

/**
 * ForlopHttpTimes:
 *
 * Milliseconds.
 */
typedef struct {
  int header;
  int body;
  int request;
  int idle;
  int linger;
  unsigned int max_connections;
} ForlopHttpTimes;

typedef enum {
  FORLOP_HTTP_WAITS_HEADER,
  FORLOP_HTTP_WAITS_BODY,
  FORLOP_HTTP_WAITS_ANSWER,
  FORLOP_HTTP_WAITS_IDLE,
  FORLOP_HTTP_WAITS_LINGER,
  FORLOP_HTTP_WAITS_NOTHING, /* a stream: stays until it ends */
} ForlopHttpWaits;

typedef struct _ForlopHttpConnections ForlopHttpConnections;

/* @times is copied. */
ForlopHttpConnections *forlop_http_connections_new    (const ForlopHttpTimes *times) G_GNUC_WARN_UNUSED_RESULT;
void                   forlop_http_connections_free   (ForlopHttpConnections *self);
/* FALSE when there are too many: the connection was closed. */
gboolean               forlop_http_connections_set    (ForlopHttpConnections *self,
                                                       GSocket               *socket,
                                                       ForlopHttpWaits        waits);
/* Keeps @stream (transfer full), taken from the HTTP library, until what was written has arrived. */
void                   forlop_http_connections_linger (ForlopHttpConnections *self,
                                                       GSocket               *socket,
                                                       GIOStream             *stream);
void                   forlop_http_connections_drop   (ForlopHttpConnections *self,
                                                       GSocket               *socket);
unsigned int           forlop_http_connections_count  (ForlopHttpConnections *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopHttpConnections, forlop_http_connections_free)

G_END_DECLS
