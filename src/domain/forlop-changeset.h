/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <yyjson.h>

#include "forlop-record.h"

G_BEGIN_DECLS

/* What has happened, happened at most so long after now: the clock of a machine may be wrong by hours. */
#define FORLOP_CHANGESET_AHEAD_MS FORLOP_DAY

/* A changeset is everything one act writes: it is committed whole or not at all, locally and on the
 * server. Its id is the version tag of every value it makes. */

/**
 * ForlopOperation:
 * @before: (nullable): the record as the act read it; %NULL when the act makes it.
 * @after: (nullable): the record as the act leaves it; %NULL when the act deletes it.
 * @vtag: borrowed: the changeset's id, the tag of what it leaves.
 */
typedef struct {
  const ForlopRecordType *type;
  char *id;
  ForlopRecord *before;
  ForlopRecord *after;
  const char *vtag;
} ForlopOperation;

/**
 * ForlopActor:
 *
 * Who acts, and in which function. Ids of a user and a unit; @role is a code of
 * forlop_choices_role.
 */
typedef struct {
  char *user_id;
  char *role;
  char *unit_id;
} ForlopActor;

typedef struct _ForlopChangeset ForlopChangeset;

ForlopActor     *forlop_actor_new            (const char        *user_id,
                                              const char        *role,
                                              const char        *unit_id) G_GNUC_WARN_UNUSED_RESULT;
ForlopActor     *forlop_actor_copy           (const ForlopActor *self) G_GNUC_WARN_UNUSED_RESULT;
void             forlop_actor_free           (ForlopActor       *self);

ForlopChangeset *forlop_changeset_new        (const char        *op_id,
                                              const char        *act,
                                              const ForlopActor *actor,
                                              gint64             created_at) G_GNUC_WARN_UNUSED_RESULT;
ForlopChangeset *forlop_changeset_ref        (ForlopChangeset   *self);
void             forlop_changeset_unref      (ForlopChangeset   *self);

const char        *forlop_changeset_get_id         (ForlopChangeset *self);
const char        *forlop_changeset_get_act        (ForlopChangeset *self);
const ForlopActor *forlop_changeset_get_actor      (ForlopChangeset *self);
gint64             forlop_changeset_get_created_at (ForlopChangeset *self);
/* GPtrArray of ForlopOperation, in the order the act wrote them; borrowed. */
GPtrArray         *forlop_changeset_get_operations (ForlopChangeset *self);

ForlopRecord    *forlop_changeset_make       (ForlopChangeset   *self,
                                              const char        *type,
                                              const char        *id);
ForlopRecord    *forlop_changeset_change     (ForlopChangeset   *self,
                                              ForlopRecord      *record);
void             forlop_changeset_delete     (ForlopChangeset   *self,
                                              ForlopRecord      *record);
void             forlop_changeset_add        (ForlopChangeset   *self,
                                              const ForlopRecordType *type,
                                              const char        *id,
                                              ForlopRecord      *before,
                                              ForlopRecord      *after);
ForlopRecord    *forlop_changeset_find       (ForlopChangeset   *self,
                                              const char        *type,
                                              const char        *id);
gboolean         forlop_changeset_finish     (ForlopChangeset   *self,
                                              GError           **error);
void             forlop_changeset_stamp      (ForlopChangeset   *self);
const ForlopOperation *forlop_changeset_find_ahead (ForlopChangeset *self,
                                              gint64             now,
                                              const ForlopField **field);
gboolean         forlop_operation_changes    (const ForlopOperation *self,
                                              const char        *field);

char            *forlop_changeset_to_json    (ForlopChangeset   *self) G_GNUC_WARN_UNUSED_RESULT;
char            *forlop_changeset_before_to_json (ForlopChangeset *self) G_GNUC_WARN_UNUSED_RESULT;

char            *forlop_record_dup_scope     (ForlopRecord      *record) G_GNUC_WARN_UNUSED_RESULT;
char            *forlop_scope_dup_citizen    (const char        *scope) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopActor, forlop_actor_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopChangeset, forlop_changeset_unref)

G_END_DECLS
