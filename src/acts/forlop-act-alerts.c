/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-act-alerts-private.h"

#include "forlop-alert-refresh.h"
#include "forlop-judging-store.h"
#include "forlop-plan-records.h"
#include "forlop-snapshot-store.h"

gboolean
forlop_act_use_running_case (ForlopActContext  *self,
                             GError           **error)
{
  g_autofree char *case_id = NULL;
  g_autoptr (ForlopSnapshot) snapshot = NULL;
  g_autoptr (GError) local_error = NULL;

  g_assert (self->citizen_id != NULL);

  if (self->the_case != NULL)
    return TRUE;
  case_id = forlop_snapshot_store_newest_case (self->connection, self->citizen_id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (case_id == NULL)
    return TRUE;

  snapshot = forlop_snapshot_store_load_case (self->connection, case_id, self->now, error);
  if (snapshot == NULL)
    return FALSE;
  if (!forlop_record_text_is (forlop_snapshot_get_case (snapshot), "status", "running"))
    return TRUE;

  g_clear_pointer (&self->snapshot, forlop_snapshot_unref);
  self->snapshot = g_steal_pointer (&snapshot);
  self->citizen = forlop_snapshot_get_citizen (self->snapshot);
  self->the_case = forlop_snapshot_get_case (self->snapshot);
  g_set_str (&self->case_id, case_id);

  return TRUE;
}

static GPtrArray *
find_alerts (gpointer      data,
             const char   *measurement_id,
             GError      **error)
{
  ForlopConnection *connection = data;

  return forlop_record_store_list (connection, "alert", "measurement_id", measurement_id, error);
}

gboolean
forlop_act_refresh_alerts (ForlopActContext  *self,
                           gint64             from,
                           gint64             to,
                           GError           **error)
{
  g_autoptr (ForlopJudging) judging = NULL;
  g_autoptr (GArray) pauses = NULL;

  g_assert (self->citizen_id != NULL);

  if (self->the_case == NULL || !forlop_record_text_is (self->the_case, "status", "running"))
    return TRUE;

  judging = forlop_judging_store_load (self->connection, self->citizen_id, self->changeset, from, to, error);
  if (judging == NULL)
    return FALSE;
  pauses = forlop_pauses_read (forlop_snapshot_list (self->snapshot, "pause"));

  return forlop_alerts_refresh (self->changeset, judging, self->the_case, pauses, find_alerts,
                                self->connection, error);
}
