/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-changeset.h"

#include <glib/gi18n-lib.h>

#include "forlop-error.h"

struct _ForlopChangeset
{
  char *op_id;
  char *act;
  ForlopActor *actor;
  gint64 created_at;
  GPtrArray *operations;
  GHashTable *by_record; /* the same, to be found */
};

ForlopActor *
forlop_actor_new (const char *user_id,
                  const char *role,
                  const char *unit_id)
{
  ForlopActor *self = g_new0 (ForlopActor, 1);

  self->user_id = g_strdup (user_id);
  self->role = g_strdup (role);
  self->unit_id = g_strdup (unit_id);

  return self;
}

ForlopActor *
forlop_actor_copy (const ForlopActor *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return forlop_actor_new (self->user_id, self->role, self->unit_id);
}

void
forlop_actor_free (ForlopActor *self)
{
  if (self == NULL)
    return;

  g_free (self->user_id);
  g_free (self->role);
  g_free (self->unit_id);
  g_free (self);
}

static void
operation_free (ForlopOperation *self)
{
  g_free (self->id);
  g_clear_object (&self->before);
  g_clear_object (&self->after);
  g_free (self);
}

static guint
operation_hash (gconstpointer operation)
{
  return g_str_hash (((const ForlopOperation *) operation)->id);
}

static gboolean
operation_equal (gconstpointer a,
                 gconstpointer b)
{
  const ForlopOperation *left = a, *right = b;

  return left->type == right->type && g_str_equal (left->id, right->id);
}

/**
 * forlop_changeset_new:
 * @op_id: a new UUID: the version tag of what is written.
 * @act: the name of the act.
 * @created_at: the clock's time, shown to people; it orders nothing.
 */
ForlopChangeset *
forlop_changeset_new (const char        *op_id,
                      const char        *act,
                      const ForlopActor *actor,
                      gint64             created_at)
{
  ForlopChangeset *self;

  g_return_val_if_fail (op_id != NULL, NULL);
  g_return_val_if_fail (act != NULL, NULL);
  g_return_val_if_fail (actor != NULL, NULL);

  self = g_atomic_rc_box_new0 (ForlopChangeset);
  self->op_id = g_strdup (op_id);
  self->act = g_strdup (act);
  self->actor = forlop_actor_copy (actor);
  self->created_at = created_at;
  self->operations = g_ptr_array_new_with_free_func ((GDestroyNotify) operation_free);
  self->by_record = g_hash_table_new (operation_hash, operation_equal);

  return self;
}

ForlopChangeset *
forlop_changeset_ref (ForlopChangeset *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
changeset_clear (ForlopChangeset *self)
{
  g_free (self->op_id);
  g_free (self->act);
  forlop_actor_free (self->actor);
  g_hash_table_unref (self->by_record);
  g_ptr_array_unref (self->operations);
}

void
forlop_changeset_unref (ForlopChangeset *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) changeset_clear);
}

const char *
forlop_changeset_get_id (ForlopChangeset *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->op_id;
}

const char *
forlop_changeset_get_act (ForlopChangeset *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->act;
}

const ForlopActor *
forlop_changeset_get_actor (ForlopChangeset *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->actor;
}

gint64
forlop_changeset_get_created_at (ForlopChangeset *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->created_at;
}

GPtrArray *
forlop_changeset_get_operations (ForlopChangeset *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->operations;
}

static ForlopOperation *
find_operation (ForlopChangeset *self,
                const char      *type,
                const char      *id)
{
  const ForlopOperation wanted = { .type = forlop_record_type_find (type), .id = (char *) id };

  return wanted.type != NULL ? g_hash_table_lookup (self->by_record, &wanted) : NULL;
}

static ForlopOperation *
add_operation (ForlopChangeset        *self,
               const ForlopRecordType *type,
               const char             *id)
{
  ForlopOperation *operation = g_new0 (ForlopOperation, 1);

  operation->type = type;
  operation->id = g_strdup (id);
  operation->vtag = self->op_id;
  g_ptr_array_add (self->operations, operation);
  g_hash_table_add (self->by_record, operation);

  return operation;
}

/**
 * forlop_changeset_make:
 *
 * Adds the making of a record.
 *
 * Returns: (transfer none): the new record, to be filled in before the changeset is finished.
 */
ForlopRecord *
forlop_changeset_make (ForlopChangeset *self,
                       const char      *type,
                       const char      *id)
{
  const ForlopRecordType *found;
  ForlopOperation *operation;

  g_return_val_if_fail (self != NULL, NULL);

  found = forlop_record_type_find (type);
  g_return_val_if_fail (found != NULL, NULL);
  g_return_val_if_fail (find_operation (self, type, id) == NULL, NULL);

  operation = add_operation (self, found, id);
  operation->after = forlop_record_new (found, id);

  return operation->after;
}

