/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-clock.h"
#include "forlop-field.h"

G_BEGIN_DECLS

/* One field of a form: label, required mark, the right editor, hint, and the mistake in words
 * beside it. A row of a boxed list. */

#define FORLOP_TYPE_FIELD_ROW (forlop_field_row_get_type ())
G_DECLARE_FINAL_TYPE (ForlopFieldRow, forlop_field_row, FORLOP, FIELD_ROW, AdwPreferencesRow)

GtkWidget         *forlop_field_row_new            (const ForlopField  *field,
                                                    ForlopClock        *clock) G_GNUC_WARN_UNUSED_RESULT;
const ForlopField *forlop_field_row_get_field      (ForlopFieldRow     *self);

/* The value as programs read it; see ForlopFieldEditor. */
void               forlop_field_row_set_wire       (ForlopFieldRow     *self,
                                                    const char         *wire);
char              *forlop_field_row_dup_wire       (ForlopFieldRow     *self,
                                                    GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* What somebody typed, for drafts. */
void               forlop_field_row_set_typed      (ForlopFieldRow     *self,
                                                    const char         *typed);
char              *forlop_field_row_dup_typed      (ForlopFieldRow     *self) G_GNUC_WARN_UNUSED_RESULT;

/* Reads the value and shows or clears the mistake; FALSE with a sentence when it will not do. */
gboolean           forlop_field_row_validate       (ForlopFieldRow     *self,
                                                    GError            **error);
/* A sentence, or NULL when nothing is wrong. */
void               forlop_field_row_set_error      (ForlopFieldRow     *self,
                                                    const char         *sentence);
const char        *forlop_field_row_get_error      (ForlopFieldRow     *self);
/* For a reference: a list of ForlopReference to choose from. */
void               forlop_field_row_set_references (ForlopFieldRow     *self,
                                                    GListModel         *references);
/* Some forms demand what the record leaves open. */
void               forlop_field_row_set_required   (ForlopFieldRow     *self,
                                                    gboolean            required);
gboolean           forlop_field_row_get_required   (ForlopFieldRow     *self);

G_END_DECLS
