/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"
#include "forlop-record.h"

G_BEGIN_DECLS

/* What a person sees of sync: this machine's changes that wait, those that the server refused, and
 * the conflicts that are to be resolved. */

/**
 * ForlopSyncEntry:
 * @act: name of the act.
 * @who: (nullable): the citizen it concerns.
 * @item: (nullable): what a loan is of, by name.
 * @status: (nullable): what the server answered; %NULL as long as it has not.
 * @code: (nullable): why it was refused, a code of the protocol.
 * @type: (nullable): the kind of record that the refusal is about; static.
 * @field: (nullable): its field.
 * @holder: (nullable): what the record that holds the claim is called, or whose it is.
 * @holder_id: (nullable): that record, when it is on this machine.
 * @is_over: that record is a loan that has ended since.
 * @join_id: (nullable): the citizen of this machine whose record the change can be joined to, because the
 *   one it was written on is the same person's.
 * @join_name: (nullable): his name.
 * @gate: (nullable): the condition that is not met.
 * @role: (nullable): the function that it belongs to.
 * @unit: (nullable): the unit that it belongs to, by name.
 * @detail: (nullable): what the server said.
 *
 * A changeset of this machine that the server has not confirmed.
 */
typedef struct {
  char *op_id;
  char *act;
  gint64 created_at;
  char *citizen_id;
  char *case_id;
  char *who;
  char *item;
  char *status;
  char *code;
  const char *type;
  char *field;
  char *holder;
  char *holder_id;
  gboolean is_over;
  char *join_id;
  char *join_name;
  char *gate;
  char *role;
  char *unit;
  char *detail;
} ForlopSyncEntry;

/**
 * ForlopSyncSide:
 * @theirs: what the server has, as people read it; empty when it has nothing there.
 * @mine: what was written here.
 *
 * A field that two have written differently.
 */
typedef struct {
  const ForlopField *field;
  char *theirs;
  char *mine;
} ForlopSyncSide;

/**
 * ForlopSyncConflict:
 * @conflict: the open record.
 * @who: (nullable): the citizen.
 * @title: (nullable): what the record is called.
 * @sides: #GPtrArray of #ForlopSyncSide.
 */
typedef struct {
  ForlopRecord *conflict;
  char *who;
  char *citizen_id;
  char *case_id;
  char *title;
  GPtrArray *sides;
} ForlopSyncConflict;

void       forlop_sync_entry_free         (ForlopSyncEntry     *self);
void       forlop_sync_conflict_free      (ForlopSyncConflict  *self);

/* #GPtrArray of ForlopSyncEntry, oldest first. */
GPtrArray *forlop_sync_list_waiting       (ForlopConnection    *connection,
                                           unsigned int         limit,
                                           GError             **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *forlop_sync_list_refused       (ForlopConnection    *connection,
                                           GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same of one citizen. */
GPtrArray *forlop_sync_list_refused_of    (ForlopConnection    *connection,
                                           const char          *citizen_id,
                                           GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* #GPtrArray of ForlopSyncConflict, oldest first. */
GPtrArray *forlop_sync_list_conflicts     (ForlopConnection    *connection,
                                           GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSyncEntry, forlop_sync_entry_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSyncConflict, forlop_sync_conflict_free)

G_END_DECLS
