/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-account-store.h"

G_BEGIN_DECLS

/* How fast somebody may guess passwords, and why nobody is locked out by a stranger.
 *
 * A device that the account has used before has a count of its own: who is on it waits only after its
 * own wrong passwords. Everybody else shares the count of the account from that address, and the count
 * of the address. What is refused for its count is refused before the password is looked at. Guesses
 * spread over many addresses only make every answer slower, the right one too, by a few seconds.
 *
 * The counts are among the municipality's accounts, so that every process has the same. An attempt is
 * counted before its password is looked at, and given back when that was right. A count is forgotten after
 * a day. Instants are given. */

/**
 * ForlopSignInAttempt:
 * @account: the name, whether or not there is such an account.
 * @address: where it comes from.
 * @device_id: (nullable): the device, only when the account has used it before.
 */
typedef struct {
  const char *account;
  const char *address;
  const char *device_id;
} ForlopSignInAttempt;

/* What is counted: the known device, or the account from the address; then, without a known device, the
 * address and the account. */
enum {
  FORLOP_SIGN_IN_OWN,
  FORLOP_SIGN_IN_ADDRESS,
  FORLOP_SIGN_IN_ACCOUNT,
  FORLOP_SIGN_IN_N_COUNTS
};

typedef struct {
  gint64 n;
  gint64 last_at;
} ForlopSignInCount;

/* Beyond these the smallest are forgotten. */
#define FORLOP_SIGN_IN_MAX_COUNTS 50000

/* Pure: milliseconds until the password will be looked at; 0 when it is now. */
gint64   forlop_sign_in_guard_wait  (const ForlopSignInCount    counts[FORLOP_SIGN_IN_N_COUNTS],
                                     gint64                     now);
/* Pure: milliseconds that the answer is held back. */
gint64   forlop_sign_in_guard_hold  (const ForlopSignInCount    counts[FORLOP_SIGN_IN_N_COUNTS],
                                     gint64                     now);
/* Pure: one more. */
void     forlop_sign_in_guard_count (ForlopSignInCount          counts[FORLOP_SIGN_IN_N_COUNTS],
                                     gint64                     now);

/* Counts the attempt, unless it has to wait. */
gboolean forlop_sign_in_guard_try    (ForlopAccountStore         *store,
                                      const ForlopSignInAttempt  *attempt,
                                      gint64                      now,
                                      gint64                     *wait,
                                      gint64                     *hold,
                                      GError                    **error);
/* The password was right. */
gboolean forlop_sign_in_guard_passed (ForlopAccountStore         *store,
                                      const ForlopSignInAttempt  *attempt,
                                      GError                    **error);
/* Makes room when there are @max counts. */
gboolean forlop_sign_in_guard_trim   (ForlopAccountStore         *store,
                                      gint64                      max,
                                      gint64                      now,
                                      GError                    **error);

G_END_DECLS
