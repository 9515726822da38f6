/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"

G_BEGIN_DECLS

/* Called as the copy grows, in pages. */
typedef void     (*ForlopCopyProgress) (gint64             done,
                                        gint64             total,
                                        gpointer           user_data);
/* What else must be there before the copy gets its name. @copy is a writer on the new file. */
typedef gboolean (*ForlopCopyFinish)   (ForlopConnection  *copy,
                                        gpointer           user_data,
                                        GCancellable      *cancellable,
                                        GError           **error);

gboolean forlop_connection_copy (ForlopConnection    *self,
                                 ForlopKey           *key,
                                 const char          *target,
                                 ForlopCopyProgress   progress,
                                 ForlopCopyFinish     finish,
                                 gpointer             user_data,
                                 GCancellable        *cancellable,
                                 GError             **error);

G_END_DECLS
