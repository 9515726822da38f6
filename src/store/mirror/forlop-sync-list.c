/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-list.h"

#include "forlop-choice-store.h"
#include "forlop-field-value.h"
#include "forlop-id.h"
#include "forlop-json.h"
#include "forlop-record-store.h"
#include "forlop-record-title.h"

/* The name of somebody who is not here any more is in the change itself. */
#define ENTRY \
  "SELECT o.op_id, c.act, c.created_at, c.citizen_id, c.case_id, coalesce (r.name, " \
  "(SELECT trim (coalesce (json_extract (value, '$.set.given_name'), '') || ' ' || " \
  "coalesce (json_extract (value, '$.set.family_name'), '')) " \
  "FROM json_each (c.body, '$.ops') WHERE json_extract (value, '$.type') = 'citizen' LIMIT 1)), " \
  "o.result, (SELECT json_extract (value, '$.set.item_id') FROM json_each (c.body, '$.ops') " \
  "WHERE json_extract (value, '$.type') = 'loan' AND json_extract (value, '$.set.item_id') IS NOT NULL LIMIT 1) " \
  "FROM outbox o JOIN changeset c USING (op_id) " \
  "LEFT JOIN citizen_row r ON r.id = c.citizen_id "

#define REFUSED \
  "WHERE o.state = 'refused' AND NOT EXISTS (SELECT 1 FROM conflict f " \
  "WHERE f.op_id = json_extract (o.result, '$.op_id') AND f.deleted = 0) "

void
forlop_sync_entry_free (ForlopSyncEntry *self)
{
  if (self == NULL)
    return;

  g_free (self->op_id);
  g_free (self->act);
  g_free (self->citizen_id);
  g_free (self->case_id);
  g_free (self->who);
  g_free (self->item);
  g_free (self->status);
  g_free (self->code);
  g_free (self->field);
  g_free (self->holder);
  g_free (self->holder_id);
  g_free (self->join_id);
  g_free (self->join_name);
  g_free (self->gate);
  g_free (self->role);
  g_free (self->unit);
  g_free (self->detail);
  g_free (self);
}

void
forlop_sync_conflict_free (ForlopSyncConflict *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->conflict);
  g_free (self->who);
  g_free (self->citizen_id);
  g_clear_pointer (&self->sides, g_ptr_array_unref);
  g_free (self->case_id);
  g_free (self->title);
  g_free (self);
}

static char *
dup_text (yyjson_val *object,
          const char *key)
{
  return g_strdup (yyjson_get_str (yyjson_obj_get (object, key)));
}

