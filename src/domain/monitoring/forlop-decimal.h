/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>
#include <math.h>

G_BEGIN_DECLS

/* Measured values and limits are decimal numbers that a person reads from a display and types into
 * a form. In binary 82.1 − 80.1 is a little more than 2.0, so values are compared as whole numbers
 * of millionths: what a clinician sees as equal is equal, and the order of two values never depends
 * on how they were calculated. */

#define FORLOP_DECIMAL_ONE G_GINT64_CONSTANT (1000000)
#define FORLOP_DECIMAL_MAX 1e12

/**
 * forlop_decimal_is_number:
 *
 * Whether @value can be compared at all: neither NaN nor infinite nor absurdly large.
 */
static inline gboolean
forlop_decimal_is_number (double value)
{
  return value > -FORLOP_DECIMAL_MAX && value < FORLOP_DECIMAL_MAX;
}

/**
 * forlop_decimal_from_double:
 *
 * The value in millionths, rounded half away from zero. The value must be a number.
 */
static inline gint64
forlop_decimal_from_double (double value)
{
  double scaled = value * (double) FORLOP_DECIMAL_ONE;

  return (gint64) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
}

static inline double
forlop_decimal_to_double (gint64 millionths)
{
  return (double) millionths / (double) FORLOP_DECIMAL_ONE;
}

G_END_DECLS
