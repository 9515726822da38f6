/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a municipality is called in the window. @tenant: (nullable): its name on its server; else the file's name
 * stands for it. @may_be_new: whether a file that is not there is one that is about to be made. */
char *forlop_place_name_dup (const char *tenant,
                             const char *path,
                             gboolean    may_be_new) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
