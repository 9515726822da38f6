/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-instant-editor.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-date-editor.h"
#include "forlop-entry-editor.h"
#include "forlop-error.h"

struct _ForlopInstantEditor
{
  ForlopFieldEditor parent_instance;

  ForlopFieldEditor *date;
  ForlopFieldEditor *minute;
};

static const ForlopField date_part = { .name = "date", .label = N_("Date"),
                                       .kind = FORLOP_KIND_DATE };
static const ForlopField minute_part = { .name = "minute", .label = N_("Time of day"),
                                         .kind = FORLOP_KIND_MINUTE };

G_DEFINE_FINAL_TYPE (ForlopInstantEditor, forlop_instant_editor, FORLOP_TYPE_FIELD_EDITOR)

/* The wire text is RFC 3339 in UTC. */
static void
forlop_instant_editor_set_wire (ForlopFieldEditor *editor,
                                const char        *wire)
{
  ForlopInstantEditor *self = FORLOP_INSTANT_EDITOR (editor);
  g_autofree char *date = NULL;
  g_autofree char *minute = NULL;
  gint64 at_ms;

  if (wire != NULL && forlop_instant_from_iso (wire, &at_ms))
    {
      date = forlop_date_to_iso (forlop_instant_to_date (at_ms));
      minute = g_strdup_printf ("%d", forlop_instant_to_minute (at_ms));
    }

  forlop_field_editor_set_wire (self->date, date);
  forlop_field_editor_set_wire (self->minute, minute);
}

static char *
forlop_instant_editor_dup_wire (ForlopFieldEditor  *editor,
                                GError            **error)
{
  ForlopInstantEditor *self = FORLOP_INSTANT_EDITOR (editor);
  g_autoptr(GError) problem = NULL;
  g_autofree char *day = forlop_field_editor_dup_wire (self->date, &problem);
  g_autofree char *minute = NULL;
  ForlopDate date;

  if (problem == NULL)
    minute = forlop_field_editor_dup_wire (self->minute, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (day == NULL && minute == NULL)
    return NULL;
  if (day == NULL || minute == NULL)
    {
      g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                           day == NULL ? _("The day is missing. Write it like 22.11.2026.")
                                       : _("The time of day is missing. Write it like 14.30."));
      return NULL;
    }

  forlop_date_from_iso (day, &date);

  return forlop_instant_to_iso (forlop_instant_from_wall (date, atoi (minute)));
}

/* Both parts, with a line feed between them, which neither can contain. */
static char *
forlop_instant_editor_dup_typed (ForlopFieldEditor *editor)
{
  ForlopInstantEditor *self = FORLOP_INSTANT_EDITOR (editor);
  g_autofree char *date = forlop_field_editor_dup_typed (self->date);
  g_autofree char *minute = forlop_field_editor_dup_typed (self->minute);

  if (date == NULL && minute == NULL)
    return NULL;

  return g_strdup_printf ("%s\n%s", date != NULL ? date : "", minute != NULL ? minute : "");
}

static void
forlop_instant_editor_set_typed (ForlopFieldEditor *editor,
                                 const char        *typed)
{
  ForlopInstantEditor *self = FORLOP_INSTANT_EDITOR (editor);
  g_auto(GStrv) parts = g_strsplit (typed != NULL ? typed : "", "\n", 2);
  gboolean both = g_strv_length (parts) == 2;

  forlop_field_editor_set_typed (self->date, both ? parts[0] : typed);
  forlop_field_editor_set_typed (self->minute, both ? parts[1] : NULL);
}

static GtkWidget *
forlop_instant_editor_get_target (ForlopFieldEditor *editor)
{
  return forlop_field_editor_get_target (FORLOP_INSTANT_EDITOR (editor)->date);
}

static void
forlop_instant_editor_class_init (ForlopInstantEditorClass *klass)
{
  ForlopFieldEditorClass *editor_class = FORLOP_FIELD_EDITOR_CLASS (klass);

  editor_class->set_wire = forlop_instant_editor_set_wire;
  editor_class->dup_wire = forlop_instant_editor_dup_wire;
  editor_class->set_typed = forlop_instant_editor_set_typed;
  editor_class->dup_typed = forlop_instant_editor_dup_typed;
  editor_class->get_target = forlop_instant_editor_get_target;
}

static void
forlop_instant_editor_init (ForlopInstantEditor *self G_GNUC_UNUSED)
{
}

ForlopFieldEditor *
forlop_instant_editor_new (const ForlopField *field,
                           ForlopClock       *clock)
{
  ForlopFieldEditor *editor = forlop_field_editor_make (FORLOP_TYPE_INSTANT_EDITOR, field, clock);
  ForlopInstantEditor *self = FORLOP_INSTANT_EDITOR (editor);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *time_entry;

  self->date = forlop_date_editor_new (&date_part, clock);
  self->minute = forlop_entry_editor_new (&minute_part, clock);
  gtk_widget_set_hexpand (GTK_WIDGET (self->date), TRUE);
  time_entry = forlop_field_editor_get_target (self->minute);
  gtk_editable_set_width_chars (GTK_EDITABLE (time_entry), 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (time_entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Time of day"), -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->date));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->minute));
  adw_bin_set_child (ADW_BIN (self), box);

  g_signal_connect_object (self->date, "changed", G_CALLBACK (forlop_field_editor_emit_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->minute, "changed", G_CALLBACK (forlop_field_editor_emit_changed),
                           self, G_CONNECT_SWAPPED);

  return editor;
}
