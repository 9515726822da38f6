/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-judging.h"

#include <string.h>

#include "forlop-id.h"
#include "forlop-plan-records.h"

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

/**
 * forlop_judging_reach:
 *
 * A change reaches further than itself: a red just before it may be answered by it as its repeat,
 * and what was measured later may have it as the base of a trend.
 */
ForlopJudgingReach
forlop_judging_reach (const GArray *versions,
                      gint64        from,
                      gint64        to)
{
  ForlopJudgingReach reach = { 0 };
  gint64 trend, repeat;

  g_return_val_if_fail (versions != NULL, reach);

  measure_reach (versions, &trend, &repeat);
  reach.first = earlier (from, repeat);
  reach.last = later (to, MAX (trend, repeat));
  reach.from = earlier (reach.first, trend + repeat);
  reach.to = later (reach.last, repeat);

  return reach;
}

void
forlop_judging_mark (GArray       *history,
                     ForlopRecord *invalidation)
{
  guint8 id[16];

  g_return_if_fail (history != NULL && FORLOP_IS_RECORD (invalidation));

  forlop_id_to_bytes (forlop_record_get_text (invalidation, "measurement_id"), id);
  for (unsigned int i = 0; i < history->len; i++)
    {
      ForlopMeasurement *row = &g_array_index (history, ForlopMeasurement, i);

      if (memcmp (row->id, id, sizeof id) == 0)
        row->invalidated = forlop_record_get_boolean (invalidation, "invalid");
    }
}

/* A changeset may have readings of many, and each is judged with their own alone. */
static gboolean
is_of_person (ForlopRecord *record,
              GPtrArray    *ids)
{
  return g_ptr_array_find_with_equal_func (ids, forlop_record_get_text (record, "citizen_id"), g_str_equal, NULL);
}

static void
add_pending (GArray          *history,
             GPtrArray       *ids,
             ForlopChangeset *changeset)
{
  GPtrArray *operations = forlop_changeset_get_operations (changeset);

  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);

      if (operation->after != NULL && g_str_equal (operation->type->name, "measurement") &&
          is_of_person (operation->after, ids))
        {
          ForlopMeasurement row;

          forlop_measurement_read (&row, operation->after);
          g_array_append_val (history, row);
        }
      else if (operation->after != NULL && g_str_equal (operation->type->name, "invalidation"))
        forlop_judging_mark (history, operation->after);
    }
}

ForlopJudging *
forlop_judging_new (GArray                   *versions,
                    GArray                   *history,
                    GPtrArray                *ids,
                    const ForlopJudgingReach *reach,
                    ForlopChangeset          *changeset)
{
  ForlopJudging *self = g_new0 (ForlopJudging, 1);
  ForlopMeasurement *rows;

  g_return_val_if_fail (versions != NULL && history != NULL && ids != NULL && reach != NULL, self);

  self->versions = versions;
  self->history = history;
  if (changeset != NULL)
    add_pending (history, ids, changeset);
  rows = (ForlopMeasurement *) (void *) history->data;
  forlop_measurements_sort (rows, history->len);
  self->first = forlop_measurements_find (rows, history->len, reach->first - 1);
  self->end = forlop_measurements_find (rows, history->len, reach->last);

  return self;
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
