/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-codes-editor.h"

#include <glib/gi18n-lib.h>

struct _ForlopCodesEditor
{
  ForlopFieldEditor parent_instance;

  AdwWrapBox *box;
  GPtrArray *boxes; /* GtkCheckButton, one for each choice */
  /* What was written in other words stands behind the boxes and stays until it is unticked. */
  GPtrArray *others;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (ForlopCodesEditor, forlop_codes_editor, FORLOP_TYPE_FIELD_EDITOR)

static void
toggled_cb (ForlopCodesEditor *self)
{
  if (!self->filling)
    forlop_field_editor_emit_changed (FORLOP_FIELD_EDITOR (self));
}

static void
add_box (ForlopCodesEditor *self,
         GPtrArray         *boxes,
         const char        *code,
         const char        *label)
{
  GtkWidget *box = gtk_check_button_new_with_label (label);

  g_object_set_data_full (G_OBJECT (box), "code", g_strdup (code), g_free);
  g_signal_connect_object (box, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  adw_wrap_box_append (self->box, box);
  g_ptr_array_add (boxes, box);
}

static const char *
code_of (gpointer box)
{
  return g_object_get_data (box, "code");
}

static gboolean
tick (GPtrArray  *boxes,
      const char *code)
{
  for (unsigned int i = 0; i < boxes->len; i++)
    if (g_str_equal (code_of (g_ptr_array_index (boxes, i)), code))
      {
        gtk_check_button_set_active (g_ptr_array_index (boxes, i), TRUE);
        return TRUE;
      }

  return FALSE;
}

static void
forlop_codes_editor_set_wire (ForlopFieldEditor *editor,
                              const char        *wire)
{
  ForlopCodesEditor *self = FORLOP_CODES_EDITOR (editor);
  g_auto (GStrv) codes = g_strsplit (wire != NULL ? wire : "", ",", -1);

  self->filling = TRUE;
  for (unsigned int i = 0; i < self->boxes->len; i++)
    gtk_check_button_set_active (g_ptr_array_index (self->boxes, i), FALSE);
  for (unsigned int i = 0; i < self->others->len; i++)
    adw_wrap_box_remove (self->box, g_ptr_array_index (self->others, i));
  g_ptr_array_set_size (self->others, 0);

  for (unsigned int i = 0; codes[i] != NULL; i++)
    {
      const char *code = g_strstrip (codes[i]);

      if (*code == '\0' || tick (self->boxes, code))
        continue;
      add_box (self, self->others, code, code);
      tick (self->others, code);
    }
  self->filling = FALSE;
}

static void
append_ticked (GString   *wire,
               GPtrArray *boxes)
{
  for (unsigned int i = 0; i < boxes->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (boxes, i)))
      g_string_append_printf (wire, "%s%s", wire->len > 0 ? "," : "",
                              code_of (g_ptr_array_index (boxes, i)));
}

static char *
forlop_codes_editor_dup_wire (ForlopFieldEditor  *editor,
                              GError            **error G_GNUC_UNUSED)
{
  ForlopCodesEditor *self = FORLOP_CODES_EDITOR (editor);
  g_autoptr (GString) wire = g_string_new (NULL);

  append_ticked (wire, self->boxes);
  append_ticked (wire, self->others);

  return wire->len > 0 ? g_strdup (wire->str) : NULL;
}

static GtkWidget *
forlop_codes_editor_get_target (ForlopFieldEditor *editor)
{
  return GTK_WIDGET (FORLOP_CODES_EDITOR (editor)->box);
}

static gboolean
forlop_codes_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (g_ptr_array_index (FORLOP_CODES_EDITOR (widget)->boxes, 0));
}

static void
forlop_codes_editor_finalize (GObject *object)
{
  ForlopCodesEditor *self = FORLOP_CODES_EDITOR (object);

  g_ptr_array_unref (self->boxes);
  g_ptr_array_unref (self->others);

  G_OBJECT_CLASS (forlop_codes_editor_parent_class)->finalize (object);
}

static void
forlop_codes_editor_class_init (ForlopCodesEditorClass *klass)
{
  ForlopFieldEditorClass *editor_class = FORLOP_FIELD_EDITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = forlop_codes_editor_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = forlop_codes_editor_grab_focus;
  editor_class->set_wire = forlop_codes_editor_set_wire;
  editor_class->dup_wire = forlop_codes_editor_dup_wire;
  editor_class->get_target = forlop_codes_editor_get_target;
}

static void
forlop_codes_editor_init (ForlopCodesEditor *self)
{
  self->boxes = g_ptr_array_new ();
  self->others = g_ptr_array_new ();
  self->box = g_object_new (ADW_TYPE_WRAP_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP,
                            "child-spacing", 12, "line-spacing", 3, NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

/**
 * forlop_codes_editor_new:
 * @field: A text with choices: codes separated by commas.
 */
ForlopFieldEditor *
forlop_codes_editor_new (const ForlopField *field,
                         ForlopClock       *clock)
{
  ForlopFieldEditor *editor = forlop_field_editor_make (FORLOP_TYPE_CODES_EDITOR, field, clock);
  ForlopCodesEditor *self = FORLOP_CODES_EDITOR (editor);

  for (const ForlopChoice *choice = field->choices; choice->code != NULL; choice++)
    add_box (self, self->boxes, choice->code, _(choice->label));

  return editor;
}
