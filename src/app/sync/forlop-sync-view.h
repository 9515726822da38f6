/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-view.h"

G_BEGIN_DECLS

/* Synchronisation: how it stands, what needs a person, what waits. */

#define FORLOP_TYPE_SYNC_VIEW (forlop_sync_view_get_type ())
G_DECLARE_FINAL_TYPE (ForlopSyncView, forlop_sync_view, FORLOP, SYNC_VIEW, ForlopView)

G_END_DECLS
