/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-date.h"

G_BEGIN_DECLS

/* Norwegian number formats: decimal comma, no-break space between thousands, true minus. */

/* At most @decimals decimals, trailing zeros kept only when @fixed: 3.5 -> "3,5"; 1821 -> "1 821". */
char     *forlop_number_format (double       value,
                                int          decimals,
                                gboolean     fixed) G_GNUC_WARN_UNUSED_RESULT;
/* Reads "3,5", "3.5", "1 821", "−2"; refuses anything else, NaN and infinity with a sentence. */
gboolean  forlop_number_parse  (const char  *text,
                                double      *value,
                                GError     **error);
/* "412 34 567" / "22 33 44 55"; foreign numbers are given back as they came. */
char     *forlop_phone_format  (const char  *phone) G_GNUC_WARN_UNUSED_RESULT;
/* Removes spaces and +47/0047; NULL with a sentence unless 8 digits, or + and 6–15 digits. */
char     *forlop_phone_normalize (const char *text,
                                  GError    **error) G_GNUC_WARN_UNUSED_RESULT;
/* "for 12 min siden", "i går 14.10", "om 3 dager", "22.11.2026", in the reader's language. */
char     *forlop_instant_format_relative (gint64 at_ms,
                                          gint64 now_ms) G_GNUC_WARN_UNUSED_RESULT;
/* "1 t 2 min", "14 min", "3 dager" */
char     *forlop_duration_format (gint64     duration_ms) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
