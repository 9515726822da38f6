/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-http-routes.h"

#include <string.h>

#include "forlop-access-checkpoint.h"
#include "forlop-accounts-browser.h"
#include "forlop-accounts-private.h"
#include "forlop-fhir-endpoints.h"
#include "forlop-fhir-reading.h"
#include "forlop-gateway-endpoints.h"
#include "forlop-http-audit.h"

#define SMALL_BODY (4 * 1024)
#define ACK_BODY (256 * 1024)
/* Enough for FORLOP_SYNC_CONTENTS_ASKED names. */
#define ASK_BODY (64 * 1024)

static ForlopSyncCaller
caller_of (ForlopServerCall *call)
{
  return (ForlopSyncCaller) {
    .user_id = call->session->user_id, .device_id = call->session->device_id,
    .request_id = call->request_id, .signed_in_at = call->session->started_at,
    .take_up_days = call->tenants->take_up_days, .lease_hours = call->tenants->lease_hours,
  };
}

static ForlopSyncReply *
hello (ForlopServerCall  *call,
       GError           **error)
{
  ForlopSyncCaller caller = { 0 };
  g_autofree char *checkpoint = NULL;

  if (call->session == NULL)
    return forlop_sync_server_hello (NULL, NULL, forlop_clock_now (call->tenants->clock), error);
  if (!forlop_access_checkpoint_newest (call->tenant->storage, call->tenant->key, &checkpoint, error))
    return NULL;
  caller = caller_of (call);
  caller.checkpoint = checkpoint;

  return forlop_sync_server_hello (call->tenant->storage, &caller, forlop_clock_now (call->tenant->clock),
                                   error);
}

static ForlopSyncReply *
push (ForlopServerCall  *call,
      GError           **error)
{
  ForlopSyncCaller caller = caller_of (call);

  return forlop_sync_server_push (call->tenant->storage, &caller, call->tenant->ids,
                                  forlop_clock_now (call->tenant->clock), call->text, call->length, error);
}

static ForlopSyncReply *
pull (ForlopServerCall  *call,
      GError           **error)
{
  ForlopSyncCaller caller = caller_of (call);

  return forlop_sync_server_pull (call->tenant->storage, &caller, forlop_clock_now (call->tenant->clock),
                                  call->text, call->length, error);
}

static ForlopSyncReply *
scope (ForlopServerCall  *call,
       GError           **error)
{
  ForlopSyncCaller caller = caller_of (call);

  return forlop_sync_server_scope (call->tenant->storage, &caller, forlop_clock_now (call->tenant->clock),
                                   call->text, call->length, error);
}

static ForlopSyncReply *
ack (ForlopServerCall  *call,
     GError           **error)
{
  ForlopSyncCaller caller = caller_of (call);

  return forlop_sync_server_ack (call->tenant->storage, &caller, forlop_clock_now (call->tenant->clock),
                                 call->text, call->length, error);
}

static ForlopSyncReply *
search (ForlopServerCall  *call,
        GError           **error)
{
  ForlopSyncCaller caller = caller_of (call);

  return forlop_sync_server_search (call->tenant->storage, &caller,
                                     forlop_clock_now (call->tenant->clock), call->text, call->length, error);
}

static ForlopSyncReply *
take_up (ForlopServerCall  *call,
         GError           **error)
{
  ForlopSyncCaller caller = caller_of (call);

  return forlop_sync_server_take_up (call->tenant->storage, &caller,
                                      forlop_clock_now (call->tenant->clock), call->text, call->length, error);
}

static ForlopSyncReply *
break_glass (ForlopServerCall  *call,
             GError           **error)
{
  ForlopSyncCaller caller = caller_of (call);

  return forlop_sync_server_break_glass (call->tenant->storage, &caller,
                                          forlop_clock_now (call->tenant->clock), call->text, call->length, error);
}

static ForlopSyncReply *
contents_ask (ForlopServerCall  *call,
              GError           **error)
{
  ForlopSyncCaller caller = caller_of (call);

  return forlop_sync_server_contents_ask (call->tenant->storage, &caller,
                                          forlop_clock_now (call->tenant->clock), call->text, call->length, error);
}

static ForlopSyncReply *
contents_put (ForlopServerCall  *call,
              GError           **error)
{
  ForlopSyncCaller caller = caller_of (call);

  return forlop_sync_server_contents_put (call->tenant->storage, &caller,
                                          forlop_clock_now (call->tenant->clock), call->text, call->length, error);
}

static ForlopSyncReply *
contents_get (ForlopServerCall  *call,
              GError           **error)
{
  ForlopSyncCaller caller = caller_of (call);

  return forlop_sync_server_contents_get (call->tenant->storage, &caller,
                                          forlop_clock_now (call->tenant->clock), call->text, call->length, error);
}

