/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-changeset.h"
#include "forlop-connection.h"

G_BEGIN_DECLS

/* Who has seen what of whom, when and in what function. Each row carries the hash of the one before
 * it, so that a row that is changed, removed or put in between is found. Never what was seen. */

#define FORLOP_ACCESS_OPENED "opened"
#define FORLOP_ACCESS_SHOWED_ID_NUMBER "showed-id-number"
#define FORLOP_ACCESS_FOUND "found"
#define FORLOP_ACCESS_LISTED "listed"
#define FORLOP_ACCESS_EXPORTED "exported"
#define FORLOP_ACCESS_PRINTED "printed"
#define FORLOP_ACCESS_BACKED_UP "backed-up"

/**
 * ForlopAccess:
 * @citizen_id: (nullable): whose; %NULL for many at once, as in an export.
 * @action: interned code, one of those above or another's own.
 * @kinds: (nullable): what kinds of information, as names of record types with commas between.
 * @reason: (nullable): why, where a reason was asked for.
 */
typedef struct {
  gint64 n;
  gint64 at;
  char *user_id;
  char *user_name;
  const char *role;
  char *unit_id;
  char *citizen_id;
  const char *action;
  char *kinds;
  char *reason;
} ForlopAccess;

void       forlop_access_free         (ForlopAccess       *self);

gboolean   forlop_access_store_append (ForlopConnection   *connection,
                                       const ForlopActor  *actor,
                                       const char         *citizen_id,
                                       const char         *action,
                                       const char         *kinds,
                                       const char         *reason,
                                       gint64              at,
                                       GError            **error);
gboolean   forlop_access_store_found  (ForlopConnection   *connection,
                                       const ForlopActor  *actor,
                                       const char *const  *citizen_ids,
                                       gint64              at,
                                       GError            **error);
/* GPtrArray of ForlopAccess, newest first; @citizen_id NULL for everybody's, @limit 0 for all. */
GPtrArray *forlop_access_store_list   (ForlopConnection   *connection,
                                       const char         *citizen_id,
                                       unsigned int        limit,
                                       GError            **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   forlop_access_store_verify (ForlopConnection   *connection,
                                       gint64             *n_rows,
                                       GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopAccess, forlop_access_free)

G_END_DECLS
