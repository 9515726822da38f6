/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"

G_BEGIN_DECLS

/* The statements of a municipality's accounts, in an encrypted file of their own or in PostgreSQL. What
 * they mean is decided in forlop-accounts.h. */

typedef struct _ForlopAccountStore ForlopAccountStore;
/* Several statements as one. Freed without a commit it undoes them. */
typedef struct _ForlopAccountChange ForlopAccountChange;

#define FORLOP_TOKEN_HASH_BYTES 32

/**
 * ForlopAccount:
 * @name: what one signs in with, in lower case.
 * @password: its Argon2id text.
 * @one_time_until: instant; %FORLOP_INSTANT_NONE when the password was chosen by its owner.
 * @state: "active" or "closed".
 */
typedef struct {
  char *user_id;
  char *name;
  char *password;
  gint64 one_time_until;
  char *state;
} ForlopAccount;

/**
 * ForlopSession:
 * @is_limited: may do nothing but choose a password.
 * @is_confirmed: the newest tokens have been used, so that they arrived.
 */
typedef struct {
  char *id;
  char *user_id;
  char *device_id;
  guint8 access_hash[FORLOP_TOKEN_HASH_BYTES];
  gint64 access_until;
  guint8 refresh_hash[FORLOP_TOKEN_HASH_BYTES];
  gboolean has_previous;
  guint8 previous_hash[FORLOP_TOKEN_HASH_BYTES];
  gboolean is_limited;
  gboolean is_confirmed;
  gint64 started_at;
  gint64 ends_at;
} ForlopSession;

/* @create: whether to make the file. Errors are #ForlopStoreError. */
ForlopAccountStore *forlop_account_store_open        (const char           *path,
                                                      ForlopKey            *key,
                                                      gboolean              create,
                                                      GError              **error)
                                                      G_GNUC_WARN_UNUSED_RESULT;
/* Reads beside a server that has the file. */
ForlopAccountStore *forlop_account_store_open_reader (const char           *path,
                                                      ForlopKey            *key,
                                                      GError              **error)
                                                      G_GNUC_WARN_UNUSED_RESULT;
/* @conninfo: connection string of the server's role. */
ForlopAccountStore *forlop_account_store_open_postgres (const char         *conninfo,
                                                      const char           *tenant_id,
                                                      GError              **error)
                                                      G_GNUC_WARN_UNUSED_RESULT;
void              forlop_account_store_free          (ForlopAccountStore   *self);
/* The file; NULL in PostgreSQL. */
ForlopConnection *forlop_account_store_get_file      (ForlopAccountStore   *self);

ForlopAccountChange *forlop_account_change_begin     (ForlopAccountStore   *store,
                                                      GError              **error)
                                                      G_GNUC_WARN_UNUSED_RESULT;
gboolean          forlop_account_change_commit       (ForlopAccountChange  *self,
                                                      GError              **error);
void              forlop_account_change_free         (ForlopAccountChange  *self);

/* Functions that find nothing return TRUE and leave the result NULL. */
gboolean          forlop_account_store_find_name     (ForlopAccountStore   *self,
                                                      const char           *name,
                                                      ForlopAccount       **account,
                                                      GError              **error);
gboolean          forlop_account_store_find_user     (ForlopAccountStore   *self,
                                                      const char           *user_id,
                                                      ForlopAccount       **account,
                                                      GError              **error);
GPtrArray        *forlop_account_store_list          (ForlopAccountStore   *self,
                                                      GError              **error)
                                                      G_GNUC_WARN_UNUSED_RESULT;
gboolean          forlop_account_store_put           (ForlopAccountStore   *self,
                                                      const ForlopAccount  *account,
                                                      gint64                now,
                                                      GError              **error);

/* The session of an access token. @is_active: whether its user's account is; FALSE without a session. */
gboolean          forlop_account_store_find_caller   (ForlopAccountStore   *self,
                                                      const guint8          hash[FORLOP_TOKEN_HASH_BYTES],
                                                      ForlopSession       **session,
                                                      gboolean             *is_active,
                                                      GError              **error);
gboolean          forlop_account_store_find_session  (ForlopAccountStore   *self,
                                                      const char           *session_id,
                                                      ForlopSession       **session,
                                                      GError              **error);
/* By the refresh token in force or the one before it. */
gboolean          forlop_account_store_find_refresh  (ForlopAccountStore   *self,
                                                      const guint8          hash[FORLOP_TOKEN_HASH_BYTES],
                                                      ForlopSession       **session,
                                                      GError              **error);
/* The session whose refresh token it once was. */
gboolean          forlop_account_store_find_used     (ForlopAccountStore   *self,
                                                      const guint8          hash[FORLOP_TOKEN_HASH_BYTES],
                                                      char                **session_id,
                                                      GError              **error);
gboolean          forlop_account_store_add_used      (ForlopAccountStore   *self,
                                                      const guint8          hash[FORLOP_TOKEN_HASH_BYTES],
                                                      const char           *session_id,
                                                      GError              **error);
gboolean          forlop_account_store_put_session   (ForlopAccountStore   *self,
                                                      const ForlopSession  *session,
                                                      GError              **error);
/* The session's newest tokens have been used. */
gboolean          forlop_account_store_confirm       (ForlopAccountStore   *self,
                                                      const ForlopSession  *session,
                                                      GError              **error);
/* The session may do everything. */
gboolean          forlop_account_store_unlimit       (ForlopAccountStore   *self,
                                                      const ForlopSession  *session,
                                                      GError              **error);
gboolean          forlop_account_store_end_session   (ForlopAccountStore   *self,
                                                      const char           *session_id,
                                                      GError              **error);
/* Every session of the user but @except (nullable). */
gboolean          forlop_account_store_end_sessions  (ForlopAccountStore   *self,
                                                      const char           *user_id,
                                                      const char           *except,
                                                      GError              **error);
/* Removes what ended before @now. */
gboolean          forlop_account_store_forget_ended  (ForlopAccountStore   *self,
                                                      gint64                now,
                                                      GError              **error);

gboolean          forlop_account_store_put_device    (ForlopAccountStore   *self,
                                                      const char           *device_id,
                                                      const char           *name,
                                                      gint64                now,
                                                      GError              **error);
/* @name stays NULL for a device that never signed in. */
gboolean          forlop_account_store_get_device    (ForlopAccountStore   *self,
                                                      const char           *device_id,
                                                      char                **name,
                                                      gint64               *registered_at,
                                                      GError              **error);

void              forlop_account_free                (ForlopAccount        *self);
void              forlop_session_free                (ForlopSession        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopAccount, forlop_account_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopAccountStore, forlop_account_store_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopAccountChange, forlop_account_change_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSession, forlop_session_free)

G_END_DECLS
