/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-whose.h"

static gboolean
find_by_claim (ForlopSyncSession  *self,
               const char         *claim,
               const char         *first,
               const char         *second,
               char              **id,
               GError            **error)
{
  g_autofree char *key = second != NULL ? g_strconcat (claim, "|", first, "|", second, NULL)
                                        : g_strconcat (claim, "|", first, NULL);

  *id = NULL;
  return self->storage->funcs->find_claim (self->storage, key, id, error);
}

/* A supplier may have the number that the citizen had when the device was set up. */
static gboolean
find_by_former_number (ForlopSyncSession  *self,
                       const char         *number,
                       char              **citizen_id,
                       GError            **error)
{
  g_autofree char *alias_id = NULL;
  g_autoptr (ForlopRecord) alias = NULL;
  g_autoptr (GError) problem = NULL;

  if (!find_by_claim (self, "citizen_alias_id_number", number, NULL, &alias_id, error))
    return FALSE;
  if (alias_id != NULL)
    alias = forlop_sync_load (self, "citizen_alias", alias_id, NULL, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (alias != NULL)
    *citizen_id = g_strdup (forlop_record_get_text (alias, "citizen_id"));

  return TRUE;
}

/* The record that stands for the person now. */
static gboolean
follow_merged (ForlopSyncSession  *self,
               char              **citizen_id,
               GError            **error)
{
  for (unsigned int i = 0; *citizen_id != NULL && i < 8; i++)
    {
      g_autoptr (GError) problem = NULL;
      g_autoptr (ForlopRecord) citizen = forlop_sync_load (self, "citizen", *citizen_id, NULL, &problem);
      const char *into;

      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      into = citizen != NULL ? forlop_record_get_text (citizen, "merged_into_id") : NULL;
      if (citizen != NULL && into == NULL)
        return TRUE;
      g_set_str (citizen_id, into);
    }
  g_clear_pointer (citizen_id, g_free);

  return TRUE;
}

/* NULL without an error for a person who is not known here. What a message says in several ways must be
 * the same person in each; the first way that names somebody decides. */
gboolean
forlop_sync_find_whose (ForlopSyncSession     *self,
                        const char            *sender,
                        const ForlopIncoming  *incoming,
                        char                 **citizen_id,
                        GError               **error)
{
  *citizen_id = g_strdup (incoming->citizen_id);
  if (*citizen_id == NULL && incoming->id_number != NULL &&
      !find_by_claim (self, "citizen_id_number", incoming->id_number, NULL, citizen_id, error))
    return FALSE;
  if (*citizen_id == NULL && incoming->id_number != NULL &&
      !find_by_former_number (self, incoming->id_number, citizen_id, error))
    return FALSE;
  if (*citizen_id == NULL && incoming->platform_person != NULL)
    {
      g_autofree char *case_id = NULL;
      g_autoptr (ForlopRecord) the_case = NULL;
      g_autoptr (GError) problem = NULL;

      if (!find_by_claim (self, "platform_person", sender, incoming->platform_person, &case_id, error))
        return FALSE;
      if (case_id != NULL)
        the_case = forlop_sync_load (self, "case", case_id, NULL, &problem);
      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (the_case != NULL)
        *citizen_id = g_strdup (forlop_record_get_text (the_case, "citizen_id"));
    }

  return follow_merged (self, citizen_id, error);
}
