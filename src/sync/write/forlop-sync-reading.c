/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-reading-private.h"

#include <string.h>

#include "forlop-contested-value.h"
#include "forlop-sync-whose.h"

/* Who may be read about, and where in the log something stands. What is told of them is in
 * forlop-sync-reading-tell.c. */

ForlopSyncReading *
forlop_sync_reading_new (ForlopServerStorage    *storage,
                         const ForlopSyncSender *system,
                         gint64                  now,
                         GError                **error)
{
  ForlopSyncReading *self;

  g_return_val_if_fail (storage != NULL && system != NULL, NULL);

  if (!storage->funcs->begin (storage, FALSE, error))
    return NULL;
  self = g_new0 (ForlopSyncReading, 1);
  self->session = (ForlopSyncSession) { .storage = storage, .now = now };
  self->system = system;
  self->times = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->tasks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  if (!storage->funcs->get_head (storage, &self->session.head, error))
    g_clear_pointer (&self, forlop_sync_reading_free);

  return self;
}

void
forlop_sync_reading_free (ForlopSyncReading *self)
{
  if (self == NULL)
    return;

  self->session.storage->funcs->rollback (self->session.storage);
  forlop_sync_session_forget (&self->session);
  g_hash_table_unref (self->times);
  g_hash_table_unref (self->tasks);
  g_free (self);
}

const ForlopServerHead *
forlop_sync_reading_get_head (ForlopSyncReading *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->session.head;
}

/* Whether the case is followed in the system's own platform, or handed over to its unit. */
static gboolean
lets_read (ForlopSyncReading *self,
           ForlopRecord      *the_case)
{
  static const char *const over[] = { "closed", "withdrawn", NULL };

  if (forlop_record_text_is (the_case, "platform", self->system->name))
    return !g_strv_contains (over, forlop_record_get_text (the_case, "status"));

  return forlop_record_text_is (the_case, "status", "running") &&
         forlop_record_text_is (the_case, "follow_up_unit_id", self->system->unit_id);
}

GPtrArray *
forlop_sync_reading_list (ForlopSyncReading *self,
                          const char        *from,
                          unsigned int       limit,
                          GError           **error)
{
  ForlopServerStorage *storage = self->session.storage;

  return storage->funcs->list_followed (storage, self->system->name, self->system->unit_id, from, limit, error);
}

/* Whom something has changed for, on its way. */
typedef struct {
  ForlopSyncReading *reading;
  ForlopSyncTells what;
  gint64 since;
  unsigned int max_rows;
  GPtrArray *ids;
  GHashTable *known;  /* borrowed from @ids */
  GHashTable *scopes; /* that were looked at; borrowed */
  gboolean is_all;
} Changed;

/* Under each record of the person. */
static gboolean
add_changed (Changed     *self,
             const char  *citizen_id,
             GError     **error)
{
  g_autoptr (GPtrArray) person = NULL;

  if (citizen_id == NULL || g_hash_table_contains (self->known, citizen_id))
    return TRUE;
  person = forlop_sync_list_person (&self->reading->session, citizen_id, error);
  if (person == NULL)
    return FALSE;
  for (unsigned int i = 0; i < person->len; i++)
    {
      char *id = g_ptr_array_index (person, i);

      if (g_hash_table_contains (self->known, id))
        continue;
      g_ptr_array_add (self->ids, g_strdup (id));
      g_hash_table_add (self->known, g_ptr_array_index (self->ids, self->ids->len - 1));
    }

  return TRUE;
}

static gboolean
add_changed_of (Changed     *self,
                const char  *type,
                const char  *id,
                GError     **error)
{
  g_autofree char *citizen_id = NULL;

  return forlop_sync_reading_find_of (self->reading, type, id, &citizen_id, error) &&
         add_changed (self, citizen_id, error);
}

/* Of one row that is not in a person's own scope; a product is of all who have one. */
static gboolean
add_changed_row (Changed        *self,
                 ForlopSyncRow  *row,
                 GError        **error)
{
  g_autoptr (ForlopRecord) task = NULL;

  if (self->what == FORLOP_SYNC_TELLS_ITEMS && g_str_equal (row->type->name, "product"))
    self->is_all = FALSE;
  if (self->what == FORLOP_SYNC_TELLS_ITEMS && g_str_equal (row->type->name, "item"))
    return add_changed_of (self, "item", row->id, error);
  if (self->what != FORLOP_SYNC_TELLS_TASKS || !g_str_equal (row->type->name, "task") || row->deleted)
    return TRUE;
  task = forlop_sync_row_to_record (row, error);

  return task != NULL && (!forlop_record_has (task, "case_id") ||
                          add_changed_of (self, "case", forlop_record_get_text (task, "case_id"), error));
}

