/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-row.h"

#include <glib/gi18n-lib.h>

#include "forlop-changeset.h"
#include "forlop-digest.h"
#include "forlop-error.h"
#include "forlop-field-value.h"
#include "forlop-id.h"
#include "forlop-json.h"

ForlopSyncRow *
forlop_sync_row_new (const ForlopRecordType *type,
                     const char             *id,
                     const char             *scope)
{
  ForlopSyncRow *self;

  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (id != NULL && scope != NULL, NULL);

  self = g_new0 (ForlopSyncRow, 1);
  self->type = type;
  self->id = g_strdup (id);
  self->scope = g_strdup (scope);

  return self;
}

void
forlop_sync_row_free (ForlopSyncRow *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->scope);
  g_free (self->vtag);
  g_free (self->field_vtags);
  g_free (self->body);
  g_clear_object (&self->record);
  g_free (self);
}

static char *
dup_body (ForlopRecord *record)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  const ForlopRecordType *type = forlop_record_get_rtype (record);
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, root);
  for (const ForlopField *field = type->fields; field->name != NULL; field++)
    if (forlop_record_has (record, field->name))
      yyjson_mut_obj_add_val (doc, root, field->name, forlop_record_get_json (record, field->name, doc));

  return forlop_json_write (doc, FALSE);
}

ForlopSyncRow *
forlop_sync_row_to_store (ForlopRecord *record,
                          gint64        seq)
{
  g_autofree char *scope = NULL;
  ForlopSyncRow *self;

  g_return_val_if_fail (FORLOP_IS_RECORD (record), NULL);

  scope = forlop_record_dup_scope (record);
  self = forlop_sync_row_new (forlop_record_get_rtype (record), forlop_record_get_id (record), scope);
  self->seq = seq;
  self->vtag = g_strdup (forlop_record_get_vtag (record));
  self->field_vtags = forlop_record_dup_field_vtags (record);
  self->record = g_object_ref (record);

  return self;
}

/**
 * forlop_sync_row_from_record:
 * @record: with its tags.
 * @seq: its position in the log, or 0.
 */
ForlopSyncRow *
forlop_sync_row_from_record (ForlopRecord *record,
                             gint64        seq)
{
  ForlopSyncRow *self;

  g_return_val_if_fail (FORLOP_IS_RECORD (record), NULL);

  self = forlop_sync_row_to_store (record, seq);
  self->body = dup_body (record);

  return self;
}

char *
forlop_sync_row_dup_body (const ForlopSyncRow *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->body == NULL && self->record != NULL ? dup_body (self->record) : g_strdup (self->body);
}

ForlopSyncRow *
forlop_sync_row_deleted (ForlopRecord *record,
                         const char   *vtag,
                         gint64        seq)
{
  g_autofree char *scope = NULL;
  ForlopSyncRow *self;

  g_return_val_if_fail (FORLOP_IS_RECORD (record), NULL);

  scope = forlop_record_dup_scope (record);
  self = forlop_sync_row_new (forlop_record_get_rtype (record), forlop_record_get_id (record), scope);
  self->seq = seq;
  self->vtag = g_strdup (vtag);
  self->deleted = TRUE;

  return self;
}

/**
 * forlop_sync_row_to_record:
 *
 * Returns: (transfer full) (nullable): the record with its tags; %NULL without an error for a
 *   tombstone, and with one for a body that the type's declaration does not allow.
 */
ForlopRecord *
forlop_sync_row_to_record (const ForlopSyncRow  *self,
                           GError              **error)
{
  g_autoptr (ForlopRecord) record = NULL;
  g_autoptr (yyjson_doc) doc = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->deleted)
    return NULL;
  if (self->body == NULL && self->record != NULL)
    return g_object_ref (self->record);

  doc = forlop_json_parse (self->body, -1, error);
  if (doc == NULL)
    return NULL;
  record = forlop_record_new (self->type, self->id);
  if (!forlop_record_fill_json (record, yyjson_doc_get_root (doc), error))
    return NULL;
  forlop_record_set_vtag (record, self->vtag);
  forlop_record_fill_field_vtags (record, self->field_vtags);

  return g_steal_pointer (&record);
}

