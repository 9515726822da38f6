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

static void
run_all (GPtrArray        *jobs,
         ForlopServerJob   run,
         ForlopServerMore  more,
         gpointer          user_data)
{
  for (unsigned int i = 0; i < jobs->len; i++)
    {
      run (g_ptr_array_index (jobs, i));
      if (more != NULL && i + 1 == jobs->len)
        more (jobs, user_data);
    }
}

/**
 * forlop_server_storage_run_together:
 * @jobs: at least one; @run is called with each, in order.
 * @more: (nullable): asked when all have been run, and adds those who have come meanwhile.
 *
 * Runs them so that what they store becomes durable together, where the storage can. When it does not,
 * each is run again for itself. What came of them is told to nobody before this returns.
 */
void
forlop_server_storage_run_together (ForlopServerStorage *self,
                                    GPtrArray           *jobs,
                                    ForlopServerJob      run,
                                    ForlopServerMore     more,
                                    gpointer             user_data)
{
  g_autoptr (GError) problem = NULL;

  g_return_if_fail (self != NULL && jobs != NULL && run != NULL);

  if (self->funcs->begin_batch == NULL)
    {
      run_all (jobs, run, more, user_data);
      return;
    }

  self->funcs->begin_batch (self);
  run_all (jobs, run, more, user_data);
  if (self->funcs->end_batch (self, &problem))
    return;
  g_debug ("%u requests are run one by one: %s", jobs->len, problem->message);
  run_all (jobs, run, NULL, NULL);
}

/**
 * forlop_server_log_hash:
 * @hash: (inout): the chain's hash at the position before; then at @seq.
 * @content_hash: of the changeset's text, as its receipt has it.
 * @status: what became of it.
 *
 * The chain of the log: a changed, removed or added position changes every hash after it.
 */
void
forlop_server_log_hash (guint8      hash[FORLOP_SYNC_HASH_BYTES],
                        gint64      seq,
                        const char *op_id,
                        const char *content_hash,
                        const char *status)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *text = NULL;
  gsize length = FORLOP_SYNC_HASH_BYTES;

  g_return_if_fail (hash != NULL && op_id != NULL && content_hash != NULL && status != NULL);

  text = g_strdup_printf ("%" G_GINT64_FORMAT "|%s|%s|%s", seq, op_id, content_hash, status);
  g_checksum_update (checksum, hash, FORLOP_SYNC_HASH_BYTES);
  g_checksum_update (checksum, (const guchar *) text, -1);
  g_checksum_get_digest (checksum, hash, &length);
}
