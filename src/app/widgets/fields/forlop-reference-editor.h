/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-field-editor.h"
#include "forlop-reference.h"

G_BEGIN_DECLS

/* Another record, chosen by name from a list that one can search in. */

#define FORLOP_TYPE_REFERENCE_EDITOR (forlop_reference_editor_get_type ())
G_DECLARE_FINAL_TYPE (ForlopReferenceEditor, forlop_reference_editor, FORLOP, REFERENCE_EDITOR,
                      ForlopFieldEditor)

ForlopFieldEditor *forlop_reference_editor_new       (const ForlopField     *field,
                                                      ForlopClock           *clock) G_GNUC_WARN_UNUSED_RESULT;
/* A list of ForlopReference. An id that was set before stays set and is shown once the list has
 * it. */
void               forlop_reference_editor_set_model (ForlopReferenceEditor *self,
                                                      GListModel            *model);

G_END_DECLS
