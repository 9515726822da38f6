/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-act-event-private.h"

#include "forlop-field-value.h"
#include "forlop-json.h"

#include <string.h>

/* Longer text is read from the record itself. */
#define MAX_TEXT 400

/* The arguments as the time line shows them. */
static char *
dup_arguments (ForlopActContext *self)
{
  const ForlopField *fields = forlop_record_get_rtype (self->arguments)->fields;
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, root);
  for (const ForlopField *field = fields; field->name != NULL; field++)
    {
      if (!forlop_record_has (self->arguments, field->name) ||
          field->kind == FORLOP_KIND_ID_NUMBER || field->kind == FORLOP_KIND_BLOB ||
          g_str_equal (field->name, "citizen_id") || g_str_equal (field->name, "case_id"))
        continue;
      if (field->kind <= FORLOP_KIND_BLOB &&
          strlen (forlop_record_get_text (self->arguments, field->name)) > MAX_TEXT)
        continue;
      yyjson_mut_obj_add_val (doc, root, field->name,
                              forlop_record_get_json (self->arguments, field->name, doc));
    }

  return yyjson_mut_obj_size (root) > 0 ? forlop_json_write (doc, FALSE) : NULL;
}

/**
 * forlop_act_add_event:
 *
 * The act's line on the time line, in the same changeset.
 */
gboolean
forlop_act_add_event (ForlopActContext  *self,
                      GError           **error)
{
  const ForlopOperation *first =
    g_ptr_array_index (forlop_changeset_get_operations (self->changeset), 0);
  const char *subject_type = first->type->name;
  g_autofree char *subject_id = g_strdup (first->id);
  g_autofree char *arguments = self->act->is_discreet ? NULL : dup_arguments (self);
  ForlopRecord *event = forlop_act_make (self, "event");

  forlop_record_set_instant (event, "at", self->now);
  forlop_record_set_text (event, "act", self->act->name);
  forlop_record_set_text (event, "subject_type", subject_type);
  forlop_record_set_text (event, "subject_id", subject_id);
  forlop_record_set_text (event, "arguments", arguments);
  forlop_record_set_text (event, "user_id", self->actor->user_id);
  forlop_record_set_text (event, "role", self->actor->role);
  forlop_record_set_text (event, "unit_id", self->actor->unit_id);
  if (g_str_equal (self->act->name, "undo"))
    forlop_record_set_text (event, "undoes", forlop_act_text (self, "op_id"));

  return forlop_changeset_finish (self->changeset, error);
}
