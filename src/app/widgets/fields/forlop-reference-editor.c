/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-reference-editor.h"

#include <glib/gi18n-lib.h>

#include "forlop-drop-down.h"

struct _ForlopReferenceEditor
{
  ForlopFieldEditor parent_instance;

  GtkWidget *drop_down;

  /* Owned */
  GListModel *model;
  char *id;

  gboolean filling;
};

G_DEFINE_FINAL_TYPE (ForlopReferenceEditor, forlop_reference_editor, FORLOP_TYPE_FIELD_EDITOR)

/* The first line of the list is "nothing chosen". */
static void
forlop_reference_editor_show (ForlopReferenceEditor *self)
{
  unsigned int n_items = self->model != NULL ? g_list_model_get_n_items (self->model) : 0;
  unsigned int selected = 0;

  for (unsigned int i = 0; i < n_items && self->id != NULL; i++)
    {
      g_autoptr(ForlopReference) reference = g_list_model_get_item (self->model, i);

      if (g_strcmp0 (forlop_reference_get_id (reference), self->id) == 0)
        {
          selected = i + 1;
          break;
        }
    }

  self->filling = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->drop_down), selected);
  self->filling = FALSE;
}

static void
forlop_reference_editor_set_wire (ForlopFieldEditor *editor,
                                  const char        *wire)
{
  ForlopReferenceEditor *self = FORLOP_REFERENCE_EDITOR (editor);

  g_set_str (&self->id, wire != NULL && *wire != '\0' ? wire : NULL);
  forlop_reference_editor_show (self);
}

static char *
forlop_reference_editor_dup_wire (ForlopFieldEditor  *editor,
                                  GError            **error G_GNUC_UNUSED)
{
  return g_strdup (FORLOP_REFERENCE_EDITOR (editor)->id);
}

static GtkWidget *
forlop_reference_editor_get_target (ForlopFieldEditor *editor)
{
  return FORLOP_REFERENCE_EDITOR (editor)->drop_down;
}

static void
forlop_reference_editor_selected_cb (ForlopReferenceEditor *self)
{
  GObject *selected;

  if (self->filling)
    return;

  selected = gtk_drop_down_get_selected_item (GTK_DROP_DOWN (self->drop_down));
  g_set_str (&self->id, selected != NULL ? forlop_reference_get_id (FORLOP_REFERENCE (selected))
                                         : NULL);
  forlop_field_editor_emit_changed (FORLOP_FIELD_EDITOR (self));
}

static void
forlop_reference_editor_finalize (GObject *object)
{
  ForlopReferenceEditor *self = FORLOP_REFERENCE_EDITOR (object);

  g_clear_object (&self->model);
  g_clear_pointer (&self->id, g_free);

  G_OBJECT_CLASS (forlop_reference_editor_parent_class)->finalize (object);
}

static void
forlop_reference_editor_class_init (ForlopReferenceEditorClass *klass)
{
  ForlopFieldEditorClass *editor_class = FORLOP_FIELD_EDITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = forlop_reference_editor_finalize;
  editor_class->set_wire = forlop_reference_editor_set_wire;
  editor_class->dup_wire = forlop_reference_editor_dup_wire;
  editor_class->get_target = forlop_reference_editor_get_target;
}

static void
forlop_reference_editor_init (ForlopReferenceEditor *self)
{
  GtkExpression *label = gtk_property_expression_new (FORLOP_TYPE_REFERENCE, NULL, "label");

  self->drop_down = gtk_drop_down_new (NULL, label);
  forlop_drop_down_speak (GTK_DROP_DOWN (self->drop_down));
  forlop_drop_down_search (GTK_DROP_DOWN (self->drop_down));
  gtk_widget_add_css_class (self->drop_down, "flat");
  adw_bin_set_child (ADW_BIN (self), self->drop_down);
  g_signal_connect_object (self->drop_down, "notify::selected",
                           G_CALLBACK (forlop_reference_editor_selected_cb), self,
                           G_CONNECT_SWAPPED);
}

ForlopFieldEditor *
forlop_reference_editor_new (const ForlopField *field,
                             ForlopClock       *clock)
{
  ForlopFieldEditor *editor = forlop_field_editor_make (FORLOP_TYPE_REFERENCE_EDITOR, field, clock);

  forlop_reference_editor_set_model (FORLOP_REFERENCE_EDITOR (editor), NULL);

  return editor;
}

void
forlop_reference_editor_set_model (ForlopReferenceEditor *self,
                                   GListModel            *model)
{
  g_autoptr(GListStore) lists = NULL;
  g_autoptr(GListStore) nothing = NULL;
  g_autoptr(ForlopReference) none = NULL;
  g_autoptr(GtkFlattenListModel) flat = NULL;

  g_return_if_fail (FORLOP_IS_REFERENCE_EDITOR (self));
  g_return_if_fail (model == NULL || G_IS_LIST_MODEL (model));

  g_set_object (&self->model, model);
  lists = g_list_store_new (G_TYPE_LIST_MODEL);
  nothing = g_list_store_new (FORLOP_TYPE_REFERENCE);
  none = forlop_reference_new (NULL, _("Not chosen"));
  g_list_store_append (nothing, none);
  g_list_store_append (lists, nothing);
  if (model != NULL)
    g_list_store_append (lists, model);
  flat = gtk_flatten_list_model_new (G_LIST_MODEL (g_steal_pointer (&lists)));

  self->filling = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->drop_down), G_LIST_MODEL (flat));
  self->filling = FALSE;
  forlop_reference_editor_show (self);
}
