/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-merge.h"

#include <glib/gi18n-lib.h>

#include "forlop-error.h"
#include "forlop-field-value.h"

static gboolean
is_same_group (const ForlopField *a,
               const ForlopField *b)
{
  return a == b || (a->merge_group != NULL && g_strcmp0 (a->merge_group, b->merge_group) == 0);
}

static gboolean
fill (ForlopRecord  *record,
      yyjson_val    *set,
      GError       **error)
{
  yyjson_val *key, *value;
  size_t i, n;

  yyjson_obj_foreach (set, i, n, key, value)
    {
      const char *name = yyjson_get_str (key);

      if (forlop_record_type_field (forlop_record_get_rtype (record), name) == NULL)
        {
          g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                       _("%s: there is no field “%s”. Nothing of the change was stored."),
                       _(forlop_record_get_rtype (record)->label), name);
          return FALSE;
        }
      if (yyjson_is_null (value))
        forlop_record_clear (record, name);
      else if (!forlop_record_set_json (record, name, value, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
tag_matches (const ForlopSyncOperation *operation,
             const ForlopMergeTarget   *target,
             const char                *field,
             const char                *present)
{
  const char *base = yyjson_get_str (yyjson_obj_get (operation->base, field));

  if (base == NULL)
    return FALSE;
  if (g_strcmp0 (base, present) == 0)
    return TRUE;

  return target->same != NULL &&
         target->same (operation->type->name, operation->id, field, base, present,
                       yyjson_obj_get (operation->set, field) != NULL, target->user_data);
}

/* Whether nobody has changed the fields of @field's group since the change was made. */
static gboolean
group_is_unchanged (const ForlopSyncOperation *operation,
                    const ForlopMergeTarget   *target,
                    const ForlopField         *field)
{
  for (const ForlopField *other = operation->type->fields; other->name != NULL; other++)
    {
      if (!is_same_group (field, other))
        continue;
      if (yyjson_obj_get (operation->base, other->name) == NULL &&
          yyjson_obj_get (operation->set, other->name) == NULL)
        continue;
      if (!tag_matches (operation, target, other->name,
                        forlop_record_get_field_vtag (target->present, other->name)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
group_is_equal (const ForlopSyncOperation *operation,
                ForlopRecord              *present,
                ForlopRecord              *wanted,
                const ForlopField         *field)
{
  for (const ForlopField *other = operation->type->fields; other->name != NULL; other++)
    if (is_same_group (field, other) && yyjson_obj_get (operation->set, other->name) != NULL &&
        !forlop_record_field_equal (present, wanted, other->name))
      return FALSE;

  return TRUE;
}

/* Somebody else has already brought it to the same status: it was taken, or ended. */
static gboolean
is_same_status (const ForlopSyncOperation *operation,
                ForlopRecord              *present,
                ForlopRecord              *wanted,
                const ForlopField         *field)
{
  return g_strcmp0 (field->merge_group, "status") == 0 &&
         forlop_record_type_field (operation->type, "status") != NULL &&
         yyjson_obj_get (operation->set, "status") != NULL &&
         forlop_record_field_equal (present, wanted, "status");
}

/* A group is looked at once: what is left as it is must not be taken for what was wanted. */
static gboolean
is_first_of_group (const ForlopSyncOperation *operation,
                   const ForlopField         *field)
{
  for (const ForlopField *other = operation->type->fields; other != field; other++)
    if (is_same_group (field, other) && yyjson_obj_get (operation->set, other->name) != NULL)
      return FALSE;

  return TRUE;
}

static void
leave_group (const ForlopSyncOperation *operation,
             const ForlopMergeTarget   *target,
             ForlopRecord              *wanted,
             const ForlopField         *field)
{
  for (const ForlopField *other = operation->type->fields; other->name != NULL; other++)
    if (is_same_group (field, other) && yyjson_obj_get (operation->set, other->name) != NULL)
      {
        if (target->equal != NULL)
          target->equal (operation->type->name, operation->id, other->name,
                         forlop_record_get_field_vtag (target->present, other->name),
                         forlop_record_field_equal (target->present, wanted, other->name),
                         target->user_data);
        forlop_record_copy_field (wanted, target->present, other->name);
      }
}

static gboolean
stands_as_first (const ForlopField *field,
                 ForlopRecord      *wanted)
{
  return (field->flags & FORLOP_FIELD_FIRST) != 0 &&
         (field->kind != FORLOP_KIND_NOTE || !forlop_record_has (wanted, field->name));
}

/* The same record made on two machines, as an alert that two have taken, or a reading that two have
 * registered: its id is derived. */
static ForlopMergeOutcome
merge_made_twice (const ForlopSyncOperation  *operation,
                  const ForlopMergeTarget    *target,
                  const ForlopField         **field,
                  GError                    **error)
{
  g_autoptr (ForlopRecord) wanted = forlop_record_new (operation->type, operation->id);
  ForlopMergeOutcome outcome = FORLOP_MERGE_NO_OP;

  if (!fill (wanted, operation->set, error))
    return FORLOP_MERGE_INVALID;

  for (const ForlopField *each = operation->type->fields; each->name != NULL; each++)
    {
      if (stands_as_first (each, wanted) || forlop_record_field_equal (target->present, wanted, each->name))
        continue;
      if (is_same_status (operation, target->present, wanted, each))
        {
          outcome = FORLOP_MERGE_ALREADY;
          continue;
        }
      *field = each;
      return FORLOP_MERGE_CONFLICT;
    }

  if (target->equal != NULL)
    for (const ForlopField *each = operation->type->fields; each->name != NULL; each++)
      target->equal (operation->type->name, operation->id, each->name,
                     forlop_record_get_field_vtag (target->present, each->name),
                     forlop_record_field_equal (target->present, wanted, each->name), target->user_data);

  return outcome;
}

static ForlopMergeOutcome
merge_deletion (ForlopChangeset            *into,
                const ForlopSyncOperation  *operation,
                const ForlopMergeTarget    *target)
{
  if (!tag_matches (operation, target, "", forlop_record_get_vtag (target->present)))
    return FORLOP_MERGE_DELETED;

  forlop_changeset_delete (into, target->present);
  return FORLOP_MERGE_CLEAN;
}

static ForlopMergeOutcome
merge_edit (ForlopChangeset            *into,
            const ForlopSyncOperation  *operation,
            const ForlopMergeTarget    *target,
            const ForlopField         **field,
            GError                    **error)
{
  g_autoptr (ForlopRecord) wanted = forlop_record_copy (target->present);
  ForlopMergeOutcome outcome = FORLOP_MERGE_NO_OP;

  if (!fill (wanted, operation->set, error))
    return FORLOP_MERGE_INVALID;

  for (const ForlopField *each = operation->type->fields; each->name != NULL; each++)
    {
      if (yyjson_obj_get (operation->set, each->name) == NULL || !is_first_of_group (operation, each))
        continue;
      if (group_is_unchanged (operation, target, each))
        {
          outcome = FORLOP_MERGE_CLEAN;
          continue;
        }
      if (group_is_equal (operation, target->present, wanted, each))
        leave_group (operation, target, wanted, each);
      else if (is_same_status (operation, target->present, wanted, each))
        {
          leave_group (operation, target, wanted, each);
          if (outcome == FORLOP_MERGE_NO_OP)
            outcome = FORLOP_MERGE_ALREADY;
        }
      else
        {
          *field = each;
          return FORLOP_MERGE_CONFLICT;
        }
    }

  if (outcome == FORLOP_MERGE_CLEAN)
    forlop_record_copy_fields (forlop_changeset_change (into, target->present), wanted);

  return outcome;
}

/**
 * forlop_merge_operation:
 * @into: where a clean change is put; it is not finished.
 *
 * By field, groups as one: clean where the value is still the one the change was made on, nothing to
 * do where it is equal, otherwise a conflict; never a silent choice.
 */
ForlopMergeOutcome
forlop_merge_operation (ForlopChangeset            *into,
                        const ForlopSyncOperation  *operation,
                        const ForlopMergeTarget    *target,
                        const ForlopField         **field,
                        GError                    **error)
{
  g_return_val_if_fail (into != NULL && operation != NULL && target != NULL && field != NULL,
                        FORLOP_MERGE_INVALID);

  *field = NULL;
  if (target->is_deleted)
    return operation->is_delete ? FORLOP_MERGE_NO_OP : FORLOP_MERGE_DELETED;

  if (target->present == NULL && operation->base != NULL)
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND,
                   _("%s: what was changed is not on the server. Nothing of the change was stored."),
                   _(operation->type->label));
      return FORLOP_MERGE_INVALID;
    }
  if (target->present == NULL)
    return fill (forlop_changeset_make (into, operation->type->name, operation->id), operation->set,
                 error)
             ? FORLOP_MERGE_CLEAN : FORLOP_MERGE_INVALID;

  if (operation->is_delete)
    return merge_deletion (into, operation, target);
  if (operation->base == NULL)
    return merge_made_twice (operation, target, field, error);

  return merge_edit (into, operation, target, field, error);
}

/**
 * forlop_merge_fold:
 * @present: (nullable): the record that the change is laid over.
 */
gboolean
forlop_merge_fold (ForlopChangeset            *into,
                   const ForlopSyncOperation  *operation,
                   ForlopRecord               *present,
                   GError                    **error)
{
  g_return_val_if_fail (into != NULL && operation != NULL, FALSE);

  if (operation->is_delete)
    {
      if (present != NULL)
        forlop_changeset_delete (into, present);
      return TRUE;
    }
  /* The server deleted what this change edits: it stays deleted, and the change is a conflict. */
  if (present == NULL && operation->base != NULL)
    return TRUE;

  return fill (present != NULL
                 ? forlop_changeset_change (into, present)
                 : forlop_changeset_make (into, operation->type->name, operation->id),
               operation->set, error);
}
