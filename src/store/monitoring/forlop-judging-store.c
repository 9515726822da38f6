/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-judging-store.h"

#include "forlop-error.h"
#include "forlop-id.h"
#include "forlop-measurement-store.h"
#include "forlop-person-store.h"
#include "forlop-plan-store.h"
#include "forlop-record-store.h"

ForlopJudging *
forlop_judging_store_load (ForlopConnection  *connection,
                           const char        *citizen_id,
                           ForlopChangeset   *changeset,
                           gint64             from,
                           gint64             to,
                           GError           **error)
{
  g_autoptr (GArray) versions = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  ForlopJudgingReach reach;
  GArray *history;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (citizen_id != NULL, NULL);

  versions = forlop_plan_store_load_versions (connection, citizen_id, changeset, error);
  if (versions == NULL)
    return NULL;
  ids = forlop_person_store_list_ids (connection, citizen_id, error);
  if (ids == NULL)
    return NULL;
  reach = forlop_judging_reach (versions, from, to);
  history = forlop_measurement_store_load_history (connection, citizen_id, reach.from, reach.to, error);
  if (history == NULL)
    return NULL;

  return forlop_judging_new (g_steal_pointer (&versions), history, ids, &reach, changeset);
}

/* @ids: the person's records; the measurement is under one of them. */
static gboolean
keep_judgement (ForlopConnection     *connection,
                GPtrArray            *ids,
                const ForlopJudging  *judging,
                unsigned int          index,
                GError              **error)
{
  const ForlopMeasurement *row = forlop_judging_get (judging, index);
  ForlopJudgement judgement = forlop_judging_judge (judging, index);
  g_autofree char *id = forlop_id_from_bytes (row->id);
  g_autofree char *reason = NULL;

  if (judgement.severity != FORLOP_SEVERITY_GREEN)
    reason = forlop_reason_to_json (&judgement.reason);

  for (unsigned int i = 0; i < ids->len; i++)
    if (!forlop_measurement_store_set_judgement (connection, g_ptr_array_index (ids, i), row->measured_at, id,
                                                 forlop_severity_code (judgement.severity),
                                                 (int) judgement.plan_version, reason, error))
      return FALSE;

  return TRUE;
}

/**
 * forlop_judging_store_rejudge:
 *
 * Judges again what a change at @from to @to (both included) may have changed, and keeps severity,
 * plan version and reason with each measurement. What comes out depends on the records alone, not on
 * the order in which they came.
 */
gboolean
forlop_judging_store_rejudge (ForlopConnection  *connection,
                              const char        *citizen_id,
                              gint64             from,
                              gint64             to,
                              GError           **error)
{
  g_autoptr (ForlopJudging) judging =
    forlop_judging_store_load (connection, citizen_id, NULL, from, to, error);
  g_autoptr (GPtrArray) ids =
    judging != NULL ? forlop_person_store_list_ids (connection, citizen_id, error) : NULL;

  if (ids == NULL)
    return FALSE;
  for (unsigned int i = judging->first; i < judging->end; i++)
    if (!keep_judgement (connection, ids, judging, i, error))
      return FALSE;

  return TRUE;
}

typedef struct {
  gint64 from;
  gint64 to;
} Window;

static void
widen (GHashTable *windows,
       const char *citizen_id,
       gint64      from,
       gint64      to)
{
  Window *window = g_hash_table_lookup (windows, citizen_id);

  if (window == NULL)
    {
      window = g_new (Window, 1);
      *window = (Window) { from, to };
      g_hash_table_insert (windows, g_strdup (citizen_id), window);
    }
  window->from = MIN (window->from, from);
  window->to = MAX (window->to, to);
}

