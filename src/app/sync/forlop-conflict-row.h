/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-session.h"
#include "forlop-sync-list.h"

G_BEGIN_DECLS

/* A conflict as a row: theirs and mine side by side for each field, and the choice between them. */
GtkWidget *forlop_conflict_row_new (ForlopSession            *session,
                                    const ForlopSyncConflict *conflict) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
