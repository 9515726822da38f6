/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The text of a file with a secret, refused when others may read it. To be wiped by the caller. */
char *forlop_private_file_read (const char  *path,
                                GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