static void
add_raw (yyjson_mut_doc *doc,
         yyjson_mut_val *object,
         const char     *key,
         const char     *json)
{
  if (json != NULL)
    yyjson_mut_obj_add_val (doc, object, key, yyjson_mut_rawcpy (doc, json));
}

/**
 * forlop_sync_row_to_json:
 *
 * `{type, id, scope, seq, vtag, field_vtags?, body}` or `{type, id, scope, seq, vtag, deleted:true}`.
 */
yyjson_mut_val *
forlop_sync_row_to_json (const ForlopSyncRow *self,
                         yyjson_mut_doc      *doc)
{
  yyjson_mut_val *object;

  g_return_val_if_fail (self != NULL && doc != NULL, NULL);

  object = yyjson_mut_obj (doc);
  yyjson_mut_obj_add_str (doc, object, "type", self->type->name);
  yyjson_mut_obj_add_strcpy (doc, object, "id", self->id);
  yyjson_mut_obj_add_strcpy (doc, object, "scope", self->scope);
  yyjson_mut_obj_add_sint (doc, object, "seq", self->seq);
  yyjson_mut_obj_add_strcpy (doc, object, "vtag", self->vtag);
  if (self->deleted)
    yyjson_mut_obj_add_bool (doc, object, "deleted", true);
  add_raw (doc, object, "field_vtags", self->field_vtags);
  add_raw (doc, object, "body", self->body);

  return object;
}

static char *
dup_raw (yyjson_val *object,
         const char *key)
{
  yyjson_val *value = yyjson_obj_get (object, key);
  char *json, *copy;

  if (!yyjson_is_obj (value))
    return NULL;
  json = yyjson_val_write (value, 0, NULL);
  copy = g_strdup (json);
  free (json);

  return copy;
}

ForlopSyncRow *
forlop_sync_row_from_json (yyjson_val  *value,
                           GError     **error)
{
  const char *type_name = NULL, *id = NULL, *scope = NULL, *vtag = NULL;
  const ForlopRecordType *type;
  g_autoptr (ForlopSyncRow) self = NULL;
  gint64 seq = 0;
  gboolean deleted = FALSE;

  if (!forlop_json_get_text (value, "type", &type_name, error) ||
      !forlop_json_get_text (value, "id", &id, error) ||
      !forlop_json_get_text (value, "scope", &scope, error) ||
      !forlop_json_get_text (value, "vtag", &vtag, error) ||
      !forlop_json_get_integer (value, "seq", &seq, error) ||
      !forlop_json_get_boolean (value, "deleted", &deleted, error))
    return NULL;

  type = type_name != NULL ? forlop_record_type_find (type_name) : NULL;
  if (type == NULL || scope == NULL || id == NULL || !forlop_id_is_valid (id) || vtag == NULL ||
      !forlop_id_is_valid (vtag) || (!deleted && !yyjson_is_obj (yyjson_obj_get (value, "body"))))
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                   _("The server sent a record that this version does not understand. Nothing was "
                     "changed. Update Forløp."));
      return NULL;
    }

  self = forlop_sync_row_new (type, id, scope);
  self->seq = seq;
  self->vtag = g_strdup (vtag);
  self->deleted = deleted;
  self->field_vtags = dup_raw (value, "field_vtags");
  self->body = deleted ? NULL : dup_raw (value, "body");

  return g_steal_pointer (&self);
}

gsize
forlop_sync_row_size (const ForlopSyncRow *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return 160 + strlen (self->scope) + (self->body != NULL ? strlen (self->body) : 0) +
         (self->field_vtags != NULL ? strlen (self->field_vtags) : 0);
}

/**
 * forlop_sync_row_hash:
 *
 * The row's part in the sum of its scope.
 */
guint64
forlop_sync_row_hash (const char *type,
                      const char *id,
                      const char *vtag,
                      gboolean    deleted)
{
  /* A type's name and two ids are far shorter. */
  char text[256];
  int length = g_snprintf (text, sizeof text, "%s%c%s%s", type, deleted ? '-' : '+', id, vtag);
  guint8 digest[FORLOP_DIGEST_BYTES];
  guint64 hash = 0;

  g_return_val_if_fail (length > 0 && length < (int) sizeof text, 0);

  forlop_digest (text, (gsize) length, digest);
  for (unsigned int i = 0; i < 8; i++)
    hash = (hash << 8) | digest[i];

  return hash;
}
