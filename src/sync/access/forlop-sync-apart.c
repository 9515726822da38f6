/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

#include <string.h>

#include "forlop-json.h"

/* A note that is blocked by itself has a scope of its own, with its corrections, the blockings, and what the time line
 * says of them. It is the server that moves them there and back, so that what is blocked does not depend on which of
 * several changes came last. Whoever sees the citizen sees that scope, but for those whom a blocking names. */

/* What belongs to a note. */
static const char *const moved_types[] = { "note", "event" };

GPtrArray *
forlop_sync_list_apart (ForlopServerStorage  *storage,
                        const char           *citizen_id,
                        GError              **error)
{
  g_autofree char *prefix = g_strdup_printf ("n:%s:", citizen_id);

  return storage->funcs->list_scopes (storage, prefix, error);
}

gboolean
forlop_sync_is_same_citizen (const char *scope,
                             const char *other)
{
  g_autofree char *citizen_scope = forlop_scope_dup_citizen (scope);
  g_autofree char *other_scope = other != NULL ? forlop_scope_dup_citizen (other) : NULL;

  return g_strcmp0 (citizen_scope != NULL ? citizen_scope : scope, other_scope != NULL ? other_scope : other) == 0;
}

/* Who sees the citizen and not the note is told, so that his machine lets go of it. Emergency access to the citizen
 * stands above the blocking. */
static gboolean
tell_one (ForlopSyncSession  *self,
          const char         *user_id,
          const char         *scope,
          const char         *citizen_scope,
          gint64              seq,
          GError            **error)
{
  g_autoptr (ForlopServerGrant) citizen = NULL;
  g_autoptr (ForlopServerGrant) grant = NULL;

  if (!self->storage->funcs->get_grant (self->storage, user_id, citizen_scope, &citizen, error) ||
      !self->storage->funcs->get_grant (self->storage, user_id, scope, &grant, error))
    return FALSE;
  if (citizen == NULL || !citizen->active || (grant != NULL && grant->active))
    return TRUE;
  if (grant == NULL)
    {
      grant = g_new0 (ForlopServerGrant, 1);
      grant->user_id = g_strdup (user_id);
      grant->scope = g_strdup (scope);
      grant->basis = g_strdup ("TREAT");
      grant->valid_to = FORLOP_INSTANT_NONE;
    }
  if (g_str_equal (citizen->basis, "BTG"))
    {
      grant->active = TRUE;
      grant->gen++;
      grant->valid_to = citizen->valid_to;
      g_set_str (&grant->basis, "BTG");
    }
  grant->seq = seq;

  return self->storage->funcs->put_grant (self->storage, grant, error);
}

