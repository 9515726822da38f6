/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-contents.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-error.h"
#include "forlop-id.h"
#include "forlop-json.h"

#define HASH_LENGTH 64

ForlopSyncContents *
forlop_sync_contents_new (const ForlopRecordType *type,
                          const char             *id,
                          const ForlopField      *field,
                          const char             *hash)
{
  ForlopSyncContents *self;

  g_return_val_if_fail (type != NULL && id != NULL, NULL);
  g_return_val_if_fail (field != NULL && field->kind == FORLOP_KIND_BLOB && hash != NULL, NULL);

  self = g_new0 (ForlopSyncContents, 1);
  self->type = type;
  self->id = g_strdup (id);
  self->field = field->name;
  self->hash = g_strdup (hash);
  self->length = -1;

  return self;
}

ForlopSyncContents *
forlop_sync_contents_copy (const ForlopSyncContents *self)
{
  ForlopSyncContents *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (ForlopSyncContents, 1);
  *copy = *self;
  copy->id = g_strdup (self->id);
  copy->hash = g_strdup (self->hash);

  return copy;
}

void
forlop_sync_contents_free (ForlopSyncContents *self)
{
  if (self == NULL)
    return;

  g_free (self->hash);
  g_free (self->id);
  g_free (self);
}

static gboolean
is_hash (const char *text)
{
  return text != NULL && strlen (text) == HASH_LENGTH && strspn (text, "0123456789abcdef") == HASH_LENGTH;
}

ForlopSyncContents *
forlop_sync_contents_from_json (yyjson_val  *object,
                                GError     **error)
{
  const char *type_name = NULL, *id = NULL, *field_name = NULL, *hash = NULL;
  const ForlopRecordType *type = NULL;
  const ForlopField *field = NULL;

  if (!forlop_json_get_text (object, "type", &type_name, error) ||
      !forlop_json_get_text (object, "id", &id, error) ||
      !forlop_json_get_text (object, "field", &field_name, error) ||
      !forlop_json_get_text (object, "hash", &hash, error))
    return NULL;
  if (type_name != NULL)
    type = forlop_record_type_find (type_name);
  if (type != NULL && field_name != NULL)
    field = forlop_record_type_field (type, field_name);
  if (field != NULL && field->kind == FORLOP_KIND_BLOB && forlop_id_is_valid (id) && is_hash (hash))
    return forlop_sync_contents_new (type, id, field, hash);

  g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                       _("The attachment is not named as it should be. Nothing was stored."));

  return NULL;
}

void
forlop_sync_contents_add_json (const ForlopSyncContents *self,
                               yyjson_mut_doc           *doc,
                               yyjson_mut_val           *object)
{
  g_return_if_fail (self != NULL && doc != NULL && object != NULL);

  yyjson_mut_obj_add_str (doc, object, "type", self->type->name);
  yyjson_mut_obj_add_strcpy (doc, object, "id", self->id);
  yyjson_mut_obj_add_str (doc, object, "field", self->field);
  yyjson_mut_obj_add_strcpy (doc, object, "hash", self->hash);
}

gboolean
forlop_sync_contents_equal (const ForlopSyncContents *self,
                            const ForlopSyncContents *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  return self->type == other->type && g_str_equal (self->id, other->id) &&
         g_str_equal (self->field, other->field) && g_str_equal (self->hash, other->hash);
}

void
forlop_sync_contents_collect (ForlopRecord *record,
                              GPtrArray    *list)
{
  const ForlopRecordType *type;

  g_return_if_fail (FORLOP_IS_RECORD (record));
  g_return_if_fail (list != NULL);

  type = forlop_record_get_rtype (record);
  for (const ForlopField *field = type->fields; field->name != NULL; field++)
    if (field->kind == FORLOP_KIND_BLOB && is_hash (forlop_record_get_text (record, field->name)))
      g_ptr_array_add (list, forlop_sync_contents_new (type, forlop_record_get_id (record), field,
                                                       forlop_record_get_text (record, field->name)));
}

gboolean
forlop_record_type_has_contents (const ForlopRecordType *type)
{
  g_return_val_if_fail (type != NULL, FALSE);

  for (const ForlopField *field = type->fields; field->name != NULL; field++)
    if (field->kind == FORLOP_KIND_BLOB)
      return TRUE;

  return FALSE;
}
