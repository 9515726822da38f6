/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"
#include "forlop-gp-summary.h"

G_BEGIN_DECLS

/* Reads what the GP is told. @since: from when, or FORLOP_INSTANT_NONE for since last time. @user_id: who makes it, or
 * NULL. */
ForlopGpSummary *forlop_gp_summary_store_load (ForlopConnection  *connection,
                                               const char        *case_id,
                                               gint64             since,
                                               gint64             now,
                                               const char        *question,
                                               const char        *user_id,
                                               GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