/* The newest word on a measurement stands. */
static gboolean
apply_invalidation (ForlopConnection  *connection,
                    ForlopRecord      *record,
                    GHashTable        *windows,
                    GError           **error)
{
  const char *citizen_id = forlop_record_get_text (record, "citizen_id");
  const char *measurement_id = forlop_record_get_text (record, "measurement_id");
  g_autoptr (GPtrArray) words = forlop_record_store_list (connection, "invalidation", "citizen_id",
                                                          citizen_id, error);
  g_autoptr (ForlopStoredMeasurement) measurement = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean invalid = FALSE;

  if (words == NULL)
    return FALSE;
  for (unsigned int i = 0; i < words->len; i++)
    {
      ForlopRecord *word = g_ptr_array_index (words, i);

      if (forlop_record_text_is (word, "measurement_id", measurement_id))
        invalid = forlop_record_get_boolean (word, "invalid");
    }

  /* The measurement may not have come to this machine yet. */
  measurement = forlop_measurement_store_find (connection, citizen_id, measurement_id, &local_error);
  if (g_error_matches (local_error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND))
    return TRUE;
  if (measurement == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  widen (windows, citizen_id, measurement->measured_at, measurement->measured_at);

  return forlop_measurement_store_set_invalid (connection, citizen_id, measurement_id, invalid, error);
}

static void
widen_by_plan (GHashTable   *windows,
               ForlopRecord *plan)
{
  if (plan != NULL && forlop_record_has (plan, "valid_from"))
    widen (windows, forlop_record_get_text (plan, "citizen_id"),
           forlop_record_get_instant (plan, "valid_from"), G_MAXINT64);
}

/* A limit of a plan that is in force is not changed by any act, but it can arrive after its plan. */
static gboolean
widen_by_plan_part (ForlopConnection  *connection,
                    GHashTable        *windows,
                    ForlopRecord      *part,
                    GError           **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ForlopRecord) plan = forlop_record_store_load (
    connection, "care_plan", forlop_record_get_text (part, "care_plan_id"), &local_error);

  if (plan == NULL && !g_error_matches (local_error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  widen_by_plan (windows, plan);

  return TRUE;
}

static gboolean
widen_by_contested (ForlopConnection  *connection,
                    GHashTable        *windows,
                    ForlopRecord      *contested,
                    GError           **error)
{
  const char *type = forlop_record_get_text (contested, "record_type");
  g_autoptr (ForlopRecord) part = NULL;
  g_autoptr (GError) local_error = NULL;

  if (g_strcmp0 (type, "limit") != 0 && g_strcmp0 (type, "plan_rule") != 0)
    return TRUE;
  part = forlop_record_store_peek (connection, forlop_record_type_find (type),
                                   forlop_record_get_text (contested, "record_id"), &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return part == NULL || widen_by_plan_part (connection, windows, part, error);
}

/* One person's plans and readings are judged together, whichever record they came under; after a merge was
 * taken back each by its own. */
static void
widen_by_person (GHashTable            *windows,
                 const ForlopOperation *operation)
{
  const char *before = operation->before != NULL
                         ? forlop_record_get_text (operation->before, "merged_into_id") : NULL;
  const char *after = operation->after != NULL
                        ? forlop_record_get_text (operation->after, "merged_into_id") : NULL;

  if (g_strcmp0 (before, after) == 0)
    return;
  widen (windows, operation->id, 0, G_MAXINT64);
  if (before != NULL)
    widen (windows, before, 0, G_MAXINT64);
}

static gboolean
widen_by_operation (ForlopConnection       *connection,
                    GHashTable             *windows,
                    const ForlopOperation  *operation,
                    GError                **error)
{
  const char *type = operation->type->name;
  ForlopRecord *record = operation->after != NULL ? operation->after : operation->before;

  if (g_str_equal (type, "measurement"))
    widen (windows, forlop_record_get_text (record, "citizen_id"),
           forlop_record_get_instant (record, "measured_at"),
           forlop_record_get_instant (record, "measured_at"));
  else if (g_str_equal (type, "invalidation"))
    return apply_invalidation (connection, record, windows, error);
  else if (g_str_equal (type, "care_plan"))
    {
      widen_by_plan (windows, operation->before);
      widen_by_plan (windows, operation->after);
    }
  else if (g_str_equal (type, "limit") || g_str_equal (type, "plan_rule"))
    return widen_by_plan_part (connection, windows, record, error);
  else if (g_str_equal (type, "citizen"))
    widen_by_person (windows, operation);
  else if (g_str_equal (type, "contested_value"))
    return widen_by_contested (connection, windows, record, error);

  return TRUE;
}

/**
 * forlop_judging_store_after:
 *
 * Judges again what @changeset, already written, may have changed.
 */
gboolean
forlop_judging_store_after (ForlopConnection  *connection,
                            ForlopChangeset   *changeset,
                            GError           **error)
{
  g_autoptr (GHashTable) windows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GPtrArray *operations;
  GHashTableIter iter;
  gpointer citizen_id, value;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (changeset != NULL, FALSE);

  operations = forlop_changeset_get_operations (changeset);
  for (unsigned int i = 0; i < operations->len; i++)
    if (!widen_by_operation (connection, windows, g_ptr_array_index (operations, i), error))
      return FALSE;

  g_hash_table_iter_init (&iter, windows);
  while (g_hash_table_iter_next (&iter, &citizen_id, &value))
    {
      const Window *window = value;

      if (!forlop_judging_store_rejudge (connection, citizen_id, window->from, window->to, error))
        return FALSE;
    }

  return TRUE;
}
