/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-account-store.h"
#include "forlop-sync-server.h"
#include "forlop-system-store.h"
#include "forlop-tenants.h"

G_BEGIN_DECLS

/**
 * ForlopServerCall:
 * @tenant: (nullable): the municipality of the token.
 * @token: (nullable): what stood after "Bearer".
 * @address: where the request comes from.
 * @session: (nullable): who calls, once the token was accepted.
 * @system: (nullable): the system that calls, once its token was accepted.
 * @path: of the address; @query (nullable) is what stood after "?".
 * @hold_ms: how long the answer is held back.
 * @retry_ms: when to try again, told with 429 and 503.
 *
 * One request, without HTTP, on its way through the threads of the server. One thread has it at a time.
 */
typedef struct {
  ForlopTenants *tenants;
  ForlopTenant *tenant;
  char *token;
  char *address;
  char *request_id;
  char *text;
  gsize length;

  char *path;
  char *query;

  ForlopSession *session;
  ForlopSystem *system;
  gint64 hold_ms;
  gint64 retry_ms;
} ForlopServerCall;

/* Answers a call. NULL with an error when the storage failed. */
typedef ForlopSyncReply *(*ForlopServerHandler) (ForlopServerCall  *call,
                                                 GError           **error);

void forlop_server_call_free (ForlopServerCall *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopServerCall, forlop_server_call_free)

G_END_DECLS
