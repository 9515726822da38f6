/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-server-storage.h"

G_DEFINE_QUARK (forlop-server-storage-error-quark, forlop_server_storage_error)

void
forlop_server_device_free (ForlopServerDevice *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->user_id);
  g_free (self->state);
  g_free (self);
}

void
forlop_server_receipt_free (ForlopServerReceipt *self)
{
  if (self == NULL)
    return;

  g_free (self->op_id);
  g_free (self->device_id);
  g_free (self->user_id);
  g_free (self->hash);
  g_free (self->status);
  g_free (self->result);
  g_free (self);
}

void
forlop_server_rule_free (ForlopServerRule *self)
{
  if (self == NULL)
    return;

  g_free (self->scope);
  g_free (self->role);
  g_free (self->unit_id);
  g_free (self->basis);
  g_free (self);
}

void
forlop_server_grant_free (ForlopServerGrant *self)
{
  if (self == NULL)
    return;

  g_free (self->user_id);
  g_free (self->scope);
  g_free (self->basis);
  g_free (self);
}

void
forlop_server_storage_free (ForlopServerStorage *self)
{
  if (self != NULL)
    self->funcs->free (self);
}
