/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-act-alerts-private.h"
#include "forlop-act-item-private.h"
#include "forlop-changeset-store.h"
#include "forlop-error.h"
#include "forlop-field-value.h"
#include "forlop-json.h"

static gboolean
refuse_built_upon (GError **error)
{
  return forlop_act_refuse (error, FORLOP_ERROR_CONFLICT,
                            _("It cannot be taken back, because something has been changed since. "
                              "Nothing was changed. Correct it with a new act instead."));
}

/* A record this act deleted comes back as it was. */
static gboolean
restore_deleted (ForlopActContext  *self,
                 const char        *type,
                 const char        *id,
                 yyjson_val        *set,
                 GError           **error)
{
  ForlopRecord *record = forlop_changeset_make (self->changeset, type, id);

  return forlop_record_fill_json (record, set, error);
}

/* An item goes back to its state and place, where its life allows that, with a line for it. */
static gboolean
revert_item (ForlopActContext  *self,
             ForlopRecord      *present,
             yyjson_val        *set,
             GError           **error)
{
  ForlopRecord *restored = forlop_act_change (self, present);
  ForlopItemState from, to;

  if (!forlop_record_fill_json (restored, set, error))
    return FALSE;
  if (forlop_item_state_from_code (forlop_record_get_text (present, "state"), &from) &&
      forlop_item_state_from_code (forlop_record_get_text (restored, "state"), &to) &&
      !forlop_item_life_may_take_back (from, to, error))
    return FALSE;
  if (!forlop_record_field_equal (present, restored, "state") ||
      !forlop_record_field_equal (present, restored, "location_id"))
    forlop_act_log_item (self, present, _("Taken back"));

  return TRUE;
}

static gboolean
revert_operation (ForlopActContext  *self,
                  const char        *op_id,
                  yyjson_val        *operation,
                  GError           **error)
{
  const char *type = yyjson_get_str (yyjson_obj_get (operation, "type"));
  const char *id = yyjson_get_str (yyjson_obj_get (operation, "id"));
  yyjson_val *set = yyjson_obj_get (operation, "set");
  gboolean made = yyjson_get_bool (yyjson_obj_get (operation, "made"));
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ForlopRecord) present = NULL;

  /* What happened stays on the time line; that it was taken back is a line of its own. */
  if (g_str_equal (type, "event") || g_str_equal (type, "stock_move"))
    return TRUE;

  present = forlop_record_store_load (self->connection, type, id, &local_error);
  if (present == NULL)
    {
      if (made)
        return refuse_built_upon (error);
      return restore_deleted (self, type, id, set, error);
    }
  if (g_strcmp0 (forlop_record_get_vtag (present), op_id) != 0)
    return refuse_built_upon (error);

  if (made)
    {
      forlop_changeset_delete (self->changeset, present);
      return TRUE;
    }

  if (g_str_equal (type, "item"))
    return revert_item (self, present, set, error);

  return forlop_record_fill_json (forlop_act_change (self, present), set, error);
}

/**
 * forlop_act_undo:
 *
 * Takes an act back by a new changeset that gives every field the value it had, as long as nobody
 * has built on it. Nothing is erased: the first changeset and its line on the time line stay.
 */
gboolean
forlop_act_undo (ForlopActContext  *self,
                 GError           **error)
{
  const char *op_id = forlop_act_text (self, "op_id");
  g_autofree char *name = NULL;
  g_autofree char *before = NULL;
  g_autofree char *undone_by = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  const ForlopAct *act;
  yyjson_val *operation;
  size_t i, n;

  if (!forlop_id_is_valid (op_id))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID, _("“%s” is not the id of an act."), op_id);
  if (!forlop_changeset_store_load (self->connection, op_id, &name, &before, &undone_by, error))
    return FALSE;

  act = forlop_act_find (name);
  if (undone_by != NULL)
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY, _("It is already taken back."));
  if (act == NULL || (act->undo == FORLOP_UNDO_NONE && act->inverse == NULL))
    return forlop_act_refuse (error, FORLOP_ERROR_NOT_ALLOWED,
                              _("“%s” cannot be taken back. Register what is right as a new act; "
                                "the first one is kept."),
                              act != NULL ? _(act->done) : name);
  if (!forlop_act_allows_role (act, self->actor->role))
    return forlop_act_refuse (error, FORLOP_ERROR_NOT_ALLOWED,
                              _("Your function may not take this back. Ask somebody who may do it."));

  doc = forlop_json_parse (before, -1, error);
  if (doc == NULL)
    return FALSE;
  /* A measurement is never taken away; it is taken out of use. */
  if (g_str_equal (act->name, "record-measurement"))
    return forlop_act_undo_measurement (self, yyjson_doc_get_root (doc), error) &&
           forlop_changeset_store_mark_undone (self->connection, op_id,
                                               forlop_changeset_get_id (self->changeset), error);
  yyjson_arr_foreach (yyjson_doc_get_root (doc), i, n, operation)
    if (!revert_operation (self, op_id, operation, error))
      return FALSE;

  return forlop_changeset_store_mark_undone (self->connection, op_id,
                                             forlop_changeset_get_id (self->changeset), error);
}
