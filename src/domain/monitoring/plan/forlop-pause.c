/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-pause.h"

/**
 * forlop_pause_from_dates:
 * @last_day: The last day of the pause, %FORLOP_DATE_NONE while it is open.
 *
 * A pause of whole days in Oslo, both included.
 */
ForlopPause
forlop_pause_from_dates (ForlopDate first_day,
                         ForlopDate last_day)
{
  ForlopPause pause = { forlop_instant_from_wall (first_day, 0), FORLOP_INSTANT_NONE };

  if (last_day != FORLOP_DATE_NONE)
    pause.to_ms = forlop_instant_from_wall (last_day + 1, 0);
  return pause;
}

/**
 * forlop_pause_contains:
 *
 * Whether @at_ms lies in the pause: its first instant does, its end does not.
 */
gboolean
forlop_pause_contains (const ForlopPause *self,
                       gint64             at_ms)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return at_ms >= self->from_ms
         && (self->to_ms == FORLOP_INSTANT_NONE || at_ms < self->to_ms);
}

/**
 * forlop_pauses_touching:
 *
 * The first pause that has an instant in common with @first_ms to @last_ms, both included; NULL if
 * there is none.
 */
const ForlopPause *
forlop_pauses_touching (const ForlopPause *pauses,
                        unsigned int       n_pauses,
                        gint64             first_ms,
                        gint64             last_ms)
{
  g_return_val_if_fail (pauses != NULL || n_pauses == 0, NULL);

  for (unsigned int i = 0; i < n_pauses; i++)
    {
      if (pauses[i].from_ms <= last_ms
          && (pauses[i].to_ms == FORLOP_INSTANT_NONE || first_ms < pauses[i].to_ms))
        return &pauses[i];
    }
  return NULL;
}
