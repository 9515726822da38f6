/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-field-editor.h"

G_BEGIN_DECLS

/* Text of several lines. */

#define FORLOP_TYPE_NOTE_EDITOR (forlop_note_editor_get_type ())
G_DECLARE_FINAL_TYPE (ForlopNoteEditor, forlop_note_editor, FORLOP, NOTE_EDITOR, ForlopFieldEditor)

ForlopFieldEditor *forlop_note_editor_new (const ForlopField *field,
                                         ForlopClock       *clock) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
