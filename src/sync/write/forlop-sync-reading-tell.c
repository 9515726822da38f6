/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-reading-private.h"

#include <string.h>

#include "forlop-contested-value.h"
#include "forlop-plan-records.h"

/* What is told of a person, in the order it was written. */

/* One question on its way. */
typedef struct {
  ForlopSyncReading *reading;
  ForlopSyncReadable *person;
  GPtrArray *told;
} Telling;

void
forlop_sync_told_free (ForlopSyncTold *self)
{
  if (self == NULL)
    return;

  g_free (self->version);
  g_clear_object (&self->record);
  g_clear_object (&self->systolic);
  g_clear_object (&self->diastolic);
  g_clear_object (&self->product);
  g_clear_pointer (&self->limits, g_ptr_array_unref);
  g_clear_pointer (&self->schedules, g_ptr_array_unref);
  g_free (self);
}

static void
set_place (ForlopSyncPlace     *self,
           const ForlopSyncRow *row,
           const char          *record_id)
{
  self->seq = row->seq;
  g_strlcpy (self->type, row->type->name, sizeof self->type);
  g_strlcpy (self->id, row->id, sizeof self->id);
  g_strlcpy (self->record_id, record_id, sizeof self->record_id);
}

static ForlopSyncTold *
add_told (Telling             *self,
          const ForlopSyncRow *row,
          const char          *record_id,
          ForlopRecord        *record)
{
  ForlopSyncTold *told = g_new0 (ForlopSyncTold, 1);

  set_place (&told->place, row, record_id);
  told->version = g_strdup (row->vtag);
  told->record = g_object_ref (record);
  g_ptr_array_add (self->told, told);

  return told;
}

/* It is as new as the newest of what it is made of. */
static void
renew (ForlopSyncTold *told,
       gint64          seq,
       const char     *version)
{
  if (seq <= told->place.seq)
    return;
  told->place.seq = seq;
  g_set_str (&told->version, version);
}

/* FALSE on @error; no record for what is not there. */
static gboolean
load (ForlopSyncReading  *self,
      const char         *type,
      const char         *id,
      ForlopSyncRow     **row,
      ForlopRecord      **record,
      GError            **error)
{
  ForlopServerStorage *storage = self->session.storage;
  g_autoptr (GError) problem = NULL;

  *row = NULL;
  *record = NULL;
  if (id == NULL)
    return TRUE;
  if (!storage->funcs->load_row (storage, forlop_record_type_find (type), id, row, error))
    return FALSE;
  if (*row != NULL)
    *record = forlop_sync_row_to_record (*row, &problem);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));

  return *record != NULL || *row == NULL || (*row)->deleted;
}

/* Once for the two of them, where the last of what concerns them was written. */
static gboolean
tell_pressure (Telling              *self,
               const ForlopSyncRow  *row,
               const char           *record_id,
               ForlopRecord         *measurement,
               GError              **error)
{
  g_auto (ForlopSyncPressure) pressure = { 0 };
  ForlopSyncTold *told;

  if (!forlop_sync_find_pressure (self->reading, self->person, measurement, &pressure, error))
    return FALSE;
  if (pressure.first == NULL || row->seq != pressure.seq || !g_str_equal (row->id, pressure.id))
    return TRUE;
  told = add_told (self, row, record_id, pressure.first);
  told->systolic = g_steal_pointer (&pressure.systolic);
  told->diastolic = g_steal_pointer (&pressure.diastolic);
  told->is_systolic_invalid = pressure.is_systolic_invalid;
  told->is_diastolic_invalid = pressure.is_diastolic_invalid;
  told->is_invalid = (told->systolic == NULL || told->is_systolic_invalid) &&
                     (told->diastolic == NULL || told->is_diastolic_invalid);

  return TRUE;
}

