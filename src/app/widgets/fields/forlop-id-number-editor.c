/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-id-number-editor.h"

#include <glib/gi18n-lib.h>

#include "forlop-id-number.h"

struct _ForlopIdNumberEditor
{
  ForlopFieldEditor parent_instance;

  GtkWidget *entry;
  GtkWidget *reveal;

  /* What is typed, without the mask. */
  char *typed;
  gboolean revealed;
  gboolean editing;
  /* Typed here: whoever typed it has seen it. */
  gboolean own;
  gboolean filling;
};

enum {
  SIGNAL_BIRTH_DATE_PROPOSED,
  SIGNAL_REVEALED,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopIdNumberEditor, forlop_id_number_editor, FORLOP_TYPE_FIELD_EDITOR)

/* A number that is not right is shown as it stands: it must be corrected. */
static void
forlop_id_number_editor_show (ForlopIdNumberEditor *self)
{
  ForlopIdNumberInfo info = { 0 };
  g_autofree char *shown = NULL;

  if (self->typed != NULL)
    forlop_id_number_examine (self->typed, &info);

  if (self->typed == NULL || info.kind == FORLOP_ID_NUMBER_NONE)
    shown = g_strdup (self->typed != NULL ? self->typed : "");
  else if (self->revealed || (self->own && self->editing))
    shown = forlop_id_number_format (self->typed);
  else
    shown = forlop_id_number_mask (self->typed, info.birth_date);

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), shown);
  self->filling = FALSE;
  /* A mask must not be edited: the number is revealed first. */
  gtk_editable_set_editable (GTK_EDITABLE (self->entry),
                             self->own || self->revealed || info.kind == FORLOP_ID_NUMBER_NONE);
  gtk_widget_set_visible (self->reveal, info.kind != FORLOP_ID_NUMBER_NONE);
}

static void
forlop_id_number_editor_set_typed (ForlopFieldEditor *editor,
                                   const char        *typed)
{
  ForlopIdNumberEditor *self = FORLOP_ID_NUMBER_EDITOR (editor);

  g_set_str (&self->typed, typed != NULL && *typed != '\0' ? typed : NULL);
  self->revealed = FALSE;
  self->own = FALSE;
  forlop_id_number_editor_show (self);
}

static char *
forlop_id_number_editor_dup_typed (ForlopFieldEditor *editor)
{
  return g_strdup (FORLOP_ID_NUMBER_EDITOR (editor)->typed);
}

static char *
forlop_id_number_editor_dup_wire (ForlopFieldEditor  *editor,
                                  GError            **error)
{
  ForlopIdNumberEditor *self = FORLOP_ID_NUMBER_EDITOR (editor);
  ForlopIdNumberInfo info;

  if (self->typed == NULL ||
      !forlop_id_number_validate (self->typed, forlop_field_editor_get_today (editor), &info,
                                  error))
    return NULL;

  return forlop_id_number_normalize (self->typed);
}

static GtkWidget *
forlop_id_number_editor_get_target (ForlopFieldEditor *editor)
{
  return FORLOP_ID_NUMBER_EDITOR (editor)->entry;
}

static void
forlop_id_number_editor_propose (ForlopIdNumberEditor *self)
{
  ForlopDate today = forlop_field_editor_get_today (FORLOP_FIELD_EDITOR (self));
  ForlopIdNumberInfo info;

  if (self->typed == NULL || !forlop_id_number_validate (self->typed, today, &info, NULL) ||
      info.birth_date == FORLOP_DATE_NONE)
    return;

  g_signal_emit (self, signals[SIGNAL_BIRTH_DATE_PROPOSED], 0, info.birth_date);
}

static void
forlop_id_number_editor_changed_cb (ForlopIdNumberEditor *self)
{
  g_autofree char *typed = NULL;

  if (self->filling)
    return;

  typed = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  g_strstrip (typed);
  self->own = TRUE;
  g_set_str (&self->typed, *typed != '\0' ? typed : NULL);
  forlop_field_editor_emit_changed (FORLOP_FIELD_EDITOR (self));
  forlop_id_number_editor_propose (self);
}

