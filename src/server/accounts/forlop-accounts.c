/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-accounts-private.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "forlop-error.h"
#include "forlop-json.h"
#include "forlop-password.h"

char *
forlop_accounts_fold_name (const char *name)
{
  g_autofree char *normal = NULL;
  g_autofree char *folded = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  normal = g_utf8_normalize (name, -1, G_NORMALIZE_NFC);
  if (normal == NULL)
    return NULL;
  folded = g_utf8_strdown (g_strstrip (normal), -1);

  return *folded != '\0' && strlen (folded) <= FORLOP_ACCOUNTS_MAX_TEXT ? g_steal_pointer (&folded) : NULL;
}

static gboolean
is_valid_on (ForlopRecord *membership,
             ForlopDate    day)
{
  ForlopDate from = forlop_record_get_date (membership, "valid_from");
  ForlopDate to = forlop_record_get_date (membership, "valid_to");

  return (from == FORLOP_DATE_NONE || from <= day) && (to == FORLOP_DATE_NONE || to >= day);
}

GPtrArray *
forlop_accounts_list_type (ForlopTenant  *tenant,
                           const char    *type,
                           GError       **error)
{
  const ForlopServerStorageFuncs *funcs = tenant->storage->funcs;
  GPtrArray *rows;

  if (!funcs->begin (tenant->storage, FALSE, error))
    return NULL;
  rows = funcs->list_type (tenant->storage, forlop_record_type_find (type), error);
  funcs->rollback (tenant->storage);

  return rows;
}

static gboolean
has_role (ForlopServerCall   *call,
          const char *const  *roles,
          gboolean           *has,
          GError            **error)
{
  g_autoptr (GPtrArray) rows = forlop_accounts_list_type (call->tenant, "membership", error);
  ForlopDate today = forlop_clock_today (call->tenant->clock);

  *has = FALSE;
  if (rows == NULL)
    return FALSE;
  for (unsigned int i = 0; i < rows->len && !*has; i++)
    {
      g_autoptr (ForlopRecord) membership = forlop_sync_row_to_record (g_ptr_array_index (rows, i), error);

      if (membership == NULL)
        return FALSE;
      *has = forlop_record_text_is (membership, "user_id", call->session->user_id) &&
             g_strv_contains (roles, forlop_record_get_text (membership, "role")) &&
             is_valid_on (membership, today);
    }

  return TRUE;
}

gboolean
forlop_accounts_is_administrator (ForlopServerCall  *call,
                                  gboolean          *is_administrator,
                                  GError           **error)
{
  static const char *const roles[] = { "administrator", NULL };

  g_return_val_if_fail (call != NULL && call->session != NULL, FALSE);

  return has_role (call, roles, is_administrator, error);
}

gboolean
forlop_accounts_is_leader (ForlopServerCall  *call,
                           gboolean          *is_leader,
                           GError           **error)
{
  static const char *const roles[] = { "manager", "administrator", NULL };

  g_return_val_if_fail (call != NULL && call->session != NULL, FALSE);

  return has_role (call, roles, is_leader, error);
}

gboolean
forlop_accounts_may_extract (ForlopServerCall  *call,
                             gboolean          *may,
                             GError           **error)
{
  static const char *const roles[] = { "caseworker", "manager", NULL };

  g_return_val_if_fail (call != NULL && call->session != NULL, FALSE);

  return has_role (call, roles, may, error);
}

gboolean
forlop_accounts_find_user (ForlopTenant  *tenant,
                           const char    *short_name,
                           const char    *id,
                           char         **user_id,
                           GError       **error)
{
  g_autoptr (GPtrArray) rows = forlop_accounts_list_type (tenant, "user", error);

  *user_id = NULL;
  if (rows == NULL)
    return FALSE;
  for (unsigned int i = 0; i < rows->len && *user_id == NULL; i++)
    {
      const ForlopSyncRow *row = g_ptr_array_index (rows, i);
      g_autoptr (ForlopRecord) user = forlop_sync_row_to_record (row, error);

      if (user == NULL)
        return FALSE;
      if (id != NULL ? g_str_equal (row->id, id) : forlop_record_text_is (user, "short_name", short_name))
        *user_id = g_strdup (row->id);
    }

  return TRUE;
}

GHashTable *
forlop_accounts_list_people (ForlopTenant  *tenant,
                             GError       **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) rows = forlop_accounts_list_type (tenant, "user", error);

  if (rows == NULL)
    return NULL;
  for (unsigned int i = 0; i < rows->len; i++)
    {
      const ForlopSyncRow *row = g_ptr_array_index (rows, i);
      g_autoptr (ForlopRecord) user = forlop_sync_row_to_record (row, error);

      if (user == NULL)
        return NULL;
      g_hash_table_insert (names, g_strdup (row->id), g_strdup (forlop_record_get_text (user, "name")));
    }

  return g_steal_pointer (&names);
}

