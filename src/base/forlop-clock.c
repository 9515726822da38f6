/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-base"

#include "forlop-clock.h"

typedef enum {
  CLOCK_SYSTEM,
  CLOCK_MANUAL,
  CLOCK_FROM,
} ClockKind;

struct _ForlopClock
{
  gatomicrefcount ref_count;
  ClockKind kind;
  GMutex mutex;
  gint64 at_ms;      /* guarded by mutex: the time it showed … */
  gint64 started_us; /* … when the machine's steady clock showed this (CLOCK_FROM) */
};

static ForlopClock *
clock_new (ClockKind kind,
           gint64    at_ms)
{
  ForlopClock *self = g_new0 (ForlopClock, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->kind = kind;
  self->at_ms = at_ms;
  self->started_us = g_get_monotonic_time ();
  return self;
}

/**
 * forlop_clock_new_system:
 *
 * Returns: (transfer full): the machine's clock
 */
ForlopClock *
forlop_clock_new_system (void)
{
  return clock_new (CLOCK_SYSTEM, 0);
}

/**
 * forlop_clock_new_manual:
 * @at_ms: the instant it shows
 *
 * Returns: (transfer full): a clock that stands still until it is moved
 */
ForlopClock *
forlop_clock_new_manual (gint64 at_ms)
{
  return clock_new (CLOCK_MANUAL, at_ms);
}

/**
 * forlop_clock_new_from:
 * @at_ms: the instant it shows now
 *
 * Returns: (transfer full): a clock that runs at normal speed from there
 */
ForlopClock *
forlop_clock_new_from (gint64 at_ms)
{
  return clock_new (CLOCK_FROM, at_ms);
}

/**
 * forlop_clock_ref:
 * @self: a clock
 *
 * Returns: (transfer full): @self
 */
ForlopClock *
forlop_clock_ref (ForlopClock *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * forlop_clock_unref:
 * @self: (transfer full): a clock
 */
void
forlop_clock_unref (ForlopClock *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * forlop_clock_set:
 * @self: a clock that is not the machine's
 * @at_ms: the instant it shall show now
 *
 * Moves the clock, forwards or backwards. A running clock runs on from there.
 */
void
forlop_clock_set (ForlopClock *self,
                  gint64       at_ms)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->kind != CLOCK_SYSTEM);

  g_mutex_lock (&self->mutex);
  self->at_ms = at_ms;
  self->started_us = g_get_monotonic_time ();
  g_mutex_unlock (&self->mutex);
}

/**
 * forlop_clock_now:
 * @self: a clock
 *
 * Returns: the instant it shows
 */
gint64
forlop_clock_now (ForlopClock *self)
{
  g_return_val_if_fail (self != NULL, FORLOP_INSTANT_NONE);

  if (self->kind == CLOCK_SYSTEM)
    return g_get_real_time () / 1000;

  g_mutex_lock (&self->mutex);

  gint64 now = self->at_ms;

  if (self->kind == CLOCK_FROM)
    now += (g_get_monotonic_time () - self->started_us) / 1000;

  g_mutex_unlock (&self->mutex);
  return now;
}

/**
 * forlop_clock_today:
 * @self: a clock
 *
 * Returns: the day it is in Oslo by this clock
 */
ForlopDate
forlop_clock_today (ForlopClock *self)
{
  g_return_val_if_fail (self != NULL, FORLOP_DATE_NONE);

  return forlop_instant_to_date (forlop_clock_now (self));
}

/**
 * forlop_clock_get_tolerance:
 * @self: a clock
 *
 * Half an hour is somebody's watch; an hour is a wrong time zone or a wrong day. A clock that was only told the day
 * began at an hour of its own, so that any hour of the day is right.
 *
 * Returns: how far another machine's clock may be from this one before one of them is wrong, in milliseconds
 */
gint64
forlop_clock_get_tolerance (ForlopClock *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->kind == CLOCK_FROM ? FORLOP_DAY : FORLOP_HOUR;
}
