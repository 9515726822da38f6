/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-sync-server-private.h"

G_BEGIN_DECLS

/* Alerts on the server: what a changeset does to citizens' measurements is judged before it is stored. */

/**
 * ForlopSyncMonitored:
 * @ids: of every record of the person.
 * @the_case: (nullable): the citizen's case that is running.
 * @snapshot: (nullable): of @the_case: its loans, and the items and products of these.
 * @invalidations: what was said of measurements being invalid or not, the newest last; those of the changeset as well.
 * @made: #ForlopMeasurement that the changeset makes.
 * @from: with @to: when what the changeset touches was measured; @from is above @to when nothing is.
 *
 * A citizen whose measurements come in.
 */
typedef struct {
  GPtrArray *ids;
  ForlopRecord *the_case;
  ForlopSnapshot *snapshot;
  GArray *versions;
  GArray *pauses;
  GPtrArray *invalidations;
  GArray *made;
  gint64 from;
  gint64 to;
} ForlopSyncMonitored;

/* Citizens' ids → ForlopSyncMonitored. */
GHashTable          *forlop_sync_monitored_new  (void) G_GNUC_WARN_UNUSED_RESULT;
/* Loads what is needed at the first call for a citizen. Borrowed; NULL on @error. */
ForlopSyncMonitored *forlop_sync_monitored_get  (GHashTable           *monitored,
                                                 ForlopSyncSession    *self,
                                                 const char           *citizen_id,
                                                 GError              **error);
void                 forlop_sync_monitored_touch (ForlopSyncMonitored *self,
                                                 gint64                measured_at);
/* @record is made by the changeset. */
void                 forlop_sync_monitored_add  (ForlopSyncMonitored  *self,
                                                 ForlopRecord         *record);
/* Adds to @changeset, whose measurements and invalidations are known to @monitored, the alerts that follow. */
gboolean             forlop_sync_judge          (ForlopSyncSession    *self,
                                                 ForlopChangeset      *changeset,
                                                 GHashTable           *monitored,
                                                 GError              **error);
/* Writes the alerts that follow from @changeset, which is stored, as a changeset of the server's own. */
gboolean             forlop_sync_judge_after    (ForlopSyncSession    *self,
                                                 ForlopChangeset      *changeset,
                                                 GError              **error);

G_END_DECLS
