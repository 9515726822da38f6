/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-field-editor.h"

G_BEGIN_DECLS

/* An identity number of any kind. When the keyboard is elsewhere only the birth date is shown; a
 * press on the eye reveals the number, which whoever shows it logs. */

#define FORLOP_TYPE_ID_NUMBER_EDITOR (forlop_id_number_editor_get_type ())
G_DECLARE_FINAL_TYPE (ForlopIdNumberEditor, forlop_id_number_editor, FORLOP, ID_NUMBER_EDITOR,
                      ForlopFieldEditor)

ForlopFieldEditor *forlop_id_number_editor_new    (const ForlopField    *field,
                                                   ForlopClock          *clock) G_GNUC_WARN_UNUSED_RESULT;
/* What the number says of itself: "D-number, test number". NULL when there is nothing to say. */
char              *forlop_id_number_editor_dup_kind (ForlopIdNumberEditor *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
