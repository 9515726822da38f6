/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-choice-editor.h"

#include <glib/gi18n-lib.h>

#include "forlop-drop-down.h"

/* From this many choices on one can search in the list. */
#define MANY 9

struct _ForlopChoiceEditor
{
  ForlopFieldEditor parent_instance;

  GtkWidget *drop_down;

  /* Borrowed: static */
  const ForlopChoice *choices;

  /* A code that is not among the choices any more is kept until another is chosen. */
  char *foreign;
  gboolean filling;
};

static const ForlopChoice answers[] = {
  { "true", N_("Yes") },
  { "false", N_("No") },
  { NULL, NULL },
};

G_DEFINE_FINAL_TYPE (ForlopChoiceEditor, forlop_choice_editor, FORLOP_TYPE_FIELD_EDITOR)

/* The first line of the list is "nothing chosen". */
static void
forlop_choice_editor_set_wire (ForlopFieldEditor *editor,
                               const char        *wire)
{
  ForlopChoiceEditor *self = FORLOP_CHOICE_EDITOR (editor);
  unsigned int selected = 0;

  for (unsigned int i = 0; self->choices[i].code != NULL; i++)
    if (g_strcmp0 (self->choices[i].code, wire) == 0)
      selected = i + 1;

  g_set_str (&self->foreign, selected == 0 ? wire : NULL);
  self->filling = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->drop_down), selected);
  self->filling = FALSE;
}

static char *
forlop_choice_editor_dup_wire (ForlopFieldEditor  *editor,
                               GError            **error G_GNUC_UNUSED)
{
  ForlopChoiceEditor *self = FORLOP_CHOICE_EDITOR (editor);
  unsigned int selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->drop_down));

  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION)
    return g_strdup (self->foreign);

  return g_strdup (self->choices[selected - 1].code);
}

static GtkWidget *
forlop_choice_editor_get_target (ForlopFieldEditor *editor)
{
  return FORLOP_CHOICE_EDITOR (editor)->drop_down;
}

static void
forlop_choice_editor_selected_cb (ForlopChoiceEditor *self)
{
  if (self->filling)
    return;

  g_clear_pointer (&self->foreign, g_free);
  forlop_field_editor_emit_changed (FORLOP_FIELD_EDITOR (self));
}

static void
forlop_choice_editor_finalize (GObject *object)
{
  g_clear_pointer (&FORLOP_CHOICE_EDITOR (object)->foreign, g_free);

  G_OBJECT_CLASS (forlop_choice_editor_parent_class)->finalize (object);
}

static void
forlop_choice_editor_class_init (ForlopChoiceEditorClass *klass)
{
  ForlopFieldEditorClass *editor_class = FORLOP_FIELD_EDITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = forlop_choice_editor_finalize;
  editor_class->set_wire = forlop_choice_editor_set_wire;
  editor_class->dup_wire = forlop_choice_editor_dup_wire;
  editor_class->get_target = forlop_choice_editor_get_target;
}

static void
forlop_choice_editor_init (ForlopChoiceEditor *self)
{
  self->drop_down = gtk_drop_down_new (NULL, NULL);
  gtk_widget_add_css_class (self->drop_down, "flat");
  adw_bin_set_child (ADW_BIN (self), self->drop_down);
  g_signal_connect_object (self->drop_down, "notify::selected",
                           G_CALLBACK (forlop_choice_editor_selected_cb), self,
                           G_CONNECT_SWAPPED);
}

ForlopFieldEditor *
forlop_choice_editor_new (const ForlopField *field,
                          ForlopClock       *clock)
{
  ForlopFieldEditor *editor = forlop_field_editor_make (FORLOP_TYPE_CHOICE_EDITOR, field, clock);
  ForlopChoiceEditor *self = FORLOP_CHOICE_EDITOR (editor);
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);
  unsigned int n_choices = 0;

  self->choices = field->kind == FORLOP_KIND_BOOLEAN ? answers : field->choices;
  gtk_string_list_append (labels, _("Not chosen"));
  for (; self->choices[n_choices].code != NULL; n_choices++)
    gtk_string_list_append (labels, _(self->choices[n_choices].label));

  self->filling = TRUE;
  if (n_choices >= MANY)
    {
      g_autoptr(GtkExpression) label = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL,
                                                                    "string");

      gtk_drop_down_set_expression (GTK_DROP_DOWN (self->drop_down), label);
      forlop_drop_down_search (GTK_DROP_DOWN (self->drop_down));
    }
  forlop_drop_down_speak (GTK_DROP_DOWN (self->drop_down));
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->drop_down), G_LIST_MODEL (labels));
  self->filling = FALSE;

  return editor;
}
