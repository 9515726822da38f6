/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

#include "forlop-contested-value.h"

/* While two have written differently whether an address is protected, it is: who has it is not found by
 * search, and it is taken from the delivery side, where those who drive do not see that it is contested. */

gboolean
forlop_sync_is_hidden (ForlopSyncSession  *self,
                       ForlopRecord       *citizen,
                       gboolean           *is_hidden,
                       GError            **error)
{
  g_autofree char *scope = g_strconcat ("c:", forlop_record_get_id (citizen), NULL);
  g_autoptr (GPtrArray) rows = self->storage->funcs->list_scope (
    self->storage, scope, forlop_record_type_find ("contested_value"), error);
  g_autoptr (GPtrArray) contested = g_ptr_array_new_with_free_func (g_object_unref);

  if (rows == NULL)
    return FALSE;
  for (unsigned int i = 0; i < rows->len; i++)
    {
      ForlopRecord *record = forlop_sync_row_to_record (g_ptr_array_index (rows, i), error);

      if (record == NULL)
        return FALSE;
      g_ptr_array_add (contested, record);
    }
  *is_hidden = forlop_contested_address (citizen, contested);

  return TRUE;
}

static gboolean
hide_on_delivery (ForlopSyncSession  *self,
                  const char         *case_id,
                  ForlopChangeset    *changeset,
                  GError            **error)
{
  g_autofree char *scope = g_strconcat ("d:", case_id, NULL);
  g_autoptr (GPtrArray) rows =
    self->storage->funcs->list_scope (self->storage, scope, forlop_record_type_find ("delivery"), error);

  if (rows == NULL)
    return FALSE;
  for (unsigned int i = 0; i < rows->len; i++)
    {
      g_autoptr (ForlopRecord) delivery = forlop_sync_row_to_record (g_ptr_array_index (rows, i), error);

      if (delivery == NULL)
        return FALSE;
      if (forlop_record_has (delivery, "address"))
        forlop_record_clear (forlop_changeset_change (changeset, delivery), "address");
    }

  return TRUE;
}

/**
 * forlop_sync_hide_address:
 * @verdict: of a changeset that met another one.
 */
gboolean
forlop_sync_hide_address (ForlopSyncSession        *self,
                          const ForlopSyncVerdict  *verdict,
                          GError                  **error)
{
  g_autofree char *scope = g_strconcat ("c:", verdict->id, NULL);
  g_autoptr (ForlopRecord) citizen = NULL;
  g_autoptr (GPtrArray) cases = NULL;
  g_autoptr (ForlopChangeset) changeset = NULL;
  g_autoptr (GError) problem = NULL;
  gboolean is_hidden;

  if (g_strcmp0 (verdict->status, "conflict") != 0 || g_strcmp0 (verdict->type, "citizen") != 0)
    return TRUE;
  citizen = forlop_sync_load (self, "citizen", verdict->id, NULL, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (citizen == NULL)
    return TRUE;
  if (!forlop_sync_is_hidden (self, citizen, &is_hidden, error))
    return FALSE;
  if (!is_hidden)
    return TRUE;
  cases = self->storage->funcs->list_scope (self->storage, scope, forlop_record_type_find ("case"), error);
  changeset = cases != NULL ? forlop_sync_author_begin (self, "hide-address", error) : NULL;
  if (changeset == NULL)
    return FALSE;
  for (unsigned int i = 0; i < cases->len; i++)
    if (!hide_on_delivery (self, ((const ForlopSyncRow *) g_ptr_array_index (cases, i))->id, changeset, error))
      return FALSE;

  return forlop_changeset_get_operations (changeset)->len == 0 ||
         forlop_sync_author_finish (self, changeset, error);
}
