/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-record.h"

G_BEGIN_DECLS

/* What a record is made of, for its class and for its accessors. */

typedef struct {
  gboolean set;
  gboolean emptied;
  union {
    char *text;
    gint64 integer;
    double real;
  } v;
} ForlopRecordValue;

typedef struct {
  char *id;
  char *vtag;
  GHashTable *field_vtags; /* field name → vtag; the empty name is the changeset that made it */
  ForlopRecordValue *values;
} ForlopRecordPrivate;

ForlopRecordPrivate *forlop_record_private      (ForlopRecord      *self);
gboolean             forlop_kind_is_text        (ForlopFieldKind    kind);
void                 forlop_record_value_clear  (ForlopRecordValue *value,
                                                 ForlopFieldKind    kind);

G_END_DECLS
