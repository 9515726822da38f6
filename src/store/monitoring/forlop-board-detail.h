/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"
#include "forlop-snapshot.h"

G_BEGIN_DECLS

/* Everything the board shows of the one citizen who is chosen, read in one go. */

/**
 * ForlopBoardDetail:
 * @snapshot: the case with plan, limits, open alerts, next of kin and contacts.
 * @measurements: #GPtrArray of #ForlopStoredMeasurement of the period, oldest first.
 * @contacts: #GPtrArray of the newest contact_log records, newest first.
 * @phrases: #GPtrArray of template records with ready text, by title.
 * @last_contact_open: the newest contact is not yet carried over to the EPJ.
 */
typedef struct {
  ForlopSnapshot *snapshot;
  gint64 from;
  gint64 to;
  GPtrArray *measurements;
  GPtrArray *contacts;
  GPtrArray *phrases;
  gboolean last_contact_open;
} ForlopBoardDetail;

/* The period is the @days before @now. */
ForlopBoardDetail *forlop_board_detail_load (ForlopConnection   *connection,
                                             const char         *case_id,
                                             gint64              now,
                                             int                 days,
                                             GError            **error) G_GNUC_WARN_UNUSED_RESULT;
void               forlop_board_detail_free (ForlopBoardDetail  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopBoardDetail, forlop_board_detail_free)

G_END_DECLS
