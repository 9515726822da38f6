/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Hears which municipalities' logs have moved, whichever process moved them: a thread with a connection
 * of its own. When it was cut off it asks for every head once it is back. */

typedef struct _ForlopPostgresListener ForlopPostgresListener;

/* @tenant_id: UUID text. In the main context that was the thread's own when the listener was made. */
typedef void (*ForlopPostgresListenerFunc) (const char *tenant_id,
                                            gint64      head,
                                            gpointer    user_data);

/* @tenant_ids: ended by NULL. */
ForlopPostgresListener *forlop_postgres_listener_new  (const char                  *conninfo,
                                                       const char *const           *tenant_ids,
                                                       ForlopPostgresListenerFunc   func,
                                                       gpointer                     user_data) G_GNUC_WARN_UNUSED_RESULT;
/* In the main context of the listener; @func is not called any more. */
void                    forlop_postgres_listener_free (ForlopPostgresListener      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopPostgresListener, forlop_postgres_listener_free)

G_END_DECLS
