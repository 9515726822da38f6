/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-merged-citizen.h"

/* Two records of one person: what may close one of them, and what is said to whoever writes on it. */

static void
reject_merge (ForlopSyncVerdict *verdict,
              const char        *id,
              const char        *sentence)
{
  forlop_sync_verdict_set (verdict, "rejected", "invalid");
  forlop_sync_verdict_concern (verdict, "citizen", id, "merged_into_id");
  g_set_str (&verdict->detail, sentence);
}

static gboolean
has_open_case (ForlopSyncSession  *self,
               const char         *citizen_id,
               gboolean           *has_case,
               GError            **error)
{
  g_autofree char *scope = g_strconcat ("c:", citizen_id, NULL);
  g_autoptr (GPtrArray) rows =
    self->storage->funcs->list_scope (self->storage, scope, forlop_record_type_find ("case"), error);

  *has_case = FALSE;
  if (rows == NULL)
    return FALSE;
  for (unsigned int i = 0; i < rows->len; i++)
    {
      g_autoptr (ForlopRecord) the_case = forlop_sync_row_to_record (g_ptr_array_index (rows, i), error);

      if (the_case == NULL)
        return FALSE;
      *has_case = *has_case || !forlop_record_has (the_case, "closed_on");
    }

  return TRUE;
}

/* A record is closed by the act that is made for it, by somebody who sees both, in favour of one that
 * stands, and without work in it. */
static gboolean
check_merge (ForlopSyncSession      *self,
             ForlopChangeset        *changeset,
             const ForlopOperation  *merge,
             ForlopSyncVerdict      *verdict,
             GError                **error)
{
  const char *into_id = forlop_record_get_text (merge->after, "merged_into_id");
  ForlopRecord *changed = forlop_changeset_find (changeset, "citizen", into_id);
  g_autofree char *scope = g_strconcat ("c:", into_id, NULL);
  g_autoptr (ForlopRecord) into = NULL;
  g_autoptr (GError) problem = NULL;
  gboolean may_see = FALSE, has_case = FALSE;

  if (!g_str_equal (forlop_changeset_get_act (changeset), "merge-citizens"))
    {
      forlop_sync_verdict_set (verdict, "rejected", "not_allowed");
      forlop_sync_verdict_concern (verdict, "citizen", merge->id, "merged_into_id");
      return TRUE;
    }
  into = forlop_sync_load (self, "citizen", into_id, NULL, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (!forlop_sync_may_see (self, scope, &may_see, error) ||
      !has_open_case (self, merge->id, &has_case, error))
    return FALSE;
  if (into == NULL || !may_see || g_str_equal (into_id, merge->id))
    reject_merge (verdict, merge->id, _("The record that was to stay is not one that you may write in."));
  else if (forlop_record_has (into, "merged_into_id") ||
           (changed != NULL && forlop_record_has (changed, "merged_into_id")))
    reject_merge (verdict, merge->id, _("The record that was to stay was itself merged with another meanwhile. "
                                        "Merge with that one."));
  else if (has_case)
    reject_merge (verdict, merge->id, _("Somebody opened a case in the record that was to be closed. Keep that "
                                        "record, or close its case first."));

  return TRUE;
}

/* Who writes more on a record that was closed is told which one stands. */
static gboolean
check_added (ForlopSyncSession  *self,
             ForlopChangeset    *changeset,
             const char         *citizen_id,
             ForlopSyncVerdict  *verdict,
             GError            **error)
{
  g_autoptr (ForlopRecord) citizen = NULL;
  g_autoptr (GError) problem = NULL;

  if (forlop_merged_citizen_find_added (changeset, citizen_id) == NULL)
    return TRUE;
  citizen = forlop_sync_load (self, "citizen", citizen_id, NULL, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (citizen == NULL || !forlop_record_has (citizen, "merged_into_id"))
    return TRUE;
  forlop_sync_verdict_set (verdict, "rejected", "merged");
  forlop_sync_verdict_concern (verdict, "citizen", citizen_id, "merged_into_id");
  g_set_str (&verdict->holder, forlop_record_get_text (citizen, "merged_into_id"));

  return TRUE;
}

gboolean
forlop_sync_check_merged (ForlopSyncSession  *self,
                          ForlopChangeset    *changeset,
                          ForlopSyncVerdict  *verdict,
                          GError            **error)
{
  const ForlopOperation *merge = forlop_merged_citizen_find_merge (changeset);
  GPtrArray *operations = forlop_changeset_get_operations (changeset);
  const char *last = NULL;

  if (merge != NULL && !check_merge (self, changeset, merge, verdict, error))
    return FALSE;
  for (unsigned int i = 0; i < operations->len && verdict->status == NULL; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);
      const char *citizen_id;

      if (operation->before != NULL || operation->after == NULL ||
          forlop_record_type_field (operation->type, "citizen_id") == NULL)
        continue;
      citizen_id = forlop_record_get_text (operation->after, "citizen_id");
      if (citizen_id == NULL || g_strcmp0 (citizen_id, last) == 0)
        continue;
      last = citizen_id;
      if (!check_added (self, changeset, citizen_id, verdict, error))
        return FALSE;
    }

  return TRUE;
}
