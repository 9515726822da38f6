/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-progress.h"

#include <stdio.h>
#include <unistd.h>

/* Ten times a second is as often as an eye can read. */
#define INTERVAL_US 100000

struct _ForlopProgress
{
  char *label;
  gint64 shown_us;
  gboolean on_terminal;
  gboolean shown;
};

ForlopProgress *
forlop_progress_new (const char *label)
{
  ForlopProgress *self = g_new0 (ForlopProgress, 1);

  g_return_val_if_fail (label != NULL, self);

  self->label = g_strdup (label);
  self->on_terminal = isatty (STDERR_FILENO);

  return self;
}

void
forlop_progress_set (ForlopProgress *self,
                     gint64          done,
                     gint64          total)
{
  gint64 now = g_get_monotonic_time ();

  g_return_if_fail (self != NULL);

  if (!self->on_terminal || total <= 0 || (self->shown && now - self->shown_us < INTERVAL_US))
    return;

  self->shown = TRUE;
  self->shown_us = now;
  fprintf (stderr, "\r%s %d %%\033[K", self->label, (int) (100 * done / total));
  fflush (stderr);
}

void
forlop_progress_free (ForlopProgress *self)
{
  if (self == NULL)
    return;

  if (self->shown)
    fprintf (stderr, "\r\033[K");
  g_free (self->label);
  g_free (self);
}
