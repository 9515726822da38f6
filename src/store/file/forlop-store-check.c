/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-store"

#include "forlop-store-check.h"

#include <glib/gi18n-lib.h>

#include "forlop-store-check-private.h"
#include "forlop-store-private.h"

/* A damaged file has thousands of problems; the first ones say all. */
#define MAX_PROBLEMS 100

typedef char *(*DescribeFunc) (ForlopStatement *row);

static void
take_problem (GPtrArray *problems,
              char      *problem)
{
  if (problem != NULL && problems->len < MAX_PROBLEMS)
    g_ptr_array_add (problems, problem);
  else
    g_free (problem);
}

static gboolean
collect (ForlopConnection  *connection,
         const char        *sql,
         DescribeFunc       describe,
         GPtrArray         *problems,
         GError           **error)
{
  g_autoptr(ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;

  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;

      if (has_row)
        take_problem (problems, describe (statement));
    } while (has_row);

  return TRUE;
}

static char *
describe_seal (ForlopStatement *row)
{
  return g_strdup_printf (_("A part of the file was changed or damaged outside Forløp: %s."),
                          forlop_statement_get_text (row, 0));
}

/* SQLite's sentences name tables, indexes and pages. */
static char *
describe_structure (ForlopStatement *row)
{
  g_autofree char *text = forlop_statement_dup_text (row, 0);

  if (g_strcmp0 (text, "ok") == 0)
    return NULL;

  g_strdelimit (text, "\n", ' ');
  return g_strdup_printf (_("The structure of the file is damaged: %s."), text);
}

static char *
describe_reference (ForlopStatement *row)
{
  return g_strdup_printf (_("A row of “%s” refers to a row of “%s” that does not exist."),
                          forlop_statement_get_text (row, 0), forlop_statement_get_text (row, 2));
}

/* On the writer and after a checkpoint: the file may hold pages that were torn when the power went,
 * whose good copies are still in the log, and another checkpoint must not change pages while they
 * are read. */
static gpointer
check_seals (ForlopConnection  *connection,
             gpointer           user_data,
             GCancellable      *cancellable G_GNUC_UNUSED,
             GError           **error)
{
  if (forlop_connection_checkpoint (connection, error))
    collect (connection, "PRAGMA cipher_integrity_check", describe_seal, user_data, error);
  return NULL;
}

/* A file so damaged that a check cannot go on is a finding and not a failure of the check. */
static gboolean
note_damage (GPtrArray  *problems,
             GError    **error)
{
  if (*error == NULL || g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return *error == NULL;

  g_strdelimit ((*error)->message, "\n", ' ');
  take_problem (problems, g_strdup ((*error)->message));
  g_clear_error (error);
  return TRUE;
}

gboolean
forlop_connection_find_problems (ForlopConnection  *connection,
                                 GPtrArray         *problems,
                                 GError           **error)
{
  g_return_val_if_fail (FORLOP_IS_CONNECTION (connection) && problems != NULL, FALSE);

  g_autoptr(GError) problem = NULL;
  collect (connection, "PRAGMA integrity_check", describe_structure, problems, &problem);
  if (note_damage (problems, &problem))
    collect (connection, "PRAGMA foreign_key_check", describe_reference, problems, &problem);
  if (note_damage (problems, &problem))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gpointer
check_all (ForlopConnection  *connection,
           gpointer           user_data,
           GCancellable      *cancellable,
           GError           **error)
{
  ForlopStore *store = user_data;
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) problem = NULL;
  gpointer nothing = forlop_store_maintain_sync (store, check_seals, problems, cancellable,
                                                 &problem);

  g_assert (nothing == NULL);
  if (note_damage (problems, &problem)
      && forlop_connection_find_problems (connection, problems, &problem))
    return g_steal_pointer (&problems);

  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

DexFuture *
forlop_store_check (ForlopStore *self)
{
  g_return_val_if_fail (FORLOP_IS_STORE (self), NULL);

  return forlop_store_keep (self, check_all, g_object_ref (self), g_object_unref,
                            (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
forlop_store_check_sync (ForlopStore   *self,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_return_val_if_fail (FORLOP_IS_STORE (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return forlop_store_keep_sync (self, check_all, self, (GDestroyNotify) g_ptr_array_unref,
                                 cancellable, error);
}

static gpointer
empty_log (ForlopConnection  *connection,
           gpointer           user_data,
           GCancellable      *cancellable G_GNUC_UNUSED,
           GError           **error)
{
  return forlop_connection_checkpoint (connection, error) ? user_data : NULL;
}

gboolean
forlop_store_empty_log_sync (ForlopStore  *self,
                             GError      **error)
{
  g_return_val_if_fail (FORLOP_IS_STORE (self), FALSE);

  return forlop_store_maintain_sync (self, empty_log, self, NULL, error) != NULL;
}
