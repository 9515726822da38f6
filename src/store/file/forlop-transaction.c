/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-store"

#include "forlop-transaction.h"

#include "forlop-store-error.h"

/* SQLite looks a savepoint's name up from the innermost outwards, so nested ones may share it. */
#define NESTED "nested"

struct _ForlopTransaction
{
  ForlopConnection *connection;
  gboolean nested;
  gboolean open;
};

ForlopTransaction *
forlop_transaction_begin (ForlopConnection  *connection,
                          GError           **error)
{
  g_return_val_if_fail (FORLOP_IS_CONNECTION (connection), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  gboolean nested = forlop_connection_in_transaction (connection);
  gboolean begun = nested ? forlop_connection_savepoint (connection, NESTED, error)
                          : forlop_connection_begin (connection, error);
  if (!begun)
    return NULL;

  ForlopTransaction *self = g_new0 (ForlopTransaction, 1);
  self->connection = g_object_ref (connection);
  self->nested = nested;
  self->open = TRUE;
  return self;
}

static void
undo (ForlopTransaction *self)
{
  g_assert (self->open);

  self->open = FALSE;
  if (self->nested)
    forlop_connection_rollback_to (self->connection, NESTED);
  else
    forlop_connection_rollback (self->connection);
}

gboolean
forlop_transaction_commit (ForlopTransaction  *self,
                           GError            **error)
{
  g_return_val_if_fail (self != NULL && self->open, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  gboolean committed = self->nested
                         ? forlop_connection_release (self->connection, NESTED, error)
                         : forlop_connection_commit (self->connection, error);
  if (!committed)
    undo (self);

  self->open = FALSE;
  return committed;
}

void
forlop_transaction_free (ForlopTransaction *self)
{
  g_return_if_fail (self != NULL);

  if (self->open)
    undo (self);
  g_object_unref (self->connection);
  g_free (self);
}