/* What holds the claim, for people: the citizen it belongs to, or what the record is called. */
static gboolean
name_holder (ForlopConnection  *connection,
             ForlopSyncEntry   *entry,
             const char        *holder,
             GError           **error)
{
  const ForlopRecordType *type = entry->type != NULL ? forlop_record_type_find (entry->type) : NULL;
  g_autoptr (ForlopRecord) record = NULL;
  g_autoptr (GError) problem = NULL;
  const char *citizen_id;

  if (type == NULL || holder == NULL || !forlop_id_is_valid (holder))
    return TRUE;
  record = forlop_record_store_peek (connection, type, holder, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (record == NULL)
    return TRUE;
  entry->holder_id = g_strdup (holder);
  entry->is_over = g_str_equal (type->name, "loan") && forlop_record_has (record, "returned_on");
  citizen_id = g_str_equal (type->name, "citizen") ? holder : NULL;
  if (forlop_record_type_field (type, "citizen_id") != NULL)
    citizen_id = forlop_record_get_text (record, "citizen_id");
  if (citizen_id != NULL)
    return forlop_choice_store_name (connection, "citizen", citizen_id, &entry->holder, error);
  entry->holder = forlop_record_dup_title (record);

  return TRUE;
}

static gboolean
read_result (ForlopConnection  *connection,
             ForlopSyncEntry   *entry,
             const char        *json,
             GError           **error)
{
  g_autoptr (yyjson_doc) doc = json != NULL ? forlop_json_parse (json, -1, error) : NULL;
  yyjson_val *root;
  const char *unit_id, *type;

  if (json == NULL)
    return TRUE;
  if (doc == NULL)
    return FALSE;

  root = yyjson_doc_get_root (doc);
  type = yyjson_get_str (yyjson_obj_get (root, "type"));
  unit_id = yyjson_get_str (yyjson_obj_get (root, "unit_id"));
  entry->status = dup_text (root, "status");
  entry->code = dup_text (root, "code");
  entry->field = dup_text (root, "field");
  entry->gate = dup_text (root, "gate");
  entry->role = dup_text (root, "role");
  entry->detail = dup_text (root, "detail");
  if (type != NULL && forlop_record_type_find (type) != NULL)
    entry->type = forlop_record_type_find (type)->name;
  if (unit_id != NULL && !forlop_choice_store_name (connection, "unit", unit_id, &entry->unit, error))
    return FALSE;

  return name_holder (connection, entry, yyjson_get_str (yyjson_obj_get (root, "holder")), error);
}

/* The citizen who stands, for a registration that was refused: by the answer, or by the number that was written,
 * which is the other's or was. */
static gboolean
find_join (ForlopConnection  *connection,
           ForlopSyncEntry   *entry,
           GError           **error)
{
  static const char sql[] =
    "SELECT h.id FROM changeset c JOIN json_each (c.body, '$.ops') o "
    "ON json_extract (o.value, '$.type') = 'citizen' "
    "JOIN (SELECT id, id_number FROM citizen WHERE deleted = 0 AND merged_into_id IS NULL UNION ALL "
    "SELECT citizen_id, id_number FROM citizen_alias WHERE deleted = 0) h "
    "ON h.id_number = json_extract (o.value, '$.set.id_number') WHERE c.op_id = ?2 AND h.id <> ?1 LIMIT 1";
  gboolean is_taken = g_strcmp0 (entry->code, "taken") == 0 && g_strcmp0 (entry->type, "citizen") == 0;
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  if (!is_taken || entry->citizen_id == NULL ||
      (g_strcmp0 (entry->status, "rejected") != 0 && g_strcmp0 (entry->status, "blocked") != 0))
    return TRUE;
  entry->join_id = g_strdup (entry->holder_id);
  if (entry->join_id == NULL)
    {
      statement = forlop_connection_prepare (connection, sql, error);
      if (statement == NULL)
        return FALSE;
      forlop_statement_bind_id (statement, 1, entry->citizen_id);
      forlop_statement_bind_id (statement, 2, entry->op_id);
      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (has_row)
        entry->join_id = forlop_statement_dup_id (statement, 0);
    }

  return entry->join_id == NULL ||
         forlop_choice_store_name (connection, "citizen", entry->join_id, &entry->join_name, error);
}

static GPtrArray *
list_entries (ForlopConnection  *connection,
              const char        *sql,
              unsigned int       limit,
              const char        *citizen_id,
              GError           **error)
{
  g_autoptr (GPtrArray) entries =
    g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_sync_entry_free);
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  forlop_statement_bind_integer (statement, 1, limit);
  if (citizen_id != NULL)
    forlop_statement_bind_id (statement, 2, citizen_id);

  while (TRUE)
    {
      ForlopSyncEntry *entry;
      const char *item_id;

      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&entries);
      entry = g_new0 (ForlopSyncEntry, 1);
      g_ptr_array_add (entries, entry);
      entry->op_id = forlop_statement_dup_id (statement, 0);
      entry->act = forlop_statement_dup_text (statement, 1);
      entry->created_at = forlop_statement_get_instant (statement, 2);
      entry->citizen_id = forlop_statement_dup_id (statement, 3);
      entry->case_id = forlop_statement_dup_id (statement, 4);
      entry->who = forlop_statement_dup_text (statement, 5);
      item_id = forlop_statement_get_text (statement, 7);
      if ((item_id != NULL && !forlop_choice_store_name (connection, "item", item_id, &entry->item, error)) ||
          !read_result (connection, entry, forlop_statement_get_text (statement, 6), error) ||
          !find_join (connection, entry, error))
        return NULL;
    }
}

/**
 * forlop_sync_list_waiting:
 * @limit: at most so many.
 *
 * What the server has not answered, or what it has answered and the mirror has not come to.
 */
GPtrArray *
forlop_sync_list_waiting (ForlopConnection  *connection,
                          unsigned int       limit,
                          GError           **error)
{
  g_return_val_if_fail (connection != NULL, NULL);

  return list_entries (connection,
                       ENTRY "WHERE o.state IN ('waiting', 'answered') ORDER BY o.op_no LIMIT ?1",
                       limit, NULL, error);
}

/**
 * forlop_sync_list_refused:
 *
 * What the server refused and nobody has dealt with, without what a conflict tells of.
 */
GPtrArray *
forlop_sync_list_refused (ForlopConnection  *connection,
                          GError           **error)
{
  g_return_val_if_fail (connection != NULL, NULL);

  return list_entries (connection, ENTRY REFUSED "ORDER BY o.op_no LIMIT ?1", G_MAXINT32, NULL, error);
}

GPtrArray *
forlop_sync_list_refused_of (ForlopConnection  *connection,
                             const char        *citizen_id,
                             GError           **error)
{
  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (citizen_id != NULL, NULL);

  return list_entries (connection,
                       ENTRY REFUSED "AND c.citizen_id = ?2 ORDER BY o.op_no LIMIT ?1", G_MAXINT32,
                       citizen_id, error);
}

