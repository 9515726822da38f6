/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-jump-provider.h"

G_BEGIN_DECLS

/* The sections of the window and its own commands. */

#define FORLOP_TYPE_SECTION_JUMP_PROVIDER (forlop_section_jump_provider_get_type ())
G_DECLARE_FINAL_TYPE (ForlopSectionJumpProvider, forlop_section_jump_provider,
                      FORLOP, SECTION_JUMP_PROVIDER, GObject)

ForlopJumpProvider *forlop_section_jump_provider_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
