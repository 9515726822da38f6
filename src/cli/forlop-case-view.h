/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"
#include "forlop-pathway.h"

G_BEGIN_DECLS

/**
 * ForlopCaseView:
 * @snapshot: the case as the rules see it.
 * @pathway: where it stands.
 * @duties: (element-type ForlopDuty): what must be done, now or later.
 * @records: (element-type GPtrArray): for each type that has any, its records of this case.
 * @events: (element-type ForlopRecord): the time line, oldest first.
 * @names: names of the units and users by their id.
 *
 * Everything about one case, read at one moment; handed over from the store's thread.
 */
typedef struct {
  ForlopSnapshot *snapshot;
  ForlopPathway pathway;
  GPtrArray *duties;
  GPtrArray *records;
  GPtrArray *events;
  GHashTable *names;
} ForlopCaseView;

/* @name is the id of a case, its number, or the identity number of a citizen, whose newest case it
 * then is. */
ForlopCaseView *forlop_case_view_load     (ForlopConnection *connection,
                                           const char       *name,
                                           gint64            now,
                                           GError          **error) G_GNUC_WARN_UNUSED_RESULT;
void            forlop_case_view_free     (ForlopCaseView   *self);
/* The name of a unit or user; the id itself where it is not known, "" for NULL. */
const char     *forlop_case_view_get_name (ForlopCaseView   *self,
                                           const char       *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopCaseView, forlop_case_view_free)

G_END_DECLS
