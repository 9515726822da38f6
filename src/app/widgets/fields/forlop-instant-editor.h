/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-field-editor.h"

G_BEGIN_DECLS

/* A day and a time of day, on the wall clock in Oslo. */

#define FORLOP_TYPE_INSTANT_EDITOR (forlop_instant_editor_get_type ())
G_DECLARE_FINAL_TYPE (ForlopInstantEditor, forlop_instant_editor, FORLOP, INSTANT_EDITOR, ForlopFieldEditor)

ForlopFieldEditor *forlop_instant_editor_new (const ForlopField *field,
                                         ForlopClock       *clock) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
