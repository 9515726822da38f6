/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-field-row.h"

#include <glib/gi18n-lib.h>

#include "forlop-drop-down.h"
#include "forlop-error.h"
#include "forlop-field-editor.h"
#include "forlop-id-number-editor.h"
#include "forlop-reference-editor.h"

struct _ForlopFieldRow
{
  AdwPreferencesRow parent_instance;

  /* Template widgets */
  GtkBox *box;
  GtkBox *label_box;
  GtkLabel *label;
  GtkLabel *required_label;
  GtkLabel *hint_label;
  GtkBox *error_box;
  GtkLabel *error_label;

  ForlopFieldEditor *editor;
  gboolean required;
};

enum {
  SIGNAL_CHANGED,
  SIGNAL_BIRTH_DATE_PROPOSED,
  SIGNAL_REVEALED,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopFieldRow, forlop_field_row, ADW_TYPE_PREFERENCES_ROW)

static GtkAccessible *
target_of (ForlopFieldRow *self)
{
  return GTK_ACCESSIBLE (forlop_field_editor_get_target (self->editor));
}

static void
forlop_field_row_describe (ForlopFieldRow *self)
{
  const ForlopField *field = forlop_field_editor_get_field (self->editor);
  const char *error = forlop_field_row_get_error (self);
  const char *hint = field->hint != NULL ? _(field->hint) : "";

  gtk_accessible_update_property (target_of (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _(field->label),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, error != NULL ? error : hint,
                                  -1);
  gtk_accessible_update_state (target_of (self), GTK_ACCESSIBLE_STATE_INVALID,
                               error != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                             : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (GTK_IS_DROP_DOWN (target_of (self)))
    forlop_drop_down_describe (GTK_DROP_DOWN (target_of (self)), error != NULL ? error : hint);
}

static void
forlop_field_row_show_hint (ForlopFieldRow *self)
{
  const ForlopField *field = forlop_field_editor_get_field (self->editor);
  g_autofree char *kind = NULL;

  if (FORLOP_IS_ID_NUMBER_EDITOR (self->editor))
    kind = forlop_id_number_editor_dup_kind (FORLOP_ID_NUMBER_EDITOR (self->editor));

  if (kind != NULL)
    gtk_label_set_label (self->hint_label, kind);
  else
    gtk_label_set_label (self->hint_label, field->hint != NULL ? _(field->hint) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label),
                          *gtk_label_get_label (self->hint_label) != '\0' &&
                          forlop_field_row_get_error (self) == NULL);
}

/* While somebody writes, an old mistake is not held against them. */
static void
forlop_field_row_changed_cb (ForlopFieldRow *self)
{
  forlop_field_row_set_error (self, NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Leaving an empty field is no mistake yet: that is said when one saves. */
static void
forlop_field_row_left_cb (ForlopFieldRow *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *wire = forlop_field_editor_dup_wire (self->editor, &error);

  if (error != NULL)
    forlop_field_row_set_error (self, error->message);
}

static void
forlop_field_row_proposed_cb (ForlopFieldRow *self,
                              ForlopDate      date)
{
  g_signal_emit (self, signals[SIGNAL_BIRTH_DATE_PROPOSED], 0, date);
}

static void
forlop_field_row_revealed_cb (ForlopFieldRow *self)
{
  g_signal_emit (self, signals[SIGNAL_REVEALED], 0);
}

static gboolean
forlop_field_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (FORLOP_FIELD_ROW (widget)->editor));
}

static void
forlop_field_row_class_init (ForlopFieldRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->grab_focus = forlop_field_row_grab_focus;

  /**
   * ForlopFieldRow::changed:
   *
   * The user changed the value.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
  /**
   * ForlopFieldRow::birth-date-proposed:
   * @date: A ForlopDate.
   *
   * The identity number that was typed proposes a birth date.
   */
  signals[SIGNAL_BIRTH_DATE_PROPOSED] =
    g_signal_new ("birth-date-proposed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  /**
   * ForlopFieldRow::revealed:
   *
   * A hidden identity number is shown, which is to be logged.
   */
  signals[SIGNAL_REVEALED] =
    g_signal_new ("revealed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/forlop/Forlop/widgets/fields/forlop-field-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopFieldRow, box);
  gtk_widget_class_bind_template_child (widget_class, ForlopFieldRow, label_box);
  gtk_widget_class_bind_template_child (widget_class, ForlopFieldRow, label);
  gtk_widget_class_bind_template_child (widget_class, ForlopFieldRow, required_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopFieldRow, hint_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopFieldRow, error_box);
  gtk_widget_class_bind_template_child (widget_class, ForlopFieldRow, error_label);
}

static void
forlop_field_row_init (ForlopFieldRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* A switch stands beside its label, everything else below it. */
static void
forlop_field_row_place_editor (ForlopFieldRow *self)
{
  const ForlopField *field = forlop_field_editor_get_field (self->editor);

  if (field->kind == FORLOP_KIND_BOOLEAN && (field->flags & FORLOP_FIELD_REQUIRED) == 0)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->label), "caption");
      gtk_widget_remove_css_class (GTK_WIDGET (self->label), "field-label");
      gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
      gtk_widget_set_valign (GTK_WIDGET (self->editor), GTK_ALIGN_CENTER);
      gtk_box_append (self->label_box, GTK_WIDGET (self->editor));
    }
  else
    {
      gtk_box_insert_child_after (self->box, GTK_WIDGET (self->editor),
                                  GTK_WIDGET (self->label_box));
    }
}

/**
 * forlop_field_row_new:
 * @field: A declaration; it must outlive the row, as the static tables do.
 * @clock: (nullable): What says which day it is.
 */
GtkWidget *
forlop_field_row_new (const ForlopField *field,
                      ForlopClock       *clock)
{
  ForlopFieldRow *self;

  g_return_val_if_fail (field != NULL, NULL);

  self = g_object_new (FORLOP_TYPE_FIELD_ROW, "title", _(field->label), NULL);
  self->editor = forlop_field_editor_new (field, clock);
  gtk_label_set_label (self->label, _(field->label));
  gtk_label_set_mnemonic_widget (self->label, forlop_field_editor_get_target (self->editor));
  forlop_field_row_place_editor (self);
  forlop_field_row_set_required (self, (field->flags & FORLOP_FIELD_REQUIRED) != 0);
  forlop_field_row_show_hint (self);
  forlop_field_row_describe (self);

  g_signal_connect_object (self->editor, "changed", G_CALLBACK (forlop_field_row_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "left", G_CALLBACK (forlop_field_row_left_cb), self,
                           G_CONNECT_SWAPPED);
  if (FORLOP_IS_ID_NUMBER_EDITOR (self->editor))
    {
      g_signal_connect_object (self->editor, "birth-date-proposed",
                               G_CALLBACK (forlop_field_row_proposed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->editor, "revealed",
                               G_CALLBACK (forlop_field_row_revealed_cb), self, G_CONNECT_SWAPPED);
    }

  return GTK_WIDGET (self);
}

const ForlopField *
forlop_field_row_get_field (ForlopFieldRow *self)
{
  g_return_val_if_fail (FORLOP_IS_FIELD_ROW (self), NULL);

  return forlop_field_editor_get_field (self->editor);
}

void
forlop_field_row_set_wire (ForlopFieldRow *self,
                           const char     *wire)
{
  g_return_if_fail (FORLOP_IS_FIELD_ROW (self));

  forlop_field_editor_set_wire (self->editor, wire);
  forlop_field_row_set_error (self, NULL);
}

char *
forlop_field_row_dup_wire (ForlopFieldRow  *self,
                           GError         **error)
{
  g_return_val_if_fail (FORLOP_IS_FIELD_ROW (self), NULL);

  return forlop_field_editor_dup_wire (self->editor, error);
}

void
forlop_field_row_set_typed (ForlopFieldRow *self,
                            const char     *typed)
{
  g_return_if_fail (FORLOP_IS_FIELD_ROW (self));

  forlop_field_editor_set_typed (self->editor, typed);
  forlop_field_row_set_error (self, NULL);
}

char *
forlop_field_row_dup_typed (ForlopFieldRow *self)
{
  g_return_val_if_fail (FORLOP_IS_FIELD_ROW (self), NULL);

  return forlop_field_editor_dup_typed (self->editor);
}

gboolean
forlop_field_row_validate (ForlopFieldRow  *self,
                           GError         **error)
{
  g_autoptr(GError) problem = NULL;
  g_autofree char *wire = NULL;

  g_return_val_if_fail (FORLOP_IS_FIELD_ROW (self), FALSE);

  wire = forlop_field_editor_dup_wire (self->editor, &problem);
  if (problem == NULL && wire == NULL && self->required)
    g_set_error (&problem, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                 /* Translators: the name of a field */
                 _("“%s” is missing. It must be filled in before you can save."),
                 gtk_label_get_label (self->label));

  forlop_field_row_set_error (self, problem != NULL ? problem->message : NULL);
  if (problem == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}

void
forlop_field_row_set_error (ForlopFieldRow *self,
                            const char     *sentence)
{
  g_return_if_fail (FORLOP_IS_FIELD_ROW (self));

  gtk_label_set_label (self->error_label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_box), sentence != NULL);
  if (sentence != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "mistake");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "mistake");
  forlop_field_row_show_hint (self);
  forlop_field_row_describe (self);
}

const char *
forlop_field_row_get_error (ForlopFieldRow *self)
{
  g_return_val_if_fail (FORLOP_IS_FIELD_ROW (self), NULL);

  return gtk_widget_get_visible (GTK_WIDGET (self->error_box))
           ? gtk_label_get_label (self->error_label) : NULL;
}

void
forlop_field_row_set_references (ForlopFieldRow *self,
                                 GListModel     *references)
{
  g_return_if_fail (FORLOP_IS_FIELD_ROW (self));
  g_return_if_fail (FORLOP_IS_REFERENCE_EDITOR (self->editor));

  forlop_reference_editor_set_model (FORLOP_REFERENCE_EDITOR (self->editor), references);
}

void
forlop_field_row_set_required (ForlopFieldRow *self,
                               gboolean        required)
{
  g_return_if_fail (FORLOP_IS_FIELD_ROW (self));

  self->required = !!required;
  gtk_widget_set_visible (GTK_WIDGET (self->required_label), self->required);
  gtk_accessible_update_property (target_of (self), GTK_ACCESSIBLE_PROPERTY_REQUIRED,
                                  self->required, -1);
}

gboolean
forlop_field_row_get_required (ForlopFieldRow *self)
{
  g_return_val_if_fail (FORLOP_IS_FIELD_ROW (self), FALSE);

  return self->required;
}
