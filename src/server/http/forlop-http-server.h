/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-http-connections.h"
#include "forlop-tenants.h"

G_BEGIN_DECLS

/* The server's HTTP: it reads requests in the main context it was made in, hands each to the thread of
 * its municipality, and answers. */

#define FORLOP_TYPE_HTTP_SERVER (forlop_http_server_get_type ())
G_DECLARE_FINAL_TYPE (ForlopHttpServer, forlop_http_server, FORLOP, HTTP_SERVER, GObject)

/**
 * ForlopHttpLimits:
 * @times: how long a caller may keep a connection waiting.
 * @max_queued: requests taken and not yet answered; more are told to come again.
 * @max_body_bytes: bodies of all requests together.
 * @per_second: requests of one device, after @burst.
 * @comment_ms: between two signs of life on a poke stream.
 * @behind_proxy: whether the last address of X-Forwarded-For is the caller's.
 */
typedef struct {
  ForlopHttpTimes times;
  unsigned int max_queued;
  gsize max_body_bytes;
  double per_second;
  double burst;
  unsigned int comment_ms;
  gboolean behind_proxy;
} ForlopHttpLimits;

/* Those of docs/operations.md. */
extern const ForlopHttpLimits forlop_http_default_limits;

/* @tenants must outlive it. @limits is copied. */
ForlopHttpServer *forlop_http_server_new    (ForlopTenants          *tenants,
                                             const ForlopHttpLimits *limits) G_GNUC_WARN_UNUSED_RESULT;
gboolean          forlop_http_server_listen (ForlopHttpServer       *self,
                                             GSocket                *socket,
                                             GError                **error);
/* Another process has moved the municipality's log to @head. */
void              forlop_http_server_poke   (ForlopHttpServer       *self,
                                             ForlopTenant           *tenant,
                                             gint64                  head);
/* Takes nothing new, ends the poke streams, and lets what was taken come to its end. */
void              forlop_http_server_stop   (ForlopHttpServer       *self);
/* Whether it was stopped and everything taken is answered. */
gboolean          forlop_http_server_is_idle (ForlopHttpServer      *self);

G_END_DECLS
