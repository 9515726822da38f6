/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

#include "forlop-minutes.h"

G_BEGIN_DECLS

/* The minutes of a weekly meeting, on as many pages as they need. @made_at: when they were written out. */
GBytes *forlop_minutes_to_pdf    (const ForlopMinutes  *minutes,
                                  gint64                made_at,
                                  GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same as plain text. */
char   *forlop_minutes_dup_text  (const ForlopMinutes  *minutes) G_GNUC_WARN_UNUSED_RESULT;
/* The name of the file; it names no citizen. */
char   *forlop_minutes_dup_title (const ForlopMinutes  *minutes) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
