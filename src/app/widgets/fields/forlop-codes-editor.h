/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-field-editor.h"

G_BEGIN_DECLS

/* Several of the field's choices, one box to tick for each. */

#define FORLOP_TYPE_CODES_EDITOR (forlop_codes_editor_get_type ())
G_DECLARE_FINAL_TYPE (ForlopCodesEditor, forlop_codes_editor, FORLOP, CODES_EDITOR, ForlopFieldEditor)

ForlopFieldEditor *forlop_codes_editor_new (const ForlopField *field,
                                            ForlopClock       *clock) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
