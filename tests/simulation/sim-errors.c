/* SPDX-License-Identifier: EUPL-1.2 */

#include "sim-world.h"

#include "forlop-store-mirror.h"

/* Mistakes in the server's design, made around the shipped storage. Those of the client are made where
 * its replies and its file are handled: sim-world.c. */

static const ForlopServerStorageFuncs *original;
static ForlopServerStorageFuncs changed;
static gboolean is_no_op;

static const char *const names[SIM_N_ERRORS] = {
  "sound", "no receipt", "sequence gap", "last writer wins", "no unique claim", "no tombstone",
  "no purge", "no gen", "page-wise apply", "dropped overlay", "no retention", "volatile stage",
  "reused epoch", "no-op without seq", "answer before disk", "volatile uploads", "first part is all",
  "asked for once", "files left behind", "ended grant counts", "blocking ignored", "endless take-up",
  "blocked note ignored", "note moved unheard",
};

const char *
sim_error_name (SimError error)
{
  return names[error];
}

static gboolean
no_receipt (ForlopServerStorage  *self,
            const char           *op_id,
            ForlopServerReceipt **receipt,
            GError              **error)
{
  gboolean is_read = original->get_receipt (self, op_id, receipt, error);

  g_clear_pointer (receipt, forlop_server_receipt_free);
  return is_read;
}

static gboolean
gap (ForlopServerStorage  *self,
     gint64                seq,
     const guint8          hash[FORLOP_SYNC_HASH_BYTES],
     gint64                at,
     GError              **error)
{
  return original->add_mark (self, seq % 5 == 0 ? seq + 1 : seq, hash, at, error);
}

static gboolean
every_tag_matches (ForlopServerStorage  *self G_GNUC_UNUSED,
                   const char           *type G_GNUC_UNUSED,
                   const char           *id G_GNUC_UNUSED,
                   const char           *field G_GNUC_UNUSED,
                   const char           *tag G_GNUC_UNUSED,
                   const char           *present G_GNUC_UNUSED,
                   gboolean             *found,
                   GError              **error G_GNUC_UNUSED)
{
  *found = TRUE;
  return TRUE;
}

static gboolean
no_claim (ForlopServerStorage  *self G_GNUC_UNUSED,
          const char           *key G_GNUC_UNUSED,
          char                **holder_id,
          GError              **error G_GNUC_UNUSED)
{
  *holder_id = NULL;
  return TRUE;
}

static gboolean
any_claim (ForlopServerStorage  *self G_GNUC_UNUSED,
           const char           *key G_GNUC_UNUSED,
           const char           *type G_GNUC_UNUSED,
           const char           *id G_GNUC_UNUSED,
           GError              **error G_GNUC_UNUSED)
{
  return TRUE;
}

static GPtrArray *
no_tombstones (ForlopServerStorage  *self,
               const char           *user_id,
               gint64                after,
               gint64                now,
               unsigned int          max_rows,
               gsize                 max_bytes,
               gint64               *to,
               GError              **error)
{
  GPtrArray *rows = original->rows_since (self, user_id, after, now, max_rows,
                                                    max_bytes, to, error);

  for (unsigned int i = rows != NULL ? rows->len : 0; i > 0; i--)
    if (((ForlopSyncRow *) g_ptr_array_index (rows, i - 1))->deleted)
      g_ptr_array_remove_index (rows, i - 1);

  return rows;
}

static GPtrArray *
first_gen (ForlopServerStorage  *self,
           const char           *user_id,
           gint64                after,
           GError              **error)
{
  GPtrArray *grants = original->list_grants (self, user_id, after, error);

  for (unsigned int i = 0; grants != NULL && i < grants->len; i++)
    ((ForlopServerGrant *) g_ptr_array_index (grants, i))->gen = 1;

  return grants;
}

