/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-intake.h"

G_BEGIN_DECLS

/* One transaction: the rows from @first, what became of them, and what is to be told. Touched by the thread that
 * takes them alone. */
typedef struct {
  ForlopIntake *intake;
  ForlopStore *store;
  unsigned int first;
  unsigned int n;
  unsigned int n_outcomes[FORLOP_INTAKE_N_OUTCOMES];
  GPtrArray *problems;
  GPtrArray *unknown_units;
} ForlopIntakeBatch;

/* On the writer's thread. FALSE: it cannot go on. */
typedef gboolean (*ForlopIntakeRow) (ForlopIntakeBatch    *batch,
                                     ForlopConnection     *connection,
                                     gconstpointer         row,
                                     ForlopIntakeOutcome  *outcome,
                                     GError              **error);

/* What is read does not change afterwards. */
struct _ForlopIntake
{
  ForlopIntakeKind kind;
  char *name;
  gpointer file;
  GDestroyNotify file_free;
  GPtrArray *rows;
  ForlopIntakeRow row_func;
  unsigned int n_repeated;
  GPtrArray *unreadable; /* problems of rows that are not among @rows */

  ForlopActor *actor;
  gboolean is_trial;
  unsigned int n_taken;
  ForlopIntakeReport report;
  GHashTable *units; /* folded name → id; read by the first batch */
};

gboolean forlop_intake_read_citizens     (ForlopIntake         *self,
                                          GInputStream         *stream,
                                          gint64                now,
                                          GCancellable         *cancellable,
                                          GError              **error);
gboolean forlop_intake_read_measurements (ForlopIntake         *self,
                                          GInputStream         *stream,
                                          gint64                now,
                                          GCancellable         *cancellable,
                                          GError              **error);

/* Does one act for a row: ADDED, UNCHANGED, or REFUSED with @refusal set. */
gboolean forlop_intake_perform           (ForlopIntakeBatch    *batch,
                                          ForlopConnection     *connection,
                                          const char           *act,
                                          ForlopRecord         *arguments,
                                          ForlopIntakeOutcome  *outcome,
                                          char                **refusal,
                                          GError              **error);
/* The person with this number, under the record that is still used where he was registered twice;
 * NULL where nobody has it. */
gboolean forlop_intake_find_citizen      (ForlopConnection     *connection,
                                          const char           *id_number,
                                          ForlopRecord        **citizen,
                                          GError              **error);

G_END_DECLS
