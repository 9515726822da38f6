/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-accounts-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-json.h"
#include "forlop-password.h"

/* Text belongs to the request's document. */
typedef struct {
  ForlopServerCall *call;
  ForlopTenant *tenant;
  const char *password;
  const char *device_id;
  const char *device_name;
  char *name;
  ForlopAccount *account;
  gboolean is_known_device;
} SignIn;

typedef struct {
  ForlopTenant *tenant;
  const ForlopSignInAttempt *attempt;
  gint64 wait;
  gint64 hold;
} Guarding;

static gpointer
try_on_worker (gpointer       user_data,
               GCancellable  *cancellable G_GNUC_UNUSED,
               GError       **error)
{
  Guarding *self = user_data;

  return forlop_sign_in_guard_try (self->tenant->accounts, self->attempt, forlop_clock_now (self->tenant->clock),
                                   &self->wait, &self->hold, error)
           ? self
           : NULL;
}

static gpointer
passed_on_worker (gpointer       user_data,
                  GCancellable  *cancellable G_GNUC_UNUSED,
                  GError       **error)
{
  Guarding *self = user_data;

  return forlop_sign_in_guard_passed (self->tenant->accounts, self->attempt, error) ? self : NULL;
}

gboolean
forlop_accounts_guard_try (ForlopServerCall           *call,
                           ForlopTenant               *tenant,
                           const ForlopSignInAttempt  *attempt,
                           ForlopSyncReply           **reply,
                           GError                    **error)
{
  Guarding self = { .tenant = tenant, .attempt = attempt };

  *reply = NULL;
  if (forlop_worker_run_sync (tenant->worker, try_on_worker, &self, NULL, error) == NULL)
    return FALSE;
  if (self.wait > 0)
    *reply = forlop_accounts_too_many (call, self.wait);
  else
    call->hold_ms = self.hold;

  return TRUE;
}

gboolean
forlop_accounts_guard_passed (ForlopTenant               *tenant,
                              const ForlopSignInAttempt  *attempt,
                              GError                    **error)
{
  Guarding self = { .tenant = tenant, .attempt = attempt };

  return forlop_worker_run_sync (tenant->worker, passed_on_worker, &self, NULL, error) != NULL;
}

