/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

#include <string.h>

/* Blocking (sperring): somebody whom the citizen wants kept from the record does not get it, whatever the
 * rules say. A rule gives; a blocking only takes away. */

static gboolean
list_in_force (ForlopSyncSession  *self,
               const char         *scope,
               GPtrArray         **blocks,
               GError            **error)
{
  g_autoptr (GPtrArray) rows =
    self->storage->funcs->list_scope (self->storage, scope, forlop_record_type_find ("block"), error);

  if (rows == NULL)
    return FALSE;
  for (unsigned int i = 0; i < rows->len; i++)
    {
      g_autoptr (ForlopRecord) block = forlop_sync_row_to_record (g_ptr_array_index (rows, i), error);

      if (block == NULL)
        return FALSE;
      if (!forlop_record_has (block, "lifted_on"))
        g_ptr_array_add (*blocks, g_steal_pointer (&block));
    }

  return TRUE;
}

static gboolean
list_of_person (ForlopSyncSession  *self,
                const char         *citizen_id,
                GPtrArray         **blocks,
                GError            **error)
{
  g_autoptr (GPtrArray) ids = forlop_sync_list_person (self, citizen_id, error);

  if (ids == NULL)
    return FALSE;
  for (unsigned int i = 0; i < ids->len; i++)
    {
      g_autofree char *scope = g_strconcat ("c:", (const char *) g_ptr_array_index (ids, i), NULL);

      if (!list_in_force (self, scope, blocks, error))
        return FALSE;
    }

  return TRUE;
}

/* A correction may stand in another record of the person. */
gboolean
forlop_sync_list_of_note (ForlopSyncSession  *self,
                          const char         *citizen_id,
                          const char         *note_id,
                          GPtrArray         **blocks,
                          GError            **error)
{
  g_autoptr (GPtrArray) ids = forlop_sync_list_person (self, citizen_id, error);

  if (ids == NULL)
    return FALSE;
  for (unsigned int i = 0; i < ids->len; i++)
    {
      g_autofree char *scope = g_strdup_printf ("n:%s:%s", (const char *) g_ptr_array_index (ids, i), note_id);

      if (!list_in_force (self, scope, blocks, error))
        return FALSE;
    }

  return TRUE;
}

/* (transfer full): the blockings in force that concern @scope: of the citizen, of the citizen of the case, or of the
 * note and its citizen. */
GPtrArray *
forlop_sync_list_blocks (ForlopSyncSession  *self,
                         const char         *scope,
                         GError            **error)
{
  GPtrArray *blocks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (ForlopSyncRow) row = NULL;
  g_autofree char *citizen_scope = forlop_scope_dup_citizen (scope);
  gboolean is_listed = TRUE;

  if (g_str_has_prefix (scope, "c:"))
    is_listed = list_of_person (self, scope + 2, &blocks, error);
  else if (citizen_scope != NULL)
    is_listed = list_of_person (self, citizen_scope + 2, &blocks, error) &&
                forlop_sync_list_of_note (self, citizen_scope + 2, strrchr (scope, ':') + 1, &blocks, error);
  else if (g_str_has_prefix (scope, "d:"))
    is_listed = self->storage->funcs->load_row (self->storage, forlop_record_type_find ("case"), scope + 2, &row,
                                                error) &&
                (row == NULL || list_of_person (self, row->scope + 2, &blocks, error));
  if (!is_listed)
    g_clear_pointer (&blocks, g_ptr_array_unref);

  return blocks;
}

gboolean
forlop_sync_blocks_cover (GPtrArray  *blocks,
                          const char *user_id,
                          const char *unit_id)
{
  for (unsigned int i = 0; i < blocks->len; i++)
    {
      ForlopRecord *block = g_ptr_array_index (blocks, i);
      const char *user = forlop_record_get_text (block, "user_id");
      const char *unit = forlop_record_get_text (block, "unit_id");

      /* Both: that user in that unit. */
      if ((user == NULL || g_strcmp0 (user, user_id) == 0) && (unit == NULL || g_strcmp0 (unit, unit_id) == 0))
        return TRUE;
    }

  return FALSE;
}

/* Whether the caller is blocked in every function he has. */
gboolean
forlop_sync_is_blocked (ForlopSyncSession  *self,
                        const char         *scope,
                        gboolean           *is_blocked,
                        GError            **error)
{
  g_autoptr (GPtrArray) blocks = forlop_sync_list_blocks (self, scope, error);
  GPtrArray *memberships = blocks != NULL ? forlop_sync_session_memberships (self, error) : NULL;
  ForlopDate today = forlop_instant_to_date (self->now);

  *is_blocked = FALSE;
  if (memberships == NULL)
    return FALSE;
  if (blocks->len == 0)
    return TRUE;

  *is_blocked = TRUE;
  for (unsigned int i = 0; i < memberships->len && *is_blocked; i++)
    {
      ForlopRecord *membership = g_ptr_array_index (memberships, i);

      if (forlop_record_text_is (membership, "user_id", self->caller->user_id) &&
          forlop_sync_membership_is_valid (membership, today))
        *is_blocked = forlop_sync_blocks_cover (blocks, self->caller->user_id,
                                                forlop_record_get_text (membership, "unit_id"));
    }

  return TRUE;
}