/* An account to make; what is found out goes back in it. */
typedef struct {
  ForlopServerCall *call; /* nullable: the command line */
  ForlopTenant *tenant;
  const char *short_name;
  const char *id;
  char *name;
  char *user_id;
  char *hash;
  gboolean is_refused;
  gboolean is_taken;
} Making;

static void
making_clear (Making *self)
{
  g_free (self->name);
  g_free (self->user_id);
  g_free (self->hash);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Making, making_clear)

static gpointer
prepare_on_worker (gpointer       user_data,
                   GCancellable  *cancellable G_GNUC_UNUSED,
                   GError       **error)
{
  Making *self = user_data;
  g_autoptr (ForlopAccount) other = NULL;
  gboolean is_administrator = TRUE;

  if (self->call != NULL && !forlop_accounts_is_administrator (self->call, &is_administrator, error))
    return NULL;
  self->is_refused = !is_administrator;
  if (self->is_refused)
    return self;
  if (!forlop_accounts_find_user (self->tenant, self->short_name, self->id, &self->user_id, error) ||
      !forlop_account_store_find_name (self->tenant->accounts, self->name, &other, error))
    return NULL;
  self->is_taken = other != NULL && g_strcmp0 (other->user_id, self->user_id) != 0;

  return self;
}

static gpointer
make_on_worker (gpointer       user_data,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error)
{
  Making *self = user_data;
  gint64 now = forlop_clock_now (self->tenant->clock);
  g_autoptr (ForlopAccountChange) change = forlop_account_change_begin (self->tenant->accounts, error);
  ForlopAccount account = {
    .user_id = self->user_id, .name = self->name, .password = self->hash,
    .one_time_until = now + FORLOP_ONE_TIME_MS, .state = (char *) "active",
  };

  if (change == NULL ||
      !forlop_account_store_put (self->tenant->accounts, &account, now, error) ||
      !forlop_account_store_end_sessions (self->tenant->accounts, self->user_id, NULL, error) ||
      !forlop_account_change_commit (change, error))
    return NULL;

  return self;
}

/* The one-time password; NULL with an error, or when it was refused. */
static char *
make (Making  *self,
      GError **error)
{
  char *password;

  if (forlop_worker_run_sync (self->tenant->worker, prepare_on_worker, self, NULL, error) == NULL ||
      self->is_refused)
    return NULL;
  if (self->user_id == NULL || self->is_taken)
    {
      g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                           self->is_taken
                             ? _("Somebody else signs in with that name. Nothing was changed; choose another.")
                             : _("There is no such user in the municipality. Nothing was changed; register "
                                 "the user first."));
      return NULL;
    }

  password = forlop_password_new_one_time ();
  self->hash = forlop_password_hash (password);
  if (forlop_worker_run_sync (self->tenant->worker, make_on_worker, self, NULL, error) != NULL)
    return password;
  sodium_memzero (password, strlen (password));
  g_free (password);

  return NULL;
}

char *
forlop_accounts_add (ForlopTenant  *tenant,
                     const char    *name,
                     const char    *short_name,
                     GError       **error)
{
  g_auto (Making) self = { .tenant = tenant, .short_name = short_name };

  g_return_val_if_fail (tenant != NULL && name != NULL && short_name != NULL, NULL);

  self.name = forlop_accounts_fold_name (name);
  if (self.name != NULL)
    return make (&self, error);
  g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                       _("Nobody can sign in with that name. Nothing was changed; choose another."));

  return NULL;
}

typedef struct {
  ForlopTenant *tenant;
  const ForlopSyncSetUp *words;
} SettingUp;

static gpointer
set_up_on_worker (gpointer       user_data,
                  GCancellable  *cancellable G_GNUC_UNUSED,
                  GError       **error)
{
  SettingUp *self = user_data;

  return forlop_sync_server_set_up (self->tenant->storage, forlop_clock_now (self->tenant->clock), self->words, error)
           ? self
           : NULL;
}

gboolean
forlop_accounts_set_up (ForlopTenant           *tenant,
                        const ForlopSyncSetUp  *words,
                        GError                **error)
{
  SettingUp self = { tenant, words };

  g_return_val_if_fail (tenant != NULL && words != NULL, FALSE);

  return forlop_worker_run_sync (tenant->worker, set_up_on_worker, &self, NULL, error) != NULL;
}

static ForlopSyncReply *
reply_with_password (char *password)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_strcpy (doc, root, "one_time_password", password);
  sodium_memzero (password, strlen (password));
  g_free (password);

  return forlop_sync_reply_new (200, forlop_json_write (doc, FALSE));
}

/**
 * forlop_accounts_make:
 *
 * `{"user_id","name"}`, by an administrator: a new account, or a new first password.
 */
