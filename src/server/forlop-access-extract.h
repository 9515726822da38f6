/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-server-storage.h"

G_BEGIN_DECLS

/**
 * ForlopExtractFormat:
 * @FORLOP_EXTRACT_TEXT: Sentences; what one person did several times on a day is one line.
 * @FORLOP_EXTRACT_CSV: A table with every row of the log, for a Norwegian spreadsheet.
 */
typedef enum {
  FORLOP_EXTRACT_TEXT,
  FORLOP_EXTRACT_CSV,
} ForlopExtractFormat;

/* Who has opened one citizen's record, for the citizen: the oldest first, without codes.
 * Every citizen has a right to see it (pasientjournalloven § 18). Outside of any transaction.
 *
 * Returns: (transfer full): text of many lines; NULL with an error. */
char *forlop_access_extract (ForlopServerStorage  *storage,
                             const char           *citizen_id,
                             ForlopExtractFormat   format,
                             GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
