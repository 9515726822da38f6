/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

#include "forlop-date.h"

G_BEGIN_DECLS

/**
 * ForlopPause:
 * @from_ms: The first instant of the pause.
 * @to_ms: The first instant after it, %FORLOP_INSTANT_NONE while it is open.
 *
 * A time in which no measurement is expected: holiday, hospital.
 */
typedef struct {
  gint64 from_ms;
  gint64 to_ms;
} ForlopPause;

ForlopPause        forlop_pause_from_dates (ForlopDate         first_day,
                                            ForlopDate         last_day);
gboolean           forlop_pause_contains   (const ForlopPause *self,
                                            gint64             at_ms);
const ForlopPause *forlop_pauses_touching  (const ForlopPause *pauses,
                                            unsigned int       n_pauses,
                                            gint64             first_ms,
                                            gint64             last_ms);

G_END_DECLS
