/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

#include "forlop-figures.h"

/* The figures without names, which managers have instead of the citizens' records. */

#define SCOPE "fig"

static gboolean
is_made (ForlopSyncSession  *self,
         gboolean           *is_made_today,
         GError            **error)
{
  g_autofree char *id = forlop_figures_dup_id (NULL);
  g_autoptr (GError) problem = NULL;
  g_autoptr (ForlopRecord) whole = forlop_sync_load (self, "figures", id, NULL, &problem);

  *is_made_today =
    whole != NULL && forlop_record_get_date (whole, "made_on") >= forlop_instant_to_date (self->now);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}

static GPtrArray *
to_records (GPtrArray  *rows,
            GError    **error)
{
  g_autoptr (GPtrArray) owned = rows;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

  for (unsigned int i = 0; rows != NULL && i < rows->len; i++)
    {
      ForlopRecord *record = forlop_sync_row_to_record (g_ptr_array_index (rows, i), error);

      if (record == NULL)
        return NULL;
      g_ptr_array_add (records, record);
    }

  return rows != NULL ? g_steal_pointer (&records) : NULL;
}

/* It looks at everybody's cases. */
static GPtrArray *
work_out (ForlopSyncSession  *self,
          GError            **error)
{
  static const char *const types[] = { "case", "baseline", "benefit_cost", "survey_answer", "evaluation" };
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  ForlopDate today = forlop_instant_to_date (self->now);
  gint64 since = forlop_instant_from_wall (today - FORLOP_FIGURE_ALARM_DAYS, 0);
  g_autoptr (GPtrArray) alerts =
    to_records (self->storage->funcs->list_raised (self->storage, since, error), error);
  ForlopFigureSource source;

  if (alerts == NULL)
    return NULL;

  for (unsigned int i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GPtrArray *records = to_records (
        self->storage->funcs->list_type (self->storage, forlop_record_type_find (types[i]), error), error);

      if (records == NULL)
        return NULL;
      g_ptr_array_add (all, records);
    }
  source = (ForlopFigureSource) {
    .records = { g_ptr_array_index (all, 0), g_ptr_array_index (all, 1), g_ptr_array_index (all, 2),
                 g_ptr_array_index (all, 3) },
    .evaluations = g_ptr_array_index (all, 4), .alerts = alerts,
  };

  return forlop_figures_make (&source, today);
}

static ForlopRecord *
steal_by_id (GPtrArray  *records,
             const char *id)
{
  for (unsigned int i = 0; i < records->len; i++)
    if (g_str_equal (forlop_record_get_id (g_ptr_array_index (records, i)), id))
      return g_ptr_array_steal_index (records, i);

  return NULL;
}

/* A unit that has no case any more has no figures. */
static gboolean
write_figures (ForlopSyncSession  *self,
               GPtrArray          *figures,
               GError            **error)
{
  g_autoptr (GPtrArray) present = to_records (
    self->storage->funcs->list_scope (self->storage, SCOPE, NULL, error), error);
  g_autoptr (ForlopChangeset) changeset =
    present != NULL ? forlop_sync_author_begin (self, "make-figures", error) : NULL;

  if (changeset == NULL)
    return FALSE;
  for (unsigned int i = 0; i < figures->len; i++)
    {
      ForlopRecord *wanted = g_ptr_array_index (figures, i);
      g_autoptr (ForlopRecord) before = steal_by_id (present, forlop_record_get_id (wanted));
      ForlopRecord *record =
        before != NULL ? forlop_changeset_change (changeset, before)
                       : forlop_changeset_make (changeset, "figures", forlop_record_get_id (wanted));

      if (before == NULL && forlop_record_has (wanted, "unit_id"))
        forlop_record_set_text (record, "unit_id", forlop_record_get_text (wanted, "unit_id"));
      forlop_record_set_date (record, "made_on", forlop_record_get_date (wanted, "made_on"));
      forlop_record_set_text (record, "contents", forlop_record_get_text (wanted, "contents"));
    }
  for (unsigned int i = 0; i < present->len; i++)
    forlop_changeset_delete (changeset, g_ptr_array_index (present, i));

  return forlop_sync_author_finish (self, changeset, error);
}

gboolean
forlop_sync_server_write_figures (ForlopServerStorage  *storage,
                                  gint64                now,
                                  GPtrArray            *figures,
                                  gint64               *head,
                                  GError              **error)
{
  const ForlopSyncCaller nobody = { .trusted = TRUE };
  ForlopSyncSession self = { .storage = storage, .caller = &nobody, .now = now };
  gboolean is_done, is_made_today = FALSE;

  g_return_val_if_fail (storage != NULL && figures != NULL && head != NULL, FALSE);

  if (!storage->funcs->begin (storage, TRUE, error))
    return FALSE;
  is_done = storage->funcs->get_head (storage, &self.head, error) && is_made (&self, &is_made_today, error) &&
            (is_made_today || write_figures (&self, figures, error)) && storage->funcs->commit (storage, error);
  if (!is_done)
    storage->funcs->rollback (storage);
  else if (!is_made_today)
    *head = self.head.seq;
  forlop_sync_session_forget (&self);

  return is_done;
}

gboolean
forlop_sync_server_work_out_figures (ForlopServerStorage  *storage,
                                     gint64                now,
                                     GPtrArray           **figures,
                                     GError              **error)
{
  const ForlopSyncCaller nobody = { .trusted = TRUE };
  ForlopSyncSession self = { .storage = storage, .caller = &nobody, .now = now };
  gboolean is_read, is_made_today;

  g_return_val_if_fail (storage != NULL && figures != NULL, FALSE);

  *figures = NULL;
  if (!storage->funcs->begin (storage, FALSE, error))
    return FALSE;
  is_read = is_made (&self, &is_made_today, error);
  if (is_read && !is_made_today)
    {
      *figures = work_out (&self, error);
      is_read = *figures != NULL;
    }
  storage->funcs->rollback (storage);
  forlop_sync_session_forget (&self);

  return is_read;
}
