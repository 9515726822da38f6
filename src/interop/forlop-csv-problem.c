/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-interop"

#include "forlop-csv-problem.h"

#include <glib/gi18n-lib.h>

#define MAX_ROW_TEXT 120

void
forlop_csv_problem_free (ForlopCsvProblem *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->column);
  g_free (self->value);
  g_free (self->reason);
  g_free (self);
}

/**
 * forlop_csv_problems_new:
 *
 * Returns: (transfer full) (element-type ForlopCsvProblem): an empty list
 */
GPtrArray *
forlop_csv_problems_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_csv_problem_free);
}

/**
 * forlop_csv_problems_add:
 * @line: the line of the row, not before that of the last problem
 *
 * Adds a problem; where the row has one already, the reason is added to that.
 */
void
forlop_csv_problems_add (GPtrArray    *problems,
                         unsigned int  line,
                         const char   *column,
                         const char   *value,
                         const char   *reason)
{
  g_return_if_fail (problems != NULL);
  g_return_if_fail (column != NULL && value != NULL && reason != NULL);

  ForlopCsvProblem *last =
    problems->len > 0 ? g_ptr_array_index (problems, problems->len - 1) : NULL;

  if (last != NULL && last->line == line)
    {
      g_autofree char *more = g_strdup_printf (_("%s Also wrong in %s, “%s”: %s"), last->reason,
                                               column, value, reason);

      g_set_str (&last->reason, more);
      return;
    }

  ForlopCsvProblem *problem = g_new0 (ForlopCsvProblem, 1);

  problem->line = line;
  problem->column = g_strdup (column);
  problem->value = g_strdup (value);
  problem->reason = g_strdup (reason);
  g_ptr_array_add (problems, problem);
}

void
forlop_csv_problems_add_copy (GPtrArray              *problems,
                              const ForlopCsvProblem *problem)
{
  g_return_if_fail (problem != NULL);

  forlop_csv_problems_add (problems, problem->line, problem->column, problem->value, problem->reason);
}

/**
 * forlop_csv_problems_add_row:
 * @reader: stands at a row that was refused as %FORLOP_CSV_BAD_ROW
 */
void
forlop_csv_problems_add_row (GPtrArray       *problems,
                             ForlopCsvReader *reader,
                             const char      *reason)
{
  g_return_if_fail (reader != NULL);

  g_autofree char *text = forlop_csv_reader_dup_row_text (reader, MAX_ROW_TEXT);

  forlop_csv_problems_add (problems, forlop_csv_reader_get_line (reader),
                           forlop_csv_reader_get_bad_column (reader), text, reason);
}