static void
sign_in_clear (SignIn *self)
{
  g_free (self->name);
  g_clear_pointer (&self->account, forlop_account_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SignIn, sign_in_clear)

/* An account that is closed, or whose one-time password is too old, is as one that does not exist. */
static gboolean
may_sign_in (const ForlopAccount *account,
             gint64               now)
{
  return g_str_equal (account->state, "active") &&
         (account->one_time_until == FORLOP_INSTANT_NONE || account->one_time_until > now);
}

static gpointer
look_up_on_worker (gpointer       user_data,
                   GCancellable  *cancellable G_GNUC_UNUSED,
                   GError       **error)
{
  SignIn *self = user_data;
  g_autoptr (ForlopServerDevice) device = NULL;

  if (!forlop_account_store_find_name (self->tenant->accounts, self->name, &self->account, error))
    return NULL;
  if (self->account != NULL && !may_sign_in (self->account, forlop_clock_now (self->tenant->clock)))
    g_clear_pointer (&self->account, forlop_account_free);
  if (self->account == NULL)
    return self;
  if (!forlop_accounts_load_device (self->tenant, self->device_id, &device, error))
    return NULL;
  self->is_known_device = device != NULL && g_strcmp0 (device->user_id, self->account->user_id) == 0;

  return self;
}

/* A device is one user's file; it is registered by the first sign-in. */
static gboolean
register_device (ForlopTenant              *tenant,
                 const ForlopSessionStart  *start,
                 ForlopSyncReply          **reply,
                 GError                   **error)
{
  g_autoptr (ForlopServerDevice) device = NULL;

  if (!forlop_accounts_load_device (tenant, start->device_id, &device, error))
    return FALSE;
  if (device == NULL)
    {
      device = g_new0 (ForlopServerDevice, 1);
      device->id = g_strdup (start->device_id);
      device->user_id = g_strdup (start->user_id);
      device->state = g_strdup ("active");
      return forlop_accounts_save_device (tenant, device, error);
    }
  if (g_strcmp0 (device->user_id, start->user_id) != 0)
    *reply = forlop_sync_reply_problem (403, "device_of_other",
                                        _("This file belongs to another user. Nothing was changed; open "
                                          "your own file and sign in there."));
  else
    *reply = forlop_accounts_device_reply (device->state);

  return TRUE;
}

ForlopSyncReply *
forlop_accounts_open_session (ForlopTenant              *tenant,
                              const ForlopSessionStart  *start,
                              GError                   **error)
{
  gint64 now = forlop_clock_now (tenant->clock);
  g_autoptr (ForlopSession) session = g_new0 (ForlopSession, 1);
  ForlopSyncReply *reply = NULL;
  char *access = NULL, *refresh = NULL;

  if (!register_device (tenant, start, &reply, error))
    return NULL;
  if (reply != NULL)
    return reply;

  session->id = forlop_id_source_next (tenant->ids, now);
  session->user_id = g_strdup (start->user_id);
  session->device_id = g_strdup (start->device_id);
  session->is_limited = start->is_limited;
  session->started_at = MIN (start->signed_in_at, now);
  session->ends_at = now + FORLOP_SESSION_MS;
  forlop_session_renew (session, tenant->name, now, &access, &refresh);
  reply = forlop_session_reply (session, now, access, refresh);

  if (!forlop_account_store_forget_ended (tenant->accounts, now, error) ||
      !forlop_account_store_put_session (tenant->accounts, session, error) ||
      !forlop_account_store_put_device (tenant->accounts, start->device_id, start->device_name, now, error))
    g_clear_pointer (&reply, forlop_sync_reply_free);

  return reply;
}

static gpointer
open_session_on_worker (gpointer       user_data,
                        GCancellable  *cancellable G_GNUC_UNUSED,
                        GError       **error)
{
  SignIn *self = user_data;
  const ForlopSessionStart start = {
    .user_id = self->account->user_id, .device_id = self->device_id, .device_name = self->device_name,
    .is_limited = self->account->one_time_until != FORLOP_INSTANT_NONE,
    .signed_in_at = forlop_clock_now (self->tenant->clock),
  };

  return forlop_accounts_open_session (self->tenant, &start, error);
}

static ForlopSyncReply *
wrong (void)
{
  return forlop_sync_reply_problem (401, "wrong_sign_in",
                                    _("Municipality, name or password is wrong. Try again, or ask the "
                                      "administrator for a new password."));
}

static ForlopSyncReply *
try_password (SignIn  *self,
              GError **error)
{
  ForlopSignInAttempt attempt = { .account = self->name, .address = self->call->address };
  ForlopSyncReply *reply = NULL;

  /* Which municipalities there are is no secret, and in none a password can be guessed. */
  if (self->tenant == NULL)
    return wrong ();
  if (forlop_worker_run_sync (self->tenant->worker, look_up_on_worker, self, NULL, error) == NULL)
    return NULL;
  if (self->is_known_device)
    attempt.device_id = self->device_id;

  if (!forlop_accounts_guard_try (self->call, self->tenant, &attempt, &reply, error) || reply != NULL)
    return reply;
  if (!forlop_password_verify (self->account != NULL ? self->account->password : NULL, self->password))
    return wrong ();
  if (!forlop_accounts_guard_passed (self->tenant, &attempt, error))
    return NULL;

  return forlop_worker_run_sync (self->tenant->worker, open_session_on_worker, self, NULL, error);
}

gboolean
forlop_accounts_read_device (yyjson_doc  *doc,
                             const char **id,
                             const char **name)
{
  yyjson_val *device = yyjson_obj_get (yyjson_doc_get_root (doc), "device");

  *id = yyjson_get_str (yyjson_obj_get (device, "id"));
  *name = yyjson_get_str (yyjson_obj_get (device, "name"));

  return *id != NULL && forlop_id_is_valid (*id) && !forlop_sync_is_server_device (*id) && *name != NULL &&
         strlen (*name) <= FORLOP_ACCOUNTS_MAX_TEXT;
}

/**
 * forlop_accounts_sign_in:
 *
 * `{"tenant","name","password","device":{"id","name"}}`. An account that does not exist is answered as a
 * wrong password is, and as late.
 */
ForlopSyncReply *
forlop_accounts_sign_in (ForlopServerCall  *call,
                         GError           **error)
{
  ForlopSyncReply *reply = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  g_auto (SignIn) self = { .call = call };
  const char *tenant, *name;

  g_return_val_if_fail (call != NULL, NULL);

  doc = forlop_sync_read_request (call->text, call->length, &reply);
  if (doc == NULL)
    return reply;
  tenant = forlop_accounts_read_text (doc, "tenant", FORLOP_ACCOUNTS_MAX_TEXT);
  name = forlop_accounts_read_text (doc, "name", FORLOP_ACCOUNTS_MAX_TEXT);
  self.password = forlop_accounts_read_text (doc, "password", FORLOP_PASSWORD_MAX_BYTES);
  self.name = name != NULL ? forlop_accounts_fold_name (name) : NULL;
  if (tenant == NULL || self.name == NULL || self.password == NULL ||
      !forlop_accounts_read_device (doc, &self.device_id, &self.device_name))
    return forlop_accounts_malformed ();
  self.tenant = forlop_tenants_find (call->tenants, tenant);

  return try_password (&self, error);
}
