/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-server-account.h"

G_BEGIN_DECLS

/* Listens, on a thread of its own, for the server to say that its log has moved on. It asks again when
 * the stream ends, later and later as long as nobody answers. */

typedef struct _ForlopPokeListener ForlopPokeListener;

/* Called on the listener's thread. */
typedef void (*ForlopPokeFunc) (gint64   head,
                                gpointer user_data);

/* @settings is copied. */
ForlopPokeListener *forlop_poke_listener_new  (ForlopServerAccount      *account,
                                               const ForlopHttpSettings *settings,
                                               ForlopPokeFunc            func,
                                               gpointer                  user_data,
                                               GDestroyNotify            user_data_free) G_GNUC_WARN_UNUSED_RESULT;
/* Ends the thread and waits for it. */
void                forlop_poke_listener_free (ForlopPokeListener       *self);
/* The network came back, or somebody signed in: asks again at once. From any thread. */
void                forlop_poke_listener_wake (ForlopPokeListener       *self);

gboolean            forlop_poke_listener_read (GInputStream             *stream,
                                               GCancellable             *cancellable,
                                               ForlopPokeFunc            func,
                                               gpointer                  user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopPokeListener, forlop_poke_listener_free)

G_END_DECLS