/* A measurement is told once: where it was written, or where the last word on it was. */
static gboolean
tell_measurement (Telling              *self,
                  const ForlopSyncRow  *row,
                  const char           *record_id,
                  GError              **error)
{
  gboolean is_word = g_str_equal (row->type->name, "invalidation");
  g_autoptr (ForlopRecord) record = NULL;
  g_autoptr (ForlopRecord) measurement = NULL;
  g_autoptr (ForlopSyncRow) measured = NULL;
  const ForlopSyncWord *word;

  if (row->deleted || (!is_word && !g_str_equal (row->type->name, "measurement")))
    return TRUE;
  record = forlop_sync_row_to_record (row, error);
  if (record == NULL)
    return FALSE;
  word = g_hash_table_lookup (self->person->words,
                              is_word ? forlop_record_get_text (record, "measurement_id") : row->id);
  if (is_word ? word == NULL || !g_str_equal (word->id, row->id) : word != NULL)
    return TRUE;
  if (is_word && !load (self->reading, "measurement", forlop_record_get_text (record, "measurement_id"), &measured,
                        &measurement, error))
    return FALSE;
  if (is_word && measurement == NULL)
    return TRUE;
  if (forlop_sync_is_pressure (is_word ? measurement : record))
    return tell_pressure (self, row, record_id, is_word ? measurement : record, error);
  if (!is_word)
    add_told (self, row, record_id, record);
  else
    add_told (self, row, record_id, measurement)->is_invalid = word->is_invalid;

  return TRUE;
}

/* The records of the person one after the other. */
static gboolean
tell_measurements (Telling          *self,
                   gint64            since,
                   ForlopSyncPlace  *after,
                   unsigned int     *budget,
                   gboolean         *is_all,
                   GError          **error)
{
  ForlopServerStorage *storage = self->reading->session.storage;
  const ForlopSyncPlace from = *after;
  gboolean has_begun = from.record_id[0] == '\0';

  *is_all = FALSE;
  for (unsigned int i = 0; i < self->person->ids->len; i++)
    {
      const char *id = g_ptr_array_index (self->person->ids, i);
      gboolean is_after = !has_begun && g_str_equal (id, from.record_id);
      g_autofree char *scope = g_strconcat ("c:", id, NULL);
      g_autoptr (GPtrArray) rows = NULL;

      if (!has_begun && !is_after)
        continue;
      has_begun = TRUE;
      /* No type comes after "~". */
      rows = storage->funcs->rows_of_scope (storage, scope, is_after ? from.seq : since,
                                            is_after ? from.type : "~", is_after ? from.id : "", *budget, error);
      if (rows == NULL)
        return FALSE;
      for (unsigned int j = 0; j < rows->len; j++)
        if (!tell_measurement (self, g_ptr_array_index (rows, j), id, error))
          return FALSE;
      if (rows->len > 0)
        set_place (after, g_ptr_array_index (rows, rows->len - 1), id);
      *budget -= rows->len;
      if (*budget == 0)
        return TRUE;
    }
  *is_all = TRUE;

  return TRUE;
}

static gboolean
is_of_cases (Telling      *self,
             ForlopRecord *record)
{
  for (unsigned int i = 0; i < self->person->cases->len; i++)
    if (forlop_record_text_is (record, "case_id", forlop_record_get_id (g_ptr_array_index (self->person->cases, i))))
      return TRUE;

  return FALSE;
}

/* The person's records of a type, each beside its row, which @rows borrows. */
static gboolean
list_kept (Telling     *self,
           const char  *type,
           GPtrArray  **rows,
           GPtrArray  **records,
           GError     **error)
{
  *rows = g_ptr_array_new ();
  *records = g_ptr_array_new_with_free_func (g_object_unref);
  for (unsigned int i = 0; i < self->person->rows->len; i++)
    {
      ForlopSyncRow *row = g_ptr_array_index (self->person->rows, i);
      ForlopRecord *record = g_str_equal (row->type->name, type) ? forlop_sync_row_to_record (row, error) : NULL;

      if (record == NULL && g_str_equal (row->type->name, type))
        return FALSE;
      if (record == NULL)
        continue;
      g_ptr_array_add (*rows, row);
      g_ptr_array_add (*records, record);
    }

  return TRUE;
}