static gboolean
note_no_op (ForlopServerStorage        *self,
            const ForlopServerReceipt  *receipt,
            GError                    **error)
{
  is_no_op = !g_str_equal (receipt->status, "applied");
  return original->put_receipt (self, receipt, error);
}

static gboolean
mark_applied_only (ForlopServerStorage  *self,
                   gint64                seq,
                   const guint8          hash[FORLOP_SYNC_HASH_BYTES],
                   gint64                at,
                   GError              **error)
{
  return is_no_op ||
         original->add_mark (self, seq, hash, at, error);
}

static gboolean
stored_anyway (ForlopServerStorage  *self,
               GError              **error G_GNUC_UNUSED)
{
  g_autoptr (GError) problem = NULL;

  return original->end_batch (self, &problem) || TRUE;
}

static gboolean
first_part_is_all (ForlopServerStorage       *self,
                   const ForlopSyncContents  *contents,
                   gint64                    *length,
                   gint64                    *have,
                   GError                   **error)
{
  gboolean is_read = original->get_contents (self, contents, length, have, error);

  if (*length >= 0)
    *have = *length;
  return is_read;
}

static gboolean
ended_grant (ForlopServerStorage  *self,
             const char           *user_id,
             const char           *scope,
             ForlopServerGrant   **grant,
             GError              **error)
{
  gboolean is_read = original->get_grant (self, user_id, scope, grant, error);

  if (*grant != NULL)
    (*grant)->active = TRUE;
  return is_read;
}

static GPtrArray *
without_blocks (ForlopServerStorage     *self,
                const char              *scope,
                const ForlopRecordType  *type,
                GError                 **error)
{
  if (type != NULL && g_str_equal (type->name, "block"))
    return g_ptr_array_new ();

  return original->list_scope (self, scope, type, error);
}

static GPtrArray *
without_note_blocks (ForlopServerStorage     *self,
                     const char              *scope,
                     const ForlopRecordType  *type,
                     GError                 **error)
{
  return g_str_has_prefix (scope, "n:") ? without_blocks (self, scope, type, error)
                                        : original->list_scope (self, scope, type, error);
}

static GPtrArray *
nothing_ended (ForlopServerStorage  *self G_GNUC_UNUSED,
               gint64                now G_GNUC_UNUSED,
               GError              **error G_GNUC_UNUSED)
{
  return g_ptr_array_new ();
}

/* The same storage, with @planted in it. */
void
sim_plant (ForlopServerStorage *storage,
           SimError             planted)
{
  original = storage->funcs;
  changed = *original;
  is_no_op = FALSE;

  if (planted == SIM_NO_RECEIPT)
    changed.get_receipt = no_receipt;
  else if (planted == SIM_SEQUENCE_GAP)
    changed.add_mark = gap;
  else if (planted == SIM_LAST_WRITER_WINS)
    changed.has_alias = every_tag_matches;
  else if (planted == SIM_NO_UNIQUE_CLAIM)
    {
      changed.find_claim = no_claim;
      changed.put_claim = any_claim;
    }
  else if (planted == SIM_NO_TOMBSTONE)
    changed.rows_since = no_tombstones;
  else if (planted == SIM_NO_GEN)
    changed.list_grants = first_gen;
  else if (planted == SIM_NO_OP_WITHOUT_SEQ)
    {
      changed.put_receipt = note_no_op;
      changed.add_mark = mark_applied_only;
    }
  else if (planted == SIM_ANSWER_BEFORE_DISK)
    changed.end_batch = stored_anyway;
  else if (planted == SIM_FIRST_PART_IS_ALL)
    changed.get_contents = first_part_is_all;
  else if (planted == SIM_ENDED_GRANT)
    changed.get_grant = ended_grant;
  else if (planted == SIM_NO_BLOCK)
    changed.list_scope = without_blocks;
  else if (planted == SIM_NO_NOTE_BLOCK)
    changed.list_scope = without_note_blocks;
  else if (planted == SIM_ENDLESS_TAKE_UP)
    changed.list_ended_rules = changed.list_ended_grants = nothing_ended;
  else
    return;

  storage->funcs = &changed;
}

