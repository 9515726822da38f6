/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-intake-private.h"

#include "forlop-error.h"
#include "forlop-person-store.h"
#include "forlop-record-store.h"
#include "forlop-store-error.h"
#include "forlop-worker.h"

/* One transaction: large enough to be fast, small enough that others do not wait and little is lost. */
#define BATCH 250

ForlopIntake *
forlop_intake_read (ForlopIntakeKind   kind,
                    GInputStream      *stream,
                    const char        *name,
                    gint64             now,
                    GCancellable      *cancellable,
                    GError           **error)
{
  g_autoptr (ForlopIntake) self = NULL;
  gboolean is_read;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  self = g_atomic_rc_box_new0 (ForlopIntake);
  self->kind = kind;
  self->name = g_strdup (name);
  self->unreadable = forlop_csv_problems_new ();
  if (kind == FORLOP_INTAKE_CITIZENS)
    is_read = forlop_intake_read_citizens (self, stream, now, cancellable, error);
  else
    is_read = forlop_intake_read_measurements (self, stream, now, cancellable, error);

  return is_read ? g_steal_pointer (&self) : NULL;
}

static void
intake_clear (ForlopIntake *self)
{
  if (self->file != NULL)
    self->file_free (self->file);
  g_free (self->name);
  g_clear_pointer (&self->unreadable, g_ptr_array_unref);
  g_clear_pointer (&self->actor, forlop_actor_free);
  g_clear_pointer (&self->report.problems, g_ptr_array_unref);
  g_clear_pointer (&self->report.unknown_units, g_ptr_array_unref);
  g_clear_pointer (&self->units, g_hash_table_unref);
}

ForlopIntake *
forlop_intake_ref (ForlopIntake *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
forlop_intake_unref (ForlopIntake *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify) intake_clear);
}

const ForlopAct *
forlop_intake_act (ForlopIntakeKind kind)
{
  return forlop_act_find (kind == FORLOP_INTAKE_CITIZENS ? "change-citizen" : "record-measurement");
}

void
forlop_intake_begin (ForlopIntake      *self,
                     const ForlopActor *actor,
                     gboolean           is_trial)
{
  ForlopIntakeReport *report;

  g_return_if_fail (self != NULL && actor != NULL);

  g_clear_pointer (&self->actor, forlop_actor_free);
  self->actor = forlop_actor_copy (actor);
  self->is_trial = is_trial;
  self->n_taken = 0;
  report = &self->report;
  g_clear_pointer (&report->problems, g_ptr_array_unref);
  g_clear_pointer (&report->unknown_units, g_ptr_array_unref);
  report->problems = forlop_csv_problems_new ();
  report->unknown_units = forlop_csv_problems_new ();
  for (unsigned int i = 0; i < self->unreadable->len; i++)
    forlop_csv_problems_add_copy (report->problems, g_ptr_array_index (self->unreadable, i));
  for (unsigned int i = 0; i < FORLOP_INTAKE_N_OUTCOMES; i++)
    report->n_outcomes[i] = 0;
  report->n_outcomes[FORLOP_INTAKE_REFUSED] = self->unreadable->len;
  report->n_outcomes[FORLOP_INTAKE_UNCHANGED] = self->n_repeated;
}

gboolean
forlop_intake_is_done (ForlopIntake *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->n_taken == self->rows->len;
}

double
forlop_intake_get_share (ForlopIntake *self)
{
  g_return_val_if_fail (self != NULL, 1);

  return self->rows->len > 0 ? (double) self->n_taken / self->rows->len : 1;
}

const ForlopIntakeReport *
forlop_intake_get_report (ForlopIntake *self)
{
  g_return_val_if_fail (self != NULL && self->actor != NULL, NULL);

  return &self->report;
}

gboolean
forlop_intake_find_citizen (ForlopConnection  *connection,
                            const char        *id_number,
                            ForlopRecord     **citizen,
                            GError           **error)
{
  g_autofree char *id = forlop_person_store_find (connection, id_number, error);

  *citizen = NULL;
  if (id == NULL)
    return FALSE;
  if (*id == '\0')
    return TRUE;
  *citizen = forlop_record_store_load (connection, "citizen", id, error);

  return *citizen != NULL;
}

