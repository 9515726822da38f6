/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-record.h"

G_BEGIN_DECLS

gboolean forlop_delivery_is_complete (ForlopRecord  *delivery,
                                      GPtrArray     *kinds_out,
                                      unsigned int   n_reserved);

G_END_DECLS
