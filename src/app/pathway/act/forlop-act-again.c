/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-act-again.h"

#include "forlop-changeset-store.h"
#include "forlop-field-value.h"
#include "forlop-json.h"
#include "forlop-outbox-store.h"

gboolean
forlop_act_again_load (ForlopConnection  *connection,
                       const char        *op_id,
                       yyjson_doc       **doc,
                       GError           **error)
{
  g_autofree char *body = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (op_id != NULL && doc != NULL, FALSE);

  *doc = NULL;
  if (!forlop_changeset_store_load_body (connection, op_id, &body, error))
    return FALSE;
  if (body == NULL)
    return TRUE;
  *doc = forlop_json_parse (body, -1, error);

  return *doc != NULL;
}

static yyjson_val *
get_operations (yyjson_doc *doc)
{
  return yyjson_obj_get (yyjson_doc_get_root (doc), "ops");
}

/* The record of the type that was there before the act. */
static const char *
find_changed (yyjson_doc *doc,
              const char *type)
{
  yyjson_val *operation;
  size_t i, n;

  yyjson_arr_foreach (get_operations (doc), i, n, operation)
    if (g_strcmp0 (yyjson_get_str (yyjson_obj_get (operation, "type")), type) == 0 &&
        yyjson_obj_get (operation, "base") != NULL)
      return yyjson_get_str (yyjson_obj_get (operation, "id"));

  return NULL;
}

void
forlop_act_again_find_subject (ForlopActRequest *request,
                               yyjson_doc       *doc)
{
  const char *id;

  g_return_if_fail (request != NULL && doc != NULL);

  id = request->act->saves != NULL ? find_changed (doc, request->act->saves) : NULL;
  if (id == NULL)
    return;
  g_set_str (&request->subject_type, request->act->saves);
  g_set_str (&request->subject_id, id);
}

/* An argument of an act has the name of the field it is written to. */
static yyjson_val *
find_value (yyjson_doc        *doc,
            const ForlopField *field)
{
  yyjson_val *operation;
  size_t i, n;

  yyjson_arr_foreach (get_operations (doc), i, n, operation)
    {
      const ForlopRecordType *type =
        forlop_record_type_find (yyjson_get_str (yyjson_obj_get (operation, "type")));
      const ForlopField *written = type != NULL ? forlop_record_type_field (type, field->name) : NULL;
      yyjson_val *value = yyjson_obj_get (yyjson_obj_get (operation, "set"), field->name);

      /* The time line says what was done; it is no answer to a question. */
      if (value == NULL || written == NULL || written->kind != field->kind ||
          written->choices != field->choices || g_str_equal (type->name, "event"))
        continue;

      return value;
    }

  return NULL;
}

gboolean
forlop_act_again_fill (ForlopRecord       *arguments,
                       yyjson_doc         *doc,
                       const char *const  *hidden,
                       GError            **error)
{
  g_return_val_if_fail (FORLOP_IS_RECORD (arguments), FALSE);
  g_return_val_if_fail (doc != NULL && hidden != NULL, FALSE);

  for (const ForlopField *field = forlop_record_get_rtype (arguments)->fields; field->name != NULL; field++)
    {
      yyjson_val *value;
      const char *changed;

      if (g_strv_contains (hidden, field->name))
        continue;
      value = find_value (doc, field);
      if (value != NULL && !forlop_record_set_json (arguments, field->name, value, error))
        return FALSE;
      if (value != NULL || field->kind != FORLOP_KIND_REF)
        continue;
      changed = find_changed (doc, field->target);
      if (changed != NULL)
        forlop_record_set_text (arguments, field->name, changed);
    }

  return TRUE;
}

static gpointer
settle_on_worker (ForlopConnection  *connection,
                  gpointer           user_data,
                  GCancellable      *cancellable G_GNUC_UNUSED,
                  GError           **error)
{
  return GINT_TO_POINTER (forlop_outbox_store_settle_refused (connection, user_data, error));
}

/* If it cannot be written the change goes on standing on the page about sync, where it can be put aside. */
void
forlop_act_again_settle (ForlopSession *session,
                         const char    *op_id)
{
  ForlopStore *store;

  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (op_id != NULL);

  store = forlop_session_get_store (session);
  if (store != NULL)
    dex_future_disown (forlop_store_write (store, settle_on_worker, g_strdup (op_id), g_free, NULL));
}
