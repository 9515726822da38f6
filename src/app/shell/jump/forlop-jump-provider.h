/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "forlop-jump-result.h"

G_BEGIN_DECLS

/* Who knows places to jump to: sections, citizens, items, acts. */

#define FORLOP_TYPE_JUMP_PROVIDER (forlop_jump_provider_get_type ())
G_DECLARE_INTERFACE (ForlopJumpProvider, forlop_jump_provider, FORLOP, JUMP_PROVIDER, GObject)

/**
 * ForlopJumpProviderInterface:
 * @search: Finds the at most @limit best results for @text, which may be empty. The future
 *   resolves to a GListModel of ForlopJumpResult, best first. A search that is no longer wanted
 *   is discarded.
 */
struct _ForlopJumpProviderInterface
{
  GTypeInterface parent_iface;

  DexFuture *(*search) (ForlopJumpProvider *self,
                        const char         *text,
                        unsigned int        limit);
};

DexFuture *forlop_jump_provider_search (ForlopJumpProvider *self,
                                        const char         *text,
                                        unsigned int        limit) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
