/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-field-editor.h"

G_BEGIN_DECLS

/* One line of text: words, numbers with decimal comma, telephone numbers, times of day. */

#define FORLOP_TYPE_ENTRY_EDITOR (forlop_entry_editor_get_type ())
G_DECLARE_FINAL_TYPE (ForlopEntryEditor, forlop_entry_editor, FORLOP, ENTRY_EDITOR, ForlopFieldEditor)

ForlopFieldEditor *forlop_entry_editor_new (const ForlopField *field,
                                         ForlopClock       *clock) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
