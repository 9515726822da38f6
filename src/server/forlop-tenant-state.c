/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-tenant-state.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "forlop-access-chain.h"
#include "forlop-error.h"

void
forlop_tenant_state_init (ForlopTenantState *self)
{
  g_return_if_fail (self != NULL);

  *self = (ForlopTenantState) { .sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };
}

void
forlop_tenant_state_clear (ForlopTenantState *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->sums, g_hash_table_unref);
}

void
forlop_tenant_state_reset (ForlopTenantState *self)
{
  g_return_if_fail (self != NULL);

  self->is_known = FALSE;
  self->is_moved = FALSE;
  g_hash_table_remove_all (self->sums);
}

gboolean
forlop_tenant_state_move (ForlopTenantState  *self,
                          gint64              seq,
                          const guint8        hash[FORLOP_SYNC_HASH_BYTES],
                          GError            **error)
{
  g_return_val_if_fail (self != NULL && self->is_known, FALSE);

  if (seq != self->head.seq + 1)
    {
      g_autofree char *wrong = g_strdup_printf ("%" G_GINT64_FORMAT, seq);
      g_autofree char *head = g_strdup_printf ("%" G_GINT64_FORMAT, self->head.seq);

      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                   _("Position %s does not follow %s in the log. Nothing was stored. Tell those who "
                     "look after the server."), wrong, head);
      return FALSE;
    }

  self->head.seq = seq;
  memcpy (self->head.log_hash, hash, FORLOP_SYNC_HASH_BYTES);
  self->is_moved = TRUE;

  return TRUE;
}

static void
change_sum (ForlopTenantState   *self,
            const ForlopSyncRow *row,
            gboolean             add)
{
  guint64 hash = forlop_sync_row_hash (row->type->name, row->id, row->vtag, row->deleted);
  ForlopScopeSum *sum = g_hash_table_lookup (self->sums, row->scope);

  if (sum == NULL)
    {
      sum = g_new0 (ForlopScopeSum, 1);
      g_hash_table_insert (self->sums, g_strdup (row->scope), sum);
    }

  sum->count += add ? 1 : -1;
  sum->sum += add ? hash : -hash;
}

void
forlop_tenant_state_count (ForlopTenantState   *self,
                           const ForlopSyncRow *before,
                           const ForlopSyncRow *after)
{
  g_return_if_fail (self != NULL && after != NULL);

  if (before != NULL)
    change_sum (self, before, FALSE);
  change_sum (self, after, TRUE);
}

void
forlop_tenant_state_add_sum (ForlopTenantState *self,
                             const char        *scope,
                             ForlopScopeSum    *sum)
{
  const ForlopScopeSum *pending;

  g_return_if_fail (self != NULL && scope != NULL && sum != NULL);

  pending = g_hash_table_lookup (self->sums, scope);
  if (pending == NULL)
    return;

  sum->count += pending->count;
  sum->sum += pending->sum;
}

void
forlop_tenant_state_add_access (ForlopTenantState        *self,
                                const ForlopServerAccess *access,
                                guint8                    previous[FORLOP_SYNC_HASH_BYTES])
{
  g_return_if_fail (self != NULL && self->is_known);
  g_return_if_fail (access != NULL);

  self->access_n++;
  self->is_moved = TRUE;
  memcpy (previous, self->access_hash, FORLOP_SYNC_HASH_BYTES);
  forlop_access_chain_hash (access, self->access_n, previous, self->access_hash);
}

/**
 * forlop_tenant_make_epoch:
 *
 * An id of version 7 has 74 random bits; two of them give more than the 128 that are kept.
 */
void
forlop_tenant_make_epoch (ForlopIdSource *ids,
                          char            epoch[33])
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *both = NULL;
  g_autofree char *digest = NULL;

  g_return_if_fail (ids != NULL);

  first = forlop_id_source_next (ids, 0);
  second = forlop_id_source_next (ids, 0);
  both = g_strconcat (first, second, NULL);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);
  g_strlcpy (epoch, digest, 33);
}

gboolean
forlop_tenant_epoch_to_bytes (const char *epoch,
                              guint8      bytes[16])
{
  g_return_val_if_fail (epoch != NULL, FALSE);

  if (strlen (epoch) != 32)
    return FALSE;

  for (unsigned int i = 0; i < 16; i++)
    {
      int high = g_ascii_xdigit_value (epoch[2 * i]);
      int low = g_ascii_xdigit_value (epoch[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      bytes[i] = (guint8) (high << 4 | low);
    }

  return TRUE;
}

void
forlop_tenant_epoch_from_bytes (const guint8 bytes[16],
                                char         epoch[33])
{
  sodium_bin2hex (epoch, 33, bytes, 16);
}
