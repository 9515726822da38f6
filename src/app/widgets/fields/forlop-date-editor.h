/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-field-editor.h"

G_BEGIN_DECLS

/* A day: typed as people type it, or picked in a calendar. */

#define FORLOP_TYPE_DATE_EDITOR (forlop_date_editor_get_type ())
G_DECLARE_FINAL_TYPE (ForlopDateEditor, forlop_date_editor, FORLOP, DATE_EDITOR, ForlopFieldEditor)

ForlopFieldEditor *forlop_date_editor_new (const ForlopField *field,
                                         ForlopClock       *clock) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
