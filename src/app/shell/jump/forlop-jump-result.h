/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One place to jump to. Immutable; what it does is an action of the window. */

#define FORLOP_TYPE_JUMP_RESULT (forlop_jump_result_get_type ())
G_DECLARE_FINAL_TYPE (ForlopJumpResult, forlop_jump_result, FORLOP, JUMP_RESULT, GObject)

ForlopJumpResult *forlop_jump_result_new             (const char       *icon_name,
                                                      const char       *title,
                                                      const char       *subtitle,
                                                      const char       *action_name,
                                                      GVariant         *target) G_GNUC_WARN_UNUSED_RESULT;
const char       *forlop_jump_result_get_icon_name   (ForlopJumpResult *self);
const char       *forlop_jump_result_get_title       (ForlopJumpResult *self);
const char       *forlop_jump_result_get_subtitle    (ForlopJumpResult *self);
const char       *forlop_jump_result_get_action_name (ForlopJumpResult *self);
GVariant         *forlop_jump_result_get_target      (ForlopJumpResult *self);

G_END_DECLS