/**
 * forlop_changeset_change:
 * @record: as the store read it; it is not changed itself.
 *
 * Returns: (transfer none): the copy to change; the same one at every call for the same record.
 */
ForlopRecord *
forlop_changeset_change (ForlopChangeset *self,
                         ForlopRecord    *record)
{
  ForlopOperation *operation;
  const ForlopRecordType *type;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (FORLOP_IS_RECORD (record), NULL);

  type = forlop_record_get_rtype (record);
  operation = find_operation (self, type->name, forlop_record_get_id (record));
  if (operation == NULL)
    {
      operation = add_operation (self, type, forlop_record_get_id (record));
      operation->before = g_object_ref (record);
      operation->after = forlop_record_copy (record);
    }

  return operation->after;
}

void
forlop_changeset_delete (ForlopChangeset *self,
                         ForlopRecord    *record)
{
  ForlopOperation *operation;
  const ForlopRecordType *type;

  g_return_if_fail (self != NULL);
  g_return_if_fail (FORLOP_IS_RECORD (record));

  type = forlop_record_get_rtype (record);
  operation = find_operation (self, type->name, forlop_record_get_id (record));
  if (operation == NULL)
    {
      operation = add_operation (self, type, forlop_record_get_id (record));
      operation->before = g_object_ref (record);
    }
  g_clear_object (&operation->after);
}

/**
 * forlop_changeset_add:
 * @before: (nullable): the record as it was.
 * @after: (nullable): the record as it is, with its tags.
 *
 * Adds what is written already, so that what is derived from records can be worked out again. Such a
 * changeset is neither finished nor sent.
 */
void
forlop_changeset_add (ForlopChangeset        *self,
                      const ForlopRecordType *type,
                      const char             *id,
                      ForlopRecord           *before,
                      ForlopRecord           *after)
{
  ForlopOperation *operation;

  g_return_if_fail (self != NULL);
  g_return_if_fail (type != NULL && id != NULL);
  g_return_if_fail (before != NULL || after != NULL);

  operation = add_operation (self, type, id);
  g_set_object (&operation->before, before);
  g_set_object (&operation->after, after);
}

/**
 * forlop_changeset_find:
 *
 * Returns: (transfer none) (nullable): the record as this changeset leaves it, if it touches it.
 */
ForlopRecord *
forlop_changeset_find (ForlopChangeset *self,
                       const char      *type,
                       const char      *id)
{
  ForlopOperation *operation;

  g_return_val_if_fail (self != NULL, NULL);

  operation = find_operation (self, type, id);

  return operation != NULL ? operation->after : NULL;
}

/**
 * forlop_operation_changes:
 *
 * Whether the operation gives @field another value than it had.
 */
gboolean
forlop_operation_changes (const ForlopOperation *self,
                          const char            *field)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->after == NULL)
    return FALSE;
  if (self->before == NULL)
    return forlop_record_has (self->after, field);

  return !forlop_record_field_equal (self->before, self->after, field);
}

/**
 * forlop_changeset_find_ahead:
 * @now: by the clock of who asks.
 * @field: (out): the one that lies far ahead.
 *
 * Finds when something happened, as this changeset says, that lies far ahead. The server refuses it by its clock, and
 * an act by its machine's.
 *
 * Returns: (transfer none) (nullable): the operation, %NULL when there is none.
 */
const ForlopOperation *
forlop_changeset_find_ahead (ForlopChangeset    *self,
                             gint64              now,
                             const ForlopField **field)
{
  g_return_val_if_fail (self != NULL && field != NULL, NULL);

  for (unsigned int i = 0; i < self->operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (self->operations, i);

      for (*field = operation->type->fields; (*field)->name != NULL; (*field)++)
        if (((*field)->flags & FORLOP_FIELD_PAST) != 0 && forlop_operation_changes (operation, (*field)->name) &&
            forlop_record_get_instant (operation->after, (*field)->name) > now + FORLOP_CHANGESET_AHEAD_MS)
          return operation;
    }

  return NULL;
}

static gboolean
operation_is_empty (const ForlopOperation *self)
{
  if (self->before == NULL || self->after == NULL)
    return FALSE;

  for (const ForlopField *field = self->type->fields; field->name != NULL; field++)
    if (forlop_operation_changes (self, field->name))
      return FALSE;

  return TRUE;
}

