/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-csv-reader.h"

G_BEGIN_DECLS

/**
 * ForlopCsvProblem:
 * @line: The line of the file on which the row begins.
 * @column: The column as the heading writes it; "" where the row as a whole is wrong.
 * @value: What stands there; may name a citizen, so it is shown and never logged.
 * @reason: Whole sentences: what is wrong and what to write.
 *
 * A row that was refused: one problem per row. Where several cells of the row are wrong, the
 * first has @column and @value and @reason names the others too.
 */
typedef struct {
  unsigned int line;
  char *column;
  char *value;
  char *reason;
} ForlopCsvProblem;

void       forlop_csv_problem_free      (ForlopCsvProblem  *self);
GPtrArray *forlop_csv_problems_new      (void) G_GNUC_WARN_UNUSED_RESULT;
void       forlop_csv_problems_add      (GPtrArray         *problems,
                                         unsigned int       line,
                                         const char        *column,
                                         const char        *value,
                                         const char        *reason);
void       forlop_csv_problems_add_copy (GPtrArray         *problems,
                                         const ForlopCsvProblem *problem);
void       forlop_csv_problems_add_row  (GPtrArray         *problems,
                                         ForlopCsvReader   *reader,
                                         const char        *reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopCsvProblem, forlop_csv_problem_free)

G_END_DECLS
