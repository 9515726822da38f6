/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-http-server.h"

G_BEGIN_DECLS

/* What a running server does by itself each minute, on the municipalities' threads: ends grants and
 * functions whose time is over, and signs the end of the access log. The figures without names are worked out on a
 * thread of their own, where nobody waits. */

typedef struct _ForlopUpkeepRun ForlopUpkeepRun;

/* Begins at once. Both must outlive it. */
ForlopUpkeepRun *forlop_upkeep_run_new  (ForlopTenants     *tenants,
                                         ForlopHttpServer  *server) G_GNUC_WARN_UNUSED_RESULT;
void             forlop_upkeep_run_free (ForlopUpkeepRun   *self);
/* One municipality's turn, on its thread. @head: (out): a new position, or 0. */
gboolean         forlop_upkeep_tenant   (ForlopTenant      *tenant,
                                         gint64            *head,
                                         GError           **error);
/* Its figures, once a day, on any other thread; they are written on the municipality's. @head: (out): as above. */
gboolean         forlop_upkeep_figures  (ForlopTenant      *tenant,
                                         gint64            *head,
                                         GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopUpkeepRun, forlop_upkeep_run_free)

G_END_DECLS
