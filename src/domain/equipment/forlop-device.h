/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-snapshot.h"

G_BEGIN_DECLS

/* Which of the items a citizen has on loan a reading comes from. */
ForlopRecord *forlop_device_find     (ForlopSnapshot  *snapshot,
                                      const char      *code,
                                      ForlopDate       on);
/* "systolic, diastolic" → whether @code is one of them. */
gboolean      forlop_device_measures (ForlopRecord    *product,
                                      const char      *code);

G_END_DECLS
