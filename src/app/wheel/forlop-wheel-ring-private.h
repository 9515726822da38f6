/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-wheel-ring.h"

G_BEGIN_DECLS

/* Where the hole of the ring begins, as a share of the side. */
#define FORLOP_WHEEL_INNER 0.25f

/* Degrees between two months. */
#define FORLOP_WHEEL_MONTH_DEGREES 30.0f

typedef enum {
  FORLOP_WHEEL_INK_MONTH,
  FORLOP_WHEEL_INK_CHOSEN,
  FORLOP_WHEEL_INK_TEXT,
  FORLOP_WHEEL_INK_DONE,
  FORLOP_WHEEL_INK_DUE,
  FORLOP_WHEEL_INK_OVERDUE,
  FORLOP_WHEEL_INK_TODAY,
  FORLOP_WHEEL_N_INKS,
} ForlopWheelInk;

struct _ForlopWheelRing
{
  GtkWidget parent_instance;

  GtkWidget *inks[FORLOP_WHEEL_N_INKS];
  ForlopWheel wheel;
  unsigned int month;
  unsigned int has_wheel : 1;
};

/* The side of the square the ring is drawn in. */
float forlop_wheel_ring_get_side (ForlopWheelRing *self);
void  forlop_wheel_ring_snapshot (GtkWidget       *widget,
                                  GtkSnapshot     *snapshot);

G_END_DECLS