static gboolean
tell (ForlopSyncSession  *self,
      const char         *scope,
      gint64              seq,
      GError            **error)
{
  g_autofree char *citizen_scope = forlop_scope_dup_citizen (scope);
  GPtrArray *memberships = forlop_sync_session_memberships (self, error);
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);

  if (memberships == NULL)
    return FALSE;
  for (unsigned int i = 0; i < memberships->len; i++)
    {
      const char *user_id = forlop_record_get_text (g_ptr_array_index (memberships, i), "user_id");

      if (g_hash_table_add (told, (gpointer) user_id) &&
          !tell_one (self, user_id, scope, citizen_scope, seq, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
derive_scope (ForlopSyncSession  *self,
              const char         *scope,
              GPtrArray          *rules,
              gint64              seq,
              GError            **error)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_server_rule_free);

  for (unsigned int i = 0; i < rules->len; i++)
    {
      const ForlopServerRule *rule = g_ptr_array_index (rules, i);

      forlop_sync_add_rule (wanted, scope, rule->role, rule->unit_id, "TREAT", FORLOP_INSTANT_NONE);
    }

  return forlop_sync_replace_rules (self, scope, wanted, seq, error);
}

gboolean
forlop_sync_derive_apart (ForlopSyncSession  *self,
                          const char         *citizen_id,
                          GPtrArray          *rules,
                          gint64              seq,
                          GError            **error)
{
  g_autoptr (GPtrArray) scopes = forlop_sync_list_apart (self->storage, citizen_id, error);

  if (scopes == NULL)
    return FALSE;
  for (unsigned int i = 0; i < scopes->len; i++)
    if (!derive_scope (self, g_ptr_array_index (scopes, i), rules, seq, error))
      return FALSE;

  return TRUE;
}

static gboolean
update_scope (ForlopSyncSession  *self,
              const char         *scope,
              gint64              seq,
              GError            **error)
{
  g_autoptr (GPtrArray) rules = self->storage->funcs->list_rules (self->storage, scope, error);

  return rules != NULL && forlop_sync_update_scope (self, scope, rules, seq, error);
}

gboolean
forlop_sync_update_apart (ForlopSyncSession  *self,
                          const char         *citizen_id,
                          gint64              seq,
                          GError            **error)
{
  g_autoptr (GPtrArray) scopes = forlop_sync_list_apart (self->storage, citizen_id, error);

  if (scopes == NULL)
    return FALSE;
  for (unsigned int i = 0; i < scopes->len; i++)
    if (!update_scope (self, g_ptr_array_index (scopes, i), seq, error))
      return FALSE;

  return TRUE;
}

static gboolean
derive_from_citizen (ForlopSyncSession  *self,
                     const char         *scope,
                     gint64              seq,
                     GError            **error)
{
  g_autofree char *citizen_scope = forlop_scope_dup_citizen (scope);
  g_autoptr (GPtrArray) rules = self->storage->funcs->list_rules (self->storage, citizen_scope, error);

  return rules != NULL && derive_scope (self, scope, rules, seq, error) &&
         update_scope (self, scope, seq, error) && tell (self, scope, seq, error);
}

/* A correction may stand in another record of the person. */
static gboolean
derive_note (ForlopSyncSession  *self,
             const char         *citizen_id,
             const char         *note_id,
             gint64              seq,
             GError            **error)
{
  g_autoptr (GPtrArray) ids = forlop_sync_list_person (self, citizen_id, error);

  if (ids == NULL)
    return FALSE;
  for (unsigned int i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      g_autofree char *scope = g_strdup_printf ("n:%s:%s", id, note_id);
      g_autoptr (GPtrArray) scopes = forlop_sync_list_apart (self->storage, id, error);

      if (scopes == NULL ||
          (g_ptr_array_find_with_equal_func (scopes, scope, g_str_equal, NULL) &&
           !derive_from_citizen (self, scope, seq, error)))
        return FALSE;
    }

  return TRUE;
}

gboolean
forlop_sync_derive_note (ForlopSyncSession  *self,
                         ForlopRecord       *block,
                         gint64              seq,
                         GError            **error)
{
  return derive_note (self, forlop_record_get_text (block, "citizen_id"), forlop_record_get_text (block, "apart_id"),
                      seq, error);
}

gboolean
forlop_sync_check_apart (ForlopSyncSession      *self,
                         const ForlopOperation  *operation,
                         ForlopSyncVerdict      *verdict,
                         GError                **error)
{
  const char *note_id = forlop_record_get_text (operation->after, "apart_id");
  const char *citizen_id = forlop_record_get_text (operation->after, "citizen_id");
  g_autoptr (ForlopRecord) note = NULL;
  g_autoptr (GError) problem = NULL;
  g_autofree char *scope = NULL;
  gboolean is_deleted = FALSE, may_see = FALSE;

  note = forlop_sync_load (self, "note", note_id, &is_deleted, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (!g_str_equal (operation->type->name, "block"))
    forlop_sync_verdict_set (verdict, "rejected", "invalid");
  else if (note == NULL || is_deleted || !forlop_record_text_is (note, "citizen_id", citizen_id))
    forlop_sync_verdict_set (verdict, "rejected", "not_found");
  if (verdict->status == NULL)
    {
      scope = forlop_record_dup_scope (note);
      if (!forlop_sync_may_see (self, scope, &may_see, error))
        return FALSE;
      if (!may_see)
        forlop_sync_verdict_set (verdict, "rejected", "scope_revoked");
    }
  if (verdict->status != NULL)
    forlop_sync_verdict_concern (verdict, operation->type->name, operation->id, NULL);

  return TRUE;
}

/* Adds the records of @type in the scopes of a person. */
static gboolean
list_records (ForlopSyncSession  *self,
              GPtrArray          *scopes,
              const char         *type,
              GPtrArray          *records,
              GError            **error)
{
  for (unsigned int i = 0; i < scopes->len; i++)
    {
      g_autoptr (GPtrArray) rows = self->storage->funcs->list_scope (
        self->storage, g_ptr_array_index (scopes, i), forlop_record_type_find (type), error);

      if (rows == NULL)
        return FALSE;
      for (unsigned int j = 0; j < rows->len; j++)
        {
          ForlopRecord *record = forlop_sync_row_to_record (g_ptr_array_index (rows, j), error);

          if (record == NULL)
            return FALSE;
          g_ptr_array_add (records, record);
        }
    }

  return TRUE;
}

/* Adds to @known, which are ids, those of @notes that correct one of them, and so on. */
static void
add_corrections (GPtrArray  *notes,
                 GHashTable *known)
{
  unsigned int n_known;

  do
    {
      n_known = g_hash_table_size (known);
      for (unsigned int i = 0; i < notes->len; i++)
        {
          ForlopRecord *note = g_ptr_array_index (notes, i);
          const char *corrects = forlop_record_get_text (note, "corrects_id");

          if (corrects != NULL && g_hash_table_contains (known, corrects))
            g_hash_table_add (known, (gpointer) forlop_record_get_id (note));
        }
    }
  while (g_hash_table_size (known) > n_known);
}

/* What is among the person's records and belongs to the note: what corrects it, and each line on the time line that
 * was written with one of them. */
static gboolean
list_entering (ForlopSyncSession  *self,
               GPtrArray          *from,
               GPtrArray          *to,
               const char         *note_id,
               GPtrArray          *moving,
               GError            **error)
{
  g_autoptr (GPtrArray) apart = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) makers = g_hash_table_new (g_str_hash, g_str_equal);

  if (!list_records (self, to, "note", apart, error) || !list_records (self, from, "note", notes, error))
    return FALSE;
  g_hash_table_add (known, (gpointer) note_id);
  for (unsigned int i = 0; i < apart->len; i++)
    g_hash_table_add (known, (gpointer) forlop_record_get_id (g_ptr_array_index (apart, i)));
  add_corrections (notes, known);
  for (unsigned int i = 0; i < notes->len; i++)
    {
      ForlopRecord *note = g_ptr_array_index (notes, i);

      if (!g_hash_table_contains (known, forlop_record_get_id (note)))
        continue;
      g_ptr_array_add (moving, g_object_ref (note));
      g_hash_table_add (makers, (gpointer) forlop_record_get_field_vtag (note, ""));
    }
  if (moving->len > 0 && !list_records (self, from, "event", events, error))
    return FALSE;
  for (unsigned int i = 0; i < events->len; i++)
    {
      ForlopRecord *event = g_ptr_array_index (events, i);

      if (g_hash_table_contains (makers, forlop_record_get_field_vtag (event, "")))
        g_ptr_array_add (moving, g_object_ref (event));
    }

  return TRUE;
}

static gboolean
list_leaving (ForlopSyncSession  *self,
              GPtrArray          *from,
              GPtrArray          *moving,
              GError            **error)
{
  for (unsigned int i = 0; i < G_N_ELEMENTS (moved_types); i++)
    if (!list_records (self, from, moved_types[i], moving, error))
      return FALSE;

  return TRUE;
}

static gboolean
move (ForlopSyncSession  *self,
      GPtrArray          *moving,
      const char         *apart_id,
      GError            **error)
{
  g_autoptr (ForlopChangeset) changeset = forlop_sync_author_begin (self, "move-note", error);

  if (changeset == NULL)
    return FALSE;
  for (unsigned int i = 0; i < moving->len; i++)
    forlop_record_set_text (forlop_changeset_change (changeset, g_ptr_array_index (moving, i)), "apart_id", apart_id);

  return forlop_sync_author_finish (self, changeset, error);
}

/* Brings what belongs to the note to where it is to be. */
static gboolean
settle_note (ForlopSyncSession  *self,
             const char         *citizen_id,
             const char         *note_id,
             GError            **error)
{
  g_autoptr (GPtrArray) ids = forlop_sync_list_person (self, citizen_id, error);
  g_autoptr (GPtrArray) citizens = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) scopes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) blocks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) moving = g_ptr_array_new_with_free_func (g_object_unref);

  if (ids == NULL || !forlop_sync_list_of_note (self, citizen_id, note_id, &blocks, error))
    return FALSE;
  for (unsigned int i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);

      g_ptr_array_add (citizens, g_strconcat ("c:", id, NULL));
      g_ptr_array_add (scopes, g_strdup_printf ("n:%s:%s", id, note_id));
    }
  if (blocks->len > 0 ? !list_entering (self, citizens, scopes, note_id, moving, error)
                      : !list_leaving (self, scopes, moving, error))
    return FALSE;

  return moving->len == 0 || (move (self, moving, blocks->len > 0 ? note_id : NULL, error) &&
                              derive_note (self, citizen_id, note_id, self->head.seq, error));
}

