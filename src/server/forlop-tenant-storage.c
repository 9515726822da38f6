/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-tenant-storage.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-error.h"

/* Rows that are in memory at a time; a position comes with the whole of its changeset. */
#define CHUNK 1000
#define MARKS 100

void
forlop_server_mark_free (ForlopServerMark *self)
{
  if (self == NULL)
    return;

  g_free (self->op_id);
  g_free (self->content_hash);
  g_free (self->status);
  g_free (self->body);
  g_free (self);
}

GPtrArray *
forlop_tenant_storage_list_access (ForlopServerStorage  *self,
                                   const char           *scope,
                                   gint64                after,
                                   unsigned int          limit,
                                   GError              **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  return ((ForlopTenantStorage *) self)->funcs->list_access (self, scope, after, limit, error);
}

void
forlop_tenant_set_not_known (GError **error)
{
  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
               _("The log holds something that this version does not know. Nothing was changed. "
                 "Update the server."));
}

const char *
forlop_tenant_measurement_sql (const char *after)
{
  static GMutex mutex;
  static GHashTable *made;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  const char *text;
  GString *sql;

  g_return_val_if_fail (after != NULL, NULL);

  if (made == NULL)
    made = g_hash_table_new (g_str_hash, g_str_equal);
  text = g_hash_table_lookup (made, after);
  if (text != NULL)
    return text;

  sql = g_string_new ("SELECT id, scope, seq, vtag, deleted, field_vtags");
  for (const ForlopField *field = forlop_record_type_find ("measurement")->fields; field->name != NULL; field++)
    g_string_append_printf (sql, ", %s", field->name);
  g_string_append_printf (sql, " FROM measurement %s", after);
  text = g_string_free (sql, FALSE);
  g_hash_table_insert (made, g_strdup (after), (gpointer) text);

  return text;
}

gboolean
forlop_tenant_storage_know_head (ForlopTenantStorage  *self,
                                 GError              **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->state.is_known)
    return TRUE;
  if (!self->funcs->load_state (&self->parent, &self->state, error))
    return FALSE;
  self->state.is_known = TRUE;

  return TRUE;
}

static gboolean
get_head (ForlopServerStorage  *self,
          ForlopServerHead     *head,
          GError              **error)
{
  ForlopTenantStorage *tenant = (ForlopTenantStorage *) self;

  if (!forlop_tenant_storage_know_head (tenant, error))
    return FALSE;
  *head = tenant->state.head;

  return TRUE;
}

static gboolean
set_epoch (ForlopServerStorage  *self,
           const char           *epoch,
           GError              **error)
{
  ForlopTenantStorage *tenant = (ForlopTenantStorage *) self;
  guint8 bytes[16];

  g_return_val_if_fail (forlop_tenant_epoch_to_bytes (epoch, bytes), FALSE);

  if (!forlop_tenant_storage_know_head (tenant, error))
    return FALSE;
  forlop_tenant_epoch_from_bytes (bytes, tenant->state.head.epoch);
  tenant->state.is_moved = TRUE;

  return TRUE;
}

static gboolean
set_safe_seq (ForlopServerStorage  *self,
              gint64                safe_seq,
              GError              **error)
{
  ForlopTenantStorage *tenant = (ForlopTenantStorage *) self;

  if (!forlop_tenant_storage_know_head (tenant, error))
    return FALSE;
  tenant->state.head.safe_seq = safe_seq;
  tenant->state.is_moved = TRUE;

  return TRUE;
}

void
forlop_tenant_storage_fill (ForlopServerStorageFuncs *funcs)
{
  g_return_if_fail (funcs != NULL);

  funcs->get_head = get_head;
  funcs->set_epoch = set_epoch;
  funcs->set_safe_seq = set_safe_seq;
}

