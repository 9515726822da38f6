/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-tenant.h"

G_BEGIN_DECLS

/* Copies of a municipality: its log, its accounts and the wrapping of its key, in a folder with its
 * name. They are encrypted as the originals and need the server's key. */

/* @to: the folder that gets the municipality's own. @seq: (out): the newest change in the copy. Blocks. */
gboolean forlop_tenant_backup   (ForlopTenant    *tenant,
                                 const char      *to,
                                 gint64          *seq,
                                 GError         **error);
/* Says that every change up to @seq is in a copy off this machine: clients need not keep them. Refused when
 * @seq is beyond the head, or before what was said. */
gboolean forlop_tenant_set_safe (ForlopTenant    *tenant,
                                 gint64           seq,
                                 GError         **error);
gboolean forlop_tenant_get_head (ForlopTenant    *tenant,
                                 ForlopServerHead *head,
                                 GError         **error);
/* Gives the log an epoch of its own, after the database was put back to an earlier moment: clients send again
 * what it lacks. */
gboolean forlop_tenant_renew    (ForlopTenant    *tenant,
                                 GError         **error);
/* Makes the municipality @name in @folder out of its copy in @from, with an epoch of its own. */
gboolean forlop_tenant_restore  (const char      *folder,
                                 const char      *name,
                                 const char      *from,
                                 ForlopKey       *server_key,
                                 GError         **error);

G_END_DECLS
