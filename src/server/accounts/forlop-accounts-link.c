/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-accounts-private.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "forlop-error.h"
#include "forlop-identity-store.h"
#include "forlop-json.h"
#include "forlop-password.h"

typedef struct {
  ForlopServerCall *call; /* nullable: the command line */
  ForlopTenant *tenant;
  const ForlopAccountLink *link;
  char *name; /* nullable */
  gboolean is_refused;
} Linking;

static gboolean
refuse (GError     **error,
        const char  *sentence)
{
  g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID, sentence);

  return FALSE;
}

/* An account without a password: the one it has is known to nobody and already over. */
static gboolean
make_account (Linking     *self,
              const char  *user_id,
              gint64       now,
              GError     **error)
{
  g_autoptr (ForlopAccount) other = NULL;
  g_autofree char *password = NULL;
  g_autofree char *hash = NULL;
  ForlopAccount account = {
    .user_id = (char *) user_id, .name = self->name, .one_time_until = now, .state = (char *) "active",
  };

  if (self->name == NULL)
    return refuse (error, _("Nobody can sign in with that name. Nothing was changed; choose another."));
  if (!forlop_account_store_find_name (self->tenant->accounts, self->name, &other, error))
    return FALSE;
  if (other != NULL)
    return refuse (error, _("Somebody else signs in with that name. Nothing was changed; choose another."));

  password = forlop_password_new_one_time ();
  hash = forlop_password_hash (password);
  account.password = hash;
  sodium_memzero (password, strlen (password));

  return forlop_account_store_put (self->tenant->accounts, &account, now, error);
}

/* A number that was written in the wrong row would take the sign-in from the one and give it to the other. */
static gboolean
check_is_free (Linking     *self,
               const char  *user_id,
               GError     **error)
{
  g_autofree char *holder = NULL;

  if (!forlop_identity_store_find (self->tenant->accounts, self->link->issuer, self->link->subject, &holder, error))
    return FALSE;

  return holder == NULL || g_str_equal (holder, user_id) ||
         refuse (error, _("Another user signs in by browser with that number. Nothing was changed; look whose it is, "
                          "and unlink that user first if it is to be moved."));
}

static gpointer
link_on_worker (gpointer       user_data,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error)
{
  Linking *self = user_data;
  const ForlopAccountLink *link = self->link;
  ForlopAccountStore *accounts = self->tenant->accounts;
  gint64 now = forlop_clock_now (self->tenant->clock);
  g_autoptr (ForlopAccountChange) change = NULL;
  g_autoptr (ForlopAccount) account = NULL;
  g_autofree char *user_id = NULL;
  gboolean is_administrator = TRUE;

  if (self->call != NULL && !forlop_accounts_is_administrator (self->call, &is_administrator, error))
    return NULL;
  self->is_refused = !is_administrator;
  if (self->is_refused)
    return self;
  if (!forlop_accounts_find_user (self->tenant, link->short_name, link->user_id, &user_id, error))
    return NULL;
  if (user_id == NULL)
    {
      refuse (error, _("There is no such user in the municipality. Nothing was changed; register the user "
                       "first."));
      return NULL;
    }
  change = forlop_account_change_begin (accounts, error);
  if (change == NULL || !check_is_free (self, user_id, error) ||
      !forlop_account_store_find_user (accounts, user_id, &account, error) ||
      (account == NULL && !make_account (self, user_id, now, error)) ||
      !forlop_identity_store_put (accounts, link->issuer, link->subject, user_id, now, error) ||
      !forlop_account_change_commit (change, error))
    return NULL;

  return self;
}

static gpointer
unlink_on_worker (gpointer       user_data,
                  GCancellable  *cancellable G_GNUC_UNUSED,
                  GError       **error)
{
  Linking *self = user_data;
  g_autoptr (ForlopAccountChange) change = NULL;
  gboolean is_administrator;

  if (!forlop_accounts_is_administrator (self->call, &is_administrator, error))
    return NULL;
  self->is_refused = !is_administrator;
  if (self->is_refused)
    return self;
  change = forlop_account_change_begin (self->tenant->accounts, error);
  if (change == NULL ||
      !forlop_identity_store_drop (self->tenant->accounts, self->link->issuer, self->link->user_id, error) ||
      !forlop_account_change_commit (change, error))
    return NULL;

  return self;
}

