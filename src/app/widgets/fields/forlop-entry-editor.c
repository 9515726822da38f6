/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-entry-editor.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>

#include "forlop-error.h"
#include "forlop-field-value.h"
#include "forlop-format.h"

#define MOST_DECIMALS 6
/* Whole numbers a double holds exactly. */
#define LARGEST_INTEGER 9007199254740992.0

struct _ForlopEntryEditor
{
  ForlopFieldEditor parent_instance;

  GtkWidget *entry;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (ForlopEntryEditor, forlop_entry_editor, FORLOP_TYPE_FIELD_EDITOR)

static char *
minute_to_typed (const char *wire)
{
  gint64 minute;

  if (!g_ascii_string_to_signed (wire, 10, 0, 24 * 60 - 1, &minute, NULL))
    return g_strdup (wire);

  return g_strdup_printf ("%02d.%02d", (int) minute / 60, (int) minute % 60);
}

static char *
wire_to_typed (ForlopFieldKind  kind,
               const char      *wire)
{
  switch ((int) kind)
    {
    case FORLOP_KIND_PHONE:
      return forlop_phone_format (wire);
    case FORLOP_KIND_INTEGER:
    case FORLOP_KIND_REAL:
      return forlop_number_format (g_ascii_strtod (wire, NULL), MOST_DECIMALS, FALSE);
    case FORLOP_KIND_MINUTE:
      return minute_to_typed (wire);
    default:
      return g_strdup (wire);
    }
}

static char *
number_to_wire (const ForlopField  *field,
                const char         *typed,
                GError            **error)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  double number;

  if (!forlop_number_parse (typed, &number, error))
    return NULL;

  if (field->kind == FORLOP_KIND_INTEGER)
    {
      if (number != floor (number) || fabs (number) > LARGEST_INTEGER)
        {
          g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                       _("“%s” is not a whole number. Write it without decimals."), typed);
          return NULL;
        }
      if (!forlop_field_check_number (field, number, error))
        return NULL;
      return g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) number);
    }

  if (!forlop_field_check_number (field, number, error))
    return NULL;

  return g_strdup (g_ascii_dtostr (buffer, sizeof buffer, number));
}

/* "14.30", "14:30", "1430", "14", "9". */
static char *
minute_to_wire (const char  *typed,
                GError     **error)
{
  unsigned int hour = 0;
  unsigned int minute = 0;
  int used = 0;
  size_t length = strlen (typed);
  gboolean read;

  if (length == 4 && strspn (typed, "0123456789") == 4)
    read = sscanf (typed, "%2u%2u%n", &hour, &minute, &used) == 2;
  else if (length <= 2 && strspn (typed, "0123456789") == length)
    read = sscanf (typed, "%2u%n", &hour, &used) == 1;
  else
    read = sscanf (typed, "%2u%*1[.:]%2u%n", &hour, &minute, &used) == 2;

  if (!read || (size_t) used != length || hour > 23 || minute > 59)
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                   _("“%s” is not a time of day. Write it like 14.30."), typed);
      return NULL;
    }

  return g_strdup_printf ("%u", hour * 60 + minute);
}

static char *
typed_to_wire (const ForlopField  *field,
               const char         *typed,
               GError            **error)
{
  switch ((int) field->kind)
    {
    case FORLOP_KIND_PHONE:
      return forlop_phone_normalize (typed, error);
    case FORLOP_KIND_INTEGER:
    case FORLOP_KIND_REAL:
      return number_to_wire (field, typed, error);
    case FORLOP_KIND_MINUTE:
      return minute_to_wire (typed, error);
    default:
      return forlop_field_check_text (field, typed, error) ? g_strdup (typed) : NULL;
    }
}

static char *
dup_stripped (ForlopEntryEditor *self)
{
  char *typed = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  return g_strstrip (typed);
}

