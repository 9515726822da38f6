/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-record.h"

#include "forlop-json.h"

/**
 * forlop_record_dup_field_vtags:
 *
 * The tags of the fields as JSON text, `{"": maker, field: tag}`, only where one differs from the
 * maker's. Two records with the same tags give the same text.
 *
 * Returns: (transfer full) (nullable): %NULL when nothing has changed since the record was made.
 */
char *
forlop_record_dup_field_vtags (ForlopRecord *self)
{
  g_autoptr (yyjson_mut_doc) doc = NULL;
  const char *vtag, *maker;
  yyjson_mut_val *root;

  g_return_val_if_fail (FORLOP_IS_RECORD (self), NULL);

  vtag = forlop_record_get_vtag (self);
  maker = forlop_record_get_field_vtag (self, "");
  if (g_strcmp0 (vtag, maker) == 0)
    return NULL;

  doc = yyjson_mut_doc_new (NULL);
  root = yyjson_mut_obj (doc);
  yyjson_mut_doc_set_root (doc, root);
  forlop_json_add_text (doc, root, "", maker);
  for (const ForlopField *field = forlop_record_get_rtype (self)->fields; field->name != NULL; field++)
    {
      const char *tag = forlop_record_get_field_vtag (self, field->name);

      if (g_strcmp0 (tag, maker) != 0)
        forlop_json_add_text (doc, root, field->name, tag);
    }

  return forlop_json_write (doc, FALSE);
}

/**
 * forlop_record_fill_field_vtags:
 * @json: (nullable): what forlop_record_dup_field_vtags() made.
 */
void
forlop_record_fill_field_vtags (ForlopRecord *self,
                                const char   *json)
{
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *key, *value;
  size_t i, n;

  g_return_if_fail (FORLOP_IS_RECORD (self));

  if (json == NULL)
    return;

  doc = forlop_json_parse (json, -1, NULL);
  yyjson_obj_foreach (yyjson_doc_get_root (doc), i, n, key, value)
    if (yyjson_is_str (value))
      forlop_record_set_field_vtag (self, yyjson_get_str (key), yyjson_get_str (value));
}

/**
 * forlop_record_copy_field:
 * @from: a record of the same type.
 *
 * Gives @field the value it has in @from; tags are not touched.
 */
void
forlop_record_copy_field (ForlopRecord *self,
                          ForlopRecord *from,
                          const char   *field)
{
  ForlopFieldKind kind;

  g_return_if_fail (FORLOP_IS_RECORD (self) && FORLOP_IS_RECORD (from));
  g_return_if_fail (forlop_record_get_rtype (self) == forlop_record_get_rtype (from));

  kind = forlop_record_type_field (forlop_record_get_rtype (self), field)->kind;
  if (!forlop_record_has (from, field))
    forlop_record_clear (self, field);
  else if (kind <= FORLOP_KIND_BLOB)
    forlop_record_set_text (self, field, forlop_record_get_text (from, field));
  else if (kind == FORLOP_KIND_REAL)
    forlop_record_set_real (self, field, forlop_record_get_real (from, field));
  else
    forlop_record_set_integer (self, field, forlop_record_get_integer (from, field));
}

void
forlop_record_copy_fields (ForlopRecord *self,
                           ForlopRecord *from)
{
  g_return_if_fail (FORLOP_IS_RECORD (self) && FORLOP_IS_RECORD (from));

  for (const ForlopField *field = forlop_record_get_rtype (self)->fields; field->name != NULL; field++)
    forlop_record_copy_field (self, from, field->name);
}
