/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-date.h"

G_BEGIN_DECLS

/* Typed values out of the text of one cell. Each is refused with a sentence that says what to
 * write; none is guessed. */

char     *forlop_csv_cell_id_number   (const char  *cell,
                                       ForlopDate   today,
                                       GError     **error) G_GNUC_WARN_UNUSED_RESULT;
char     *forlop_csv_cell_postal_code (const char  *cell,
                                       GError     **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  forlop_csv_cell_instant     (const char  *cell,
                                       ForlopDate   today,
                                       gint64      *at_ms,
                                       GError     **error);

G_END_DECLS
