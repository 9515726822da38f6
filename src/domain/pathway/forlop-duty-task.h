/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-duty.h"

G_BEGIN_DECLS

/* A task somebody has given to a function, with or without a case. */
GPtrArray *forlop_duties_of_task  (ForlopRecord *task) G_GNUC_WARN_UNUSED_RESULT;
/* A shift that is handed over and not accepted. */
GPtrArray *forlop_duties_of_shift (ForlopRecord *handover) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
