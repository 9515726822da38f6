/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-record.h"

G_BEGIN_DECLS

/* A snapshot is what the rules look at: a citizen with one case, the loans and items of that case,
 * its organisation profile, and the instant. Rules are pure functions over it. It is filled by the
 * store or by a test, and belongs to one thread. */

typedef struct _ForlopSnapshot ForlopSnapshot;

/* Whether records of @type are never put in a snapshot, because no rule asks for them: the same on a
 * machine and on the server, so that a gate says the same on both. */
gboolean        forlop_snapshot_leaves_out  (const char      *type);

ForlopSnapshot *forlop_snapshot_new         (gint64           now) G_GNUC_WARN_UNUSED_RESULT;
ForlopSnapshot *forlop_snapshot_ref         (ForlopSnapshot  *self);
void            forlop_snapshot_unref       (ForlopSnapshot  *self);

gint64          forlop_snapshot_get_now     (ForlopSnapshot  *self);
ForlopDate      forlop_snapshot_get_today   (ForlopSnapshot  *self);
void            forlop_snapshot_set_now     (ForlopSnapshot  *self,
                                             gint64           now);

void            forlop_snapshot_put         (ForlopSnapshot  *self,
                                             ForlopRecord    *record);
void            forlop_snapshot_remove      (ForlopSnapshot  *self,
                                             const char      *type,
                                             const char      *id);
/* Ordered by id, which is the order they were made in; never NULL; borrowed. */
GPtrArray      *forlop_snapshot_list        (ForlopSnapshot  *self,
                                             const char      *type);
ForlopRecord   *forlop_snapshot_get         (ForlopSnapshot  *self,
                                             const char      *type,
                                             const char      *id);
/* The newest of the type, or NULL. */
ForlopRecord   *forlop_snapshot_latest      (ForlopSnapshot  *self,
                                             const char      *type);
/* The newest of the type whose @field is @value, or NULL. */
ForlopRecord   *forlop_snapshot_find        (ForlopSnapshot  *self,
                                             const char      *type,
                                             const char      *field,
                                             const char      *value);
ForlopRecord   *forlop_snapshot_get_citizen (ForlopSnapshot  *self);
ForlopRecord   *forlop_snapshot_get_case    (ForlopSnapshot  *self);
ForlopRecord   *forlop_snapshot_get_profile (ForlopSnapshot  *self);

/* Only the delivery side of the case is here: deliveries, loans and items, and of citizen and case no more
 * than who they are. What else there is, the server has. */
gboolean        forlop_snapshot_is_delivery (ForlopSnapshot  *self);
void            forlop_snapshot_set_delivery (ForlopSnapshot *self);

/* The newest plausible measurement of a measure, as far as the store knows. */
gint64          forlop_snapshot_get_last_measured (ForlopSnapshot *self,
                                                   const char     *code);
void            forlop_snapshot_set_last_measured (ForlopSnapshot *self,
                                                   const char     *code,
                                                   gint64          at);

/* A record that this machine has changed and the server has not confirmed. @made: it is new. On a
 * server, and in a file without one, nothing waits. */
void            forlop_snapshot_set_waiting (ForlopSnapshot  *self,
                                             const char      *id,
                                             gboolean         made);
gboolean        forlop_snapshot_waits       (ForlopSnapshot  *self,
                                             const char      *id);
gboolean        forlop_snapshot_waits_as_new (ForlopSnapshot *self,
                                             const char      *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSnapshot, forlop_snapshot_unref)

G_END_DECLS
