/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-reading-private.h"

#include <string.h>

#include "forlop-measurement.h"

/* The two of a blood pressure are told as one. What was measured at one time is paired in the order it came, and a pair
 * stays one: what comes later is told as a change of it. A value that was invalid when another came in its place gives
 * its place to that. */

enum { SYSTOLIC, DIASTOLIC, N_SIDES };

typedef struct {
  ForlopSyncRow *row;
  ForlopRecord *record;
  const ForlopSyncWord *word; /* nullable, borrowed */
  unsigned int side;
  unsigned int pair;
} Half;

static void
half_free (gpointer data)
{
  Half *self = data;

  forlop_sync_row_free (self->row);
  g_clear_object (&self->record);
  g_free (self);
}

/* In the order they came; of two that came together the systolic one first. */
static int
compare_halves (gconstpointer a,
                gconstpointer b)
{
  const Half *left = a, *right = b;

  if (left->row->seq != right->row->seq)
    return left->row->seq < right->row->seq ? -1 : 1;
  if (left->side != right->side)
    return left->side < right->side ? -1 : 1;

  return strcmp (left->row->id, right->row->id);
}

gboolean
forlop_sync_is_pressure (ForlopRecord *measurement)
{
  ForlopMeasure measure = forlop_measure_find ("forlop", forlop_record_get_text (measurement, "code"));

  return forlop_measure_info (measure)->panel == FORLOP_MEASURE_BLOOD_PRESSURE;
}

static gboolean
add_half (ForlopSyncReading        *self,
          ForlopSyncReadable       *person,
          const ForlopMeasurement  *measurement,
          GPtrArray                *halves,
          GError                  **error)
{
  ForlopServerStorage *storage = self->session.storage;
  g_autofree char *id = forlop_id_from_bytes (measurement->id);
  Half *half;

  if (forlop_measure_info (measurement->measure)->panel != FORLOP_MEASURE_BLOOD_PRESSURE)
    return TRUE;
  half = g_new0 (Half, 1);
  g_ptr_array_add (halves, half);
  half->side = measurement->measure == FORLOP_MEASURE_SYSTOLIC ? SYSTOLIC : DIASTOLIC;
  half->word = g_hash_table_lookup (person->words, id);
  if (!storage->funcs->load_row (storage, forlop_record_type_find ("measurement"), id, &half->row, error))
    return FALSE;
  half->record = forlop_sync_row_to_record (half->row, error);

  return half->record != NULL;
}

/* Under every record of the person. */
static GPtrArray *
list_halves (ForlopSyncReading   *self,
             ForlopSyncReadable  *person,
             gint64               at,
             GError             **error)
{
  ForlopServerStorage *storage = self->session.storage;
  g_autoptr (GArray) measured = g_array_new (FALSE, FALSE, sizeof (ForlopMeasurement));
  g_autoptr (GPtrArray) halves = g_ptr_array_new_with_free_func (half_free);

  for (unsigned int i = 0; i < person->ids->len; i++)
    {
      g_autofree char *scope = g_strconcat ("c:", (const char *) g_ptr_array_index (person->ids, i), NULL);

      if (!storage->funcs->list_measured (storage, scope, at, at, measured, error))
        return NULL;
    }
  for (unsigned int i = 0; i < measured->len; i++)
    if (!add_half (self, person, &g_array_index (measured, ForlopMeasurement, i), halves, error))
      return NULL;
  g_ptr_array_sort_values (halves, compare_halves);

  return g_steal_pointer (&halves);
}

static gboolean
is_invalid (const Half *self)
{
  return self->word != NULL && self->word->is_invalid;
}

/* Gives each half its pair. @standing: for each side, the half that stands in each pair. */
static void
pair_up (GPtrArray *halves,
         GPtrArray *standing[N_SIDES])
{
  for (unsigned int i = 0; i < halves->len; i++)
    {
      Half *half = g_ptr_array_index (halves, i);
      GPtrArray *there = standing[half->side];
      unsigned int pair = 0;

      while (pair < there->len && (!is_invalid (there->pdata[pair]) ||
                                   ((const Half *) there->pdata[pair])->word->seq > half->row->seq))
        pair++;
      half->pair = pair;
      if (pair == there->len)
        g_ptr_array_add (there, half);
      else
        there->pdata[pair] = half;
    }
}

/* Where @half was last written, or spoken of. */
static void
note_newest (ForlopSyncPressure *self,
             const Half         *half)
{
  const char *type = half->word != NULL ? "invalidation" : "measurement";
  const char *id = half->word != NULL ? half->word->id : half->row->id;
  gint64 seq = half->word != NULL ? half->word->seq : half->row->seq;

  if (self->type != NULL &&
      (seq < self->seq || (seq == self->seq && (strcmp (type, self->type) < 0 ||
                                                (g_str_equal (type, self->type) && strcmp (id, self->id) < 0)))))
    return;
  self->seq = seq;
  self->type = type;
  g_strlcpy (self->id, id, sizeof self->id);
}

static void
take_side (GPtrArray     *there,
           unsigned int   pair,
           ForlopRecord **record,
           gboolean      *invalid)
{
  const Half *half = pair < there->len ? there->pdata[pair] : NULL;

  if (half == NULL)
    return;
  *record = g_object_ref (half->record);
  *invalid = is_invalid (half);
}

void
forlop_sync_pressure_clear (ForlopSyncPressure *self)
{
  g_clear_object (&self->first);
  g_clear_object (&self->systolic);
  g_clear_object (&self->diastolic);
}

gboolean
forlop_sync_find_pressure (ForlopSyncReading   *self,
                           ForlopSyncReadable  *person,
                           ForlopRecord        *measurement,
                           ForlopSyncPressure  *pressure,
                           GError             **error)
{
  g_autoptr (GPtrArray) halves =
    list_halves (self, person, forlop_record_get_instant (measurement, "measured_at"), error);
  g_autoptr (GPtrArray) systolic = g_ptr_array_new ();
  g_autoptr (GPtrArray) diastolic = g_ptr_array_new ();
  GPtrArray *standing[N_SIDES] = { systolic, diastolic };
  unsigned int pair = G_MAXUINT;

  *pressure = (ForlopSyncPressure) { 0 };
  if (halves == NULL)
    return FALSE;
  pair_up (halves, standing);
  for (unsigned int i = 0; i < halves->len; i++)
    {
      const Half *half = g_ptr_array_index (halves, i);

      if (g_str_equal (half->row->id, forlop_record_get_id (measurement)))
        pair = half->pair;
    }
  for (unsigned int i = 0; i < halves->len; i++)
    {
      const Half *half = g_ptr_array_index (halves, i);

      if (half->pair != pair)
        continue;
      if (pressure->first == NULL)
        pressure->first = g_object_ref (half->record);
      note_newest (pressure, half);
    }
  take_side (systolic, pair, &pressure->systolic, &pressure->is_systolic_invalid);
  take_side (diastolic, pair, &pressure->diastolic, &pressure->is_diastolic_invalid);

  return TRUE;
}
