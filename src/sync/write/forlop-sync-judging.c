/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-judging.h"

#include <string.h>

#include "forlop-alert-refresh.h"
#include "forlop-alert-wish.h"
#include "forlop-contested-value.h"
#include "forlop-merged-citizen.h"
#include "forlop-plan-records.h"

/* What was measured so long before a merge is judged again by what is known of the person now. Of what is older
 * nobody has to be called any more. */
#define MERGE_DAYS 14

static void
monitored_free (gpointer data)
{
  ForlopSyncMonitored *self = data;

  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_object (&self->the_case);
  g_clear_pointer (&self->snapshot, forlop_snapshot_unref);
  g_clear_pointer (&self->versions, g_array_unref);
  g_clear_pointer (&self->pauses, g_array_unref);
  g_clear_pointer (&self->invalidations, g_ptr_array_unref);
  g_clear_pointer (&self->made, g_array_unref);
  g_free (self);
}

GHashTable *
forlop_sync_monitored_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, monitored_free);
}

/* The citizen's records that judging asks for, by type. */
typedef enum {
  CASES,
  PLANS,
  LIMITS,
  RULES,
  PAUSES,
  INVALIDATIONS,
  CONTESTED,
  N_KINDS,
} Kind;

static const char *const kinds[N_KINDS] = {
  "case", "care_plan", "limit", "plan_rule", "pause", "invalidation", "contested_value",
};
static const char all_kinds[] = "case care_plan limit plan_rule pause invalidation contested_value";

static void
kinds_clear (GPtrArray **read)
{
  for (unsigned int i = 0; i < N_KINDS; i++)
    g_clear_pointer (&read[i], g_ptr_array_unref);
}

static gboolean
read_kinds (ForlopSyncSession  *self,
            const char         *citizen_id,
            GPtrArray         **read,
            GError            **error)
{
  g_autofree char *scope = g_strconcat ("c:", citizen_id, NULL);
  g_autoptr (GPtrArray) rows = self->storage->funcs->list_kinds (self->storage, scope, all_kinds, error);

  if (rows == NULL)
    return FALSE;

  for (unsigned int i = 0; i < rows->len; i++)
    {
      const ForlopSyncRow *row = g_ptr_array_index (rows, i);
      unsigned int kind = 0;
      ForlopRecord *record;

      while (!g_str_equal (row->type->name, kinds[kind]))
        kind++;
      record = forlop_sync_row_to_record (row, error);
      if (record == NULL)
        return FALSE;
      g_ptr_array_add (read[kind], record);
    }

  return TRUE;
}

/* Under every record of the person. */
static gboolean
read_person (ForlopSyncSession  *self,
             GPtrArray          *ids,
             GPtrArray         **read,
             GError            **error)
{
  for (unsigned int i = 0; i < N_KINDS; i++)
    read[i] = g_ptr_array_new_with_free_func (g_object_unref);
  for (unsigned int i = 0; i < ids->len; i++)
    if (!read_kinds (self, g_ptr_array_index (ids, i), read, error))
      return FALSE;

  return TRUE;
}

static GArray *
read_versions (GPtrArray **read,
               GError    **error)
{
  g_autoptr (GArray) versions = g_array_new (FALSE, TRUE, sizeof (ForlopPlanVersion));

  forlop_contested_be_careful (read[LIMITS], read[RULES], read[CONTESTED]);
  for (unsigned int i = 0; i < read[PLANS]->len; i++)
    {
      ForlopRecord *plan = g_ptr_array_index (read[PLANS], i);
      ForlopPlanVersion version;

      if (!forlop_plan_record_counts (plan))
        continue;
      if (!forlop_plan_version_read (&version, plan, read[LIMITS], read[RULES], error))
        return NULL;
      g_array_append_val (versions, version);
    }

  return g_steal_pointer (&versions);
}

