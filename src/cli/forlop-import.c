/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-import.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "forlop-cli-json.h"
#include "forlop-cli-store.h"
#include "forlop-error.h"
#include "forlop-person-store.h"
#include "forlop-progress.h"
#include "forlop-store-error.h"

/* One transaction: large enough to be fast, small enough to lose little to Ctrl+C. */
#define BATCH 250

typedef struct {
  ForlopImport *import;
  unsigned int first;
  unsigned int n;
  unsigned int n_outcomes[FORLOP_IMPORT_N_OUTCOMES];
  GPtrArray *problems;
} Batch;

typedef struct {
  ForlopImport *import;
  const char *as;
  ForlopDate today;
} Start;

const char *
forlop_import_find_unit (ForlopImport *self,
                         const char   *name)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  folded = g_utf8_casefold (name, -1);

  return g_hash_table_lookup (self->units, folded);
}

gboolean
forlop_import_find_citizen (ForlopConnection  *connection,
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

ForlopImportOutcome
forlop_import_perform (ForlopImport      *self,
                       ForlopConnection  *connection,
                       const char        *act,
                       ForlopRecord      *arguments,
                       unsigned int       line,
                       GPtrArray         *problems,
                       GError           **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ForlopActResult) result =
    forlop_acts_perform (connection, self->actor, self->ids, forlop_clock_now (self->clock),
                         forlop_act_find (act), arguments, &local_error);

  if (result != NULL)
    return result->op_id != NULL ? FORLOP_IMPORT_ADDED : FORLOP_IMPORT_UNCHANGED;

  /* What is wrong with the row is the row's problem; what is wrong with the file is everybody's. */
  if (local_error->domain == FORLOP_ERROR ||
      g_error_matches (local_error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_CONSTRAINT))
    {
      forlop_csv_problems_add (problems, line, "", "", local_error->message);
      return FORLOP_IMPORT_REFUSED;
    }
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FORLOP_IMPORT_FAILED;
}

static gpointer
batch_on_worker (ForlopConnection  *connection,
                 gpointer           user_data,
                 GCancellable      *cancellable,
                 GError           **error)
{
  Batch *batch = user_data;
  ForlopImport *self = batch->import;

  for (unsigned int i = batch->first; i < batch->first + batch->n; i++)
    {
      ForlopImportOutcome outcome;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      outcome = self->row_func (self, connection, g_ptr_array_index (self->rows, i), batch->problems, error);
      if (outcome == FORLOP_IMPORT_FAILED)
        return NULL;
      batch->n_outcomes[outcome]++;
    }

  /* An error is what undoes the transaction. */
  if (self->dry_run)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PENDING, "dry run");

  return NULL;
}

static void
add_batch (ForlopImport *self,
           Batch        *batch)
{
  for (unsigned int i = 0; i < FORLOP_IMPORT_N_OUTCOMES; i++)
    self->n_outcomes[i] += batch->n_outcomes[i];
  g_ptr_array_extend_and_steal (self->problems, g_steal_pointer (&batch->problems));
}

static gboolean
run_batches (ForlopImport  *self,
             ForlopStore   *store,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (ForlopProgress) progress = forlop_progress_new (_("Importing…"));

  for (unsigned int first = 0; first < self->rows->len; first += BATCH)
    {
      Batch batch = { self, first, MIN (BATCH, self->rows->len - first), { 0 }, forlop_csv_problems_new () };
      g_autoptr (GError) local_error = NULL;

      forlop_progress_set (progress, first, self->rows->len);
      forlop_store_write_sync (store, batch_on_worker, &batch, NULL, cancellable, &local_error);
      if (local_error != NULL && !g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_PENDING))
        {
          g_ptr_array_unref (batch.problems);
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      add_batch (self, &batch);
    }

  return TRUE;
}

/* Without --as it is the one administrator, where there is only one. */
static char *
dup_only_administrator (ForlopConnection  *connection,
                        GError           **error)
{
  g_autoptr (GPtrArray) functions =
    forlop_record_store_list (connection, "membership", "role", "administrator", error);
  const char *user_id = NULL;

  if (functions == NULL)
    return NULL;
  for (unsigned int i = 0; i < functions->len; i++)
    {
      const char *id = forlop_record_get_text (g_ptr_array_index (functions, i), "user_id");

      if (user_id != NULL && !g_str_equal (user_id, id))
        return g_strdup ("");
      user_id = id;
    }

  return g_strdup (user_id != NULL ? user_id : "");
}

static GHashTable *
load_units (ForlopConnection  *connection,
            GError           **error)
{
  g_autoptr (GPtrArray) units = forlop_record_store_list (connection, "unit", NULL, NULL, error);
  GHashTable *table;

  if (units == NULL)
    return NULL;

  table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (unsigned int i = 0; i < units->len; i++)
    {
      ForlopRecord *unit = g_ptr_array_index (units, i);

      g_hash_table_insert (table, g_utf8_casefold (forlop_record_get_text (unit, "name"), -1),
                           g_strdup (forlop_record_get_id (unit)));
    }

  return table;
}

static gpointer
start_on_worker (ForlopConnection  *connection,
                 gpointer           user_data,
                 GCancellable      *cancellable G_GNUC_UNUSED,
                 GError           **error)
{
  Start *start = user_data;
  g_autofree char *as = start->as != NULL ? g_strdup (start->as) : dup_only_administrator (connection, error);

  if (as == NULL)
    return NULL;
  start->import->actor =
    forlop_cli_find_actor (connection, as, start->import->act, NULL, start->today, error);
  if (start->import->actor == NULL)
    return NULL;
  start->import->units = load_units (connection, error);

  return NULL;
}

