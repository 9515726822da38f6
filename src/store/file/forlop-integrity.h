/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"

G_BEGIN_DECLS

/* Whether the records of a store agree with their declarations and with what is derived from them.
 * forlop_store_check() asks whether the file is whole; this asks whether what is in it is right. */

/**
 * ForlopIntegrityProblem:
 * @kind: static: "reference", "required", "history", "search", "list", "duties" or "access-log".
 * @type: (nullable): static: the kind of record.
 * @id: (nullable): the record.
 * @field: (nullable): static: the field.
 * @text: whole sentences, without any value of a record.
 */
typedef struct {
  const char *kind;
  const char *type;
  char *id;
  const char *field;
  char *text;
} ForlopIntegrityProblem;

/* On a thread of the store. */
typedef void (*ForlopIntegrityProgress) (gint64    done,
                                         gint64    total,
                                         gpointer  user_data);

/* GPtrArray of ForlopIntegrityProblem, empty where all is well; of each kind at most a hundred. */
GPtrArray *forlop_integrity_check        (ForlopConnection         *connection,
                                          gint64                    now,
                                          ForlopIntegrityProgress   progress,
                                          gpointer                  user_data,
                                          GError                  **error) G_GNUC_WARN_UNUSED_RESULT;
void       forlop_integrity_problem_free (ForlopIntegrityProblem   *self);

G_END_DECLS
