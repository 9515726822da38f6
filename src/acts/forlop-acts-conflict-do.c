/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-act-citizen-private.h"
#include "forlop-changeset-store.h"
#include "forlop-error.h"
#include "forlop-field-value.h"
#include "forlop-json.h"

/* A change that met another one is done again on what is there now, whole, or given up. */

static gboolean
is_contested (ForlopRecord *conflict,
              const char   *type,
              const char   *id)
{
  return forlop_record_text_is (conflict, "record_type", type) &&
         forlop_record_text_is (conflict, "record_id", id);
}

static gboolean
set_chosen (ForlopActContext  *self,
            ForlopRecord      *record,
            GError           **error)
{
  const char *values = forlop_act_text (self, "values");
  g_autoptr (yyjson_doc) doc = NULL;

  if (values == NULL)
    return TRUE;
  doc = forlop_json_parse (values, -1, error);

  return doc != NULL && forlop_record_fill_json (record, yyjson_doc_get_root (doc), error);
}

/* A decision that is made after all comes after the one that was made at the same time. */
static gboolean
follow_theirs (ForlopActContext  *self,
               ForlopRecord      *conflict,
               ForlopRecord      *decision,
               GError           **error)
{
  g_autoptr (GPtrArray) decisions = NULL;

  if (!forlop_record_text_is (conflict, "record_type", "decision"))
    return TRUE;
  decisions = forlop_record_store_list (self->connection, "decision", "case_id",
                                        forlop_record_get_text (decision, "case_id"), error);
  if (decisions == NULL)
    return FALSE;
  if (decisions->len > 0)
    forlop_record_set_text (decision, "replaces_id",
                            forlop_record_get_id (g_ptr_array_index (decisions, decisions->len - 1)));

  return TRUE;
}

/* One record of the change that was refused, on its present value. */
static gboolean
redo_operation (ForlopActContext  *self,
                ForlopRecord      *conflict,
                yyjson_val        *operation,
                GError           **error)
{
  const char *type_name = yyjson_get_str (yyjson_obj_get (operation, "type"));
  const char *id = yyjson_get_str (yyjson_obj_get (operation, "id"));
  const ForlopRecordType *type = type_name != NULL ? forlop_record_type_find (type_name) : NULL;
  yyjson_val *set = yyjson_obj_get (operation, "set");
  g_autoptr (ForlopRecord) present = NULL;
  g_autoptr (GError) problem = NULL;
  ForlopRecord *record;

  /* A choice that met another change is itself one that is done again. */
  if (type == NULL || id == NULL || g_str_equal (type_name, "conflict"))
    return TRUE;
  present = forlop_record_store_peek (self->connection, type, id, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (present == NULL && (set == NULL || yyjson_obj_get (operation, "base") != NULL))
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                              _("What you changed has been deleted meanwhile. Nothing was changed. Keep "
                                "theirs, or do the act again."));
  if (set == NULL)
    {
      forlop_changeset_delete (self->changeset, present);
      return TRUE;
    }

  record = present != NULL ? forlop_act_change (self, present)
                           : forlop_changeset_make (self->changeset, type->name, id);

  if (!forlop_record_fill_json (record, set, error))
    return FALSE;
  if (g_str_equal (type_name, "decision") && present == NULL)
    return follow_theirs (self, conflict, record, error) && set_chosen (self, record, error);

  return !is_contested (conflict, type->name, id) || set_chosen (self, record, error);
}

/* On a machine that did not write the change, only what the conflict keeps of it is known. */
static gboolean
redo_kept (ForlopActContext  *self,
           ForlopRecord      *conflict,
           GError           **error)
{
  const char *type = forlop_record_get_text (conflict, "record_type");
  const char *mine = forlop_record_get_text (conflict, "mine");
  g_autoptr (ForlopRecord) present = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  ForlopRecord *record;

  if (type == NULL || mine == NULL)
    return forlop_act_refuse (error, FORLOP_ERROR_NOT_FOUND,
                              _("The change is kept on the machine where it was written. Resolve the "
                                "conflict there, or keep theirs and do the act again."));
  present = forlop_record_store_load (self->connection, type,
                                      forlop_record_get_text (conflict, "record_id"), error);
  if (present == NULL)
    return FALSE;
  doc = forlop_json_parse (mine, -1, error);
  if (doc == NULL)
    return FALSE;
  record = forlop_act_change (self, present);

  return forlop_record_fill_json (record, yyjson_doc_get_root (doc), error) &&
         set_chosen (self, record, error);
}

static gboolean
redo (ForlopActContext  *self,
      ForlopRecord      *conflict,
      GError           **error)
{
  g_autofree char *body = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *operation;
  size_t i, n;

  if (!forlop_changeset_store_load_body (self->connection, forlop_record_get_text (conflict, "op_id"),
                                         &body, error))
    return FALSE;
  if (body == NULL)
    return redo_kept (self, conflict, error);

  doc = forlop_json_parse (body, -1, error);
  if (doc == NULL)
    return FALSE;
  yyjson_arr_foreach (yyjson_obj_get (yyjson_doc_get_root (doc), "ops"), i, n, operation)
    if (!redo_operation (self, conflict, operation, error))
      return FALSE;

  return TRUE;
}

/* An address that was taken from the delivery side while it was contested is there again when the choice is that
 * it is not protected. */
static gboolean
show_address_again (ForlopActContext  *self,
                    ForlopRecord      *conflict,
                    GError           **error)
{
  const char *id = forlop_record_get_text (conflict, "record_id");
  ForlopRecord *changed;
  g_autoptr (ForlopRecord) present = NULL;
  g_autoptr (GError) problem = NULL;

  if (!forlop_record_text_is (conflict, "record_type", "citizen"))
    return TRUE;
  present = forlop_record_store_peek (self->connection, forlop_record_type_find ("citizen"), id, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  changed = forlop_changeset_find (self->changeset, "citizen", id);

  return present == NULL ||
         forlop_act_change_deliveries (self, changed != NULL ? changed : present, id, error);
}

static gboolean
resolve_conflict (ForlopActContext  *self,
                  GError           **error)
{
  ForlopRecord *conflict = forlop_act_load (self, "conflict", "conflict_id", error);
  ForlopRecord *closed;

  if (conflict == NULL)
    return FALSE;
  if (!forlop_record_text_is (conflict, "status", "open"))
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY, _("The conflict is already resolved."));
  if (self->actor->user_id != NULL &&
      !forlop_record_text_is (conflict, "user_id", self->actor->user_id))
    return forlop_act_refuse (error, FORLOP_ERROR_NOT_ALLOWED,
                              _("The change is somebody else's, who is to resolve the conflict. Nothing "
                                "was changed."));

  if (g_strcmp0 (forlop_act_text (self, "resolution"), "theirs") != 0 && !redo (self, conflict, error))
    return FALSE;

  closed = forlop_act_change (self, conflict);
  forlop_record_set_text (closed, "status", "resolved");
  forlop_record_set_text (closed, "resolution", forlop_act_text (self, "resolution"));
  forlop_record_set_instant (closed, "resolved_at", self->now);
  self->resolves = g_strdup (forlop_record_get_id (conflict));

  return show_address_again (self, conflict, error);
}

const ForlopActFunction forlop_act_functions_conflict[] = {
  { "resolve-conflict", resolve_conflict },
  { NULL, NULL },
};
