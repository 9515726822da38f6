/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-changeset.h"

#include <glib/gi18n-lib.h>

#include "forlop-digest.h"
#include "forlop-error.h"
#include "forlop-id.h"
#include "forlop-json.h"
#include "forlop-sync-limits.h"

void
forlop_sync_changeset_free (ForlopSyncChangeset *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->depends_on, g_ptr_array_unref);
  g_clear_pointer (&self->operations, g_array_unref);
  g_free (self->hash);
  g_free (self->body);
  g_free (self);
}

static gboolean
refuse (GError    **error,
        const char *what)
{
  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
               /* Translators: a key of the protocol. */
               _("The changeset cannot be read: “%s” is missing or wrong. Nothing of it was stored."),
               what);
  return FALSE;
}

static gboolean
read_id (yyjson_val  *object,
         const char  *key,
         gboolean     is_required,
         const char **id,
         GError     **error)
{
  if (!forlop_json_get_text (object, key, id, error))
    return FALSE;
  if (*id == NULL ? is_required : !forlop_id_is_valid (*id))
    return refuse (error, key);

  return TRUE;
}

static gboolean
read_operation (yyjson_val          *value,
                ForlopSyncOperation *operation,
                GError             **error)
{
  const char *type = NULL;
  gboolean is_delete = FALSE;

  *operation = (ForlopSyncOperation) { 0 };
  if (!forlop_json_get_text (value, "type", &type, error) ||
      !read_id (value, "id", TRUE, &operation->id, error) ||
      !forlop_json_get_text (value, "scope", &operation->scope, error) ||
      !forlop_json_get_boolean (value, "delete", &is_delete, error))
    return FALSE;

  operation->type = type != NULL ? forlop_record_type_find (type) : NULL;
  operation->is_delete = is_delete;
  operation->set = yyjson_obj_get (value, "set");
  operation->base = yyjson_obj_get (value, "base");
  if (operation->type == NULL)
    return refuse (error, "type");
  if (operation->scope == NULL)
    return refuse (error, "scope");
  if (is_delete ? operation->set != NULL : !yyjson_is_obj (operation->set))
    return refuse (error, "set");
  if (operation->base != NULL ? !yyjson_is_obj (operation->base) : is_delete)
    return refuse (error, "base");

  return TRUE;
}

static unsigned int
operation_hash (gconstpointer data)
{
  return g_str_hash (((const ForlopSyncOperation *) data)->id);
}

static gboolean
operation_equal (gconstpointer a,
                 gconstpointer b)
{
  const ForlopSyncOperation *left = a, *right = b;

  return left->type == right->type && g_str_equal (left->id, right->id);
}

static gboolean
read_operations (ForlopSyncChangeset *self,
                 yyjson_val          *ops,
                 unsigned int         max_operations,
                 GError             **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (operation_hash, operation_equal);
  yyjson_val *value;
  size_t i, n;

  if (!yyjson_is_arr (ops) || yyjson_arr_size (ops) > max_operations)
    return refuse (error, "ops");

  /* Not moved while it grows: @seen points into it. */
  self->operations = g_array_sized_new (FALSE, FALSE, sizeof (ForlopSyncOperation),
                                        (unsigned int) yyjson_arr_size (ops));
  yyjson_arr_foreach (ops, i, n, value)
    {
      ForlopSyncOperation operation;

      if (!yyjson_is_obj (value))
        return refuse (error, "ops");
      if (!read_operation (value, &operation, error))
        return FALSE;
      g_array_append_val (self->operations, operation);
      if (!g_hash_table_add (seen, &g_array_index (self->operations, ForlopSyncOperation, i)))
        return refuse (error, "ops");
    }

  return TRUE;
}

static gboolean
read_depends_on (ForlopSyncChangeset *self,
                 yyjson_val          *depends_on,
                 GError             **error)
{
  yyjson_val *value;
  size_t i, n;

  if (depends_on != NULL && !yyjson_is_arr (depends_on))
    return refuse (error, "depends_on");

  yyjson_arr_foreach (depends_on, i, n, value)
    {
      if (!yyjson_is_str (value) || !forlop_id_is_valid (yyjson_get_str (value)))
        return refuse (error, "depends_on");
      g_ptr_array_add (self->depends_on, (gpointer) yyjson_get_str (value));
    }

  return TRUE;
}

static gboolean
read_head (ForlopSyncChangeset *self,
           yyjson_val          *value,
           GError             **error)
{
  yyjson_val *by = yyjson_obj_get (value, "by");
  const char *created_at = NULL;

  if (!forlop_json_get_integer (value, "op_no", &self->op_no, error) ||
      !read_id (value, "op_id", TRUE, &self->op_id, error) ||
      !read_id (value, "resolves", FALSE, &self->resolves, error) ||
      !forlop_json_get_text (value, "act", &self->act, error) ||
      !forlop_json_get_text (value, "created_at", &created_at, error))
    return FALSE;
  if (self->op_no < 1)
    return refuse (error, "op_no");
  if (self->act == NULL)
    return refuse (error, "act");
  if (created_at == NULL || !forlop_instant_from_iso (created_at, &self->created_at))
    return refuse (error, "created_at");
  if (!yyjson_is_obj (by))
    return refuse (error, "by");

  return read_id (by, "user_id", FALSE, &self->user_id, error) &&
         forlop_json_get_text (by, "role", &self->role, error) &&
         read_id (by, "unit_id", FALSE, &self->unit_id, error);
}

/**
 * forlop_sync_changeset_read:
 * @value: `{op_no, op_id, act, created_at, by, depends_on?, resolves?, ops}`; it must outlive the result.
 * @max_operations: %FORLOP_SYNC_OPERATIONS for what comes from outside.
 */
ForlopSyncChangeset *
forlop_sync_changeset_read (yyjson_val    *value,
                            unsigned int   max_operations,
                            GError       **error)
{
  g_autoptr (ForlopSyncChangeset) self = NULL;
  char *text;

  if (!yyjson_is_obj (value))
    {
      refuse (error, "changesets");
      return NULL;
    }

  self = g_new0 (ForlopSyncChangeset, 1);
  self->depends_on = g_ptr_array_new_null_terminated (0, NULL, TRUE);

  if (!read_head (self, value, error) ||
      !read_depends_on (self, yyjson_obj_get (value, "depends_on"), error) ||
      !read_operations (self, yyjson_obj_get (value, "ops"), max_operations, error))
    return NULL;

  text = yyjson_val_write (value, 0, NULL);
  if (text == NULL)
    {
      refuse (error, "ops");
      return NULL;
    }
  self->body = g_strdup (text);
  self->hash = forlop_digest_dup (text);
  free (text);

  return g_steal_pointer (&self);
}
