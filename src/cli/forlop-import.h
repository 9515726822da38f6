/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-acts.h"
#include "forlop-cli.h"
#include "forlop-csv-problem.h"

G_BEGIN_DECLS

/* Takes the rows of a file in through the acts, many in a transaction. What is committed stays when
 * the import is interrupted; importing the file again does the rest. */

/**
 * ForlopImportOutcome:
 * @FORLOP_IMPORT_FAILED: The error says why the import cannot go on.
 * @FORLOP_IMPORT_REFUSED: The row has a problem, which was added.
 */
typedef enum {
  FORLOP_IMPORT_FAILED,
  FORLOP_IMPORT_REFUSED,
  FORLOP_IMPORT_UNCHANGED,
  FORLOP_IMPORT_ADDED,
  FORLOP_IMPORT_UPDATED,
  FORLOP_IMPORT_N_OUTCOMES,
} ForlopImportOutcome;

typedef struct _ForlopImport ForlopImport;

/* On the writer's thread. @problems takes what is refused. */
typedef ForlopImportOutcome (*ForlopImportRow) (ForlopImport      *self,
                                                ForlopConnection  *connection,
                                                gconstpointer      row,
                                                GPtrArray         *problems,
                                                GError           **error);

/**
 * ForlopImport:
 * @rows: what is taken in, in the order of the file.
 * @row_func: takes one of them in.
 * @act: what decides the function of who imports.
 * @dry_run: everything is tried and nothing kept.
 * @n_read: rows of the file, also those that were refused when it was read.
 * @n_outcomes: how many had each outcome.
 * @problems: (element-type ForlopCsvProblem): the refused rows.
 */
struct _ForlopImport
{
  GPtrArray *rows;
  ForlopImportRow row_func;
  const ForlopAct *act;
  gboolean dry_run;
  gboolean json;
  unsigned int n_read;
  unsigned int n_outcomes[FORLOP_IMPORT_N_OUTCOMES];
  GPtrArray *problems;

  /* Set while it runs */
  ForlopActor *actor;
  ForlopIdSource *ids;
  ForlopClock *clock;
  GHashTable *units; /* folded name → id */
  GHashTable *unknown_units; /* names already spoken of */
};

/* Runs and prints the report; a ForlopExit. */
int                 forlop_import_run     (ForlopImport      *self,
                                           ForlopCli         *cli);
/* Does one act for a row. An act that is refused is a problem of the row at @line. */
ForlopImportOutcome forlop_import_perform (ForlopImport      *self,
                                           ForlopConnection  *connection,
                                           const char        *act,
                                           ForlopRecord      *arguments,
                                           unsigned int       line,
                                           GPtrArray         *problems,
                                           GError           **error);
/* The id of a unit by its name, written in capitals or not; NULL where there is none. */
const char         *forlop_import_find_unit (ForlopImport    *self,
                                           const char        *name);
/* The person with this number, under the record that is still used where he was registered twice;
 * NULL where nobody has it. */
gboolean            forlop_import_find_citizen (ForlopConnection *connection,
                                           const char        *id_number,
                                           ForlopRecord     **citizen,
                                           GError           **error);
/* Says on standard error, once for each name, that there is no such unit. */
void                forlop_import_warn_of_unit (ForlopImport    *self,
                                           const char        *name,
                                           unsigned int       line);
/* Says on standard error which columns were left out. */
void                forlop_import_warn_of_columns (char     **columns);

G_END_DECLS
