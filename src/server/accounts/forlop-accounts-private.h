/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <yyjson.h>

#include "forlop-accounts.h"
#include "forlop-sign-in-guard.h"

G_BEGIN_DECLS

/* What the endpoints share. */

#define FORLOP_ACCOUNTS_MAX_TEXT 200

/* The text of @key, at most @max bytes; NULL when it is missing, empty or anything else. */
const char      *forlop_accounts_read_text    (yyjson_doc            *doc,
                                               const char            *key,
                                               gsize                  max);
ForlopSyncReply *forlop_accounts_malformed    (void) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncReply *forlop_accounts_not_signed_in (void) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncReply *forlop_accounts_not_allowed  (void) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncReply *forlop_accounts_not_leader   (void) G_GNUC_WARN_UNUSED_RESULT;
/* 404: the municipality has no provider of sign-ins, or there is no such municipality. */
ForlopSyncReply *forlop_accounts_no_browser   (void) G_GNUC_WARN_UNUSED_RESULT;
/* 429 with the time to wait. */
ForlopSyncReply *forlop_accounts_too_many     (ForlopServerCall      *call,
                                               gint64                 wait_ms) G_GNUC_WARN_UNUSED_RESULT;

/* Gives @session new tokens, in memory. */
void             forlop_session_renew         (ForlopSession         *session,
                                               const char            *tenant,
                                               gint64                 now,
                                               char                 **access,
                                               char                 **refresh);
/* Wipes and frees the tokens. */
ForlopSyncReply *forlop_session_reply         (const ForlopSession   *session,
                                               gint64                 now,
                                               char                  *access,
                                               char                  *refresh) G_GNUC_WARN_UNUSED_RESULT;

/* What to answer a device that is not active; NULL for one that is. */
ForlopSyncReply *forlop_accounts_device_reply (const char            *state) G_GNUC_WARN_UNUSED_RESULT;
gboolean         forlop_accounts_load_device  (ForlopTenant          *tenant,
                                               const char            *device_id,
                                               ForlopServerDevice   **device,
                                               GError               **error);
gboolean         forlop_accounts_save_device  (ForlopTenant          *tenant,
                                               const ForlopServerDevice *device,
                                               GError               **error);

/* The device in a sign-in, borrowed from @doc; FALSE when it is missing or nobody's. */
gboolean         forlop_accounts_read_device  (yyjson_doc            *doc,
                                               const char           **id,
                                               const char           **name);
/* The user record by its short name or its id; NULL in @user_id when there is none. On the municipality's
 * thread. */
gboolean         forlop_accounts_find_user    (ForlopTenant          *tenant,
                                               const char            *short_name,
                                               const char            *id,
                                               char                 **user_id,
                                               GError               **error);

/* Every row of a type that is not deleted. On the municipality's thread. */
GPtrArray       *forlop_accounts_list_type    (ForlopTenant          *tenant,
                                               const char            *type,
                                               GError               **error) G_GNUC_WARN_UNUSED_RESULT;
/* The names of the municipality's people by the ids of their user records. On the municipality's thread. */
GHashTable      *forlop_accounts_list_people  (ForlopTenant          *tenant,
                                               GError               **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ForlopSessionStart:
 * @is_limited: may do nothing but choose a password.
 * @signed_in_at: instant at which the person last showed who it is.
 */
typedef struct {
  const char *user_id;
  const char *device_id;
  const char *device_name;
  gboolean is_limited;
  gint64 signed_in_at;
} ForlopSessionStart;

/* Registers the device and opens a session, or says why not. On the municipality's thread. */
ForlopSyncReply *forlop_accounts_open_session (ForlopTenant          *tenant,
                                               const ForlopSessionStart *start,
                                               GError               **error) G_GNUC_WARN_UNUSED_RESULT;

/* Counts the attempt on the municipality's thread. @reply: what to answer when it has to wait. */
gboolean         forlop_accounts_guard_try    (ForlopServerCall      *call,
                                               ForlopTenant          *tenant,
                                               const ForlopSignInAttempt *attempt,
                                               ForlopSyncReply      **reply,
                                               GError               **error);
gboolean         forlop_accounts_guard_passed (ForlopTenant          *tenant,
                                               const ForlopSignInAttempt *attempt,
                                               GError               **error);

G_END_DECLS