/* Where the log is now, so that a listener that comes late knows at once. */
static ForlopSyncReply *
events (ForlopServerCall  *call,
        GError           **error)
{
  ForlopServerStorage *storage = call->tenant->storage;
  ForlopServerHead head;
  ForlopSyncReply *reply;
  gboolean is_read;

  if (!storage->funcs->begin (storage, FALSE, error))
    return NULL;
  is_read = storage->funcs->get_head (storage, &head, error);
  storage->funcs->rollback (storage);
  if (!is_read)
    return NULL;
  reply = forlop_sync_reply_new (200, NULL);
  reply->head = head.seq;

  return reply;
}

/* "*" stands for the last part of an address. */
#define FHIR_READS(type) \
  { "GET", "/fhir/" type, FORLOP_HTTP_SYSTEM, FORLOP_HTTP_ON_TENANT, 0, forlop_fhir_search, FALSE, FALSE }, \
  { "GET", "/fhir/" type "/*", FORLOP_HTTP_SYSTEM, FORLOP_HTTP_ON_TENANT, 0, forlop_fhir_read, FALSE, FALSE }, \
  { "POST", "/fhir/" type "/_search", FORLOP_HTTP_SYSTEM, FORLOP_HTTP_ON_TENANT, SMALL_BODY, forlop_fhir_search, \
    FALSE, FALSE }

