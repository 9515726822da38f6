/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"

G_BEGIN_DECLS

/* What somebody has begun to write about a citizen on the board and not saved: drafts with the key
 * "board CASE". */

/**
 * ForlopBegun:
 * @citizen_id: (nullable): NULL where this file no longer has the case.
 * @name: (nullable): the citizen's.
 * @body: what was written, as the board gave it; its "alert" is the alert it answers.
 * @alert_status: (nullable): how it stands with that alert now.
 * @handled_by: (nullable): who handled it or set it aside.
 * @handled_at: when; FORLOP_INSTANT_NONE while it is open.
 */
typedef struct {
  char *case_id;
  char *citizen_id;
  char *name;
  char *body;
  char *alert_status;
  char *handled_by;
  gint64 handled_at;
} ForlopBegun;

/* The key of the draft. */
char       *forlop_begun_dup_key    (const char        *case_id) G_GNUC_WARN_UNUSED_RESULT;
void        forlop_begun_free       (ForlopBegun       *self);
/* Of one user, case id → ForlopBegun. */
GHashTable *forlop_begun_store_list (ForlopConnection  *connection,
                                     const char        *user_id,
                                     GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopBegun, forlop_begun_free)

G_END_DECLS
