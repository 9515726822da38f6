/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-jump-provider.h"
#include "forlop-window.h"

G_BEGIN_DECLS

/* The acts that my role may do: on the case or citizen one looks at, or from nothing. */

#define FORLOP_TYPE_ACT_JUMP_PROVIDER (forlop_act_jump_provider_get_type ())
G_DECLARE_FINAL_TYPE (ForlopActJumpProvider, forlop_act_jump_provider, FORLOP, ACT_JUMP_PROVIDER,
                      GObject)

ForlopJumpProvider *forlop_act_jump_provider_new (ForlopWindow *window) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
