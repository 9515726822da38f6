/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The certificate of a municipality's own authority, as a person chooses it: what is to be compared with what
 * the municipality says before anything is trusted. */

/**
 * ForlopAuthority:
 * @subject: whose certificate it says that it is.
 * @fingerprint: SHA-256 of it, as "AB:CD:…".
 * @pem: it alone.
 */
typedef struct {
  char *subject;
  char *fingerprint;
  char *pem;
} ForlopAuthority;

/* Reads a file in PEM with one certificate. */
ForlopAuthority *forlop_authority_read (GBytes           *bytes,
                                        GError          **error) G_GNUC_WARN_UNUSED_RESULT;
void             forlop_authority_free (ForlopAuthority  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopAuthority, forlop_authority_free)

G_END_DECLS