static const ForlopSyncMirrorFuncs *original_mirror;
static ForlopSyncMirrorFuncs changed_mirror;
static GHashTable *connections; /* mirror → its connection */
static GHashTable *asked;       /* mirrors that have asked for what is missing */

static gboolean
no_purge (ForlopSyncMirror     *self,
          const ForlopSyncPage *page,
          gint64                now,
          GError              **error)
{
  for (unsigned int i = page->grants->len; i > 0; i--)
    if (!((ForlopSyncGrant *) g_ptr_array_index (page->grants, i - 1))->active)
      g_ptr_array_remove_index (page->grants, i - 1);

  return original_mirror->take_page (self, page, now, error);
}

static gboolean
deaf_to_gone (ForlopSyncMirror     *self,
              const ForlopSyncPage *page,
              gint64                now,
              GError              **error)
{
  for (unsigned int i = 0; i < page->grants->len; i++)
    g_clear_pointer (&((ForlopSyncGrant *) g_ptr_array_index (page->grants, i))->gone, g_free);

  return original_mirror->take_page (self, page, now, error);
}

static gboolean
page_wise (ForlopSyncMirror     *self,
           const ForlopSyncPage *page,
           gint64                now,
           GError              **error)
{
  ForlopSyncPage whole = *page;

  whole.is_complete = TRUE;

  return original_mirror->take_page (self, &whole, now, error);
}

static gboolean
no_retention (ForlopSyncMirror     *self,
              const ForlopSyncPage *page,
              gint64                now,
              GError              **error)
{
  ForlopSyncPage safe = *page;

  safe.safe_seq = page->head;

  return original_mirror->take_page (self, &safe, now, error);
}

static gboolean
drop_overlay (ForlopSyncMirror     *self,
              const ForlopSyncPage *page,
              gint64                now,
              GError              **error)
{
  forlop_connection_execute (g_hash_table_lookup (connections, self), "DELETE FROM pending_row", NULL);
  forlop_connection_execute (g_hash_table_lookup (connections, self), "DELETE FROM server_row", NULL);

  return original_mirror->take_page (self, page, now, error);
}

static GPtrArray *
missing_once (ForlopSyncMirror  *self,
              GError           **error)
{
  if (!g_hash_table_add (asked, self))
    return g_ptr_array_new ();

  return original_mirror->list_missing (self, error);
}

/* The same for mistakes of a device. */
void
sim_plant_mirror (ForlopSyncMirror *mirror,
                  ForlopConnection *connection,
                  SimError          planted)
{
  original_mirror = mirror->funcs;
  changed_mirror = *original_mirror;
  if (connections == NULL)
    {
      connections = g_hash_table_new (NULL, NULL);
      asked = g_hash_table_new (NULL, NULL);
    }
  g_hash_table_insert (connections, mirror, connection);
  g_hash_table_remove (asked, mirror);

  if (planted == SIM_NO_PURGE)
    changed_mirror.take_page = no_purge;
  else if (planted == SIM_MOVED_UNHEARD)
    changed_mirror.take_page = deaf_to_gone;
  else if (planted == SIM_PAGE_WISE)
    changed_mirror.take_page = page_wise;
  else if (planted == SIM_NO_RETENTION)
    changed_mirror.take_page = no_retention;
  else if (planted == SIM_DROPPED_OVERLAY)
    changed_mirror.take_page = drop_overlay;
  else if (planted == SIM_ASKED_ONCE)
    changed_mirror.list_missing = missing_once;
  else if (planted == SIM_FILES_LEFT)
    forlop_connection_execute (connection, "CREATE TEMP TRIGGER keep_files AFTER INSERT ON main.purged_blob "
                               "BEGIN DELETE FROM purged_blob; END", NULL);
  else
    return;

  mirror->funcs = &changed_mirror;
}
