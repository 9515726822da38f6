/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-switch-editor.h"

struct _ForlopSwitchEditor
{
  ForlopFieldEditor parent_instance;

  GtkWidget *toggle;
  gboolean known;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (ForlopSwitchEditor, forlop_switch_editor, FORLOP_TYPE_FIELD_EDITOR)

static void
forlop_switch_editor_set_wire (ForlopFieldEditor *editor,
                               const char        *wire)
{
  ForlopSwitchEditor *self = FORLOP_SWITCH_EDITOR (editor);

  self->known = wire != NULL && *wire != '\0';
  self->filling = TRUE;
  gtk_switch_set_active (GTK_SWITCH (self->toggle), g_strcmp0 (wire, "true") == 0);
  self->filling = FALSE;
}

static char *
forlop_switch_editor_dup_wire (ForlopFieldEditor  *editor,
                               GError            **error G_GNUC_UNUSED)
{
  ForlopSwitchEditor *self = FORLOP_SWITCH_EDITOR (editor);

  if (!self->known)
    return NULL;

  return g_strdup (gtk_switch_get_active (GTK_SWITCH (self->toggle)) ? "true" : "false");
}

static GtkWidget *
forlop_switch_editor_get_target (ForlopFieldEditor *editor)
{
  return FORLOP_SWITCH_EDITOR (editor)->toggle;
}

static void
forlop_switch_editor_toggled_cb (ForlopSwitchEditor *self)
{
  if (self->filling)
    return;

  self->known = TRUE;
  forlop_field_editor_emit_changed (FORLOP_FIELD_EDITOR (self));
}

static void
forlop_switch_editor_class_init (ForlopSwitchEditorClass *klass)
{
  ForlopFieldEditorClass *editor_class = FORLOP_FIELD_EDITOR_CLASS (klass);

  editor_class->set_wire = forlop_switch_editor_set_wire;
  editor_class->dup_wire = forlop_switch_editor_dup_wire;
  editor_class->get_target = forlop_switch_editor_get_target;
}

static void
forlop_switch_editor_init (ForlopSwitchEditor *self)
{
  self->toggle = gtk_switch_new ();
  gtk_widget_set_valign (self->toggle, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (self->toggle, GTK_ALIGN_END);
  adw_bin_set_child (ADW_BIN (self), self->toggle);
  g_signal_connect_object (self->toggle, "notify::active",
                           G_CALLBACK (forlop_switch_editor_toggled_cb), self, G_CONNECT_SWAPPED);
}

ForlopFieldEditor *
forlop_switch_editor_new (const ForlopField *field,
                          ForlopClock       *clock)
{
  return forlop_field_editor_make (FORLOP_TYPE_SWITCH_EDITOR, field, clock);
}
