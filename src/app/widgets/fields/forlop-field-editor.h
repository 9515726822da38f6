/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-clock.h"
#include "forlop-field.h"

G_BEGIN_DECLS

/* What edits the value of one field. A value has two texts: the wire text, which programs read
 * ("2026-11-22", "3.5", "true", a code, an id), and the typed text, which people write and which is
 * kept in drafts even where it cannot be read yet. */

#define FORLOP_TYPE_FIELD_EDITOR (forlop_field_editor_get_type ())
G_DECLARE_DERIVABLE_TYPE (ForlopFieldEditor, forlop_field_editor, FORLOP, FIELD_EDITOR, AdwBin)

/**
 * ForlopFieldEditorClass:
 * @set_wire: Shows a value; NULL empties.
 * @dup_wire: The value; NULL without error when empty, NULL with a sentence when what is typed
 *   cannot be read.
 * @set_typed: (nullable): Shows what somebody had typed; as @set_wire where there is no other text.
 * @dup_typed: (nullable): What is typed; as @dup_wire where there is no other text.
 * @get_target: The widget that takes the keyboard and the accessible name.
 */
struct _ForlopFieldEditorClass
{
  AdwBinClass parent_class;

  void       (*set_wire)   (ForlopFieldEditor  *self,
                            const char         *wire);
  char      *(*dup_wire)   (ForlopFieldEditor  *self,
                            GError            **error);
  void       (*set_typed)  (ForlopFieldEditor  *self,
                            const char         *typed);
  char      *(*dup_typed)  (ForlopFieldEditor  *self);
  GtkWidget *(*get_target) (ForlopFieldEditor  *self);
};

/* The right editor for the field's kind. @clock is asked for today where a date is typed. */
ForlopFieldEditor *forlop_field_editor_new         (const ForlopField  *field,
                                                    ForlopClock        *clock) G_GNUC_WARN_UNUSED_RESULT;
/* For subclasses: makes one of @type. */
ForlopFieldEditor *forlop_field_editor_make        (GType               type,
                                                    const ForlopField  *field,
                                                    ForlopClock        *clock) G_GNUC_WARN_UNUSED_RESULT;
const ForlopField *forlop_field_editor_get_field   (ForlopFieldEditor  *self);
ForlopDate         forlop_field_editor_get_today   (ForlopFieldEditor  *self);
void               forlop_field_editor_set_wire    (ForlopFieldEditor  *self,
                                                    const char         *wire);
char              *forlop_field_editor_dup_wire    (ForlopFieldEditor  *self,
                                                    GError            **error) G_GNUC_WARN_UNUSED_RESULT;
void               forlop_field_editor_set_typed   (ForlopFieldEditor  *self,
                                                    const char         *typed);
char              *forlop_field_editor_dup_typed   (ForlopFieldEditor  *self) G_GNUC_WARN_UNUSED_RESULT;
GtkWidget         *forlop_field_editor_get_target  (ForlopFieldEditor  *self);
/* For subclasses: what is shown changed by the user's hand. */
void               forlop_field_editor_emit_changed (ForlopFieldEditor *self);
/* For subclasses: the user left the editor. */
void               forlop_field_editor_emit_left    (ForlopFieldEditor *self);

G_END_DECLS
