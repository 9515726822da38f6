/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-server-call.h"

G_BEGIN_DECLS

/* Local accounts, their sessions and devices, as endpoints of docs/protocol.md. An account is keyed to
 * a user record of the log; what its owner may see follows from the log alone. */

#define FORLOP_ACCESS_MS (10 * FORLOP_MINUTE)
#define FORLOP_SESSION_MS (12 * FORLOP_HOUR)
#define FORLOP_ONE_TIME_MS (7 * FORLOP_DAY)

/* On the thread for passwords. */
ForlopSyncReply *forlop_accounts_sign_in      (ForlopServerCall  *call,
                                               GError           **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncReply *forlop_accounts_set_password (ForlopServerCall  *call,
                                               GError           **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncReply *forlop_accounts_make         (ForlopServerCall  *call,
                                               GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* `{"user_id","name","subject"}`, by an administrator: who the municipality's provider says is the user. */
ForlopSyncReply *forlop_accounts_unlink_subject (ForlopServerCall *call,
                                               GError           **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncReply *forlop_accounts_link_subject (ForlopServerCall  *call,
                                               GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* On the municipality's thread. */
ForlopSyncReply *forlop_accounts_refresh      (ForlopServerCall  *call,
                                               GError           **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncReply *forlop_accounts_sign_out     (ForlopServerCall  *call,
                                               GError           **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncReply *forlop_accounts_list         (ForlopServerCall  *call,
                                               GError           **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncReply *forlop_accounts_set_state    (ForlopServerCall  *call,
                                               GError           **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncReply *forlop_accounts_devices      (ForlopServerCall  *call,
                                               GError           **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncReply *forlop_accounts_set_device   (ForlopServerCall  *call,
                                               GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* Finds the session of the call's token. TRUE with @reply set when it is not accepted. A limited
 * session is accepted only when @allow_limited. On the municipality's thread. */
gboolean         forlop_accounts_authenticate (ForlopServerCall  *call,
                                               gboolean           allow_limited,
                                               ForlopSyncReply  **reply,
                                               GError           **error);
/* Finds the system of the call's token. TRUE with @reply set when there is none. */
gboolean         forlop_accounts_authenticate_system (ForlopServerCall *call,
                                               ForlopSyncReply  **reply,
                                               GError           **error);
/* Whether the session goes on, for a poke stream that outlives its access token. */
gboolean         forlop_accounts_session_lives (ForlopTenant     *tenant,
                                               const char        *session_id,
                                               gboolean          *lives,
                                               GError           **error);
/* Whether the caller is an administrator today. On the municipality's thread. */
gboolean         forlop_accounts_is_administrator (ForlopServerCall  *call,
                                               gboolean          *is_administrator,
                                               GError           **error);

/* Whether the caller is a manager or an administrator today. */
gboolean         forlop_accounts_is_leader    (ForlopServerCall  *call,
                                               gboolean          *is_leader,
                                               GError           **error);
/* Whether the caller has a function that answers a citizen who asks who has opened the record. */
gboolean         forlop_accounts_may_extract  (ForlopServerCall  *call,
                                               gboolean          *may,
                                               GError           **error);

/* Makes an account, or gives a new first password to the one there is, for the user record whose short
 * name is @short_name. Returns the one-time password, to be wiped. Blocks. */
char            *forlop_accounts_add          (ForlopTenant      *tenant,
                                               const char        *name,
                                               const char        *short_name,
                                               GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* Makes another system, which sends measurements and with @reads reads. @unit: name of the unit that looks at
 * what it sends and nobody can use. Returns its token, to be wiped. Blocks. */
char            *forlop_accounts_add_system   (ForlopTenant      *tenant,
                                               const char        *name,
                                               const char        *unit,
                                               gboolean           reads,
                                               GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/**
 * ForlopAccountLink:
 * @name: (nullable): of the account that is made when the user has none.
 * @short_name: (nullable): of the user record; otherwise it is @user_id.
 * @issuer: the provider.
 * @subject: who the user is there.
 */
typedef struct {
  const char *name;
  const char *short_name;
  const char *user_id;
  const char *issuer;
  const char *subject;
} ForlopAccountLink;

/* Lets the user sign in by browser. Somebody else who was that subject no longer is. Errors of
 * %FORLOP_ERROR_INVALID are sentences for the user. Blocks. */
gboolean         forlop_accounts_link         (ForlopTenant      *tenant,
                                               const ForlopAccountLink *link,
                                               GError           **error);
/* The municipality's first administrator: user, unit and function. Blocks. */
gboolean         forlop_accounts_set_up       (ForlopTenant      *tenant,
                                               const ForlopSyncSetUp *words,
                                               GError           **error);
/* As people write it: trimmed, lower case. NULL when nobody can be called so. */
char            *forlop_accounts_fold_name    (const char        *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
