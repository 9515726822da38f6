/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-field-editor.h"

#include "forlop-choice-editor.h"
#include "forlop-codes-editor.h"
#include "forlop-date-editor.h"
#include "forlop-entry-editor.h"
#include "forlop-id-number-editor.h"
#include "forlop-instant-editor.h"
#include "forlop-note-editor.h"
#include "forlop-reference-editor.h"
#include "forlop-switch-editor.h"

typedef struct
{
  /* Borrowed: static */
  const ForlopField *field;

  /* Owned */
  ForlopClock *clock;
} ForlopFieldEditorPrivate;

enum {
  SIGNAL_CHANGED,
  SIGNAL_LEFT,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (ForlopFieldEditor, forlop_field_editor, ADW_TYPE_BIN)

static gboolean
forlop_field_editor_grab_focus (GtkWidget *widget)
{
  GtkWidget *target = forlop_field_editor_get_target (FORLOP_FIELD_EDITOR (widget));

  return target != NULL && gtk_widget_grab_focus (target);
}

static void
forlop_field_editor_finalize (GObject *object)
{
  ForlopFieldEditor *self = FORLOP_FIELD_EDITOR (object);
  ForlopFieldEditorPrivate *priv = forlop_field_editor_get_instance_private (self);

  g_clear_pointer (&priv->clock, forlop_clock_unref);

  G_OBJECT_CLASS (forlop_field_editor_parent_class)->finalize (object);
}

static void
forlop_field_editor_class_init (ForlopFieldEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = forlop_field_editor_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = forlop_field_editor_grab_focus;

  /**
   * ForlopFieldEditor::changed:
   *
   * The user changed what is shown.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * ForlopFieldEditor::left:
   *
   * The keyboard left the editor: the time to say what is wrong.
   */
  signals[SIGNAL_LEFT] =
    g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
forlop_field_editor_init (ForlopFieldEditor *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "leave", G_CALLBACK (forlop_field_editor_emit_left), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

ForlopFieldEditor *
forlop_field_editor_make (GType              type,
                          const ForlopField *field,
                          ForlopClock       *clock)
{
  ForlopFieldEditor *self;
  ForlopFieldEditorPrivate *priv;

  g_return_val_if_fail (g_type_is_a (type, FORLOP_TYPE_FIELD_EDITOR), NULL);
  g_return_val_if_fail (field != NULL, NULL);

  self = g_object_new (type, NULL);
  priv = forlop_field_editor_get_instance_private (self);
  priv->field = field;
  priv->clock = clock != NULL ? forlop_clock_ref (clock) : forlop_clock_new_system ();

  return self;
}

/**
 * forlop_field_editor_new:
 * @field: A declaration; it must outlive the editor, as the static tables do.
 * @clock: (nullable): What says which day it is; the system's clock when NULL.
 */
ForlopFieldEditor *
forlop_field_editor_new (const ForlopField *field,
                         ForlopClock       *clock)
{
  g_return_val_if_fail (field != NULL, NULL);

  switch (field->kind)
    {
    case FORLOP_KIND_NOTE:
      return forlop_note_editor_new (field, clock);
    case FORLOP_KIND_CHOICE:
      return forlop_choice_editor_new (field, clock);
    case FORLOP_KIND_BOOLEAN:
      /* A switch has an answer before anybody gave one; a required answer must be given. */
      if ((field->flags & FORLOP_FIELD_REQUIRED) != 0)
        return forlop_choice_editor_new (field, clock);
      return forlop_switch_editor_new (field, clock);
    case FORLOP_KIND_DATE:
      return forlop_date_editor_new (field, clock);
    case FORLOP_KIND_INSTANT:
      return forlop_instant_editor_new (field, clock);
    case FORLOP_KIND_ID_NUMBER:
      return forlop_id_number_editor_new (field, clock);
    case FORLOP_KIND_REF:
      return forlop_reference_editor_new (field, clock);
    case FORLOP_KIND_TEXT:
      if (field->choices != NULL)
        return forlop_codes_editor_new (field, clock);
      return forlop_entry_editor_new (field, clock);
    case FORLOP_KIND_PHONE:
    case FORLOP_KIND_BLOB:
    case FORLOP_KIND_INTEGER:
    case FORLOP_KIND_MINUTE:
    case FORLOP_KIND_REAL:
    default:
      return forlop_entry_editor_new (field, clock);
    }
}

const ForlopField *
forlop_field_editor_get_field (ForlopFieldEditor *self)
{
  ForlopFieldEditorPrivate *priv = forlop_field_editor_get_instance_private (self);

  g_return_val_if_fail (FORLOP_IS_FIELD_EDITOR (self), NULL);

  return priv->field;
}

ForlopDate
forlop_field_editor_get_today (ForlopFieldEditor *self)
{
  ForlopFieldEditorPrivate *priv = forlop_field_editor_get_instance_private (self);

  g_return_val_if_fail (FORLOP_IS_FIELD_EDITOR (self), FORLOP_DATE_NONE);

  return forlop_clock_today (priv->clock);
}

void
forlop_field_editor_set_wire (ForlopFieldEditor *self,
                              const char        *wire)
{
  g_return_if_fail (FORLOP_IS_FIELD_EDITOR (self));

  FORLOP_FIELD_EDITOR_GET_CLASS (self)->set_wire (self, wire);
}

char *
forlop_field_editor_dup_wire (ForlopFieldEditor  *self,
                              GError            **error)
{
  g_return_val_if_fail (FORLOP_IS_FIELD_EDITOR (self), NULL);

  return FORLOP_FIELD_EDITOR_GET_CLASS (self)->dup_wire (self, error);
}

void
forlop_field_editor_set_typed (ForlopFieldEditor *self,
                               const char        *typed)
{
  ForlopFieldEditorClass *klass;

  g_return_if_fail (FORLOP_IS_FIELD_EDITOR (self));

  klass = FORLOP_FIELD_EDITOR_GET_CLASS (self);
  if (klass->set_typed != NULL)
    klass->set_typed (self, typed);
  else
    klass->set_wire (self, typed);
}

char *
forlop_field_editor_dup_typed (ForlopFieldEditor *self)
{
  ForlopFieldEditorClass *klass;

  g_return_val_if_fail (FORLOP_IS_FIELD_EDITOR (self), NULL);

  klass = FORLOP_FIELD_EDITOR_GET_CLASS (self);

  return klass->dup_typed != NULL ? klass->dup_typed (self) : klass->dup_wire (self, NULL);
}

GtkWidget *
forlop_field_editor_get_target (ForlopFieldEditor *self)
{
  g_return_val_if_fail (FORLOP_IS_FIELD_EDITOR (self), NULL);

  return FORLOP_FIELD_EDITOR_GET_CLASS (self)->get_target (self);
}

void
forlop_field_editor_emit_changed (ForlopFieldEditor *self)
{
  g_return_if_fail (FORLOP_IS_FIELD_EDITOR (self));

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
forlop_field_editor_emit_left (ForlopFieldEditor *self)
{
  g_return_if_fail (FORLOP_IS_FIELD_EDITOR (self));

  g_signal_emit (self, signals[SIGNAL_LEFT], 0);
}
