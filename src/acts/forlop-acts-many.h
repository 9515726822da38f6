/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-acts.h"

G_BEGIN_DECLS

/* Several acts of one form in one transaction: all of them or none. */

/**
 * ForlopActCall:
 *
 * One act with its arguments. Both are borrowed.
 */
typedef struct {
  const ForlopAct *act;
  ForlopRecord *arguments;
} ForlopActCall;

/* The future resolves to a GPtrArray of ForlopActResult, in the order of the calls, when everything
 * is durable. */
DexFuture *forlop_acts_run_many      (ForlopStore          *store,
                                      const ForlopActor    *actor,
                                      const ForlopActCall  *calls,
                                      unsigned int          n_calls) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *forlop_acts_run_many_sync (ForlopStore          *store,
                                      const ForlopActor    *actor,
                                      const ForlopActCall  *calls,
                                      unsigned int          n_calls,
                                      GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
