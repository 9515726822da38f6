/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

#include "forlop-field-value.h"
#include "forlop-json.h"

/* @citizen_id: (nullable): the record that stands; what it says of the person counts. */
static gboolean
put_scope (ForlopSyncSession  *self,
           ForlopSnapshot     *snapshot,
           const char         *scope,
           const char         *citizen_id,
           const char         *case_id,
           GError            **error)
{
  g_autoptr (GPtrArray) rows = self->storage->funcs->list_scope (self->storage, scope, NULL, error);

  if (rows == NULL)
    return FALSE;
  for (unsigned int i = 0; i < rows->len; i++)
    {
      const ForlopSyncRow *row = g_ptr_array_index (rows, i);
      g_autoptr (ForlopRecord) record = NULL;

      if (forlop_snapshot_leaves_out (row->type->name) ||
          (g_str_equal (row->type->name, "citizen") && g_strcmp0 (row->id, citizen_id) != 0) ||
          (g_str_equal (row->type->name, "case") && g_strcmp0 (row->id, case_id) != 0))
        continue;
      record = forlop_sync_row_to_record (row, error);
      if (record == NULL)
        return FALSE;
      if (forlop_record_type_field (row->type, "case_id") != NULL &&
          !forlop_record_text_is (record, "case_id", case_id))
        continue;
      forlop_snapshot_put (snapshot, record);
    }

  return TRUE;
}

static gboolean
put_one (ForlopSyncSession  *self,
         ForlopSnapshot     *snapshot,
         const char         *type,
         const char         *id,
         GError            **error)
{
  g_autoptr (ForlopRecord) record = NULL;
  g_autoptr (GError) problem = NULL;

  if (id == NULL || forlop_snapshot_get (snapshot, type, id) != NULL)
    return TRUE;
  record = forlop_sync_load (self, type, id, NULL, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (record != NULL)
    forlop_snapshot_put (snapshot, record);

  return TRUE;
}

static gboolean
put_around (ForlopSyncSession  *self,
            ForlopSnapshot     *snapshot,
            GError            **error)
{
  ForlopRecord *the_case = forlop_snapshot_get_case (snapshot);
  const char *profile_id = forlop_record_get_text (the_case, "profile_id");
  GPtrArray *loans = forlop_snapshot_list (snapshot, "loan");
  g_autoptr (GPtrArray) responsibilities = NULL;

  for (unsigned int i = 0; i < loans->len; i++)
    if (!put_one (self, snapshot, "item",
                  forlop_record_get_text (g_ptr_array_index (loans, i), "item_id"), error))
      return FALSE;
  if (!put_one (self, snapshot, "profile", profile_id, error))
    return FALSE;

  responsibilities = self->storage->funcs->list_type (
    self->storage, forlop_record_type_find ("responsibility"), error);
  if (responsibilities == NULL)
    return FALSE;
  for (unsigned int i = 0; i < responsibilities->len; i++)
    {
      g_autoptr (ForlopRecord) record =
        forlop_sync_row_to_record (g_ptr_array_index (responsibilities, i), error);

      if (record == NULL)
        return FALSE;
      if (forlop_record_text_is (record, "profile_id", profile_id))
        forlop_snapshot_put (snapshot, record);
    }

  return TRUE;
}

/* The case and the citizen that the changeset's records name; those it makes itself do not count,
 * for the gates look at what was before. */
static void
find_owner (ForlopChangeset  *changeset,
            const char      **citizen_id,
            const char      **case_id)
{
  GPtrArray *operations = forlop_changeset_get_operations (changeset);

  *citizen_id = *case_id = NULL;
  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);
      ForlopRecord *record = operation->after != NULL ? operation->after : operation->before;

      if (g_str_equal (operation->type->name, "citizen") && *citizen_id == NULL)
        *citizen_id = operation->id;
      if (g_str_equal (operation->type->name, "case") && *case_id == NULL)
        *case_id = operation->id;
      if (forlop_record_type_field (operation->type, "case_id") != NULL && *case_id == NULL)
        *case_id = forlop_record_get_text (record, "case_id");
      if (forlop_record_type_field (operation->type, "citizen_id") != NULL && *citizen_id == NULL)
        *citizen_id = forlop_record_get_text (record, "citizen_id");
    }
}

static char *
dup_contested_id (const char *conflict_id)
{
  return forlop_id_derive (conflict_id, "contested");
}

