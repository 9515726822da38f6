/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

#include "forlop-measurement.h"
#include "forlop-schedule.h"

G_BEGIN_DECLS

/**
 * ForlopSlotState:
 * @FORLOP_SLOT_WAITING: Not measured, and slot and grace are not over.
 * @FORLOP_SLOT_MET: Measured, perhaps late.
 * @FORLOP_SLOT_MISSING: Not measured, and slot and grace are over.
 * @FORLOP_SLOT_PAUSED: Not measured, and some of the time from slot to grace lies in a pause.
 */
typedef enum {
  FORLOP_SLOT_WAITING,
  FORLOP_SLOT_MET,
  FORLOP_SLOT_MISSING,
  FORLOP_SLOT_PAUSED,
} ForlopSlotState;

/**
 * ForlopSlot:
 * @at_ms: When the measurement is expected.
 * @opens_ms: The first instant that counts for this slot.
 * @closes_ms: The first instant that counts for the next slot.
 * @deadline_ms: Slot and grace: the last instant in time. A missing slot is missing since then.
 * @measured_at: The first plausible measurement that counts, %FORLOP_INSTANT_NONE without one; for
 *   blood pressure the later of the two parts.
 * @late: It was measured after the deadline.
 *
 * One expected measurement. Every instant belongs to one slot only: a slot opens at midnight of its
 * own day, or midway between it and the slot before it on the same day; where the grace of the slot
 * before runs past midnight, it opens after that grace, but never later than midway.
 */
typedef struct {
  gint64 at_ms;
  gint64 opens_ms;
  gint64 closes_ms;
  gint64 deadline_ms;
  gint64 measured_at;
  ForlopSlotState state;
  gboolean late;
} ForlopSlot;

GArray     *forlop_slots_list      (const ForlopSchedule    *schedule,
                                    gint64                   from_ms,
                                    gint64                   to_ms) G_GNUC_WARN_UNUSED_RESULT;
GArray     *forlop_slots_match     (const ForlopSchedule    *schedule,
                                    ForlopMeasure            measure,
                                    const ForlopPause       *pauses,
                                    unsigned int             n_pauses,
                                    const ForlopMeasurement *history,
                                    unsigned int             n_history,
                                    gint64                   from_ms,
                                    gint64                   to_ms,
                                    gint64                   now_ms) G_GNUC_WARN_UNUSED_RESULT;
const char *forlop_slot_state_code (ForlopSlotState          state);

G_END_DECLS