static gboolean
verify_access (ForlopTenantStorage  *self,
               gint64               *n_access,
               GError              **error)
{
  guint8 hash[FORLOP_SYNC_HASH_BYTES] = { 0 };
  gint64 n = 0;

  while (TRUE)
    {
      g_autoptr (GPtrArray) rows = self->funcs->list_access (&self->parent, NULL, n, CHUNK, error);

      if (rows == NULL)
        return FALSE;
      if (rows->len == 0)
        break;
      for (unsigned int i = 0; i < rows->len; i++, n++)
        if (!forlop_access_chain_follows (g_ptr_array_index (rows, i), n, hash))
          {
            forlop_access_chain_set_broken (g_ptr_array_index (rows, i), n, hash, error);
            return FALSE;
          }
    }

  if (n != self->state.access_n || memcmp (hash, self->state.access_hash, sizeof hash) != 0)
    {
      forlop_access_chain_set_short (n, self->state.access_n, error);
      return FALSE;
    }
  *n_access = n;

  return TRUE;
}

static void
set_hole (gint64   seq,
          GError **error)
{
  g_autofree char *position = g_strdup_printf ("%" G_GINT64_FORMAT, seq);

  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_CONFLICT,
               _("The log does not hang together at position %s. Everything in it is kept. Stop "
                 "the server and compare with a backup."), position);
}

/* Moves @hash on to the position after @seq; FALSE when @mark is not that position, or its receipt or
 * changeset is not what it was. */
static gboolean
mark_follows (const ForlopServerMark *mark,
              gint64                  seq,
              guint8                  hash[FORLOP_SYNC_HASH_BYTES])
{
  if (mark->seq != seq + 1 || mark->op_id == NULL)
    return FALSE;
  if (mark->body != NULL)
    {
      g_autofree char *content_hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, mark->body, -1);

      if (!g_str_equal (content_hash, mark->content_hash))
        return FALSE;
    }
  forlop_server_log_hash (hash, mark->seq, mark->op_id, mark->content_hash, mark->status);

  return memcmp (hash, mark->hash, FORLOP_SYNC_HASH_BYTES) == 0;
}

static gboolean
verify_marks (ForlopTenantStorage  *self,
              gint64               *n_marks,
              GError              **error)
{
  guint8 hash[FORLOP_SYNC_HASH_BYTES] = { 0 };
  gint64 seq = 0;

  while (TRUE)
    {
      g_autoptr (GPtrArray) marks = self->funcs->list_marks (&self->parent, seq, MARKS, error);

      if (marks == NULL)
        return FALSE;
      if (marks->len == 0)
        break;
      for (unsigned int i = 0; i < marks->len; i++, seq++)
        if (!mark_follows (g_ptr_array_index (marks, i), seq, hash))
          {
            set_hole (seq + 1, error);
            return FALSE;
          }
    }

  if (seq != self->state.head.seq || memcmp (hash, self->state.head.log_hash, sizeof hash) != 0)
    {
      set_hole (seq + 1, error);
      return FALSE;
    }
  *n_marks = seq;

  return TRUE;
}

/**
 * forlop_tenant_storage_verify:
 * @n_access: (out): rows of the access log.
 * @n_marks: (out): positions of the log.
 *
 * Works out every hash of the access log and of the log again, from their first row to where the head
 * says they end, and looks that every changeset is what its receipt was given for. Outside of any
 * transaction.
 *
 * Returns: %FALSE with %FORLOP_ERROR_CONFLICT and the first number that does not fit.
 */
gboolean
forlop_tenant_storage_verify (ForlopServerStorage  *self,
                              gint64               *n_access,
                              gint64               *n_marks,
                              GError              **error)
{
  ForlopTenantStorage *tenant = (ForlopTenantStorage *) self;
  gboolean fits;

  g_return_val_if_fail (self != NULL && n_access != NULL && n_marks != NULL, FALSE);

  if (!self->funcs->begin (self, FALSE, error))
    return FALSE;
  fits = forlop_tenant_storage_know_head (tenant, error) &&
         verify_access (tenant, n_access, error) && verify_marks (tenant, n_marks, error);
  self->funcs->rollback (self);

  return fits;
}