static gboolean
add_changed_rows (Changed     *self,
                  const char  *scope,
                  GError     **error)
{
  ForlopServerStorage *storage = self->reading->session.storage;
  /* No type comes after "~". */
  g_autoptr (GPtrArray) rows =
    storage->funcs->rows_of_scope (storage, scope, self->since, "~", "", self->max_rows, error);

  if (rows == NULL)
    return FALSE;
  self->is_all &= rows->len < self->max_rows;
  for (unsigned int i = 0; self->is_all && i < rows->len; i++)
    if (!add_changed_row (self, g_ptr_array_index (rows, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
add_changed_scope (Changed     *self,
                   const char  *scope,
                   GError     **error)
{
  gboolean is_items = self->what == FORLOP_SYNC_TELLS_ITEMS;

  if (!g_hash_table_add (self->scopes, (gpointer) scope))
    return TRUE;
  if (g_str_has_prefix (scope, "c:"))
    return add_changed (self, scope + 2, error);
  if (is_items && g_str_has_prefix (scope, "d:"))
    return add_changed_of (self, "case", scope + 2, error);
  if (is_items ? g_str_equal (scope, "eq") || g_str_equal (scope, "cat")
               : self->what == FORLOP_SYNC_TELLS_TASKS && g_str_has_prefix (scope, "org:"))
    return add_changed_rows (self, scope, error);

  return TRUE;
}

GPtrArray *
forlop_sync_reading_list_changed (ForlopSyncReading *self,
                                  ForlopSyncTells    what,
                                  gint64             since,
                                  unsigned int       max_rows,
                                  gboolean          *is_all,
                                  GError           **error)
{
  ForlopServerStorage *storage = self->session.storage;
  g_autoptr (GPtrArray) scopes = storage->funcs->list_changed (storage, since, max_rows, error);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) looked_at = g_hash_table_new (g_str_hash, g_str_equal);
  Changed changed = { self, what, since, max_rows, ids, known, looked_at, TRUE };

  if (scopes == NULL)
    return NULL;
  changed.is_all = scopes->len < max_rows;
  for (unsigned int i = 0; changed.is_all && i < scopes->len; i++)
    if (!add_changed_scope (&changed, g_ptr_array_index (scopes, i), error))
      return NULL;
  *is_all = changed.is_all;
  if (!changed.is_all)
    g_ptr_array_set_size (ids, 0);
  g_ptr_array_sort_values (ids, (GCompareFunc) strcmp);

  return g_steal_pointer (&ids);
}

void
forlop_sync_readable_free (ForlopSyncReadable *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_object (&self->citizen);
  g_clear_pointer (&self->aliases, g_ptr_array_unref);
  g_clear_pointer (&self->cases, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->words, g_hash_table_unref);
  g_free (self->version);
  g_free (self);
}

/* What is read of a record of the person, on its way into @person. */
typedef struct {
  ForlopSyncReading *reading;
  ForlopSyncReadable *person;
  GPtrArray *contested;
  gboolean is_blocked;
} Opening;

static void
note_told (ForlopSyncReadable  *person,
           const ForlopSyncRow *row)
{
  if (row->seq <= person->seq)
    return;
  person->seq = row->seq;
  g_set_str (&person->version, row->vtag);
}

/* Of several words on a measurement the newest stands; it is told where the last of them was written. */
static void
note_word (ForlopSyncReadable  *person,
           const ForlopSyncRow *row,
           ForlopRecord        *record)
{
  const char *id = forlop_record_get_text (record, "measurement_id");
  gint64 at = forlop_record_get_instant (record, "at");
  ForlopSyncWord *word = g_hash_table_lookup (person->words, id);

  if (word == NULL)
    {
      word = g_new0 (ForlopSyncWord, 1);
      word->at = FORLOP_INSTANT_NONE;
      g_hash_table_insert (person->words, g_strdup (id), word);
    }
  if (at >= word->at)
    {
      word->at = at;
      word->is_invalid = forlop_record_get_boolean (record, "invalid");
    }
  if (row->seq > word->seq || (row->seq == word->seq && strcmp (row->id, word->id) > 0))
    {
      word->seq = row->seq;
      g_strlcpy (word->id, row->id, sizeof word->id);
    }
}

static gboolean
is_protected (ForlopRecord *citizen)
{
  return forlop_record_has (citizen, "address_protection") &&
         !forlop_record_text_is (citizen, "address_protection", "none");
}

static gboolean
take_row (Opening        *self,
          ForlopSyncRow  *row,
          gboolean        stands,
          GError        **error)
{
  static const char *const read[] = { "block", "case", "citizen", "citizen_alias", "contested_value", "invalidation",
                                      NULL };
  ForlopSyncReadable *person = self->person;
  const char *type = row->type->name;
  g_autoptr (ForlopRecord) record = NULL;

  if (!g_strv_contains (read, type))
    return TRUE;
  record = forlop_sync_row_to_record (row, error);
  if (record == NULL)
    return FALSE;
  if (g_str_equal (type, "citizen"))
    person->is_hidden |= is_protected (record);
  if (g_str_equal (type, "invalidation"))
    note_word (person, row, record);
  else if (g_str_equal (type, "contested_value"))
    g_ptr_array_add (self->contested, g_object_ref (record));
  else if (g_str_equal (type, "block"))
    {
      self->is_blocked |= !forlop_record_has (record, "lifted_on");
      person->opened_seq = MAX (person->opened_seq, row->seq);
    }
  else if (g_str_equal (type, "case") && lets_read (self->reading, record))
    {
      g_ptr_array_add (person->cases, g_object_ref (record));
      person->opened_seq = MAX (person->opened_seq, row->seq);
    }
  else if (g_str_equal (type, "citizen_alias") || (g_str_equal (type, "citizen") && stands))
    {
      note_told (person, row);
      if (g_str_equal (type, "citizen"))
        g_set_object (&person->citizen, record);
      else
        g_ptr_array_add (person->aliases, g_object_ref (record));
    }

  return TRUE;
}

static gboolean
take_scope (Opening     *self,
            const char  *id,
            GError     **error)
{
  static const char kinds[] = "block case citizen citizen_alias contested_value invalidation care_plan limit schedule";
  static const char *const kept[] = { "care_plan", "limit", "schedule", "contested_value", NULL };
  ForlopServerStorage *storage = self->reading->session.storage;
  g_autofree char *scope = g_strconcat ("c:", id, NULL);
  g_autoptr (GPtrArray) rows = storage->funcs->list_kinds (storage, scope, kinds, error);
  gboolean stands = g_str_equal (id, self->person->ids->pdata[0]);

  if (rows == NULL)
    return FALSE;
  for (unsigned int i = 0; i < rows->len; i++)
    {
      ForlopSyncRow *row = g_ptr_array_index (rows, i);

      if (!take_row (self, row, stands, error))
        return FALSE;
      if (!g_strv_contains (kept, row->type->name))
        continue;
      g_ptr_array_add (self->person->rows, row);
      rows->pdata[i] = NULL;
    }

  return TRUE;
}

static ForlopSyncReadable *
readable_new (GPtrArray *ids)
{
  ForlopSyncReadable *self = g_new0 (ForlopSyncReadable, 1);

  self->ids = g_ptr_array_ref (ids);
  self->aliases = g_ptr_array_new_with_free_func (g_object_unref);
  self->cases = g_ptr_array_new_with_free_func (g_object_unref);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_sync_row_free);
  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

gboolean
forlop_sync_reading_open (ForlopSyncReading   *self,
                          const char          *citizen_id,
                          ForlopSyncReadable **person,
                          GError             **error)
{
  g_autoptr (GPtrArray) ids = forlop_sync_list_person (&self->session, citizen_id, error);
  g_autoptr (GPtrArray) contested = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (ForlopSyncReadable) found = NULL;
  Opening opening = { .reading = self, .contested = contested };

  g_return_val_if_fail (person != NULL, FALSE);

  *person = NULL;
  if (ids == NULL)
    return FALSE;
  found = opening.person = readable_new (ids);
  for (unsigned int i = 0; i < ids->len; i++)
    if (!take_scope (&opening, g_ptr_array_index (ids, i), error))
      return FALSE;
  if (opening.is_blocked || found->cases->len == 0 || found->citizen == NULL)
    return TRUE;
  found->is_hidden |= forlop_contested_address (found->citizen, contested);
  *person = g_steal_pointer (&found);

  return TRUE;
}

gboolean
forlop_sync_reading_find (ForlopSyncReading *self,
                          const char        *id_number,
                          const char        *platform_person,
                          char             **citizen_id,
                          GError           **error)
{
  const ForlopIncoming wanted = {
    .id_number = (char *) id_number, .platform_person = (char *) platform_person,
  };

  g_return_val_if_fail (self != NULL && citizen_id != NULL, FALSE);

  return forlop_sync_find_whose (&self->session, self->system->name, &wanted, citizen_id, error);
}

gboolean
forlop_sync_reading_find_of (ForlopSyncReading *self,
                             const char        *type,
                             const char        *id,
                             char             **citizen_id,
                             GError           **error)
{
  ForlopServerStorage *storage = self->session.storage;
  g_autoptr (ForlopRecord) record = NULL;
  g_autoptr (GError) problem = NULL;
  g_autofree char *loan_id = NULL;
  g_autofree char *key = g_strconcat ("open_loan|", id, NULL);
  gboolean is_item = g_str_equal (type, "item");

  *citizen_id = NULL;
  if (is_item && !storage->funcs->find_claim (storage, key, &loan_id, error))
    return FALSE;
  if (!is_item || loan_id != NULL)
    record = forlop_sync_load (&self->session, is_item ? "loan" : type, is_item ? loan_id : id, NULL, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (record != NULL)
    *citizen_id = g_strdup (forlop_record_get_text (record, "citizen_id"));

  return TRUE;
}

gboolean
forlop_sync_reading_time_of (ForlopSyncReading *self,
                             gint64             seq,
                             gint64            *at,
                             GError           **error)
{
  gint64 *known = g_hash_table_lookup (self->times, &seq);
  ForlopServerStorage *storage = self->session.storage;
  guint8 hash[FORLOP_SYNC_HASH_BYTES];
  gboolean found;

  *at = known != NULL ? *known : FORLOP_INSTANT_NONE;
  if (known != NULL)
    return TRUE;
  if (!storage->funcs->get_mark (storage, seq, hash, at, &found, error))
    return FALSE;
  g_hash_table_insert (self->times, g_memdup2 (&seq, sizeof seq), g_memdup2 (at, sizeof *at));

  return TRUE;
}

/* Positions rise with the server's clock. */
gboolean
forlop_sync_reading_before (ForlopSyncReading *self,
                            gint64             at,
                            gint64            *seq,
                            GError           **error)
{
  gint64 low = 0, high = self->session.head.seq;

  while (low < high)
    {
      gint64 middle = low + (high - low + 1) / 2;
      gint64 committed;

      if (!forlop_sync_reading_time_of (self, middle, &committed, error))
        return FALSE;
      if (committed < at)
        low = middle;
      else
        high = middle - 1;
    }
  *seq = low;

  return TRUE;
}

gboolean
forlop_sync_reading_log (ForlopServerStorage    *storage,
                         const ForlopSyncSender *system,
                         gint64                  now,
                         const char             *kinds,
                         GPtrArray              *scopes,
                         GError                **error)
{
  const ForlopServerStorageFuncs *funcs = storage->funcs;

  if (scopes->len == 0)
    return TRUE;
  if (!funcs->begin (storage, TRUE, error))
    return FALSE;
  for (unsigned int i = 0; i < scopes->len; i++)
    {
      const ForlopServerAccess access = {
        .at = now, .client_at = FORLOP_INSTANT_NONE, .unit_id = system->unit_id,
        .scope = g_ptr_array_index (scopes, i), .kinds = kinds, .action = FORLOP_SYNC_READ_BY_SYSTEM, .reason = system->name,
        .request_id = system->request_id, .result = "sent",
      };

      if (!funcs->add_access (storage, &access, error))
        {
          funcs->rollback (storage);
          return FALSE;
        }
    }
  if (funcs->commit (storage, error))
    return TRUE;
  funcs->rollback (storage);

  return FALSE;
}