static void
forlop_entry_editor_set_typed (ForlopFieldEditor *editor,
                               const char        *typed)
{
  ForlopEntryEditor *self = FORLOP_ENTRY_EDITOR (editor);

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), typed != NULL ? typed : "");
  self->filling = FALSE;
}

static char *
forlop_entry_editor_dup_typed (ForlopFieldEditor *editor)
{
  g_autofree char *typed = dup_stripped (FORLOP_ENTRY_EDITOR (editor));

  return *typed != '\0' ? g_steal_pointer (&typed) : NULL;
}

static void
forlop_entry_editor_set_wire (ForlopFieldEditor *editor,
                              const char        *wire)
{
  g_autofree char *typed = NULL;

  if (wire != NULL && *wire != '\0')
    typed = wire_to_typed (forlop_field_editor_get_field (editor)->kind, wire);
  forlop_entry_editor_set_typed (editor, typed);
}

static char *
forlop_entry_editor_dup_wire (ForlopFieldEditor  *editor,
                              GError            **error)
{
  g_autofree char *typed = dup_stripped (FORLOP_ENTRY_EDITOR (editor));

  if (*typed == '\0')
    return NULL;

  return typed_to_wire (forlop_field_editor_get_field (editor), typed, error);
}

static GtkWidget *
forlop_entry_editor_get_target (ForlopFieldEditor *editor)
{
  return FORLOP_ENTRY_EDITOR (editor)->entry;
}

static void
forlop_entry_editor_changed_cb (ForlopEntryEditor *self)
{
  if (!self->filling)
    forlop_field_editor_emit_changed (FORLOP_FIELD_EDITOR (self));
}

/* What was typed in a short form is shown in the form everybody reads. */
static void
forlop_entry_editor_left_cb (ForlopEntryEditor *self)
{
  ForlopFieldEditor *editor = FORLOP_FIELD_EDITOR (self);
  g_autofree char *wire = forlop_entry_editor_dup_wire (editor, NULL);

  if (wire != NULL)
    forlop_entry_editor_set_wire (editor, wire);
}

static void
forlop_entry_editor_class_init (ForlopEntryEditorClass *klass)
{
  ForlopFieldEditorClass *editor_class = FORLOP_FIELD_EDITOR_CLASS (klass);

  editor_class->set_wire = forlop_entry_editor_set_wire;
  editor_class->dup_wire = forlop_entry_editor_dup_wire;
  editor_class->set_typed = forlop_entry_editor_set_typed;
  editor_class->dup_typed = forlop_entry_editor_dup_typed;
  editor_class->get_target = forlop_entry_editor_get_target;
}

static void
forlop_entry_editor_init (ForlopEntryEditor *self)
{
  self->entry = gtk_entry_new ();
  gtk_widget_set_hexpand (self->entry, TRUE);
  adw_bin_set_child (ADW_BIN (self), self->entry);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (forlop_entry_editor_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "left", G_CALLBACK (forlop_entry_editor_left_cb), NULL);
}

ForlopFieldEditor *
forlop_entry_editor_new (const ForlopField *field,
                         ForlopClock       *clock)
{
  ForlopFieldEditor *editor = forlop_field_editor_make (FORLOP_TYPE_ENTRY_EDITOR, field, clock);
  ForlopEntryEditor *self = FORLOP_ENTRY_EDITOR (editor);

  switch ((int) field->kind)
    {
    case FORLOP_KIND_PHONE:
      gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), GTK_INPUT_PURPOSE_PHONE);
      break;
    case FORLOP_KIND_INTEGER:
    case FORLOP_KIND_REAL:
      gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), GTK_INPUT_PURPOSE_NUMBER);
      gtk_widget_add_css_class (self->entry, "numeric");
      break;
    case FORLOP_KIND_MINUTE:
      gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("hh.mm"));
      gtk_widget_add_css_class (self->entry, "numeric");
      break;
    default:
      break;
    }

  return editor;
}