static const ForlopHttpRoute routes[] = {
  { "GET", "/v1/sync/hello", FORLOP_HTTP_KNOWN, FORLOP_HTTP_ON_TENANT, 0, hello, FALSE },
  { "POST", "/v1/sync/push", FORLOP_HTTP_SIGNED_IN, FORLOP_HTTP_ON_TENANT, FORLOP_SYNC_PUSH_BYTES, push,
    FALSE, TRUE },
  { "POST", "/v1/sync/pull", FORLOP_HTTP_SIGNED_IN, FORLOP_HTTP_ON_TENANT, SMALL_BODY, pull, FALSE, TRUE },
  { "POST", "/v1/sync/scope", FORLOP_HTTP_SIGNED_IN, FORLOP_HTTP_ON_TENANT, SMALL_BODY, scope, FALSE, TRUE },
  { "POST", "/v1/sync/ack", FORLOP_HTTP_SIGNED_IN, FORLOP_HTTP_ON_TENANT, ACK_BODY, ack, FALSE, TRUE },
  { "GET", "/v1/audit/review", FORLOP_HTTP_SIGNED_IN, FORLOP_HTTP_ON_TENANT, 0, forlop_http_audit_review, FALSE },
  { "POST", "/v1/audit/checkpoint", FORLOP_HTTP_SIGNED_IN, FORLOP_HTTP_ON_TENANT, SMALL_BODY,
    forlop_http_audit_checkpoint, FALSE },
  { "POST", "/v1/audit/extract", FORLOP_HTTP_SIGNED_IN, FORLOP_HTTP_ON_TENANT, SMALL_BODY,
    forlop_http_audit_extract, FALSE },
  { "POST", "/v1/contents/ask", FORLOP_HTTP_SIGNED_IN, FORLOP_HTTP_ON_TENANT, ASK_BODY, contents_ask, FALSE },
  { "POST", "/v1/contents/put", FORLOP_HTTP_SIGNED_IN, FORLOP_HTTP_ON_TENANT, FORLOP_SYNC_PART_BODY, contents_put,
    FALSE },
  { "POST", "/v1/contents/get", FORLOP_HTTP_SIGNED_IN, FORLOP_HTTP_ON_TENANT, SMALL_BODY, contents_get, FALSE },
  { "POST", "/v1/search", FORLOP_HTTP_SIGNED_IN, FORLOP_HTTP_ON_TENANT, SMALL_BODY, search, FALSE },
  { "POST", "/v1/take-up", FORLOP_HTTP_SIGNED_IN, FORLOP_HTTP_ON_TENANT, SMALL_BODY, take_up, FALSE },
  { "POST", "/v1/break-glass", FORLOP_HTTP_SIGNED_IN, FORLOP_HTTP_ON_TENANT, SMALL_BODY, break_glass, FALSE },
  { "GET", "/v1/sync/events", FORLOP_HTTP_SIGNED_IN, FORLOP_HTTP_ON_TENANT, 0, events, TRUE },
  { "POST", "/v1/auth/sign-in", FORLOP_HTTP_OPEN, FORLOP_HTTP_ON_PASSWORDS, SMALL_BODY,
    forlop_accounts_sign_in, FALSE },
  { "POST", "/v1/auth/browser", FORLOP_HTTP_OPEN, FORLOP_HTTP_ON_PROVIDER, SMALL_BODY,
    forlop_accounts_browser_begin, FALSE },
  { "POST", "/v1/auth/browser/finish", FORLOP_HTTP_OPEN, FORLOP_HTTP_ON_PROVIDER, SMALL_BODY,
    forlop_accounts_browser_finish, FALSE },
  { "POST", "/v1/auth/refresh", FORLOP_HTTP_OPEN, FORLOP_HTTP_ON_TENANT, SMALL_BODY,
    forlop_accounts_refresh, FALSE },
  { "POST", "/v1/auth/sign-out", FORLOP_HTTP_LIMITED, FORLOP_HTTP_ON_TENANT, SMALL_BODY,
    forlop_accounts_sign_out, FALSE },
  { "POST", "/v1/auth/password", FORLOP_HTTP_LIMITED, FORLOP_HTTP_ON_PASSWORDS, SMALL_BODY,
    forlop_accounts_set_password, FALSE },
  { "GET", "/v1/devices", FORLOP_HTTP_SIGNED_IN, FORLOP_HTTP_ON_TENANT, 0, forlop_accounts_devices, FALSE },
  { "POST", "/v1/devices/state", FORLOP_HTTP_SIGNED_IN, FORLOP_HTTP_ON_TENANT, SMALL_BODY,
    forlop_accounts_set_device, FALSE },
  { "GET", "/v1/accounts", FORLOP_HTTP_SIGNED_IN, FORLOP_HTTP_ON_TENANT, 0, forlop_accounts_list, FALSE },
  { "POST", "/v1/accounts", FORLOP_HTTP_SIGNED_IN, FORLOP_HTTP_ON_PASSWORDS, SMALL_BODY,
    forlop_accounts_make, FALSE },
  { "POST", "/v1/accounts/link", FORLOP_HTTP_SIGNED_IN, FORLOP_HTTP_ON_PASSWORDS, SMALL_BODY,
    forlop_accounts_link_subject, FALSE },
  { "POST", "/v1/accounts/unlink", FORLOP_HTTP_SIGNED_IN, FORLOP_HTTP_ON_PASSWORDS, SMALL_BODY,
    forlop_accounts_unlink_subject, FALSE },
  { "POST", "/v1/accounts/state", FORLOP_HTTP_SIGNED_IN, FORLOP_HTTP_ON_TENANT, SMALL_BODY,
    forlop_accounts_set_state, FALSE },
  { "GET", "/v1/gateway", FORLOP_HTTP_SIGNED_IN, FORLOP_HTTP_ON_TENANT, 0, forlop_gateway_status, FALSE },
  { "POST", "/v1/gateway/try", FORLOP_HTTP_SIGNED_IN, FORLOP_HTTP_ON_GATEWAY, SMALL_BODY, forlop_gateway_try_unit,
    FALSE },
  { "POST", "/fhir/Observation", FORLOP_HTTP_SYSTEM, FORLOP_HTTP_ON_TENANT, FORLOP_SYNC_PUSH_BYTES,
    forlop_fhir_post_observation, FALSE, TRUE },
  { "POST", "/fhir", FORLOP_HTTP_SYSTEM, FORLOP_HTTP_ON_TENANT, FORLOP_SYNC_PUSH_BYTES, forlop_fhir_post_bundle,
    FALSE, TRUE },
  { "GET", "/fhir/metadata", FORLOP_HTTP_OPEN, FORLOP_HTTP_ON_MAIN, 0, forlop_fhir_metadata, FALSE },
  FHIR_READS ("Patient"),
  FHIR_READS ("Observation"),
  FHIR_READS ("CarePlan"),
  FHIR_READS ("Device"),
  FHIR_READS ("Task"),
  { "GET", "/healthz", FORLOP_HTTP_OPEN, FORLOP_HTTP_ON_MAIN, 0, NULL, FALSE },
  { "GET", "/metrics", FORLOP_HTTP_OPEN, FORLOP_HTTP_ON_MAIN, 0, NULL, FALSE },
  { NULL, NULL, FORLOP_HTTP_OPEN, FORLOP_HTTP_ON_MAIN, 0, NULL, FALSE },
};

const ForlopHttpRoute *
forlop_http_routes_get (void)
{
  return routes;
}

static gboolean
is_at (const ForlopHttpRoute *route,
       const char            *path)
{
  gsize length = strlen (route->path);

  if (route->path[length - 1] != '*')
    return g_str_equal (route->path, path);

  return strncmp (route->path, path, length - 1) == 0 && path[length - 1] != '\0' && path[length - 1] != '_' &&
         strchr (path + length - 1, '/') == NULL;
}

const ForlopHttpRoute *
forlop_http_routes_find (const char  *method,
                         const char  *path,
                         char       **allowed)
{
  g_autoptr (GString) methods = g_string_new (NULL);

  g_return_val_if_fail (method != NULL && path != NULL && allowed != NULL, NULL);

  *allowed = NULL;
  for (const ForlopHttpRoute *route = routes; route->path != NULL; route++)
    {
      if (!is_at (route, path))
        continue;
      if (g_str_equal (route->method, method))
        return route;
      g_string_append_printf (methods, "%s%s", methods->len > 0 ? ", " : "", route->method);
    }
  if (methods->len > 0)
    *allowed = g_string_free (g_steal_pointer (&methods), FALSE);

  return NULL;
}