/* Who chooses is not held back by what is chosen between. */
static void
forget_resolved (ForlopSnapshot  *snapshot,
                 ForlopChangeset *changeset)
{
  GPtrArray *operations = forlop_changeset_get_operations (changeset);

  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);

      if (g_str_equal (operation->type->name, "conflict"))
        {
          g_autofree char *id = dup_contested_id (operation->id);

          forlop_snapshot_remove (snapshot, "contested_value", id);
        }
    }
}

gboolean
forlop_sync_snapshot (ForlopSyncSession  *self,
                      ForlopChangeset    *changeset,
                      ForlopSnapshot    **snapshot,
                      GError            **error)
{
  g_autoptr (ForlopSnapshot) made = forlop_snapshot_new (self->now);
  g_autofree char *delivery_scope = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  const char *citizen_id, *case_id;

  *snapshot = NULL;
  find_owner (changeset, &citizen_id, &case_id);
  if (citizen_id == NULL)
    return TRUE;

  ids = forlop_sync_list_person (self, citizen_id, error);
  if (ids == NULL)
    return FALSE;
  for (unsigned int i = 0; i < ids->len; i++)
    {
      g_autofree char *scope = g_strconcat ("c:", (const char *) g_ptr_array_index (ids, i), NULL);

      if (!put_scope (self, made, scope, ids->pdata[0], case_id, error))
        return FALSE;
    }
  forget_resolved (made, changeset);
  if (forlop_snapshot_get (made, "citizen", ids->pdata[0]) == NULL)
    return TRUE;
  if (case_id != NULL && forlop_snapshot_get (made, "case", case_id) != NULL)
    {
      delivery_scope = g_strconcat ("d:", case_id, NULL);
      if (!put_scope (self, made, delivery_scope, NULL, case_id, error) || !put_around (self, made, error))
        return FALSE;
    }
  *snapshot = g_steal_pointer (&made);

  return TRUE;
}

