/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How fast somebody may guess passwords, and why nobody is locked out by a stranger.
 *
 * A device that the account has used before has a count of its own: who is on it waits only after its
 * own wrong passwords. Everybody else shares the count of the account from that address, and the count
 * of the address. What is refused for its count is refused before the password is looked at. Guesses
 * spread over many addresses only make every answer slower, the right one too, by a few seconds.
 *
 * In memory, and forgotten after a day. Belongs to one thread. Instants are given. */

typedef struct _ForlopSignInGuard ForlopSignInGuard;

/**
 * ForlopSignInAttempt:
 * @account: municipality and name, whether or not there is such an account.
 * @address: where it comes from.
 * @device_id: (nullable): the device, only when the account has used it before.
 */
typedef struct {
  const char *account;
  const char *address;
  const char *device_id;
} ForlopSignInAttempt;

ForlopSignInGuard *forlop_sign_in_guard_new    (void) G_GNUC_WARN_UNUSED_RESULT;
void               forlop_sign_in_guard_free   (ForlopSignInGuard         *self);
/* Milliseconds until the password will be looked at; 0 when it is now. */
gint64             forlop_sign_in_guard_wait   (ForlopSignInGuard         *self,
                                                const ForlopSignInAttempt *attempt,
                                                gint64                     now);
void               forlop_sign_in_guard_failed (ForlopSignInGuard         *self,
                                                const ForlopSignInAttempt *attempt,
                                                gint64                     now);
void               forlop_sign_in_guard_passed (ForlopSignInGuard         *self,
                                                const ForlopSignInAttempt *attempt);
/* Milliseconds that the answer is held back. */
gint64             forlop_sign_in_guard_hold   (ForlopSignInGuard         *self,
                                                const ForlopSignInAttempt *attempt,
                                                gint64                     now);
unsigned int       forlop_sign_in_guard_size   (ForlopSignInGuard         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSignInGuard, forlop_sign_in_guard_free)

G_END_DECLS
