/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-judging.h"

#include <math.h>

#include "forlop-id.h"
#include "forlop-measurement-store.h"
#include "forlop-plan-store.h"

void
forlop_judging_free (ForlopJudging *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->versions, g_array_unref);
  g_clear_pointer (&self->history, g_array_unref);
  g_free (self);
}

/* How far a trend rule looks back, and how long a repeat is waited for. */
static void
measure_reach (const GArray *versions,
               gint64       *trend,
               gint64       *repeat)
{
  *trend = 0;
  *repeat = 0;

  for (unsigned int i = 0; i < versions->len; i++)
    {
      const ForlopPlanVersion *version = &g_array_index (versions, ForlopPlanVersion, i);

      *repeat = MAX (*repeat, version->repeat_within_minutes * FORLOP_MINUTE);
      for (unsigned int j = 0; j < version->n_rules; j++)
        *trend = MAX (*trend, version->rules[j].days * FORLOP_DAY);
    }
}

static gint64
later (gint64 at,
       gint64 duration)
{
  return at > G_MAXINT64 - duration ? G_MAXINT64 : at + duration;
}

static gint64
earlier (gint64 at,
         gint64 duration)
{
  return at < G_MININT64 + 1 + duration ? G_MININT64 + 1 : at - duration;
}

static void
add_measurement (ForlopJudging *self,
                 ForlopRecord  *record)
{
  ForlopMeasurementSource source = FORLOP_SOURCE_STAFF;
  ForlopMeasurement row = {
    .measure = (guint8) forlop_measure_find ("forlop", forlop_record_get_text (record, "code")),
    .value = forlop_record_has (record, "value") ? forlop_record_get_real (record, "value") : NAN,
    .measured_at = forlop_record_get_instant (record, "measured_at"),
    .received_at = forlop_record_get_instant (record, "received_at"),
  };

  forlop_id_to_bytes (forlop_record_get_id (record), row.id);
  forlop_quality_from_code (forlop_record_get_text (record, "quality"), &row.quality);
  if (!forlop_record_has (record, "value"))
    row.quality |= FORLOP_QUALITY_ABSENT;
  forlop_measurement_source_from_code (forlop_record_get_text (record, "source"), &source);
  row.source = (guint8) source;
  g_array_append_val (self->history, row);
}

static void
mark_invalid (ForlopJudging *self,
              ForlopRecord  *invalidation)
{
  guint8 id[16];

  forlop_id_to_bytes (forlop_record_get_text (invalidation, "measurement_id"), id);
  for (unsigned int i = 0; i < self->history->len; i++)
    {
      ForlopMeasurement *row = forlop_judging_get (self, i);

      if (memcmp (row->id, id, sizeof id) == 0)
        row->invalidated = forlop_record_get_boolean (invalidation, "invalid");
    }
}

static void
add_pending (ForlopJudging   *self,
             ForlopChangeset *changeset)
{
  GPtrArray *operations = forlop_changeset_get_operations (changeset);

  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);

      if (operation->after != NULL && g_str_equal (operation->type->name, "measurement"))
        add_measurement (self, operation->after);
      else if (operation->after != NULL && g_str_equal (operation->type->name, "invalidation"))
        mark_invalid (self, operation->after);
    }
  forlop_measurements_sort ((ForlopMeasurement *) (void *) self->history->data, self->history->len);
}

/**
 * forlop_judging_load:
 *
 * A change reaches further than itself: a red just before it may be answered by it as its repeat,
 * and what was measured later may have it as the base of a trend.
 */
ForlopJudging *
forlop_judging_load (ForlopConnection  *connection,
                     const char        *citizen_id,
                     ForlopChangeset   *changeset,
                     gint64             from,
                     gint64             to,
                     GError           **error)
{
  g_autoptr (ForlopJudging) self = g_new0 (ForlopJudging, 1);
  const ForlopMeasurement *rows;
  gint64 trend, repeat, first, last;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (citizen_id != NULL, NULL);

  self->versions = forlop_plan_store_load_versions (connection, citizen_id, changeset, error);
  if (self->versions == NULL)
    return NULL;

  measure_reach (self->versions, &trend, &repeat);
  first = earlier (from, repeat);
  last = later (to, MAX (trend, repeat));
  self->history = forlop_measurement_store_load_history (connection, citizen_id,
                                                         earlier (first, trend + repeat),
                                                         later (last, repeat), error);
  if (self->history == NULL)
    return NULL;
  if (changeset != NULL)
    add_pending (self, changeset);

  rows = (const ForlopMeasurement *) (const void *) self->history->data;
  self->first = forlop_measurements_find (rows, self->history->len, first - 1);
  self->end = forlop_measurements_find (rows, self->history->len, last);

  return g_steal_pointer (&self);
}

ForlopMeasurement *
forlop_judging_get (const ForlopJudging *self,
                    unsigned int         index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->history->len, NULL);

  return &g_array_index (self->history, ForlopMeasurement, index);
}

ForlopJudgement
forlop_judging_judge (const ForlopJudging *self,
                      unsigned int         index)
{
  return forlop_triage_judge (forlop_judging_get (self, index),
                              (const ForlopPlanVersion *) (const void *) self->versions->data,
                              self->versions->len,
                              (const ForlopMeasurement *) (const void *) self->history->data,
                              self->history->len);
}
