/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-jump-provider.h"
#include "forlop-session.h"

G_BEGIN_DECLS

/* Citizens, cases and items of the file, found as one types. */

#define FORLOP_TYPE_SEARCH_JUMP_PROVIDER (forlop_search_jump_provider_get_type ())
G_DECLARE_FINAL_TYPE (ForlopSearchJumpProvider, forlop_search_jump_provider,
                      FORLOP, SEARCH_JUMP_PROVIDER, GObject)

ForlopJumpProvider *forlop_search_jump_provider_new (ForlopSession *session) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
