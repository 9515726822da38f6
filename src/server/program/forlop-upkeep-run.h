/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-http-server.h"

G_BEGIN_DECLS

/* What a running server does by itself each minute, on the municipalities' threads: ends grants and
 * functions whose time is over, and signs the end of the access log. */

typedef struct _ForlopUpkeepRun ForlopUpkeepRun;

/* Begins at once. Both must outlive it. */
ForlopUpkeepRun *forlop_upkeep_run_new  (ForlopTenants     *tenants,
                                         ForlopHttpServer  *server) G_GNUC_WARN_UNUSED_RESULT;
void             forlop_upkeep_run_free (ForlopUpkeepRun   *self);
/* One municipality's turn, on its thread. @head: (out): a new position, or 0. */
gboolean         forlop_upkeep_tenant   (ForlopTenant      *tenant,
                                         gint64            *head,
                                         GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopUpkeepRun, forlop_upkeep_run_free)

G_END_DECLS
