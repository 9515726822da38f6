/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

/* Who was registered twice has two records, each in its own scope and with its own history. Who sees one of
 * them sees them all, and the gates look at all of them. */

/* More than a person is ever registered; it ends a circle that could not be made but by a fault. */
#define MAX_RECORDS 16

static ForlopRecord *
load_citizen (ForlopSyncSession  *self,
              const char         *id,
              gboolean           *has_failed,
              GError            **error)
{
  g_autoptr (GError) problem = NULL;
  ForlopRecord *citizen = forlop_sync_load (self, "citizen", id, NULL, &problem);

  *has_failed = problem != NULL;
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));

  return citizen;
}

/* The record that stands. */
static char *
climb (ForlopSyncSession  *self,
       const char         *citizen_id,
       GError            **error)
{
  g_autofree char *id = g_strdup (citizen_id);

  for (unsigned int n = 0; n < MAX_RECORDS; n++)
    {
      gboolean has_failed;
      g_autoptr (ForlopRecord) citizen = load_citizen (self, id, &has_failed, error);
      g_autoptr (ForlopRecord) into = NULL;

      if (has_failed)
        return NULL;
      if (citizen == NULL || !forlop_record_has (citizen, "merged_into_id"))
        break;
      into = load_citizen (self, forlop_record_get_text (citizen, "merged_into_id"), &has_failed, error);
      if (has_failed)
        return NULL;
      if (into == NULL)
        break;
      g_set_str (&id, forlop_record_get_id (into));
    }

  return g_steal_pointer (&id);
}

/* The records that were merged into @id: it names them, and they name it. */
static gboolean
add_merged (ForlopSyncSession  *self,
            const char         *id,
            GPtrArray          *ids,
            GError            **error)
{
  g_autofree char *scope = g_strconcat ("c:", id, NULL);
  g_autoptr (GPtrArray) rows = self->storage->funcs->list_scope (
    self->storage, scope, forlop_record_type_find ("citizen_alias"), error);

  if (rows == NULL)
    return FALSE;
  for (unsigned int i = 0; i < rows->len; i++)
    {
      g_autoptr (ForlopRecord) alias = forlop_sync_row_to_record (g_ptr_array_index (rows, i), error);
      g_autoptr (ForlopRecord) merged = NULL;
      const char *merged_id = alias != NULL ? forlop_record_get_text (alias, "record_id") : NULL;
      gboolean has_failed;

      if (alias == NULL)
        return FALSE;
      if (merged_id == NULL || g_ptr_array_find_with_equal_func (ids, merged_id, g_str_equal, NULL))
        continue;
      merged = load_citizen (self, merged_id, &has_failed, error);
      if (has_failed)
        return FALSE;
      if (merged != NULL && forlop_record_text_is (merged, "merged_into_id", id))
        g_ptr_array_add (ids, g_strdup (merged_id));
    }

  return TRUE;
}

/* (transfer full): the ids of every record of the person, the one that stands first. */
GPtrArray *
forlop_sync_list_person (ForlopSyncSession  *self,
                         const char         *citizen_id,
                         GError            **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  char *stands = climb (self, citizen_id, error);

  if (stands == NULL)
    return NULL;
  g_ptr_array_add (ids, stands);
  for (unsigned int i = 0; i < ids->len && ids->len < MAX_RECORDS; i++)
    if (!add_merged (self, g_ptr_array_index (ids, i), ids, error))
      return NULL;

  return g_steal_pointer (&ids);
}

GPtrArray *
forlop_sync_server_list_person (ForlopServerStorage  *storage,
                                const char           *citizen_id,
                                GError              **error)
{
  ForlopSyncSession self = { .storage = storage };

  g_return_val_if_fail (storage != NULL && citizen_id != NULL, NULL);

  return forlop_sync_list_person (&self, citizen_id, error);
}

static gboolean
add_cases (ForlopSyncSession  *self,
           const char         *citizen_id,
           GPtrArray          *cases,
           GError            **error)
{
  g_autofree char *scope = g_strconcat ("c:", citizen_id, NULL);
  g_autoptr (GPtrArray) rows =
    self->storage->funcs->list_scope (self->storage, scope, forlop_record_type_find ("case"), error);

  if (rows == NULL)
    return FALSE;
  for (unsigned int i = 0; i < rows->len; i++)
    {
      ForlopRecord *the_case = forlop_sync_row_to_record (g_ptr_array_index (rows, i), error);

      if (the_case == NULL)
        return FALSE;
      g_ptr_array_add (cases, the_case);
    }

  return TRUE;
}

GPtrArray *
forlop_sync_list_cases (ForlopSyncSession  *self,
                        GPtrArray          *ids,
                        GError            **error)
{
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func (g_object_unref);

  for (unsigned int i = 0; i < ids->len; i++)
    if (!add_cases (self, g_ptr_array_index (ids, i), cases, error))
      return NULL;

  return g_steal_pointer (&cases);
}
