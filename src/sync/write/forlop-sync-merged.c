/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-merged-citizen.h"

/* Two records of one person: who may say so. Each keeps its history, and nothing that is written on either is
 * turned away. */

static void
reject_merge (ForlopSyncVerdict *verdict,
              const char        *id,
              const char        *sentence)
{
  forlop_sync_verdict_set (verdict, "rejected", "invalid");
  forlop_sync_verdict_concern (verdict, "citizen", id, "merged_into_id");
  g_set_str (&verdict->detail, sentence);
}

/* The record that stands names the one that was merged into it, so that either leads to the other. */
static gboolean
has_alias (ForlopChangeset *changeset,
           const char      *into_id,
           const char      *merged_id)
{
  GPtrArray *operations = forlop_changeset_get_operations (changeset);

  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);

      if (g_str_equal (operation->type->name, "citizen_alias") && operation->after != NULL &&
          forlop_record_text_is (operation->after, "citizen_id", into_id) &&
          forlop_record_text_is (operation->after, "record_id", merged_id))
        return TRUE;
    }

  return FALSE;
}

/* By the act that is made for it, by somebody who sees both, into one that stands. */
gboolean
forlop_sync_check_merged (ForlopSyncSession  *self,
                          ForlopChangeset    *changeset,
                          ForlopSyncVerdict  *verdict,
                          GError            **error)
{
  const ForlopOperation *merge = forlop_merged_citizen_find_merge (changeset);
  const char *into_id = merge != NULL ? forlop_record_get_text (merge->after, "merged_into_id") : NULL;
  ForlopRecord *changed = merge != NULL ? forlop_changeset_find (changeset, "citizen", into_id) : NULL;
  g_autofree char *scope = g_strconcat ("c:", into_id, NULL);
  g_autoptr (ForlopRecord) into = NULL;
  g_autoptr (GError) problem = NULL;
  gboolean may_see = FALSE;

  if (merge == NULL)
    return TRUE;
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
  if (!forlop_sync_may_see (self, scope, &may_see, error))
    return FALSE;
  if (into == NULL || !may_see || g_str_equal (into_id, merge->id) || !has_alias (changeset, into_id, merge->id))
    reject_merge (verdict, merge->id, _("The record that was to stay is not one that you may write in."));
  else if (forlop_record_has (into, "merged_into_id") ||
           (changed != NULL && forlop_record_has (changed, "merged_into_id")))
    reject_merge (verdict, merge->id, _("The record that was to stay was itself merged with another meanwhile. "
                                        "Merge with that one."));

  return TRUE;
}

static gboolean
tell (ForlopSyncSession  *self,
      GPtrArray          *cases,
      GError            **error)
{
  g_autofree char *id = forlop_two_cases_dup_task_id (cases);
  g_autoptr (ForlopSyncRow) earlier = NULL;
  g_autoptr (ForlopChangeset) changeset = NULL;

  if (!self->storage->funcs->load_row (self->storage, forlop_record_type_find ("task"), id, &earlier, error))
    return FALSE;
  if (earlier != NULL)
    return TRUE;
  changeset = forlop_sync_author_begin (self, "two-cases", error);
  if (changeset == NULL)
    return FALSE;
  forlop_two_cases_fill_task (forlop_changeset_make (changeset, "task", id), cases,
                              forlop_instant_to_date (self->now));

  return forlop_sync_author_finish (self, changeset, error);
}

/**
 * forlop_sync_tell_office:
 * @changeset: what was written.
 *
 * When a person who was registered twice has two cases that go on, the office gets a task: once for each two
 * cases, whichever came last, the merge or the case.
 */
gboolean
forlop_sync_tell_office (ForlopSyncSession  *self,
                         ForlopChangeset    *changeset,
                         GError            **error)
{
  const ForlopOperation *merge = forlop_merged_citizen_find_merge (changeset);
  GPtrArray *operations = forlop_changeset_get_operations (changeset);
  const char *citizen_id = merge != NULL ? merge->id : NULL;
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GPtrArray) cases = NULL;

  for (unsigned int i = 0; i < operations->len && citizen_id == NULL; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);

      if (operation->before == NULL && g_str_equal (operation->type->name, "case"))
        citizen_id = forlop_record_get_text (operation->after, "citizen_id");
    }
  if (citizen_id == NULL)
    return TRUE;
  ids = forlop_sync_list_person (self, citizen_id, error);
  if (ids == NULL)
    return FALSE;
  if (ids->len == 1)
    return TRUE;
  cases = forlop_sync_list_cases (self, ids, error);
  if (cases == NULL)
    return FALSE;

  return !forlop_two_cases_find (cases) ||
         forlop_record_get_text (g_ptr_array_index (cases, 0), "office_unit_id") == NULL ||
         tell (self, cases, error);
}
