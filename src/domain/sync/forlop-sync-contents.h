/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <yyjson.h>

#include "forlop-record.h"

G_BEGIN_DECLS

/**
 * ForlopSyncContents:
 * @field: static: a field of @type that holds the hash of a file.
 * @hash: SHA-256 of the contents in lower-case hexadecimal.
 * @length: how many bytes they are, or -1 when that is not known.
 * @have: how many of them the server has.
 *
 * The contents that a record names. They travel beside the record, in parts.
 */
typedef struct {
  const ForlopRecordType *type;
  char *id;
  const char *field;
  char *hash;
  gint64 length;
  gint64 have;
} ForlopSyncContents;

ForlopSyncContents *forlop_sync_contents_new       (const ForlopRecordType   *type,
                                                    const char               *id,
                                                    const ForlopField        *field,
                                                    const char               *hash) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncContents *forlop_sync_contents_copy      (const ForlopSyncContents *self) G_GNUC_WARN_UNUSED_RESULT;
void                forlop_sync_contents_free      (ForlopSyncContents       *self);
/* "type", "id", "field" and "hash" of @object. */
ForlopSyncContents *forlop_sync_contents_from_json (yyjson_val               *object,
                                                    GError                  **error) G_GNUC_WARN_UNUSED_RESULT;
void                forlop_sync_contents_add_json  (const ForlopSyncContents *self,
                                                    yyjson_mut_doc           *doc,
                                                    yyjson_mut_val           *object);
/* Whether they are those of the same field of the same record. */
gboolean            forlop_sync_contents_equal     (const ForlopSyncContents *self,
                                                    const ForlopSyncContents *other);
/* Adds the contents that @record names to @list, a #GPtrArray of ForlopSyncContents. */
void                forlop_sync_contents_collect   (ForlopRecord             *record,
                                                    GPtrArray                *list);
gboolean            forlop_record_type_has_contents (const ForlopRecordType  *type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSyncContents, forlop_sync_contents_free)

G_END_DECLS
