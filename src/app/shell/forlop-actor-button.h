/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Who I am and for which unit: a button in the header with the list of my functions. */

#define FORLOP_TYPE_ACTOR_BUTTON (forlop_actor_button_get_type ())
G_DECLARE_FINAL_TYPE (ForlopActorButton, forlop_actor_button, FORLOP, ACTOR_BUTTON, AdwBin)

G_END_DECLS
