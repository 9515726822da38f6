/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

/* Who has which function, as far as one session has asked, and whether an author may act in his. */

/* Takes over @rows. */
static GPtrArray *
read_memberships (GPtrArray  *rows,
                  GError    **error)
{
  g_autoptr (GPtrArray) owned = rows;
  g_autoptr (GPtrArray) memberships = g_ptr_array_new_with_free_func (g_object_unref);

  for (unsigned int i = 0; rows != NULL && i < rows->len; i++)
    {
      ForlopRecord *record = forlop_sync_row_to_record (g_ptr_array_index (rows, i), error);

      if (record == NULL)
        return NULL;
      g_ptr_array_add (memberships, record);
    }

  return rows != NULL ? g_steal_pointer (&memberships) : NULL;
}

GPtrArray *
forlop_sync_session_memberships (ForlopSyncSession  *self,
                                 GError            **error)
{
  ForlopServerStorage *storage = self->storage;

  if (self->memberships == NULL)
    self->memberships = read_memberships (
      storage->funcs->list_type (storage, forlop_record_type_find ("membership"), error), error);

  return self->memberships;
}

/* The caller's own: a municipality has thousands. */
static GPtrArray *
list_functions (ForlopSyncSession  *self,
                GError            **error)
{
  ForlopServerStorage *storage = self->storage;

  if (self->functions == NULL)
    self->functions =
      read_memberships (storage->funcs->list_functions (storage, self->caller->user_id, error), error);

  return self->functions;
}

void
forlop_sync_session_forget (ForlopSyncSession *self)
{
  g_clear_pointer (&self->memberships, g_ptr_array_unref);
  g_clear_pointer (&self->functions, g_ptr_array_unref);
}

gboolean
forlop_sync_membership_is_valid (ForlopRecord *membership,
                                 ForlopDate    day)
{
  ForlopDate from = forlop_record_get_date (membership, "valid_from");
  ForlopDate to = forlop_record_get_date (membership, "valid_to");

  return (from == FORLOP_DATE_NONE || from <= day) && (to == FORLOP_DATE_NONE || to >= day);
}

ForlopRecord *
forlop_sync_find_holder (GPtrArray  *memberships,
                         ForlopDate  today,
                         const char *role,
                         const char *unit_id)
{
  for (unsigned int i = 0; i < memberships->len; i++)
    {
      ForlopRecord *membership = g_ptr_array_index (memberships, i);

      if (forlop_record_text_is (membership, "role", role) &&
          (unit_id == NULL || forlop_record_text_is (membership, "unit_id", unit_id)) &&
          forlop_sync_membership_is_valid (membership, today))
        return membership;
    }

  return NULL;
}

/* @code: %NULL when he may; "scope_revoked" when he could until his function ended, so that what he
 * did offline is handed to the unit's leader; "not_allowed" when he never could. */
gboolean
forlop_sync_check_actor (ForlopSyncSession          *self,
                         const ForlopSyncChangeset  *incoming,
                         const ForlopAct            *act,
                         const char                **code,
                         GError                    **error)
{
  ForlopDate today = forlop_instant_to_date (self->now);
  GPtrArray *functions;

  *code = "not_allowed";
  if (incoming->role == NULL || !forlop_act_allows_role (act, incoming->role))
    return TRUE;
  if (self->caller->trusted)
    {
      *code = NULL;
      return TRUE;
    }
  if (g_strcmp0 (incoming->user_id, self->caller->user_id) != 0)
    return TRUE;

  functions = list_functions (self, error);
  if (functions == NULL)
    return FALSE;
  for (unsigned int i = 0; i < functions->len && *code != NULL; i++)
    {
      ForlopRecord *membership = g_ptr_array_index (functions, i);

      if (forlop_record_text_is (membership, "role", incoming->role) &&
          forlop_record_text_is (membership, "unit_id", incoming->unit_id))
        *code = forlop_sync_membership_is_valid (membership, today) ? NULL : "scope_revoked";
    }

  return TRUE;
}
