/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Somebody in a function: a user, with a role, in a unit. Every act is done by one. Immutable. */

#define FORLOP_TYPE_IDENTITY (forlop_identity_get_type ())
G_DECLARE_FINAL_TYPE (ForlopIdentity, forlop_identity, FORLOP, IDENTITY, GObject)

ForlopIdentity *forlop_identity_new            (const char      *user_id,
                                                const char      *user_name,
                                                const char      *role,
                                                const char      *role_label,
                                                const char      *unit_id,
                                                const char      *unit_name) G_GNUC_WARN_UNUSED_RESULT;
const char     *forlop_identity_get_user_id    (ForlopIdentity  *self);
const char     *forlop_identity_get_user_name  (ForlopIdentity  *self);
const char     *forlop_identity_get_role       (ForlopIdentity  *self);
const char     *forlop_identity_get_role_label (ForlopIdentity  *self);
const char     *forlop_identity_get_unit_id    (ForlopIdentity  *self);
const char     *forlop_identity_get_unit_name  (ForlopIdentity  *self);
gboolean        forlop_identity_equal          (ForlopIdentity  *self,
                                                ForlopIdentity  *other);
/* "Kari Nes, resource person, Zone North" */
char           *forlop_identity_dup_sentence   (ForlopIdentity  *self) G_GNUC_WARN_UNUSED_RESULT;
/* Whether it is this user's function: ids of user and unit, code of the role. */
gboolean        forlop_identity_is             (ForlopIdentity  *self,
                                                const char      *user,
                                                const char      *role,
                                                const char      *unit);

G_END_DECLS
