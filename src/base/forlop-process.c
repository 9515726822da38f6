/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-process.h"

#include <errno.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#define TLS_PRIORITY "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-RSA:-DHE-RSA:-CAMELLIA-256-GCM:" \
                     "-CAMELLIA-128-GCM:-MAC-ALL:+AEAD"

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

/**
 * forlop_process_limit_tls:
 *
 * Only TLS 1.2 and 1.3 with forward secrecy are spoken by what this program connects to. Called before
 * anything that knows GIO.
 */
void
forlop_process_limit_tls (void)
{
  g_setenv ("G_TLS_GNUTLS_PRIORITY", TLS_PRIORITY, TRUE);
}