static gboolean
put (ForlopSyncSession  *self,
     ForlopSnapshot     *snapshot,
     const char         *type,
     const char         *id,
     ForlopRecord      **put,
     GError            **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (ForlopRecord) record = id != NULL ? forlop_sync_load (self, type, id, NULL, &problem) : NULL;

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (record != NULL)
    forlop_snapshot_put (snapshot, record);
  *put = record;

  return TRUE;
}

/* What the citizen measures with. */
static gboolean
read_devices (ForlopSyncSession    *self,
              ForlopSyncMonitored  *monitored,
              GError              **error)
{
  g_autofree char *scope = g_strconcat ("d:", forlop_record_get_id (monitored->the_case), NULL);
  g_autoptr (GPtrArray) loans =
    self->storage->funcs->list_scope (self->storage, scope, forlop_record_type_find ("loan"), error);

  if (loans == NULL)
    return FALSE;
  monitored->snapshot = forlop_snapshot_new (self->now);
  for (unsigned int i = 0; i < loans->len; i++)
    {
      g_autoptr (ForlopRecord) loan = forlop_sync_row_to_record (g_ptr_array_index (loans, i), error);
      ForlopRecord *item, *product;

      if (loan == NULL ||
          !put (self, monitored->snapshot, "item", forlop_record_get_text (loan, "item_id"), &item, error) ||
          (item != NULL && !put (self, monitored->snapshot, "product", forlop_record_get_text (item, "product_id"),
                                 &product, error)))
        return FALSE;
      forlop_snapshot_put (monitored->snapshot, loan);
    }

  return TRUE;
}

/* The newest word on a measurement stands. */
static int
compare_at (gconstpointer a,
            gconstpointer b)
{
  gint64 first = forlop_record_get_instant (*(ForlopRecord *const *) a, "at");
  gint64 second = forlop_record_get_instant (*(ForlopRecord *const *) b, "at");

  return first < second ? -1 : first > second;
}

static gboolean
read_monitored (ForlopSyncSession    *self,
                ForlopSyncMonitored  *monitored,
                GPtrArray           **read,
                GError              **error)
{
  g_autoptr (GPtrArray) pauses = g_ptr_array_new ();

  /* The newest, where somebody who was registered twice has two. */
  for (unsigned int i = 0; i < read[CASES]->len; i++)
    {
      ForlopRecord *each = g_ptr_array_index (read[CASES], i);

      if (forlop_record_text_is (each, "status", "running") &&
          (monitored->the_case == NULL ||
           strcmp (forlop_record_get_id (each), forlop_record_get_id (monitored->the_case)) > 0))
        g_set_object (&monitored->the_case, each);
    }
  monitored->versions = read_versions (read, error);
  if (monitored->versions == NULL)
    return FALSE;
  monitored->invalidations = g_ptr_array_ref (read[INVALIDATIONS]);
  g_ptr_array_sort (monitored->invalidations, compare_at);
  if (monitored->the_case == NULL)
    return TRUE;

  for (unsigned int i = 0; i < read[PAUSES]->len; i++)
    if (forlop_record_text_is (g_ptr_array_index (read[PAUSES], i), "case_id",
                               forlop_record_get_id (monitored->the_case)))
      g_ptr_array_add (pauses, g_ptr_array_index (read[PAUSES], i));
  monitored->pauses = forlop_pauses_read (pauses);

  return read_devices (self, monitored, error);
}

ForlopSyncMonitored *
forlop_sync_monitored_get (GHashTable         *monitored,
                           ForlopSyncSession  *self,
                           const char         *citizen_id,
                           GError            **error)
{
  ForlopSyncMonitored *found = g_hash_table_lookup (monitored, citizen_id);
  g_autoptr (GPtrArray) ids = NULL;
  GPtrArray *read[N_KINDS] = { NULL };
  gboolean is_read;

  if (found != NULL)
    return found;
  /* It may be another record of somebody who is there. */
  ids = forlop_sync_list_person (self, citizen_id, error);
  found = ids != NULL ? g_hash_table_lookup (monitored, ids->pdata[0]) : NULL;
  if (ids == NULL || found != NULL)
    return found;
  found = g_new0 (ForlopSyncMonitored, 1);
  found->ids = g_ptr_array_ref (ids);
  found->made = g_array_new (FALSE, FALSE, sizeof (ForlopMeasurement));
  found->from = G_MAXINT64;
  found->to = G_MININT64;
  is_read = read_person (self, ids, read, error) && read_monitored (self, found, read, error);
  kinds_clear (read);
  if (!is_read)
    {
      monitored_free (found);
      return NULL;
    }
  g_hash_table_insert (monitored, g_strdup (ids->pdata[0]), found);

  return found;
}

