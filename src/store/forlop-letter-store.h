/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"
#include "forlop-letter.h"

G_BEGIN_DECLS

/* Reads what stands on paper. @subject_type: "decision" or "care_plan". @subject_id: (nullable): which of them; NULL
 * for the newest decision or the plan in force. */
ForlopLetter *forlop_letter_store_load (ForlopConnection  *connection,
                                        const char        *case_id,
                                        const char        *subject_type,
                                        const char        *subject_id,
                                        gint64             now,
                                        GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
