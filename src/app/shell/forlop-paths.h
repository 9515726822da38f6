/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A program that runs from the build tree finds its settings and translations there; an installed
 * one finds them where they were installed. */

const char *forlop_paths_get_locale_dir (void);
/* The settings, or NULL where the schema is not installed: the program then works without
 * remembering anything. */
GSettings  *forlop_paths_new_settings   (void) G_GNUC_WARN_UNUSED_RESULT;

/* Where the file is when nobody names one. */
char      *forlop_paths_dup_usual_store (void) G_GNUC_WARN_UNUSED_RESULT;
/* Beside the usual one, with the first number where there is no file. */
char      *forlop_paths_dup_further_store (void) G_GNUC_WARN_UNUSED_RESULT;
/* Beside them, what is kept of a municipality's own certificate authority. */
char      *forlop_paths_dup_authority   (const char *fingerprint) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