void
forlop_sync_monitored_touch (ForlopSyncMonitored *self,
                             gint64               measured_at)
{
  g_return_if_fail (self != NULL);

  self->from = MIN (self->from, measured_at);
  self->to = MAX (self->to, measured_at);
}

void
forlop_sync_monitored_add (ForlopSyncMonitored *self,
                           ForlopRecord        *record)
{
  ForlopMeasurement measurement;

  g_return_if_fail (self != NULL && FORLOP_IS_RECORD (record));

  forlop_measurement_read (&measurement, record);
  g_array_append_val (self->made, measurement);
  forlop_sync_monitored_touch (self, measurement.measured_at);
}

/* What the alerts of a measurement are looked up in. */
typedef struct {
  ForlopSyncSession *session;
  ForlopChangeset *changeset;
} Finder;

/* A measurement that is made now has none. */
static GPtrArray *
find_alerts (gpointer      data,
             const char   *measurement_id,
             GError      **error)
{
  Finder *self = data;
  const char *const *rules = forlop_alert_rules ();
  g_autoptr (GPtrArray) alerts = g_ptr_array_new_with_free_func (g_object_unref);

  if (forlop_changeset_find (self->changeset, "measurement", measurement_id) != NULL)
    return g_steal_pointer (&alerts);
  for (unsigned int i = 0; rules[i] != NULL; i++)
    {
      g_autofree char *id = forlop_alert_id (measurement_id, rules[i]);
      g_autoptr (GError) problem = NULL;
      ForlopRecord *alert = forlop_sync_load (self->session, "alert", id, NULL, &problem);

      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return NULL;
        }
      if (alert != NULL)
        g_ptr_array_add (alerts, alert);
    }

  return g_steal_pointer (&alerts);
}

static GArray *
load_history (ForlopSyncSession          *self,
              const ForlopSyncMonitored  *monitored,
              const ForlopJudgingReach   *reach,
              GError                    **error)
{
  g_autoptr (GArray) history = g_array_new (FALSE, FALSE, sizeof (ForlopMeasurement));

  for (unsigned int i = 0; i < monitored->ids->len; i++)
    {
      g_autofree char *scope = g_strconcat ("c:", (const char *) g_ptr_array_index (monitored->ids, i), NULL);

      if (!self->storage->funcs->list_measured (self->storage, scope, reach->from, reach->to, history, error))
        return NULL;
    }
  g_array_append_vals (history, monitored->made->data, monitored->made->len);
  for (unsigned int i = 0; i < monitored->invalidations->len; i++)
    forlop_judging_mark (history, g_ptr_array_index (monitored->invalidations, i));

  return g_steal_pointer (&history);
}

static gboolean
judge_one (ForlopSyncSession          *self,
           ForlopChangeset            *changeset,
           const ForlopSyncMonitored  *monitored,
           GError                    **error)
{
  ForlopJudgingReach reach = forlop_judging_reach (monitored->versions, monitored->from, monitored->to);
  Finder finder = { self, changeset };
  g_autoptr (ForlopJudging) judging = NULL;
  GArray *history;

  if (monitored->the_case == NULL || monitored->from > monitored->to)
    return TRUE;
  history = load_history (self, monitored, &reach, error);
  if (history == NULL)
    return FALSE;
  judging = forlop_judging_new (g_array_ref (monitored->versions), history, monitored->ids, &reach, NULL);

  return forlop_alerts_refresh (changeset, judging, monitored->the_case, monitored->pauses, find_alerts, &finder,
                                error);
}

