/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-paged-list.h"
#include "forlop-record-type.h"

G_BEGIN_DECLS

/* The records of any declared type as a list model, with the columns its declaration gives. */

#define FORLOP_RECORD_LIST_MAX_COLUMNS 6

/**
 * ForlopRecordQuery:
 * @type: static.
 * @field: (nullable): interned: only those where this field has @value.
 */
typedef struct {
  const ForlopRecordType *type;
  const char *field;
  char *value;
} ForlopRecordQuery;

/**
 * ForlopRecordFields:
 * @cells: the values as they are shown, one for each column; %NULL where a value is empty.
 * @active: whether the record is in use; %TRUE where its type does not say.
 */
typedef struct {
  gint64 n;
  char *id;
  char *cells[FORLOP_RECORD_LIST_MAX_COLUMNS];
  gboolean active;
} ForlopRecordFields;

extern const ForlopPagedSource forlop_record_list_source;

ForlopRecordQuery *forlop_record_query_new     (const ForlopRecordType *type,
                                                const char             *field,
                                                const char             *value) G_GNUC_WARN_UNUSED_RESULT;
void               forlop_record_query_free    (ForlopRecordQuery      *self);
void               forlop_record_fields_free   (ForlopRecordFields     *self);
/* The fields that become columns: the first that are neither long texts nor files. NULL-terminated,
 * at most FORLOP_RECORD_LIST_MAX_COLUMNS. */
const ForlopField *const *
                   forlop_record_list_columns  (const ForlopRecordType *type,
                                                const ForlopField      *columns[FORLOP_RECORD_LIST_MAX_COLUMNS + 1]);
ForlopPagedList   *forlop_record_list_new      (ForlopStore            *store,
                                                const char             *type,
                                                const char             *field,
                                                const char             *value) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
