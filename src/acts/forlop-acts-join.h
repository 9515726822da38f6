/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-id.h"
#include "forlop-store.h"

G_BEGIN_DECLS

/* What was written on a record of a person who was registered already is written again on the record
 * that is there. */

/* @op_id: a refused changeset; what was blocked because it builds on it goes with it. Returns the ids
 * of the changesets that were made, as text. In the caller's transaction. */
GPtrArray *forlop_acts_join      (ForlopConnection *connection,
                                  ForlopIdSource   *ids,
                                  gint64            now,
                                  const char       *op_id,
                                  const char       *into_id,
                                  GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* In a transaction of its own; the future resolves to the array when it is durable. */
DexFuture *forlop_acts_run_join  (ForlopStore      *store,
                                  const char       *op_id,
                                  const char       *into_id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
