/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-field-editor.h"

G_BEGIN_DECLS

/* On or off; empty until somebody has touched it. */

#define FORLOP_TYPE_SWITCH_EDITOR (forlop_switch_editor_get_type ())
G_DECLARE_FINAL_TYPE (ForlopSwitchEditor, forlop_switch_editor, FORLOP, SWITCH_EDITOR, ForlopFieldEditor)

ForlopFieldEditor *forlop_switch_editor_new (const ForlopField *field,
                                         ForlopClock       *clock) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
