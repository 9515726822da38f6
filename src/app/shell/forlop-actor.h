/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Somebody in a function: a user, with a role, in a unit. Every act is done by one. Immutable. */

#define FORLOP_TYPE_ACTOR (forlop_actor_get_type ())
G_DECLARE_FINAL_TYPE (ForlopActor, forlop_actor, FORLOP, ACTOR, GObject)

ForlopActor *forlop_actor_new            (const char  *user_id,
                                          const char  *user_name,
                                          const char  *role,
                                          const char  *role_label,
                                          const char  *unit_id,
                                          const char  *unit_name) G_GNUC_WARN_UNUSED_RESULT;
const char  *forlop_actor_get_user_id    (ForlopActor *self);
const char  *forlop_actor_get_user_name  (ForlopActor *self);
const char  *forlop_actor_get_role       (ForlopActor *self);
const char  *forlop_actor_get_role_label (ForlopActor *self);
const char  *forlop_actor_get_unit_id    (ForlopActor *self);
const char  *forlop_actor_get_unit_name  (ForlopActor *self);
gboolean     forlop_actor_equal          (ForlopActor *self,
                                          ForlopActor *other);
/* "Kari Nes, resource person, Zone North" */
char        *forlop_actor_dup_sentence   (ForlopActor *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
