/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* The list of my functions, to choose from. */

#define FORLOP_TYPE_ACTOR_POPOVER (forlop_actor_popover_get_type ())
G_DECLARE_FINAL_TYPE (ForlopActorPopover, forlop_actor_popover, FORLOP, ACTOR_POPOVER, GtkPopover)

GtkWidget *forlop_actor_popover_new (ForlopSession *session) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
