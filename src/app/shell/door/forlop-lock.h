/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-session.h"
#include "forlop-store-opener.h"

G_BEGIN_DECLS

/* Closes the door when nobody has touched the program for a while, or when it is asked to. The windows
 * are hidden as they are, with what is being written in them, and one with the door stands in their
 * place; the files stay open behind it. Where the passphrase is in a file there is nobody to ask, and
 * the door is never closed. */

#define FORLOP_TYPE_LOCK (forlop_lock_get_type ())
G_DECLARE_FINAL_TYPE (ForlopLock, forlop_lock, FORLOP, LOCK, GObject)

/* @settings: (nullable): where the time is set. */
ForlopLock *forlop_lock_new    (GtkApplication    *application,
                                GSettings         *settings) G_GNUC_WARN_UNUSED_RESULT;
/* What is behind the door. */
void        forlop_lock_add    (ForlopLock        *self,
                                ForlopSession     *session,
                                ForlopStoreOpener *opener);
void        forlop_lock_remove (ForlopLock        *self,
                                ForlopSession     *session);
/* After a file was removed: the one whose secret is asked for may be gone. */
void        forlop_lock_ask_again  (ForlopLock           *self);
/* What happens in @window counts as somebody being there. */
void        forlop_lock_watch  (ForlopLock        *self,
                                AdwApplicationWindow *window);
void        forlop_lock_close  (ForlopLock        *self);
/* The window with the door when it is closed, or NULL. */
GtkWindow  *forlop_lock_get_window (ForlopLock    *self);

G_END_DECLS
