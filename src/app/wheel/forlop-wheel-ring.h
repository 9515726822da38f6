/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

#include "forlop-wheel-store.h"

G_BEGIN_DECLS

/* Twelve months in a ring, today's at the top: a dot for each evaluation that was held, a ring for
 * each that is due, and a square outside the ring for each that is overdue. Left and right move from
 * month to month, Home goes back to today's. */

#define FORLOP_TYPE_WHEEL_RING (forlop_wheel_ring_get_type ())
G_DECLARE_FINAL_TYPE (ForlopWheelRing, forlop_wheel_ring, FORLOP, WHEEL_RING, GtkWidget)

GtkWidget    *forlop_wheel_ring_new       (void) G_GNUC_WARN_UNUSED_RESULT;
void          forlop_wheel_ring_set_wheel (ForlopWheelRing   *self,
                                           const ForlopWheel *wheel);
/* 0 to 11; property "month". */
unsigned int  forlop_wheel_ring_get_month (ForlopWheelRing   *self);
void          forlop_wheel_ring_set_month (ForlopWheelRing   *self,
                                           unsigned int       month);

/* "April 2026" and "3 held, 2 due, 1 overdue" */
char         *forlop_wheel_month_name     (ForlopDate         first) G_GNUC_WARN_UNUSED_RESULT;
char         *forlop_wheel_month_counts   (const unsigned int counts[FORLOP_WHEEL_N_STATES]) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
