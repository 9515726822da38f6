/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FORLOP_DIGEST_BYTES 32

/* SHA-256 as fast as the machine can: every change and every row that syncs has one. */
void  forlop_digest     (gconstpointer  data,
                         gsize          length,
                         guint8         digest[FORLOP_DIGEST_BYTES]);
/* The same as lower-case hexadecimal digits. */
char *forlop_digest_dup (const char    *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
