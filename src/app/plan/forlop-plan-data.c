/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-plan-data.h"

#include "forlop-measurement-store.h"
#include "forlop-record-store.h"

void
forlop_plan_query_free (ForlopPlanQuery *self)
{
  if (self == NULL)
    return;

  g_free (self->case_id);
  g_free (self->user_id);
  g_free (self->role);
  g_free (self);
}

static void
forlop_plan_data_clear (gpointer data)
{
  ForlopPlanData *self = data;

  g_clear_pointer (&self->the_case, forlop_case_data_unref);
  g_clear_pointer (&self->history, g_array_unref);
  g_clear_pointer (&self->templates, g_ptr_array_unref);
  g_clear_pointer (&self->form_codes, g_hash_table_unref);
  g_clear_pointer (&self->drafts, g_hash_table_unref);
}

ForlopPlanData *
forlop_plan_data_ref (ForlopPlanData *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
forlop_plan_data_unref (ForlopPlanData *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, forlop_plan_data_clear);
}

char *
forlop_plan_draft_key (const char *plan_id,
                       const char *part)
{
  return g_strjoin (" ", "plan", plan_id, part, NULL);
}

gboolean
forlop_plan_is_made (ForlopRecord *plan)
{
  g_return_val_if_fail (FORLOP_IS_RECORD (plan), FALSE);

  return forlop_record_text_is (plan, "status", "draft") ||
         forlop_record_text_is (plan, "status", "sent_to_gp") ||
         forlop_record_text_is (plan, "status", "approved");
}

static ForlopRecord *
find_plan (ForlopSnapshot *snapshot)
{
  GPtrArray *plans = forlop_snapshot_list (snapshot, "care_plan");
  ForlopRecord *in_force;

  for (unsigned int i = plans->len; i > 0; i--)
    if (forlop_plan_is_made (g_ptr_array_index (plans, i - 1)))
      return g_ptr_array_index (plans, i - 1);
  in_force = forlop_snapshot_find (snapshot, "care_plan", "status", "in_force");

  return in_force != NULL ? in_force : forlop_snapshot_find (snapshot, "care_plan", "status", "superseded");
}

static gboolean
load_catalogue (ForlopConnection  *connection,
                ForlopPlanData    *self,
                GError           **error)
{
  g_autoptr (GPtrArray) forms = forlop_record_store_list (connection, "form", NULL, NULL, error);
  g_autoptr (GPtrArray) templates =
    forms != NULL ? forlop_record_store_list (connection, "template", "kind", "plan", error) : NULL;

  if (templates == NULL)
    return FALSE;

  self->form_codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (unsigned int i = 0; i < forms->len; i++)
    g_hash_table_insert (self->form_codes, g_strdup (forlop_record_get_id (g_ptr_array_index (forms, i))),
                         g_strdup (forlop_record_get_text (g_ptr_array_index (forms, i), "code")));
  self->templates = g_ptr_array_new_with_free_func (g_object_unref);
  for (unsigned int i = 0; i < templates->len; i++)
    {
      ForlopRecord *template = g_ptr_array_index (templates, i);

      if (!forlop_record_has (template, "active") || forlop_record_get_boolean (template, "active"))
        g_ptr_array_add (self->templates, g_object_ref (template));
    }

  return TRUE;
}

static gboolean
load_draft (ForlopConnection       *connection,
            const ForlopPlanQuery  *query,
            ForlopPlanData         *self,
            const char             *part,
            GError                **error)
{
  g_autofree char *key = forlop_plan_draft_key (forlop_record_get_id (self->plan), part);
  ForlopDraft *draft;

  if (!forlop_draft_store_find (connection, key, query->user_id, &draft, error))
    return FALSE;
  if (draft != NULL)
    g_hash_table_insert (self->drafts, g_steal_pointer (&key), draft);

  return TRUE;
}

static gboolean
load_drafts (ForlopConnection       *connection,
             const ForlopPlanQuery  *query,
             ForlopPlanData         *self,
             GError                **error)
{
  const ForlopField *codes = forlop_record_type_field (forlop_record_type_find ("limit"), "code");

  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) forlop_draft_free);
  if (self->plan == NULL || !forlop_record_text_is (self->plan, "status", "draft"))
    return TRUE;
  if (!load_draft (connection, query, self, "signs", error) ||
      !load_draft (connection, query, self, "agreement", error))
    return FALSE;
  for (const ForlopChoice *choice = codes->choices; choice->code != NULL; choice++)
    if (!load_draft (connection, query, self, choice->code, error))
      return FALSE;

  return TRUE;
}

/**
 * forlop_plan_data_load:
 *
 * Returns: (transfer full): one moment of the plans of the case.
 */
ForlopPlanData *
forlop_plan_data_load (ForlopConnection       *connection,
                       const ForlopPlanQuery  *query,
                       GError                **error)
{
  g_autoptr (ForlopPlanData) self = g_atomic_rc_box_new0 (ForlopPlanData);
  const ForlopCaseQuery the_case = {
    .kind = (char *) "case", .id = query->case_id, .role = query->role, .timeline_entries = 1,
    .now = query->now, .measured_days = 1,
  };

  g_return_val_if_fail (connection != NULL, NULL);

  self->now = query->now;
  self->the_case = forlop_case_data_load (connection, &the_case, error);
  if (self->the_case == NULL)
    return NULL;
  self->plan = find_plan (self->the_case->snapshot);
  self->history = forlop_measurement_store_load_history (
    connection, self->the_case->citizen_id, query->now - FORLOP_PLAN_OWN_DAYS * FORLOP_DAY,
    query->now + 1, error);
  if (self->history == NULL || !load_catalogue (connection, self, error) ||
      !load_drafts (connection, query, self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
forlop_plan_data_propose (const ForlopPlanData *self,
                          ForlopMeasure         measure,
                          ForlopLimitProposal  *proposal)
{
  g_return_if_fail (self != NULL && proposal != NULL);

  forlop_limit_proposal_make (proposal, measure,
                              (const ForlopMeasurement *) (const void *) self->history->data,
                              self->history->len, self->now - FORLOP_PLAN_OWN_DAYS * FORLOP_DAY,
                              self->now + 1);
}
