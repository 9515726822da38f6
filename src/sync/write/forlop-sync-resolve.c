/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

/* Resolving a conflict. The conflict is the server's own record: its user may close it, and do again,
 * by the same rules, the act that met another change. */

/* Nothing of a conflict but how it ended. */
static gboolean
sets_only_the_end (const ForlopSyncOperation *operation)
{
  static const char *const fields[] = { "status", "resolution", "resolved_at", NULL };
  yyjson_val *key, *value;
  size_t i, n;

  if (operation->set == NULL || operation->base == NULL ||
      g_strcmp0 (yyjson_get_str (yyjson_obj_get (operation->set, "status")), "resolved") != 0)
    return FALSE;
  yyjson_obj_foreach (operation->set, i, n, key, value)
    if (!g_strv_contains (fields, yyjson_get_str (key)))
      return FALSE;

  return TRUE;
}

gboolean
forlop_sync_closes_conflict (const ForlopSyncChangeset *incoming,
                             const ForlopSyncOperation *operation)
{
  return incoming->resolves != NULL && g_str_equal (incoming->act, "resolve-conflict") &&
         g_str_equal (operation->type->name, "conflict") &&
         g_str_equal (operation->id, incoming->resolves) && sets_only_the_end (operation);
}

/* @gives_up: (out): whether it does nothing else. */
static gboolean
closes_one (const ForlopSyncChangeset *incoming,
            gboolean                  *gives_up)
{
  gboolean closes = FALSE;

  *gives_up = TRUE;
  for (unsigned int i = 0; i < incoming->operations->len; i++)
    {
      const ForlopSyncOperation *operation =
        &g_array_index (incoming->operations, ForlopSyncOperation, i);

      if (forlop_sync_closes_conflict (incoming, operation))
        closes = TRUE;
      else if (!g_str_equal (operation->type->name, "event"))
        *gives_up = FALSE;
    }

  return closes;
}

gboolean
forlop_sync_gives_up (ForlopChangeset *changeset)
{
  GPtrArray *operations = forlop_changeset_get_operations (changeset);

  if (!g_str_equal (forlop_changeset_get_act (changeset), "resolve-conflict"))
    return FALSE;
  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);

      if (!g_str_equal (operation->type->name, "conflict") && !g_str_equal (operation->type->name, "event"))
        return FALSE;
    }

  return TRUE;
}

gboolean
forlop_sync_check_resolution (ForlopSyncSession          *self,
                              const ForlopSyncChangeset  *incoming,
                              ForlopSyncVerdict          *verdict,
                              const ForlopAct           **act,
                              GError                    **error)
{
  g_autoptr (ForlopRecord) conflict = NULL;
  g_autoptr (GError) problem = NULL;
  gboolean gives_up;

  if (!closes_one (incoming, &gives_up))
    {
      forlop_sync_verdict_set (verdict, "rejected", "invalid");
      return TRUE;
    }
  conflict = forlop_sync_load (self, "conflict", incoming->resolves, NULL, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (conflict == NULL)
    forlop_sync_verdict_set (verdict, "rejected", "not_found");
  else if (g_strcmp0 (forlop_record_get_text (conflict, "user_id"), incoming->user_id) != 0)
    forlop_sync_verdict_set (verdict, "rejected", "not_allowed");
  else if (!forlop_record_text_is (conflict, "status", "open"))
    forlop_sync_verdict_set (verdict, "rejected", "field");
  else if (!gives_up)
    *act = forlop_act_find (forlop_record_get_text (conflict, "act"));

  return TRUE;
}
