/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-case-data.h"

#include "forlop-choice-store.h"
#include "forlop-duty.h"
#include "forlop-field-value.h"
#include "forlop-merged-citizen.h"
#include "forlop-record-store.h"
#include "forlop-snapshot-store.h"
#include "forlop-sync-list.h"

/* What no rule asks for and the page shows all the same. */
static const char *const shown_besides[] = {
  "document", "note", "block", "survey_answer", "benefit_cost", "form_answer", NULL,
};

void
forlop_case_query_free (ForlopCaseQuery *self)
{
  if (self == NULL)
    return;

  g_free (self->kind);
  g_free (self->id);
  g_free (self->role);
  g_free (self->timeline_kind);
  g_free (self);
}

static void
forlop_case_data_clear (gpointer data)
{
  ForlopCaseData *self = data;

  g_clear_pointer (&self->snapshot, forlop_snapshot_unref);
  g_free (self->citizen_id);
  g_free (self->case_id);
  g_free (self->other_case_id);
  g_free (self->other_case_number);
  g_clear_pointer (&self->duties, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->measurements, g_ptr_array_unref);
  g_clear_pointer (&self->refused, g_ptr_array_unref);
}

ForlopCaseData *
forlop_case_data_ref (ForlopCaseData *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
forlop_case_data_unref (ForlopCaseData *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, forlop_case_data_clear);
}

/* Only somebody who was registered twice has two cases that go on. */
static gboolean
find_other_case (ForlopConnection  *connection,
                 ForlopCaseData    *self,
                 GError           **error)
{
  g_autoptr (GPtrArray) cases =
    forlop_record_store_list (connection, "case", "citizen_id", self->citizen_id, error);

  if (cases == NULL)
    return FALSE;
  if (!forlop_two_cases_find (cases))
    return TRUE;
  for (unsigned int i = 0; i < cases->len && self->other_case_id == NULL; i++)
    {
      ForlopRecord *the_case = g_ptr_array_index (cases, i);

      if (g_str_equal (forlop_record_get_id (the_case), self->case_id))
        continue;
      self->other_case_id = g_strdup (forlop_record_get_id (the_case));
      self->other_case_number = g_strdup (forlop_record_get_text (the_case, "number"));
    }

  return TRUE;
}

