/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-acts.h"
#include "forlop-csv-problem.h"

G_BEGIN_DECLS

/* A list of citizens or measurements, taken in through the acts, many rows in a transaction. What is committed stays
 * when it is interrupted; taking in the same file again does the rest and changes nothing else. */

typedef enum {
  FORLOP_INTAKE_CITIZENS,
  FORLOP_INTAKE_MEASUREMENTS,
} ForlopIntakeKind;

/**
 * ForlopIntakeOutcome:
 * @FORLOP_INTAKE_REFUSED: the row is not taken in, and has a problem.
 * @FORLOP_INTAKE_KEPT: it has a problem, and waits among the unknown measurements.
 * @FORLOP_INTAKE_UNCHANGED: what it says is there already, or somebody has dealt with it.
 */
typedef enum {
  FORLOP_INTAKE_REFUSED,
  FORLOP_INTAKE_KEPT,
  FORLOP_INTAKE_UNCHANGED,
  FORLOP_INTAKE_ADDED,
  FORLOP_INTAKE_UPDATED,
  FORLOP_INTAKE_N_OUTCOMES,
} ForlopIntakeOutcome;

/**
 * ForlopIntakeReport:
 * @n_rows: rows of the file in which something is written; the sum of @n_outcomes when all were taken.
 * @n_outcomes: how many had each outcome.
 * @problems: (element-type ForlopCsvProblem): one for each row that was refused or kept, in no order.
 * @unknown_columns: columns that were left out.
 * @unknown_units: (element-type ForlopCsvProblem): units that do not exist, each once; without a reason.
 */
typedef struct {
  unsigned int n_rows;
  unsigned int n_outcomes[FORLOP_INTAKE_N_OUTCOMES];
  GPtrArray *problems;
  char **unknown_columns;
  GPtrArray *unknown_units;
} ForlopIntakeReport;

typedef struct _ForlopIntake ForlopIntake;

/* Reads the whole file; NULL where it is no such list. Stands still while it reads. @name: of the file, for who looks at
 * what is kept. @now: milliseconds since 1970; what is dated later cannot be used. */
ForlopIntake *forlop_intake_read    (ForlopIntakeKind   kind,
                                     GInputStream      *stream,
                                     const char        *name,
                                     gint64             now,
                                     GCancellable      *cancellable,
                                     GError           **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopIntake *forlop_intake_ref     (ForlopIntake      *self);
void          forlop_intake_unref   (ForlopIntake      *self);

/* The act whose roles may take in such a file. */
const ForlopAct *forlop_intake_act  (ForlopIntakeKind   kind);

/* From the first row, with nothing counted. @is_trial: everything is tried and nothing kept. */
void          forlop_intake_begin   (ForlopIntake      *self,
                                     const ForlopActor *actor,
                                     gboolean           is_trial);
/* The next rows. One call at a time; the future resolves to a boolean when they are durable. */
DexFuture    *forlop_intake_take    (ForlopIntake      *self,
                                     ForlopStore       *store) G_GNUC_WARN_UNUSED_RESULT;
gboolean      forlop_intake_take_sync (ForlopIntake    *self,
                                     ForlopStore       *store,
                                     GCancellable      *cancellable,
                                     GError           **error);
gboolean      forlop_intake_is_done (ForlopIntake      *self);
/* How far it has come, from 0 to 1. */
double        forlop_intake_get_share (ForlopIntake    *self);
/* Of the rows that were taken so far, and of those that could not be read. */
const ForlopIntakeReport *forlop_intake_get_report (ForlopIntake *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopIntake, forlop_intake_unref)

G_END_DECLS
