/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-process.h"

#include <errno.h>
#include <sys/prctl.h>
#include <sys/resource.h>

/**
 * forlop_process_keep_memory_private:
 *
 * Turns core dumps off for good, and keeps the memory of the program from other processes of the same
 * user: a crash leaves no copy of it on the disk or with a crash reporter. Called first in every
 * program. Programs that are started from this one inherit the limit and nothing else.
 */
void
forlop_process_keep_memory_private (void)
{
  static const struct rlimit none = { 0, 0 };

  if (setrlimit (RLIMIT_CORE, &none) != 0 || prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
    g_warning ("Core dumps could not be turned off: %s", g_strerror (errno));
}