static void
forlop_id_number_editor_reveal_cb (ForlopIdNumberEditor *self)
{
  self->revealed = !self->revealed;
  forlop_id_number_editor_show (self);
  if (self->revealed)
    g_signal_emit (self, signals[SIGNAL_REVEALED], 0);
}

static void
forlop_id_number_editor_entered_cb (ForlopIdNumberEditor *self)
{
  self->editing = TRUE;
  if (self->own)
    forlop_id_number_editor_show (self);
}

static void
forlop_id_number_editor_left_cb (ForlopIdNumberEditor *self)
{
  self->editing = FALSE;
  self->revealed = FALSE;
  forlop_id_number_editor_show (self);
}

static void
forlop_id_number_editor_finalize (GObject *object)
{
  g_clear_pointer (&FORLOP_ID_NUMBER_EDITOR (object)->typed, g_free);

  G_OBJECT_CLASS (forlop_id_number_editor_parent_class)->finalize (object);
}

static void
forlop_id_number_editor_class_init (ForlopIdNumberEditorClass *klass)
{
  ForlopFieldEditorClass *editor_class = FORLOP_FIELD_EDITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = forlop_id_number_editor_finalize;
  editor_class->set_wire = forlop_id_number_editor_set_typed;
  editor_class->dup_wire = forlop_id_number_editor_dup_wire;
  editor_class->set_typed = forlop_id_number_editor_set_typed;
  editor_class->dup_typed = forlop_id_number_editor_dup_typed;
  editor_class->get_target = forlop_id_number_editor_get_target;

  /**
   * ForlopIdNumberEditor::birth-date-proposed:
   * @date: A ForlopDate.
   *
   * Somebody typed a number that proposes a birth date.
   */
  signals[SIGNAL_BIRTH_DATE_PROPOSED] =
    g_signal_new ("birth-date-proposed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  /**
   * ForlopIdNumberEditor::revealed:
   *
   * A number that was hidden is shown, which is to be logged.
   */
  signals[SIGNAL_REVEALED] =
    g_signal_new ("revealed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
forlop_id_number_editor_init (ForlopIdNumberEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->entry = gtk_entry_new ();
  gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), GTK_INPUT_PURPOSE_DIGITS);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("11 digits"));
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_widget_add_css_class (self->entry, "numeric");

  self->reveal = gtk_button_new_from_icon_name ("view-reveal-symbolic");
  gtk_widget_set_tooltip_text (self->reveal, _("Show the whole number; this is logged"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reveal), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Show the whole number"), -1);
  gtk_widget_add_css_class (self->reveal, "flat");
  gtk_widget_set_visible (self->reveal, FALSE);

  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->reveal);
  adw_bin_set_child (ADW_BIN (self), box);

  g_signal_connect_object (self->entry, "changed",
                           G_CALLBACK (forlop_id_number_editor_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reveal, "clicked",
                           G_CALLBACK (forlop_id_number_editor_reveal_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "enter", G_CALLBACK (forlop_id_number_editor_entered_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, focus);
  g_signal_connect (self, "left", G_CALLBACK (forlop_id_number_editor_left_cb), NULL);
}

ForlopFieldEditor *
forlop_id_number_editor_new (const ForlopField *field,
                             ForlopClock       *clock)
{
  return forlop_field_editor_make (FORLOP_TYPE_ID_NUMBER_EDITOR, field, clock);
}

char *
forlop_id_number_editor_dup_kind (ForlopIdNumberEditor *self)
{
  ForlopIdNumberInfo info;

  g_return_val_if_fail (FORLOP_IS_ID_NUMBER_EDITOR (self), NULL);

  if (self->typed == NULL)
    return NULL;

  forlop_id_number_examine (self->typed, &info);
  if (info.kind == FORLOP_ID_NUMBER_NONE)
    return NULL;
  if (info.synthetic != FORLOP_ID_NUMBER_REAL)
    /* Translators: a kind of identity number */
    return g_strdup_printf (_("%s, test number"), forlop_id_number_kind_label (info.kind));

  return g_strdup (forlop_id_number_kind_label (info.kind));
}
