/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-server-call.h"

G_BEGIN_DECLS

/* The endpoints: path, method, who may, on which thread, and how much may be sent. */

/**
 * ForlopHttpAccess:
 * @FORLOP_HTTP_OPEN: Nobody has to be signed in.
 * @FORLOP_HTTP_KNOWN: With or without a token, but not with a wrong one.
 * @FORLOP_HTTP_LIMITED: Signed in, also with a one-time password.
 * @FORLOP_HTTP_SIGNED_IN: Signed in with a password of one's own.
 * @FORLOP_HTTP_SYSTEM: Another system, with its token.
 */
typedef enum {
  FORLOP_HTTP_OPEN,
  FORLOP_HTTP_KNOWN,
  FORLOP_HTTP_LIMITED,
  FORLOP_HTTP_SIGNED_IN,
  FORLOP_HTTP_SYSTEM,
} ForlopHttpAccess;

typedef enum {
  FORLOP_HTTP_ON_TENANT,
  FORLOP_HTTP_ON_PASSWORDS,
  FORLOP_HTTP_ON_PROVIDER, /* that of the municipality's provider of sign-ins */
  FORLOP_HTTP_ON_GATEWAY,  /* that of test messages */
  FORLOP_HTTP_ON_MAIN, /* health and figures: answered by the server itself */
} ForlopHttpThread;

/**
 * ForlopHttpRoute:
 * @max_body: bytes; 0 for requests without a body.
 * @is_stream: the answer stays open.
 * @is_batched: several at once may be stored by one wait for the disk; such a one may be run again.
 */
typedef struct {
  const char *method;
  const char *path;
  ForlopHttpAccess access;
  ForlopHttpThread thread;
  gsize max_body;
  ForlopServerHandler handler;
  gboolean is_stream;
  gboolean is_batched;
} ForlopHttpRoute;

/* The list, ended by a route without a path. */
const ForlopHttpRoute *forlop_http_routes_get  (void);
/* @allowed: (out): the methods of @path, separated by commas, when there is no such route; NULL when
 * there is no such path. */
const ForlopHttpRoute *forlop_http_routes_find (const char  *method,
                                                const char  *path,
                                                char       **allowed);

G_END_DECLS
