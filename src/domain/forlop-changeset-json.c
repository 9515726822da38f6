/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-changeset.h"

#include "forlop-field-value.h"
#include "forlop-json.h"

/* How a changeset is written, to be sent and to be kept. */

/* A group is merged as one, so the tags of all its fields say what the act built on. */
static gboolean
is_based_on (const ForlopOperation *self,
             const ForlopField     *field)
{
  if (forlop_operation_changes (self, field->name))
    return TRUE;
  if (field->merge_group == NULL)
    return FALSE;

  for (const ForlopField *other = self->type->fields; other->name != NULL; other++)
    if (g_strcmp0 (other->merge_group, field->merge_group) == 0 &&
        forlop_operation_changes (self, other->name))
      return TRUE;

  return FALSE;
}

static yyjson_mut_val *
operation_to_json (const ForlopOperation *self,
                   yyjson_mut_doc        *doc)
{
  ForlopRecord *present = self->after != NULL ? self->after : self->before;
  g_autofree char *scope = forlop_record_dup_scope (present);
  yyjson_mut_val *object = yyjson_mut_obj (doc);
  yyjson_mut_val *set = yyjson_mut_obj (doc);
  yyjson_mut_val *base = yyjson_mut_obj (doc);

  yyjson_mut_obj_add_str (doc, object, "type", self->type->name);
  yyjson_mut_obj_add_strcpy (doc, object, "id", self->id);
  yyjson_mut_obj_add_strcpy (doc, object, "scope", scope);

  if (self->after == NULL)
    {
      yyjson_mut_obj_add_bool (doc, object, "delete", true);
      yyjson_mut_obj_add_strcpy (doc, base, "", forlop_record_get_vtag (self->before));
      yyjson_mut_obj_add_val (doc, object, "base", base);
      return object;
    }

  for (const ForlopField *field = self->type->fields; field->name != NULL; field++)
    {
      if (forlop_operation_changes (self, field->name))
        yyjson_mut_obj_add_val (doc, set, field->name,
                                forlop_record_get_json (self->after, field->name, doc));
      if (self->before != NULL && is_based_on (self, field))
        yyjson_mut_obj_add_strcpy (doc, base, field->name,
                                   forlop_record_get_field_vtag (self->before, field->name));
    }

  yyjson_mut_obj_add_val (doc, object, "set", set);
  if (self->before != NULL)
    yyjson_mut_obj_add_val (doc, object, "base", base);

  return object;
}

/**
 * forlop_changeset_to_json:
 *
 * The wire form: `{op_id, act, created_at, by:{user_id, role, unit_id}, ops:[{type, id, scope,
 * set:{field:value}, base:{field:vtag}} | {type, id, scope, delete:true, base:{"":vtag}}]}`.
 *
 * Returns: (transfer full): JSON text.
 */
char *
forlop_changeset_to_json (ForlopChangeset *self)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  g_autofree char *created_at = NULL;
  yyjson_mut_val *root, *by, *ops;

  g_return_val_if_fail (self != NULL, NULL);

  created_at = forlop_instant_to_iso (forlop_changeset_get_created_at (self));
  root = yyjson_mut_obj (doc);
  by = yyjson_mut_obj (doc);
  ops = yyjson_mut_arr (doc);
  yyjson_mut_doc_set_root (doc, root);

  yyjson_mut_obj_add_strcpy (doc, root, "op_id", forlop_changeset_get_id (self));
  yyjson_mut_obj_add_strcpy (doc, root, "act", forlop_changeset_get_act (self));
  yyjson_mut_obj_add_strcpy (doc, root, "created_at", created_at);
  forlop_json_add_text (doc, by, "user_id", forlop_changeset_get_actor (self)->user_id);
  forlop_json_add_text (doc, by, "role", forlop_changeset_get_actor (self)->role);
  forlop_json_add_text (doc, by, "unit_id", forlop_changeset_get_actor (self)->unit_id);
  yyjson_mut_obj_add_val (doc, root, "by", by);

  for (unsigned int i = 0; i < forlop_changeset_get_operations (self)->len; i++)
    yyjson_mut_arr_append (ops, operation_to_json (g_ptr_array_index (forlop_changeset_get_operations (self), i), doc));
  yyjson_mut_obj_add_val (doc, root, "ops", ops);

  return forlop_json_write (doc, FALSE);
}

/**
 * forlop_changeset_before_to_json:
 *
 * What the changed fields were before: `[{type, id, set:{field:value}}]`, with "made": true for a
 * record this changeset made and every field of one it deleted. Kept on this machine only; it is
 * what taking the act back needs.
 */
char *
forlop_changeset_before_to_json (ForlopChangeset *self)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *ops;

  g_return_val_if_fail (self != NULL, NULL);

  ops = yyjson_mut_arr (doc);
  yyjson_mut_doc_set_root (doc, ops);

  for (unsigned int i = 0; i < forlop_changeset_get_operations (self)->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (forlop_changeset_get_operations (self), i);
      yyjson_mut_val *object = yyjson_mut_obj (doc);
      yyjson_mut_val *set = yyjson_mut_obj (doc);

      yyjson_mut_obj_add_str (doc, object, "type", operation->type->name);
      yyjson_mut_obj_add_strcpy (doc, object, "id", operation->id);
      if (operation->before == NULL)
        yyjson_mut_obj_add_bool (doc, object, "made", true);
      else
        for (const ForlopField *field = operation->type->fields; field->name != NULL; field++)
          if (operation->after == NULL || forlop_operation_changes (operation, field->name))
            yyjson_mut_obj_add_val (doc, set, field->name,
                                    forlop_record_get_json (operation->before, field->name, doc));
      yyjson_mut_obj_add_val (doc, object, "set", set);
      yyjson_mut_arr_append (ops, object);
    }

  return forlop_json_write (doc, FALSE);
}
