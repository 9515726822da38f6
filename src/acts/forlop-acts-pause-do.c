/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-acts-follow-up-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-act-alerts-private.h"
#include "forlop-error.h"

/* Of the pauses of the case, one that has an instant in common with @from to @to. */
static ForlopRecord *
find_touching (ForlopActContext *self,
               gint64            from,
               gint64            to)
{
  GPtrArray *pauses = forlop_snapshot_list (self->snapshot, "pause");

  for (unsigned int i = 0; i < pauses->len; i++)
    {
      ForlopRecord *pause = g_ptr_array_index (pauses, i);
      gint64 ends = forlop_record_get_instant (pause, "to_time");

      if ((to == FORLOP_INSTANT_NONE || forlop_record_get_instant (pause, "from_time") < to) &&
          (ends == FORLOP_INSTANT_NONE || ends > from))
        return pause;
    }

  return NULL;
}

/**
 * forlop_do_start_pause:
 *
 * No measurement is expected in a pause and none becomes an alert. Alerts that are there already
 * stay: somebody has to look at them.
 */
gboolean
forlop_do_start_pause (ForlopActContext  *self,
                       GError           **error)
{
  gint64 from = forlop_record_has (self->arguments, "from_time")
                  ? forlop_record_get_instant (self->arguments, "from_time") : self->now;
  gint64 to = forlop_record_get_instant (self->arguments, "to_time");
  ForlopRecord *pause;

  if (to != FORLOP_INSTANT_NONE && to <= from)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("To: write a time after the pause begins, or leave it empty."));
  pause = find_touching (self, from, to);
  if (pause != NULL)
    {
      g_autofree char *since = forlop_instant_format (forlop_record_get_instant (pause, "from_time"));

      return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                                _("There is already a pause at that time; it began %s. End it, or "
                                  "write a later time."), since);
    }

  pause = forlop_act_make (self, "pause");
  forlop_act_copy_arguments (self, pause);
  forlop_record_set_instant (pause, "from_time", from);

  return TRUE;
}

gboolean
forlop_do_end_pause (ForlopActContext  *self,
                     GError           **error)
{
  ForlopRecord *pause = forlop_act_load (self, "pause", "pause_id", error);
  gint64 ends = forlop_record_has (self->arguments, "to_time")
                  ? forlop_record_get_instant (self->arguments, "to_time") : self->now;

  if (pause == NULL)
    return FALSE;
  if (forlop_record_has (pause, "to_time") &&
      forlop_record_get_instant (pause, "to_time") <= self->now)
    {
      g_autofree char *when = forlop_instant_format (forlop_record_get_instant (pause, "to_time"));

      return forlop_act_refuse (error, FORLOP_ERROR_ALREADY, _("The pause ended %s."), when);
    }
  if (ends <= forlop_record_get_instant (pause, "from_time"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("To: write a time after the pause began."));

  pause = forlop_act_change (self, pause);
  forlop_record_set_instant (pause, "to_time", ends);

  return TRUE;
}