static int
by_line (gconstpointer a,
         gconstpointer b)
{
  const ForlopCsvProblem *one = *(const ForlopCsvProblem *const *) a;
  const ForlopCsvProblem *other = *(const ForlopCsvProblem *const *) b;

  return (one->line > other->line) - (one->line < other->line);
}

static void
print_as_json (ForlopImport *self)
{
  yyjson_mut_val *root;
  g_autoptr (yyjson_mut_doc) doc = forlop_cli_new_json (&root);
  yyjson_mut_val *refused;

  yyjson_mut_obj_add_uint (doc, root, "rows", self->n_read);
  yyjson_mut_obj_add_uint (doc, root, "added", self->n_outcomes[FORLOP_IMPORT_ADDED]);
  yyjson_mut_obj_add_uint (doc, root, "updated", self->n_outcomes[FORLOP_IMPORT_UPDATED]);
  yyjson_mut_obj_add_uint (doc, root, "unchanged", self->n_outcomes[FORLOP_IMPORT_UNCHANGED]);
  refused = yyjson_mut_obj_add_arr (doc, root, "refused");
  for (unsigned int i = 0; i < self->problems->len; i++)
    {
      const ForlopCsvProblem *problem = g_ptr_array_index (self->problems, i);
      yyjson_mut_val *object = yyjson_mut_arr_add_obj (doc, refused);

      yyjson_mut_obj_add_uint (doc, object, "line", problem->line);
      forlop_cli_json_text (doc, object, "column", problem->column);
      forlop_cli_json_text (doc, object, "value", problem->value);
      forlop_cli_json_text (doc, object, "reason", problem->reason);
    }
  forlop_cli_print_json (doc);
}

static void
print_in_words (ForlopImport *self)
{
  if (self->n_read == 0)
    forlop_cli_print ("%s\n", _("The file has a heading and no rows. Nothing was imported; look whether it is the right "
                              "file."));
  forlop_cli_print (_("Rows %u, added %u, updated %u, unchanged %u, refused %u.\n"), self->n_read,
                    self->n_outcomes[FORLOP_IMPORT_ADDED], self->n_outcomes[FORLOP_IMPORT_UPDATED],
                    self->n_outcomes[FORLOP_IMPORT_UNCHANGED], self->problems->len);
  for (unsigned int i = 0; i < self->problems->len; i++)
    {
      const ForlopCsvProblem *problem = g_ptr_array_index (self->problems, i);

      forlop_cli_print (_("Line %u"), problem->line);
      if (*problem->column != '\0')
        /* Translators: of a line that was not imported: the column, and what stands in it. */
        forlop_cli_print (_(", %s: “%s”"), problem->column, problem->value);
      forlop_cli_print (": %s\n", problem->reason);
    }
  if (self->dry_run)
    forlop_cli_print ("%s\n", _("Nothing was changed: this was a trial."));
}

static void
print_report (ForlopImport *self)
{
  g_ptr_array_sort (self->problems, by_line);
  if (self->json)
    print_as_json (self);
  else
    print_in_words (self);
}

/* What is committed stays, and is said before the reason why there is not more. */
static int
stop (ForlopImport *self,
      const GError *error)
{
  print_report (self);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return forlop_cli_fail (error);
  fprintf (stderr, "%s\n", _("Interrupted. What is counted above is kept and whole; import the file again for the rest."));

  return FORLOP_EXIT_INTERRUPTED;
}

static void
import_clear (ForlopImport *self)
{
  g_clear_pointer (&self->actor, forlop_actor_free);
  g_clear_pointer (&self->units, g_hash_table_unref);
  g_clear_pointer (&self->unknown_units, g_hash_table_unref);
}

static int
run (ForlopImport *self,
     ForlopCli    *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopStore) store = forlop_cli_open_store (cli, &error);
  Start start = { self, cli->as, forlop_clock_today (cli->clock) };

  if (store == NULL)
    return forlop_cli_fail (error);
  self->ids = forlop_store_get_ids (store);
  self->clock = cli->clock;
  forlop_store_read_sync (store, start_on_worker, &start, NULL, cli->cancellable, &error);
  if (error != NULL)
    return forlop_cli_fail (error);

  if (!run_batches (self, store, cli->cancellable, &error) || !forlop_store_close (store, &error))
    return stop (self, error);
  print_report (self);

  return self->problems->len > 0 ? FORLOP_EXIT_PARTLY : FORLOP_EXIT_DONE;
}

int
forlop_import_run (ForlopImport *self,
                   ForlopCli    *cli)
{
  int exit_code;

  g_return_val_if_fail (self != NULL && self->row_func != NULL, FORLOP_EXIT_REFUSED);
  g_return_val_if_fail (cli != NULL, FORLOP_EXIT_REFUSED);

  exit_code = run (self, cli);
  import_clear (self);

  return exit_code;
}

void
forlop_import_warn_of_unit (ForlopImport *self,
                            const char   *name,
                            unsigned int  line)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);

  if (self->unknown_units == NULL)
    self->unknown_units = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!g_hash_table_add (self->unknown_units, g_strdup (name)))
    return;

  g_printerr (_("Line %u: there is no unit “%s”. The citizen was taken in without a unit; let the "
                "administrator make the unit and import the file again."), line, name);
  g_printerr ("\n");
}

void
forlop_import_warn_of_columns (char **columns)
{
  for (unsigned int i = 0; columns != NULL && columns[i] != NULL; i++)
    {
      fprintf (stderr, _("The column “%s” is not known and was left out."), columns[i]);
      fprintf (stderr, "\n");
    }
}