ForlopSyncReply *
forlop_accounts_make (ForlopServerCall  *call,
                      GError           **error)
{
  ForlopSyncReply *reply = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (GError) problem = NULL;
  g_auto (Making) self = { .call = call };
  const char *name;
  char *password;

  g_return_val_if_fail (call != NULL && call->session != NULL, NULL);

  doc = forlop_sync_read_request (call->text, call->length, &reply);
  if (doc == NULL)
    return reply;
  name = forlop_accounts_read_text (doc, "name", FORLOP_ACCOUNTS_MAX_TEXT);
  self.tenant = call->tenant;
  self.id = forlop_accounts_read_text (doc, "user_id", FORLOP_ID_LENGTH);
  self.name = name != NULL ? forlop_accounts_fold_name (name) : NULL;
  if (self.name == NULL || self.id == NULL || !forlop_id_is_valid (self.id))
    return forlop_accounts_malformed ();

  password = make (&self, &problem);
  if (self.is_refused)
    return forlop_accounts_not_allowed ();
  if (password != NULL)
    return reply_with_password (password);
  if (g_error_matches (problem, FORLOP_ERROR, FORLOP_ERROR_INVALID))
    return forlop_sync_reply_problem (400, self.is_taken ? "taken" : "not_found", problem->message);
  g_propagate_error (error, g_steal_pointer (&problem));

  return NULL;
}

typedef struct {
  ForlopServerCall *call;
  ForlopAccount *account;
} PasswordChange;

static gpointer
load_own_on_worker (gpointer       user_data,
                    GCancellable  *cancellable G_GNUC_UNUSED,
                    GError       **error)
{
  PasswordChange *self = user_data;
  ForlopServerCall *call = self->call;

  return forlop_account_store_find_user (call->tenant->accounts, call->session->user_id, &self->account,
                                         error)
           ? self
           : NULL;
}

/* Every other session of the account ends. */
static gpointer
save_own_on_worker (gpointer       user_data,
                    GCancellable  *cancellable G_GNUC_UNUSED,
                    GError       **error)
{
  PasswordChange *self = user_data;
  ForlopServerCall *call = self->call;
  ForlopAccountStore *accounts = call->tenant->accounts;
  g_autoptr (ForlopAccountChange) change = forlop_account_change_begin (accounts, error);

  call->session->is_limited = FALSE;
  self->account->one_time_until = FORLOP_INSTANT_NONE;
  if (change == NULL ||
      !forlop_account_store_put (accounts, self->account, forlop_clock_now (call->tenant->clock), error) ||
      !forlop_account_store_end_sessions (accounts, call->session->user_id, call->session->id, error) ||
      !forlop_account_store_unlimit (accounts, call->session, error) ||
      !forlop_account_change_commit (change, error))
    return NULL;

  return self;
}

static ForlopSyncReply *
change_password (PasswordChange  *self,
                 const char      *old,
                 const char      *new,
                 GError         **error)
{
  ForlopServerCall *call = self->call;
  ForlopSignInAttempt attempt = {
    .account = self->account->name, .address = call->address, .device_id = call->session->device_id
  };
  ForlopSyncReply *reply = NULL;
  g_autoptr (GError) problem = NULL;

  if (!forlop_accounts_guard_try (call, call->tenant, &attempt, &reply, error) || reply != NULL)
    return reply;
  if (!forlop_password_verify (self->account->password, old))
    return forlop_sync_reply_problem (403, "wrong_password",
                                      _("The old password is wrong, and is kept. Try again."));
  if (!forlop_accounts_guard_passed (call->tenant, &attempt, error))
    return NULL;
  if (!forlop_password_check (new, self->account->name, &problem))
    return forlop_sync_reply_problem (400, "weak_password", problem->message);
  if (strcmp (old, new) == 0)
    return forlop_sync_reply_problem (400, "weak_password",
                                      _("The new password is the old one. Choose another."));

  sodium_memzero (self->account->password, strlen (self->account->password));
  g_free (self->account->password);
  self->account->password = forlop_password_hash (new);
  if (forlop_worker_run_sync (call->tenant->worker, save_own_on_worker, self, NULL, error) == NULL)
    return NULL;

  return forlop_sync_reply_new (200, g_strdup ("{}"));
}

/**
 * forlop_accounts_set_password:
 *
 * `{"old","new"}`.
 */
ForlopSyncReply *
forlop_accounts_set_password (ForlopServerCall  *call,
                              GError           **error)
{
  ForlopSyncReply *reply = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  PasswordChange self = { .call = call };
  const char *old, *new;

  g_return_val_if_fail (call != NULL && call->session != NULL, NULL);

  doc = forlop_sync_read_request (call->text, call->length, &reply);
  if (doc == NULL)
    return reply;
  old = forlop_accounts_read_text (doc, "old", FORLOP_PASSWORD_MAX_BYTES);
  new = forlop_accounts_read_text (doc, "new", FORLOP_PASSWORD_MAX_BYTES);
  if (old == NULL || new == NULL)
    return forlop_accounts_malformed ();

  if (forlop_worker_run_sync (call->tenant->worker, load_own_on_worker, &self, NULL, error) == NULL)
    return NULL;
  reply = self.account != NULL ? change_password (&self, old, new, error)
                               : forlop_accounts_not_signed_in ();
  g_clear_pointer (&self.account, forlop_account_free);

  return reply;
}
