/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"

G_BEGIN_DECLS

/* A transaction that ends with its scope: a g_autoptr that goes away without a commit undoes what
 * was done. Inside another transaction it is a savepoint, so that an act can be part of a larger
 * whole: nothing is durable before the outermost one commits. */

typedef struct _ForlopTransaction ForlopTransaction;

ForlopTransaction *forlop_transaction_begin  (ForlopConnection   *connection,
                                              GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* Afterwards @self is spent, also when the commit failed (everything is then undone); freeing it
 * is all that is left to do. */
gboolean           forlop_transaction_commit (ForlopTransaction  *self,
                                              GError            **error);
/* Undoes what was not committed. */
void               forlop_transaction_free   (ForlopTransaction  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopTransaction, forlop_transaction_free)

G_END_DECLS