static void
side_free (gpointer data)
{
  ForlopSyncSide *side = data;

  g_free (side->theirs);
  g_free (side->mine);
  g_free (side);
}

/* One side's values as a record, so that they are read as any other. What a newer version wrote and
 * this one does not know is left out: the rest can still be chosen. */
static ForlopRecord *
read_values (ForlopSyncConflict      *self,
             const ForlopRecordType  *type,
             const char              *key)
{
  const char *json = forlop_record_get_text (self->conflict, key);
  g_autoptr (yyjson_doc) doc = forlop_json_parse (json != NULL ? json : "{}", -1, NULL);
  ForlopRecord *record = forlop_record_new (type, "side");
  yyjson_val *name, *value;
  size_t i, n;

  yyjson_obj_foreach (yyjson_doc_get_root (doc), i, n, name, value)
    if (forlop_record_type_field (type, yyjson_get_str (name)) != NULL)
      forlop_record_set_json (record, yyjson_get_str (name), value, NULL);

  return record;
}

static gboolean
show_value (ForlopConnection   *connection,
            ForlopRecord       *record,
            const ForlopField  *field,
            char              **text,
            GError            **error)
{
  *text = NULL;
  if (!forlop_record_has (record, field->name))
    return TRUE;
  if (field->flags & FORLOP_FIELD_SENSITIVE)
    {
      *text = g_strdup ("•••••");
      return TRUE;
    }
  if (field->kind == FORLOP_KIND_REF)
    return forlop_choice_store_name (connection, field->target, forlop_record_get_text (record, field->name),
                                     text, error);
  *text = forlop_record_dup_shown (record, field->name);

  return TRUE;
}

static gboolean
fill_sides (ForlopConnection        *connection,
            ForlopSyncConflict      *self,
            const ForlopRecordType  *type,
            GError                 **error)
{
  g_autoptr (ForlopRecord) theirs = read_values (self, type, "theirs");
  g_autoptr (ForlopRecord) mine = read_values (self, type, "mine");

  for (const ForlopField *field = type->fields; field->name != NULL; field++)
    {
      ForlopSyncSide *side;

      if (field->kind == FORLOP_KIND_BLOB || forlop_record_field_equal (theirs, mine, field->name))
        continue;
      side = g_new0 (ForlopSyncSide, 1);
      side->field = field;
      g_ptr_array_add (self->sides, side);
      if (!show_value (connection, theirs, field, &side->theirs, error) ||
          !show_value (connection, mine, field, &side->mine, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
fill_conflict (ForlopConnection    *connection,
               ForlopSyncConflict  *self,
               GError             **error)
{
  const char *type_name = forlop_record_get_text (self->conflict, "record_type");
  const char *id = forlop_record_get_text (self->conflict, "record_id");
  const char *citizen_id = forlop_record_get_text (self->conflict, "citizen_id");
  const ForlopRecordType *type = type_name != NULL ? forlop_record_type_find (type_name) : NULL;
  g_autoptr (ForlopRecord) record = NULL;
  g_autoptr (GError) problem = NULL;

  if (type != NULL && !fill_sides (connection, self, type, error))
    return FALSE;
  if (type != NULL && id != NULL && forlop_id_is_valid (id))
    record = forlop_record_store_peek (connection, type, id, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (record != NULL)
    {
      self->title = forlop_record_dup_title (record);
      if (forlop_record_type_field (type, "case_id") != NULL)
        self->case_id = g_strdup (forlop_record_get_text (record, "case_id"));
      if (g_str_equal (type->name, "case"))
        self->case_id = g_strdup (id);
      if (g_str_equal (type->name, "citizen"))
        citizen_id = id;
    }

  self->citizen_id = g_strdup (citizen_id);

  return citizen_id == NULL ||
         forlop_choice_store_name (connection, "citizen", citizen_id, &self->who, error);
}

GPtrArray *
forlop_sync_list_conflicts (ForlopConnection  *connection,
                            GError           **error)
{
  g_autoptr (GPtrArray) conflicts =
    g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_sync_conflict_free);
  g_autoptr (GPtrArray) records = NULL;

  g_return_val_if_fail (connection != NULL, NULL);

  records = forlop_record_store_list (connection, "conflict", "status", "open", error);
  if (records == NULL)
    return NULL;
  for (unsigned int i = 0; i < records->len; i++)
    {
      ForlopSyncConflict *conflict = g_new0 (ForlopSyncConflict, 1);

      conflict->conflict = g_object_ref (g_ptr_array_index (records, i));
      conflict->sides = g_ptr_array_new_with_free_func (side_free);
      g_ptr_array_add (conflicts, conflict);
      if (!fill_conflict (connection, conflict, error))
        return NULL;
    }

  return g_steal_pointer (&conflicts);
}
