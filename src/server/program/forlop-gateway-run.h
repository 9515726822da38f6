/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-http-server.h"

G_BEGIN_DECLS

/* Lets each municipality's gateway take a turn each minute, in a thread of its own: neither the one that serves
 * nor those of the municipalities wait for a gateway. */

typedef struct _ForlopGatewayRun ForlopGatewayRun;

/* Begins at once, with the gateways that @tenants has loaded. Both must outlive it. */
ForlopGatewayRun *forlop_gateway_run_new  (ForlopTenants     *tenants,
                                           ForlopHttpServer  *server) G_GNUC_WARN_UNUSED_RESULT;
/* Ends what is being sent; it is sent again when the server runs again. */
void              forlop_gateway_run_free (ForlopGatewayRun  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopGatewayRun, forlop_gateway_run_free)

G_END_DECLS
