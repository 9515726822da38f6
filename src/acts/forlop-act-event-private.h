/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-act-context-private.h"

G_BEGIN_DECLS

gboolean forlop_act_add_event (ForlopActContext  *self,
                               GError           **error);

G_END_DECLS
