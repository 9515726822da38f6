/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-jump-provider.h"

G_DEFINE_INTERFACE (ForlopJumpProvider, forlop_jump_provider, G_TYPE_OBJECT)

static void
forlop_jump_provider_default_init (ForlopJumpProviderInterface *iface G_GNUC_UNUSED)
{
}

DexFuture *
forlop_jump_provider_search (ForlopJumpProvider *self,
                             const char         *text,
                             unsigned int        limit)
{
  g_return_val_if_fail (FORLOP_IS_JUMP_PROVIDER (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  return FORLOP_JUMP_PROVIDER_GET_IFACE (self)->search (self, text, limit);
}