gboolean
forlop_intake_perform (ForlopIntakeBatch    *batch,
                       ForlopConnection     *connection,
                       const char           *act,
                       ForlopRecord         *arguments,
                       ForlopIntakeOutcome  *outcome,
                       char                **refusal,
                       GError              **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ForlopActResult) result =
    forlop_acts_perform (connection, batch->intake->actor, forlop_store_get_ids (batch->store),
                         forlop_clock_now (forlop_store_get_clock (batch->store)), forlop_act_find (act), arguments,
                         &local_error);

  *outcome = result != NULL && result->op_id != NULL ? FORLOP_INTAKE_ADDED : FORLOP_INTAKE_UNCHANGED;
  if (result != NULL)
    return TRUE;

  /* What is wrong with the row is the row's problem; what is wrong with our file is everybody's. */
  if (local_error->domain == FORLOP_ERROR ||
      g_error_matches (local_error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_CONSTRAINT))
    {
      *outcome = FORLOP_INTAKE_REFUSED;
      *refusal = g_strdup (local_error->message);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

static gboolean
load_units (ForlopIntake      *self,
            ForlopConnection  *connection,
            GError           **error)
{
  g_autoptr (GPtrArray) units = forlop_record_store_list (connection, "unit", NULL, NULL, error);

  if (units == NULL)
    return FALSE;

  self->units = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (unsigned int i = 0; i < units->len; i++)
    {
      ForlopRecord *unit = g_ptr_array_index (units, i);

      g_hash_table_insert (self->units, g_utf8_casefold (forlop_record_get_text (unit, "name"), -1),
                           g_strdup (forlop_record_get_id (unit)));
    }

  return TRUE;
}

static gpointer
batch_on_worker (ForlopConnection  *connection,
                 gpointer           user_data,
                 GCancellable      *cancellable,
                 GError           **error)
{
  ForlopIntakeBatch *batch = user_data;
  ForlopIntake *self = batch->intake;

  if (self->units == NULL && !load_units (self, connection, error))
    return NULL;
  for (unsigned int i = batch->first; i < batch->first + batch->n; i++)
    {
      ForlopIntakeOutcome outcome;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !self->row_func (batch, connection, g_ptr_array_index (self->rows, i), &outcome, error))
        return NULL;
      batch->n_outcomes[outcome]++;
    }

  /* An error is what undoes the transaction. */
  if (self->is_trial)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PENDING, "trial");

  return NULL;
}

static ForlopIntakeBatch *
batch_new (ForlopIntake *self,
           ForlopStore  *store)
{
  ForlopIntakeBatch *batch = g_atomic_rc_box_new0 (ForlopIntakeBatch);

  batch->intake = forlop_intake_ref (self);
  batch->store = g_object_ref (store);
  batch->first = self->n_taken;
  batch->n = MIN (BATCH, self->rows->len - self->n_taken);
  batch->problems = forlop_csv_problems_new ();
  batch->unknown_units = forlop_csv_problems_new ();

  return batch;
}

static void
batch_clear (ForlopIntakeBatch *batch)
{
  forlop_intake_unref (batch->intake);
  g_object_unref (batch->store);
  g_clear_pointer (&batch->problems, g_ptr_array_unref);
  g_clear_pointer (&batch->unknown_units, g_ptr_array_unref);
}

static void
batch_unref (ForlopIntakeBatch *batch)
{
  g_atomic_rc_box_release_full (batch, (GDestroyNotify) batch_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopIntakeBatch, batch_unref)

static gboolean
is_unit_told (ForlopIntakeReport     *report,
              const ForlopCsvProblem *unit)
{
  for (unsigned int i = 0; i < report->unknown_units->len; i++)
    if (g_str_equal (((ForlopCsvProblem *) report->unknown_units->pdata[i])->value, unit->value))
      return TRUE;

  return FALSE;
}

/* Only what is durable is counted, or what was tried to its end. */
static gboolean
batch_count (ForlopIntakeBatch  *batch,
             GError             *problem,
             GError            **error)
{
  ForlopIntake *self = batch->intake;
  ForlopIntakeReport *report = &self->report;

  if (problem != NULL && !g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_PENDING))
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_clear_error (&problem);
  for (unsigned int i = 0; i < FORLOP_INTAKE_N_OUTCOMES; i++)
    report->n_outcomes[i] += batch->n_outcomes[i];
  g_ptr_array_extend_and_steal (report->problems, g_steal_pointer (&batch->problems));
  for (unsigned int i = 0; i < batch->unknown_units->len; i++)
    {
      const ForlopCsvProblem *unit = g_ptr_array_index (batch->unknown_units, i);

      if (!is_unit_told (report, unit))
        forlop_csv_problems_add_copy (report->unknown_units, unit);
    }
  self->n_taken += batch->n;

  return TRUE;
}

gboolean
forlop_intake_take_sync (ForlopIntake  *self,
                         ForlopStore   *store,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autoptr (ForlopIntakeBatch) batch = NULL;
  GError *problem = NULL;

  g_return_val_if_fail (self != NULL && self->actor != NULL, FALSE);

  batch = batch_new (self, store);
  forlop_store_write_sync (store, batch_on_worker, batch, NULL, cancellable, &problem);

  return batch_count (batch, problem, error);
}

static DexFuture *
taken_cb (DexFuture *future,
          gpointer   user_data)
{
  GError *problem = NULL;
  GError *error = NULL;
  G_GNUC_UNUSED gpointer nothing = forlop_worker_steal (future, &problem);

  return batch_count (user_data, problem, &error) ? dex_future_new_true () : dex_future_new_for_error (error);
}

DexFuture *
forlop_intake_take (ForlopIntake *self,
                    ForlopStore  *store)
{
  ForlopIntakeBatch *batch;

  g_return_val_if_fail (self != NULL && self->actor != NULL, NULL);

  batch = batch_new (self, store);

  return dex_future_finally (forlop_store_write (store, batch_on_worker, batch, (GDestroyNotify) batch_unref, NULL),
                             taken_cb, g_atomic_rc_box_acquire (batch), (GDestroyNotify) batch_unref);
}