static gboolean
load_snapshot (ForlopConnection       *connection,
               const ForlopCaseQuery  *query,
               ForlopCaseData         *self,
               GError                **error)
{
  g_autoptr (GError) local_error = NULL;

  if (g_str_equal (query->kind, "case"))
    self->case_id = g_strdup (query->id);
  else
    self->case_id = forlop_snapshot_store_newest_case (connection, query->id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  self->snapshot = self->case_id != NULL
                     ? forlop_snapshot_store_load_case (connection, self->case_id, query->now, error)
                     : forlop_snapshot_store_load_citizen (connection, query->id, query->now, error);
  if (self->snapshot == NULL)
    return FALSE;
  self->citizen_id = g_strdup (forlop_record_get_id (forlop_snapshot_get_citizen (self->snapshot)));

  return self->case_id == NULL || find_other_case (connection, self, error);
}

static gboolean
load_besides (ForlopConnection  *connection,
              ForlopCaseData    *self,
              GError           **error)
{
  for (unsigned int i = 0; shown_besides[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) records =
        forlop_record_store_list (connection, shown_besides[i], "citizen_id", self->citizen_id, error);

      if (records == NULL)
        return FALSE;
      for (unsigned int j = 0; j < records->len; j++)
        forlop_snapshot_put (self->snapshot, g_ptr_array_index (records, j));
    }

  return TRUE;
}

static gboolean
name_record (ForlopConnection  *connection,
             ForlopCaseData    *self,
             ForlopRecord      *record,
             GError           **error)
{
  for (const ForlopField *field = forlop_record_get_rtype (record)->fields; field->name != NULL; field++)
    {
      const char *id;
      g_autofree char *name = NULL;

      if (field->kind != FORLOP_KIND_REF || g_str_equal (field->target, "citizen") ||
          g_str_equal (field->target, "case") || !forlop_record_has (record, field->name))
        continue;
      id = forlop_record_get_text (record, field->name);
      if (g_hash_table_contains (self->names, id))
        continue;
      if (!forlop_choice_store_name (connection, field->target, id, &name, error))
        return FALSE;
      g_hash_table_insert (self->names, g_strdup (id), g_steal_pointer (&name));
    }

  return TRUE;
}

static gboolean
load_names (ForlopConnection  *connection,
            ForlopCaseData    *self,
            GError           **error)
{
  unsigned int n_types;
  const ForlopRecordType *const *types = forlop_record_types (&n_types);

  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (unsigned int i = 0; i < n_types; i++)
    {
      GPtrArray *records = forlop_snapshot_list (self->snapshot, types[i]->name);

      for (unsigned int j = 0; j < records->len; j++)
        if (!name_record (connection, self, g_ptr_array_index (records, j), error))
          return FALSE;
    }

  return TRUE;
}

/* The unit of a duty may be one that no record of the case names. */
static gboolean
name_owners (ForlopConnection  *connection,
             ForlopCaseData    *self,
             GError           **error)
{
  for (unsigned int i = 0; i < self->duties->len; i++)
    {
      const ForlopDuty *duty = g_ptr_array_index (self->duties, i);
      g_autofree char *name = NULL;

      if (duty->unit_id == NULL || g_hash_table_contains (self->names, duty->unit_id))
        continue;
      if (!forlop_choice_store_name (connection, "unit", duty->unit_id, &name, error))
        return FALSE;
      g_hash_table_insert (self->names, g_strdup (duty->unit_id), g_steal_pointer (&name));
    }

  return TRUE;
}

static gint64
due_key (const ForlopDuty *duty)
{
  return duty->due_at != FORLOP_INSTANT_NONE ? duty->due_at : G_MAXINT64;
}

/* Whether @one stands before @other: what is red first, then mine before others', then what is due
 * first; else as the pathway goes. */
static gboolean
is_in_order (const ForlopDuty *one,
             const ForlopDuty *other,
             const char       *role)
{
  gboolean one_red = g_strcmp0 (one->severity, "red") == 0;
  gboolean other_red = g_strcmp0 (other->severity, "red") == 0;
  gboolean one_mine = g_strcmp0 (one->role, role) == 0;
  gboolean other_mine = g_strcmp0 (other->role, role) == 0;

  if (one_red != other_red)
    return one_red;
  if (one_mine != other_mine)
    return one_mine;

  return due_key (one) <= due_key (other);
}

static void
sort_duties (GPtrArray  *duties,
             const char *role)
{
  for (unsigned int i = 1; i < duties->len; i++)
    for (unsigned int j = i; j > 0; j--)
      {
        ForlopDuty **one = (ForlopDuty **) &g_ptr_array_index (duties, j - 1);
        ForlopDuty **other = (ForlopDuty **) &g_ptr_array_index (duties, j);
        ForlopDuty *swap = *one;

        if (is_in_order (*one, *other, role))
          break;
        *one = *other;
        *other = swap;
      }
}

static void
find_duties (ForlopCaseData        *self,
             const ForlopCaseQuery *query)
{
  self->duties = forlop_duties_of_case (self->snapshot);
  for (unsigned int i = self->duties->len; i > 0; i--)
    {
      const ForlopDuty *duty = g_ptr_array_index (self->duties, i - 1);

      if (duty->visible_from > query->now)
        g_ptr_array_remove_index (self->duties, i - 1);
    }
  sort_duties (self->duties, query->role);
}

static gboolean
load_history (ForlopConnection       *connection,
              const ForlopCaseQuery  *query,
              ForlopCaseData         *self,
              GError                **error)
{
  const ForlopTimelineQuery timeline = {
    .citizen_id = self->citizen_id,
    .case_id = self->case_id,
    .kind = query->timeline_kind,
    .before_at = FORLOP_INSTANT_NONE,
    .limit = query->timeline_entries,
  };

  self->entries = forlop_timeline_store_list (connection, &timeline, error);
  if (self->entries == NULL)
    return FALSE;

  self->measured_days = query->measured_days;
  self->measurements =
    forlop_measurement_store_list (connection, self->citizen_id, NULL,
                                   query->now - query->measured_days * FORLOP_DAY,
                                   query->now + FORLOP_DAY, error);

  return self->measurements != NULL;
}

/* The blockings of a note lie with it, and the time line says how many there are. */
static gboolean
look_for_hidden_notes (ForlopConnection  *connection,
                       ForlopCaseData    *self,
                       GError           **error)
{
  GPtrArray *blocks = forlop_snapshot_list (self->snapshot, "block");
  unsigned int n_blocked, n_here = 0;

  if (!forlop_timeline_store_count_blocked_notes (connection, self->citizen_id, &n_blocked, error))
    return FALSE;
  for (unsigned int i = 0; i < blocks->len; i++)
    {
      ForlopRecord *block = g_ptr_array_index (blocks, i);

      n_here += forlop_record_has (block, "apart_id") && !forlop_record_has (block, "lifted_on");
    }
  self->has_hidden_note = n_blocked > n_here;

  return TRUE;
}

/**
 * forlop_case_data_load:
 *
 * Returns: (transfer full): one moment of the case, or %NULL with %FORLOP_ERROR_NOT_FOUND when there
 *   is no such record on this machine.
 */
ForlopCaseData *
forlop_case_data_load (ForlopConnection       *connection,
                       const ForlopCaseQuery  *query,
                       GError                **error)
{
  g_autoptr (ForlopCaseData) self = g_atomic_rc_box_new0 (ForlopCaseData);

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (query != NULL && query->id != NULL, NULL);

  if (!load_snapshot (connection, query, self, error))
    return NULL;
  /* The rules see what they are made to see, before the page adds what it shows besides. */
  find_duties (self, query);
  forlop_pathway_evaluate (self->snapshot, &self->pathway);
  if (!load_besides (connection, self, error) || !load_names (connection, self, error) ||
      !name_owners (connection, self, error) || !load_history (connection, query, self, error) ||
      !look_for_hidden_notes (connection, self, error))
    return NULL;
  self->refused = forlop_sync_list_refused_of (connection, self->citizen_id, error);
  if (self->refused == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

char *
forlop_case_data_dup_value (const ForlopCaseData *self,
                            ForlopRecord         *record,
                            const ForlopField    *field)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (FORLOP_IS_RECORD (record), NULL);
  g_return_val_if_fail (field != NULL, NULL);

  if (!forlop_record_has (record, field->name) || field->kind == FORLOP_KIND_BLOB ||
      (field->flags & FORLOP_FIELD_SENSITIVE))
    return NULL;
  if (field->kind == FORLOP_KIND_REF)
    return g_strdup (g_hash_table_lookup (self->names, forlop_record_get_text (record, field->name)));

  return forlop_record_dup_shown (record, field->name);
}
