/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-plan-store.h"

#include "forlop-plan-records.h"
#include "forlop-record-store.h"

gboolean
forlop_plan_store_load_version (ForlopConnection   *connection,
                                ForlopRecord       *care_plan,
                                ForlopPlanVersion  *version,
                                GError            **error)
{
  const char *id;
  g_autoptr (GPtrArray) limits = NULL;
  g_autoptr (GPtrArray) rules = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (FORLOP_IS_RECORD (care_plan), FALSE);

  id = forlop_record_get_id (care_plan);
  limits = forlop_record_store_list (connection, "limit", "care_plan_id", id, error);
  if (limits == NULL)
    return FALSE;
  rules = forlop_record_store_list (connection, "plan_rule", "care_plan_id", id, error);

  return rules != NULL && forlop_plan_version_read (version, care_plan, limits, rules, error);
}

/**
 * forlop_plan_store_load_versions:
 * @changeset: (nullable): an act in progress: its changed plans count instead of the stored ones.
 *
 * A citizen who comes back has a case, and plans, of an earlier time: they rule what was measured
 * then.
 */
GArray *
forlop_plan_store_load_versions (ForlopConnection  *connection,
                                 const char        *citizen_id,
                                 ForlopChangeset   *changeset,
                                 GError           **error)
{
  g_autoptr (GArray) versions = g_array_new (FALSE, TRUE, sizeof (ForlopPlanVersion));
  g_autoptr (GPtrArray) plans = NULL;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (citizen_id != NULL, NULL);

  plans = forlop_record_store_list (connection, "care_plan", "citizen_id", citizen_id, error);
  if (plans == NULL)
    return NULL;

  for (unsigned int i = 0; i < plans->len; i++)
    {
      ForlopRecord *plan = g_ptr_array_index (plans, i);
      ForlopRecord *pending = NULL;
      ForlopPlanVersion version;

      if (changeset != NULL)
        pending = forlop_changeset_find (changeset, "care_plan", forlop_record_get_id (plan));
      if (pending != NULL)
        plan = pending;
      if (!forlop_plan_record_counts (plan))
        continue;
      if (!forlop_plan_store_load_version (connection, plan, &version, error))
        return NULL;
      g_array_append_val (versions, version);
    }

  return g_steal_pointer (&versions);
}
