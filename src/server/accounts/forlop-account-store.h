/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"

G_BEGIN_DECLS

/* The statements of the accounts' file. What they mean is decided in forlop-accounts.h. */

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

ForlopConnection *forlop_account_store_open          (const char           *path,
                                                      ForlopKey            *key,
                                                      gboolean              create,
                                                      GError              **error)
                                                      G_GNUC_WARN_UNUSED_RESULT;

/* Functions that find nothing return TRUE and leave the result NULL. */
gboolean          forlop_account_store_find_name     (ForlopConnection     *connection,
                                                      const char           *name,
                                                      ForlopAccount       **account,
                                                      GError              **error);
gboolean          forlop_account_store_find_user     (ForlopConnection     *connection,
                                                      const char           *user_id,
                                                      ForlopAccount       **account,
                                                      GError              **error);
GPtrArray        *forlop_account_store_list          (ForlopConnection     *connection,
                                                      GError              **error)
                                                      G_GNUC_WARN_UNUSED_RESULT;
gboolean          forlop_account_store_put           (ForlopConnection     *connection,
                                                      const ForlopAccount  *account,
                                                      gint64                now,
                                                      GError              **error);

gboolean          forlop_account_store_find_access   (ForlopConnection     *connection,
                                                      const guint8          hash[FORLOP_TOKEN_HASH_BYTES],
                                                      ForlopSession       **session,
                                                      GError              **error);
gboolean          forlop_account_store_find_session  (ForlopConnection     *connection,
                                                      const char           *session_id,
                                                      ForlopSession       **session,
                                                      GError              **error);
/* By the refresh token in force or the one before it. */
gboolean          forlop_account_store_find_refresh  (ForlopConnection     *connection,
                                                      const guint8          hash[FORLOP_TOKEN_HASH_BYTES],
                                                      ForlopSession       **session,
                                                      GError              **error);
/* The session whose refresh token it once was. */
gboolean          forlop_account_store_find_used     (ForlopConnection     *connection,
                                                      const guint8          hash[FORLOP_TOKEN_HASH_BYTES],
                                                      char                **session_id,
                                                      GError              **error);
gboolean          forlop_account_store_add_used      (ForlopConnection     *connection,
                                                      const guint8          hash[FORLOP_TOKEN_HASH_BYTES],
                                                      const char           *session_id,
                                                      GError              **error);
gboolean          forlop_account_store_put_session   (ForlopConnection     *connection,
                                                      const ForlopSession  *session,
                                                      GError              **error);
gboolean          forlop_account_store_end_session   (ForlopConnection     *connection,
                                                      const char           *session_id,
                                                      GError              **error);
/* Every session of the user but @except (nullable). */
gboolean          forlop_account_store_end_sessions  (ForlopConnection     *connection,
                                                      const char           *user_id,
                                                      const char           *except,
                                                      GError              **error);
/* Removes what ended before @now. */
gboolean          forlop_account_store_forget_ended  (ForlopConnection     *connection,
                                                      gint64                now,
                                                      GError              **error);

gboolean          forlop_account_store_put_device    (ForlopConnection     *connection,
                                                      const char           *device_id,
                                                      const char           *name,
                                                      gint64                now,
                                                      GError              **error);
/* @name stays NULL for a device that never signed in. */
gboolean          forlop_account_store_get_device    (ForlopConnection     *connection,
                                                      const char           *device_id,
                                                      char                **name,
                                                      gint64               *registered_at,
                                                      GError              **error);

void              forlop_account_free                (ForlopAccount        *self);
void              forlop_session_free                (ForlopSession        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopAccount, forlop_account_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSession, forlop_session_free)

G_END_DECLS