/* Those of @type that belong to the plan of @told; a limit that two have set differently is the narrower. */
static gboolean
add_parts (Telling         *self,
           ForlopSyncTold  *told,
           const char      *type,
           GPtrArray       *contested,
           GPtrArray      **parts,
           GError         **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) records = NULL;

  *parts = g_ptr_array_new_with_free_func (g_object_unref);
  if (!list_kept (self, type, &rows, &records, error))
    return FALSE;
  for (unsigned int i = 0; i < records->len; i++)
    {
      ForlopRecord *record = g_ptr_array_index (records, i);
      const ForlopSyncRow *row = g_ptr_array_index (rows, i);

      if (!forlop_record_text_is (record, "care_plan_id", forlop_record_get_id (told->record)))
        continue;
      renew (told, row->seq, row->vtag);
      g_ptr_array_add (*parts, contested != NULL ? forlop_contested_limit (record, contested) : g_object_ref (record));
    }

  return TRUE;
}

/* What is or was in force; drafts stay with those who write them. */
static gboolean
tell_plans (Telling  *self,
            GError  **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) plans = NULL;
  g_autoptr (GPtrArray) contested_rows = NULL;
  g_autoptr (GPtrArray) contested = NULL;

  if (!list_kept (self, "care_plan", &rows, &plans, error) ||
      !list_kept (self, "contested_value", &contested_rows, &contested, error))
    return FALSE;
  for (unsigned int i = 0; i < plans->len; i++)
    {
      ForlopRecord *plan = g_ptr_array_index (plans, i);
      const ForlopSyncRow *row = g_ptr_array_index (rows, i);
      ForlopSyncTold *told;

      if (!forlop_plan_record_counts (plan) || !is_of_cases (self, plan))
        continue;
      told = add_told (self, row, row->scope + 2, plan);
      for (unsigned int j = 0; j < contested_rows->len; j++)
        renew (told, ((const ForlopSyncRow *) g_ptr_array_index (contested_rows, j))->seq, row->vtag);
      if (!add_parts (self, told, "limit", contested, &told->limits, error) ||
          !add_parts (self, told, "schedule", NULL, &told->schedules, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
tell_item (Telling              *self,
           const ForlopSyncRow  *loan_row,
           GError              **error)
{
  g_autoptr (ForlopRecord) loan = forlop_sync_row_to_record (loan_row, error);
  g_autoptr (ForlopSyncRow) row = NULL;
  g_autoptr (ForlopSyncRow) product_row = NULL;
  g_autoptr (ForlopRecord) item = NULL;
  g_autoptr (ForlopRecord) product = NULL;
  ForlopSyncTold *told;

  if (loan == NULL)
    return FALSE;
  if (forlop_record_has (loan, "returned_on") || forlop_record_get_boolean (loan, "voided") ||
      forlop_record_get_boolean (loan, "lost"))
    return TRUE;
  if (!load (self->reading, "item", forlop_record_get_text (loan, "item_id"), &row, &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  if (!load (self->reading, "product", forlop_record_get_text (item, "product_id"), &product_row, &product, error))
    return FALSE;
  told = add_told (self, row, forlop_record_get_text (loan, "citizen_id"), item);
  told->product = g_steal_pointer (&product);
  renew (told, loan_row->seq, loan_row->vtag);
  if (product_row != NULL)
    renew (told, product_row->seq, product_row->vtag);

  return TRUE;
}

/* What is on loan now. */
static gboolean
tell_items (Telling  *self,
            GError  **error)
{
  ForlopServerStorage *storage = self->reading->session.storage;

  for (unsigned int i = 0; i < self->person->cases->len; i++)
    {
      ForlopRecord *the_case = g_ptr_array_index (self->person->cases, i);
      g_autofree char *scope = g_strconcat ("d:", forlop_record_get_id (the_case), NULL);
      g_autoptr (GPtrArray) loans = storage->funcs->list_scope (storage, scope, forlop_record_type_find ("loan"), error);

      if (loans == NULL)
        return FALSE;
      for (unsigned int j = 0; j < loans->len; j++)
        if (!tell_item (self, g_ptr_array_index (loans, j), error))
          return FALSE;
    }

  return TRUE;
}

/* (transfer none): rows of the unit's tasks, read once. */
static GPtrArray *
list_tasks (ForlopSyncReading  *self,
            const char         *unit_id,
            GError            **error)
{
  ForlopServerStorage *storage = self->session.storage;
  GPtrArray *rows = g_hash_table_lookup (self->tasks, unit_id);
  g_autofree char *scope = g_strconcat ("org:", unit_id, NULL);

  if (rows != NULL)
    return rows;
  rows = storage->funcs->list_scope (storage, scope, forlop_record_type_find ("task"), error);
  if (rows != NULL)
    g_hash_table_insert (self->tasks, g_strdup (unit_id), rows);

  return rows;
}

static gboolean
tell_tasks_of_case (Telling       *self,
                    ForlopRecord  *the_case,
                    const char    *unit_id,
                    GError       **error)
{
  static const char *const kinds[] = { "platform_setup", "platform_change", NULL };
  GPtrArray *rows = unit_id != NULL ? list_tasks (self->reading, unit_id, error) : NULL;

  for (unsigned int i = 0; rows != NULL && i < rows->len; i++)
    {
      const ForlopSyncRow *row = g_ptr_array_index (rows, i);
      g_autoptr (ForlopRecord) task = forlop_sync_row_to_record (row, error);
      const char *kind;

      if (task == NULL)
        return FALSE;
      kind = forlop_record_get_text (task, "kind");
      if (kind != NULL && g_strv_contains (kinds, kind) &&
          forlop_record_text_is (task, "case_id", forlop_record_get_id (the_case)))
        add_told (self, row, forlop_record_get_text (the_case, "citizen_id"), task);
    }

  return rows != NULL || unit_id == NULL;
}

/* What must be set up or changed in the system's own platform, and nothing else that somebody has to do. */
static gboolean
tell_tasks (Telling  *self,
            GError  **error)
{
  for (unsigned int i = 0; i < self->person->cases->len; i++)
    {
      ForlopRecord *the_case = g_ptr_array_index (self->person->cases, i);
      const char *unit_id = forlop_record_get_text (the_case, "unit_id");
      const char *office_id = forlop_record_get_text (the_case, "office_unit_id");

      if (!forlop_record_text_is (the_case, "platform", self->reading->system->name))
        continue;
      if (!tell_tasks_of_case (self, the_case, unit_id, error) ||
          (g_strcmp0 (unit_id, office_id) != 0 && !tell_tasks_of_case (self, the_case, office_id, error)))
        return FALSE;
    }

  return TRUE;
}

static void
tell_person (Telling *self)
{
  ForlopSyncReadable *person = self->person;
  ForlopSyncTold *told = g_new0 (ForlopSyncTold, 1);

  told->place.seq = person->seq;
  g_strlcpy (told->place.type, "citizen", sizeof told->place.type);
  g_strlcpy (told->place.id, person->ids->pdata[0], sizeof told->place.id);
  g_strlcpy (told->place.record_id, person->ids->pdata[0], sizeof told->place.record_id);
  told->version = g_strdup (person->version);
  told->record = g_object_ref (person->citizen);
  g_ptr_array_add (self->told, told);
}

static int
compare_places (const ForlopSyncPlace *a,
                const ForlopSyncPlace *b)
{
  int order = (a->seq > b->seq) - (a->seq < b->seq);

  if (order == 0)
    order = strcmp (a->type, b->type);

  return order != 0 ? order : strcmp (a->id, b->id);
}

static int
compare_told (gconstpointer a,
              gconstpointer b)
{
  return compare_places (&((const ForlopSyncTold *) a)->place, &((const ForlopSyncTold *) b)->place);
}

/* Of the few that a person has: those that are asked for. */
static void
keep_wanted (GPtrArray             *told,
             gint64                 since,
             const ForlopSyncPlace *after)
{
  g_ptr_array_sort_values (told, compare_told);
  for (unsigned int i = told->len; i > 0; i--)
    {
      const ForlopSyncTold *each = g_ptr_array_index (told, i - 1);

      if (each->place.seq <= since ||
          (after->record_id[0] != '\0' && compare_places (&each->place, after) <= 0))
        g_ptr_array_remove_index (told, i - 1);
    }
}

GPtrArray *
forlop_sync_reading_tell (ForlopSyncReading   *self,
                          ForlopSyncReadable  *person,
                          ForlopSyncTells      what,
                          gint64               since,
                          ForlopSyncPlace     *after,
                          unsigned int        *budget,
                          gboolean            *is_all,
                          GError             **error)
{
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_sync_told_free);
  Telling telling = { self, person, told };
  gint64 from = person->opened_seq > since ? 0 : since;
  gboolean is_told = TRUE;

  g_return_val_if_fail (after != NULL && is_all != NULL && *budget > 0, NULL);

  *is_all = TRUE;
  if (what == FORLOP_SYNC_TELLS_MEASUREMENTS)
    is_told = tell_measurements (&telling, from, after, budget, is_all, error);
  else if (what == FORLOP_SYNC_TELLS_PLANS)
    is_told = tell_plans (&telling, error);
  else if (what == FORLOP_SYNC_TELLS_ITEMS)
    is_told = tell_items (&telling, error);
  else if (what == FORLOP_SYNC_TELLS_TASKS)
    is_told = tell_tasks (&telling, error);
  else
    tell_person (&telling);
  if (is_told && what != FORLOP_SYNC_TELLS_MEASUREMENTS)
    keep_wanted (told, from, after);

  return is_told ? g_steal_pointer (&told) : NULL;
}

static gboolean
tell_one_pressure (Telling       *self,
                   ForlopRecord  *measurement,
                   GError       **error)
{
  g_auto (ForlopSyncPressure) pressure = { 0 };
  g_autoptr (ForlopSyncRow) row = NULL;
  g_autoptr (ForlopRecord) newest = NULL;

  if (!forlop_sync_find_pressure (self->reading, self->person, measurement, &pressure, error))
    return FALSE;
  if (pressure.first == NULL)
    return TRUE;

  return load (self->reading, pressure.type, pressure.id, &row, &newest, error) &&
         tell_pressure (self, row, row->scope + 2, measurement, error);
}

/* Not in its order: of many, only the row itself is read. */
static gboolean
tell_one_measurement (Telling     *self,
                      const char  *id,
                      GError     **error)
{
  const ForlopSyncWord *word = g_hash_table_lookup (self->person->words, id);
  g_autoptr (ForlopSyncRow) row = NULL;
  g_autoptr (ForlopRecord) record = NULL;
  ForlopSyncTold *told;

  if (!load (self->reading, "measurement", id, &row, &record, error))
    return FALSE;
  if (record == NULL)
    return TRUE;
  if (forlop_sync_is_pressure (record))
    return tell_one_pressure (self, record, error);
  told = add_told (self, row, row->scope + 2, record);
  told->is_invalid = word != NULL && word->is_invalid;
  if (word != NULL)
    told->place.seq = word->seq;

  return TRUE;
}

gboolean
forlop_sync_reading_tell_one (ForlopSyncReading   *self,
                              ForlopSyncReadable  *person,
                              ForlopSyncTells      what,
                              const char          *id,
                              ForlopSyncTold     **told,
                              GError             **error)
{
  g_autoptr (GPtrArray) all = NULL;
  ForlopSyncPlace beginning = { 0 };
  unsigned int budget = G_MAXINT;
  gboolean is_all;

  g_return_val_if_fail (person != NULL && id != NULL && told != NULL, FALSE);

  *told = NULL;
  if (what == FORLOP_SYNC_TELLS_MEASUREMENTS)
    {
      Telling telling = { self, person, NULL };

      all = telling.told = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_sync_told_free);
      if (!tell_one_measurement (&telling, id, error))
        return FALSE;
    }
  else
    all = forlop_sync_reading_tell (self, person, what, 0, &beginning, &budget, &is_all, error);
  for (unsigned int i = 0; all != NULL && i < all->len && *told == NULL; i++)
    if (what == FORLOP_SYNC_TELLS_MEASUREMENTS || g_str_equal (forlop_record_get_id (((ForlopSyncTold *) g_ptr_array_index (all, i))->record), id))
      *told = g_ptr_array_steal_index (all, i);

  return all != NULL;
}
