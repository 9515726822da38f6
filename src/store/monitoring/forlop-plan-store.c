/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-plan-store.h"

#include "forlop-contested-value.h"
#include "forlop-measurement-store.h"
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
  g_autoptr (GPtrArray) contested = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (FORLOP_IS_RECORD (care_plan), FALSE);

  id = forlop_record_get_id (care_plan);
  limits = forlop_record_store_list (connection, "limit", "care_plan_id", id, error);
  if (limits == NULL)
    return FALSE;
  rules = forlop_record_store_list (connection, "plan_rule", "care_plan_id", id, error);
  if (rules == NULL)
    return FALSE;
  contested = forlop_record_store_list (connection, "contested_value", "citizen_id",
                                        forlop_record_get_text (care_plan, "citizen_id"), error);
  if (contested == NULL)
    return FALSE;
  forlop_contested_be_careful (limits, rules, contested);

  return forlop_plan_version_read (version, care_plan, limits, rules, error);
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

/* How far back the trend rules look. */
static gint64
reach_of (const ForlopPlanVersion *versions,
          unsigned int             n_versions)
{
  int days = 0;

  for (unsigned int i = 0; i < n_versions; i++)
    for (unsigned int j = 0; j < versions[i].n_rules; j++)
      days = MAX (days, versions[i].rules[j].days);

  return days * FORLOP_DAY;
}

/**
 * forlop_plan_store_try:
 * @alternative: limits and trend rules that are being tried, saved or not.
 * @days: usually 30 or 90.
 * @present: (out): by the plans that were in force.
 * @tried: (out): had @alternative been in force, without observation, the whole time.
 */
gboolean
forlop_plan_store_try (ForlopConnection         *connection,
                       const char               *citizen_id,
                       const ForlopPlanVersion  *alternative,
                       int                       days,
                       gint64                    now,
                       ForlopFiredCount         *present,
                       ForlopFiredCount         *tried,
                       GError                  **error)
{
  g_autoptr (GArray) versions = NULL;
  g_autoptr (GArray) history = NULL;
  const ForlopPlanVersion *rows;
  const ForlopMeasurement *measured;
  gint64 from = now - days * FORLOP_DAY;
  gint64 reach;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (citizen_id != NULL && alternative != NULL, FALSE);
  g_return_val_if_fail (present != NULL && tried != NULL, FALSE);

  versions = forlop_plan_store_load_versions (connection, citizen_id, NULL, error);
  if (versions == NULL)
    return FALSE;

  rows = (const ForlopPlanVersion *) (const void *) versions->data;
  reach = MAX (reach_of (rows, versions->len), reach_of (alternative, 1));
  history = forlop_measurement_store_load_history (connection, citizen_id, from - reach - FORLOP_DAY,
                                                   now, error);
  if (history == NULL)
    return FALSE;

  measured = (const ForlopMeasurement *) (const void *) history->data;
  forlop_fired_count (rows, versions->len, measured, history->len, from, now + 1, present);
  forlop_would_have_fired (alternative, measured, history->len, from, now + 1, tried);

  return TRUE;
}
