/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-identity-store.h"

#include <sodium.h>
#include <string.h>

#include "forlop-account-query.h"

/* People who are in front of their browser at one time. */
#define MAX_WAITING 2000

static gpointer
read_user_id (ForlopAccountQuery *query)
{
  return forlop_account_query_dup_id (query, 0);
}

gboolean
forlop_identity_store_find (ForlopAccountStore  *self,
                            const char          *issuer,
                            const char          *subject,
                            char               **user_id,
                            GError             **error)
{
  static const char sql[] = "SELECT user_id FROM identity WHERE issuer = $1 AND subject = $2";
  g_autoptr (ForlopAccountQuery) query = NULL;

  g_return_val_if_fail (self != NULL && issuer != NULL && subject != NULL && user_id != NULL, FALSE);

  query = forlop_account_query_new (self, sql, error);
  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_text (query, issuer);
  forlop_account_query_bind_text (query, subject);

  return forlop_account_query_first (query, read_user_id, (gpointer *) user_id, error);
}

gboolean
forlop_identity_store_put (ForlopAccountStore  *self,
                           const char          *issuer,
                           const char          *subject,
                           const char          *user_id,
                           gint64               now,
                           GError             **error)
{
  const char *sql;
  g_autoptr (ForlopAccountQuery) query = NULL;

  g_return_val_if_fail (self != NULL && issuer != NULL && subject != NULL && user_id != NULL, FALSE);

  sql = FORLOP_ACCOUNT_PUT (self, "INSERT INTO identity (issuer, subject, user_id, linked_at) VALUES ($1, $2, $3, $4)",
                            "issuer, subject", "user_id = $3, linked_at = $4");
  query = forlop_account_query_new (self, sql, error);
  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_text (query, issuer);
  forlop_account_query_bind_text (query, subject);
  forlop_account_query_bind_id (query, user_id);
  forlop_account_query_bind_instant (query, now);

  return forlop_account_query_execute (query, error);
}

gboolean
forlop_identity_store_drop (ForlopAccountStore  *self,
                            const char          *issuer,
                            const char          *user_id,
                            GError             **error)
{
  g_autoptr (ForlopAccountQuery) query = NULL;

  g_return_val_if_fail (self != NULL && issuer != NULL && user_id != NULL, FALSE);

  query = forlop_account_query_new (self, "DELETE FROM identity WHERE issuer = $1 AND user_id = $2", error);
  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_text (query, issuer);
  forlop_account_query_bind_id (query, user_id);

  return forlop_account_query_execute (query, error);
}

gboolean
forlop_identity_store_has (ForlopAccountStore  *self,
                           const char          *user_id,
                           gboolean            *has,
                           GError             **error)
{
  g_autoptr (ForlopAccountQuery) query = NULL;

  g_return_val_if_fail (self != NULL && user_id != NULL && has != NULL, FALSE);

  query = forlop_account_query_new (self, "SELECT 1 FROM identity WHERE user_id = $1 LIMIT 1", error);
  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_id (query, user_id);

  return forlop_account_query_step (query, has, error);
}

static gboolean
forget_ended (ForlopAccountStore  *self,
              gint64               now,
              GError             **error)
{
  g_autoptr (ForlopAccountQuery) query =
    forlop_account_query_new (self, "DELETE FROM browser_sign_in WHERE ends_at <= $1", error);

  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_instant (query, now);

  return forlop_account_query_execute (query, error);
}

static gboolean
count_waiting (ForlopAccountStore  *self,
               gint64              *n,
               GError             **error)
{
  g_autoptr (ForlopAccountQuery) query =
    forlop_account_query_new (self, "SELECT count(*) FROM browser_sign_in", error);
  gboolean has_row;

  if (query == NULL || !forlop_account_query_step (query, &has_row, error))
    return FALSE;
  *n = has_row ? forlop_account_query_get_integer (query, 0) : 0;

  return TRUE;
}

gboolean
forlop_browser_sign_in_add (ForlopAccountStore         *self,
                            const guint8                hash[FORLOP_TOKEN_HASH_BYTES],
                            const ForlopBrowserSignIn  *sign_in,
                            gint64                      now,
                            gboolean                   *is_added,
                            GError                    **error)
{
  static const char sql[] = "INSERT INTO browser_sign_in (hash, state, nonce, verifier, redirect_uri, ends_at) "
                            "VALUES ($1, $2, $3, $4, $5, $6)";
  g_autoptr (ForlopAccountQuery) query = NULL;
  gint64 n = 0;

  g_return_val_if_fail (self != NULL && sign_in != NULL && is_added != NULL, FALSE);

  *is_added = FALSE;
  if (!forget_ended (self, now, error) || !count_waiting (self, &n, error))
    return FALSE;
  if (n >= MAX_WAITING)
    return TRUE;
  query = forlop_account_query_new (self, sql, error);
  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_hash (query, hash);
  forlop_account_query_bind_text (query, sign_in->state);
  forlop_account_query_bind_text (query, sign_in->nonce);
  forlop_account_query_bind_text (query, sign_in->verifier);
  forlop_account_query_bind_text (query, sign_in->redirect_uri);
  forlop_account_query_bind_instant (query, sign_in->ends_at);
  *is_added = forlop_account_query_execute (query, error);

  return *is_added;
}

gboolean
forlop_browser_sign_in_take (ForlopAccountStore   *self,
                             const guint8          hash[FORLOP_TOKEN_HASH_BYTES],
                             ForlopBrowserSignIn **sign_in,
                             GError              **error)
{
  static const char sql[] = "DELETE FROM browser_sign_in WHERE hash = $1 "
                            "RETURNING state, nonce, verifier, redirect_uri, ends_at";
  g_autoptr (ForlopAccountQuery) query = NULL;
  gboolean has_row;

  g_return_val_if_fail (self != NULL && sign_in != NULL, FALSE);

  *sign_in = NULL;
  query = forlop_account_query_new (self, sql, error);
  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_hash (query, hash);
  if (!forlop_account_query_step (query, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  *sign_in = g_new0 (ForlopBrowserSignIn, 1);
  (*sign_in)->state = forlop_account_query_dup_text (query, 0);
  (*sign_in)->nonce = forlop_account_query_dup_text (query, 1);
  (*sign_in)->verifier = forlop_account_query_dup_text (query, 2);
  (*sign_in)->redirect_uri = forlop_account_query_dup_text (query, 3);
  (*sign_in)->ends_at = forlop_account_query_get_instant (query, 4);
  if (forlop_account_query_step (query, &has_row, error))
    return TRUE;
  g_clear_pointer (sign_in, forlop_browser_sign_in_free);

  return FALSE;
}

void
forlop_browser_sign_in_free (ForlopBrowserSignIn *self)
{
  if (self == NULL)
    return;

  if (self->verifier != NULL)
    sodium_memzero (self->verifier, strlen (self->verifier));
  g_free (self->state);
  g_free (self->nonce);
  g_free (self->verifier);
  g_free (self->redirect_uri);
  g_free (self);
}