static gboolean
check_immutable (const ForlopOperation *self,
                 GError               **error)
{
  if (self->before == NULL || self->after == NULL)
    return TRUE;

  for (const ForlopField *field = self->type->fields; field->name != NULL; field++)
    if ((self->type->append_only || (field->flags & FORLOP_FIELD_IMMUTABLE)) &&
        forlop_operation_changes (self, field->name))
      {
        g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                     _("%s: “%s” cannot be changed after it is registered. "
                       "Register a new one instead; the old one is kept."),
                     _(self->type->label), _(field->label));
        return FALSE;
      }

  return TRUE;
}

/* Every value carries the id of the changeset that made it. */
static void
stamp (ForlopChangeset *self,
       ForlopOperation *operation)
{
  if (operation->after == NULL)
    return;

  if (operation->before == NULL)
    forlop_record_set_field_vtag (operation->after, "", self->op_id);
  else
    for (const ForlopField *field = operation->type->fields; field->name != NULL; field++)
      if (forlop_operation_changes (operation, field->name))
        forlop_record_set_field_vtag (operation->after, field->name, self->op_id);

  forlop_record_set_vtag (operation->after, self->op_id);
}

static void
drop_empty (ForlopChangeset *self)
{
  for (unsigned int i = self->operations->len; i > 0; i--)
    if (operation_is_empty (g_ptr_array_index (self->operations, i - 1)))
      {
        g_hash_table_remove (self->by_record, g_ptr_array_index (self->operations, i - 1));
        g_ptr_array_remove_index (self->operations, i - 1);
      }
}

/**
 * forlop_changeset_stamp:
 *
 * Ends the writing without asking whether it is allowed: for what was validated when it was done and
 * is now laid over values that somebody else has changed. The server judges it.
 */
void
forlop_changeset_stamp (ForlopChangeset *self)
{
  g_return_if_fail (self != NULL);

  drop_empty (self);
  for (unsigned int i = 0; i < self->operations->len; i++)
    stamp (self, g_ptr_array_index (self->operations, i));
}

/**
 * forlop_changeset_finish:
 *
 * Ends the act's writing: operations that change nothing are dropped, the rest are validated
 * against their declarations and stamped with the changeset's id.
 */
gboolean
forlop_changeset_finish (ForlopChangeset  *self,
                         GError          **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  drop_empty (self);
  for (unsigned int i = 0; i < self->operations->len; i++)
    {
      ForlopOperation *operation = g_ptr_array_index (self->operations, i);

      if (operation->after != NULL && !forlop_record_validate (operation->after, error))
        return FALSE;
      /* The server, which is nobody, may give a case another number. */
      if (self->actor->user_id != NULL && !check_immutable (operation, error))
        return FALSE;
      stamp (self, operation);
    }

  return TRUE;
}

/**
 * forlop_record_dup_scope:
 *
 * The unit of access the record belongs to: "c:…", "n:…:…", "d:…", "u:…", "org:…", "eq", "fig" or "cat".
 */
char *
forlop_record_dup_scope (ForlopRecord *record)
{
  g_return_val_if_fail (FORLOP_IS_RECORD (record), NULL);

  switch (forlop_record_get_rtype (record)->scope)
    {
    case FORLOP_SCOPE_CITIZEN:
      if (forlop_record_is (record, "citizen"))
        return g_strconcat ("c:", forlop_record_get_id (record), NULL);
      if (forlop_record_type_field (forlop_record_get_rtype (record), "apart_id") != NULL &&
          forlop_record_has (record, "apart_id"))
        return g_strconcat ("n:", forlop_record_get_text (record, "citizen_id"), ":",
                            forlop_record_get_text (record, "apart_id"), NULL);
      return g_strconcat ("c:", forlop_record_get_text (record, "citizen_id"), NULL);
    case FORLOP_SCOPE_DELIVERY:
      return g_strconcat ("d:", forlop_record_get_text (record, "case_id"), NULL);
    case FORLOP_SCOPE_USER:
      return g_strconcat ("u:", forlop_record_get_text (record, "user_id"), NULL);
    case FORLOP_SCOPE_UNIT:
      return g_strconcat ("org:", forlop_record_get_text (record, "unit_id"), NULL);
    case FORLOP_SCOPE_EQUIPMENT:
      return g_strdup ("eq");
    case FORLOP_SCOPE_FIGURES:
      return g_strdup ("fig");
    case FORLOP_SCOPE_CATALOG:
      return g_strdup ("cat");
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * forlop_scope_dup_citizen:
 *
 * Returns: (transfer full) (nullable): the scope of the citizen whose blocked note has @scope; %NULL for any
 *   other scope.
 */
char *
forlop_scope_dup_citizen (const char *scope)
{
  g_return_val_if_fail (scope != NULL, NULL);

  if (!g_str_has_prefix (scope, "n:") || strchr (scope + 2, ':') == NULL)
    return NULL;

  return g_strdup_printf ("c:%.*s", (int) strcspn (scope + 2, ":"), scope + 2);
}