static gboolean
write_claims (ForlopSyncSession      *self,
              const ForlopOperation  *operation,
              GError                **error)
{
  if (operation->type->claims == NULL)
    return TRUE;
  if (operation->before != NULL &&
      !self->storage->funcs->drop_claims (self->storage, operation->type->name, operation->id, error))
    return FALSE;

  for (const ForlopClaim *claim = operation->type->claims;
       operation->after != NULL && claim->name != NULL; claim++)
    {
      g_autofree char *key = forlop_sync_claim_key (operation->type, claim, operation->after);
      gboolean is_held = FALSE;

      /* Its number is another's; it gets one of its own at the next position. */
      if (forlop_sync_can_renumber (claim, operation) &&
          !forlop_sync_is_held_by_another (self, claim, operation, &is_held, error))
        return FALSE;
      if (key != NULL && !is_held &&
          !self->storage->funcs->put_claim (self->storage, key, operation->type->name, operation->id,
                                            error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_operation (ForlopSyncSession      *self,
                 const ForlopOperation  *operation,
                 gint64                  seq,
                 GError                **error)
{
  g_autoptr (ForlopSyncRow) row = NULL;

  if (operation->after == NULL)
    row = forlop_sync_row_deleted (operation->before, operation->vtag, seq);
  else
    row = forlop_sync_row_to_store (operation->after, seq);
  if (row->deleted && forlop_record_type_has_contents (row->type) &&
      !self->storage->funcs->drop_contents (self->storage, row->type->name, row->id, NULL, error))
    return FALSE;

  return self->storage->funcs->put_row (self->storage, row, error);
}

/* The conflict is at its end: what is there is all there is. */
static gboolean
drop_contested (ForlopSyncSession  *self,
                const char         *conflict_id,
                const char         *vtag,
                gint64              seq,
                GError            **error)
{
  g_autofree char *id = dup_contested_id (conflict_id);
  g_autoptr (ForlopRecord) contested = NULL;
  g_autoptr (ForlopSyncRow) row = NULL;
  g_autoptr (GError) problem = NULL;
  gboolean is_deleted = FALSE;

  contested = forlop_sync_load (self, "contested_value", id, &is_deleted, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (contested == NULL || is_deleted)
    return TRUE;
  row = forlop_sync_row_deleted (contested, vtag, seq);

  return self->storage->funcs->put_row (self->storage, row, error);
}

static gboolean
drop_resolved (ForlopSyncSession  *self,
               ForlopChangeset    *changeset,
               gint64              seq,
               GError            **error)
{
  GPtrArray *operations = forlop_changeset_get_operations (changeset);

  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);

      if (g_str_equal (operation->type->name, "conflict") && operation->after != NULL &&
          forlop_record_text_is (operation->after, "status", "resolved") &&
          !drop_contested (self, operation->id, operation->vtag, seq, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
forlop_sync_write (ForlopSyncSession  *self,
                   ForlopChangeset    *changeset,
                   gint64              seq,
                   GError            **error)
{
  GPtrArray *operations = forlop_changeset_get_operations (changeset);

  /* Claims that are given up go first: another record of the changeset may take them. */
  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);

      if (operation->type->claims != NULL && operation->before != NULL &&
          !self->storage->funcs->drop_claims (self->storage, operation->type->name, operation->id, error))
        return FALSE;
    }
  for (unsigned int i = 0; i < operations->len; i++)
    if (!write_operation (self, g_ptr_array_index (operations, i), seq, error) ||
        !write_claims (self, g_ptr_array_index (operations, i), error))
      return FALSE;

  return drop_resolved (self, changeset, seq, error) &&
         forlop_sync_grant_after (self, changeset, seq, error);
}

static char *
dup_theirs (ForlopRecord              *present,
            const ForlopSyncOperation *operation)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  yyjson_val *key, *value;
  size_t i, n;

  yyjson_mut_doc_set_root (doc, root);
  yyjson_obj_foreach (operation->set, i, n, key, value)
    if (forlop_record_type_field (operation->type, yyjson_get_str (key)) != NULL)
      yyjson_mut_obj_add_val (doc, root, yyjson_get_str (key),
                              forlop_record_get_json (present, yyjson_get_str (key), doc));

  return forlop_json_write (doc, FALSE);
}

/* A decision meets the one that was made at the same time, under its own id. */
static gboolean
is_met (const ForlopSyncOperation *operation,
        const ForlopSyncVerdict   *verdict)
{
  return g_strcmp0 (operation->type->name, verdict->type) == 0 &&
         (g_strcmp0 (operation->id, verdict->id) == 0 ||
          (g_str_equal (operation->type->name, "decision") && operation->base == NULL));
}

static gboolean
fill_sides (ForlopSyncSession          *self,
            const ForlopSyncChangeset  *incoming,
            const ForlopSyncVerdict    *verdict,
            ForlopRecord               *conflict,
            GError                    **error)
{
  for (unsigned int i = 0; i < incoming->operations->len; i++)
    {
      const ForlopSyncOperation *operation =
        &g_array_index (incoming->operations, ForlopSyncOperation, i);
      g_autoptr (ForlopRecord) present = NULL;
      g_autoptr (GError) problem = NULL;

      if (!is_met (operation, verdict))
        continue;
      if (operation->set != NULL)
        {
          char *mine = yyjson_val_write (operation->set, 0, NULL);

          forlop_record_set_text (conflict, "mine", mine);
          free (mine);
        }
      present = forlop_sync_load (self, operation->type->name, verdict->id, NULL, &problem);
      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (present != NULL && operation->set != NULL)
        {
          g_autofree char *theirs = dup_theirs (present, operation);

          forlop_record_set_text (conflict, "theirs", theirs);
        }
      if (present != NULL)
        forlop_record_set_text (conflict, "their_op_id",
                                forlop_record_get_field_vtag (
                                  present, verdict->field != NULL ? verdict->field : ""));
      if (forlop_record_type_field (operation->type, "citizen_id") != NULL && present != NULL)
        forlop_record_set_text (conflict, "citizen_id", forlop_record_get_text (present, "citizen_id"));
    }

  return TRUE;
}

static gboolean
sets_careful (const ForlopSyncOperation *operation)
{
  for (const ForlopField *field = operation->type->fields; field->name != NULL; field++)
    if ((field->flags & FORLOP_FIELD_CAREFUL) && yyjson_obj_get (operation->set, field->name) != NULL)
      return TRUE;

  return FALSE;
}

/* Limits, consents and the like: until the conflict is resolved, everybody who sees the citizen applies
 * the more careful of the two values, so everybody has to know both. */
static void
keep_contested (ForlopSyncSession         *self,
                const ForlopSyncChangeset *incoming,
                const ForlopSyncVerdict   *verdict,
                ForlopRecord              *conflict,
                ForlopChangeset           *changeset)
{
  const char *mine = forlop_record_get_text (conflict, "mine");
  const char *citizen_id = forlop_record_get_text (conflict, "citizen_id");
  g_autofree char *id = dup_contested_id (forlop_record_get_id (conflict));
  gboolean is_careful = FALSE;
  ForlopRecord *contested;

  for (unsigned int i = 0; i < incoming->operations->len; i++)
    {
      const ForlopSyncOperation *operation =
        &g_array_index (incoming->operations, ForlopSyncOperation, i);

      /* Who is kept from a note is not to read why. */
      if (is_met (operation, verdict) && operation->set != NULL && !g_str_has_prefix (operation->scope, "n:"))
        is_careful = is_careful || sets_careful (operation);
    }
  if (g_strcmp0 (verdict->type, "citizen") == 0)
    citizen_id = verdict->id;
  if (!is_careful || citizen_id == NULL || mine == NULL || (g_strcmp0 (verdict->code, "field") != 0 && g_strcmp0 (verdict->type, "decision") != 0))
    return;

  contested = forlop_changeset_make (changeset, "contested_value", id);
  forlop_record_set_text (contested, "citizen_id", citizen_id);
  forlop_record_set_text (contested, "record_type", verdict->type);
  forlop_record_set_text (contested, "record_id", verdict->id);
  forlop_record_set_text (contested, "mine", mine);
  forlop_record_set_text (contested, "user_id", forlop_record_get_text (conflict, "user_id"));
  forlop_record_set_instant (contested, "at", self->now);
}

/* A choice that met another change: the conflict it was to end gives way to the new one, which is about
 * the same act. */
static gboolean
replace_earlier (ForlopSyncSession          *self,
                 const ForlopSyncChangeset  *incoming,
                 ForlopChangeset            *changeset,
                 ForlopRecord               *conflict,
                 GError                    **error)
{
  g_autoptr (ForlopRecord) earlier = NULL;
  g_autoptr (GError) problem = NULL;
  ForlopRecord *closed;

  if (!g_str_equal (incoming->act, "resolve-conflict") || incoming->resolves == NULL)
    return TRUE;
  earlier = forlop_sync_load (self, "conflict", incoming->resolves, NULL, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (earlier == NULL)
    return TRUE;

  forlop_record_set_text (conflict, "act", forlop_record_get_text (earlier, "act"));
  closed = forlop_changeset_change (changeset, earlier);
  forlop_record_set_text (closed, "status", "resolved");
  forlop_record_set_instant (closed, "resolved_at", self->now);

  return TRUE;
}

/* The server is an author too: it keeps both sides in a record that the change's author gets. */
gboolean
forlop_sync_keep_conflict (ForlopSyncSession          *self,
                           const ForlopSyncChangeset  *incoming,
                           ForlopSyncVerdict          *verdict,
                           gint64                      seq,
                           GError                    **error)
{
  const char *user_id = incoming->user_id != NULL ? incoming->user_id : self->caller->user_id;
  g_autofree char *id = forlop_id_derive (incoming->op_id, "conflict");
  g_autoptr (ForlopActor) server = forlop_actor_new (NULL, NULL, NULL);
  g_autoptr (ForlopChangeset) changeset =
    forlop_changeset_new (incoming->op_id, "keep-conflict", server, self->now);
  ForlopRecord *conflict = forlop_changeset_make (changeset, "conflict", id);
  GPtrArray *operations;

  forlop_record_set_text (conflict, "user_id", user_id);
  forlop_record_set_text (conflict, "kind", verdict->code);
  forlop_record_set_text (conflict, "op_id", incoming->op_id);
  forlop_record_set_text (conflict, "act", incoming->act);
  forlop_record_set_text (conflict, "record_type", verdict->type);
  forlop_record_set_text (conflict, "record_id", verdict->id);
  forlop_record_set_text (conflict, "field", verdict->field);
  forlop_record_set_text (conflict, "condition", verdict->gate);
  forlop_record_set_instant (conflict, "at", self->now);
  forlop_record_set_text (conflict, "status", "open");
  if (!fill_sides (self, incoming, verdict, conflict, error))
    return FALSE;
  keep_contested (self, incoming, verdict, conflict, changeset);
  if (!replace_earlier (self, incoming, changeset, conflict, error) ||
      !forlop_changeset_finish (changeset, error))
    return FALSE;
  g_set_str (&verdict->conflict_id, id);

  operations = forlop_changeset_get_operations (changeset);
  for (unsigned int i = 0; i < operations->len; i++)
    if (!write_operation (self, g_ptr_array_index (operations, i), seq, error))
      return FALSE;

  return drop_resolved (self, changeset, seq, error);
}