static gboolean
settle_correction (ForlopSyncSession  *self,
                   ForlopRecord       *note,
                   GError            **error)
{
  g_autoptr (ForlopRecord) corrected = NULL;
  g_autoptr (GError) problem = NULL;

  if (!forlop_record_has (note, "corrects_id"))
    return TRUE;
  corrected = forlop_sync_load (self, "note", forlop_record_get_text (note, "corrects_id"), NULL, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  return corrected == NULL || !forlop_record_has (corrected, "apart_id") ||
         settle_note (self, forlop_record_get_text (corrected, "citizen_id"),
                      forlop_record_get_text (corrected, "apart_id"), error);
}

gboolean
forlop_sync_keep_apart (ForlopSyncSession  *self,
                        ForlopChangeset    *changeset,
                        GError            **error)
{
  GPtrArray *operations = forlop_changeset_get_operations (changeset);

  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);
      ForlopRecord *record = operation->after != NULL ? operation->after : operation->before;
      gboolean is_settled = TRUE;

      if (g_str_equal (operation->type->name, "block") && forlop_record_has (record, "apart_id"))
        is_settled = settle_note (self, forlop_record_get_text (record, "citizen_id"),
                                  forlop_record_get_text (record, "apart_id"), error);
      else if (g_str_equal (operation->type->name, "note") && operation->before == NULL)
        is_settled = settle_correction (self, record, error);
      if (!is_settled)
        return FALSE;
    }

  return TRUE;
}

