/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Small functions for the text of a cell, shared by the readers. All take valid UTF-8. */

char       *forlop_csv_text_clean  (const char *text,
                                    const char *line_break) G_GNUC_WARN_UNUSED_RESULT;
char       *forlop_csv_text_fold   (const char *text) G_GNUC_WARN_UNUSED_RESULT;
gboolean    forlop_csv_text_guarded (const char *text);

G_END_DECLS
