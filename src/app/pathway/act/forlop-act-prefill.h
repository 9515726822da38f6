/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-act-preparation.h"
#include "forlop-snapshot.h"

G_BEGIN_DECLS

/* What is known when an act is to be done, so that nothing is asked twice. Pure. */

/* The arguments with what is known in them. Adds to @hidden the names of those that are not asked
 * for. @snapshot and @subject may be NULL. */
ForlopRecord *forlop_act_prefill (const ForlopActRequest *request,
                                  ForlopSnapshot         *snapshot,
                                  ForlopRecord           *subject,
                                  gint64                  now,
                                  GStrvBuilder           *hidden) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