gboolean
forlop_sync_list_gone (ForlopServerStorage  *storage,
                       const char           *user_id,
                       const char           *scope,
                       yyjson_mut_doc       *doc,
                       yyjson_mut_val      **gone,
                       GError              **error)
{
  g_autofree char *citizen_scope = forlop_scope_dup_citizen (scope);
  g_autoptr (ForlopServerGrant) citizen = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  *gone = NULL;
  if (citizen_scope == NULL)
    return TRUE;
  if (!storage->funcs->get_grant (storage, user_id, citizen_scope, &citizen, error))
    return FALSE;
  /* Who does not see the citizen lets go of everything. */
  if (citizen == NULL || !citizen->active)
    return TRUE;
  rows = storage->funcs->list_scope (storage, scope, NULL, error);
  if (rows == NULL)
    return FALSE;

  *gone = yyjson_mut_arr (doc);
  for (unsigned int i = 0; i < rows->len; i++)
    {
      const ForlopSyncRow *row = g_ptr_array_index (rows, i);
      yyjson_mut_val *object;

      if (!g_str_equal (row->type->name, moved_types[0]) && !g_str_equal (row->type->name, moved_types[1]))
        continue;
      object = yyjson_mut_arr_add_obj (doc, *gone);
      yyjson_mut_obj_add_str (doc, object, "type", row->type->name);
      yyjson_mut_obj_add_strcpy (doc, object, "id", row->id);
    }

  return TRUE;
}
