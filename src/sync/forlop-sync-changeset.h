/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <yyjson.h>

#include "forlop-changeset.h"

G_BEGIN_DECLS

/* A changeset as it arrives: read and checked for form, not yet for what it says. */

/**
 * ForlopSyncOperation:
 * @set: (nullable): the object of fields to set; %NULL for a deletion.
 * @base: (nullable): field → tag of the value the act built on; %NULL when the record is made.
 */
typedef struct {
  const ForlopRecordType *type;
  const char *id;
  const char *scope;
  gboolean is_delete;
  yyjson_val *set;
  yyjson_val *base;
} ForlopSyncOperation;

/**
 * ForlopSyncChangeset:
 * @op_no: the device's own number, from 1 without holes.
 * @operations: #GArray of #ForlopSyncOperation; empty when the device has purged what it was about and
 *   only its number is left.
 * @depends_on: ids of the device's earlier changesets that this one builds on; ended by %NULL.
 * @hash: SHA-256 of the changeset's text, to know a repeat from another changeset with its id.
 * @resolves: (nullable): id of the conflict it resolves.
 *
 * Text is borrowed from the document it was read from.
 */
typedef struct {
  gint64 op_no;
  const char *op_id;
  const char *act;
  gint64 created_at;
  const char *user_id;
  const char *role;
  const char *unit_id;
  const char *resolves;
  GPtrArray *depends_on;
  GArray *operations;
  char *hash;
  char *body;
} ForlopSyncChangeset;

ForlopSyncChangeset *forlop_sync_changeset_read (yyjson_val           *value,
                                                 unsigned int          max_operations,
                                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void                 forlop_sync_changeset_free (ForlopSyncChangeset  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSyncChangeset, forlop_sync_changeset_free)

G_END_DECLS
