/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-server-account.h"

G_BEGIN_DECLS

/* The machines that sync with the server: everybody's for an administrator, one's own for others. They block;
 * not on the main thread. An error's message is a sentence for the user. */

/**
 * ForlopServerMachine:
 * @name: (nullable): what the machine is called.
 * @account: (nullable): whose it is: the name to sign in with.
 * @person: (nullable): what that user is called.
 * @state: "active", "blocked" or "wiped".
 * @seen_at: (nullable): when the server heard of it last, RFC 3339.
 * @is_this: the machine that asks.
 */
typedef struct {
  char *id;
  char *name;
  char *account;
  char *person;
  char *state;
  char *seen_at;
  gboolean is_this;
} ForlopServerMachine;

void       forlop_server_machine_free (ForlopServerMachine  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopServerMachine, forlop_server_machine_free)

/* #GPtrArray of #ForlopServerMachine. */
GPtrArray *forlop_devices_list        (ForlopServerAccount  *account,
                                       ForlopHttpTransport  *transport,
                                       GCancellable         *cancellable,
                                       GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   forlop_devices_set_state   (ForlopServerAccount  *account,
                                       ForlopHttpTransport  *transport,
                                       const char           *device_id,
                                       const char           *state,
                                       GCancellable         *cancellable,
                                       GError              **error);

G_END_DECLS