gboolean
forlop_sync_judge (ForlopSyncSession  *self,
                   ForlopChangeset    *changeset,
                   GHashTable         *monitored,
                   GError            **error)
{
  GHashTableIter iter;
  gpointer each;

  g_return_val_if_fail (self != NULL && changeset != NULL && monitored != NULL, FALSE);

  g_hash_table_iter_init (&iter, monitored);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    if (!judge_one (self, changeset, each, error))
      return FALSE;

  return TRUE;
}

/* When the measurement that @operation makes or speaks of was taken; NONE when it is not here. */
static gboolean
measured_at (ForlopSyncSession      *self,
             const ForlopOperation  *operation,
             gint64                 *at,
             GError                **error)
{
  ForlopRecord *record = operation->after;
  g_autoptr (ForlopRecord) measurement = NULL;
  g_autoptr (GError) problem = NULL;

  *at = FORLOP_INSTANT_NONE;
  if (record == NULL)
    return TRUE;
  if (g_str_equal (operation->type->name, "measurement"))
    *at = forlop_record_get_instant (record, "measured_at");
  if (!g_str_equal (operation->type->name, "invalidation"))
    return TRUE;
  measurement = forlop_sync_load (self, "measurement", forlop_record_get_text (record, "measurement_id"), NULL,
                                  &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (measurement != NULL)
    *at = forlop_record_get_instant (measurement, "measured_at");

  return TRUE;
}

/* What came under one record was judged without the other's plan and case. */
static gboolean
touch_merged (ForlopSyncSession  *self,
              ForlopChangeset    *changeset,
              GHashTable         *monitored,
              GError            **error)
{
  const ForlopOperation *merge = forlop_merged_citizen_find_merge (changeset);
  ForlopSyncMonitored *person;

  if (merge == NULL)
    return TRUE;
  person = forlop_sync_monitored_get (monitored, self, merge->id, error);
  if (person == NULL)
    return FALSE;
  forlop_sync_monitored_touch (person, self->now - MERGE_DAYS * FORLOP_DAY);
  forlop_sync_monitored_touch (person, self->now);

  return TRUE;
}

/**
 * forlop_sync_judge_after:
 *
 * Whoever registered a measurement judged it by what was on that machine. Here everything is together:
 * an alert that follows from what others have sent, or from that two records are one person, or that no longer
 * does, is written by the server, so that it does not matter who came first.
 */
gboolean
forlop_sync_judge_after (ForlopSyncSession  *self,
                         ForlopChangeset    *changeset,
                         GError            **error)
{
  GPtrArray *operations;
  g_autoptr (GHashTable) monitored = forlop_sync_monitored_new ();
  g_autoptr (ForlopChangeset) judged = NULL;

  g_return_val_if_fail (self != NULL && changeset != NULL, FALSE);

  operations = forlop_changeset_get_operations (changeset);
  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);
      ForlopSyncMonitored *each;
      gint64 at;

      if (!measured_at (self, operation, &at, error))
        return FALSE;
      if (at == FORLOP_INSTANT_NONE)
        continue;
      each = forlop_sync_monitored_get (monitored, self, forlop_record_get_text (operation->after, "citizen_id"),
                                        error);
      if (each == NULL)
        return FALSE;
      forlop_sync_monitored_touch (each, at);
    }
  if (!touch_merged (self, changeset, monitored, error))
    return FALSE;
  if (g_hash_table_size (monitored) == 0)
    return TRUE;

  judged = forlop_sync_author_begin (self, "judge-measurements", error);
  if (judged == NULL || !forlop_sync_judge (self, judged, monitored, error) ||
      !forlop_changeset_finish (judged, error))
    return FALSE;

  return forlop_changeset_get_operations (judged)->len == 0 || forlop_sync_author_finish (self, judged, error);
}
