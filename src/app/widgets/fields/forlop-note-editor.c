/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-note-editor.h"

#include "forlop-field-value.h"

#define LEAST_HEIGHT 56
#define MOST_HEIGHT 280

struct _ForlopNoteEditor
{
  ForlopFieldEditor parent_instance;

  GtkWidget *text_view;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (ForlopNoteEditor, forlop_note_editor, FORLOP_TYPE_FIELD_EDITOR)

static char *
forlop_note_editor_dup_typed (ForlopFieldEditor *editor)
{
  ForlopNoteEditor *self = FORLOP_NOTE_EDITOR (editor);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text_view));
  g_autofree char *text = NULL;

  g_object_get (buffer, "text", &text, NULL);
  g_strstrip (text);

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static void
forlop_note_editor_set_wire (ForlopFieldEditor *editor,
                             const char        *wire)
{
  ForlopNoteEditor *self = FORLOP_NOTE_EDITOR (editor);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text_view));

  self->filling = TRUE;
  gtk_text_buffer_set_text (buffer, wire != NULL ? wire : "", -1);
  self->filling = FALSE;
}

static char *
forlop_note_editor_dup_wire (ForlopFieldEditor  *editor,
                             GError            **error)
{
  g_autofree char *text = forlop_note_editor_dup_typed (editor);

  if (text != NULL &&
      !forlop_field_check_text (forlop_field_editor_get_field (editor), text, error))
    return NULL;

  return g_steal_pointer (&text);
}

static GtkWidget *
forlop_note_editor_get_target (ForlopFieldEditor *editor)
{
  return FORLOP_NOTE_EDITOR (editor)->text_view;
}

static void
forlop_note_editor_changed_cb (ForlopNoteEditor *self)
{
  if (!self->filling)
    forlop_field_editor_emit_changed (FORLOP_FIELD_EDITOR (self));
}

static void
forlop_note_editor_class_init (ForlopNoteEditorClass *klass)
{
  ForlopFieldEditorClass *editor_class = FORLOP_FIELD_EDITOR_CLASS (klass);

  editor_class->set_wire = forlop_note_editor_set_wire;
  editor_class->dup_wire = forlop_note_editor_dup_wire;
  editor_class->dup_typed = forlop_note_editor_dup_typed;
  editor_class->get_target = forlop_note_editor_get_target;
}

static void
forlop_note_editor_init (ForlopNoteEditor *self)
{
  GtkWidget *scrolled_window = gtk_scrolled_window_new ();

  self->text_view = gtk_text_view_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->text_view), GTK_WRAP_WORD_CHAR);
  /* Tab goes on to the next field; nobody indents a note. */
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->text_view), FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled_window), self->text_view);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled_window),
                                  GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled_window), TRUE);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled_window), LEAST_HEIGHT);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled_window), MOST_HEIGHT);
  adw_bin_set_child (ADW_BIN (self), scrolled_window);

  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text_view)), "changed",
                           G_CALLBACK (forlop_note_editor_changed_cb), self, G_CONNECT_SWAPPED);
}

ForlopFieldEditor *
forlop_note_editor_new (const ForlopField *field,
                        ForlopClock       *clock)
{
  return forlop_field_editor_make (FORLOP_TYPE_NOTE_EDITOR, field, clock);
}
