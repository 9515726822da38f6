/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <yyjson.h>

#include "forlop-record.h"

G_BEGIN_DECLS

/* A record as it travels from the server to a mirror. The body is the record's JSON with the fields
 * in the order they are declared, so that two rows with the same content are the same bytes. */

/**
 * ForlopSyncRow:
 * @seq: the position in the log of the changeset that wrote it last; 0 on a machine that has not met
 *   the server.
 * @vtag: id of the changeset that made the present value.
 * @field_vtags: (nullable): JSON, see forlop_record_dup_field_vtags().
 * @body: (nullable): JSON object of the fields that have a value; %NULL when deleted, or only in @record.
 * @record: (nullable): what @body was made of, where it was made here.
 */
typedef struct {
  const ForlopRecordType *type;
  char *id;
  char *scope;
  gint64 seq;
  char *vtag;
  char *field_vtags;
  char *body;
  ForlopRecord *record;
  gboolean deleted;
} ForlopSyncRow;

/**
 * ForlopScopeSum:
 *
 * What both sides must agree on for a scope: the number of rows, tombstones included, and the sum of
 * their hashes modulo 2⁶⁴.
 */
typedef struct {
  gint64 count;
  guint64 sum;
} ForlopScopeSum;

ForlopSyncRow  *forlop_sync_row_new         (const ForlopRecordType *type,
                                             const char             *id,
                                             const char             *scope) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncRow  *forlop_sync_row_from_record (ForlopRecord           *record,
                                             gint64                  seq) G_GNUC_WARN_UNUSED_RESULT;
/* The same without @body, for a storage: of what it keeps in columns nobody has to write the text. */
ForlopSyncRow  *forlop_sync_row_to_store    (ForlopRecord           *record,
                                             gint64                  seq) G_GNUC_WARN_UNUSED_RESULT;
/* The text, made when it is not there yet; NULL of a tombstone. */
char           *forlop_sync_row_dup_body    (const ForlopSyncRow    *self) G_GNUC_WARN_UNUSED_RESULT;
/* A tombstone of @record. */
ForlopSyncRow  *forlop_sync_row_deleted     (ForlopRecord           *record,
                                             const char             *vtag,
                                             gint64                  seq) G_GNUC_WARN_UNUSED_RESULT;
/* NULL without an error for a tombstone. */
ForlopRecord   *forlop_sync_row_to_record   (const ForlopSyncRow    *self,
                                             GError                **error) G_GNUC_WARN_UNUSED_RESULT;
void            forlop_sync_row_free        (ForlopSyncRow          *self);

yyjson_mut_val *forlop_sync_row_to_json     (const ForlopSyncRow    *self,
                                             yyjson_mut_doc         *doc);
ForlopSyncRow  *forlop_sync_row_from_json   (yyjson_val             *value,
                                             GError                **error) G_GNUC_WARN_UNUSED_RESULT;
/* Bytes it takes on the wire, about. */
gsize           forlop_sync_row_size        (const ForlopSyncRow    *self);

guint64         forlop_sync_row_hash        (const char             *type,
                                             const char             *id,
                                             const char             *vtag,
                                             gboolean                deleted);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSyncRow, forlop_sync_row_free)

G_END_DECLS
