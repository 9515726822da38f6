/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-turn.h"

void
forlop_sync_state_clear (ForlopSyncState *self)
{
  g_free (self->server);
  g_free (self->ca_file);
  g_free (self->tenant);
  g_free (self->account);
  g_free (self->user_id);
  g_free (self->device_id);
  g_free (self->epoch);
  g_free (self->pos_hash);
  *self = (ForlopSyncState) { 0 };
}

void
forlop_sync_unsent_free (ForlopSyncUnsent *self)
{
  if (self == NULL)
    return;

  g_free (self->json);
  g_free (self);
}

void
forlop_sync_result_free (ForlopSyncResult *self)
{
  if (self == NULL)
    return;

  g_free (self->op_id);
  g_free (self->status);
  g_free (self->json);
  g_free (self);
}

void
forlop_sync_grant_free (ForlopSyncGrant *self)
{
  if (self == NULL)
    return;

  g_free (self->scope);
  g_free (self->gone);
  g_free (self);
}

void
forlop_sync_scope_sum_free (ForlopSyncScopeSum *self)
{
  if (self == NULL)
    return;

  g_free (self->scope);
  g_free (self);
}

void
forlop_sync_page_free (ForlopSyncPage *self)
{
  if (self == NULL)
    return;

  g_free (self->epoch);
  g_free (self->hash);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->grants, g_ptr_array_unref);
  g_clear_pointer (&self->sums, g_ptr_array_unref);
  g_free (self);
}

static void
clear_place (ForlopSyncPlace *self)
{
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->id, g_free);
}

void
forlop_sync_fill_free (ForlopSyncFill *self)
{
  if (self == NULL)
    return;

  g_free (self->scope);
  clear_place (&self->after);
  g_free (self);
}

void
forlop_sync_scope_page_free (ForlopSyncScopePage *self)
{
  if (self == NULL)
    return;

  g_free (self->epoch);
  g_free (self->scope);
  clear_place (&self->after);
  clear_place (&self->next);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}

gboolean
forlop_sync_place_equal (const ForlopSyncPlace *self,
                         const ForlopSyncPlace *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  return self->seq == other->seq && g_strcmp0 (self->type, other->type) == 0 &&
         g_strcmp0 (self->id, other->id) == 0;
}

void
forlop_sync_place_set (ForlopSyncPlace *self,
                       gint64           seq,
                       const char      *type,
                       const char      *id)
{
  g_return_if_fail (self != NULL);

  self->seq = seq;
  g_set_str (&self->type, type);
  g_set_str (&self->id, id);
}

void
forlop_sync_ack_free (ForlopSyncAck *self)
{
  if (self == NULL)
    return;

  g_free (self->json);
  g_free (self);
}

gboolean
forlop_sync_page_is_first (const ForlopSyncPage *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_complete && self->pos == 0 && self->head > 0;
}
