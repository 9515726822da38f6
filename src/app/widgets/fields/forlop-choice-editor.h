/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-field-editor.h"

G_BEGIN_DECLS

/* One out of a few codes, or yes and no where an answer must be given. */

#define FORLOP_TYPE_CHOICE_EDITOR (forlop_choice_editor_get_type ())
G_DECLARE_FINAL_TYPE (ForlopChoiceEditor, forlop_choice_editor, FORLOP, CHOICE_EDITOR, ForlopFieldEditor)

ForlopFieldEditor *forlop_choice_editor_new (const ForlopField *field,
                                         ForlopClock       *clock) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