static gboolean
link_with (Linking  *self,
           GError  **error)
{
  gboolean is_done;

  if (strlen (self->link->subject) > FORLOP_ID_TOKEN_MAX_SUBJECT || self->link->subject[0] == '\0')
    return refuse (error, _("Nobody has that number with the sign-in service. Nothing was changed; look it up "
                            "again."));
  self->name = self->link->name != NULL ? forlop_accounts_fold_name (self->link->name) : NULL;
  is_done = forlop_worker_run_sync (self->tenant->worker, link_on_worker, self, NULL, error) != NULL;
  g_free (self->name);

  return is_done;
}

gboolean
forlop_accounts_link (ForlopTenant             *tenant,
                      const ForlopAccountLink  *link,
                      GError                  **error)
{
  Linking self = { .tenant = tenant, .link = link };

  g_return_val_if_fail (tenant != NULL && link != NULL && link->issuer != NULL && link->subject != NULL, FALSE);

  return link_with (&self, error);
}

/* With the municipality's own provider. */
static ForlopSyncReply *
link_for_administrator (ForlopServerCall         *call,
                        const ForlopAccountLink  *link,
                        GError                  **error)
{
  Linking self = { .call = call, .tenant = call->tenant, .link = link };
  g_autoptr (GError) problem = NULL;
  gboolean is_done = link_with (&self, &problem);

  if (self.is_refused)
    return forlop_accounts_not_allowed ();
  if (is_done)
    return forlop_sync_reply_new (200, g_strdup ("{}"));
  if (g_error_matches (problem, FORLOP_ERROR, FORLOP_ERROR_INVALID))
    return forlop_sync_reply_problem (400, "invalid", problem->message);
  g_propagate_error (error, g_steal_pointer (&problem));

  return NULL;
}

ForlopSyncReply *
forlop_accounts_link_subject (ForlopServerCall  *call,
                              GError           **error)
{
  ForlopSyncReply *reply = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  ForlopOpenidProvider *provider;
  ForlopAccountLink link = { 0 };

  g_return_val_if_fail (call != NULL && call->session != NULL, NULL);

  doc = forlop_sync_read_request (call->text, call->length, &reply);
  if (doc == NULL)
    return reply;
  link.name = forlop_accounts_read_text (doc, "name", FORLOP_ACCOUNTS_MAX_TEXT);
  link.user_id = forlop_accounts_read_text (doc, "user_id", FORLOP_ID_LENGTH);
  link.subject = forlop_accounts_read_text (doc, "subject", FORLOP_ID_TOKEN_MAX_SUBJECT);
  if (link.user_id == NULL || !forlop_id_is_valid (link.user_id) || link.subject == NULL)
    return forlop_accounts_malformed ();
  provider = forlop_tenants_find_provider (call->tenants, call->tenant->name);
  if (provider == NULL)
    return forlop_accounts_no_browser ();
  link.issuer = forlop_openid_provider_get_issuer (provider);

  return link_for_administrator (call, &link, error);
}

/**
 * forlop_accounts_unlink_subject:
 *
 * The user signs in with the municipality's own provider no more. A session that is there goes on until it is
 * over; a password goes on working.
 */
ForlopSyncReply *
forlop_accounts_unlink_subject (ForlopServerCall  *call,
                                GError           **error)
{
  ForlopSyncReply *reply = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  ForlopOpenidProvider *provider;
  ForlopAccountLink link = { 0 };
  Linking self = { .call = call, .link = &link };

  g_return_val_if_fail (call != NULL && call->session != NULL, NULL);

  doc = forlop_sync_read_request (call->text, call->length, &reply);
  if (doc == NULL)
    return reply;
  link.user_id = forlop_accounts_read_text (doc, "user_id", FORLOP_ID_LENGTH);
  if (link.user_id == NULL || !forlop_id_is_valid (link.user_id))
    return forlop_accounts_malformed ();
  provider = forlop_tenants_find_provider (call->tenants, call->tenant->name);
  if (provider == NULL)
    return forlop_accounts_no_browser ();
  link.issuer = forlop_openid_provider_get_issuer (provider);
  self.tenant = call->tenant;
  if (forlop_worker_run_sync (self.tenant->worker, unlink_on_worker, &self, NULL, error) == NULL)
    return NULL;

  return self.is_refused ? forlop_accounts_not_allowed () : forlop_sync_reply_new (200, g_strdup ("{}"));
}
